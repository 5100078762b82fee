"""The calendar of figures: months, terms and years, due dates moved off Sundays and holidays. Pure."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

import holidays


def month_bounds(year: int, month: int, starts_on: int = 1) -> tuple[dt.date, dt.date]:
    """First and last day of a month of figures, both included.

    With `starts_on` 1 it is the calendar month; with 15 it runs from the 15th of the month before to the 14th
    (Nghị định 09/2019/NĐ-CP, điều 12).

    >>> month_bounds(2026, 3, starts_on=15)
    (datetime.date(2026, 2, 15), datetime.date(2026, 3, 14))
    """
    first = dt.date(year, month, 1)
    following = next_month(first)
    if starts_on == 1:
        return first, following - dt.timedelta(days=1)
    return (first - dt.timedelta(days=1)).replace(day=starts_on), first.replace(day=starts_on - 1)


def month_of(day: dt.date, starts_on: int = 1) -> tuple[int, int]:
    """Year and month of figures that a day falls into."""
    first = day.replace(day=1)
    if starts_on > 1 and day.day >= starts_on:
        first = next_month(first)
    return first.year, first.month


def next_month(first: dt.date) -> dt.date:
    """The first day of the month after."""
    return (first.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def previous_month(year: int, month: int) -> tuple[int, int]:
    return (year - 1, 12) if month == 1 else (year, month - 1)


# --- years and terms ----------------------------------------------------------------------------------------

# A school year is told by the year in which it begins. Its months are September to August, so that each month
# belongs to one; its terms are those of teaching, and the summer belongs to neither.
FIRST_MONTH, LAST_MONTH = 9, 8
TERMS = {1: (9, 1), 2: (2, 5)}


def school_year_bounds(year: int, starts_on: int = 1) -> tuple[dt.date, dt.date]:
    """First and last day of the school year that begins in a year.

    >>> school_year_bounds(2026)
    (datetime.date(2026, 9, 1), datetime.date(2027, 8, 31))
    """
    return month_bounds(year, FIRST_MONTH, starts_on)[0], month_bounds(year + 1, LAST_MONTH, starts_on)[1]


def calendar_year_bounds(year: int, starts_on: int = 1) -> tuple[dt.date, dt.date]:
    """First and last day of the twelve months of a year."""
    return month_bounds(year, 1, starts_on)[0], month_bounds(year, 12, starts_on)[1]


def term_bounds(year: int, ordinal: int, starts_on: int = 1) -> tuple[dt.date, dt.date]:
    """First and last day of a term of the school year that begins in a year.

    >>> term_bounds(2026, 1)
    (datetime.date(2026, 9, 1), datetime.date(2027, 1, 31))
    """
    first, last = ((year if month >= FIRST_MONTH else year + 1, month) for month in TERMS[ordinal])
    return month_bounds(*first, starts_on)[0], month_bounds(*last, starts_on)[1]


def school_year_of(day: dt.date, starts_on: int = 1) -> int:
    """The year in which the school year of a day began."""
    year, month = month_of(day, starts_on)
    return year if month >= FIRST_MONTH else year - 1


def quarter_bounds(year: int, ordinal: int, starts_on: int = 1) -> tuple[dt.date, dt.date]:
    """First and last day of the three months of a quarter.

    >>> quarter_bounds(2026, 3)
    (datetime.date(2026, 7, 1), datetime.date(2026, 9, 30))
    """
    return month_bounds(year, 3 * ordinal - 2, starts_on)[0], month_bounds(year, 3 * ordinal, starts_on)[1]


# --- any of them --------------------------------------------------------------------------------------------

IN_A_YEAR = {"month": 12, "quarter": 4, "term": 2, "school_year": 1, "calendar_year": 1}
"""How many periods of a kind a year has: a calendar year, or of terms and school years a school year."""


@dataclass(frozen=True)
class Named:
    """A period by the name that people give it: its kind, year and number in the year."""

    kind: str
    year: int
    ordinal: int

    @property
    def before(self) -> Self:
        """The last one of the same kind."""
        if self.ordinal > 1:
            return type(self)(self.kind, self.year, self.ordinal - 1)
        return type(self)(self.kind, self.year - 1, IN_A_YEAR[self.kind])

    @property
    def following(self) -> Self:
        """The next one of the same kind."""
        if self.ordinal < IN_A_YEAR[self.kind]:
            return type(self)(self.kind, self.year, self.ordinal + 1)
        return type(self)(self.kind, self.year + 1, 1)

    @property
    def year_before(self) -> Self:
        return type(self)(self.kind, self.year - 1, self.ordinal)

    @property
    def code(self) -> str:
        """As addresses, forms and records write it: 2026-11, quarter-2026-3."""
        if self.kind == "month":
            return f"{self.year}-{self.ordinal:02d}"
        return f"{self.kind}-{self.year}-{self.ordinal}"

    @property
    def roman(self) -> str:
        """The number of a quarter or term, as people write it."""
        return "I" * self.ordinal if self.ordinal < 4 else "IV"

    @property
    def vietnamese(self) -> str:
        """As papers and letters call it, whatever the language of the page: quý III/2026."""
        years = f"năm học {self.year}-{self.year + 1}"
        return {
            "month": f"tháng {self.ordinal:02d}/{self.year}",
            "quarter": f"quý {self.roman}/{self.year}",
            "term": f"học kỳ {self.roman} {years}",
            "school_year": years,
            "calendar_year": f"năm {self.year}",
        }[self.kind]

    @property
    def in_full(self) -> str:
        """The same in a sentence: tháng 11 năm 2026."""
        return self.vietnamese.replace("/", " năm ")

    def bounds(self, starts_on: int = 1) -> tuple[dt.date, dt.date]:
        """First and last day, both included."""
        if self.kind == "month":
            return month_bounds(self.year, self.ordinal, starts_on)
        if self.kind == "quarter":
            return quarter_bounds(self.year, self.ordinal, starts_on)
        if self.kind == "term":
            return term_bounds(self.year, self.ordinal, starts_on)
        whole = school_year_bounds if self.kind == "school_year" else calendar_year_bounds
        return whole(self.year, starts_on)


def newest_ended(kind: str, by: dt.date, starts_on: int = 1) -> Named:
    """The newest period of a kind whose last day has come by a day.

    >>> newest_ended("quarter", dt.date(2026, 9, 30))
    Named(kind='quarter', year=2026, ordinal=3)
    """
    about = (Named(kind, by.year + n, i + 1) for n in (-2, -1, 0) for i in range(IN_A_YEAR[kind]))
    ended = [one for one in about if one.bounds(starts_on)[1] <= by]
    return max(ended, key=lambda one: one.bounds(starts_on)[1])


# --- working days -------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[dt.date]:
    """Vietnamese public holidays of a year, lunar new year included."""
    return frozenset(holidays.country_holidays("VN", years=year))


def is_working_day(day: dt.date) -> bool:
    """Schools work on Saturdays; Sundays and public holidays are free."""
    return day.weekday() != 6 and day not in public_holidays(day.year)


def next_working_day(day: dt.date) -> dt.date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day):
        day += dt.timedelta(days=1)
    return day


def report_due_on(data_to: dt.date, due_day: int) -> dt.date:
    """When a month's report is due: that day after the month has ended, moved off Sundays and holidays.

    In a month that is too short for the day, its last one counts.

    >>> report_due_on(dt.date(2026, 10, 31), 5)
    datetime.date(2026, 11, 5)
    """
    due = day_of_month(data_to, due_day)
    return next_working_day(due if due > data_to else day_of_month(next_month(data_to), due_day))


def day_of_month(within: dt.date, number: int) -> dt.date:
    """That day of the month that `within` lies in, or the month's last day."""
    last = next_month(within) - dt.timedelta(days=1)
    return last.replace(day=min(number, last.day))


# --- school years -------------------------------------------------------------------------------------------
