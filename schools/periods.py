"""The calendar of figures: months, terms and years, due dates moved off Sundays and holidays. Pure."""

import datetime as dt
from functools import lru_cache

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
