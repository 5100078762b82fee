"""Who must act: the units and people that a text directs, and what they can be resolved to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .bodies import (
    DEPARTMENTS,
    LABEL,
    MANY,
    OFFICE_HEADS,
    OFFICES,
    PEOPLE,
    ROOMS,
    SCHOOLS,
    SPECIAL_KIND,
    VERBS,
)
from .model import CLOSING, PREAMBLE, Assignee
from .names import CLUSTER_SAID, LOOKED_BACK, SOMEBODY, Listed, UnreadName, lists, unread
from .normalise import View, any_of
from .sections import PURPOSE, RESULTS
from .tables import LEAD, SUPPORT, zone_at, zones

LEVELS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (level, re.compile(rf"(?<!\w)(?:{words})(?!\w)"))
    for level, words in (
        ("preschool", "mầm non|mẫu giáo|nhà trẻ|mn|gdmn|mg"),
        ("primary", "tiểu học|th|th&thcs"),
        ("lower_secondary", "trung học cơ sở|thcs|th&thcs|thcs&thpt"),
        ("upper_secondary", "trung học phổ thông|thpt|thcs&thpt"),
        ("continuing", "giáo dục thường xuyên|gdtx|gdnn-gdtx|gdnn"),
    )
)
SCHOOL_SAID = re.compile(rf"(?<!\w)(?:{SCHOOLS}|hiệu trưởng|toàn ngành)(?!\w)")
SPECIAL_SAID = re.compile(rf"(?<!\w){SPECIAL_KIND}(?! môn)(?!\w)")

# What stands before those who act: (role, pattern). The first that fits counts.
BEFORE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (
        role,
        re.compile(
            rf"\b(?:{any_of(phrases)} (?:với |cùng |cho )?(?:(?:các )?đồng chí |đ/c )?"
            rf"|{any_of(labels)} ?: ?)$"
        ),
    )
    for role, phrases, labels in (
        ("lead", "giao, giao cho, chủ trì", "đơn vị chủ trì, chủ trì"),
        (
            "support",
            "phối hợp, phối hợp chặt chẽ, phối kết hợp, phối hợp cùng với",
            "đơn vị phối hợp, phối hợp",
        ),
        (
            "do",
            "đối với, yêu cầu, đề nghị, chỉ đạo, đôn đốc, phân công, giao nhiệm vụ cho",
            "đơn vị thực hiện, trách nhiệm thực hiện",
        ),
        (
            "subject",
            "hướng dẫn, tham mưu, trình, báo cáo, gửi, hỗ trợ, kiểm tra, khuyến khích",
            "nơi nhận",
        ),
    )
)
# "Giao chỉ tiêu phát triển giáo dục năm học 2025-2026 cho các trường".
GIVEN_TO = re.compile(r"\bgiao [^.;:\n]{1,60} cho $")
LABELLED = re.compile(rf"(?<!\w){LABEL} ?$")
# "Đối với 03 trường MN Hoa Ban, …".
COUNTED = re.compile(r"\b(?:\d{1,2}|hai|ba|bốn|năm) $")
# At the start of a sentence whoever is named acts, unless the words go on to describe.
SENTENCE_START = re.compile(r"(?:^|[.;:\n] ?)(?:riêng |ngoài ra,? )?(?:(?:các )?đồng chí |đ/c )?$")
DESCRIBED = re.compile(
    r" ?(?:$|[^\w ]|"
    + any_of("""
        đã, của, có, được, là, và, với, tại, trong, trên, thuộc, theo, bị, chưa, vẫn, đang, cho, ở, để, nào,
        yêu cầu, đề nghị, thông báo, giao
    """)
    + r"\b)"
)
CLAUSE_START = re.compile(r"(?:^|[.;:\n,]\s*|\b(?:cụ thể(?: như)?|như|trong đó|đồng thời|và) ?:? ?)$")
# "Chuyên đề do Trường TH Suối Mây tổ chức"; "Trường TH Suối Mây (đồng chí An): đón đoàn".
BY = re.compile(r"\bdo $")
ASIDE = re.compile(r" \([^()]{1,60}\)")
TOLD = re.compile(r" ?: ?[^\W\d_]")
DOES = re.compile(rf":? ?{VERBS}\b")
# "Các trường thuộc cụm ven biển (Hải Tiến, Long Bình) rà soát …".
WHICH = re.compile(
    r" (?:thuộc|trong|trên địa bàn|có|ở|tại|thực hiện|được|chưa|còn)(?:,? (?!đã\b|được\b)[^\W\d_]+){1,10}?"
    rf"(?: \([^()]{{1,80}}\))? {VERBS}\b(?! (?:của|từ|giữa)\b)"
)
# "V. Các trường trong kế hoạch": a heading that says of them where or which.
GROUP_HEAD = re.compile(rf"{MANY}|{OFFICES}(?!\w)")
ATTRIBUTE = re.compile(r" (?:trong|thuộc|trên địa bàn|có|được|tại|của|cấp|ngoài)(?: [^\W\d_]+){1,7}")
# "Trường THPT Suối Mây (chủ trì), THPT Khe Mây".
NOTED = re.compile(r" \((?:đơn vị )?(chủ trì|phối hợp)\)")
# "Đồng chí Lê Thị Hoa, chuyên viên phụ trách mầm non, theo dõi, tổng hợp".
DEED_LATER = re.compile(rf"[^.;:\n]{{0,80}}?[ ,]{VERBS}\b")
# "Phòng GD&ĐT là cơ quan Thường trực của Ban Chỉ đạo".
STANDING = re.compile(r" là (?:cơ quan|đơn vị) (?:thường trực|đầu mối|chủ trì)\b")


DEPARTMENT = re.compile(rf"{MANY}?{DEPARTMENTS}(?!\w)")
ROOM = re.compile(rf"{MANY}?(?!{OFFICES}(?!\w)){ROOMS}(?!\w)")
# "Chánh Văn phòng UBND huyện, Thủ trưởng các đơn vị": who comes first is no head of schools.
HEAD_OF_OFFICE = re.compile(rf"{MANY}?(?!hiệu trưởng|thủ trưởng|người đứng đầu){PEOPLE} {OFFICES}(?!\w)")
PERSON = re.compile(rf"{MANY}?{PEOPLE}(?!\w)")


@dataclass(frozen=True)
class Part:
    """The role that somebody has in an item, the rule that told it, and how sure that is."""

    role: str
    rule: str
    confidence: float


def read_assignees(
    view: View, path: str, section: str | None, title_end: int
) -> tuple[list[Assignee], list[UnreadName]]:
    """Those whom a stretch directs, and the names in it of which that could not be told.

    ``title_end`` closes the words of a heading (0: it has none).
    """
    if section in (RESULTS, PURPOSE):
        return [], []
    found: list[Assignee] = []
    unclear: list[UnreadName] = []
    cells = zones(view)
    for listed in lists(view):
        before = view.key[max(0, listed.start - LOOKED_BACK) : listed.start]
        if listed.is_named:
            before = COUNTED.sub("", before)
        cell = zone_at(cells, listed.start, LEAD, SUPPORT)
        part = Part(cell.kind, "table_column", 0.85) if cell else _given(before)
        if part is None and path not in (PREAMBLE, CLOSING):
            part = _taken(view.key, listed, before, title_end)
        for a, b in listed.stretches if part else ():
            found += _resolved(view, path, part, a, b, is_named=listed.is_named)  # type: ignore[arg-type]
        missed = unread(view, listed, part.role if part else None)
        if missed:
            unclear.append(UnreadName(path, must_ask=missed == "part"))
    return found, unclear


def _given(before: str) -> Part | None:
    """The part that the words before give."""
    given = next((role for role, pattern in BEFORE if pattern.search(before)), None)
    if given:
        return Part(given, "words_before", 0.9)
    if LABELLED.search(before):
        return Part("do", "label", 0.85)
    return Part("do", "given_to", 0.8) if GIVEN_TO.search(before) else None


def _taken(key: str, listed: Listed, before: str, title_end: int) -> Part | None:
    """The part of whoever heads an item or opens a clause. In the frame of a letter that is its author."""
    a, b = listed.start, listed.end
    aside = ASIDE.match(key, b)
    b = aside.end() if aside and (listed.is_named or DOES.match(key, aside.end())) else b
    if a == 0 and title_end > 0 and (part := _heads(key, listed, b, title_end)):
        return part
    if noted := NOTED.match(key, listed.end):
        return Part("lead" if noted[1] == "chủ trì" else "support", "noted", 0.85)
    if STANDING.match(key, b):
        return Part("lead", "standing", 0.85)
    if SENTENCE_START.search(before) and (part := _opens(key, listed, b)):
        return part
    if before.endswith("(") and listed.is_named and key.startswith(")", b) and DOES.match(key, b + 1):
        return Part("do", "aside_and_verb", 0.7)
    if (CLAUSE_START.search(before) or (listed.is_named and BY.search(before))) and DOES.match(key, b):
        return Part("do", "clause_verb", 0.75)
    return None


def _heads(key: str, listed: Listed, b: int, title_end: int) -> Part | None:
    """The part of whoever a heading is about."""
    if b >= title_end:
        return Part("lead", "heading", 0.9)
    attributed = GROUP_HEAD.match(key) and ATTRIBUTE.fullmatch(key, listed.end, title_end)
    return Part("lead", "heading", 0.75) if attributed else None


def _opens(key: str, listed: Listed, b: int) -> Part | None:
    """The part of whoever a sentence begins with, ``b`` being where the words for them end."""
    if SOMEBODY.match(key, listed.start) and DEED_LATER.match(key, b):
        return Part("do", "person_and_verb", 0.7)
    if DOES.match(key, b) or not DESCRIBED.match(key, b):
        return Part("do", "sentence_start", 0.8)
    if WHICH.match(key, b):
        return Part("do", "attribute_and_verb", 0.7)
    if (listed.is_named or listed.start == 0) and TOLD.match(key, b):
        return Part("do", "told", 0.7)
    return None


def _resolved(view: View, path: str, part: Part, a: int, b: int, *, is_named: bool) -> Iterator[Assignee]:
    """One assignee for each level that is named, else one."""
    kind, levels = resolve(view.key[a:b], is_named=is_named)
    if part.rule == "attribute_and_verb":
        kind, levels = None, ()  # some of them only, which a person must tell
    for level in levels or (None,):
        yield Assignee(
            path, view.raw(a, b), part.role, view.span(a, b), kind, level, part.rule, part.confidence
        )


def resolve(words: str, *, is_named: bool) -> tuple[str | None, tuple[str, ...]]:
    """What the key of a phrase can be resolved to: (kind, levels).

    Schools called by name are "named"; levels narrow "các trường"; an office is one. Kinds of school that
    are no level ("các trường PTDTBT") are left to a person.
    """
    levels = tuple(level for level, pattern in LEVELS if pattern.search(words))
    if DEPARTMENT.match(words):
        return "department", ()
    if CLUSTER_SAID.match(words) or words.startswith("cụm "):
        return "cluster", ()
    if ROOM.match(words):
        return "department", ()
    if HEAD_OF_OFFICE.match(words) or SOMEBODY.match(words):
        return "person", ()
    if re.match(rf"{MANY}?(?:{OFFICES}(?!\w)|{OFFICE_HEADS} )", words) and not words.startswith("toàn ngành"):
        return "office", ()
    if is_named and (levels or SCHOOL_SAID.search(words)):
        return "named", levels
    if not SCHOOL_SAID.search(words) or SPECIAL_SAID.search(words):
        return ("person" if PERSON.match(words) else None), ()
    return ("level", levels) if levels else ("all_schools", ())
