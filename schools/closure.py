"""From dated links to the dated closure: who is under whom, when. Pure."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

FOREVER = dt.date.max


@dataclass(frozen=True, order=True)
class Link:
    """`child` stands directly under `parent` from `start` up to, and without, `end`."""

    child: int
    parent: int
    start: dt.date
    end: dt.date = FOREVER


@dataclass(frozen=True, order=True)
class Ancestry:
    """`descendant` stands under `ancestor`, `depth` links away, from `start` up to, and without, `end`."""

    ancestor: int
    descendant: int
    depth: int
    start: dt.date
    end: dt.date


class CycleFound(ValueError):
    """`unit` would stand under itself from `day` on."""

    def __init__(self, unit: int, day: dt.date):
        super().__init__(f"unit {unit} would stand under itself from {day} on")
        self.unit = unit
        self.day = day


def closure(links: Iterable[Link]) -> set[Ancestry]:
    """All ancestries that follow from links of one line, self rows left out; adjoining spans are joined.

    Raises CycleFound when, on some day, a unit would be its own ancestor.
    """
    parents = parents_of(links)
    return {ancestry for unit in list(parents) for ancestry in ancestries(unit, parents)}


def parents_of(links: Iterable[Link]) -> dict[int, list[Link]]:
    """The links upwards of each unit that has any."""
    parents: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        parents[link.child].append(link)
    return parents


def ancestries(unit: int, parents: dict[int, list[Link]]) -> set[Ancestry]:
    """Whom one unit stands under, adjoining spans joined. Raises CycleFound as `closure` does."""
    found: dict[tuple[int, int, int], list[tuple[dt.date, dt.date]]] = defaultdict(list)
    climb(unit, parents, found)
    return {
        Ancestry(ancestor, descendant, depth, start, end)
        for (ancestor, descendant, depth), spans in found.items()
        for start, end in joined(spans)
    }


def climb(
    unit: int,
    parents: dict[int, list[Link]],
    found: dict[tuple[int, int, int], list[tuple[dt.date, dt.date]]],
) -> None:
    """Record every ancestor of `unit`, walking up while the links' spans still overlap."""
    waiting: list[tuple[tuple[int, ...], dt.date, dt.date]] = [((unit,), dt.date.min, FOREVER)]
    while waiting:
        way, start, end = waiting.pop()
        for link in parents.get(way[-1], ()):
            since, until = max(start, link.start), min(end, link.end)
            if since >= until:
                continue
            if link.parent in way:
                raise CycleFound(link.parent, since)
            found[link.parent, unit, len(way)].append((since, until))
            waiting.append(((*way, link.parent), since, until))


def joined(spans: list[tuple[dt.date, dt.date]]) -> list[tuple[dt.date, dt.date]]:
    """Half-open spans, overlapping or adjoining ones made one."""
    merged: list[tuple[dt.date, dt.date]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
