"""The board: an office's or a school's targets of a period, each with its value, way and standing."""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from directives.queries import addressable_units
from schools.models import Period, PeriodKind, Posting, Unit, UnitKind
from schools.queries import levels_in_part, offices_seen_whole, units_in_scope
from targets.models import Indicator, SchoolGroup, Target
from targets.queries.groups import members
from targets.queries.sums import Span
from targets.queries.values import Ground, Members, span_of, trends, two_years_to, values, values_before
from targets.standing import Judged, TargetStanding, Wanted, judged_by_value, standing_of
from targets.values import Point, Value, a_year_before

KINDS = (PeriodKind.SCHOOL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.TERM)


@dataclass(frozen=True)
class BoardRow:
    """A target as it stands on a day. `before` is what its indicator came to in the period a year earlier."""

    target: Target
    wanted: Wanted
    value: Value
    before: Value
    trend: list[Point]
    judged: Judged

    @property
    def standing(self) -> TargetStanding:
        return self.judged.standing


@dataclass(frozen=True)
class Board:
    """`rows` in the order of indicators; `counts` by standing, every standing named."""

    rows: list[BoardRow]

    @property
    def counts(self) -> dict[TargetStanding, int]:
        return {standing: sum(row.standing == standing for row in self.rows) for standing in TargetStanding}


def board(*, unit: Unit, period: Period, today: dt.date, user: Any) -> Board:
    """The targets of a unit for a period, of those a person may see. Some twenty queries, however many; as
    many more for each group of schools of which targets speak."""
    return Board(rows_of(unit, period, targets_seen(unit, period, user), today))


def standings(*, unit: Unit, period: Period, today: dt.date, user: Any) -> Board:
    """The board for who only asks where targets stand, and why: quicker, since nothing is drawn.

    A row has its year before and its months only where its standing depends on them.
    """
    targets, ground, on = targets_seen(unit, period, user), Ground(unit), min(period.data_to, today)
    return Board(
        [
            row
            for group, of_group in by_group(targets)
            for row in quick_rows(ground, period, of_group, today, among=members(ground, group, on))
        ]
    )


def quick_rows(
    ground: Ground, period: Period, targets: Sequence[Target], today: dt.date, *, among: Members | None
) -> list[BoardRow]:
    """Targets of one unit, period and group with what their standings hang on."""
    whole = indicators_of(targets)
    now = values(ground.unit, whole, span_of(period), today, ground, among=among)
    unclear = {one.indicator_id for one in targets if depends_on_its_way(one, now[one.indicator_id], today)}
    asked = [one for one in whole if one.pk in unclear]
    before = values_before(ground, asked, span_before(period), today, among=among)
    months = trends(ground.unit, asked, two_years_to(min(period.data_to, today)), ground, among=among)
    return [
        row_of(
            one,
            now[one.indicator_id],
            before.get(one.indicator_id, Value()),
            months.get(one.indicator_id, []),
            today,
        )
        for one in targets
    ]


def depends_on_its_way(target: Target, now: Value, today: dt.date) -> bool:
    """Whether the value is not enough to tell where a target stands."""
    if now.value is None:
        return False
    return judged_by_value(wanted_of(target), now.value, target.period.data_to, today) is None


def targets_seen(unit: Unit, period: Period, user: Any) -> list[Target]:
    return list(Target.objects.of(unit, user).shown().filter(period=period))


def indicators_of(targets: Sequence[Target]) -> list[Indicator]:
    """With their terms. Two queries, or none without targets."""
    if not targets:
        return []
    return list(Indicator.objects.whole().filter(pk__in=[one.indicator_id for one in targets]))


def rows_of(unit: Unit, period: Period, targets: Sequence[Target], today: dt.date) -> list[BoardRow]:
    """Targets of one unit and period with all that their rows show."""
    ground, on = Ground(unit), min(period.data_to, today)
    return [
        row
        for group, of_group in by_group(targets)
        for row in whole_rows(ground, period, of_group, today, among=members(ground, group, on))
    ]


def by_group(targets: Sequence[Target]) -> list[tuple[SchoolGroup | None, list[Target]]]:
    """Those of all schools first, then each group's; within a group in their order."""
    found: dict[SchoolGroup | None, list[Target]] = {None: []}
    for one in targets:
        found.setdefault(one.group, []).append(one)
    return [(group, of_group) for group, of_group in found.items() if of_group]


def whole_rows(
    ground: Ground, period: Period, targets: Sequence[Target], today: dt.date, *, among: Members | None
) -> list[BoardRow]:
    """Targets of one unit, period and group with all that their rows show."""
    indicators = indicators_of(targets)
    now = values(ground.unit, indicators, span_of(period), today, ground, among=among)
    before = values_before(ground, indicators, span_before(period), today, among=among)
    trend = trends(ground.unit, indicators, two_years_to(min(period.data_to, today)), ground, among=among)
    return [
        row_of(one, now[one.indicator_id], before[one.indicator_id], trend[one.indicator_id], today)
        for one in targets
    ]


