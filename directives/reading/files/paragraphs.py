"""Printed lines joined to paragraphs again, across lines and pages."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..layout import FULL_LINE, SENTENCE_END
from .pages import Row

MARKER = re.compile(
    r"^(?:[-+•●▪◦○]\s|\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2})+|[a-zđ]\)|[IVX]{1,5}\.|[A-H]\.|Điều \d|Chương |Phần )"
)
CLOSE = 4.0
INDENTED = 6.0
DEEPEST_HANGING = 72.0
# Of the size of the letters, between the foot of a line and the head of the next: one and a half lines.
MOST_LEADING = 0.5


@dataclass(frozen=True)
class Measure:
    """How the text of a document is set: its margins, the room between lines, first lines indented or not."""

    left: float
    right: float
    leading: float
    is_indented: bool

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Measure:
        """Of the printed lines of pages of one width."""
        edges = Counter(round(row.x0) for row in rows)
        common = [edge for edge, amount in edges.items() if amount >= max(2, len(rows) // 12)]
        left = min(common or edges)
        gaps = sorted(
            below.top - above.bottom
            for above, below in itertools.pairwise(rows)
            if above.page == below.page and below.top > above.top
        )
        indented = sum(left + INDENTED < row.x0 < left + DEEPEST_HANGING for row in rows)
        leading = min(gaps[len(gaps) // 5] if gaps else 0.0, MOST_LEADING * rows[0].size)
        return cls(left, max(row.x1 for row in rows), leading, indented * 6 >= len(rows))


def paragraphs(rows: Sequence[Row], measures: Mapping[int, Measure]) -> list[str]:
    """The text of printed lines, a line a paragraph, with a blank one where the page leaves more room.

    `measures`: how each page is set, by its number.
    """
    found: list[str] = []
    hanging: float | None = None
    for previous, row in zip([None, *rows], rows, strict=False):
        measure = measures[row.page]
        if previous is not None and runs_on(previous, row, measure, hanging):
            hanging = row.x0 if row.x0 > measure.left + INDENTED else hanging
            found[-1] += f" {row.text}"
            continue
        hanging = None
        if previous is not None and is_apart(previous, row, measure):
            found.append("")
        found.append(row.text)
    return found


def runs_on(previous: Row, row: Row, measure: Measure, hanging: float | None) -> bool:
    """Whether a printed line goes on with the paragraph of the line before it."""
    if previous.is_table or row.is_table or not was_full(previous, row, measure):
        return False
    over = bool(SENTENCE_END.search(previous.text))
    if MARKER.match(row.text) and over:
        return False
    if previous.page != row.page:
        return row.x0 <= measure.left + INDENTED and (measure.is_indented or not over)
    if row.top - previous.bottom > measure.leading + 0.3 * row.size:
        return False
    if row.x0 <= measure.left + INDENTED:
        return True
    if hanging is not None:
        return abs(row.x0 - hanging) <= CLOSE
    beneath = previous.x0 + CLOSE < row.x0 < previous.x0 + DEEPEST_HANGING
    return bool(MARKER.match(previous.text)) and beneath and not MARKER.match(row.text)


def was_full(previous: Row, row: Row, measure: Measure) -> bool:
    """A line was broken for want of room when the next word would not have fitted on it."""
    first = row.words[0]
    return previous.x1 + 0.2 * row.size + (first.x1 - first.x0) > measure.right - 2


def is_apart(previous: Row, row: Row, measure: Measure) -> bool:
    if previous.page != row.page:
        return False
    return row.top - previous.bottom > measure.leading + 0.8 * row.size


def apart(lines: Sequence[str]) -> Iterator[str]:
    """Lines with at most one blank between, and with one where a paragraph would seem to run on.

    Here each line is a whole paragraph; the reader takes a long line without an end for a wrapped one.
    """
    previous = ""
    for line in lines:
        if len(previous) >= FULL_LINE and not SENTENCE_END.search(previous.rstrip()) and line.strip():
            yield ""
        if line.strip() or previous.strip():
            yield line
        previous = line
