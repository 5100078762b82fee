"""The letterhead: number and symbol, place and date, kind, subject, addressees, stamps."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .layout import Line, cells, continues
from .model import Evidence, Header, Span, Warning
from .normalise import View, squeeze
from .outline import BULLETS, marker_of

DOC_TYPES = {
    "công điện": "cong_dien",
    "quyết định": "quyet_dinh",
    "chỉ thị": "chi_thi",
    "kế hoạch": "ke_hoach",
    "thông báo": "thong_bao",
    "thông cáo": "thong_bao",
    "hướng dẫn": "huong_dan",
    "báo cáo": "bao_cao",
    "tờ trình": "to_trinh",
    "chương trình": "chuong_trinh",
    "đề án": "de_an",
    "nghị quyết": "nghi_quyet",
    "giấy mời": "giay_moi",
    "công văn": "cong_van",
}
SYMBOL_TYPES = {
    "QĐ": "quyet_dinh", "CT": "chi_thi", "KH": "ke_hoach", "TB": "thong_bao", "HD": "huong_dan",
    "BC": "bao_cao", "TTR": "to_trinh", "CTR": "chuong_trinh", "ĐA": "de_an", "NQ": "nghi_quyet",
    "CĐ": "cong_dien", "GM": "giay_moi",
}  # fmt: skip
NUMBER = re.compile(
    r"^(?:[Ss]\s?ố|SỐ)\s*:?\s*(?P<number>\d{1,5}[a-zđ]?)?[\s.…_]*(?P<year>/\s*\d{4}\s*)?"
    r"(?:/|-(?=[A-ZĐ]{2,6}/))\s*\s*(?P<symbol>[A-ZĐ][\w&/]{1,30}(?:\s?-\s?[A-ZĐ][\w&/]*)*)"
)
NUMBER_ONLY = re.compile(r"^số\s*:\s*(?P<number>\d{1,5}[a-z]?)?[\s.…_/]*$", re.IGNORECASE)
PLACE_DATE = re.compile(
    r"(?P<place>[^\W\d_][^,\n:;/\d]{1,60}?)\s*,\s*ngày\s*(?P<day>\d{1,2})?[\s.…_]*tháng\s*(?P<month>\d{1,2})?[\s.…_]*"
    r"năm\s*(?P<year>(?:19|20)\d\d)?",
    re.IGNORECASE,
)
# "Nam Khê, ngày 20/3/2025": not as the decree has it.
SHORT_DATE = re.compile(
    r"^(?P<place>[^\W\d_][^,\n:;/\d]{1,60}?)\s*,\s*ngày\s*(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})\s*[/.-]\s*"
    r"(?P<year>(?:19|20)\d\d)$",
    re.IGNORECASE,
)
ABOUT = re.compile(r"^(?:v/v|về việc)\b\s*:?\s*", re.IGNORECASE)
V_V = re.compile(r"\s*[Vv]/[Vv]\b\s*:?\s*")
TO = re.compile(r"^kính gửi\s*:?\s*", re.IGNORECASE)
ADDRESSEES = re.compile(
    r"\s*;\s*|\s*,\s*(?=(?:các|toàn thể|trường|phòng|sở|UBND|Ủy ban|"
    r"trung tâm)\s)",
    re.IGNORECASE,
)
LISTED = re.compile(r"\s*;\s*")
SECRECY = re.compile(r"^(?:độ mật\s*:?\s*)?(tuyệt mật|tối mật|mật)$")
URGENCY = re.compile(r"^(?:độ khẩn\s*:?\s*)?(hỏa tốc(?: hẹn giờ)?|thượng khẩn|khẩn)$")
MOTTO = re.compile(
    r"^(?:cộng hòa xã hội chủ nghĩa việt nam|độc lập\s*-\s*tự do\s*-\s*hạnh phúc|"
    r"đảng cộng sản việt nam)$"
)
OPENING = re.compile(r"^(?:căn cứ|thực hiện|ngày \d|theo|để|nhằm|sau khi|trên cơ sở|tiếp theo|thi hành)\b")
# Under the subject of a decision: who decides.
AUTHOR = re.compile(
    r"^(?:CHỦ TỊCH|GIÁM ĐỐC|[UỦ][ỶY] BAN|HỘI ĐỒNG|BỘ TRƯỞNG|THỦ TƯỚNG|TRƯỞNG (?:PHÒNG|BAN)|HIỆU TRƯỞNG)(?!\w)"
)
# "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:": an urgent telegram has no "Kính gửi".
CABLED = re.compile(r"(?:^|\s)điện\s*:\s*")
FOOTNOTE_MARK = re.compile(r"(?<=[^\W\d_])[\d¹²³]$")
RULE = re.compile(r"^[-_=*. ]+$")
SEARCHED_LINES = 40
LONGEST_LINE = 400


@dataclass
class Draft:
    """What has been found so far, and the first line that does not belong to the letterhead."""

    fields: dict[str, object] = field(default_factory=dict)
    body: int = 0
    number_line: Span | None = None
    date_line: Span | None = None
    warnings: list[Warning] = field(default_factory=list)
    evidence: dict[str, Evidence] = field(default_factory=dict)

    def saw(self, name: str, span: Span, rule: str, confidence: float = 0.95) -> None:
        """Keeps where a field was read."""
        self.evidence[name] = Evidence(name, span, rule, confidence)

    def found(self, line: int, **values: object) -> None:
        self.fields.update({name: value for name, value in values.items() if value is not None})
        self.body = max(self.body, line + 1)


def read_header(view: View, lines: Sequence[Line]) -> tuple[Header, int, list[Warning]]:
    """The header without recipients and signer, the index of the first line of the body, and warnings."""
    draft = Draft()
    head = list(lines[:SEARCHED_LINES])
    head = list(itertools.takewhile(lambda line: not _begins_items(line), head))
    index = 0
    while index < len(head) and not _body_begins(head[index], draft):
        index = _take(view, head, index, draft)
    _judge(draft)
    evidence = tuple(draft.evidence.values())
    return Header(**draft.fields, evidence=evidence), draft.body, draft.warnings  # type: ignore[arg-type]


def _begins_items(line: Line) -> bool:
    marker = marker_of(line)
    return marker is not None and marker.value == 1 and marker.style not in BULLETS


def _body_begins(line: Line, draft: Draft) -> bool:
    known = draft.fields.keys() & {"doc_type", "addressees"}
    return (len(line.text) > LONGEST_LINE and not TO.match(line.key)) or bool(
        known and OPENING.match(line.key)
    )


def _take(view: View, head: list[Line], index: int, draft: Draft) -> int:
    """Reads what begins on a line; returns the line to go on with."""
    line = head[index]
    if TO.match(line.key):
        return _addressees(view, head, index, draft, skip=len(TO.match(line.key)[0]))  # type: ignore[index]
    if draft.fields.get("doc_type") == "cong_dien" and (cabled := CABLED.search(line.text)):
        return _addressees(view, head, index, draft, skip=cabled.end())
    if ABOUT.match(line.key) and "subject" not in draft.fields:
        return _subject(view, head, index, draft, skip=len(ABOUT.match(line.key)[0]))  # type: ignore[index]
    kind = _kind(line)
    if kind and "doc_type" not in draft.fields and "addressees" not in draft.fields:
        draft.found(index, doc_type=DOC_TYPES[kind])
        draft.saw("doc_type", view.span(line.start, line.start + len(kind)), "kind_line")
        if len(line.text) > len(kind):
            return _subject(view, head, index, draft, skip=len(kind))
        if index + 1 < len(head) and not TO.match(head[index + 1].key):
            return _subject(view, head, index + 1, draft)
        return index + 1
    for cell in cells(line):
        _cell(view, line, cell, index, draft)
    return index + 1


def _kind(line: Line) -> str | None:
    """The name of the kind of document, on a line in capitals that begins with it."""
    if not line.text.isupper():
        return None
    return next((name for name in DOC_TYPES if re.match(rf"{name}\b", line.key)), None)


def _cell(view: View, line: Line, cell: str, index: int, draft: Draft) -> None:
    key = cell.lower().replace("hoả", "hỏa").replace("hoà", "hòa")
    span = view.span(line.start, line.end)
    number = NUMBER.match(cell)
    date = PLACE_DATE.search(cell, number.end() if number else 0) or SHORT_DATE.match(cell)
    about = ABOUT.match(cell)
    if number and "symbol" not in draft.fields:
        draft.found(index, number=number["number"], symbol="".join(number["symbol"].split()).rstrip("/"))
        draft.number_line = span
        draft.saw("number", span, "number_line")
    elif (bare := NUMBER_ONLY.match(cell)) and draft.number_line is None:
        draft.found(index, number=bare["number"])
        draft.number_line = span
        draft.saw("number", span, "number_only", 0.8)
    if date and draft.date_line is None and date.end() > len(cell) - 4:
        draft.date_line = span
        draft.saw("issued_on", span, "place_and_date")
        _date(date, index, draft)
    elif about and "subject" not in draft.fields:
        draft.found(index, subject=squeeze(cell[about.end() :]).rstrip(" .;"))
        draft.saw("subject", span, "about_in_column", 0.8)
    elif stamp := SECRECY.match(key):
        draft.found(index, secrecy=stamp[1].upper())
        draft.saw("secrecy", span, "stamp")
        draft.warnings.append(Warning("secrecy", span))
    elif stamp := URGENCY.match(key):
        draft.found(index, urgency=stamp[1].upper())
        draft.saw("urgency", span, "stamp")
    elif MOTTO.match(key) or (cell.isupper() and draft.number_line is None and index == draft.body):
        draft.found(index)


def _date(date: re.Match[str], index: int, draft: Draft) -> None:
    day, month, year = (int(date[part]) if date[part] else None for part in ("day", "month", "year"))
    issued_on = None
    if day and month and year:
        try:
            issued_on = datetime.date(year, month, day)
        except ValueError:
            draft.warnings.append(Warning("invalid_date", draft.date_line, {"text": squeeze(date[0])}))
    known = year and month and 1 <= month <= 12
    draft.found(
        index,
        place=squeeze(date["place"]).strip(" -"),
        issued_on=issued_on,
        issued_month=f"{year:04d}-{month:02d}" if known else None,
    )


def _subject(view: View, head: list[Line], index: int, draft: Draft, skip: int = 0) -> int:
    """The subject from a line on, with the lines that it runs over."""
    last = index
    while last + 1 < len(head) and _runs_on(
        head, last, begun=bool(skip == 0 or len(head[index].text) > skip)
    ):
        last += 1
    about = V_V.match(head[index].text, skip)
    start = about.end() if about else skip
    start, end = view.trimmed(head[index].start + start, head[last].end, also=" .;:-")
    if start < end:
        draft.found(last, subject=view.raw(start, end))
        draft.saw("subject", view.span(start, end), "subject_lines", 0.9)
    else:
        draft.found(last)
    return last + 1


def _runs_on(head: list[Line], last: int, *, begun: bool) -> bool:
    line, previous = head[last + 1], head[last]
    if any(rule.match(line.key) for rule in (TO, ABOUT, OPENING, RULE, MOTTO)) or PLACE_DATE.search(
        line.text
    ):
        return line.text[0].islower() and begun
    if NUMBER.match(line.text) or CABLED.search(line.text):
        return False
    if AUTHOR.match(line.text) and line.text.isupper() and not previous.text.isupper():
        return False
    return continues(previous, line) or (not line.blank_before and not previous.text.endswith((".", ";")))


def _addressees(view: View, head: list[Line], index: int, draft: Draft, *, skip: int) -> int:
    """Those whom a line names after the words that it begins with, and the lines that go on with them."""
    entries = [head[index].text[skip:]]
    last = index
    while last + 1 < len(head) and (
        head[last + 1].text.startswith(("-", "+", "•"))
        or (head[last].text.endswith(";") and not OPENING.match(head[last + 1].key))
        or (continues(head[last], head[last + 1]) and head[last].text[-1] not in ".:")
        or (not entries[0].strip() and last == index)
    ):
        last += 1
        entries.append(head[last].text.lstrip("-+• "))
    draft.found(last, addressees=tuple(filter(None, _names(entries))))
    draft.saw("addressees", view.span(head[index].start, head[last].end), "addressed_to")
    return last + 1


def _names(entries: list[str]) -> Iterator[str]:
    """The addressees of a list, a line each; on a single line commas divide them."""
    joined = _joined(entries)
    divider = LISTED if len(joined) > 1 else ADDRESSEES
    for name in (name for entry in joined for name in divider.split(entry)):
        yield FOOTNOTE_MARK.sub("", squeeze(name).strip(" .;,-"))


def _joined(entries: list[str]) -> list[str]:
    """Entries of a list, with the lines that go on with the entry before them."""
    joined: list[str] = []
    for entry in filter(str.strip, entries):
        if joined and joined[-1].rstrip()[-1] not in ";.," and entry[0].islower():
            joined[-1] += f" {entry}"
        else:
            joined.append(entry)
    return joined


def _judge(draft: Draft) -> None:
    """The kind where no line names it, and what a person must complete."""
    found = draft.fields
    if "doc_type" not in found:
        parts = re.split(r"[-/]", str(found.get("symbol", "")))
        by_symbol = next((SYMBOL_TYPES[part.upper()] for part in parts if part.upper() in SYMBOL_TYPES), None)
        letter = (
            found.get("addressees") or (found.get("subject") and found.get("symbol")) or found.get("symbol")
        )
        draft.fields["doc_type"] = by_symbol or ("cong_van" if letter else "other")
    if found["doc_type"] == "other":
        draft.warnings.append(Warning("type_unknown"))
    if not found.get("number"):
        code = "number_blank" if draft.number_line else "number_missing"
        draft.warnings.append(Warning(code, draft.number_line))
    if not found.get("issued_on"):
        code = "date_incomplete" if draft.date_line else "date_missing"
        draft.warnings.append(Warning(code, draft.date_line))
