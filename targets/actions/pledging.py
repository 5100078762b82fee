"""Targets that units register for themselves (đăng ký chỉ tiêu): sent, approved or returned, taken back."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from eduportal.base.errors import EditConflict, Refused
from eduportal.base.text import nfc
from schools.actions import stored_period
from schools.models import Period, Posting, Unit
from schools.queries.accepting import accepting_office
from targets.actions.setting import (
    GOAL_FIELDS,
    Goal,
    refuse_for_school,
    refuse_impossible,
    revise_target,
    set_target,
)
from targets.models import Indicator, Pledge, PledgeState, Target
from targets.notices import PLEDGE_RETURNED
from trail.actions import notify, record, settle


@transaction.atomic
def send_pledge(
    *, unit: Unit, indicator: Indicator, period: Period, goal: Goal, note: str, by: Posting, today: dt.date
) -> Pledge:
    """Register what a unit means to reach with the office that accepts its reports.

    Raises Refused where it answers to nobody, where one for the same waits or is back already, and where its
    target says just this.
    """
    refuse_impossible(goal)
    refuse_for_school(unit, indicator)
    office = accepting_office(unit, today)
    if office is None:
        raise Refused(_("No office stands above %(unit)s that could approve it.") % {"unit": unit.name})
    # Two people of a unit who register the same: the unit's row is the lock.
    Unit.objects.select_for_update().get(pk=unit.pk)
    period = stored_period(period)
    refuse_second(unit, indicator, period)
    refuse_as_it_is(unit, indicator, period, goal)
    pledge = Pledge.objects.create(
        unit=unit,
        indicator=indicator,
        period=period,
        office=office,
        note=nfc(note).strip(),
        sent_at=timezone.now(),
        sent_by_id=by.user_id,
        **goal.stored(),
    )
    record("pledge.sent", about=pledge, by=by, unit_id=unit.pk, data=said_of(pledge))
    return pledge


def refuse_second(unit: Unit, indicator: Indicator, period: Period) -> None:
    if Pledge.objects.open().filter(unit=unit.pk, indicator=indicator, period=period).exists():
        raise Refused(
            _(
                "This has been registered already and is not decided yet. Open it to change it; nothing was "
                "sent."
            )
        )


def refuse_as_it_is(unit: Unit, indicator: Indicator, period: Period, goal: Goal) -> None:
    stored = own_target(unit, indicator, period)
    if stored is not None and is_goal_of(stored, goal):
        raise Refused(_("Your unit has just this target already. Nothing was sent."))


def own_target(unit: Unit, indicator: Indicator, period: Period) -> Target | None:
    """The target that a unit has there. One query."""
    rows = Target.objects.shown().filter(unit=unit.pk, indicator=indicator, period=period, group=None)
    return rows.first()


def is_goal_of(target: Target, goal: Goal) -> bool:
    stored = goal.stored()
    return all(getattr(target, name) == stored[name] for name in GOAL_FIELDS)


@transaction.atomic
def change_pledge(*, pledge: Pledge, version: int, goal: Goal, note: str, by: Posting) -> Pledge:
    """Correct what was registered, and send it anew if the office had returned it.

    Raises EditConflict when it was changed or decided since `version`.
    """
    refuse_impossible(goal)
    pledge.claim(version)
    refuse_decided(pledge)
    for name, value in goal.stored().items():
        setattr(pledge, name, value)
    pledge.note, pledge.state, pledge.answer = nfc(note).strip(), PledgeState.SENT, ""
    pledge.sent_at, pledge.sent_by_id = timezone.now(), by.user_id
    pledge.decided_at = pledge.decided_by = None
    pledge.save()
    settle(about=pledge)
    record("pledge.changed", about=pledge, by=by, unit_id=pledge.unit_id, data=said_of(pledge))
    return pledge


@transaction.atomic
def withdraw_pledge(*, pledge: Pledge, version: int, by: Posting | None) -> Pledge:
    """Take it back before it is approved. Raises EditConflict as `change_pledge` does."""
    pledge.claim(version)
    refuse_decided(pledge)
    pledge.state, pledge.decided_at, pledge.decided_by = PledgeState.WITHDRAWN, None, None
    pledge.save(update_fields=["state", "decided_at", "decided_by"])
    settle(about=pledge)
    record("pledge.withdrawn", about=pledge, by=by, unit_id=pledge.unit_id, data=said_of(pledge))
    return pledge


@transaction.atomic
def approve_pledge(*, pledge: Pledge, version: int, by: Posting) -> Target:
    """Make it the unit's target; one that the office set before is changed to it, and keeps its former value.

    Raises EditConflict when it was changed or decided since `version`, Refused where another office set the
    unit's target: that one has to change it.
    """
    pledge.claim(version)
    refuse_not_waiting(pledge)
    pledge.target = target_for(pledge, by)
    decide(pledge, PledgeState.APPROVED, by=by)
    record("pledge.approved", about=pledge, by=by, unit_id=pledge.unit_id, data=said_of(pledge))
    return pledge.target


def target_for(pledge: Pledge, by: Posting) -> Target:
    """The unit's target as it was registered, set or changed."""
    goal = goal_of(pledge)
    stored = own_target(pledge.unit, pledge.indicator, pledge.period)
    if stored is None:
        return set_target(
            unit=pledge.unit,
            indicator=pledge.indicator,
            period=pledge.period,
            goal=goal,
            note=pledge.note,
            by=by,
        )
    if is_goal_of(stored, goal):
        return stored
    if stored.office_id != by.acting_unit.pk:
        raise Refused(
            _(
                "%(office)s set the target that %(unit)s has there, and has to change it. Nothing was "
                "approved."
            )
            % {"office": stored.office.name, "unit": pledge.unit.short_name}
        )
    return revise_target(
        target=stored,
        version=stored.version,
        goal=goal,
        note=stored.note,
        reason=_("As the unit registered it."),
        by=by,
        although_beyond=True,
    )


