"""The rows of the month's page: a figure with its fields and its warning, an assignment with its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from reports.forms.derived import Derived, derived_of_level
from reports.queries import FigureLine, WorkLine
from reports.queries.doubts import Doubtful
from reports.queries.questions import place_of
from targets.arithmetic import Figure, number_of
from targets.models import FormSection, Measure


@dataclass(frozen=True)
class FigureRow:
    """One figure on the page, with its fields."""

    line: FigureLine
    field: BoundField
    not_applicable: BoundField
    remark: BoundField
    figure: Figure
    doubts: Sequence[Doubtful] = ()
    warnings: Sequence[str] = ()
    heading: str = ""
    """Of the section that begins with it."""

    @property
    def previous(self) -> Decimal | None:
        return number_of(self.line.previous)

    @property
    def last_year(self) -> Decimal | None:
        return number_of(self.line.last_year)

    @property
    def can_be_kept(self) -> bool:
        return can_be_kept(self.line)

    @property
    def proposed(self) -> Decimal | None:
        """Last month's figure, standing in a field that nobody has answered yet: no figure until somebody
        confirms it."""
        is_empty = self.figure is None and not str(self.field.value() or "").strip()
        if not is_empty or self.not_applicable.value() or not self.can_be_kept:
            return None
        return self.previous

    @property
    def shown(self) -> Decimal | None:
        """The number that stands in the field."""
        return number_of(self.figure) if self.proposed is None else self.proposed

    @property
    def note(self) -> str:
        """What stands under the label."""
        return _("not applicable") if self.not_applicable.value() else ""

    @property
    def needs_remark(self) -> bool:
        return bool(self.doubts or self.remark.value() or self.remark.errors)

    @property
    def warning(self) -> str:
        if not self.needs_remark:
            return ""
        return " ".join(self.warnings) or _("Explained so far:")

    @property
    def seen(self) -> str:
        """This warning, sent along by who has seen it, so that it stops the sending just once."""
        found = ",".join(f"{one.doubt.rule.code}:{one.doubt.found}" for one in self.doubts)
        return f"{self.line.measure.code}={self.figure}={found}"

    @property
    def is_unexplained(self) -> bool:
        return any(not one.remark for one in self.doubts)

    @property
    def must_be_explained(self) -> bool:
        """A serious doubt without a word: the report is not sent with it."""
        return any(one.is_serious and not one.remark for one in self.doubts)


def under_headings(rows: Sequence[FigureRow]) -> list[FigureRow]:
    """The rows of a level, section by section; those of none come first. Each first one says its heading."""
    found: list[FigureRow] = []
    last: FormSection | None = None
    for row in sorted(rows, key=lambda row: place_of(row.line.measure.section)):
        section = row.line.measure.section
        found.append(replace(row, heading=section.name if section and section != last else ""))
        last = section
    return found


@dataclass(frozen=True)
class FigureSection:
    """The figures of one level of a school, or those of a commune's population. `title` may be empty: a
    school of one level needs none."""

    title: str
    rows: list[FigureRow]

    @property
    def measures(self) -> dict[str, Measure]:
        """What is asked for, by name of its field."""
        return {row.field.name: row.line.measure for row in self.rows}

    @property
    def derived(self) -> list[tuple[Derived, str]]:
        return said_of(derived_of_level(self.measures), [self])

    @property
    def has_not_applicable(self) -> bool:
        return any(row.not_applicable.value() or row.not_applicable.errors for row in self.rows)


def said_of(derived: Sequence[Derived], sections: Iterable[FigureSection]) -> list[tuple[Derived, str]]:
    """What is reckoned, each with what it comes to on the page as it is shown."""
    shown = {row.field.name: row.shown for section in sections for row in section.rows}
    return [(one, one.said(shown)) for one in derived]


@dataclass(frozen=True)
class WorkRow:
    """One assignment on the page; the fields are None where there is nothing more to say of it."""

    line: WorkLine
    percent: BoundField | None = None
    note: BoundField | None = None
    done: BoundField | None = None
    files: BoundField | None = None

    @property
    def is_folded(self) -> bool:
        """Nothing has to be said of it this month, or nothing presses as it has no deadline; and nothing in
        its fields is to be put right."""
        fields = [field for field in (self.percent, self.note, self.done, self.files) if field]
        presses = self.line.needs_word and self.line.assignment.deadline is not None
        return not presses and not any(field.errors for field in fields)


def can_be_kept(line: FigureLine) -> bool:
    """A number that stays from month to month, and was there last month."""
    return line.measure.carries_over and number_of(line.previous) is not None
