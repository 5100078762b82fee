"""On which days a deadline is reminded of, counted in working days. Pure.

A stage is one reminder of one deadline: -7, -3, -1 so many working days before it, 0 on its day, and 1, 2, 3
once it is past. Which stage is due follows from the calendar and from what was said already, not from when
the portal last looked: what a day without power left out is said on the next one, and nothing is said twice.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from schools.periods import is_working_day, next_working_day

DAY = dt.timedelta(days=1)
LEVELS = 3
"""Who is told of what stays undone: the unit, the office above it, the office above that one."""


@dataclass(frozen=True)
class Plan:
    """`before`: working days ahead; `every`: so many between two reminders of what is overdue; `patience`:
    after how many of these the next office is told as well."""

    before: tuple[int, ...] = (7, 3, 1, 0)
    every: int = 2
    patience: int = 3

    @property
    def most_overdue(self) -> int:
        """After this many the portal says no more: everybody knows, and it stands in the briefing."""
        return self.patience * LEVELS


@dataclass(frozen=True)
class Said:
    """A reminder that was given."""

    stage: int
    on: dt.date


def due_stage(
    deadline: dt.date, *, today: dt.date, since: dt.date, said: Iterable[Said], plan: Plan
) -> int | None:
    """The stage of which to remind today, if any. `since`: the day on which the work was given.

    Nothing on Sundays and holidays, nothing on the day on which it was given, at most one a day.
    """
    given = list(said)
    if not is_working_day(today) or today <= since or any(one.on >= today for one in given):
        return None
    last = max((one.stage for one in given), default=None)
    if today <= deadline:
        stage = stage_before(deadline, today, since, plan)
        return None if stage is None or (last is not None and stage <= last) else stage
    return stage_overdue(today, given, plan)


def stage_before(deadline: dt.date, today: dt.date, since: dt.date, plan: Plan) -> int | None:
    """The newest stage whose day has come and lies after the day on which the work was given."""
    come = (-days for days in plan.before if since < day_before(deadline, days) <= today)
    return max(come, default=None)


def stage_overdue(today: dt.date, said: Iterable[Said], plan: Plan) -> int | None:
    """The next reminder of what is past, in its turn. Said after the deadline is what counts."""
    overdue = [one for one in said if one.stage > 0]
    stage = max((one.stage for one in overdue), default=0) + 1
    if stage > plan.most_overdue:
        return None
    last = max((one.on for one in overdue), default=None)
    return stage if last is None or working_days(last, today) >= plan.every else None


def day_before(deadline: dt.date, days: int) -> dt.date:
    """The day so many working days before a deadline; with 0 its own, or the last working day up to it."""
    day = deadline
    while not is_working_day(day):
        day -= DAY
    for _ in range(days):
        day -= DAY
        while not is_working_day(day):
            day -= DAY
    return day


def working_days(after: dt.date, up_to: dt.date) -> int:
    """How many working days follow a day, up to and with another.

    >>> working_days(dt.date(2026, 11, 27), dt.date(2026, 11, 30))
    2
    """
    days = (up_to - after).days
    return sum(is_working_day(after + DAY * (number + 1)) for number in range(days))


def last_deadline(today: dt.date, plan: Plan) -> dt.date:
    """The latest deadline of which there may be something to say on a working day."""
    day = today
    for _ in range(max(plan.before, default=0)):
        day = next_working_day(day + DAY)
    return next_working_day(day + DAY) - DAY


def level_of(stage: int, plan: Plan) -> int:
    """How far up a reminder is told: 0 the unit only, 1 also the office above, 2 also the one above that."""
    return min(max(stage - 1, 0) // plan.patience, LEVELS - 1)
