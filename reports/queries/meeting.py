"""Reads for meetings: the roll, and what the notice is composed of."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import RoleCode
from directives.queries import letterhead_of
from reports.models import Attendance, Meeting, Presence
from reports.notice import Absence, Conclusion, Roll
from schools.models import Office, Posting


def roll_of(rows: Iterable[Attendance]) -> Roll:
    """Who was there, from the rows of a meeting's roll with their units."""
    rows = list(rows)
    return Roll(
        present=sum(row.presence == Presence.PRESENT for row in rows),
        absent=tuple(Absence(row.unit.name, row.reason) for row in rows if row.presence == Presence.ABSENT),
        not_noted=sum(row.presence == Presence.UNKNOWN for row in rows),
    )


def roll_in(meeting: Meeting) -> Roll:
    """Who was there, without reading the rows of those who were. Two queries."""
    counts = meeting.attendances.aggregate(
        present=Count("pk", filter=Q(presence=Presence.PRESENT)),
        not_noted=Count("pk", filter=Q(presence=Presence.UNKNOWN)),
    )
    absent = meeting.attendances.filter(presence=Presence.ABSENT).order_by("unit__sort_key", "pk")
    names = absent.values_list("unit__name", "reason")
    return Roll(absent=tuple(Absence(*one) for one in names), **counts)


def conclusion_of(meeting: Meeting) -> Conclusion:
    """What the notice of a meeting is composed of. Three queries."""
    sections = list(meeting.briefing.sections.all())
    heard = list(meeting.heard.all())
    return Conclusion(
        office=meeting.office.name,
        held_on=timezone.localtime(meeting.held_at).date(),
        chair=meeting.chair,
        period=meeting.briefing.period.named,
        roll=roll_of(meeting.attendances.select_related("unit")),
        had_opinions=bool(meeting.opinions) or bool(heard),
        heard_from=tuple(dict.fromkeys(name for one in heard if (name := one.unit or one.speaker))),
        sections=tuple((one.title, one.text) for one in sections if one.key != "directions"),
        directions="\n".join(one.text for one in sections if one.key == "directions"),
        with_communes=bool(meeting.briefing.figures.get("discipline", {}).get("communes")),
    )


def sole_leader(office: Office, day: dt.date) -> str:
    """The name of the office's leader where there is just one, else empty: people choose. One query."""
    leaders = Posting.objects.on(day).filter(unit=office, role=RoleCode.LEADER).select_related("user")
    names = [leader.actor_name for leader in leaders[:2]]
    return names[0] if len(names) == 1 else ""


def chair_of(office: Office, day: dt.date) -> str:
    """Who usually chairs, as a notice says it: name and title of the head. Two queries."""
    letterhead = letterhead_of(office, day)
    title = letterhead.head_title.capitalize() if letterhead else ""
    return ", ".join(part for part in (sole_leader(office, day), title) if part)
