"""Reads for meetings: the roll, and what the notice is composed of."""

import datetime as dt

from django.utils import timezone

from accounts.models import RoleCode
from reports.models import Attendance, Meeting, Presence
from reports.notice import Absence, Conclusion, Roll
from reports.queries.figures import month_of
from schools.models import Office, Posting


def roll_of(meeting: Meeting) -> Roll:
    """Who was there. One query."""
    rows = list(Attendance.objects.filter(meeting=meeting).select_related("unit"))
    return Roll(
        present=sum(row.presence == Presence.PRESENT for row in rows),
        absent=tuple(Absence(row.unit.name, row.reason) for row in rows if row.presence == Presence.ABSENT),
        not_noted=sum(row.presence == Presence.UNKNOWN for row in rows),
    )


def conclusion_of(meeting: Meeting) -> Conclusion:
    """What the notice of a meeting is composed of. Two queries."""
    sections = list(meeting.briefing.sections.all())
    return Conclusion(
        office=meeting.office.name,
        held_on=timezone.localtime(meeting.held_at).date(),
        chair=meeting.chair,
        month=month_of(meeting.briefing.period),
        roll=roll_of(meeting),
        had_opinions=bool(meeting.opinions),
        sections=tuple((one.title, one.text) for one in sections if one.key != "directions"),
        directions="\n".join(one.text for one in sections if one.key == "directions"),
    )


def sole_leader(office: Office, day: dt.date) -> str:
    """The name of the office's leader where there is just one; else empty, for people to choose. One query."""
    leaders = Posting.objects.on(day).filter(unit=office, role=RoleCode.LEADER).select_related("user")
    names = [leader.actor_name for leader in leaders[:2]]
    return names[0] if len(names) == 1 else ""
