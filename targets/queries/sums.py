"""The measures of indicators over units and months: read in the database, added up here.

What is read is a row for each unit and pair, so that a whole is known by its units: `remembered` reads again
only those that changed.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from operator import itemgetter
from typing import Self

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, QuerySet, Sum, Window
from django.db.models.functions import Cast, Round, RowNumber

from schools.models import LinkKind, Unit, UnitAncestry
from schools.queries.tree import existing_beneath, stood_beneath
from targets.arithmetic import plain
from targets.models import IndicatorTerm, Observation, ObservationStatus, Reporter
from targets.models.measure import counted_once


@dataclass(frozen=True)
class Span:
    """A stretch of days, both included. What was given for a period counts in the span in which it ends.

    A measure is asked for by reports of one kind only: nothing counts twice.
    """

    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Total:
    """One side of an indicator added up. `as_of`: the last day of the newest month in it.

    `answers`: how many amounts there are; a school of two levels may have given two.
    """

    value: Decimal
    units: int
    as_of: dt.date
    provisional: bool
    answers: int = 1


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
    span: Span

    def of(self, units: Collection[int]) -> Self:
        """Of some units only."""
        return replace(self, rows=self.rows.filter(unit__in=units))

    def in_months(self, ends: Collection[dt.date]) -> Self:
        """Of the months that end on some days."""
        return replace(self, rows=self.rows.filter(period__data_to__in=ends))


def figures_given(whose: Q, terms: Iterable[IndicatorTerm], span: Span) -> Given:
    """What was given in the months of a span. `whose`: those observations that a unit adds up (`added_up`).

    A figure that counts only beside another of the same unit and month is left out where that is missing.
    """
    terms = tuple(terms)
    counting = Observation.objects.counting().filter(
        breakdown="total",
        value__isnull=False,
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
    return Given(rows.filter(Q(beside__isnull=True) | Exists(beside)), terms, span)


def one_of_each_pair(terms: Iterable[IndicatorTerm]) -> dict[Pair, int]:
    """The primary key of one term, whichever, for each pair."""
    return {pair_of(term): term.pk for term in terms}


def pair_of(term: IndicatorTerm) -> Pair:
    return term.measure_id, term.beside_id


Amount = tuple[int, int, bool]
"""What a unit gave: ten-thousandths, the last day (`date.toordinal`) of its newest month, whether some of it
is not accepted. A plain tuple, which any store keeps quickly: a province has tens of thousands."""

Amounts = dict[Pair, dict[int, Amount]]
"""By pair, and by unit."""

PARTS = 10_000


def amounts(given: Given) -> Amounts:
    """Each unit's figures over months: of a stock the newest, of a flow all of them. One query."""
    newest_first = Window(
        RowNumber(), partition_by=[F("term"), F("unit")], order_by=F("period__data_to").desc()
    )
    rows = (
        given.rows.annotate(place=newest_first)
        .filter(Q(place=1) | Q(measure__is_stock=False))
        .order_by()
        .values_list(
            "measure",
            "beside",
            "unit",
            Cast(Round(F("value") * PARTS), BigIntegerField()),
            "period__data_to",
            "status",
        )
    )
    found: Amounts = {}
    for measure, beside, unit, value, month, status in rows:
        of_pair = found.setdefault((measure, beside), {})
        amount = value, month.toordinal(), status != ObservationStatus.ACCEPTED
        of_pair[unit] = together(of_pair[unit], amount) if unit in of_pair else amount
    return found


def together(one: Amount, other: Amount) -> Amount:
    return one[0] + other[0], max(one[1], other[1]), one[2] or other[2]


def said_not_applicable(whose: Q, terms: Iterable[IndicatorTerm], span: Span) -> dict[int, set[int]]:
    """By measure, the units that said of it in a span that it does not apply to them. One query."""
    rows = Observation.objects.counting().filter(
        whose,
        breakdown="total",
        not_applicable=True,
        measure__in={term.measure_id for term in terms},
        period__data_to__range=(span.first, span.last),
    )
    found: dict[int, set[int]] = {}
    for measure, unit in rows.order_by().values_list("measure", "unit"):
        found.setdefault(measure, set()).add(unit)
    return found


