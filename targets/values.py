"""What an indicator comes to: a number with what it is made of. Pure.

Rates are percentages stated to a tenth and compared as stated, so that a reader's subtraction agrees.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from targets.arithmetic import plain, rate

TENTH = Decimal("0.1")


class Lack(StrEnum):
    """Why an indicator has no value for a unit."""

    NOTHING = ""
    NO_FIGURES = "no_figures"
    NOT_FOR_SCHOOL = "not_for_school"
    NO_POPULATION = "no_population"


@dataclass(frozen=True)
class Value:
    """An indicator's value for a unit over a time.

    `value` is a percentage or a count; None is not zero: `lack` says why there is none. `counted` of
    `expected` units are in it. `as_of` is the last day of the newest month of figures in it.
    """

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    counted: int = 0
    expected: int = 0
    provisional: bool = False
    as_of: dt.date | None = None
    lack: Lack = Lack.NOTHING

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
