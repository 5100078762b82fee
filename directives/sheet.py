"""The parts of a document's text as they stand on paper: head in two columns, title, body, foot. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NATION = re.compile(r"^(?:cộng h(?:òa|oà) xã hội chủ nghĩa việt nam|đảng cộng sản việt nam)$", re.IGNORECASE)
MOTTO = re.compile(r"^độc lập\s*[-–]\s*tự do\s*[-–]\s*hạnh phúc$", re.IGNORECASE)
DATE = re.compile(r"^[^,]{2,60},\s*ngày.{0,12}tháng.{0,12}năm", re.IGNORECASE)
NUMBER = re.compile(r"^số\s*:?", re.IGNORECASE)
ABOUT = re.compile(r"^(?:v/v|về việc)\b", re.IGNORECASE)
KINDS = re.compile(
    r"^(?:CÔNG ĐIỆN|QUYẾT ĐỊNH|CHỈ THỊ|KẾ HOẠCH|THÔNG BÁO|HƯỚNG DẪN|BÁO CÁO|TỜ TRÌNH|CHƯƠNG TRÌNH|ĐỀ ÁN|"
    r"NGHỊ QUYẾT|GIẤY MỜI)$"
)
RECIPIENTS = re.compile(r"^nơi (?:nhận|gửi)\b", re.IGNORECASE)
ANNEX = re.compile(r"^(?:phụ lục|biểu mẫu|mẫu số)\b", re.IGNORECASE)
FOOTNOTE = re.compile(r"^[¹²³⁴⁵⁶⁷⁸⁹]")
COLUMN_GAP = re.compile(r"\s{3,}|\t+")
RULE = re.compile(r"^[-_=*. ]*$")
SEARCHED = 25
LONGEST_TITLE = 4
# What is no part of a title: the beginning of the body.
BEGINS_BODY = re.compile(
    r"^(?:[IVX]{1,5}\s?[.)/-]|[A-HĐ]\s?[.)]|\d{1,2}\s?[.)/]|[a-zđ]\s?\)|[-+•]|Phần|Chương|Điều|Kính gửi|"
    r"Căn cứ|Thực hiện|Theo|Để|Nhằm|Ngày \d)"
)


@dataclass(frozen=True)
class Line:
    """A line of the text and where it begins and ends."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Sheet:
    """The head, the title, where the body begins and ends, and the foot. What is not found is empty."""

    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    body_start: int = 0
    body_end: int = 0
    recipients: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()

    @property
    def issuer(self) -> str:
        """The office that issues: the last in capitals before the number."""
        names = [line for line in self.left if line.isupper() and not NUMBER.match(line)]
        return names[-1] if names else ""


def sheet_of_text(text: str, spans: Sequence[tuple[int, int]] = ()) -> Sheet:
    """The parts of a text; nothing that lies in a span (an item of the document) is head or foot."""
    lines = lines_of(text)
    first = min((start for start, _ in spans), default=len(text))
    last = max((end for _, end in spans), default=0)
    left, right, place = head_of_lines([line for line in lines[:SEARCHED] if line.end <= first])
    title, place = title_of_lines(lines, place, first)
    body_start = lines[place].start if place < len(lines) else len(text)
    foot = foot_of_lines([line for line in lines if line.start >= max(last, body_start)])
    if foot is None:
        return Sheet(left, right, title, body_start, len(text))
    recipients, signature, body_end = foot
    return Sheet(left, right, title, body_start, body_end, recipients, signature)


def lines_of(text: str) -> list[Line]:
    lines, place = [], 0
    for line in text.split("\n"):
        lines.append(Line(line.strip(), place, place + len(line)))
        place += len(line) + 1
    return lines


