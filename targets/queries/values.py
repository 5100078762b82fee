"""What indicators come to for a unit: over a year or term, and month by month."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from schools.models import Period, SchoolLevel, StandardRecognition, Unit, UnitKind
from schools.queries.tree import existing_beneath
from targets.models import Indicator, Making, Side
from targets.queries.making import is_counted_once, levels_of, needs_communes, terms_of
from targets.queries.months import points_of
from targets.queries.registered import (
    Taught,
    Teaching,
    month_ends,
    recognition_value,
    standard_points,
    standard_schools,
    teaching_on,
)
from targets.queries.remembered import (
    Found,
    Spans,
    Tree,
    amounts_in,
    by_content,
    ever_beneath,
    existing_in,
    fingerprint,
    key_of,
    months_in,
    spans_beneath,
    tree_of,
    until_changed,
)
from targets.queries.sums import (
    Amounts,
    Excluded,
    Key,
    Span,
    Total,
    added_up,
    communes_that_gave,
    figures_given,
    pair_of,
    reporters_gone,
    reporting_beneath,
    said_not_applicable,
    totals,
    totals_by_month,
)
from targets.recognised import Holding, Register, StandardSchool
from targets.values import Lack, Point, Value, a_year_before, percentage


def span_of(period: Period) -> Span:
    return Span(period.data_from, period.data_to)


class Ground:
    """What is read once about a unit, whatever is asked of it: its tree, and the register of its schools."""

    def __init__(self, unit: Unit):
        self.unit = unit
        self._trees: dict[dt.date, Tree] = {}
        self._registers: dict[dt.date, Register] = {}
        self._teaching: dict[dt.date, Teaching] = {}

    @cached_property
    def spans(self) -> Spans:
        return spans_beneath(self.unit)

    @cached_property
    def mark(self) -> str:
        return fingerprint(self.unit.pk, self.spans)

    def tree(self, on: dt.date) -> Tree:
        """One query, the first time."""
        if on not in self._trees:
            self._trees[on] = tree_of(self.spans, self.mark, on)
        return self._trees[on]

    def register(self, on: dt.date) -> Register:
        """The schools that exist beneath the unit on a day. Three queries, the first time."""
        if on not in self._registers:
            self._registers[on] = Register(standard_schools(self.teaching(on), self.holdings))
        return self._registers[on]

    def teaching(self, on: dt.date) -> Teaching:
        """The schools that exist beneath the unit on a day. Two queries, the first time."""
        if on not in self._teaching:
            existing = existing_in(self.spans, on) if self.spans else {self.unit.pk}
            self._teaching[on] = teaching_on(self.taught, existing, on)
        return self._teaching[on]

    @cached_property
    def taught(self) -> list[Taught]:
        """The levels that schools teach or once taught. One query."""
        rows = SchoolLevel.objects.filter(school__in=ever_beneath(self.unit))
        return list(rows.values_list("school", "school__is_public", "level", "valid_from", "valid_to"))

    @cached_property
    def register_mark(self) -> str:
        """A fingerprint of the levels that schools teach and of their recognitions. Two queries."""
        return fingerprint(self.taught, self.recognised)

    @cached_property
    def recognised(self) -> list[tuple[int, int, dt.date, dt.date | None]]:
        """All recognitions of schools. One query."""
        rows = StandardRecognition.objects.filter(school__in=ever_beneath(self.unit))
        return list(rows.values_list("school", "level", "valid_from", "valid_to"))

    @cached_property
    def holdings(self) -> dict[int, list[Holding]]:
        """The same by school."""
        found: dict[int, list[Holding]] = {}
        for school, level, start, end in self.recognised:
            found.setdefault(school, []).append(Holding(level, start, end or dt.date.max))
        return found


Members = Collection[int]
"""Some schools of a unit, by primary keys; whatever is asked is asked of them alone."""


def values(
    unit: Unit,
    indicators: Sequence[Indicator],
    span: Span,
    today: dt.date,
    ground: Ground | None = None,
    *,
    among: Members | None = None,
) -> dict[int, Value]:
    """Each indicator for a unit over a stretch of months, by primary key of the indicator.

    Stocks are read in the tree of the last day, or of today; what is counted once, in that of its month
    (`added_up`). `indicators` come with their terms
    (`Indicator.objects.whole()`). Ten queries at most, whatever the number of indicators and units.
    `among`: of some schools of the unit only.
    """
    on, ground = min(span.last, today), ground or Ground(unit)
    of_measures = [one for one in indicators if not one.is_recognition]
    recognised = [one for one in indicators if one.is_recognition]
    found = values_of_measures(ground, of_measures, span, on, among) if of_measures else {}
    if recognised:
        found |= of_register(
            ground,
            recognised,
            ("values", on, span.last),
            lambda: recognition_values(ground, recognised, on, until=span.last, among=among),
            among,
        )
    return found


def of_register(
    ground: Ground,
    indicators: Sequence[Indicator],
    asked: tuple[str, dt.date, dt.date],
    work_out: Callable[[], Found],
    among: Members | None,
) -> Found:
    """What is worked out of the register: of a large office remembered, by all that it hangs on.

    `asked`: what of it, on which day of the tree, and the other day that the answer hangs on.
    """
    tree = ground.tree(asked[1])
    if among is not None or not tree.is_large:
        return work_out()
    of = [(one.pk, one.making, one.level, one.standard_level, one.public_only) for one in indicators]
    return by_content(f"register:{fingerprint(asked, of, tree.fingerprint, ground.register_mark)}", work_out)


def recognition_values(
    ground: Ground,
    indicators: Sequence[Indicator],
    on: dt.date,
    *,
    until: dt.date,
    among: Members | None,
) -> dict[int, Value]:
    register = ground.register(on)
    schools = some_of(register, among)
    return {one.pk: recognition_value(one, register, on, until=until, among=schools) for one in indicators}


def some_of(register: Register, among: Members | None) -> Sequence[StandardSchool]:
    """The schools of a register, or those of them that are asked about."""
    if among is None:
        return register.schools
    return [one for one in register.schools if one.pk in among]


def values_before(
    ground: Ground,
    indicators: Sequence[Indicator],
    span: Span,
    today: dt.date,
    *,
    among: Members | None = None,
) -> dict[int, Value]:
    """`values` of a time that is over: of a large office remembered until something in it changes.

    As many queries as `values`, or two.
    """
    on = min(span.last, today)
    if among is not None or not ground.tree(on).is_large:
        return values(ground.unit, indicators, span, today, ground, among=among)
    hangs_on = [ground.tree(on).fingerprint, ground.register_mark]
    return until_changed(
        key_of(
            "before", terms_of(indicators), span, fingerprint(sorted(one.pk for one in indicators), hangs_on)
        ),
        span,
        lambda: values(ground.unit, indicators, span, today, ground),
    )


def value(unit: Unit, indicator: Indicator, span: Span, today: dt.date) -> Value:
    """One indicator for a unit."""
    return values(unit, [indicator], span, today)[indicator.pk]


# --- of measures --------------------------------------------------------------------------------------------


def values_of_measures(
    ground: Ground,
    indicators: Sequence[Indicator],
    span: Span,
    on: dt.date,
    among: Members | None = None,
) -> dict[int, Value]:
    """Eight queries at most."""
    unit = ground.unit
    possible = askable(unit, indicators, among)
    if not possible:
        return {one.pk: Value(lack=Lack.NOT_FOR_SCHOOL) for one in indicators}
    terms = terms_of(possible)
    whose = added_up(unit, on)
    given = given_by(amounts_in(figures_given(whose, terms, span), ground.tree(on)), among)
    said = said_not_applicable(whose, terms, span)
    gave = communes_giving(unit, possible, given, on)
    found = totals(given, terms, left_out(gave, on))
    expected = expected_schools(ground, possible, span, on, among)
    told = {one.pk: Value(lack=Lack.NOT_FOR_SCHOOL) for one in indicators}
    for one in possible:
        free = exempt(one, given, said)
        awaited = expected[one.pk] - len(free if among is None else free.intersection(among))
        told[one.pk] = combined(one, found, max(awaited, 0), gave.get(one.pk, Communes()))
        if free and told[one.pk].lack == Lack.NO_SCHOOLS:
            told[one.pk] = replace(told[one.pk], lack=Lack.NOT_APPLICABLE)
    return told


def exempt(indicator: Indicator, given: Amounts, said: Mapping[int, set[int]]) -> frozenset[int]:
    """The units that said of a part of an indicator that it does not apply to them, and gave nothing above.

    They answered: nobody waits for a number of theirs. Uses the prefetched terms.
    """
    free: set[int] = set()
    gave: set[int] = set()
    for term in indicator.terms.all():
        free |= said.get(term.measure_id, set())
        if term.side == Side.NUMERATOR:
            gave |= given.get(pair_of(term), {}).keys()
    return frozenset(free - gave)


def askable(unit: Unit, indicators: Sequence[Indicator], among: Members | None = None) -> list[Indicator]:
    """Those of some indicators that can be asked of a unit. Uses the prefetched terms.

    What is counted over the residents of communes has no value for a school, nor for some of an office's.
    """
    if not unit.is_school and among is None:
        return list(indicators)
    return [one for one in indicators if not needs_communes(one)]


def given_by(given: Amounts, among: Members | None) -> Amounts:
    """What some units gave of all this."""
    if among is None:
        return given
    return {
        pair: {unit: amount for unit, amount in of_units.items() if unit in among}
        for pair, of_units in given.items()
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


def left_out(giving: Mapping[int, Communes], on: dt.date) -> Excluded:
    """By indicator, the communes that lack, with their schools. One query at most."""
    lacking = frozenset().union(*(communes.lacking for communes in giving.values()))
    reporting = reporting_beneath(lacking, on)
    return {
        pk: frozenset().union(*(reporting[one] for one in communes.lacking))
        for pk, communes in giving.items()
        if communes.lacking
    }


def communes_giving(
    unit: Unit, indicators: Sequence[Indicator], given: Amounts, on: dt.date
) -> dict[int, Communes]:
    """Who counted the residents, for each indicator that needs it. One query, or none."""
    needing = [one for one in indicators if needs_communes(one)]
    if not needing:
        return {}
    beneath = Unit.objects.filter(pk__in=existing_beneath(unit, on), kind=UnitKind.COMMUNE)
    every = frozenset(beneath.values_list("pk", flat=True))
    gave = communes_that_gave(given, terms_of(needing))
    return {
        one.pk: Communes(
            every, frozenset().union(*(gave.get(term.measure_id, ()) for term in one.terms.all()))
        )
        for one in needing
    }


def expected_schools(
    ground: Ground, indicators: Sequence[Indicator], span: Span, on: dt.date, among: Members | None
) -> dict[int, int]:
    """How many schools are to report each indicator: those that teach one of its levels.

    Those that are gone and whose figures stay counted are among them, unless some schools are asked about.
    Two queries at most, of which one is the ground's.
    """
    taught = ground.teaching(on) if among is None else teaching_on(ground.taught, among, on)
    wanted = {levels_of(one) for one in indicators}
    counts = {levels: sum(1 for held in taught.values() if held & levels) for levels in wanted}
    gone: dict[int, int] = {}
    if among is None:
        gone = reporters_gone(ground.unit, [one.pk for one in indicators if is_counted_once(one)], span, on)
    return {one.pk: counts[levels_of(one)] + gone.get(one.pk, 0) for one in indicators}


def combined(indicator: Indicator, found: Mapping[Key, Total], schools: int, communes: Communes) -> Value:
    """The value of an indicator from its added up sides."""
    above = found.get((indicator.pk, Side.NUMERATOR))
    below = found.get((indicator.pk, Side.DENOMINATOR))
    sides = [side for side in (above, below) if side]
    of_schools = bool(levels_of(indicator))
    reached = Value(
        numerator=above.value if above else None,
        denominator=below.value if below else None,
        counted=(above.units if above and of_schools else 0) + len(communes.giving),
        expected=schools + len(communes.all),
        provisional=any(side.provisional for side in sides),
        as_of=max((side.as_of for side in sides), default=None),
    )
    if above is None:
        return replace(reached, lack=Lack.NO_FIGURES if reached.expected else Lack.NO_SCHOOLS)
    if indicator.making == Making.COUNT:
        return replace(reached, value=above.value)
    if indicator.making == Making.YES_SHARE:
        answers = Decimal(above.answers)
        return replace(reached, denominator=answers, value=percentage(above.value, answers))
    if below is None and communes.all:
        return replace(reached, lack=Lack.NO_POPULATION)
    if below is None:
        return replace(reached, lack=Lack.NO_FIGURES)
    stated = percentage(reached.numerator, reached.denominator)
    return replace(reached, value=stated, lack=Lack.NOTHING_BELOW if stated is None else Lack.NOTHING)


# --- month by month -----------------------------------------------------------------------------------------


def two_years_to(on: dt.date) -> Span:
    """The span of the months that a board draws, up to a day."""
    return Span(a_year_before(a_year_before(on)) + dt.timedelta(days=1), on)


def trends(
    unit: Unit,
    indicators: Sequence[Indicator],
    span: Span,
    ground: Ground | None = None,
    *,
    among: Members | None = None,
) -> dict[int, list[Point]]:
    """Each indicator at the end of each of the months of a span, oldest first. Five queries at most.

    Months in which too few units reported are no points. The tree is read as in `values`, on the last day.
    `among`: of some schools of the unit only.
    """
    ground = ground or Ground(unit)
    possible = askable(unit, indicators, among)
    of_measures = [one for one in possible if not one.is_recognition]
    recognised = [one for one in possible if one.is_recognition]
    found: dict[int, list[Point]] = {one.pk: [] for one in indicators}
    if of_measures:
        given = figures_given(added_up(unit, span.last), terms_of(of_measures), span)
        if among is None:
            by_month = months_in(given, ground.tree(span.last))
        else:
            by_month = totals_by_month(given.of(list(among)))
        found |= {one.pk: points_of(one, by_month) for one in of_measures}
    if recognised:
        found |= of_register(
            ground,
            recognised,
            ("months", span.last, span.first),
            lambda: register_points(ground, recognised, span, among),
            among,
        )
    return found


def register_points(
    ground: Ground, indicators: Sequence[Indicator], span: Span, among: Members | None
) -> dict[int, list[Point]]:
    """The register at the end of each month of a span."""
    schools = some_of(ground.register(span.last), among)
    days = [*month_ends(span), span.last]
    return {one.pk: standard_points(one, schools, days) for one in indicators}
