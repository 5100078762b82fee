"""The days of the demo, counted back from the day it is loaded on: its months, and the days between."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from eduportal.pages.demo.province import OPENED_ON
from reports.figures import Month
from reports.queries import month_to_open
from schools.periods import is_working_day, month_bounds, next_working_day, report_due_on

NEWEST, CLOSED, OLDER = range(3)
"""How many months before the open one: the three that the story is told of most closely."""


@dataclass(frozen=True)
class PlayedMonth:
    """A month of figures: how long ago it was, when its list is opened and when its reports are due."""

    number: Month
    ago: int
    first: dt.date
    last: dt.date
    opens_on: dt.date
    due_on: dt.date


@dataclass(frozen=True)
class Schedule:
    """All months that are played, oldest first; the last of them is open, all others are closed.

    Nothing is played later than yesterday, except on the very day on which the newest month opens.
    """

    today: dt.date
    months: tuple[PlayedMonth, ...]

    @property
    def newest(self) -> PlayedMonth:
        return self.ago(NEWEST)

    @property
    def closed(self) -> PlayedMonth:
        return self.ago(CLOSED)

    @property
    def older(self) -> PlayedMonth:
        return self.ago(OLDER)

    def ago(self, months: int) -> PlayedMonth:
        return self.months[-1 - months]

    def last_time(self, ordinal: int) -> PlayedMonth | None:
        """The last closed month that was the calendar's first, second …; None where none is played."""
        closed = [month for month in self.months if month.ago and month.number.month == ordinal]
        return closed[-1] if closed else None

    @property
    def latest(self) -> dt.date:
        return max(self.newest.opens_on, self.today - dt.timedelta(days=1))

    def past(self, day: dt.date) -> dt.date:
        """The day, or the latest that lies in the past."""
        return min(day, self.latest)


def schedule_for(today: dt.date, months: int) -> Schedule:
    """So many months by the installation's rule, the newest being the one that is open on this day.

    Fewer where the first would have ended before the province was made as it is.
    """
    number = Month(*month_to_open(today))
    played = [played_month(number, 0)]
    for ago in range(1, months):
        number = number.before
        played.append(played_month(number, ago))
    begun = [month for month in played if month.opens_on > OPENED_ON]
    return Schedule(today, tuple(reversed(begun)))


def played_month(number: Month, ago: int) -> PlayedMonth:
    first, last = month_bounds(number.year, number.month, settings.MONTH_STARTS_ON)
    opens_on = last - dt.timedelta(days=settings.MONTH_OPENS_DAYS_BEFORE_END)
    due_on = report_due_on(last, settings.MONTHLY_REPORT_DUE_DAY)
    return PlayedMonth(number, ago, first, last, opens_on, due_on)


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
