"""Reads around a meeting's papers: agenda, invitations, minutes."""

import datetime as dt
from collections.abc import Iterable
from email.utils import parseaddr

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from directives.queries import letterhead_of
from reports.calendars import Entry
from reports.invitations import AgendaLine, Invited, facts
from reports.minutes import OpinionText, Proceedings
from reports.models import AgendaItem, Attendance, Meeting, Opinion
from reports.models.meeting import USUAL_LENGTH
from reports.papers import Head
from reports.queries.meeting import roll_in, sole_leader
from reports.signing import COMMUNE_HEAD
from schools.models import Office, Posting, Unit, UnitKind
from schools.queries.tree import existing_beneath


def agenda_lines(rows: Iterable[AgendaItem]) -> tuple[AgendaLine, ...]:
    return tuple(AgendaLine(one.title, one.speaker, one.minutes) for one in rows)


def opinion_texts(rows: Iterable[Opinion]) -> tuple[OpinionText, ...]:
    return tuple(OpinionText(one.speaker, one.unit, one.text) for one in rows)


def ends_at(meeting: Meeting, agenda: Iterable[AgendaLine]) -> dt.datetime:
    """When it is over by its agenda, as far as that gives minutes."""
    minutes = sum(line.minutes or 0 for line in agenda)
    return meeting.held_at + (dt.timedelta(minutes=minutes) if minutes else USUAL_LENGTH)


# --- invitations --------------------------------------------------------------------------------------------


def invitations_to(posting: Posting, now: dt.datetime) -> list[Attendance]:
    """The meetings to which the unit is invited that are not over, the nearest first. One query."""
    begin_of_day = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Attendance.objects.told_to(posting.acting_unit).filter(meeting__held_at__gte=begin_of_day)
    return list(rows.select_related("meeting__office").order_by("meeting__held_at", "pk"))


def invitable(office: Office | Unit, meeting: Meeting) -> QuerySet[Unit]:
    """Communes and schools beneath the office on the day of the meeting that are not invited yet. Lazy."""
    day = timezone.localdate(meeting.held_at)
    beneath = Unit.objects.filter(pk__in=existing_beneath(office, day)).exclude(pk=office.pk)
    rows = beneath.exclude(kind=UnitKind.INTERNAL)
    return rows.exclude(pk__in=meeting.attendances.values("unit")).order_by("sort_key", "pk")


def invited_of(
    meeting: Meeting, unit: Unit | None, agenda: tuple[AgendaLine, ...], *, is_changed: bool = False
) -> Invited:
    """What an invitation says; `unit` is None on the office's own copy. No query with the office at hand."""
    return Invited(
        unit=unit.name if unit else "",
        office=meeting.office.name,
        title=meeting.title,
        held_at=timezone.localtime(meeting.held_at),
        place=meeting.place,
        chair=meeting.chair,
        agenda=agenda,
        url=f"{settings.PORTAL_URL.rstrip('/')}{reverse('reports:invitation', args=[meeting.pk])}",
        is_changed=is_changed,
        cancel_reason=meeting.cancel_reason,
    )


def entry_of(meeting: Meeting, invited: Invited) -> Entry:
    """The meeting as an entry of a calendar. No query."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    domain = address.rpartition("@")[2] or "localhost"
    told_at = meeting.told_at or meeting.held_at
    return Entry(
        uid=f"meeting-{meeting.pk}@{domain}",
        sequence=meeting.sequence,
        told_at=told_at,
        title=meeting.title,
        begins_at=meeting.held_at,
        ends_at=ends_at(meeting, invited.agenda),
        place=meeting.place,
        description="\n".join([*facts(invited), invited.url]),
        url=invited.url,
        office=meeting.office.name,
        office_mail=address,
        is_cancelled=meeting.is_cancelled,
    )


# --- papers -------------------------------------------------------------------------------------------------


def head_of(meeting: Meeting, issued_on: dt.date | None) -> Head:
    """What stands around a paper of the meeting, by the letterhead of its day. Two queries."""
    day = timezone.localdate(meeting.held_at)
    letterhead = letterhead_of(meeting.office, day)
    leader = sole_leader(meeting.office, day)
    if letterhead is None:
        return Head("", meeting.office.name, "…", issued_on, "", (COMMUNE_HEAD,), leader)
    return Head(
        superior=letterhead.superior,
        issuer=letterhead.issuer,
        place=letterhead.place,
        issued_on=issued_on,
        symbol=letterhead.symbol,
        signed_as=(letterhead.head_title,),
        signer=leader,
    )


def proceedings_of(meeting: Meeting) -> Proceedings:
    """What the minutes are drafted from. Five queries."""
    directions = meeting.briefing.sections.filter(key="directions")
    return Proceedings(
        office=meeting.office.name,
        title=meeting.title,
        held_at=timezone.localtime(meeting.held_at),
        place=meeting.place,
        chair=meeting.chair,
        secretary=meeting.secretary,
        roll=roll_in(meeting),
        agenda=agenda_lines(meeting.agenda.all()),
        opinions=opinion_texts(meeting.heard.all()),
        remarks=meeting.opinions,
        directions="\n".join(one.text for one in directions),
    )
