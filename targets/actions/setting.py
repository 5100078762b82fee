"""Setting, changing and taking away targets."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from directives.models import Directive, ReadTarget
from eduportal.base.errors import Refused
from eduportal.base.text import nfc
from schools.models import Office, Period, Posting, Unit
from targets.models import Indicator, Target, TargetRevision
from targets.models.target import AGAINST_BASELINE
from trail.actions import record

GOAL_FIELDS = (
    "comparator",
    "value",
    "value_max",
    "baseline_value",
    "baseline_period",
    "in_percent",
)


@dataclass(frozen=True)
class Goal:
    """What is to be reached, as the columns of a target hold it.

    "Up by" and "down by" start from a baseline: its value and the period that it is of.
    """

    comparator: str
    value: Decimal
    value_max: Decimal | None = None
    baseline_value: Decimal | None = None
    baseline_period: Period | None = None
    in_percent: bool = False

    def columns(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in GOAL_FIELDS}


@dataclass(frozen=True)
class Origin:
    """Where a target comes from: a document, the place in it that was read, and its words."""

    directive: Directive
    read_target: ReadTarget | None = None
    quote: str = ""


class AlreadySet(Refused):
    """There is one already for this unit, indicator and period: `target`."""

    def __init__(self, message: Any, target: Target):
        super().__init__(message)
        self.target = target


@transaction.atomic
def set_target(
    *,
    unit: Unit,
    indicator: Indicator,
    period: Period,
    goal: Goal,
    by: Posting,
    origin: Origin | None = None,
    note: str = "",
) -> Target:
    """Set what an indicator of a unit is to reach in a period.

    Raises AlreadySet when it has a target for that period: that one is changed instead, with a reason.
    """
    refuse_impossible(goal)
    refuse_for_school(unit, indicator)
    # Two people who set the same target side by side: the unit's row is the lock.
    Unit.objects.select_for_update().get(pk=unit.pk)
    if twin := Target.objects.shown().filter(unit=unit.pk, indicator=indicator, period=period).first():
        raise AlreadySet(
            _(
                "%(unit)s already has a target on this indicator for %(period)s, set by %(office)s. "
                "Change that one."
            )
            % {"unit": unit.short_name, "period": period, "office": twin.office.short_name},
            twin,
        )
    target = Target.objects.create(
        unit=unit,
        indicator=indicator,
        period=period,
        office=Office.objects.get(pk=by.acting_unit.pk),
        directive=origin.directive if origin else None,
        read_target=origin.read_target if origin else None,
        quote=nfc(origin.quote).strip()[:500] if origin else "",
        note=nfc(note).strip(),
        **goal.columns(),
    )
    record("target.set", about=target, by=by, unit_id=unit.pk, data=said_of(target))
    return target


@transaction.atomic
def revise_target(*, target: Target, version: int, goal: Goal, note: str, reason: str, by: Posting) -> Target:
    """Change what is to be reached. What it was stays, with the reason.

    Raises EditConflict when somebody else saved since `version`.
    """
    refuse_impossible(goal)
    if not reason.strip():
        raise Refused(_("Say why the target is changed. Nothing was saved."))
    target.claim(version)
    before = {name: getattr(target, name) for name in GOAL_FIELDS}
    TargetRevision.objects.create(
        target=target, reason=nfc(reason).strip(), revised_by_id=by.user_id, **before
    )
    for name, value in goal.columns().items():
        setattr(target, name, value)
    target.note = nfc(note).strip()
    target.save(update_fields=[*GOAL_FIELDS, "note"])
    data = {"reason": nfc(reason).strip(), **said_of(target)}
    record("target.revised", about=target, by=by, unit_id=target.unit_id, data=data)
    return target


@transaction.atomic
def remove_target(*, target: Target, version: int, reason: str, by: Posting) -> None:
    """Take a target away that was set by mistake. The trail keeps what it was and why it went."""
    target.claim(version)
    data = {"reason": nfc(reason).strip(), **said_of(target)}
    record("target.removed", about=target, by=by, unit_id=target.unit_id, data=data)
    target.delete()


def refuse_impossible(goal: Goal) -> None:
    """What the form asks for too; other tools come here directly."""
    is_range = goal.comparator == "between"
    if is_range and (goal.value_max is None or goal.value_max <= goal.value):
        raise Refused(_("A range needs a highest value above its lowest. Nothing was saved."))
    against = goal.comparator in AGAINST_BASELINE
    if against and (goal.baseline_value is None or goal.baseline_period is None):
        raise Refused(
            _("“Up by” and “down by” need the value to start from and its period. Nothing was saved.")
        )


def refuse_for_school(unit: Unit, indicator: Indicator) -> None:
    """One query for a school, none for an office."""
    if unit.is_school and indicator.terms.filter(measure__reporter="commune").exists():
        raise Refused(
            _(
                "This indicator counts children resident in a commune; a single school has no such rate. "
                "Set it for the commune or the department."
            )
        )


def said_of(target: Target) -> dict[str, Any]:
    """A target as the trail keeps it."""
    return {
        "indicator": target.indicator.code,
        "period": str(target.period),
        "comparator": target.comparator,
        "value": target.value,
        "value_max": target.value_max,
    }
