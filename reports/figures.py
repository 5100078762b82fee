"""What a briefing counted, as it is frozen: dataclasses and their JSON. Pure.

A briefing keeps its figures as they were when it was built, with the names of that day, so that it reads the
same in ten years. Numbers are Decimals here and strings in JSON; days are ISO dates.
"""

import datetime as dt
import types
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Union, get_args, get_origin, get_type_hints

from schools.periods import Named, next_month, previous_month

SHAPE = 2
"""Raised when the shape below changes; older briefings keep the number they were frozen with.

Those of shape 1 were of months alone and named theirs `month`; `from_json` reads them still.
"""

TENTH_OF_A_PERCENT = Decimal("0.001")
"""Rates are stated to a tenth of a percent, and compared as stated: so a reader's subtraction agrees."""


@dataclass(frozen=True)
class Figure:
    """One measure, summed over the units that reported it in a month, beside the month before.

    `year_ago` and `year_change` are those of the same month a year earlier, compared in the same way.
    """

    code: str
    stem: str
    value: Decimal | None
    """None: nobody has reported it."""
    units: int
    previous: Decimal | None
    previous_units: int
    change: Decimal | None
    """Over all units where both months are whole, else over those that reported both; None: none did."""
    paired_units: int
    """Units that reported it in both months."""
    compares_all: bool
    """The change is simply value less previous."""
    provisional: bool
    """Some of it is sent but not accepted yet."""
    not_applicable: int = 0
    """Units that said that it does not apply to them: an answer, and no number. Older briefings knew none."""
    year_ago: Decimal | None = None
    year_change: Decimal | None = None


@dataclass(frozen=True)
class Rate:
    """Pupils present over pupils, as a fraction: a sum over a sum, of the units that gave both."""

    code: str
    value: Decimal | None
    previous: Decimal | None
    change: Decimal | None
    provisional: bool
    year_ago: Decimal | None = None
    year_change: Decimal | None = None


@dataclass(frozen=True)
class LevelFigures:
    """One level beneath an office. `schools` are expected to report it, `reported` of them did.

    `counted_in`: the month whose figures these are, where the briefing is of a longer period; they are then
    compared with those of the month `compared_with`.
    """

    level: str
    schools: int
    reported: int
    classes: Figure
    pupils: Figure
    teachers: Figure
    attendance: Rate
    counted_in: Named | None = None
    compared_with: Named | None = None

    @property
    def figures(self) -> tuple[Figure, Figure, Figure]:
        return self.classes, self.pupils, self.teachers

    @property
    def has_figures(self) -> bool:
        return any(figure.value is not None for figure in self.figures)

    @property
    def is_provisional(self) -> bool:
        return self.attendance.provisional or any(figure.provisional for figure in self.figures)


@dataclass(frozen=True)
class DocumentStanding:
    """The standing of one document's assignments. `counts`: standing code to number, zeros left out."""

    directive_id: int
    number: str
    subject: str
    issued_on: dt.date | None
    counts: dict[str, int]


@dataclass(frozen=True)
class UnitStanding:
    unit_id: int
    name: str
    counts: dict[str, int]


@dataclass(frozen=True)
class MissingReport:
    """An expected report that is not in. `returned`: it had come and was sent back."""

    unit_id: int
    name: str
    due_on: dt.date
    returned: bool


@dataclass(frozen=True)
class Discipline:
    """Who reported. Excused units are not expected; expected is received plus missing.

    The communes among them are counted apart as well; briefings built before they reported have none.
    """

    expected: int
    received: int
    received_late: int
    missing: tuple[MissingReport, ...]
    communes: int = 0
    communes_received: int = 0


@dataclass(frozen=True)
class Chased:
    """A unit that was reminded of overdue reports and tasks again and again, and how often at most."""

    unit_id: int
    name: str
    reports: int
    tasks: int
    times: int


@dataclass(frozen=True)
class Remark:
    """What a unit wrote under difficulties and proposals; either may be empty, not both."""

    unit_id: int
    name: str
    difficulties: str
    proposals: str


@dataclass(frozen=True)
class DueTask:
    """A task still open in some units, due by the end of the month that follows."""

    task_id: int
    text: str
    number: str
    issued_on: dt.date | None
    deadline: dt.date
    is_overdue: bool
    units: tuple[str, ...]


@dataclass(frozen=True)
class Word:
    """What a unit wrote of a task in the period, with how far it says that it is."""

    unit: str
    number: str
    issued_on: dt.date | None
    percent: int
    note: str


@dataclass(frozen=True)
class GoalWords:
    """A target in one language: of what it is, what is to be reached, what it came to (empty: no data)."""

    name: str
    wanted: str
    value: str


@dataclass(frozen=True)
class Goal:
    """A target of the office as it stood: over which period, where it stands, and its words."""

    target_id: int
    period: Named
    standing: str
    value: Decimal | None
    vi: GoalWords
    en: GoalWords


@dataclass(frozen=True)
class Recognised:
    """A recognition of the national standard: of which school and level, and the first day without it."""

    school: str
    level: int
    decision: str
    on: dt.date


@dataclass(frozen=True)
class Standards:
    """The national standard beneath an office: how many hold it, what came and went, what will lapse.

    `recognised` of `schools` hold it at the end of the period. `lapsing` are those that lapse within half a
    year of that.
    """

    schools: int
    recognised: int
    gained: tuple[Recognised, ...] = ()
    lost: tuple[Recognised, ...] = ()
    lapsing: tuple[Recognised, ...] = ()

    @property
    def is_spoken_of(self) -> bool:
        """Whether any school has, had or loses it: where nobody does, nothing is said."""
        return bool(self.recognised or self.gained or self.lost or self.lapsing)