def span_before(period: Period) -> Span:
    """The same stretch of the year before."""
    return Span(a_year_before(period.data_from), a_year_before(period.data_to))


def row_of(target: Target, now: Value, before: Value, trend: list[Point], today: dt.date) -> BoardRow:
    period = target.period
    wanted = wanted_of(target)
    judged = standing_of(
        wanted=wanted,
        value=now.value,
        start=before.value if wanted.baseline is None else wanted.baseline,
        trend=trend,
        first=period.data_from,
        last=period.data_to,
        today=today,
        whole=not target.indicator.is_rate,
    )
    return BoardRow(target, wanted, now, before, trend, judged)


def wanted_of(target: Target) -> Wanted:
    """A target as the pure rule takes it."""
    return Wanted(target.comparator, target.value, target.value_max, target.baseline_value, target.in_percent)


# --- in which order -----------------------------------------------------------------------------------------

# Who looks for what to do next looks for these first.
WORST_FIRST = (
    TargetStanding.MISSED,
    TargetStanding.AT_RISK,
    TargetStanding.NO_DATA,
    TargetStanding.ON_TRACK,
    TargetStanding.MET,
    TargetStanding.EXCEEDED,
)
ORDERS: dict[str, Callable[[BoardRow], Any]] = {
    "indicator": lambda row: row.target.indicator.position,
    "gap": lambda row: -how_far(row),
    "standing": lambda row: (WORST_FIRST.index(row.standing), -how_far(row)),
}
"""By what a board can be sorted; the largest gap and the worst standing come first."""


def how_far(row: BoardRow) -> Decimal:
    """The part of what is wanted that is missing; of what has no value, less than nothing."""
    return Decimal(-1) if row.value.value is None else row.wanted.lacking(row.value.value)


def in_order(rows: Sequence[BoardRow], name: str, *, down: bool) -> list[BoardRow]:
    """The rows by one of `ORDERS`, turned round if asked; equal ones stay in the order of indicators."""
    return sorted(rows, key=ORDERS[name], reverse=down)


# --- which board --------------------------------------------------------------------------------------------


def periods_with_targets(seen: QuerySet[Target]) -> QuerySet[Period]:
    """The years and terms of the targets that a person sees, newest first. Lazy."""
    return newest_first(Period.objects.filter(pk__in=seen.values("period")))


def boards_seen(seen: QuerySet[Target]) -> dict[Period, set[int]]:
    """The same with the units of each, by primary keys: what is in sight is looked for once. Two queries."""
    units: dict[int, set[int]] = {}
    for period, unit in seen.order_by().values_list("period", "unit").distinct():
        units.setdefault(period, set()).add(unit)
    return {one: units[one.pk] for one in newest_first(Period.objects.filter(pk__in=units))}


def newest_first(periods: QuerySet[Period]) -> QuerySet[Period]:
    """Those of some periods that boards are of."""
    return periods.filter(kind__in=KINDS).order_by("-data_from", "kind")


def units_to_choose(with_targets: Collection[int], own: Unit) -> dict[int, Unit]:
    """Units by primary keys, the own one with them, in the order of lists. One query."""
    found = Unit.objects.in_bulk([*with_targets, own.pk])
    return dict(sorted(found.items(), key=lambda item: (item[1].kind, item[1].sort_key)))


def usual_period(periods: Sequence[Period], today: dt.date) -> Period | None:
    """The period to open with: the school year of a day, else the newest that has begun."""
    running = [one for one in periods if one.data_from <= today <= one.data_to]
    years = [one for one in running if one.kind == PeriodKind.SCHOOL_YEAR]
    begun = [one for one in periods if one.data_from <= today]
    return next(iter([*years, *running, *begun, *periods]), None)


# --- what may be set ----------------------------------------------------------------------------------------


def units_to_set(by: Posting, on: dt.date) -> QuerySet[Unit]:
    """The units for which a posting may set targets: its office and what it sees beneath it. Lazy."""
    scope = units_in_scope(by.user, on).values("pk")
    beneath = addressable_units(by.acting_unit, on).filter(pk__in=scope)
    return beneath.exclude(kind=UnitKind.INTERNAL).order_by("kind", "sort_key")


def indicators_to_set(by: Posting, on: dt.date) -> QuerySet[Indicator]:
    """The indicators of a day; to people of a department limited to levels, those of these levels. Lazy."""
    indicators = Indicator.objects.on(on)
    if offices_seen_whole(by.user, on).filter(pk=by.acting_unit.pk).exists():
        return indicators
    return indicators.filter(level__in=levels_in_part(by.user, on))
