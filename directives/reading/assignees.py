"""Who must act: the units and people that a text directs, and what they can be resolved to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .model import CLOSING, PREAMBLE, Assignee
from .normalise import LOWER, UPPER, View, any_of
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

# What stands before those who act: (role, pattern). The first that fits counts.
BEFORE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(rf"\b{any_of(phrases)} (?:với |cùng |cho )?$"))
    for role, phrases in (
        ("lead", "giao, giao cho, chủ trì"),
        ("support", "phối hợp, phối hợp chặt chẽ, phối kết hợp, phối hợp cùng với"),
        ("do", "đối với, yêu cầu, đề nghị, chỉ đạo, đôn đốc, phân công"),
        ("subject", "hướng dẫn, tham mưu, trình, báo cáo, gửi, hỗ trợ, kiểm tra, khuyến khích"),
    )
)
# At the start of a sentence whoever is named acts, unless the words go on to describe.
SENTENCE_START = re.compile(r"(?:^|[.;:\n] ?)$")
DESCRIBED = re.compile(
    r" ?(?:$|[^\w ]|"
    + any_of("""
        đã, của, có, được, là, và, với, tại, trong, trên, thuộc, theo, bị, chưa, vẫn, đang, cho, ở, để, nào,
        yêu cầu, đề nghị, thông báo, giao
    """)
    + r"\b)"
)
CLAUSE_START = re.compile(r"(?:^|[.;:\n,]\s*|\b(?:cụ thể(?: như)?|như|trong đó|đồng thời|và) ?:? ?)$")
DOES = re.compile(rf":? ?{VERBS}\b")
LOOKED_BACK = 48


def read_assignees(
    view: View, path: str, section: str | None, title_end: int
) -> tuple[list[Assignee], list[UnreadName]]:
    """Those whom a stretch directs, and the names in it of which that could not be told.

    ``title_end`` closes the words of a heading (0: it has none).
    """
    if section in (RESULTS, PURPOSE):
        return [], []
    found: list[Assignee] = []
    unread: list[UnreadName] = []
    for listed in lists(view):
        role = _given(view.key, listed.start)
        if role is None and path not in (PREAMBLE, CLOSING):
            role = _taken(view.key, listed, title_end)
        for a, b in listed.stretches if role else ():
            found += _resolved(view, path, role or "", a, b)
        why = _unread(view, listed, role)
        if why:
            unread.append(UnreadName(path, must_ask=why == "part"))
    return found, unread


def _given(key: str, a: int) -> str | None:
    """The role that the words before give."""
    before = key[max(0, a - LOOKED_BACK) : a]
    return next((role for role, pattern in BEFORE if pattern.search(before)), None)


def _taken(key: str, listed: Listed, title_end: int) -> str | None:
    """The role of whoever heads an item or opens a clause. In the frame of a letter that is its author."""
    a, b = listed.start, listed.end
    before = key[max(0, a - LOOKED_BACK) : a]
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


def _resolved(view: View, path: str, role: str, a: int, b: int) -> Iterator[Assignee]:
    """One assignee for each level that is named, else one."""
    words = view.key[a:b]
    kind, levels = resolve(words, view.text[a:b])
    for level in levels or (None,):
        yield Assignee(path, view.raw(a, b), role, view.span(a, b), kind, level)


def resolve(words: str, text: str) -> tuple[str | None, tuple[str, ...]]:
    """What a phrase can be resolved to: (kind, levels). ``words`` is the key of ``text``.

    A name in capitals after "trường" is a named school; levels narrow "các trường"; an office is one.
    """
    levels = tuple(level for level, pattern in LEVELS if pattern.search(words))
    schools = re.search(rf"(?<!\w)(?:{SCHOOLS}|hiệu trưởng|toàn ngành)(?!\w)", words)
    if re.match(rf"{MANY}?{OFFICES}(?!\w)", words) and not words.startswith("toàn ngành"):
        return "office", ()
    if not schools:
        return None, ()
    if NAMED_SCHOOL.search(text):
        return "named", levels
    return ("level", levels) if levels else ("all_schools", ())
