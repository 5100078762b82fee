"""What an indicator comes to: a number with what it is made of. Pure.

Rates are percentages stated to a tenth and compared as stated, so that a reader's subtraction agrees.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from targets.arithmetic import plain, rate

TENTH = Decimal("0.1")
# Below the line of a rate: with fewer than these, one child is more than three points.
FEW = 30


class Lack(StrEnum):
    """Why an indicator has no value for a unit."""

    NOTHING = ""
    NO_FIGURES = "no_figures"
    NO_SCHOOLS = "no_schools"
    NOT_APPLICABLE = "not_applicable"
    NOT_FOR_SCHOOL = "not_for_school"
    NO_POPULATION = "no_population"
    NOTHING_BELOW = "nothing_below"


@dataclass(frozen=True)
class Value:
    """An indicator's value for a unit over a time.

    `value` is a percentage or a count; None is not zero: `lack` says why there is none. `counted` of
    `expected` units are in it. `as_of` is the last day of the newest month of figures in it. `lapsing`: of
    schools recognised, those whose recognition ends within the time unless it is renewed.
    """

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    counted: int = 0
    expected: int = 0
    provisional: bool = False
    as_of: dt.date | None = None
    lack: Lack = Lack.NOTHING
    lapsing: int = 0

    @property
    def is_of_few(self) -> bool:
        """A rate of so few that one more or less moves it by several points: not to be set beside others."""
        return self.denominator is not None and 0 < self.denominator < FEW

    @property
    def one_weighs(self) -> Decimal | None:
        """Of a rate of few, the points by which one more or less moves it."""
        return percentage(Decimal(1), self.denominator) if self.is_of_few else None

    @property
    def not_counted(self) -> int:
        return max(self.expected - self.counted, 0)


@dataclass(frozen=True)
class Point:
    """A value at the end of a month."""

    on: dt.date
    value: Decimal


def percentage(numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    """A sum over a sum in percent, as stated: to a tenth.

    >>> percentage(Decimal(2), Decimal(3))
    Decimal('66.7')
    """
    fraction = rate(numerator, denominator)
    if fraction is None:
        return None
    return plain((fraction * 100).quantize(TENTH, rounding=ROUND_HALF_UP))


def a_year_before(day: dt.date) -> dt.date:
    """The same day of the year before.

    >>> a_year_before(dt.date(2028, 2, 29))
    datetime.date(2027, 2, 28)
    """
    if (day.month, day.day) == (2, 29):
        return day.replace(year=day.year - 1, day=28)
    return day.replace(year=day.year - 1)
