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
from reports.actions.meeting_telling import tell
from reports.models import Attendance, Briefing, Meeting, Presence
from reports.notice import compose, notice_subject, recipients
from reports.notices import MEETING_MOVED
from reports.queries.meeting import conclusion_of, sole_leader
from schools.models import Posting
from schools.queries.tree import schools_beneath
from trail.actions import record


@dataclass(frozen=True)
class Mark:
    """What is noted of an invited unit. Only absence has a reason.

    `shown`: what the page said when it was opened. Where that is what is noted, nobody touched the row, and
    what the unit said itself meanwhile stands.
    """

    presence: Presence
    reason: str = ""
    shown: Presence | None = None

    def gives_way_to(self, row: Attendance) -> bool:
        return self.shown == self.presence and row.presence != self.presence


def _typed(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: nfc(value).strip() if isinstance(value, str) else value for name, value in fields.items()}


@transaction.atomic
def hold_meeting(
    *,
    briefing: Briefing,
    title: str,
    held_at: dt.datetime,
    place: str,
    chair: str,
    by: Posting,
    secretary: str = "",
) -> Meeting:
    """Enter the meeting over a briefing; it invites the schools that the office directs on its day, who
    learn of it when the invitations are sent.

    Raises Refused when there is one already.
    """
    briefing = Briefing.objects.select_for_update().get(pk=briefing.pk)
    if Meeting.objects.filter(briefing=briefing).exists():
        raise Refused(_("Not entered: this briefing has its meeting already. Open that one to change it."))
    fields = _typed(
        {"title": title, "held_at": held_at, "place": place, "chair": chair, "secretary": secretary}
    )
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
    secretary: str,
    by: Posting,
    now: dt.datetime,
) -> Meeting:
    """Correct what is said of a meeting. Units that were invited are told of another time or place, once.

    Raises EditConflict when somebody else saved since `version`, Refused once the notice is issued.
    """
    meeting.claim(version)
    refuse_closed(meeting)
    meeting.refresh_from_db()
    before = meeting.held_at, meeting.place
    fields = {"title": title, "held_at": held_at, "place": place, "chair": chair, "secretary": secretary}
    for name, value in _typed(fields).items():
        setattr(meeting, name, value)
    meeting.save(update_fields=list(fields))
    if meeting.is_told and before != (meeting.held_at, meeting.place) and meeting.is_to_come(now):
        units = list(meeting.attendances.order_by("unit__sort_key", "pk").values_list("unit", flat=True))
        tell(MEETING_MOVED, meeting, units=units, by=by, now=now)
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

    What a unit said itself is corrected where the office notes something else. Raises EditConflict when
    somebody else saved since `version`, Refused once the notice is issued.
    """
    meeting.claim(version)
    refuse_closed(meeting)
    stored = meeting.attendances.select_for_update().filter(unit__in=marks)
    rows = [row for row in stored if not marks[row.unit_id].gives_way_to(row)]
    for row in rows:
        mark = marks[row.unit_id]
        reason = nfc(mark.reason).strip() if mark.presence == Presence.ABSENT else ""
        if (row.presence, row.reason) != (mark.presence, reason):
            row.presence, row.reason = mark.presence, reason
            row.said_at = row.said_by = None
    fields = ["presence", "reason", "said_at", "said_by"]
    Attendance.objects.bulk_update(rows, fields, batch_size=500)
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
    if meeting.is_cancelled:
        raise Refused(_("This meeting was cancelled, so it has no conclusion. Nothing was drafted."))
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
