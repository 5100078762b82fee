"""The days of the demo, counted from the day it is loaded on: three months, and the days between."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from reports.queries import month_to_open
from schools.periods import is_working_day, month_bounds, next_working_day, previous_month, report_due_on


@dataclass(frozen=True)
class Month:
    """A month of figures: when its list is opened and when its reports are due."""

    year: int
    month: int
    first: dt.date
    last: dt.date
    opens_on: dt.date
    due_on: dt.date

    @property
    def short(self) -> str:
        return f"{self.month:02d}/{self.year}"


@dataclass(frozen=True)
class Schedule:
    """Two months that are closed and the newest, which is open.

    Nothing is played later than yesterday, except on the very day on which the newest month opens.
    """

    today: dt.date
    older: Month
    closed: Month
    newest: Month

    @property
    def months(self) -> tuple[Month, Month, Month]:
        return self.older, self.closed, self.newest

    @property
    def latest(self) -> dt.date:
        return max(self.newest.opens_on, self.today - dt.timedelta(days=1))

    def past(self, day: dt.date) -> dt.date:
        """The day, or the latest that lies in the past."""
        return min(day, self.latest)


def schedule_for(today: dt.date) -> Schedule:
    """The three months by the installation's rule, the newest being the one that is open on this day."""
    newest = month_to_open(today)
    closed = previous_month(*newest)
    older = previous_month(*closed)
    return Schedule(today, month(*older), month(*closed), month(*newest))


def month(year: int, ordinal: int) -> Month:
    first, last = month_bounds(year, ordinal, settings.MONTH_STARTS_ON)
    opens_on = last - dt.timedelta(days=settings.MONTH_OPENS_DAYS_BEFORE_END)
    return Month(year, ordinal, first, last, opens_on, report_due_on(last, settings.MONTHLY_REPORT_DUE_DAY))


def workday(day: dt.date, ahead: int = 0) -> dt.date:
    """The first working day from `ahead` days after a day on."""
    return next_working_day(day + dt.timedelta(days=ahead))


def workday_before(day: dt.date) -> dt.date:
    """The day itself, or the last working day before it."""
    while not is_working_day(day):
        day -= dt.timedelta(days=1)
    return day


def soon(today: dt.date) -> dt.date:
    """A last day near enough to count as due soon, a working day if there is one."""
    days = [today + dt.timedelta(days=n) for n in range(settings.DUE_SOON_DAYS, 0, -1)]
    return next(filter(is_working_day, days), days[0])


def moment(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """A time of day in the installation's zone."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))