def head_of_lines(lines: Sequence[Line]) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Both columns of the letterhead and the line behind it; nothing where the nation is not named."""
    left: list[str] = []
    right: list[str] = []
    end = 0
    for place, line in enumerate(lines):
        if RULE.match(line.text):
            continue
        cells = [cell for cell in COLUMN_GAP.split(line.text) if cell]
        sides = [side_of(cell, left, subject_runs=end == place) for cell in cells]
        if KINDS.match(line.text) or None in sides:
            break
        for cell, side in zip(cells, sides, strict=True):
            column = left if side == "left" else right
            if side == "left" and column and ABOUT.match(column[-1]) and not NUMBER.match(cell):
                column[-1] += f" {cell}"
            else:
                column.append(cell)
        end = place + 1
    if not any(NATION.match(one) for one in right):
        return (), (), 0
    return tuple(left), tuple(right), end


def side_of(cell: str, left: Sequence[str], *, subject_runs: bool) -> str | None:
    """The column of the letterhead that a piece belongs to; None for what is no letterhead."""
    if NATION.match(cell) or MOTTO.match(cell) or DATE.match(cell):
        return "right"
    has_number = any(NUMBER.match(one) for one in left)
    if NUMBER.match(cell) or ABOUT.match(cell) or (cell.isupper() and not has_number):
        return "left"
    if left and ABOUT.match(left[-1]) and subject_runs and not cell.lower().startswith("kính gửi"):
        return "left"
    return None


def title_of_lines(lines: Sequence[Line], place: int, first: int) -> tuple[tuple[str, ...], int]:
    """The kind of the document and its subject, centred under the letterhead."""
    start = next((n for n in range(place, len(lines)) if lines[n].text), len(lines))
    if not place or start == len(lines) or not KINDS.match(lines[start].text):
        return (), start if place else 0
    found = [lines[start].text]
    for line in lines[start + 1 : start + 1 + LONGEST_TITLE]:
        is_sentence = line.text.endswith((".", ";", ":")) or BEGINS_BODY.match(line.text)
        if is_sentence or line.end > first or (not line.text and len(found) > 1):
            break
        found.append(line.text)
    return tuple(filter(None, found)), start + len(found)


def foot_of_lines(lines: Sequence[Line]) -> tuple[tuple[str, ...], tuple[str, ...], int] | None:
    """Recipients, the signature beside them, and where the body before them ends.

    Nothing where more follows than a signature: an annex is shown as it stands.
    """
    start = next((n for n, line in enumerate(lines) if RECIPIENTS.match(line.text)), None)
    if start is None:
        return None
    rest = [line.text for line in lines[start:] if line.text]
    if len(rest) > 40 or any(ANNEX.match(line) or FOOTNOTE.match(line) for line in rest):
        return None
    recipients: list[str] = [rest[0]]
    signature: list[str] = []
    for text in rest[1:]:
        goes_on = text[0].islower() and not signature
        (recipients if text.startswith(("-", "+", "•")) or goes_on else signature).append(text)
    first = start
    while first and lines[first - 1].text.isupper():
        first -= 1
    signature = [line.text for line in lines[first:start]] + signature
    return tuple(recipients), tuple(signature), lines[first].start


def roles_of_lines(
    text: str, spans: Sequence[tuple[int, int]], headings: Iterable[tuple[int, ...]]
) -> dict[int, str]:
    """How lines are set where the text is shown as it was read, by where they begin.

    "title" and "date" above the first item, "foot" from the recipients on, "heading" for items that are
    headings (their spans). Lines not named are paragraphs.
    """
    lines = [line for line in lines_of(text) if line.text]
    first = min((start for start, _ in spans), default=len(text))
    last = max((end for _, end in spans), default=0)
    roles = {start: "heading" for start, *_ in headings}
    above = [line for line in lines if line.end <= first]
    for place, line in enumerate(above[:SEARCHED]):
        if DATE.match(line.text):
            roles[line.start] = "date"
        elif KINDS.match(line.text):
            named = [one for one in above[place : place + 2] if not BEGINS_BODY.match(one.text)]
            roles |= {one.start: "title" for one in named}
        elif line.text.isupper() or NATION.match(line.text) or MOTTO.match(line.text):
            roles[line.start] = "title"
    foot = next((line.start for line in lines if line.start >= last and RECIPIENTS.match(line.text)), None)
    if foot is not None:
        roles |= {line.start: "foot" for line in lines if line.start >= foot}
    return roles
