"""What follows the body: recipients, who signs, footnotes, annexes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .bodies import OFFICES
from .layout import Line, cells
from .model import Recipient, Signer, Span
from .normalise import View, matching_key

RECIPIENTS = re.compile(r"^nơi (?:nhận|gửi)\b")
ANNEX = re.compile(r"^(?:phụ lục|biểu mẫu|mẫu số)\b")
FOOTNOTE = re.compile(r"^([¹²³⁴⁵⁶⁷⁸⁹])\s*\S")
END_OF_BODY = re.compile(r"\./\.$|[^/]/\.$|\./-$|\.//\.$")

AUTHORITY = re.compile(
    r"^(TM|KT|TL|TUQ|Q|T[./]M|K[./]T|T[./]L)(?:\s*\.\s*|(?<=[MTL])/(?=[^\W\d_]{3})|(?<=/[MTL])\s+)"
)
TITLE_WORDS = re.compile(
    r"\b(?:TRƯỞNG|GIÁM ĐỐC|CHỦ TỊCH|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|BÍ THƯ|CHỦ TRÌ|CHỦ TỌA|THƯ KÝ|"
    r"VỤ TRƯỞNG)\b"
)
SIGNED = re.compile(r"^\(?đã ký(?: và đóng dấu)?\)?\s*:?\s*(?=[^\W\d_])", re.IGNORECASE)
DEGREE = re.compile(r"^(?:(?:PGS|GS|TS|ThS|Ths|BS|NGƯT|NGND|CN|Đ/c)\.?\s*)+(?=[^\W\d_])")
NAME_WORD = re.compile(r"[^\W\d_]+")
# "- Như trên; PHÓ GIÁM ĐỐC", "- Lưu: VT, GDTH. Lê Thị Mai": a scan set the two columns on one line.
COLUMN_END = re.compile(r"(?<=[;:.,)])\s+(?=[^\W\d_])")
DASH = re.compile(r"^\s*[-+•]\s*")
ARCHIVE = re.compile(r"^lưu\b")
NOTE = re.compile(
    r"\s*\((?P<note>(?:để\s+)?(?:b/c|c/đ|p/h|t/h|th/h|đ/b|x/đ|k/t|g/s|báo cáo|biết|phối hợp|thực hiện|"
    r"chỉ đạo|theo dõi|đăng tải|đưa tin)[^()]*)\)\s*$",
    re.IGNORECASE,
)
OFFICE = re.compile(rf"(?:các )?{OFFICES}(?!\w)")
NEAR_THE_END = 8
# Fewer capitals in a row may be an office ("Công an", "Tỉnh ủy").
SHORTEST_FULL_NAME = 3


@dataclass(frozen=True)
class Tail:
    """What was read after the body; ``footnotes`` and ``annex`` are indexes of lines.

    ``spans`` are where the recipients and the signer stand, by the field of the header.
    """

    recipients: tuple[Recipient, ...]
    signer: Signer
    footnotes: tuple[int, ...]
    annex: int | None
    spans: tuple[tuple[str, Span], ...] = ()


def is_title(text: str) -> bool:
    """Whether a line is the office of a signer: capitals, and a word for it or an authority before it."""
    return text.isupper() and len(text) < 80 and bool(AUTHORITY.match(text) or TITLE_WORDS.search(text))


def tail_of(lines: Sequence[Line], body: int) -> int:
    """The index of the first line after the body."""
    recipients = next((i for i in range(body, len(lines)) if RECIPIENTS.match(lines[i].key)), None)
    ended = (i for i in range(body, len(lines) if recipients is None else recipients))
    over = [i for i in ended if END_OF_BODY.search(lines[i].text)]
    if over:
        return (over[0] if recipients is None else over[-1]) + 1
    stop = len(lines) if recipients is None else recipients
    titles = (i for i in range(max(body, stop - NEAR_THE_END), stop) if any(map(is_title, cells(lines[i]))))
    return next(titles, stop)


def read_tail(view: View, lines: Sequence[Line], first: int) -> Tail:
    """Reads recipients, signer, footnotes from the lines after the body."""
    annex = next((i for i in range(first, len(lines)) if ANNEX.match(lines[i].key)), None)
    stop = len(lines) if annex is None else annex
    footnotes = tuple(i for i in range(first, stop) if FOOTNOTE.match(lines[i].text))
    block = [i for i in range(first, stop) if i not in footnotes]
    listed, others = _columns([lines[i] for i in block])
    recipients = tuple(filter(None, map(_recipient, listed)))
    signer = _signer(others)
    return Tail(recipients, signer, footnotes, annex, tuple(_spans(view, [lines[i] for i in block], signer)))


def _spans(view: View, block: Sequence[Line], signer: Signer) -> Iterator[tuple[str, Span]]:
    """The lines from "Nơi nhận" to the archive's, and those from the first authority to the name."""
    heads = [i for i, line in enumerate(block) if RECIPIENTS.match(line.key)]
    if heads:
        entries = [line for line in block[heads[0] :] if DASH.match(line.text)] or [block[heads[0]]]
        yield "recipients", view.span(block[heads[0]].start, entries[-1].end)
    titled = [line for line in block if any(map(is_title, _unmerged(line)))]
    named = [line for line in block if signer.name and signer.name.casefold() in line.text.casefold()]
    if titled:
        last = named[-1] if named and named[-1].start >= titled[0].start else titled[-1]
        yield "signer", view.span(titled[0].start, last.end)