Excluded = Mapping[int, frozenset[int]]
"""By indicator, the units whose figures are left out of it."""


def totals(found: Amounts, terms: Iterable[IndicatorTerm], excluded: Excluded) -> dict[Key, Total]:
    """Each side of each indicator added up. Without queries."""
    whole = {pair: total_of(of_pair.values(), of_pair) for pair, of_pair in found.items() if of_pair}
    added = {}
    for (indicator, side), pairs in sides(terms).items():
        given = [pair for pair in pairs if pair in whole]
        without = excluded.get(indicator)
        if len(given) == 1 and not without:
            added[indicator, side] = whole[given[0]]
        elif parts := [left(found[pair], without) for pair in given]:
            units = set().union(*parts)
            if units:
                added[indicator, side] = total_of(chain(*(part.values() for part in parts)), units)
    return added


def left(of_pair: Mapping[int, Amount], without: frozenset[int] | None) -> Mapping[int, Amount]:
    """A pair's amounts less those of some units."""
    if not without:
        return of_pair
    return {unit: amount for unit, amount in of_pair.items() if unit not in without}


def totals_by_unit(found: Amounts, terms: Iterable[IndicatorTerm]) -> dict[int, dict[Key, Total]]:
    """The same for each unit that gave something. Without queries."""
    by_unit: dict[int, dict[Key, list[Amount]]] = {}
    for key, pairs in sides(terms).items():
        for pair in pairs:
            for unit, amount in found.get(pair, {}).items():
                by_unit.setdefault(unit, {}).setdefault(key, []).append(amount)
    return {
        unit: {key: total_of(parts, [unit]) for key, parts in keys.items()} for unit, keys in by_unit.items()
    }


def sides(terms: Iterable[IndicatorTerm]) -> dict[Key, list[Pair]]:
    """The pairs that each side of each indicator adds up."""
    found: dict[Key, list[Pair]] = {}
    for term in terms:
        found.setdefault((term.indicator_id, term.side), []).append(pair_of(term))
    return found


def total_of(given: Iterable[Amount], units: Collection[int]) -> Total:
    """Amounts, of which there is at least one, of so many units."""
    parts = list(given)
    return Total(
        value=plain(Decimal(sum(map(itemgetter(0), parts))) / PARTS),
        units=len(units),
        as_of=dt.date.fromordinal(max(map(itemgetter(1), parts))),
        provisional=any(map(itemgetter(2), parts)),
        answers=len(parts),
    )


def communes_that_gave(found: Amounts, terms: Iterable[IndicatorTerm]) -> dict[int, frozenset[int]]:
    """By measure that communes count, those whose count is in it. Without queries."""
    gave: dict[int, frozenset[int]] = {}
    for term in terms:
        if term.measure.reporter == Reporter.COMMUNE:
            units = frozenset(found.get(pair_of(term), ()))
            gave[term.measure_id] = gave.get(term.measure_id, frozenset()) | units
    return gave


def reporting_beneath(communes: Collection[int], on: dt.date) -> dict[int, set[int]]:
    """Each of these communes with the schools administered by it on a day. One query, or none."""
    if not communes:
        return {}
    rows = UnitAncestry.objects.on(on).filter(ancestor__in=communes, kind=LinkKind.ADMINISTRATIVE)
    found: dict[int, set[int]] = {commune: set() for commune in communes}
    for commune, school in rows.values_list("ancestor", "descendant"):
        found[commune].add(school)
    return found


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
    """By indicator, how many units are gone by a day whose figures of a span stay counted.

    One query, or none.
    """
    indicators = list(indicators)
    if not indicators:
        return {}
    counting = Observation.objects.counting().filter(breakdown="total", value__isnull=False)
    gone = counting.filter(
        counted_once(),
        stood_beneath(unit, unit="unit", on="period__data_to"),
        measure__terms__indicator__in=indicators,
        period__data_to__range=(span.first, span.last),
    ).exclude(unit__in=existing_beneath(unit, on))
    counts = gone.order_by().values_list("measure__terms__indicator").annotate(Count("unit", distinct=True))
    return dict(counts)
