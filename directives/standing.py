"""Where an assignment stands: the one rule, as a function. Pure.

`directives.models.assignment.standing_expression` says the same to the database; a property test holds them
equal.
"""

import datetime as dt
from enum import StrEnum


class Standing(StrEnum):
    """The five standings that add up, and the three that stand outside them."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    RUNNING = "running"
    OVERDUE = "overdue"
    NO_DEADLINE = "no_deadline"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    REFUSED = "refused"


COUNTED = (
    Standing.DONE_ON_TIME,
    Standing.DONE_LATE,
    Standing.RUNNING,
    Standing.OVERDUE,
    Standing.NO_DEADLINE,
)


def standing_of(
    *, state: str, deadline: dt.date | None, reported_done_on: dt.date | None, today: dt.date
) -> Standing:
    """The standing on a day.

    The clock stops on the day the work was reported done. Work sent back has no such day any more and runs
    again from the same deadline. Work done without a deadline was done on time. The deadline's own day is in
    time.
    """
    if state in (Standing.PAUSED, Standing.CANCELLED, Standing.REFUSED):
        return Standing(state)
    if reported_done_on is not None:
        in_time = deadline is None or reported_done_on <= deadline
        return Standing.DONE_ON_TIME if in_time else Standing.DONE_LATE
    if deadline is None:
        return Standing.NO_DEADLINE
    return Standing.RUNNING if today <= deadline else Standing.OVERDUE


def is_due_soon(standing: Standing, deadline: dt.date | None, today: dt.date, days: int) -> bool:
    """Running work whose last day is at most `days` away."""
    return standing == Standing.RUNNING and deadline is not None and (deadline - today).days <= days


# The part of running work whose last day is near: shown as a standing of its own, counted with the running.
DUE_SOON = "due_soon"


def shown_standing(standing: Standing, deadline: dt.date | None, today: dt.date, days: int) -> str:
    """The standing as people see it in lists, bars and filters: running work that is due soon says so."""
    return DUE_SOON if is_due_soon(standing, deadline, today, days) else standing.value
