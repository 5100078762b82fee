"""The board: an office's or a school's targets of a period, each with its value, way and standing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from directives.queries import addressable_units
from schools.models import Period, PeriodKind, Posting, Unit, UnitKind
from schools.queries import levels_in_part, offices_seen_whole, units_in_scope
from targets.models import Indicator, Target
from targets.queries.sums import Span
from targets.queries.values import span_of, trends, two_years_to, values
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
    """The targets of a unit for a period, of those a person may see. Some twenty queries, however many."""
    return Board(rows_of(unit, period, targets_seen(unit, period, user), today))


def standings(*, unit: Unit, period: Period, today: dt.date, user: Any) -> Board:
    """The board for who only asks where targets stand, and why: quicker, since nothing is drawn.

    A row has its year before and the months of its period only where its standing depends on them.
    """
    targets = targets_seen(unit, period, user)
    whole = indicators_of(targets)
    now = values(unit, whole, span_of(period), today)
    unclear = {one.indicator_id for one in targets if depends_on_its_way(one, now[one.indicator_id], today)}
    asked = [one for one in whole if one.pk in unclear]
    before = values(unit, asked, span_before(period), today)
    months = trends(unit, asked, Span(period.data_from, min(period.data_to, today)))
    return Board(
        [
            row_of(
                one,
                now[one.indicator_id],
                before.get(one.indicator_id, Value()),
                months.get(one.indicator_id, []),
                today,
            )
            for one in targets
        ]
    )


def depends_on_its_way(target: Target, now: Value, today: dt.date) -> bool:
    """Whether the value is not enough to tell where a target stands."""
    if now.value is None:
        return False
    return judged_by_value(wanted_of(target), now.value, target.period.data_to, today) is None


def targets_seen(unit: Unit, period: Period, user: Any) -> list[Target]:
    return list(Target.objects.visible_to(user).shown().filter(unit=unit.pk, period=period))


def indicators_of(targets: Sequence[Target]) -> list[Indicator]:
    """With their terms. Two queries, or none without targets."""
    if not targets:
        return []
    return list(Indicator.objects.whole().filter(pk__in=[one.indicator_id for one in targets]))


def rows_of(unit: Unit, period: Period, targets: Sequence[Target], today: dt.date) -> list[BoardRow]:
    """Targets of one unit and period with all that their rows show."""
    indicators = indicators_of(targets)
    now = values(unit, indicators, span_of(period), today)
    before = values(unit, indicators, span_before(period), today)
    trend = trends(unit, indicators, two_years_to(min(period.data_to, today)))
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
        trend=[point for point in trend if period.data_from <= point.on <= period.data_to],
        first=period.data_from,
        last=period.data_to,
        today=today,
        whole=not target.indicator.is_rate,
    )
    return BoardRow(target, wanted, now, before, trend, judged)


def wanted_of(target: Target) -> Wanted:
    """A target as the pure rule takes it."""
    return Wanted(target.comparator, target.value, target.value_max, target.baseline_value, target.in_percent)


# --- which board --------------------------------------------------------------------------------------------


def periods_with_targets(user: Any) -> QuerySet[Period]:
    """The years and terms for which a person sees targets, newest first. Lazy."""
    seen = Target.objects.visible_to(user).values("period")
    return Period.objects.filter(pk__in=seen, kind__in=KINDS).order_by("-data_from", "kind")


def units_with_targets(user: Any, period: Period, own: Unit) -> QuerySet[Unit]:
    """The units whose boards of a period a person may open, the own one with them. Lazy."""
    seen = Target.objects.visible_to(user).filter(period=period).values("unit")
    return Unit.objects.filter(Q(pk__in=seen) | Q(pk=own.pk)).order_by("kind", "sort_key")


def usual_period(user: Any, today: dt.date) -> Period | None:
    """The period to open with: the school year of a day, else the newest that has begun. One query."""
    periods = list(periods_with_targets(user))
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
