"""Reminding those who have not sent: a word on their first page, and a letter where there is an address."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from reports.letters import Reminder, reminder_letter
from reports.models import MonthlyReport
from reports.notices import REMINDER
from reports.queries.figures import month_of
from reports.queries.missing import reminded_today
from reports.queries.people import staffing
from schools.models import Posting, Unit
from trail.actions import notify, record
from trail.post import write_letter


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
    who press at once send one word.
    """
    today = timezone.localdate(now)
    units = sorted({report.unit_id for report in reports})
    list(Unit.objects.select_for_update(no_key=True).filter(pk__in=units).order_by("pk"))
    rows = MonthlyReport.objects.filter(pk__in=[report.pk for report in reports])
    current = rows.select_related("unit", "period", "office").order_by("unit__sort_key", "period__data_from")
    told = reminded_today(units, today)
    people = staffing(units, today)
    result, mailed = Reminding(), 0
    for report in current:
        if not report.is_editable:
            result.came_in.append(report)
        elif report.unit_id in told:
            result.already.append(report)
        elif not people[report.unit_id].everybody:
            result.nobody_there.append(report)
        else:
            told.add(report.unit_id)
            mailed += remind_one(report, people[report.unit_id].everybody, by, today, portal)
            result.reminded.append(report)
    return Reminding(result.reminded, mailed, result.already, result.came_in, result.nobody_there)


def remind_one(
    report: MonthlyReport, people: Sequence[Posting], by: Posting, today: dt.date, portal: str
) -> bool:
    """One word to the unit, and a letter to each of its people who has an address; whether any has."""
    url = reverse("reports:report", args=[report.pk])
    data = {"period": month_of(report.period).short, "due_on": f"{report.due_on:%d/%m/%Y}"}
    data["office"] = by.acting_unit.name
    notify(REMINDER, unit_id=report.unit_id, about=report, by=by, url=url, data=data)
    addresses = sorted({posting.user.email for posting in people if posting.user.email})
    subject, body = reminder_letter(
        Reminder(
            unit=report.unit.name,
            office=by.acting_unit.name,
            sender=by.actor_name,
            month=month_of(report.period).short,
            due_on=report.due_on,
            today=today,
            url=f"{portal.rstrip('/')}{url}",
            reason=report.reason,
        )
    )
    for address in addresses:
        write_letter(to=address, subject=subject, body=body, unit_id=report.unit_id)
    record("report.reminded", about=report, by=by, unit_id=report.unit_id, data={"letters": len(addresses)})
    return bool(addresses)
