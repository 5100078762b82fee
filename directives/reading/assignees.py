"""Who must act: the units and people that a text directs, and what they can be resolved to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .bodies import LABEL, MANY, OFFICES, SCHOOLS, SPECIAL_KIND, VERBS
from .model import CLOSING, PREAMBLE, Assignee
from .names import CLUSTER_SAID, LOOKED_BACK, Listed, UnreadName, lists, unread
from .normalise import View, any_of
from .sections import PURPOSE, RESULTS

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
            "đối với, yêu cầu, đề nghị, chỉ đạo, đôn đốc, phân công",
            "đơn vị thực hiện, trách nhiệm thực hiện",
        ),
        (
            "subject",
            "hướng dẫn, tham mưu, trình, báo cáo, gửi, hỗ trợ, kiểm tra, khuyến khích",
            "nơi nhận",
        ),
    )
)
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
    for listed in lists(view):
        before = view.key[max(0, listed.start - LOOKED_BACK) : listed.start]
        if listed.is_named:
            before = COUNTED.sub("", before)
        role = _given(before)
        if role is None and path not in (PREAMBLE, CLOSING):
            role = _taken(view.key, listed, before, title_end)
        for a, b in listed.stretches if role else ():
            found += _resolved(view, path, role or "", a, b, is_named=listed.is_named)
        missed = unread(view, listed, role)
        if missed:
            unclear.append(UnreadName(path, must_ask=missed == "part"))
    return found, unclear


def _given(before: str) -> str | None:
    """The role that the words before give."""
    given = next((role for role, pattern in BEFORE if pattern.search(before)), None)
    return given or ("do" if LABELLED.search(before) else None)


def _taken(key: str, listed: Listed, before: str, title_end: int) -> str | None:
    """The role of whoever heads an item or opens a clause. In the frame of a letter that is its author."""
    a, b = listed.start, listed.end
    aside = ASIDE.match(key, b) if listed.is_named else None
    b = aside.end() if aside else b
    if a == 0 and b >= title_end > 0:
        return "lead"
    if SENTENCE_START.search(before) and not DESCRIBED.match(key, b):
        return "do"
    if SENTENCE_START.search(before) and listed.is_named and TOLD.match(key, b):
        return "do"
    if (CLAUSE_START.search(before) or (listed.is_named and BY.search(before))) and DOES.match(key, b):
        return "do"
    return None


def _resolved(view: View, path: str, role: str, a: int, b: int, *, is_named: bool) -> Iterator[Assignee]:
    """One assignee for each level that is named, else one."""
    kind, levels = resolve(view.key[a:b], is_named=is_named)
    for level in levels or (None,):
        yield Assignee(path, view.raw(a, b), role, view.span(a, b), kind, level)


def resolve(words: str, *, is_named: bool) -> tuple[str | None, tuple[str, ...]]:
    """What the key of a phrase can be resolved to: (kind, levels).

    Schools called by name are "named"; levels narrow "các trường"; an office is one. Kinds of school that
    are no level ("các trường PTDTBT") and clusters are left to a person.
    """
    levels = tuple(level for level, pattern in LEVELS if pattern.search(words))
    if re.match(rf"{MANY}?{OFFICES}(?!\w)", words) and not words.startswith("toàn ngành"):
        return "office", ()
    if CLUSTER_SAID.match(words):
        return None, ()
    if is_named and (levels or SCHOOL_SAID.search(words)):
        return "named", levels
    if not SCHOOL_SAID.search(words) or SPECIAL_SAID.search(words):
        return None, ()
    return ("level", levels) if levels else ("all_schools", ())
