"""The measures of indicators added up over units and months, in the database."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
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


@dataclass(frozen=True)
class Given:
    """The figures that count towards some terms. Lazy.

    `rows` are observations, once for each pair that they belong to, with the pair's `beside` and one `term`
    of it: levels and their whole are made of the same pairs, whose figures are read once.
    """

    rows: QuerySet
    terms: tuple[IndicatorTerm, ...]


def figures_given(whose: Q, terms: Iterable[IndicatorTerm], span: Span) -> Given:
    """What was given in the months of a span. `whose`: those observations that a unit adds up (`added_up`).

    A figure that counts only beside another of the same unit and month is left out where that is missing.
    """
    terms = tuple(terms)
    counting = Observation.objects.counting().filter(
        breakdown="total",
        value__isnull=False,
        period__kind=PeriodKind.MONTH,
        period__data_to__range=(span.first, span.last),
    )
    # The span and the measures are said of these too: a database works out the list once, as a whole.
    beside = counting.filter(
        measure__in={term.beside_id for term in terms if term.beside_id},
        unit=OuterRef("unit"),
        period=OuterRef("period"),
        measure=OuterRef("beside"),
    )
    rows = counting.filter(whose, measure__terms__in=set(one_of_each_pair(terms).values()))
    rows = rows.annotate(term=F("measure__terms"), beside=F("measure__terms__beside"))
    return Given(rows.filter(Q(beside__isnull=True) | Exists(beside)), terms)


def one_of_each_pair(terms: Iterable[IndicatorTerm]) -> dict[Pair, int]:
    """The primary key of one term, whichever, for each pair."""
    return {pair_of(term): term.pk for term in terms}


def pair_of(term: IndicatorTerm) -> Pair:
    return term.measure_id, term.beside_id


@dataclass(frozen=True)
class LeftOut:
    """Communes, by indicator, whose schools are left out of it on a day: it cannot be known of them."""

    communes: Mapping[int, frozenset[int]]
    on: dt.date

    def conditions(self) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """What is true of figures that are left out, as SQL with its parameters; one for equal communes."""
        together: dict[frozenset[int], list[int]] = {}
        for indicator, communes in self.communes.items():
            if communes:
                together.setdefault(communes, []).append(indicator)
        for communes, indicators in together.items():
            beneath = UnitAncestry.objects.on(self.on).filter(
                ancestor__in=communes, kind=LinkKind.ADMINISTRATIVE
            )
            schools, params = beneath.values("descendant").query.sql_with_params()
            condition = f"indicator IN ({marks(indicators)}) AND reporter IN ({schools})"
            yield condition, (*indicators, *params)


def totals(given: Given, left_out: LeftOut) -> dict[Key, Total]:
    """Each side of each indicator added up. One query."""
    statement, params = by_unit(given, left_out)
    rows = fetched(
        f"""
        SELECT indicator, side, SUM(amount), COUNT(*), MAX(month), MAX(unaccepted)
        FROM ({statement}) AS by_unit
        GROUP BY indicator, side
        """,  # noqa: S608
        params,
    )
    return {(indicator, side): total_of(*rest) for indicator, side, *rest in rows}


def totals_by_unit(given: Given, left_out: LeftOut) -> dict[int, dict[Key, Total]]:
    """The same for each unit that reports. One query, with as many rows."""
    found: dict[int, dict[Key, Total]] = {}
    for indicator, side, unit, amount, month, unaccepted in fetched(*by_unit(given, left_out)):
        found.setdefault(unit, {})[indicator, side] = total_of(amount, 1, month, unaccepted)
    return found


def by_unit(given: Given, left_out: LeftOut) -> tuple[str, list[Any]]:
    """Each unit's figures over months, of a stock the newest, of a flow all, added up by indicator and side.

    As SQL with its parameters. The innermost query is Django's; what Django does not say is a sum over the
    first rows of a window. Only these are handed to the indicators: each figure belongs to several, and it is
    the sorting that takes time.
    """
    newest_first = Window(
        RowNumber(), partition_by=[F("term"), F("unit")], order_by=F("period__data_to").desc()
    )
    rows = given.rows.annotate(
        reporter=F("unit_id"),
        amount=F("value"),
        is_stock=F("measure__is_stock"),
        month=F("period__data_to"),
        unaccepted=Case(When(status=ObservationStatus.ACCEPTED, then=Value(0)), default=Value(1)),
        place=newest_first,
    ).values("term", "reporter", "amount", "is_stock", "month", "unaccepted", "place")
    inner, params = rows.query.sql_with_params()
    one_of_pair = one_of_each_pair(given.terms)
    uses = [(one_of_pair[pair_of(term)], term.indicator_id, term.side) for term in given.terms]
    excluded = list(left_out.conditions())
    # Only this module's own words are written into the statement; everything else is a parameter.
    statement = f"""
        WITH uses (term, indicator, side) AS (VALUES {", ".join(["(%s, %s, %s)"] * len(uses))})
        SELECT indicator, side, reporter, SUM(amount) AS amount, MAX(month) AS month,
            MAX(unaccepted) AS unaccepted
        FROM ({inner}) AS given JOIN uses ON uses.term = given.term
        WHERE (place = 1 OR NOT is_stock)
            {"".join(f"AND NOT ({condition})" for condition, _ in excluded)}
        GROUP BY indicator, side, reporter
    """  # noqa: S608
    return statement, [*chain(*uses), *params, *chain(*(more for _, more in excluded))]


def fetched(statement: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())


def marks(values: Sequence[int]) -> str:
    """A placeholder for each."""
    return ", ".join(["%s"] * len(values))


def total_of(amount: Any, units: int, month: Any, unaccepted: int) -> Total:
    """A row as both databases give it: SQLite knows neither decimals nor dates."""
    as_of = month if isinstance(month, dt.date) else dt.date.fromisoformat(str(month)[:10])
    return Total(plain(Decimal(str(round(amount, 4)))), units, as_of, bool(unaccepted))


Months = dict[dt.date, tuple[Decimal, int]]
"""By the last day of a month, what was added up in it and over how many figures."""


def totals_by_month(given: Given) -> dict[Pair, Months]:
    """What each pair adds up to in each month by itself. One query."""
    rows = (
        given.rows.order_by()
        .values_list("measure", "beside", "period__data_to")
        .annotate(amount=Sum("value"), number=Count("pk"))
    )
    found: dict[Pair, Months] = {}
    for measure, beside, month, amount, number in rows:
        found.setdefault((measure, beside), {})[month] = (plain(amount), number)
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


def communes_that_gave(given: Given) -> dict[int, frozenset[int]]:
    """By measure that communes count, those whose count is in it. One query."""
    rows = given.rows.filter(measure__reporter=Reporter.COMMUNE).order_by().values_list("measure", "unit")
    found: dict[int, set[int]] = {}
    for measure, unit in rows.distinct():
        found.setdefault(measure, set()).add(unit)
    return {measure: frozenset(units) for measure, units in found.items()}
