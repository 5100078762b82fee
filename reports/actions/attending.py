"""What an invited unit says itself: that it is here, by the code in the room, or that it cannot come."""

import datetime as dt
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eduportal.base.errors import Refused
from eduportal.base.text import nfc
from reports.actions.meeting import refuse_closed
from reports.models import Attendance, Meeting, Presence
from schools.models import Posting
from trail.actions import record

CODE_LENGTH = 6
MOST_WRONG = 8


def new_code() -> str:
    return f"{secrets.randbelow(10**CODE_LENGTH):0{CODE_LENGTH}}"


@transaction.atomic
def renew_code(*, meeting: Meeting, by: Posting) -> str:
    """Another code; the former is worth nothing any more, and whoever tried too often may try again."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    refuse_closed(meeting)
    former = meeting.code
    while meeting.code == former:
        meeting.code = new_code()
    meeting.save(update_fields=["code"])
    meeting.attendances.filter(wrong_codes__gt=0).update(wrong_codes=0)
    record("meeting.code_renewed", about=meeting, by=by, unit_id=meeting.office_id)
    return meeting.code


def check_in(*, attendance: Attendance, code: str, by: Posting, now: dt.datetime) -> Attendance:
    """Mark the unit as present, with time and person. A second time changes nothing.

    Raises Refused: too early, too late, a cancelled or concluded meeting, a wrong code, or too many of them.
    A wrong code is counted though the check-in is refused, so the count is a transaction of its own.
    """
    with transaction.atomic():
        row = locked(attendance)
        if row.is_present:
            return row
        refuse_untimely(row.meeting, now)
        refuse_closed(row.meeting)
        wrong = refusal_of(row, code)
        if wrong is None:
            row.presence, row.reason = Presence.PRESENT, ""
            row.said_at, row.said_by = now, by.user
            row.wrong_codes = 0
            said(row, "meeting.checked_in", by)
        else:
            row.wrong_codes = min(row.wrong_codes + 1, MOST_WRONG)
            row.save(update_fields=["wrong_codes"])
    if wrong is not None:
        raise wrong
    return row


def locked(attendance: Attendance) -> Attendance:
    rows = Attendance.objects.select_for_update(of=("self",)).select_related("meeting", "unit")
    row = rows.filter(pk=attendance.pk).first()
    if row is None:
        raise Refused(_("Your unit is no longer invited to this meeting. Ask the office that holds it."))
    return row


def refuse_untimely(meeting: Meeting, now: dt.datetime) -> None:
    """Raises Refused unless the doors are open."""
    if meeting.is_cancelled:
        raise Refused(_("This meeting was cancelled. There is nothing to check in to."))
    if now < meeting.opens_at:
        raise Refused(
            _("It is too early to check in. It opens at %(at)s; the code is shown in the room.")
            % {"at": f"{timezone.localtime(meeting.opens_at):%H:%M %d/%m/%Y}"}
        )
    if meeting.is_past_day(now):
        raise Refused(
            _("The day of the meeting is over. Ask the office to note on its roll that you were there.")
        )


def refusal_of(row: Attendance, code: str) -> Refused | None:
    """Why a code does not open the door, if it does not."""
    if row.wrong_codes >= MOST_WRONG:
        return Refused(
            _("Too many wrong codes were typed for your unit. Ask the office in the room to note you.")
        )
    typed = "".join(code.split())
    expected = row.meeting.code
    if expected and secrets.compare_digest(typed.encode(), expected.encode()):
        return None
    return Refused(
        _("This is not the code of this meeting. Look at the screen in the room, then type it again.")
    )


def said(row: Attendance, verb: str, by: Posting) -> None:
    """Keep what a unit said, with its event."""
    row.save(update_fields=["presence", "reason", "said_at", "said_by", "wrong_codes"])
    data = {"unit": row.unit_id, "name": row.unit.name}
    record(verb, about=row.meeting, by=by, unit_id=row.meeting.office_id, data=data)


@transaction.atomic
def announce_absence(*, attendance: Attendance, reason: str, by: Posting, now: dt.datetime) -> Attendance:
    """Say beforehand that nobody of the unit comes, and why. Said again, the newer reason stands.

    Raises Refused without a reason, once the meeting has begun, or where it is cancelled.
    """
    row = locked(attendance)
    refuse_late(row.meeting, now)
    text = nfc(reason).strip()
    if not text:
        raise Refused(_("Say why nobody can come; the office reads it."))
    if row.is_present:
        raise Refused(_("Your unit is noted as present. Ask the office if that is wrong."))
    row.presence, row.reason = Presence.ABSENT, text
    row.said_at, row.said_by = now, by.user
    said(row, "meeting.absence_announced", by)
    return row


@transaction.atomic
def take_back_absence(*, attendance: Attendance, by: Posting, now: dt.datetime) -> Attendance:
    """The unit comes after all. Changes nothing where it announced no absence. Raises Refused as above."""
    row = locked(attendance)
    refuse_late(row.meeting, now)
    if row.is_absent:
        row.presence, row.reason = Presence.UNKNOWN, ""
        row.said_at = row.said_by = None
        said(row, "meeting.absence_taken_back", by)
    return row


def refuse_late(meeting: Meeting, now: dt.datetime) -> None:
    """Raises Refused unless the meeting is still to come."""
    if meeting.is_cancelled:
        raise Refused(_("This meeting was cancelled. There is nothing to answer."))
    if not meeting.is_to_come(now):
        raise Refused(
            _("The meeting has begun. Tell the office by telephone; it notes the reason on its roll.")
        )
    refuse_closed(meeting)
