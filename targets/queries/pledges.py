"""What units registered: whose turn it is, and what stands beside one who decides."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from schools.models import Posting, SchoolLevel, Unit
from targets.models import Indicator, Pledge, PledgeState, Reporter, Target
from targets.models.pledge import PledgeQuerySet
from targets.models.target import AGAINST_BASELINE
from targets.queries.board import BoardRow, rows_of
from targets.rules import may_set


def pledges_to_decide(by: Posting) -> PledgeQuerySet:
    """What waits for the office in whose name somebody acts, of the units they see. Lazy."""
    if not may_set(by):
        return Pledge.objects.none()
    return Pledge.objects.visible_to(by.user).waiting().filter(office=by.acting_unit.pk)


def pledges_listed(user: Any, state: str = "") -> PledgeQuerySet:
    """What a person sees, of one state or of all: what waits first, the oldest of it on top. Lazy."""
    rows = Pledge.objects.visible_to(user).shown()
    if state in PledgeState.values:
        rows = rows.filter(state=state)
    turn = Case(
        When(state=PledgeState.SENT, then=Value(0)),
        When(state=PledgeState.RETURNED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return rows.annotate(turn=turn).order_by("turn", "sent_at", "pk")


def indicators_to_pledge(unit: Unit, on: dt.date) -> QuerySet[Indicator]:
    """The indicators that a unit can be asked for: of a school, of its levels and of all. Lazy."""
    rows = Indicator.objects.on(on)
    if not unit.is_school:
        return rows
    taught = SchoolLevel.objects.on(on).filter(school=unit.pk).values_list("level", flat=True)
    over_residents = Indicator.objects.filter(terms__measure__reporter=Reporter.COMMUNE).values("pk")
    return rows.filter(level__in=["", *taught]).exclude(pk__in=over_residents)


@dataclass(frozen=True)
class Beside:
    """What helps to decide: how far the unit is, its target so far, and the office's own."""

    row: BoardRow
    own: Target | None
    of_office: Target | None


def beside(pledge: Pledge, today: dt.date) -> Beside:
    """Some twenty queries."""
    same = Target.objects.shown().filter(indicator=pledge.indicator_id, period=pledge.period_id, group=None)
    found = {one.unit_id: one for one in same.filter(unit__in=[pledge.unit_id, pledge.office_id])}
    row = rows_of(pledge.unit, pledge.period, [as_target(pledge)], today)[0]
    return Beside(row, found.get(pledge.unit_id), found.get(pledge.office_id))


def as_target(pledge: Pledge) -> Target:
    """The target that it would become, not stored."""
    against = pledge.comparator in AGAINST_BASELINE
    return Target(
        unit=pledge.unit,
        indicator=pledge.indicator,
        period=pledge.period,
        office=pledge.office,
        comparator=pledge.comparator,
        value=pledge.value,
        value_max=pledge.value_max,
        baseline_value=pledge.baseline_value if against else None,
        baseline_period=pledge.baseline_period if against else None,
        in_percent=pledge.in_percent,
    )
