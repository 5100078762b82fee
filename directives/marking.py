"""The text of a document cut into pieces, so that a page can mark words and put notes beside items. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

HEAD_LENGTH = 60


@dataclass(frozen=True)
class Mark:
    """Words to mark: where they stand, and the item of the page that they belong to."""

    start: int
    end: int
    item: int
    is_anchor: bool = False
    is_doubtful: bool = False


@dataclass(frozen=True)
class Segment:
    """A stretch of text, marked or plain."""

    text: str
    mark: Mark | None = None


@dataclass(frozen=True)
class Piece:
    """A stretch of text that one item covers, or that stands between items."""

    text: str
    item: int | None = None


def head_of(text: str, start: int, end: int) -> int:
    """Where the first words of an item end: on its first line, after a whole word."""
    line_end = text.find("\n", start, end)
    stop = min(end if line_end < 0 else line_end, start + HEAD_LENGTH)
    if stop < end and not text[stop].isspace():
        stop = max(text.rfind(" ", start, stop), start)
    return stop if stop > start else min(end, start + HEAD_LENGTH)


def segments(text: str, marks: Sequence[Mark]) -> list[Segment]:
    """The whole text in order.

    Where marks overlap, an anchor gives way to what begins within it; others fall away.
    """
    inner = sorted((mark for mark in marks if not mark.is_anchor), key=lambda mark: (mark.start, mark.end))
    anchors = [shortened(mark, inner) for mark in marks if mark.is_anchor]
    found: list[Segment] = []
    place = 0
    for mark in sorted([*anchors, *inner], key=lambda mark: (mark.start, not mark.is_anchor)):
        if mark.start < place or mark.end <= mark.start or mark.end > len(text):
            continue
        if mark.start > place:
            found.append(Segment(text[place : mark.start]))
        found.append(Segment(text[mark.start : mark.end], mark))
        place = mark.end
    if place < len(text):
        found.append(Segment(text[place:]))
    return found


def shortened(anchor: Mark, inner: Sequence[Mark]) -> Mark:
    """An anchor up to the first other mark within it."""
    ends = [mark.start for mark in inner if anchor.start < mark.start < anchor.end]
    return Mark(anchor.start, min(ends, default=anchor.end), anchor.item, True, anchor.is_doubtful)


def pieces(text: str, spans: Sequence[tuple[int, int, int]]) -> list[Piece]:
    """The whole text in order, cut at the spans (start, end, item); overlapping ones are left out."""
    found: list[Piece] = []
    place = 0
    for start, end, item in sorted(spans):
        if start < place or end > len(text):
            continue
        if text[place:start].strip():
            found.append(Piece(text[place:start].strip("\n")))
        found.append(Piece(text[start:end].strip("\n"), item))
        place = end
    if text[place:].strip():
        found.append(Piece(text[place:].strip("\n")))
    return found