def goal_of(pledge: Pledge) -> Goal:
    return Goal(**{name: getattr(pledge, name) for name in GOAL_FIELDS})


@transaction.atomic
def return_pledge(*, pledge: Pledge, version: int, answer: str, by: Posting) -> Pledge:
    """Give it back, saying why; the unit is told. Raises EditConflict as `approve_pledge` does."""
    if not (answer := nfc(answer).strip()):
        raise Refused(_("Say why it goes back. Nothing was changed."))
    pledge.claim(version)
    refuse_not_waiting(pledge)
    pledge.answer = answer
    decide(pledge, PledgeState.RETURNED, by=by)
    notify(
        PLEDGE_RETURNED,
        unit_id=pledge.unit_id,
        about=pledge,
        by=by,
        url=reverse("targets:pledge", args=[pledge.pk]),
        data={"office": pledge.office.name, "what": pledge.indicator.name, "reason": answer},
    )
    record("pledge.returned", about=pledge, by=by, unit_id=pledge.unit_id, data={"reason": answer})
    return pledge


@dataclass(frozen=True)
class Approved:
    """What approving several at once came to; `skipped` says of each that was not approved why."""

    approved: list[Pledge] = field(default_factory=list)
    skipped: list[tuple[Pledge, str]] = field(default_factory=list)


@transaction.atomic
def approve_pledges(*, shown: Iterable[tuple[Pledge, int]], by: Posting) -> Approved:
    """Approve several, each with the version that was shown. What cannot be approved is left and told."""
    result = Approved()
    for pledge, version in sorted(shown, key=lambda pair: pair[0].pk):
        try:
            with transaction.atomic():
                approve_pledge(pledge=pledge, version=version, by=by)
        except EditConflict:
            result.skipped.append((pledge, _("changed or decided by somebody else meanwhile")))
        except Refused as refusal:
            result.skipped.append((pledge, str(refusal.message)))
        else:
            result.approved.append(pledge)
    return result


def decide(pledge: Pledge, state: PledgeState, *, by: Posting) -> None:
    pledge.state, pledge.decided_at, pledge.decided_by_id = state, timezone.now(), by.user_id
    pledge.save(update_fields=["state", "answer", "target", "decided_at", "decided_by"])


def refuse_decided(pledge: Pledge) -> None:
    if not pledge.is_open:
        raise Refused(_("This is decided and is not changed any more. Register it anew; nothing was saved."))


def refuse_not_waiting(pledge: Pledge) -> None:
    if not pledge.is_waiting:
        raise Refused(_("This does not wait for a decision any more. Nothing was changed."))


def said_of(pledge: Pledge) -> dict[str, Any]:
    """What was registered, as the trail keeps it."""
    return {
        "indicator": pledge.indicator.code,
        "period": str(pledge.period),
        "comparator": pledge.comparator,
        "value": pledge.value,
        "value_max": pledge.value_max,
    }
