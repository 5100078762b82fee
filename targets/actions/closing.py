"""The targets of a unit that closes go on with its successor."""

from django.utils import timezone
from django.utils.translation import ngettext

from schools.models import Posting, Unit
from schools.reorganisation import Follower
from targets.actions.pledging import withdraw_pledge
from targets.models import Pledge, Target
from targets.models.target import AGAINST_BASELINE, TargetQuerySet
from trail.actions import record


def running_targets(unit: Unit) -> TargetQuerySet:
    """Targets that another unit can go on with, of years and terms that have not ended. Lazy.

    "Up by" and "down by" start from what this unit was, and stay with it.
    """
    gone = unit.valid_to or timezone.localdate()
    rows = Target.objects.shown().filter(unit=unit.pk, period__data_to__gte=gone)
    return rows.exclude(comparator__in=AGAINST_BASELINE).order_by("pk")


def targets_left_open(unit: Unit) -> list[str]:
    """In words, for whoever closes the unit. One query."""
    count = running_targets(unit).count()
    words = ngettext("%(count)s target", "%(count)s targets", count)
    return [words % {"count": count}] if count else []


def carry_over_targets(unit: Unit, by: Posting | None) -> None:
    """The successor goes on with each target that it has none beside. Within a transaction.

    Without a successor they stay with the closed unit, as its past. What it registered and nobody decided yet
    is taken back: another unit registers its own. Safe to run twice.
    """
    for pledge in Pledge.objects.open().filter(unit=unit.pk).shown():
        withdraw_pledge(pledge=pledge, version=pledge.version, by=by)
    if unit.successor is None:
        return
    own = set(Target.objects.filter(unit=unit.successor.pk).values_list("indicator", "period", "group"))
    for target in running_targets(unit):
        if (target.indicator_id, target.period_id, target.group_id) in own:
            continue
        target.claim(target.version)
        target.unit = unit.successor
        target.save(update_fields=["unit"])
        data = {"from": unit.name, "indicator": target.indicator.code, "period": str(target.period)}
        record("target.handed_over", about=target, by=by, unit_id=unit.successor.pk, data=data)
    # What is a part of a target that stays behind is a part of it no more.
    Target.objects.filter(unit=unit.successor.pk, within__unit=unit.pk).update(within=None)


FOLLOWER = Follower(targets_left_open, carry_over_targets)
