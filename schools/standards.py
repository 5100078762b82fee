"""The rule of the national standard: how long a recognition holds. Pure.

A rule in force from a day on; a change of the law is one more row, and what was decided before keeps its own.
"""

import datetime as dt
from dataclasses import dataclass

# A recognition that lapses within this many days is worth planning for: an outside assessment takes months.
SOON_DAYS = 365


@dataclass(frozen=True)
class StandardRule:
    """For decisions from `since` on: valid for so many years."""

    since: dt.date
    years: int
    source: str


RULES = (
    StandardRule(
        since=dt.date.min,
        years=5,
        source="Thông tư 17/2018/TT-BGDĐT, 18/2018/TT-BGDĐT, 19/2018/TT-BGDĐT",
    ),
)


def rule_on(day: dt.date) -> StandardRule:
    """The rule by which a decision of that day counts."""
    return max((rule for rule in RULES if rule.since <= day), key=lambda rule: rule.since)


def lapses_on(decided_on: dt.date) -> dt.date:
    """The first day on which a recognition decided on a day no longer counts, unless renewed.

    >>> lapses_on(dt.date(2021, 5, 20))
    datetime.date(2026, 5, 20)
    """
    year = decided_on.year + rule_on(decided_on).years
    if (decided_on.month, decided_on.day) == (2, 29):
        return dt.date(year, 3, 1)
    return decided_on.replace(year=year)
