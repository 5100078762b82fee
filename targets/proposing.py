"""What a target read in a document may mean for the portal: period and comparator. Pure.

A proposal only: a person confirms or corrects each.
"""

import datetime as dt
import re
from collections.abc import Iterable

from schools.periods import school_year_of

SCHOOL_YEAR, CALENDAR_YEAR = "school_year", "calendar_year"
_SCHOOL_YEAR = re.compile(r"năm học (20\d\d) ?[-–] ?(20\d\d)", re.IGNORECASE)
_CALENDAR_YEAR = re.compile(r"(?<!tháng )\bnăm (20\d\d)\b(?! ?[-–])", re.IGNORECASE)
_DAY = re.compile(r"(?:ngày \d+ )?tháng \d+ năm 20\d\d", re.IGNORECASE)
# What the reader calls otherwise.
COMPARATORS = {"decrease_by_range": "decrease_by", "per_unit": "ge"}


def period_meant(texts: Iterable[str], issued_on: dt.date, starts_on: int) -> tuple[str, int]:
    """Kind and year of the period that the nearest text names; else the school year of the document's day.

    >>> period_meant(["Trong năm học 2026-2027, có 9 trường"], dt.date(2027, 1, 5), 1)
    ('school_year', 2026)
    """
    for text in texts:
        if match := _SCHOOL_YEAR.search(text):
            return SCHOOL_YEAR, int(match[1])
        if match := _CALENDAR_YEAR.search(_DAY.sub("", text)):
            return CALENDAR_YEAR, int(match[1])
    return SCHOOL_YEAR, school_year_of(issued_on, starts_on)


def comparator_meant(read: str, *, higher_is_better: bool, known: Iterable[str]) -> str:
    """The comparator to propose. "Đạt 98%" of something of which more is better means at least that."""
    if read == "eq":
        return "ge" if higher_is_better else "le"
    meant = COMPARATORS.get(read, read)
    return meant if meant in known else "ge"
