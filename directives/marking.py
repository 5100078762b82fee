"""The text of a document cut into pieces, so that a page can mark words and put notes beside items. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(frozen=True)
class Passage:
    """The words of one item, or of a task that was made from words within another item."""

    start: int
    end: int
    item: int


@dataclass(frozen=True)
class Mark:
    """Words that say something: a time, a target, who must act, another document."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Segment:
    """A stretch of one line that belongs to one item, or to none, and is marked in one way, or not.

    `begins`: it is the first of its item; `marks`: it is the first of its mark.
    """

    text: str
    start: int
    item: int | None = None
    kind: str = ""
    begins: bool = False
    marks: bool = False


@dataclass(frozen=True)
class Line:
    """A line of the text that is not blank. `begins`: the items whose words begin on it."""

    start: int
    segments: list[Segment] = field(default_factory=list)

    @property
    def begins(self) -> list[int]:
        return [one.item for one in self.segments if one.begins and one.item is not None]


@dataclass(frozen=True)
class Piece:
    """A stretch of text that one item covers, or that stands between items."""

    text: str
    item: int | None = None


def marked_lines(text: str, passages: Sequence[Passage], marks: Sequence[Mark]) -> list[Line]:
    """The whole text line by line, cut where an item or a mark begins or ends.

    Words within two passages belong to the one that begins later; words within two marks to the first.
    """
    inside = [one for one in passages if 0 <= one.start < one.end <= len(text)]
    apart = list(without_overlap(mark for mark in marks if 0 <= mark.start < mark.end <= len(text)))
    spans = [(one.start, one.end) for one in inside] + [(mark.start, mark.end) for mark in apart]
    cuts = {0, len(text), *(place for span in spans for place in span)}
    owners = owners_of(sorted(cuts), inside)
    kinds = {mark.start: mark for mark in apart}
    seen: set[int] = set()
    lines: list[Line] = []
    current: Mark | None = None
    for start, end in pairwise(sorted(cuts)):
        current = kinds.get(start) or (current if current and current.end > start else None)
        for place, words in lines_within(text, start, end):
            if place == 0 or text[place - 1] == "\n" or not lines:
                lines.append(Line(place))
            item = owners[start]
            begins = bool(words.strip()) and item is not None and item not in seen
            if begins and item is not None:
                seen.add(item)
            kind = current.kind if current else ""
            segment = Segment(words, place, item, kind, begins, start in kinds and place == start)
            lines[-1].segments.append(segment)
    return [line for line in lines if any(one.text.strip() for one in line.segments)]


def without_overlap(marks: Iterable[Mark]) -> Iterator[Mark]:
    place = 0
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        if mark.start >= place:
            yield mark
            place = mark.end


def owners_of(cuts: Sequence[int], passages: Sequence[Passage]) -> dict[int, int | None]:
    """For each cut, the item whose words follow it."""
    waiting = sorted(passages, key=lambda one: (one.start, -one.end), reverse=True)
    open_ones: list[Passage] = []
    owners: dict[int, int | None] = {}
    for cut in cuts:
        while waiting and waiting[-1].start <= cut:
            open_ones.append(waiting.pop())
        open_ones = [one for one in open_ones if one.end > cut]
        owners[cut] = open_ones[-1].item if open_ones else None
    return owners


def lines_within(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """The parts of the lines that lie in a stretch, without their ends; where each begins."""
    place = start
    for words in text[start:end].split("\n"):
        if words or place == 0 or text[place - 1] == "\n":
            yield place, words
        place += len(words) + 1


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
