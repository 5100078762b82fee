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

    def level_on(self, day: dt.date) -> int:
        """The level of the standard that it holds on a day; 0: none. Level 2 counts as level 1, too."""
        return max((one.level for one in self.holdings if one.start <= day < one.end), default=0)


class Register:
    """The schools of a unit on a day with their recognitions; who holds what is worked out once."""

    def __init__(self, schools: Sequence[StandardSchool]):
        self.schools = schools
        self._holding: dict[tuple[int, dt.date], frozenset[int]] = {}

    def holding(self, standard_level: int, day: dt.date) -> frozenset[int]:
        """The schools that hold at least a level of the standard on a day, by primary keys."""
        asked = standard_level, day
        if asked not in self._holding:
            held = (one.pk for one in self.schools if one.holdings and one.level_on(day) >= standard_level)
            self._holding[asked] = frozenset(held)
        return self._holding[asked]


@dataclass(frozen=True)
class Share:
    held: int
    schools: int


def concerned(schools: Iterable[StandardSchool], *, level: str, public_only: bool) -> list[StandardSchool]:
    """The schools that an indicator speaks of: a school of two levels counts for each, and once for all."""
    wanted = frozenset({level}) if level else LEVELS_OF_STANDARD
    return [one for one in schools if one.levels & wanted and (one.is_public or not public_only)]


def share_holding(schools: Sequence[StandardSchool], holding: frozenset[int]) -> Share:
    """How many of these schools are among those holding a level of the standard, and of how many."""
    return Share(len(holding.intersection(one.pk for one in schools)), len(schools))


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