@dataclass(frozen=True, order=True)
class Month:
    """A month of figures, by the number that people call it."""

    year: int
    month: int

    @property
    def short(self) -> str:
        """11/2026"""
        return f"{self.month:02d}/{self.year}"

    @property
    def long(self) -> str:
        """tháng 11 năm 2026"""
        return f"tháng {self.month:02d} năm {self.year}"

    @property
    def code(self) -> str:
        """As addresses, forms and records write it: 2026-11."""
        return f"{self.year}-{self.month:02d}"

    @property
    def following(self) -> "Month":
        first = next_month(dt.date(self.year, self.month, 1))
        return Month(first.year, first.month)

    @property
    def before(self) -> "Month":
        return Month(*previous_month(self.year, self.month))


@dataclass(frozen=True)
class BriefingFigures:
    """Everything that the sentences of a briefing are made of."""

    period: Named
    as_of: dt.date
    next_report_due_on: dt.date
    levels: tuple[LevelFigures, ...]
    standing: dict[str, int]
    by_document: tuple[DocumentStanding, ...]
    by_unit: tuple[UnitStanding, ...]
    discipline: Discipline
    remarks: tuple[Remark, ...]
    due_tasks: tuple[DueTask, ...]
    chased: tuple[Chased, ...] = ()
    words: tuple[Word, ...] = ()
    goals: tuple[Goal, ...] = ()
    standards: Standards | None = None
    shape: int = field(default=SHAPE)

    @property
    def figures_by_code(self) -> dict[str, Figure]:
        return {figure.code: figure for level in self.levels for figure in level.figures}


@dataclass(frozen=True)
class MeasureSum:
    """A measure summed over the units that reported it in a month; `paired`: over those of them that reported
    it in the other month too."""

    value: Decimal
    units: int
    paired: Decimal
    paired_units: int
    provisional: bool


def compare(
    code: str,
    stem: str,
    now: MeasureSum | None,
    before: MeasureSum | None,
    *,
    both_months_whole: bool,
    not_applicable: int = 0,
) -> Figure:
    """A figure from its two sums.

    Where a month lacks reports, the difference of the sums would mostly count absent schools: the change is
    then taken over the units that reported both months.
    """
    same_units = now is not None and before is not None and now.paired_units == now.units == before.units
    compares_all = now is not None and before is not None and (both_months_whole or same_units)
    change = None
    if now and before and compares_all:
        change = now.value - before.value
    elif now and before and now.paired_units:
        change = now.paired - before.paired
    return Figure(
        code=code,
        stem=stem,
        value=now.value if now else None,
        units=now.units if now else 0,
        previous=before.value if before else None,
        previous_units=before.units if before else 0,
        change=change,
        paired_units=now.paired_units if now else 0,
        compares_all=compares_all,
        provisional=now.provisional if now else False,
        not_applicable=not_applicable,
    )


def stated(rate: Decimal | None) -> Decimal | None:
    """A fraction to a tenth of a percent, as it is stated."""
    return None if rate is None else rate.quantize(TENTH_OF_A_PERCENT, rounding=ROUND_HALF_UP)


def beside_a_year_ago(figure: Figure, year: Figure) -> Figure:
    """A figure with what `year`, the same figure compared with a year earlier, says of then."""
    return replace(figure, year_ago=year.previous, year_change=year.change)


def compare_rates(
    code: str,
    now: Decimal | None,
    before: Decimal | None,
    year_ago: Decimal | None = None,
    *,
    provisional: bool,
) -> Rate:
    """A rate beside those of the month before and a year ago; changes are those of rates as stated."""
    value, previous, then = stated(now), stated(before), stated(year_ago)
    return Rate(
        code=code,
        value=value,
        previous=previous,
        change=None if value is None or previous is None else value - previous,
        provisional=provisional,
        year_ago=then,
        year_change=None if value is None or then is None else value - then,
    )


# --- JSON ---------------------------------------------------------------------------------------------------


def to_json(value: Any) -> Any:
    """Dataclasses, tuples, Decimals and days as what JSON knows."""
    if is_dataclass(value):
        return {part.name: to_json(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, dt.date) else value


def from_json(stored: Mapping[str, Any]) -> BriefingFigures:
    """The figures of a stored briefing. Raises KeyError on a shape that this code does not know."""
    if stored["shape"] == 1:
        month = {"kind": "month", "year": stored["month"]["year"], "ordinal": stored["month"]["month"]}
        stored = {name: value for name, value in stored.items() if name != "month"}
        stored |= {"period": month, "shape": SHAPE}
    if stored["shape"] != SHAPE:
        raise KeyError(f"figures of shape {stored['shape']}")
    return _read(BriefingFigures, stored)


def _read(hint: Any, stored: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        return None if stored is None else _read(get_args(hint)[0], stored)
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return hint(**{name: _read(hints[name], value) for name, value in stored.items()})  # type: ignore[operator]
    if get_origin(hint) is tuple:
        return tuple(_read(get_args(hint)[0], item) for item in stored)
    if hint is Decimal:
        return Decimal(stored)
    return dt.date.fromisoformat(stored) if hint is dt.date else stored
