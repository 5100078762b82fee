"""Setting, changing and taking away targets."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from directives.models import Directive, ReadTarget
from eduportal.base.errors import Refused
from eduportal.base.text import nfc
from schools.actions import stored_period
from schools.models import Office, Period, Posting, Unit
from targets.actions.nesting import refuse_beyond, refuse_unfit
from targets.models import Indicator, SchoolGroup, Target, TargetRevision
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

    def stored(self) -> dict[str, Any]:
        """As columns; a period that was only named is made."""
        columns = {name: getattr(self, name) for name in GOAL_FIELDS}
        if self.baseline_period is not None:
            columns["baseline_period"] = stored_period(self.baseline_period)
        return columns


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
    group: SchoolGroup | None = None,
    within: Target | None = None,
    although_beyond: bool = False,
    origin: Origin | None = None,
    note: str = "",
) -> Target:
    """Set what an indicator of a unit is to reach in a period; of an office, of a group of its schools alone.

    `within`: the target of which it says a part. Raises AlreadySet when there is a target for that period:
    that one is changed instead, with a reason; BeyondTheWhole unless it is set `although_beyond`.
    """
    refuse_impossible(goal)
    refuse_for_school(unit, indicator)
    refuse_for_group(unit, indicator, group)
    # Two people who set the same target side by side: the unit's row is the lock.
    Unit.objects.select_for_update().get(pk=unit.pk)
    period = stored_period(period)
    same = Target.objects.shown().filter(unit=unit.pk, indicator=indicator, period=period, group=group)
    if twin := same.first():
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
        group=group,
        within=within,
        office=Office.objects.get(pk=by.acting_unit.pk),
        directive=origin.directive if origin else None,
        read_target=origin.read_target if origin else None,
        quote=quoted(origin.quote) if origin else "",
        note=nfc(note).strip(),
        **goal.stored(),
    )
    if within is not None:
        refuse_unfit(within, unit, period)
        refuse_beyond(target, although_beyond=although_beyond)
    record("target.set", about=target, by=by, unit_id=unit.pk, data=said_of(target))
    return target


@transaction.atomic
def revise_target(
    *,
    target: Target,
    version: int,
    goal: Goal,
    note: str,
    reason: str,
    by: Posting,
    although_beyond: bool = False,
) -> Target:
    """Change what is to be reached. What it was stays, with the reason.

    Raises EditConflict when somebody else saved since `version`; BeyondTheWhole where it and other targets
    are parts of one another and no longer fit, unless it is changed `although_beyond`.
    """
    refuse_impossible(goal)
    if not reason.strip():
        raise Refused(_("Say why the target is changed. Nothing was saved."))
    target.claim(version)
    before = {name: getattr(target, name) for name in GOAL_FIELDS}
    TargetRevision.objects.create(
        target=target, reason=nfc(reason).strip(), revised_by_id=by.user_id, **before
    )
    for name, value in goal.stored().items():
        setattr(target, name, value)
    target.note = nfc(note).strip()
    target.save(update_fields=[*GOAL_FIELDS, "note"])
    refuse_beyond(target, although_beyond=although_beyond)
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


def refuse_for_group(unit: Unit, indicator: Indicator, group: SchoolGroup | None) -> None:
    """One query for a group, none without."""
    if group is None:
        return
    if unit.is_school:
        raise Refused(
            _("A school by itself is no group. Leave the group empty, or set the target for its office.")
        )
    if indicator.terms.filter(measure__reporter="commune").exists():
        raise Refused(
            _(
                "This indicator counts children resident in a commune; some of its schools have no such "
                "rate. Leave the group empty."
            )
        )


def quoted(words: str) -> str:
    """A sentence as the column of quotes holds it."""
    return nfc(words).strip()[:500]


def said_of(target: Target) -> dict[str, Any]:
    """A target as the trail keeps it."""
    return {
        "indicator": target.indicator.code,
        **({"group": target.group.code} if target.group else {}),
        "period": str(target.period),
        "comparator": target.comparator,
        "value": target.value,
        "value_max": target.value_max,
    }
