"""What a briefing counted, as it is frozen: dataclasses and their JSON. Pure.

A briefing keeps its figures as they were when it was built, with the names of that day, so that it reads the
same in ten years. Numbers are Decimals here and strings in JSON; days are ISO dates.
"""

import datetime as dt
import types
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Union, get_args, get_origin, get_type_hints

from schools.periods import next_month, previous_month

SHAPE = 1
"""Raised when the shape below changes; older briefings keep the number they were frozen with."""

TENTH_OF_A_PERCENT = Decimal("0.001")
"""Rates are stated to a tenth of a percent, and compared as stated: so a reader's subtraction agrees."""


@dataclass(frozen=True)
class Figure:
    """One measure, summed over the units that reported it in a month, beside the month before."""

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


@dataclass(frozen=True)
class Rate:
    """Pupils present over pupils, as a fraction: a sum over a sum, of the units that gave both."""

    code: str
    value: Decimal | None
    previous: Decimal | None
    change: Decimal | None
    provisional: bool


@dataclass(frozen=True)
class LevelFigures:
    """One level beneath an office. `schools` are expected to report it, `reported` of them did."""

    level: str
    schools: int
    reported: int
    classes: Figure
    pupils: Figure
    teachers: Figure
    attendance: Rate

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

    month: Month
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


def compare_rates(code: str, now: Decimal | None, before: Decimal | None, *, provisional: bool) -> Rate:
    """A rate beside that of the month before; the change is that of the two as stated."""
    value, previous = stated(now), stated(before)
    change = value - previous if value is not None and previous is not None else None
    return Rate(code=code, value=value, previous=previous, change=change, provisional=provisional)


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
