"""What a value will come to at the end of its period: by last year's rhythm, else by its own pace. Pure.

- Rhythm. Enrolment rises in autumn, schools are recognised before the summer: where the year before is known
  from the same month to its end, the value goes on from here as it did then. A rate moves by as many points,
  a count by as large a part.
- Pace. Otherwise the median of the slopes between all pairs of the period's own points (Theil-Sen), which one
  odd month does not turn. It takes at least three points over at least two months.
- Else there is no forecast. Two points make a line through anything.

What comes out is kept within what is possible, and always says by which way and from how many points.
"""

import datetime as dt
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import combinations

from targets.arithmetic import plain
from targets.values import TENTH, Point, a_year_before

LEAST_POINTS = 3
LEAST_DAYS = 59
# Points stand at the ends of months; the newest one of a running month stands on the day itself.
NEAR = dt.timedelta(days=31)
NOTHING, HUNDRED = Decimal(0), Decimal(100)


class By(StrEnum):
    """The way a forecast was made."""

    RHYTHM = "rhythm"
    PACE = "pace"


@dataclass(frozen=True)
class Forecast:
    """`value` at the end of the period, made of so many `points`."""

    value: Decimal
    by: By
    points: int


def forecast_of(trend: Sequence[Point], *, first: dt.date, last: dt.date, is_rate: bool) -> Forecast | None:
    """The value on a period's last day, from monthly points of it and of the year before, oldest first."""
    own = [point for point in trend if first <= point.on <= last]
    if not own:
        return None
    before = [point for point in trend if a_year_before(first) <= point.on <= a_year_before(last)]
    return by_rhythm(own, before, last, is_rate=is_rate) or by_pace(own, last, is_rate=is_rate)


def by_rhythm(
    own: Sequence[Point], before: Sequence[Point], last: dt.date, *, is_rate: bool
) -> Forecast | None:
    """Goes on as the year before went on from the same month."""
    newest = own[-1]
    then = nearest(before, a_year_before(newest.on))
    end = nearest(before, a_year_before(last))
    if then is None or end is None or (then == end and newest.on + NEAR < last):
        return None
    by_points = is_rate or not then.value
    ahead = newest.value + end.value - then.value if by_points else newest.value * end.value / then.value
    passed = sum(then.on <= point.on <= end.on for point in before)
    return Forecast(possible(ahead, is_rate=is_rate), By.RHYTHM, len(own) + passed)


def nearest(points: Sequence[Point], day: dt.date) -> Point | None:
    """The point about a day, no further than a month from it."""
    near = [point for point in points if abs(point.on - day) < NEAR]
    return min(near, key=lambda point: abs(point.on - day), default=None)


def by_pace(own: Sequence[Point], last: dt.date, *, is_rate: bool) -> Forecast | None:
    """Goes on as it has gone since the beginning of the period."""
    if len(own) < LEAST_POINTS or (own[-1].on - own[0].on).days < LEAST_DAYS:
        return None
    slopes = [
        (later.value - earlier.value) / Decimal((later.on - earlier.on).days)
        for earlier, later in combinations(own, 2)
        if later.on > earlier.on
    ]
    newest = own[-1]
    ahead = newest.value + statistics.median(slopes) * Decimal((last - newest.on).days)
    return Forecast(possible(ahead, is_rate=is_rate), By.PACE, len(own))


def possible(value: Decimal, *, is_rate: bool) -> Decimal:
    """A rate from 0 to 100, to a tenth; a count of whole things, none of them missing.

    >>> possible(Decimal("101.2"), is_rate=True), possible(Decimal("12.4"), is_rate=False)
    (Decimal('100'), Decimal('12'))
    """
    step = TENTH if is_rate else Decimal(1)
    rounded = max(value, NOTHING).quantize(step, rounding=ROUND_HALF_UP)
    return plain(min(rounded, HUNDRED) if is_rate else rounded)


def a_month_needed(gap: Decimal, newest: dt.date, last: dt.date, *, is_rate: bool) -> Decimal | None:
    """By how much a value has to move each month that is left, to close a gap; None where none is left."""
    months = (last.year - newest.year) * 12 + last.month - newest.month
    if months < 1 or not gap:
        return None
    step = TENTH if is_rate else Decimal(1)
    return plain((abs(gap) / months).quantize(step, rounding="ROUND_CEILING"))
