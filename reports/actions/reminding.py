"""Reminding those who have not sent: a word on their first page, and a letter where there is an address."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from reports.actions.sweeping import ways_to
from reports.letters import Reminder as ReminderWords
from reports.letters import reminder_letter, reminder_message
from reports.models import MonthlyReport, Reminder
from reports.notices import REMINDER
from reports.queries import reminders as found
from reports.queries.missing import reminded_today
from reports.queries.people import staffing
from reports.schedule import stage_before
from schools.models import Posting, Unit
from trail.actions import event_of, notification_of, notify_all, record_all
from trail.models import AuditEvent, Channel, Letter, Notification
from trail.post import letter_of, message_of, write_letters


@dataclass(frozen=True)
class Reminding:
    """What became of a reminder to several units."""

    reminded: list[MonthlyReport] = field(default_factory=list)
    mailed: int = 0
    """How many of them have an address, and were sent a letter as well."""
    already: list[MonthlyReport] = field(default_factory=list)
    """Reminded today; nobody is reminded twice a day."""
    came_in: list[MonthlyReport] = field(default_factory=list)
    """Sent, or excused, since the list was shown."""
    nobody_there: list[MonthlyReport] = field(default_factory=list)
    """Nobody of the unit has an account: somebody must call."""


@transaction.atomic
def remind(*, reports: Sequence[MonthlyReport], by: Posting, now: dt.datetime, portal: str) -> Reminding:
    """Remind units of their month's report, each at most once a day, whoever reminds.

    `portal`: the address under which letters lead here. The units are locked meanwhile, so that two people
    who press at once send one word. The same number of statements, however many units.
    """
    today = timezone.localdate(now)
    units = sorted({report.unit_id for report in reports})
    list(Unit.objects.select_for_update(no_key=True).filter(pk__in=units).order_by("pk"))
    rows = MonthlyReport.objects.filter(pk__in=[report.pk for report in reports])
    current = rows.select_related("unit", "period", "office").order_by("unit__sort_key", "period__data_from")
    told = reminded_today(units, today)
    people = staffing(units, today)
    result = Reminding()
    for report in current:
        if not report.is_editable:
            result.came_in.append(report)
        elif report.unit_id in told:
            result.already.append(report)
        elif not people[report.unit_id].everybody:
            result.nobody_there.append(report)
        else:
            told.add(report.unit_id)
            result.reminded.append(report)
    words = [word_to(one, people[one.unit_id].everybody, by, today, portal) for one in result.reminded]
    notify_all(word.notification for word in words)
    write_letters(letter for word in words for letter in word.letters)
    record_all(word.event for word in words)
    Reminder.objects.bulk_create(counted(result.reminded, by, today))
    return replace(result, mailed=sum(word.is_mailed for word in words))


def counted(reports: Sequence[MonthlyReport], by: Posting, today: dt.date) -> list[Reminder]:
    """The same as rows of the portal's own reminders, which then says nothing more today and counts on.

    One query. Of what the portal said today there is a row already.
    """
    said = found.said_of_reports([one.pk for one in reports])
    rows = []
    for one in reports:
        given = said.get(one.pk, [])
        if any(former.on >= today for former in given):
            continue
        last = max((former.stage for former in given), default=None)
        if today > one.due_on:
            stage: int | None = max(last or 0, 0) + 1
        else:
            stage = stage_before(one.due_on, today, dt.date.min, found.plan())
        if stage is not None and (last is None or stage > last):
            row = Reminder(unit=one.unit, report=one, deadline=one.due_on, stage=stage, on=today, by=by.user)
            rows.append(row)
    return rows


@dataclass(frozen=True)
class Word:
    """A reminder to one unit, not written yet: for its first page, for its people by the ways they chose."""

    notification: Notification
    letters: list[Letter]
    event: AuditEvent

    @property
    def is_mailed(self) -> bool:
        return any(letter.channel == Channel.MAIL for letter in self.letters)


def word_to(
    report: MonthlyReport, people: Sequence[Posting], by: Posting, today: dt.date, portal: str
) -> Word:
    url = reverse("reports:report", args=[report.pk])
    ways = {posting.user_id: (posting.user, ways_to(posting)) for posting in people}
    addresses = sorted({user.email for user, chosen in ways.values() if Channel.MAIL in chosen})
    numbers = sorted({user.phone_key for user, chosen in ways.values() if Channel.MESSAGE in chosen})
    subject, body = reminder_letter(
        said_reminder := ReminderWords(
            unit=report.unit.name,
            office=by.acting_unit.name,
            sender=by.actor_name,
            period=report.period.named.vietnamese,
            due_on=report.due_on,
            today=today,
            url=f"{portal.rstrip('/')}{url}",
            reason=report.reason,
        )
    )
    unit_id, data = report.unit_id, {"letters": len(addresses), "messages": len(numbers)}
    said = {
        "period": report.period.named.code,
        "due_on": f"{report.due_on:%d/%m/%Y}",
        "office": by.acting_unit.name,
    }
    return Word(
        notification_of(REMINDER, unit_id=unit_id, about=report, by=by, url=url, data=said),
        [
            *(letter_of(to=address, subject=subject, body=body, unit_id=unit_id) for address in addresses),
            *(message_of(to=one, body=reminder_message(said_reminder), unit_id=unit_id) for one in numbers),
        ],
        event_of("report.reminded", about=report, by=by, unit_id=unit_id, data=data),
    )