def _columns(block: Sequence[Line]) -> tuple[list[str], list[str]]:
    """The entries of "Nơi nhận" and everything else, wherever the two were pasted."""
    listed: list[str] = []
    others: list[str] = []
    inside = False
    for line in block:
        for cell in _unmerged(line):
            if RECIPIENTS.match(cell.lower()):
                inside = True
                rest = cell.partition(":")[2].strip()
                listed += [rest] if rest else []
            elif inside and DASH.match(cell):
                listed.append(DASH.sub("", cell))
            elif inside and cell[0].islower() and listed:
                listed[-1] += f" {cell}"
            else:
                others.append(cell)
    return listed, others


def _unmerged(line: Line) -> list[str]:
    """The cells of a line; an entry of the list and what a scan set behind it are two."""
    found = cells(line)
    if len(found) != 1 or not (DASH.match(found[0]) or RECIPIENTS.match(line.key)):
        return found
    for cut in COLUMN_END.finditer(found[0]):
        right = found[0][cut.end() :]
        if is_title(right) or _is_full_name(right):
            return [found[0][: cut.start()], right]
    return found


def _is_full_name(text: str) -> bool:
    if len(text.split()) < SHORTEST_FULL_NAME or OFFICE.match(matching_key(text)):
        return False
    return _name(text) is not None


def _recipient(entry: str) -> Recipient | None:
    entry = entry.strip(" ;.,")
    if not entry or ARCHIVE.match(entry.lower()):
        return None
    note = NOTE.search(entry)
    if note is None:
        return Recipient(entry)
    return Recipient(entry[: note.start()].strip(" ;.,"), note["note"].strip())


def _signer(others: Sequence[str]) -> Signer:
    """The chain of authority, the title and the name, read from top to bottom."""
    authority: list[str] = []
    title: str | None = None
    for index, line in enumerate(others):
        if is_title(line):
            mark = AUTHORITY.match(line)
            if mark:
                authority.append(re.sub(r"\W", "", mark[1]) + ".")
                line = line[mark.end() :]
            title = line.strip(" .,")
        elif title and (name := _name(line)):
            return Signer(tuple(authority), title, name)
        elif title and index > 0 and line.isupper() and _name(line.title()):
            return Signer(tuple(authority), title, line.title())
    return Signer(tuple(authority), title, None)


def _name(line: str) -> str | None:
    """A personal name: two to six words, each with a capital, without academic titles."""
    line = DEGREE.sub("", SIGNED.sub("", line.strip(" .")))
    words = line.split()
    if not 2 <= len(words) <= 6 or line.isupper():
        return None
    named = all(NAME_WORD.fullmatch(word) and word[0].isupper() and not word[1:].isupper() for word in words)
    return line if named else None
