"""Sharing a target out to the units beneath."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from eduportal.base.errors import Refused
from schools.models import Posting, Unit
from targets.actions.setting import Goal, revise_target, set_target
from targets.models import Comparator, Target
from targets.queries.sharing import same_of
from trail.actions import record

# What is kept to within a range, or counted from a start of each unit's own, is set for each by hand.
SHARED = (Comparator.GE, Comparator.GT, Comparator.LE, Comparator.LT, Comparator.EQ)


@dataclass(frozen=True)
class Shared:
    """How many targets were set anew, changed, and left as they were."""

    new: int
    changed: int
    same: int


@transaction.atomic
def share_out(
    *, target: Target, version: int, values: Mapping[Unit, Decimal], reason: str, by: Posting
) -> Shared:
    """Give units beneath their parts of a target, with its comparator. Those that have one are changed.

    Raises EditConflict when the whole was changed since `version`, and Refused for one that another office
    set (a school's own, a commune's): that office has to change it. All of them or none.
    """
    if target.comparator not in SHARED:
        raise Refused(_("A target of this kind is not shared out. Set one for each unit by hand."))
    target.claim(version)
    existing = {one.unit_id: one for one in same_of(target, [unit.pk for unit in values]).shown()}
    refuse_foreign(existing, values, by)
    new = changed = same = 0
    for unit, value in values.items():
        part = existing.get(unit.pk)
        goal = Goal(target.comparator, value)
        if part is None:
            part = set_target(
                unit=unit,
                indicator=target.indicator,
                period=target.period,
                group=None if unit.is_school else target.group,
                goal=goal,
                by=by,
            )
            new += 1
        elif (part.comparator, part.value) != (goal.comparator, value):
            revise_target(
                target=part,
                version=part.version,
                goal=goal,
                note=part.note,
                reason=reason,
                by=by,
                although_beyond=True,
            )
            changed += 1
        else:
            same += 1
        Target.objects.filter(pk=part.pk).update(part_of=target)
    shared = Shared(new, changed, same)
    data = {"new": new, "changed": changed, "indicator": target.indicator.code}
    record("target.shared", about=target, by=by, unit_id=target.unit_id, data=data)
    return shared


def refuse_foreign(existing: Mapping[int, Target], values: Mapping[Unit, Decimal], by: Posting) -> None:
    """What another office set is not changed over its head."""
    own = by.acting_unit.pk
    foreign = [
        existing[unit.pk]
        for unit, value in values.items()
        if unit.pk in existing and existing[unit.pk].office_id != own and existing[unit.pk].value != value
    ]
    if foreign:
        names = ", ".join(f"{one.unit.short_name} ({one.office.short_name})" for one in foreign)
        raise Refused(
            _(
                "These targets were set by another office, which has to change them: %(names)s. "
                "Nothing was saved."
            )
            % {"names": names}
        )
