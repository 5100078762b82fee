"""How many schools hold the national standard on a day. Pure."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# The levels that the standard is set for; centres of continuing education have none.
LEVELS_OF_STANDARD = frozenset({"preschool", "primary", "lower_secondary", "upper_secondary"})


@dataclass(frozen=True)
class Holding:
    """A recognition of a school from a day up to, and without, another."""

    level: int
    start: dt.date
    end: dt.date


@dataclass(frozen=True)
class StandardSchool:
    """A school with the levels that it teaches and its recognitions, former ones too."""

    pk: int
    is_public: bool
    levels: frozenset[str]
    holdings: tuple[Holding, ...] = ()

    def holds(self, level: int, on: dt.date) -> bool:
        """Whether it holds at least that level of the standard: level 2 counts as level 1."""
        return any(one.level >= level and one.start <= on < one.end for one in self.holdings)


@dataclass(frozen=True)
class Share:
    held: int
    schools: int


def concerned(schools: Iterable[StandardSchool], *, level: str, public_only: bool) -> list[StandardSchool]:
    """The schools that an indicator speaks of: a school of two levels counts for each, and once for all."""
    wanted = frozenset({level}) if level else LEVELS_OF_STANDARD
    return [one for one in schools if one.levels & wanted and (one.is_public or not public_only)]


def share_holding(schools: Iterable[StandardSchool], standard_level: int, on: dt.date) -> Share:
    """How many of these schools hold the standard on a day, and of how many."""
    listed = list(schools)
    return Share(sum(one.holds(standard_level, on) for one in listed), len(listed))


def held_on_days(
    schools: Iterable[StandardSchool], standard_level: int, days: Sequence[dt.date]
) -> list[int]:
    """How many of these schools hold the standard on each of some days, which come in order."""
    held = [0] * len(days)
    for school in schools:
        on: set[int] = set()
        for one in school.holdings:
            if one.level >= standard_level:
                on.update(range(bisect_left(days, one.start), bisect_left(days, one.end)))
        for place in on:
            held[place] += 1
    return held
