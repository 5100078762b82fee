"""Tables that are drawn with lines: the cells between them, and the words in the cells."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .pages import Row, Word, rows_of

# In points: lines so near are one, and a line may end so short of the one that it meets.
NEAR = 3.0
SHORTEST = 3.0
CELLS_APART = " | "
# A row is set as one line; how large its letters are matters to nothing that is asked of it.
SIZE = 12.0


@dataclass(frozen=True)
class Rule:
    """A straight line along an edge of the page: `at` is its height, or its distance from the left."""

    is_level: bool
    at: float
    start: float
    end: float

    @classmethod
    def between(cls, one: tuple[float, float], other: tuple[float, float]) -> Rule | None:
        """None for a line that leans."""
        wide, high = abs(one[0] - other[0]), abs(one[1] - other[1])
        if high < 1 <= wide:
            return cls(True, (one[1] + other[1]) / 2, *sorted((one[0], other[0])))
        if wide < 1 <= high:
            return cls(False, (one[0] + other[0]) / 2, *sorted((one[1], other[1])))
        return None

    def covers(self, place: float) -> bool:
        return self.start - NEAR <= place <= self.end + NEAR

    def meets(self, other: Rule) -> bool:
        """Whether a line crosses or touches one of the other direction."""
        return self.covers(other.at) and other.covers(self.at)


@dataclass
class Table:
    """Where a table stands, and each of its rows as one printed line."""

    x0: float
    top: float
    x1: float
    bottom: float
    rows: list[Row] = field(default_factory=list)

    def holds(self, word: Word) -> bool:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


def tables(rules: Sequence[Rule], words: Sequence[Word], page: int) -> list[Table]:
    """The tables of several rows and columns among the lines of a page."""
    level = merged([rule for rule in rules if rule.is_level])
    upright = merged([rule for rule in rules if not rule.is_level])
    found = []
    for levels, uprights in meeting(level, upright):
        if len({rule.at for rule in levels}) >= 3 and len({rule.at for rule in uprights}) >= 3:
            found.append(filled(levels, uprights, words, page))
    return [table for table in found if table.rows]


def merged(rules: Sequence[Rule]) -> list[Rule]:
    """Lines drawn in pieces or twice, as one."""
    found: list[Rule] = []
    at = None
    for rule in sorted(rules, key=lambda one: one.at):
        at = rule.at if at is None or rule.at - at > NEAR else at
        found.append(Rule(rule.is_level, at, rule.start, rule.end))
    whole: list[Rule] = []
    for rule in sorted(found, key=lambda one: (one.at, one.start)):
        if whole and whole[-1].at == rule.at and rule.start <= whole[-1].end + NEAR:
            last = whole.pop()
            rule = Rule(rule.is_level, rule.at, last.start, max(last.end, rule.end))
        whole.append(rule)
    return [rule for rule in whole if rule.end - rule.start >= SHORTEST]


def meeting(level: list[Rule], upright: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Lines that hang together."""
    left = [*level, *upright]
    while left:
        group = [left.pop()]
        for rule in group:
            touching = [other for other in left if other.is_level != rule.is_level and rule.meets(other)]
            group += touching
            left = [other for other in left if other not in touching]
        yield [rule for rule in group if rule.is_level], [rule for rule in group if not rule.is_level]


def filled(levels: list[Rule], uprights: list[Rule], words: Sequence[Word], page: int) -> Table:
    """The table between the lines, with the words that stand in it."""
    heights = sorted({rule.at for rule in levels})
    sides = sorted({rule.at for rule in uprights})
    table = Table(sides[0], heights[0], sides[-1], heights[-1])
    inside = [word for word in words if table.holds(word)]
    for top, bottom in itertools.pairwise(heights):
        texts = [said(cell, inside, page) for cell in cells_of(levels, uprights, heights, top, bottom)]
        if any(texts):
            line = Word(table.x0, table.x1, top, bottom, SIZE, CELLS_APART.join(texts))
            table.rows.append(Row((line,), page, is_table=True))
    return table


def cells_of(
    levels: list[Rule], uprights: list[Rule], heights: list[float], top: float, bottom: float
) -> Iterator[Table]:
    """The cells that begin in a row, from the left. One over several rows reaches beneath `bottom`."""
    middle = (top + bottom) / 2
    walls = sorted({rule.at for rule in uprights if rule.start <= middle <= rule.end})
    for x0, x1 in itertools.pairwise(walls):
        floors = [rule.at for rule in levels if rule.start <= (x0 + x1) / 2 <= rule.end]
        if top in floors:
            yield Table(x0, top, x1, min((floor for floor in floors if floor > top), default=heights[-1]))


def said(cell: Table, words: Sequence[Word], page: int) -> str:
    return " ".join(row.text for row in rows_of([word for word in words if cell.holds(word)], page))
