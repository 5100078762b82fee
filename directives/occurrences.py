"""The occurrences of work that recurs: which periods it has, and by when it is due in each. Pure.

A school year is its months of teaching, September to May, as its terms are: what is asked for in a school
year is not asked for in its summer. Weeks begin on Monday.
"""

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count, pairwise, takewhile
from typing import Any

from schools.periods import TERMS, month_bounds, school_year_of, term_bounds

WEEK, MONTH, QUARTER, TERM, SCHOOL_YEAR, YEAR = "week", "month", "quarter", "term", "school_year", "year"
PERIODS = (WEEK, MONTH, QUARTER, TERM, SCHOOL_YEAR, YEAR)
# Counted in months from January of year 0.
MONTHS_OF = {MONTH: 1, QUARTER: 3, YEAR: 12}
MOST_TIMES = 12
# Whoever has to be ready by the 5th cannot begin on the 1st.
DAYS_AHEAD = 10
MONDAY = 1  # The ordinal of a Monday.


@dataclass(frozen=True)
class Rule:
    """How often: `times` in each `every` periods, by a day of it (0: the day before it), if any is named."""

    per: str
    every: int = 1
    times: int = 1
    day: int | None = None
    month: int | None = None


@dataclass(frozen=True)
class Span:
    """One occurrence: its days, the last day in time, and which of how many of its period it is."""

    first: dt.date
    last: dt.date
    deadline: dt.date
    ordinal: int = 1
    times: int = 1

    def opens_on(self, per: str) -> dt.date:
        """When units are given it: on its first day, or early enough before its deadline."""
        if per == WEEK:
            return self.first
        return min(self.first, self.deadline - dt.timedelta(days=DAYS_AHEAD))


def rule_of(recurrence: Mapping[str, Any]) -> Rule | None:
    """The rule that was read in a document (reading.model.Recurrence, as kept); None for daily work."""
    if recurrence.get("per") not in PERIODS:
        return None
    times = min(max(recurrence.get("times") or 1, 1), MOST_TIMES)
    every = min(max(recurrence.get("every") or 1, 1), MOST_TIMES)
    return Rule(recurrence["per"], every, times, recurrence.get("day"), recurrence.get("month"))


def spans(rule: Rule, *, since: dt.date, until: dt.date) -> Iterator[Span]:
    """The occurrences that begin up to `until` and can still be done in time on `since`, in order."""
    blocks = (bounds_of(rule, block) for block in count(block_of(rule, since)))
    for first, last in takewhile(lambda bounds: bounds[0] <= until, blocks):
        for span in parts(rule, first, last):
            if span.deadline >= since and span.first <= until:
                yield span


def due_spans(rule: Rule, *, since: dt.date, until: dt.date, today: dt.date) -> list[Span]:
    """Those to be open by today, however many of them already are."""
    found = spans(rule, since=since, until=until)
    return list(takewhile(lambda span: span.opens_on(rule.per) <= today, found))


# --- periods ------------------------------------------------------------------------------------------------


def block_of(rule: Rule, day: dt.date) -> int:
    """The number of the block of `every` periods that a day falls into, or before which it lies."""
    return index_of(rule.per, day) // rule.every


def bounds_of(rule: Rule, block: int) -> tuple[dt.date, dt.date]:
    """First and last day of a block of periods."""
    index = block * rule.every
    return bounds(rule.per, index)[0], bounds(rule.per, index + rule.every - 1)[1]


def index_of(per: str, day: dt.date) -> int:
    """The number of a period; a day of summer counts to the school year that comes."""
    if per == WEEK:
        return (day.toordinal() - MONDAY) // 7
    if per in MONTHS_OF:
        return (day.year * 12 + day.month - 1) // MONTHS_OF[per]
    year = school_year_of(day)
    if day > term_bounds(year, 2)[1]:
        return (year + 1) * (2 if per == TERM else 1)
    if per == SCHOOL_YEAR:
        return year
    return 2 * year + (day > term_bounds(year, 1)[1])


def bounds(per: str, index: int) -> tuple[dt.date, dt.date]:
    """First and last day of the period of a number."""
    if per == WEEK:
        first = dt.date.fromordinal(index * 7 + MONDAY)
        return first, first + dt.timedelta(days=6)
    if per in MONTHS_OF:
        months = MONTHS_OF[per]
        return month_at(index * months)[0], month_at(index * months + months - 1)[1]
    if per == SCHOOL_YEAR:
        return term_bounds(index, 1)[0], term_bounds(index, 2)[1]
    return term_bounds(index // 2, index % 2 + 1)


def month_at(number: int) -> tuple[dt.date, dt.date]:
    return month_bounds(number // 12, number % 12 + 1)


# --- parts of a period --------------------------------------------------------------------------------------


def parts(rule: Rule, first: dt.date, last: dt.date) -> Iterator[Span]:
    """A block as a whole, or parted by the times that something is done in it."""
    if rule.times == 1:
        yield Span(first, last, deadline_in(rule, first, last))
        return
    edges = edges_of(rule, first, last)
    times = len(edges) - 1
    for ordinal, (start, after) in enumerate(pairwise(edges), start=1):
        end = after - dt.timedelta(days=1)
        yield Span(start, end, end, ordinal, times)


def edges_of(rule: Rule, first: dt.date, last: dt.date) -> list[dt.date]:
    """Where the parts begin, and the day after the last: at terms or months where they come out even."""
    times, end = rule.times, last + dt.timedelta(days=1)
    if rule.per == SCHOOL_YEAR and times == len(TERMS) * rule.every:
        terms = range(index_of(TERM, first), index_of(TERM, first) + times)
        return [*(bounds(TERM, index)[0] for index in terms), end]
    months = (end.year - first.year) * 12 + end.month - first.month
    if rule.per != WEEK and months % times == 0:
        begin = first.year * 12 + first.month - 1
        return [month_at(begin + part * months // times)[0] for part in range(times + 1)]
    days = (end - first).days
    times = min(times, days)  # nothing is asked for twice a day
    return [first + dt.timedelta(days=days * part // times) for part in range(times + 1)]


def deadline_in(rule: Rule, first: dt.date, last: dt.date) -> dt.date:
    """The last day in time: the named day of its last month, or of the named month; else its last day."""
    if rule.day is None or rule.per == WEEK:
        return last
    if rule.day == 0:
        return first - dt.timedelta(days=1)
    if rule.month is None or rule.per not in (YEAR, SCHOOL_YEAR):
        return in_month(last, rule.day)
    years = range(first.year, last.year + 1)
    named = [in_month(dt.date(year, rule.month, 1), rule.day) for year in years]
    return next((day for day in named if first <= day <= last), last)


def in_month(within: dt.date, day: int) -> dt.date:
    """That day of a month, or its last."""
    return within.replace(day=min(day, calendar.monthrange(within.year, within.month)[1]))
