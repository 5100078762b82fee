"""A page of a PDF as words with their places, and lines made of them again."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SMALL = 0.78


@dataclass(frozen=True)
class Word:
    """A word and its place in points from the upper left corner, in a font whose name may be known."""

    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    text: str
    font: str = ""


@dataclass(frozen=True)
class Row:
    """A printed line. ``is_table`` says that it is a row of a table, set as one line."""

    words: tuple[Word, ...]
    page: int
    is_table: bool = False

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def size(self) -> float:
        """The size of most of its letters."""
        weights: dict[float, int] = {}
        for word in self.words:
            weights[word.size] = weights.get(word.size, 0) + len(word.text)
        return max(weights, key=lambda size: (weights[size], size))

    @property
    def spaced(self) -> str:
        """Its words, with wide gaps between what stands apart: a mark beside a page number."""
        gaps = (after.x0 - before.x1 for before, after in itertools.pairwise(self.words))
        apart = ("    " if gap > self.size else " " for gap in gaps)
        return self.words[0].text + "".join(
            gap + word.text for gap, word in zip(apart, self.words[1:], strict=True)
        )

    @property
    def text(self) -> str:
        """Its words; a small raised number is written as one, where the line has it."""
        size, bottom = self.size, max(word.bottom for word in self.words)
        parts: list[str] = []
        for word in self.words:
            raised = word.size <= SMALL * size and word.text.isdigit() and word.bottom < bottom - 0.1 * size
            if raised and parts:
                parts[-1] += word.text.translate(SUPERSCRIPTS)
            else:
                parts.append(word.text.translate(SUPERSCRIPTS) if raised else word.text)
        return " ".join(parts)


@dataclass(frozen=True)
class Page:
    """A page: its words, its ruled tables as rows of cells, and whether a picture fills it."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    tables: tuple[Row, ...] = ()
    is_picture: bool = False

    @property
    def letters(self) -> int:
        return sum(
            len(word.text) for word in (*self.words, *(one for row in self.tables for one in row.words))
        )


@dataclass
class Zone:
    """Text in two columns beside each other: a letterhead, a signature block."""

    left: list[Row] = field(default_factory=list)
    right: list[Row] = field(default_factory=list)


def rows_of(words: Iterable[Word], page: int) -> list[Row]:
    """Words on one height are a line; a raised number still is on that of its neighbours."""
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (one.bottom, one.x0)):
        fitting = next((line for line in reversed(found[-3:]) if is_beside(word, line[0])), None)
        if fitting is None:
            found.append([word])
        else:
            fitting.append(word)
            fitting.sort(key=lambda one: -one.size)
    lines = [Row(tuple(sorted(line, key=lambda one: one.x0)), page) for line in found]
    return sorted(lines, key=lambda line: (line.top, line.x0))


def is_beside(word: Word, other: Word) -> bool:
    overlap = min(word.bottom, other.bottom) - max(word.top, other.top)
    return overlap > 0.5 * min(word.bottom - word.top, other.bottom - other.top)


# --- what stands on every page ------------------------------------------------------------------------------

PAGE_NUMBER = re.compile(r"^[-–—\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s]*$", re.IGNORECASE)
EDGE = 0.09


def without_margins(pages: Sequence[tuple[Page, list[Row]]]) -> tuple[list[list[Row]], list[str]]:
    """The rows of each page without page numbers and running heads, and the words of those."""
    repeated = running_heads(pages)
    kept, dropped = [], []
    for page, rows in pages:
        rest = []
        for place, row in enumerate(rows):
            at_the_edge = place in (0, len(rows) - 1) and is_marginal(row, page)
            if masked(row) in repeated and is_marginal(row, page):
                dropped.append(row.spaced)
            elif not (at_the_edge and PAGE_NUMBER.match(row.text)):
                rest.append(row)
        kept.append(rest)
    return kept, dropped


def running_heads(pages: Sequence[tuple[Page, list[Row]]]) -> set[str]:
    """Lines that stand at the edge of most pages, their numbers apart."""
    seen: dict[str, int] = {}
    for page, rows in pages:
        for key in {masked(row) for row in rows if is_marginal(row, page)}:
            seen[key] = seen.get(key, 0) + 1
    return {key for key, amount in seen.items() if amount >= max(2, (len(pages) - 1) / 2)}


def is_marginal(row: Row, page: Page) -> bool:
    return row.bottom < EDGE * page.height or row.top > (1 - EDGE) * page.height


def masked(row: Row) -> str:
    return re.sub(r"\d+", "#", row.text.lower())
