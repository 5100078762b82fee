"""The meeting over a briefing: whom it invites, who was there, and the notice it ends in."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directives.actions.drafting import draft_directive
from directives.models import Directive, DirectiveKind
from directives.queries import letterhead_of
from eduportal.base.errors import Refused
from eduportal.base.text import nfc
from reports.models import Attendance, Briefing, Meeting, Presence
from reports.notice import compose, notice_subject, recipients
from reports.queries.meeting import conclusion_of, sole_leader
from schools.models import Posting
from schools.queries.tree import schools_beneath
from trail.actions import record


@dataclass(frozen=True)
class Mark:
    """What is noted of an invited unit. Only absence has a reason."""

    presence: Presence
    reason: str = ""


def _typed(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: nfc(value).strip() if isinstance(value, str) else value for name, value in fields.items()}


@transaction.atomic
def hold_meeting(
    *, briefing: Briefing, title: str, held_at: dt.datetime, place: str, chair: str, by: Posting
) -> Meeting:
    """Enter the meeting over a briefing; it invites the schools that the office directs on its day.

    Raises Refused when there is one already.
    """
    briefing = Briefing.objects.select_for_update().get(pk=briefing.pk)
    if Meeting.objects.filter(briefing=briefing).exists():
        raise Refused(_("Not entered: this briefing has its meeting already. Open that one to change it."))
    fields = _typed({"title": title, "held_at": held_at, "place": place, "chair": chair})
    meeting = Meeting.objects.create(office=briefing.office, briefing=briefing, **fields)
    invited = schools_beneath(briefing.office, held_at.date())
    Attendance.objects.bulk_create(Attendance(meeting=meeting, unit=school) for school in invited)
    record("meeting.entered", about=meeting, by=by, unit_id=meeting.office_id, data={"invited": len(invited)})
    return meeting


@transaction.atomic
def revise_meeting(
    *,
    meeting: Meeting,
    version: int,
    title: str,
    held_at: dt.datetime,
    place: str,
    chair: str,
    opinions: str,
    by: Posting,
) -> Meeting:
    """Correct what is said of a meeting, and keep its opinions.

    Raises EditConflict when somebody else saved since `version`, Refused once the notice is issued.
    """
    meeting.claim(version)
    refuse_closed(meeting)
    fields = {"title": title, "held_at": held_at, "place": place, "chair": chair, "opinions": opinions}
    for name, value in _typed(fields).items():
        setattr(meeting, name, value)
    meeting.save(update_fields=list(fields))
    record("meeting.revised", about=meeting, by=by, unit_id=meeting.office_id)
    return meeting


@transaction.atomic
def take_attendance(
    *,
    meeting: Meeting,
    version: int,
    marks: Mapping[int, Mark],
    by: Posting,
    rest: Presence | None = None,
) -> Meeting:
    """Note who was there, by primary key of the unit. Units not named stay as they are; with `rest`, those of
    whom nothing is noted yet are noted so.

    Raises EditConflict when somebody else saved since `version`, Refused once the notice is issued.
    """
    meeting.claim(version)
    refuse_closed(meeting)
    rows = list(meeting.attendances.filter(unit__in=marks))
    for row in rows:
        mark = marks[row.unit_id]
        row.presence = mark.presence
        row.reason = nfc(mark.reason).strip() if mark.presence == Presence.ABSENT else ""
    Attendance.objects.bulk_update(rows, ["presence", "reason"], batch_size=500)
    if rest is not None:
        others = meeting.attendances.filter(presence=Presence.UNKNOWN)
        others.exclude(unit__in=marks).update(presence=rest)
    absent = [row.unit_id for row in rows if row.presence == Presence.ABSENT]
    record(
        "meeting.attendance_taken", about=meeting, by=by, unit_id=meeting.office_id, data={"absent": absent}
    )
    return meeting


def refuse_closed(meeting: Meeting) -> None:
    """The claim has locked the meeting; the notice is locked as well, so that nobody issues it meanwhile."""
    stored = Meeting.objects.filter(pk=meeting.pk).values("notice")
    notice = Directive.objects.select_for_update().filter(pk__in=stored).first()
    if notice is not None and notice.is_issued:
        raise Refused(
            _("The conclusion notice was issued, so the meeting stays as it was. Nothing was saved.")
        )


@transaction.atomic
def draft_notice(*, meeting: Meeting, by: Posting, today: dt.date) -> Directive:
    """The meeting's conclusion notice: composed from the briefing and the attendance, to be corrected,
    approved and numbered like any document written here.

    Asked again, it gives the same notice, whatever has become of it since.
    """
    meeting = Meeting.objects.select_for_update().select_related("briefing__period").get(pk=meeting.pk)
    if meeting.notice is not None:
        return meeting.notice
    office = meeting.office
    letterhead = letterhead_of(office, today)
    leader = sole_leader(office, today)
    conclusion = conclusion_of(meeting)
    notice = draft_directive(
        office=office,
        text=compose(conclusion),
        by=by,
        today=today,
        written_here=True,
        kind=DirectiveKind.NOTICE,
        subject=notice_subject(timezone.localdate(meeting.held_at)),
        recipients=recipients(office.short_name, with_communes=conclusion.with_communes),
        signer_title=letterhead.head_title if letterhead else "",
        signer_name=leader,
    )
    meeting.notice = notice
    meeting.save(update_fields=["notice"])
    data = {"notice": notice.pk}
    record("meeting.notice_drafted", about=meeting, by=by, unit_id=office.pk, data=data)
    return notice
