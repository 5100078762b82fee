"""What the register of recognised schools comes to, on a day and month by month. Without queries."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from targets.models import Indicator
from targets.queries.sums import Span
from targets.recognised import Holding, Register, StandardSchool, concerned, held_on_days, share_holding
from targets.values import Lack, Point, Value, percentage

Taught = tuple[int, bool, str, dt.date, dt.date | None]
"""A school, whether it is public, a level that it teaches, and the days from and to which it does."""

Teaching = dict[tuple[int, bool], set[str]]
"""Schools, each with whether it is public, and the levels that they teach on a day."""


def teaching_on(taught: Iterable[Taught], among: Collection[int], on: dt.date) -> Teaching:
    """Some schools with what they teach on a day; those that teach nothing are not there."""
    found: Teaching = {}
    for school, is_public, level, first, end in taught:
        if school in among and first <= on and (end is None or on < end):
            found.setdefault((school, is_public), set()).add(level)
    return found


def standard_schools(teaching: Teaching, holdings: Mapping[int, Sequence[Holding]]) -> list[StandardSchool]:
    """Schools with the levels that they teach and all recognitions."""
    return [
        StandardSchool(pk, is_public, frozenset(levels), tuple(holdings.get(pk, ())))
        for (pk, is_public), levels in teaching.items()
    ]


def recognition_value(
    indicator: Indicator,
    register: Register,
    on: dt.date,
    *,
    until: dt.date | None = None,
    among: Sequence[StandardSchool] | None = None,
) -> Value:
    """Schools recognised on a day, or their share; and how many of them will be no longer on a later one.

    `among`: of some schools of the register only.
    """
    schools = register.schools if among is None else among
    of = concerned(schools, level=indicator.level, public_only=indicator.public_only)
    level = indicator.standard_level or 1
    share = share_holding(of, register.holding(level, on))
    staying = share_holding(of, register.holding(level, until)).held if until is not None else share.held
    reached = stated_share(indicator, share.held, share.schools)
    return Value(
        value=reached,
        numerator=Decimal(share.held),
        denominator=Decimal(share.schools),
        counted=share.schools,
        expected=share.schools,
        as_of=on,
        lack=Lack.NO_SCHOOLS if reached is None else Lack.NOTHING,
        lapsing=max(share.held - staying, 0),
    )


def stated_share(indicator: Indicator, held: int, schools: int) -> Decimal | None:
    """The number of schools that hold the standard, or their share; None where there are no schools."""
    if indicator.is_rate:
        return percentage(Decimal(held), Decimal(schools))
    return Decimal(held) if schools else None


def standard_points(
    indicator: Indicator, schools: Sequence[StandardSchool], days: Sequence[dt.date]
) -> list[Point]:
    """The register on each of these days, which come in order."""
    of = concerned(schools, level=indicator.level, public_only=indicator.public_only)
    held = held_on_days(of, indicator.standard_level or 1, days)
    reached = [
        (day, stated_share(indicator, number, len(of))) for day, number in zip(days, held, strict=True)
    ]
    return [Point(day, number) for day, number in reached if number is not None]


def month_ends(span: Span) -> list[dt.date]:
    """The last days of the calendar months that lie within a span, before its own last day; oldest first."""
    ends = []
    begun = span.last.replace(day=1)
    while (end := begun - dt.timedelta(days=1)).replace(day=1) >= span.first:
        ends.append(end)
        begun = end.replace(day=1)
    return ends[::-1]
