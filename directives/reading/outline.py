"""The numbered outline: which lines begin an item, and what hangs under what.

A line is an item only if its number continues a sequence that is open at its place: a number that a
page break happened to put at the start of a line is not.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from .layout import SENTENCE_END, Line
from .normalise import UPPER

LETTERS = [
    "a",
    "b",
    "c",
    "d",
    "đ",
    "e",
    "g",
    "h",
    "i",
    "k",
    "l",
    "m",
    "n",
    "o",
    "p",
    "q",
    "r",
    "s",
    "t",
    "u",
    "v",
    "x",
    "y",
]
# Word numbers in the Latin alphabet: its own letters take the value of the one before them.
LATIN_ONLY = {"f": "e", "j": "i", "w": "v", "z": "y"}
_UNITS = ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"]
_TEENS = ["một", "hai", "ba", "bốn", "lăm", "sáu", "bảy", "tám", "chín"]
ORDINALS = {word: n for n, word in enumerate([*_UNITS, *(f"mười {unit}" for unit in _TEENS)], start=1)}
# "Một là, …", "Bốn là, …" count with these two words as well.
CARDINALS = {"một": 1, "bốn": 4}
_ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}

# What an item may begin with that says a figure: "100% học sinh", "02 phòng học", "65-70% trường".
FIGURE = r"\d[\d.,]*(?:\s?-\s?\d[\d.,]*)?\s?(?:%|\s[^\W\d_])"

# "- 100% giáo viên" begins an item though the heading above has no full stop.
BEGINS_WITH_COUNT = re.compile(r"\d{1,3}(?:[.,]\d+)?\s?%|\d{1,3}\s[^\W\d_]")

# Style, rank (what ranks lower hangs under what ranks higher), and how a line begins that is such an item.
STYLES: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    ("part", 1, re.compile(r"(?:Phần|PHẦN)\s+(?P<n>[IVX]{1,5}|(?:thứ|THỨ) \w+)\b\s*[.:-]?\s*")),
    ("chapter", 2, re.compile(r"(?:Chương|CHƯƠNG)\s+(?P<n>[IVX]{1,5})\b\s*[.:-]?\s*")),
    ("article", 3, re.compile(r"(?:Điều|ĐIỀU)\s+(?P<n>\d{1,2})\s*[.:]\s*")),
    ("roman", 5, re.compile(rf"(?P<n>[IVX]{{1,5}})\s?[.)/-]\s*(?=[{UPPER}“\"])")),
    ("capital", 4, re.compile(rf"(?P<n>[A-HĐ])\s?[.)/]\s*(?=[{UPPER}“\"])")),
    (
        "decimal",
        7,
        re.compile(
            rf"(?P<n>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?:\s?[.)/]\s*|\s+)(?=[^\W\d_]|[“\"(]|(?<=\s){FIGURE})"
        ),
    ),
    (
        "arabic",
        6,
        re.compile(
            rf"(?P<n>\d{{1,2}})\s?(?:[./]\s*(?=[^\W\d_]|[“\"(])|[.]\s+(?={FIGURE})|(?:-\s)(?=[^\W\d_]))"
        ),
    ),
    ("ordinal", 8, re.compile(rf"Thứ (?P<n>{_ORDINAL})\s*(?:là\b\s*)?[,:.]?\s+(?!ngày \d|hằng tuần)")),
    ("ordinal", 8, re.compile(r"(?P<n>Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười) là\s*[,:]\s+(?=\S)")),
    ("arabic_paren", 10, re.compile(r"\(?(?P<n>\d{1,2})\)\.?\s*(?=\S)")),
    ("roman_paren", 12, re.compile(r"\((?P<n>[ivx]{1,5})\)\.?\s*(?=\S)")),
    (
        "letter",
        9,
        re.compile(rf"(?P<n>[a-zđ])\s?(?:(?:\)|[./](?=\s))\s*(?=\S)|,\s+(?=[{UPPER}]))"),
    ),
    ("dash", 20, re.compile(rf"[-•●▪◦○■](?:\s*(?=[^\s\d-]|\d+\s?[^\W\d])|\s+(?={FIGURE}))")),
    ("plus", 21, re.compile(r"\+\s*(?=\S)")),
)
# "Phần thứ nhất" and "Chương I" may stand on a line of their own, the title beneath.
TITLED_BELOW = {"part", "chapter"}
RANKS = {style: 100 * rank for style, rank, _ in STYLES}
BULLETS = {"dash": "b", "plus": "p"}
# Without the first of its list one of these is none: "Thứ hai" may be a Monday.
BEGINNING_AT_ONE = {"letter", "ordinal"}
# A number lost in recognition leaves a gap; a larger one is no gap but another number.
WIDEST_GAP = 2
# No official document comes near; a file of dashes must not keep a person waiting.
MOST_ITEMS = 20_000
INTRODUCTION = re.compile(r"(?:như sau|sau đây|nội dung sau|các nội dung|nhiệm vụ sau)\s*[:.]$")


@dataclass(frozen=True)
class Marker:
    """The beginning of a line that may be an item: ``length`` characters are the marker itself."""

    style: str
    value: int
    number: str
    length: int
    parents: tuple[int, ...] = ()


@dataclass
class Node:
    """An item being built: its first line, its last line (exclusive) without those of its sub-items."""

    path: str
    marker: Marker
    rank: int
    line: int
    stop: int
    parent: Node | None
    doubts: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Outline:
    """Nodes in the order of the text; ``rejected`` are lines whose number fits no sequence."""

    nodes: tuple[Node, ...]
    rejected: tuple[int, ...]


def marker_of(line: Line) -> Marker | None:
    """The marker that a line begins with, if any."""
    text = line.text.lstrip("# ") if line.text.startswith("#") else line.text
    offset = len(line.text) - len(text)
    for style, _, pattern in STYLES:
        match = pattern.match(text)
        if match and (match.end() < len(text) or style in TITLED_BELOW):
            number = match.groupdict().get("n") or ""
            value, parents = _value(style, number)
            if value:
                return Marker(style, value, _printed(style, number, value), offset + match.end(), parents)
    return None


def _printed(style: str, number: str, value: int) -> str:
    """The number as a path shows it: words ("Thứ ba", "Phần thứ ba") as figures."""
    if style in BULLETS:
        return ""
    return str(value) if _ordinal(number) else number


def _value(style: str, number: str) -> tuple[int, tuple[int, ...]]:
    """The place in its sequence that a number stands for, 0 if it is no number of this style."""
    if style in BULLETS:
        return 1, ()
    if style == "decimal":
        parts = tuple(int(part) for part in number.split("."))
        return parts[-1], parts[:-1]
    if style in ("letter", "capital"):
        letter = LATIN_ONLY.get(number.lower(), number.lower())
        return (LETTERS.index(letter) + 1 if letter in LETTERS else 0), ()
    if number.isdigit():
        return int(number), ()
    return _ordinal(number) or roman_value(number.upper()), ()


def _ordinal(number: str) -> int:
    """The value of a number in words ("thứ ba", "mười một"), 0 if it is none."""
    word = number.lower().removeprefix("thứ ")
    return ORDINALS.get(word) or CARDINALS.get(word, 0)


def roman_value(number: str) -> int:
    """The value of a Roman number up to XXXIX, 0 if it is not well formed."""
    if not re.fullmatch(r"X{0,3}(?:IX|IV|V?I{0,3})", number):
        return 0
    values = [ROMAN_VALUES[c] for c in number]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def build(lines: Sequence[Line], first: int, stop: int) -> Outline:
    """The items on the lines from ``first`` to ``stop``."""
    builder = Builder(lines)
    bullets_from = _bullets_begin(lines, first, stop)
    for index in range(first, stop):
        marker = marker_of(lines[index])
        if marker is None:
            continue
        if len(builder.nodes) == MOST_ITEMS:
            builder.rejected.append(index)
            break
        if marker.style not in BULLETS:
            builder.numbered(index, marker)
        elif builder.stack or index >= bullets_from:
            builder.bullet(index, marker)
    nodes = builder.nodes
    for node, following in itertools.pairwise(nodes):
        node.stop = following.line
    if nodes:
        nodes[-1].stop = stop
    return Outline(tuple(nodes), tuple(builder.rejected))


def _bullets_begin(lines: Sequence[Line], first: int, stop: int) -> int:
    """Bullets before the first numbered item belong to the preamble, unless bullets are all there is."""
    numbered = (m for i in range(first, stop) if (m := marker_of(lines[i])) and m.style not in BULLETS)
    if any(marker.value == 1 for marker in numbered):
        return stop
    return next((i + 1 for i in range(first, stop) if INTRODUCTION.search(lines[i].key)), first)


def _stands_alone(lines: Sequence[Line], index: int) -> bool:
    """Whether the line before is over, so that this line begins something of its own."""
    return index == 0 or bool(SENTENCE_END.search(lines[index - 1].text))


def _step(sibling: Node | None, marker: Marker) -> int:
    """How far a number is from the one before it; "f" after "e" shows that a list skips no "đ"."""
    if sibling is None:
        return marker.value
    if LATIN_ONLY.get(marker.number.lower()) == sibling.marker.number.lower():
        sibling.doubts[:] = [] if marker.number.lower() == "f" else sibling.doubts
        return 1
    return marker.value - sibling.marker.value


class Builder:
    """Hangs one marker after the other into the outline; ``stack`` is the branch that is open."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.nodes: list[Node] = []
        self.stack: list[Node] = []
        self.rejected: list[int] = []
        self.paths: Counter[str] = Counter()
        self.loose: Counter[str] = Counter()

    def bullet(self, index: int, marker: Marker) -> None:
        """A dash that a page break put at the start of a line is no bullet."""
        text = self.lines[index].text[marker.length :]
        begins = BEGINS_WITH_COUNT.match(text) and not self._after_number(index)
        broken = text[:1].islower() or (text[:1].isdigit() and not begins)
        if broken and not _stands_alone(self.lines, index) and not self._follows_bullet(index):
            return
        rank = RANKS[marker.style]
        while self.stack and self.stack[-1].rank >= rank:
            self.stack.pop()
        counts = self.stack[-1].counts if self.stack else self.loose
        letter = BULLETS[marker.style]
        counts[letter] += 1
        self._hang(index, marker, rank, f"{letter}{counts[letter]}")

    def numbered(self, index: int, marker: Marker) -> None:
        """A number that continues no open sequence begins no item; it is remembered if it looks like one."""
        rank = self._rank(marker)
        kept = [node for node in self.stack if node.rank <= rank]
        sibling = kept.pop() if kept and kept[-1].rank == rank else self._article_before(marker)
        alone = _stands_alone(self.lines, index)
        step = _step(sibling, marker)
        near = step <= 1 + WIDEST_GAP and (step >= 0 if sibling else marker.style not in BEGINNING_AT_ONE)
        fits = step == 1 or (alone and near)
        if not fits or (marker.parents and not (kept and kept[-1].marker.value == marker.parents[-1])):
            if alone:
                self.rejected.append(index)
            return
        self.stack[:] = kept
        number = marker.number.rpartition(".")[2] if marker.style == "decimal" else marker.number
        node = self._hang(index, marker, rank, number)
        if step != 1:
            node.doubts.append("number_out_of_sequence")

    def _article_before(self, marker: Marker) -> Node | None:
        """Articles are counted through all chapters."""
        articles = (node for node in reversed(self.nodes) if node.marker.style == "article")
        return next(articles, None) if marker.style == "article" else None

    def _after_number(self, index: int) -> bool:
        """Whether the line before ends with a figure, so that "- 2025 …" or "- 12 lớp" goes on with it."""
        return index > 0 and self.lines[index - 1].text[-1].isdigit()

    def _follows_bullet(self, index: int) -> bool:
        before = marker_of(self.lines[index - 1]) if index else None
        return before is not None and before.style in BULLETS

    def _rank(self, marker: Marker) -> int:
        """Decimals rank by their depth; "Thứ nhất" hangs under whatever numbered item is open."""
        if marker.style != "ordinal":
            return RANKS[marker.style] + len(marker.parents)
        same = next((node.rank for node in self.stack if node.marker.style == "ordinal"), None)
        numbered = [node.rank for node in self.stack if node.marker.style not in BULLETS]
        if marker.value > 1 and same:
            return same
        return numbered[-1] + 1 if numbered else RANKS["ordinal"]

    def _hang(self, index: int, marker: Marker, rank: int, number: str) -> Node:
        parent = self.stack[-1] if self.stack else None
        path = f"{parent.path}.{number}" if parent else number
        self.paths[path] += 1
        if self.paths[path] > 1:
            path += f"~{self.paths[path]}"
        node = Node(path, marker, rank, index, index + 1, parent)
        if parent:
            parent.children.append(node)
        self.nodes.append(node)
        self.stack.append(node)
        return node
