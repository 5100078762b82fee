"""What indicators come to for a unit: over a year or term, and month by month."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Count, Q

from schools.models import Period, SchoolLevel, StandardRecognition, Unit, UnitKind
from schools.queries.tree import existing_beneath
from targets.models import Indicator, IndicatorTerm, Making, Reporter, Side
from targets.queries.sums import (
    Given,
    Key,
    LeftOut,
    Months,
    Pair,
    Span,
    Total,
    added_up,
    communes_that_gave,
    figures_given,
    pair_of,
    reporters_gone,
    totals,
    totals_by_month,
)
from targets.recognised import Holding, StandardSchool, concerned, held_on_days, share_holding
from targets.values import Lack, Point, Value, a_year_before, percentage

# A month with fewer figures than this share of the fullest is no point: a count would seem to fall.
FULL_ENOUGH = Decimal("0.9")


def span_of(period: Period) -> Span:
    return Span(period.data_from, period.data_to)


def values(unit: Unit, indicators: Sequence[Indicator], span: Span, today: dt.date) -> dict[int, Value]:
    """Each indicator for a unit over a stretch of months, by primary key of the indicator.

    Stocks are read in the tree of the last day, or of today; what is counted once, in that of its month
    (`added_up`). `indicators` come with their terms
    (`Indicator.objects.whole()`). Eight queries at most, whatever the number of indicators and units.
    """
    on = min(span.last, today)
    of_measures = [one for one in indicators if not one.is_recognition]
    recognised = [one for one in indicators if one.is_recognition]
    found = values_of_measures(unit, of_measures, span, on) if of_measures else {}
    if recognised:
        schools = standard_schools(unit, on)
        found |= {one.pk: recognition_value(one, schools, on) for one in recognised}
    return found


def value(unit: Unit, indicator: Indicator, span: Span, today: dt.date) -> Value:
    """One indicator for a unit."""
    return values(unit, [indicator], span, today)[indicator.pk]


# --- of measures --------------------------------------------------------------------------------------------


def values_of_measures(
    unit: Unit, indicators: Sequence[Indicator], span: Span, on: dt.date
) -> dict[int, Value]:
    """Five queries at most."""
    possible = [one for one in indicators if not (unit.is_school and needs_communes(one))]
    if not possible:
        return {one.pk: Value(lack=Lack.NOT_FOR_SCHOOL) for one in indicators}
    given = figures_given(added_up(unit, on), terms_of(possible), span)
    gave = communes_giving(unit, possible, given, on)
    found = totals(given, left_out(gave, on))
    expected = expected_schools(unit, possible, span, on)
    return {one.pk: Value(lack=Lack.NOT_FOR_SCHOOL) for one in indicators} | {
        one.pk: combined(one, found, expected[one.pk], gave.get(one.pk, Communes())) for one in possible
    }


@dataclass(frozen=True)
class Communes:
    """The communes beneath a unit, and those of them whose count of residents is known."""

    all: frozenset[int] = frozenset()
    giving: frozenset[int] = frozenset()

    @property
    def lacking(self) -> frozenset[int]:
        """Whose schools are left out, unless no commune gave anything."""
        return self.all - self.giving if self.giving else frozenset()


def left_out(giving: Mapping[int, Communes], on: dt.date) -> LeftOut:
    """The communes that lack, by indicator."""
    return LeftOut({pk: communes.lacking for pk, communes in giving.items()}, on)


def terms_of(indicators: Iterable[Indicator]) -> list[IndicatorTerm]:
    """What indicators are made of. Uses the prefetched terms."""
    return [term for one in indicators for term in one.terms.all()]


def needs_communes(indicator: Indicator) -> bool:
    """Whether it is made of what only communes count. Uses the prefetched terms."""
    return any(term.measure.reporter == Reporter.COMMUNE for term in indicator.terms.all())


def communes_giving(
    unit: Unit, indicators: Sequence[Indicator], given: Given, on: dt.date
) -> dict[int, Communes]:
    """Who counted the residents, for each indicator that needs it. Two queries, or none."""
    needing = [one for one in indicators if needs_communes(one)]
    if not needing:
        return {}
    beneath = Unit.objects.filter(pk__in=existing_beneath(unit, on), kind=UnitKind.COMMUNE)
    every = frozenset(beneath.values_list("pk", flat=True))
    gave = communes_that_gave(given)
    return {
        one.pk: Communes(
            every, frozenset().union(*(gave.get(term.measure_id, ()) for term in one.terms.all()))
        )
        for one in needing
    }


def levels_of(indicator: Indicator) -> frozenset[str]:
    """The levels whose schools report it. Uses the prefetched terms."""
    terms = indicator.terms.all()
    return frozenset(term.measure.level for term in terms if term.measure.reporter == Reporter.SCHOOL)


def expected_schools(unit: Unit, indicators: Sequence[Indicator], span: Span, on: dt.date) -> dict[int, int]:
    """How many schools are to report each indicator: those that teach one of its levels.

    Those that are gone and whose figures stay counted are among them. Two queries at most.
    """
    sets = {levels_of(one) for one in indicators}
    names = {levels: f"n{place}" for place, levels in enumerate(sets)}
    taught = SchoolLevel.objects.on(on).filter(school__in=existing_beneath(unit, on))
    counts = taught.aggregate(
        **{name: Count("school", distinct=True, filter=Q(level__in=levels)) for levels, name in names.items()}
    )
    staying = [one.pk for one in indicators if any(term.measure.is_counted_once for term in one.terms.all())]
    gone = reporters_gone(unit, staying, span, on) if staying else {}
    return {one.pk: counts[names[levels_of(one)]] + gone.get(one.pk, 0) for one in indicators}


def combined(indicator: Indicator, found: Mapping[Key, Total], schools: int, communes: Communes) -> Value:
    """The value of an indicator from its added up sides."""
    above = found.get((indicator.pk, Side.NUMERATOR))
    below = found.get((indicator.pk, Side.DENOMINATOR))
    sides = [side for side in (above, below) if side]
    reached = Value(
        numerator=above.value if above else None,
        denominator=below.value if below else None,
        counted=(above.units if above else 0) + len(communes.giving),
        expected=schools + len(communes.all),
        provisional=any(side.provisional for side in sides),
        as_of=max((side.as_of for side in sides), default=None),
    )
    if above is None:
        return replace(reached, lack=Lack.NO_FIGURES)
    if indicator.making == Making.COUNT:
        return replace(reached, value=above.value)
    if below is None and communes.all:
        return replace(reached, lack=Lack.NO_POPULATION)
    stated = percentage(reached.numerator, reached.denominator)
    return replace(reached, value=stated, lack=Lack.NO_FIGURES if stated is None else Lack.NOTHING)


# --- of the register of recognised schools ------------------------------------------------------------------


def standard_schools(unit: Unit, on: dt.date) -> list[StandardSchool]:
    """The schools in a unit's subtree with their levels on a day and all their recognitions. Two queries.

    A row a level and a row a recognition, of a few columns: some thousands for a whole province.
    """
    within = existing_beneath(unit, on)
    holdings: dict[int, list[Holding]] = {}
    rows = StandardRecognition.objects.filter(school__in=within)
    for school, level, start, end in rows.values_list("school", "level", "valid_from", "valid_to"):
        holdings.setdefault(school, []).append(Holding(level, start, end or dt.date.max))
    taught = SchoolLevel.objects.on(on).filter(school__in=within)
    found: dict[tuple[int, bool], set[str]] = {}
    for school, is_public, level in taught.values_list("school", "school__is_public", "level"):
        found.setdefault((school, is_public), set()).add(level)
    return [
        StandardSchool(pk, is_public, frozenset(levels), tuple(holdings.get(pk, ())))
        for (pk, is_public), levels in found.items()
    ]


def recognition_value(indicator: Indicator, schools: Sequence[StandardSchool], on: dt.date) -> Value:
    """Schools recognised on a day, or their share."""
    of = concerned(schools, level=indicator.level, public_only=indicator.public_only)
    share = share_holding(of, indicator.standard_level or 1, on)
    reached = stated_share(indicator, share.held, share.schools)
    return Value(
        value=reached,
        numerator=Decimal(share.held),
        denominator=Decimal(share.schools),
        counted=share.schools,
        expected=share.schools,
        as_of=on,
        lack=Lack.NO_FIGURES if reached is None else Lack.NOTHING,
    )


def stated_share(indicator: Indicator, held: int, schools: int) -> Decimal | None:
    """The number of schools that hold the standard, or their share; None where there are no schools."""
    if indicator.is_rate:
        return percentage(Decimal(held), Decimal(schools))
    return Decimal(held) if schools else None


# --- month by month -----------------------------------------------------------------------------------------


def two_years_to(on: dt.date) -> Span:
    """The span of the months that a board draws, up to a day."""
    return Span(a_year_before(a_year_before(on)) + dt.timedelta(days=1), on)


def trends(unit: Unit, indicators: Sequence[Indicator], span: Span) -> dict[int, list[Point]]:
    """Each indicator at the end of each of the months of a span, oldest first. Three queries at most.

    Months in which too few units reported are no points. The tree is read as in `values`, on the last day.
    """
    possible = [one for one in indicators if not (unit.is_school and needs_communes(one))]
    of_measures = [one for one in possible if not one.is_recognition]
    recognised = [one for one in possible if one.is_recognition]
    found: dict[int, list[Point]] = {one.pk: [] for one in indicators}
    if of_measures:
        whose = added_up(unit, span.last)
        by_month = totals_by_month(figures_given(whose, terms_of(of_measures), span))
        found |= {one.pk: points_of(one, by_month) for one in of_measures}
    if recognised:
        schools = standard_schools(unit, span.last)
        days = [*month_ends(span), span.last]
        found |= {one.pk: standard_points(one, schools, days) for one in recognised}
    return found


def points_of(indicator: Indicator, by_month: Mapping[Pair, Months]) -> list[Point]:
    """The months in which nearly all that ever report it did. Uses the prefetched terms."""
    above = full_months(indicator, Side.NUMERATOR, by_month)
    if indicator.making == Making.COUNT:
        return [Point(month, amount) for month, amount in sorted(above.items())]
    below = full_months(indicator, Side.DENOMINATOR, by_month)
    rates = {month: percentage(above[month], below[month]) for month in above if month in below}
    return [Point(month, stated) for month, stated in sorted(rates.items()) if stated is not None]


def full_months(indicator: Indicator, side: Side, by_month: Mapping[Pair, Months]) -> dict[dt.date, Decimal]:
    """One side of an indicator in each month that was reported fully enough."""
    added: dict[dt.date, tuple[Decimal, int]] = {}
    for term in indicator.terms.all():
        if term.side == side:
            for month, (amount, given) in by_month.get(pair_of(term), {}).items():
                sofar, number = added.get(month, (Decimal(0), 0))
                added[month] = (sofar + amount, number + given)
    most = max((given for _, given in added.values()), default=0)
    return {month: amount for month, (amount, given) in added.items() if given >= FULL_ENOUGH * most}


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
