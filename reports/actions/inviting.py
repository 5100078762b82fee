"""Whom a meeting invites, and telling them: sent once, told again by itself when time or place change."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from eduportal.base.errors import Refused
from eduportal.base.text import nfc
from reports.actions.meeting import refuse_closed
from reports.actions.meeting_telling import tell
from reports.models import Attendance, Meeting
from reports.notices import MEETING_CANCELLED, MEETING_INVITED, MEETING_WITHDRAWN
from reports.queries.proceedings import invitable
from schools.models import Posting
from trail.actions import record


@transaction.atomic
def send_invitations(*, meeting: Meeting, version: int, by: Posting, now: dt.datetime) -> int:
    """Tell the units of the roll; gives how many letters were written. Also what brings a cancelled meeting
    back. The same number of queries however many units.

    Raises EditConflict, and Refused for a meeting that has begun, that invites nobody or has told everybody.
    """
    claim_open(meeting, version)
    if not meeting.is_to_come(now):
        raise Refused(
            _("This meeting lies in the past. Correct its day and time, then send the invitations.")
        )
    if meeting.is_told:
        raise Refused(
            _("The invitations were sent before. Units are told by themselves when time or place change.")
        )
    units = invited_units(meeting)
    if not units:
        raise Refused(_("Nobody is invited yet. Add units, then send the invitations."))
    meeting.cancelled_at, meeting.cancel_reason = None, ""
    meeting.save(update_fields=["cancelled_at", "cancel_reason"])
    letters = tell(MEETING_INVITED, meeting, units=units, by=by, now=now)
    data = {"invited": len(units), "letters": letters}
    record("meeting.invited", about=meeting, by=by, unit_id=meeting.office_id, data=data)
    return letters


def invited_units(meeting: Meeting) -> list[int]:
    return list(meeting.attendances.order_by("unit__sort_key", "pk").values_list("unit", flat=True))


def claim_open(meeting: Meeting, version: int) -> None:
    """The meeting as it is stored now, locked. Raises EditConflict, and Refused once its notice is issued."""
    meeting.claim(version)
    refuse_closed(meeting)
    meeting.refresh_from_db()


@transaction.atomic
def invite_units(
    *, meeting: Meeting, version: int, units: Collection[int], by: Posting, now: dt.datetime
) -> int:
    """Put units on the roll, in one insert; gives how many are new. Told at once where the others have been.

    Units that are not the office's, or stand there already, are left out. Raises EditConflict, and Refused
    once the meeting has begun.
    """
    claim_open(meeting, version)
    refuse_begun(meeting, now)
    new = list(invitable(meeting.office, meeting).filter(pk__in=units))
    Attendance.objects.bulk_create(Attendance(meeting=meeting, unit=unit) for unit in new)
    if new and meeting.is_told:
        tell(MEETING_INVITED, meeting, units=[unit.pk for unit in new], by=by, now=now)
    if new:
        data = {"units": [unit.pk for unit in new]}
        record("meeting.units_invited", about=meeting, by=by, unit_id=meeting.office_id, data=data)
    return len(new)


@transaction.atomic
def uninvite_units(
    *, meeting: Meeting, version: int, units: Collection[int], by: Posting, now: dt.datetime
) -> int:
    """Take units off the roll; gives how many. Whoever was told is told of this, too.

    Raises EditConflict, and Refused once the meeting has begun.
    """
    claim_open(meeting, version)
    refuse_begun(meeting, now)
    rows = meeting.attendances.filter(unit__in=units)
    gone = list(rows.values_list("unit", flat=True))
    rows.delete()
    if gone and meeting.is_told:
        tell(MEETING_WITHDRAWN, meeting, units=gone, by=by, now=now, but=invited_units(meeting))
    if gone:
        record(
            "meeting.units_left_out", about=meeting, by=by, unit_id=meeting.office_id, data={"units": gone}
        )
    return len(gone)


def refuse_begun(meeting: Meeting, now: dt.datetime) -> None:
    if not meeting.is_to_come(now):
        raise Refused(_("The meeting has begun: who is invited stays as it is. Note on the roll who came."))


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, version: int, reason: str, by: Posting, now: dt.datetime) -> None:
    """The meeting does not take place; who was invited is told, with the reason. Inviting again takes it up.

    Raises EditConflict, and Refused once its day is over or where it is cancelled already.
    """
    claim_open(meeting, version)
    if meeting.is_cancelled:
        raise Refused(_("This meeting was cancelled before. Nothing was changed."))
    if meeting.is_past_day(now):
        raise Refused(_("The day of this meeting is over, so it cannot be cancelled any more."))
    was_told = meeting.is_told
    meeting.cancelled_at, meeting.cancel_reason = now, nfc(reason).strip()
    meeting.save(update_fields=["cancelled_at", "cancel_reason"])
    if was_told:
        tell(MEETING_CANCELLED, meeting, units=invited_units(meeting), by=by, now=now)
    record(
        "meeting.cancelled",
        about=meeting,
        by=by,
        unit_id=meeting.office_id,
        data={"reason": meeting.cancel_reason},
    )
