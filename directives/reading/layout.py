"""Lines of a document, which of them belong together, and where its body lies."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from .normalise import View, any_of

# A sentence that ends so is not over: the line break in it is a page break.
UNFINISHED = re.compile(
    "(?:,|\\b"
    + any_of(
        "và, hoặc, của, với, cho, về, theo, trong, các, những, cùng, bởi, từ, đến, là, như, gồm, "
        "dự thảo, số, lớp, khối, ngày, tháng, quý, mức độ, điều"
    )
    + "|(?<!đạt )được|(?<!tồn )(?<!hiện )tại)$"
)
SENTENCE_END = re.compile(r"(?:[.;:!?]|/\.?)[”\")\]]*$")
# Columns of a letterhead or a signature block that were pasted on one line.
COLUMN_GAP = re.compile(r" {3,}")
# A gap in "Số:      /KH-UBND" or "ngày     tháng 12" is left to be filled in by hand.
BLANK_BEFORE = re.compile(r"(?:/|tháng\b|năm \d)")
BLANK_AFTER = re.compile(r"(?:\b[Ss]ố:?|\bSỐ:?|\bngày|\btháng)$")
# "yêu cầu: (i) rà soát …; (ii) báo cáo …", not "các điểm (i), (ii)".
ENUMERATOR = re.compile(r"(?:(?<=\s)|^)\(([ivx]{1,5})\)\.? ?(?=[^\W\d_]+ )")
ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
NAMED_BEFORE = re.compile(r"\b(?:điểm|mục|khoản|ý|tiết|nội dung|tại|theo) $")
FULL_LINE = 60
# Between the cells of a table's row that is set as a line.
CELL = " | "


@dataclass(frozen=True)
class Line:
    """A line that is not blank: its place in the view, without the blanks around it."""

    start: int
    end: int
    text: str
    key: str
    blank_before: bool


def lines_of(view: View) -> list[Line]:
    """The lines of a document that are not blank."""
    lines: list[Line] = []
    place, blank = 0, True
    for text in view.text.split("\n"):
        start, end = view.trimmed(place, place + len(text))
        if start < end:
            lines.append(Line(start, end, view.text[start:end], view.key[start:end], blank))
        blank = start == end
        place += len(text) + 1
    return lines


def enumerated(lines: list[Line]) -> list[Line]:
    """The lines, cut where "(i) …; (ii) …" is told within a paragraph: each part a line of its own."""
    found: list[Line] = []
    paragraph: list[Line] = []
    for line in lines:
        if paragraph and not continues(paragraph[-1], line):
            found += _cut(paragraph)
            paragraph = []
        paragraph.append(line)
    return found + _cut(paragraph)


def _cut(paragraph: list[Line]) -> list[Line]:
    """The lines of a paragraph, cut at the numbers of the list that it tells."""
    places = [(line, match) for line in paragraph for match in ENUMERATOR.finditer(line.text)]
    if len(places) < 2:
        return paragraph
    kept: list[tuple[Line, int]] = []
    expected = None
    for line, match in places:
        value = ROMANS.index(match[1]) if match[1] in ROMANS else None
        opens = line is paragraph[0] and match.start() == 0
        if value is None or NAMED_BEFORE.search(line.key[: match.start()]):
            continue
        if value == expected or (expected is None and (value == 0 or opens)):
            kept.append((line, match.start()))
            expected = value + 1
    if len(kept) < 2:
        return paragraph
    return [part for line in paragraph for part in _parts(line, [at for one, at in kept if one is line])]


def _parts(line: Line, places: list[int]) -> list[Line]:
    found = []
    for a, b in itertools.pairwise(sorted({0, *places, len(line.text)})):
        text = line.text[a:b].rstrip()
        if text:
            end = a + len(text)
            blank = line.blank_before and a == 0
            found.append(Line(line.start + a, line.start + end, text, line.key[a:end], blank))
    return found


def cells(line: Line) -> list[str]:
    """The columns of a line of the letterhead or the signature block."""
    found: list[str] = []
    for cell in filter(None, map(str.strip, COLUMN_GAP.split(line.text))):
        if found and (BLANK_BEFORE.match(cell) or BLANK_AFTER.search(found[-1])):
            found[-1] += f" {cell}"
        else:
            found.append(cell)
    return found


def continues(previous: Line, line: Line) -> bool:
    """Whether a line goes on with the sentence of the line before it (a wrapped line or a page break)."""
    if CELL in line.text or CELL in previous.text:
        return False
    # A heading that recognition parted from its full stop: ". Rà soát, bổ sung …".
    if line.text[0].islower() or line.text[0] in ".,;:)":
        return True
    if SENTENCE_END.search(previous.text):
        return False
    if UNFINISHED.search(previous.key) or _open_quote(previous.text):
        return True
    return not line.blank_before and len(previous.text) >= FULL_LINE and not line.text.isupper()


def _open_quote(text: str) -> bool:
    return text.count("“") > text.count("”") or text.count("(") > text.count(")")
