"""Periods of reports: opened for all that are asked, each office with its due day."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from reports.models import DueDay, MonthlyReport
from reports.queries.expected import due_days, due_on, longer_to_open, units_to_report
from reports.queries.monthly import months_to_open
from schools.actions import month_period, period_named
from schools.models import Office, Period, Posting, Unit
from schools.queries.accepting import accepting_offices
from trail.actions import record


@dataclass(frozen=True)
class Opened:
    """What opening came to. `opened` is 0 when it was open already; units of no office are named."""

    period: Period
    opened: int
    without_office: list[Unit]


@transaction.atomic
def open_period(period: Period, *, by: Posting | None, today: dt.date) -> Opened:
    """Open the expected list of a period: one row for each school and each commune in existence at its end
    and opened by now; of a quarter, term or year, for those that are asked something.

    The list is frozen with the first opening; opening again changes nothing. The accepting office is the one
    that holds the school administratively now, or held it when the period ended, whichever is earlier; a
    commune's is the department above it. Due on that office's day.
    """
    Period.objects.select_for_update().get(pk=period.pk)
    if MonthlyReport.objects.filter(period=period).exists():
        return Opened(period, 0, [])
    offices, own_days = accepting_offices(min(today, period.data_to)), due_days()
    rows, without_office = [], []
    for unit in units_to_report(period, today):
        if unit.pk in offices:
            office = offices[unit.pk]
            until = due_on(period, office, own_days)
            rows.append(MonthlyReport(unit=unit, period=period, office_id=office, due_on=until))
        else:
            without_office.append(unit)
    MonthlyReport.objects.bulk_create(rows, batch_size=500)
    if rows:
        data = {"expected": len(rows), "without_office": [unit.name for unit in without_office]}
        record("month.opened", about=period, by=by, unit_id=by.unit_id if by else None, data=data)
    return Opened(period, len(rows), without_office)


def open_month(*, year: int, month: int, by: Posting | None, today: dt.date) -> Opened:
    """Open a month of figures."""
    return open_period(month_period(year, month), by=by, today=today)


def open_due_periods(*, by: Posting | None, today: dt.date) -> list[Opened]:
    """Open every month that is due and not open yet, oldest first, each for itself; then the newest quarter,
    term and years whose last days have come, as far as somebody is asked something for them."""
    months = [open_month(year=one.year, month=one.month, by=by, today=today) for one in months_to_open(today)]
    longer = [
        open_period(period_named(one.kind, one.year, one.ordinal), by=by, today=today)
        for one in longer_to_open(today)
    ]
    return [*months, *(one for one in longer if one.opened)]


@transaction.atomic
def set_due_day(*, office: Office, day: int, version: int | None, by: Posting) -> DueDay:
    """Await reports on another day of the month, from the next period on that opens.

    `version`: of the office's day as it was shown, None where it had none of its own. Raises EditConflict
    when somebody set it meanwhile.
    """
    Office.objects.select_for_update().get(pk=office.pk)
    row = DueDay.objects.filter(office=office).first()
    former = row.day if row else None
    if row is None:
        row = DueDay(office=office)
    else:
        row.claim(version or 0)
    row.day = day
    row.save()
    if day != former:
        data = {"before": former, "after": day}
        record("due_day.set", about=row, by=by, unit_id=office.pk, data=data)
    return row
