"""How a table fits on the page: the width of each column and the size of its type.

Columns of figures get a usual width, the names and words what is left. A table that needs more has narrower
columns, then smaller type: it never runs off the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from directives.writing.breaking import width
from directives.writing.document import Table

MM = 72 / 25.4
# Between the margins of a sheet of A4: upright, and turned.
UPRIGHT = 165 * MM
ACROSS = 257 * MM

SIZES = (13, 12, 11, 10, 9, 8)
# Smaller type than this in the upright sheet is reason to turn it.
SMALLEST_UPRIGHT = 11
# What stands beside the words of a cell: 4 pt on each side, and its rules.
BESIDE = 9.0
USUAL_FIGURES = 24 * MM + BESIDE
LEAST_NAME = 30 * MM


@dataclass(frozen=True)
class Fit:
    """Size of the type and widths of the columns in points; the widths fill the room.

    `holds_words`: every word has room in its column; otherwise words are broken.
    """

    size: int
    widths: tuple[float, ...]
    holds_words: bool = True


def fit(table: Table, room: float) -> Fit:
    """The largest type in which no word of the table is broken; in the smallest, words may be."""
    for size in SIZES:
        needs = _needs(table, size)
        comfortable = [
            need if is_text else max(need, USUAL_FIGURES)
            for need, is_text in zip(needs, _are_texts(table), strict=True)
        ]
        for least in (comfortable, needs):
            if sum(least) <= room:
                return Fit(size, _shared_out(table, least, room))
    needs = _needs(table, SIZES[-1])
    return Fit(SIZES[-1], tuple(need * room / sum(needs) for need in needs), holds_words=False)


def is_too_wide(table: Table) -> bool:
    """Whether the upright sheet would do only in small type."""
    return fit(table, UPRIGHT).size < SMALLEST_UPRIGHT


def _are_texts(table: Table) -> list[bool]:
    return [place == 0 or place in table.texts for place in range(_count(table))]


def _count(table: Table) -> int:
    return max(len(row) for row in (table.head, *table.rows))


def _column(table: Table, place: int) -> list[str]:
    return [row[place] for row in (table.head, *table.rows) if place < len(row)]


def _needs(table: Table, size: int) -> list[float]:
    """The width of each column's longest word, and never too little for names."""
    needs = []
    for place in range(_count(table)):
        words = (word for cell in _column(table, place) for word in cell.split())
        needs.append(max(map(width, words), default=0.0) * size + BESIDE)
    needs[0] = max(needs[0], LEAST_NAME)
    return needs


def _shared_out(table: Table, least: Sequence[float], room: float) -> tuple[float, ...]:
    """What is left over goes to columns of words, by the length of what stands in them."""
    weights = [
        sum(map(len, _column(table, place))) + 1.0 if is_text else 0.0
        for place, is_text in enumerate(_are_texts(table))
    ]
    over = room - sum(least)
    return tuple(one + over * weight / sum(weights) for one, weight in zip(least, weights, strict=True))
