"""The catalogue of indicators for whoever wants to know what a number means."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from eduportal.base.text import search_key
from schools.models import EACH, Period, PeriodKind
from schools.periods import IN_A_YEAR
from targets.models import Indicator, Side, Target

MOST_NAMED = 8


def catalogue(*, words: str = "", level: str = "") -> list[Indicator]:
    """All indicators, retired ones too, with their terms; by words without diacritics, and by level. Three
    queries, however many there are."""
    rows = Indicator.objects.whole()
    if level:
        rows = rows.filter(level=level)
    wanted = search_key(words).split()
    return [row for row in rows if all(word in searched_by(row) for word in wanted)]


def searched_by(indicator: Indicator) -> str:
    texts = (indicator.code, indicator.name_vi, indicator.name_en, indicator.source, *indicator.synonyms)
    return search_key(" ".join(texts))


@dataclass(frozen=True)
class Use:
    """The targets of a period that stand on an indicator, of those that a person sees.

    `count` of them, of which `targets` are the first; offices before schools.
    """

    period: Period
    count: int
    targets: list[Target]

    @property
    def more(self) -> int:
        return self.count - len(self.targets)


def uses_of(indicator: Indicator, user: Any) -> list[Use]:
    """Where an indicator is used, newest first. Two queries."""
    seen = Target.objects.visible_to(user).filter(indicator=indicator)
    counts = dict(seen.order_by().values_list("period").annotate(Count("pk")))
    in_order = Window(
        RowNumber(),
        partition_by=[F("period")],
        order_by=[F("unit__kind").asc(), F("unit__sort_key").asc(), F("pk").asc()],
    )
    first = seen.annotate(place=in_order).filter(place__lte=MOST_NAMED).shown()
    by_period: dict[Period, list[Target]] = {}
    for target in first.order_by("-period__data_from", "place"):
        by_period.setdefault(target.period, []).append(target)
    return [Use(period, counts[period.pk], targets) for period, targets in by_period.items()]


@dataclass(frozen=True)
class Made:
    """What an indicator is made of: names of measures above and below the line, and the reports that ask for
    all of it, by kind and number in the year."""

    above: list[str]
    below: list[str]
    asked: list[tuple[str, int]]
    is_kept: bool

    @property
    def each(self) -> Any:
        """How often it is asked for, in words; empty where only some months ask."""
        kinds = {kind for kind, _number in self.asked}
        kind = kinds.pop() if len(kinds) == 1 else ""
        return EACH[PeriodKind(kind)] if kind and len(self.asked) == IN_A_YEAR[kind] else ""

    @property
    def months(self) -> list[int]:
        return [number for _kind, number in self.asked]


def made_of(indicator: Indicator) -> Made | None:
    """Uses the prefetched terms; None where the register of recognitions is counted. Without queries.

    `is_kept`: what a unit said stays counted for the year, whatever becomes of the unit.
    """
    if indicator.is_recognition:
        return None
    terms = sorted(indicator.terms.all(), key=lambda term: term.measure.position)
    sides = {
        side: [f"{term.measure.name} ({level_of(term.measure)})" for term in terms if term.side == side]
        for side in Side
    }
    asked = [term.measure.askings for term in terms]
    return Made(
        sides[Side.NUMERATOR],
        sides[Side.DENOMINATOR],
        sorted(frozenset.intersection(*asked)) if asked else [],
        all(term.measure.is_counted_once for term in terms),
    )


def level_of(measure: Any) -> str:
    """The level that a school reports it for, or who else reports it."""
    return str(measure.get_level_display() or measure.get_reporter_display())
