"""Where a target stands: the one rule, as functions. Pure.

After the last day of its period a target is met or missed, by the value that its figures came to.

Before that day:
- A target to reach something (at least, more than, up by) whose value is there is met so far.
- A target to keep within something (at most, less than, down by, between, exactly) whose value is there is on
  track: it can still be left.
- A value that is not there yet is on track when its forecast for the last day (`targets.forecast`) meets the
  target, and at risk when, after the first quarter, a forecast by the rhythm of the year before does not.
- Without such a forecast it is on track when it is as far on the way from where it started as the period is
  over (of schools and pupils whole ones: two and a quarter are two).
- In the first quarter of the period a value without a start to measure from is on track: nothing can be told.
- All else is at risk.

What is met is exceeded where the value has gone past what was asked as a step or a height to reach: beyond
"at least" and "up by", and once the time is over beyond "down by". A limit is kept, not exceeded.

Without a value there is no standing but "no data", before the last day and after it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum

from targets.arithmetic import plain
from targets.forecast import By, Forecast, forecast_of
from targets.values import Point

EARLY = Decimal("0.25")
STEP_OF_COUNTS, STEP_OF_RATES = Decimal(1), Decimal("0.1")
HUNDRED = Decimal(100)
EXCEEDABLE = frozenset({"ge", "increase_by", "decrease_by"})
KEEPING = frozenset({"le", "lt", "eq", "between", "decrease_by"})


class TargetStanding(StrEnum):
    EXCEEDED = "exceeded"
    MET = "met"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    MISSED = "missed"
    NO_DATA = "no_data"


class Why(StrEnum):
    """The reason of a standing: a code, worded by `targets.wording`."""

    MET_AT_THE_END = "met_at_the_end"
    MISSED_AT_THE_END = "missed_at_the_end"
    MET_SO_FAR = "met_so_far"
    WITHIN_SO_FAR = "within_so_far"
    AS_FAR_AS_TIME = "as_far_as_time"
    FORECAST_REACHES = "forecast_reaches"
    FORECAST_FALLS_SHORT = "forecast_falls_short"
    TOO_EARLY = "too_early"
    BEHIND_TIME = "behind_time"
    NO_FIGURES = "no_figures"


@dataclass(frozen=True)
class Wanted:
    """What is to be reached. `high` is of a range; "up by" and "down by" start from `baseline`."""

    comparator: str
    value: Decimal
    high: Decimal | None = None
    baseline: Decimal | None = None
    in_percent: bool = False

    @property
    def line(self) -> Decimal:
        """The number that the value is held against: of a range its lower end."""
        if self.comparator not in ("increase_by", "decrease_by"):
            return self.value
        start = self.baseline or Decimal(0)
        step = start * self.value / HUNDRED if self.in_percent else self.value
        return start + step if self.comparator == "increase_by" else start - step

    def is_met_by(self, value: Decimal) -> bool:
        line = self.line
        if self.comparator == "between":
            return line <= value <= (self.high if self.high is not None else line)
        return {
            "ge": value >= line,
            "increase_by": value >= line,
            "gt": value > line,
            "le": value <= line,
            "decrease_by": value <= line,
            "lt": value < line,
            "eq": value == line,
        }[self.comparator]

    def is_exceeded_by(self, value: Decimal) -> bool:
        """Whether a value has gone past what was to be reached."""
        return self.comparator in EXCEEDABLE and self.is_met_by(value) and value != self.line

    def gap(self, value: Decimal) -> Decimal:
        """How far beyond the line the value is: below zero, that much is missing upwards, above, it is over.

        Within a range it is zero; beside one, the distance to its nearer end.
        """
        if self.comparator == "between" and self.high is not None:
            if self.line <= value <= self.high:
                return Decimal(0)
            return value - (self.high if value > self.high else self.line)
        return value - self.line

    def lacking(self, value: Decimal) -> Decimal:
        """How much is missing or too much, as a part of what is wanted; zero where it is met.

        >>> Wanted(Comparator.GE, Decimal(100)).lacking(Decimal(90))
        Decimal('0.1')
        """
        if self.is_met_by(value):
            return Decimal(0)
        return abs(self.gap(value)) / (abs(self.line) or Decimal(1))

    def nearest(self, value: Decimal) -> Decimal:
        """The end of what is wanted that a value is nearest to."""
        return value - self.gap(value)


@dataclass(frozen=True)
class Judged:
    """A standing with its reason. `due`: where the value should be by now; `forecast`: what it will come to.

    Both only where they were asked for and can be told.
    """

    standing: TargetStanding
    why: Why
    due: Decimal | None = None
    forecast: Forecast | None = None


def standing_of(
    *,
    wanted: Wanted,
    value: Decimal | None,
    start: Decimal | None,
    trend: Sequence[Point],
    first: dt.date,
    last: dt.date,
    today: dt.date,
    whole: bool = False,
) -> Judged:
    """Where a target stands on a day, and why.

    `start` is where the value came from: the baseline, or what it was at the end of the period before.
    `trend` are its monthly figures of the period and of the year before, oldest first. `whole`: it counts
    whole things.
    """
    if value is None:
        return Judged(TargetStanding.NO_DATA, Why.NO_FIGURES)
    if judged := judged_by_value(wanted, value, last, today):
        return judged
    over = share_over(first, last, today)
    goal = wanted.nearest(value)
    due = None
    if start is not None and not wanted.is_met_by(start):
        due = due_by_now(start, goal, over, STEP_OF_COUNTS if whole else STEP_OF_RATES)
    ahead = forecast_of(trend, first=first, last=last, is_rate=not whole)
    return on_the_way(wanted, value, goal, due, ahead, is_early=over < EARLY)


def judged_by_value(wanted: Wanted, value: Decimal, last: dt.date, today: dt.date) -> Judged | None:
    """Where the value alone tells it; None where it depends on the way that the value came."""
    there = TargetStanding.EXCEEDED if wanted.is_exceeded_by(value) else TargetStanding.MET
    if today > last:
        if wanted.is_met_by(value):
            return Judged(there, Why.MET_AT_THE_END)
        return Judged(TargetStanding.MISSED, Why.MISSED_AT_THE_END)
    if not wanted.is_met_by(value):
        return None
    if wanted.comparator in KEEPING:
        return Judged(TargetStanding.ON_TRACK, Why.WITHIN_SO_FAR)
    return Judged(there, Why.MET_SO_FAR)


def due_by_now(start: Decimal, goal: Decimal, over: Decimal, step: Decimal) -> Decimal:
    """Where a value should be when so much of the period is over, in whole steps, rounded to its start."""
    due = start + (goal - start) * over
    return plain(due.quantize(step, rounding=ROUND_FLOOR if goal > start else ROUND_CEILING))


def on_the_way(
    wanted: Wanted,
    value: Decimal,
    goal: Decimal,
    due: Decimal | None,
    ahead: Forecast | None,
    *,
    is_early: bool,
) -> Judged:
    """A value that is not there yet, while there is time."""
    if ahead is not None and arrives(wanted, value, goal, ahead.value):
        return Judged(TargetStanding.ON_TRACK, Why.FORECAST_REACHES, due, ahead)
    falls_short = Judged(TargetStanding.AT_RISK, Why.FORECAST_FALLS_SHORT, due, ahead)
    if ahead is not None and ahead.by == By.RHYTHM and not is_early:
        return falls_short
    if due is not None and is_as_far(value, due, goal):
        return Judged(TargetStanding.ON_TRACK, Why.AS_FAR_AS_TIME, due, ahead)
    if due is None and is_early:
        return Judged(TargetStanding.ON_TRACK, Why.TOO_EARLY, None, ahead)
    return falls_short if ahead is not None else Judged(TargetStanding.AT_RISK, Why.BEHIND_TIME, due)


def arrives(wanted: Wanted, value: Decimal, goal: Decimal, ahead: Decimal) -> bool:
    """Whether a value going to `ahead` gets where it is wanted; of a range, passing through is arriving."""
    if wanted.comparator in ("eq", "between"):
        return min(value, ahead) <= goal <= max(value, ahead)
    return wanted.is_met_by(ahead)


def share_over(first: dt.date, last: dt.date, today: dt.date) -> Decimal:
    """How much of a period is over, from 0 to 1. Its last day is the whole of it."""
    days = (last - first).days + 1
    passed = min(max((today - first).days + 1, 0), days)
    return Decimal(passed) / Decimal(days)


def is_as_far(value: Decimal, due: Decimal, goal: Decimal) -> bool:
    """Whether a value is no further from the goal than it should be by now."""
    return abs(goal - value) <= abs(goal - due)
