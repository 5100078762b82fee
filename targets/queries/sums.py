"""The measures of indicators added up over units and months, in the database."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value, When, Window
from django.db.models.functions import RowNumber

from schools.models import LinkKind, PeriodKind, Unit, UnitAncestry
from schools.queries.tree import existing_beneath, stood_beneath
from targets.arithmetic import plain
from targets.models import IndicatorTerm, Observation, ObservationStatus, Reporter
from targets.models.measure import counted_once


@dataclass(frozen=True)
class Span:
    """A stretch of days, both included; the months that end within it are its months."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Total:
    """One side of an indicator added up. `as_of`: the last day of the newest month in it."""

    value: Decimal
    units: int
    as_of: dt.date
    provisional: bool


Key = tuple[int, str]
"""An indicator's primary key and the side of it."""


def added_up(unit: Unit, on: dt.date) -> Q:
    """Which observations a unit adds up on a day.

    Of stocks, those of the units beneath it that day: the pupils of a school that closed are counted where
    they went. What is counted once stays counted: those of the units that stood beneath it at the end of the
    figure's month, whatever has become of them.
    """
    then = Q(stood_beneath(unit, unit="unit", on="period__data_to"))
    return counted_once() & then | ~counted_once() & Q(unit__in=existing_beneath(unit, on))


Pair = tuple[int, int | None]
"""A measure, and the one that it counts beside."""


def figures_given(whose: Q, indicators: Iterable[int], span: Span) -> QuerySet:
    """The observations that count, once for each term of these indicators that they belong to. Lazy.

    `whose`: those that a unit adds up (`added_up`).
    """
    return figures_of_terms(whose, Q(measure__terms__indicator__in=list(indicators)), span)


def figures_of_terms(whose: Q, terms: Q, span: Span) -> QuerySet:
    """The observations that count, once for each term that they belong to, of those chosen. Lazy.

    A figure that counts only beside another of the same unit and month is left out where that is missing.
    """
    counting = Observation.objects.counting().filter(breakdown="total", value__isnull=False)
    beside = counting.filter(unit=OuterRef("unit"), period=OuterRef("period"), measure=OuterRef("beside"))
    return (
        counting.filter(
            whose,
            terms,
            period__kind=PeriodKind.MONTH,
            period__data_to__range=(span.first, span.last),
        )
        .annotate(
            indicator=F("measure__terms__indicator"),
            side=F("measure__terms__side"),
            beside=F("measure__terms__beside"),
        )
        .filter(Q(beside__isnull=True) | Exists(beside))
    )


def outside(given: QuerySet, left_out: dict[int, frozenset[int]], on: dt.date) -> QuerySet:
    """Without the schools of the communes that are left out of an indicator, where it cannot be known.

    `left_out`: communes by indicator; those of equal communes share one condition.
    """
    together: dict[frozenset[int], list[int]] = {}
    for indicator, communes in left_out.items():
        if communes:
            together.setdefault(communes, []).append(indicator)
    for communes, indicators in together.items():
        above = UnitAncestry.objects.on(on).filter(
            descendant=OuterRef("unit"), ancestor__in=communes, kind=LinkKind.ADMINISTRATIVE
        )
        given = given.exclude(Q(Exists(above)) & Q(indicator__in=indicators))
    return given


def totals(given: QuerySet) -> dict[Key, Total]:
    """Each side of each indicator added up. One query."""
    rows = over_time(given, "indicator, side", "COUNT(DISTINCT reporter)")
    return {(indicator, side): total_of(*rest) for indicator, side, *rest in rows}


def totals_by_unit(given: QuerySet) -> dict[int, dict[Key, Total]]:
    """The same for each unit that reports. One query, with as many rows."""
    found: dict[int, dict[Key, Total]] = {}
    for indicator, side, unit, *rest in over_time(given, "indicator, side, reporter", "1"):
        found.setdefault(unit, {})[indicator, side] = total_of(*rest)
    return found


def over_time(given: QuerySet, by: str, units: str) -> list[tuple[Any, ...]]:
    """Figures over months: of a stock each unit's newest, of a flow all; then added up by columns.

    The inner query is Django's; what Django does not say is a sum over the first rows of a window.
    """
    newest_first = Window(
        RowNumber(),
        partition_by=[F("indicator"), F("side"), F("unit"), F("measure")],
        order_by=F("period__data_to").desc(),
    )
    rows = given.annotate(
        reporter=F("unit_id"),
        amount=F("value"),
        is_stock=F("measure__is_stock"),
        month=F("period__data_to"),
        unaccepted=Case(When(status=ObservationStatus.ACCEPTED, then=Value(0)), default=Value(1)),
        place=newest_first,
    ).values("indicator", "side", "reporter", "amount", "is_stock", "month", "unaccepted", "place")
    inner, params = rows.query.sql_with_params()
    # `by` and `units` are this module's own words; everything else is a parameter.
    statement = f"""
        SELECT {by}, SUM(amount), {units}, MAX(month), MAX(unaccepted)
        FROM ({inner}) AS given
        WHERE place = 1 OR NOT is_stock
        GROUP BY {by}
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())


def total_of(amount: Any, units: int, month: Any, unaccepted: int) -> Total:
    """A row as both databases give it: SQLite knows neither decimals nor dates."""
    as_of = month if isinstance(month, dt.date) else dt.date.fromisoformat(str(month)[:10])
    return Total(plain(Decimal(str(round(amount, 4)))), units, as_of, bool(unaccepted))


Months = dict[dt.date, tuple[Decimal, int]]
"""By the last day of a month, what was added up in it and over how many figures."""


def totals_by_month(whose: Q, terms: Iterable[IndicatorTerm], span: Span) -> dict[Pair, Months]:
    """What these terms add up in each month by itself. One query.

    Levels and their whole are made of the same pairs: each pair is added up once, whoever uses it.
    """
    once = {(term.measure_id, term.beside_id): term.pk for term in terms}
    rows = (
        figures_of_terms(whose, Q(measure__terms__in=once.values()), span)
        .order_by()
        .values_list("measure", "beside", "period__data_to")
        .annotate(amount=Sum("value"), given=Count("pk"))
    )
    found: dict[Pair, Months] = {}
    for measure, beside, month, amount, given in rows:
        found.setdefault((measure, beside), {})[month] = (plain(amount), given)
    return found


def reporters_gone(unit: Unit, indicators: Iterable[int], span: Span, on: dt.date) -> dict[int, int]:
    """By indicator, how many units are gone by a day whose figures of a span stay counted. One query."""
    counting = Observation.objects.counting().filter(breakdown="total", value__isnull=False)
    gone = counting.filter(
        counted_once(),
        stood_beneath(unit, unit="unit", on="period__data_to"),
        measure__terms__indicator__in=list(indicators),
        period__kind=PeriodKind.MONTH,
        period__data_to__range=(span.first, span.last),
    ).exclude(unit__in=existing_beneath(unit, on))
    counts = gone.order_by().values_list("measure__terms__indicator").annotate(Count("unit", distinct=True))
    return dict(counts)


def communes_that_gave(given: QuerySet) -> dict[int, frozenset[int]]:
    """By indicator, the communes whose count of residents is in it. One query."""
    rows = given.filter(measure__reporter=Reporter.COMMUNE).order_by().values_list("indicator", "unit")
    found: dict[int, set[int]] = {}
    for indicator, unit in rows.distinct():
        found.setdefault(indicator, set()).add(unit)
    return {indicator: frozenset(units) for indicator, units in found.items()}
