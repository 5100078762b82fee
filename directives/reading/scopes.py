"""Whose a target is: levels of schooling, and the words that narrow it.

They stand in the target's own words, else in the label before it ("Mầm non: …", "đối với trường chuẩn mức độ
2"), else in the headings above it, the nearest first.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from .model import Target
from .normalise import matching_key

LEVELS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (level, re.compile(rf"(?<!\w)(?:{words})(?!\w)"))
    for level, words in (
        ("preschool", r"mầm non|mẫu giáo|nhà trẻ|mn|gdmn"),
        ("primary", r"tiểu học|th|th&thcs|lớp [1-5](?!\d)"),
        ("lower_secondary", r"trung học cơ sở|thcs|th&thcs|thcs&thpt|lớp [6-9](?!\d)"),
        ("upper_secondary", r"trung học phổ thông|thpt|thcs&thpt|lớp 1[0-2]"),
        ("continuing", r"giáo dục thường xuyên|gdtx|gdnn-gdtx"),
    )
)
# Where nothing else is said, children are those of preschools.
CHILDREN = re.compile(r"(?<!\w)trẻ(?!\w)")
# "học sinh lớp 5 vào học lớp 6" counts those of class 5: what follows these words is where they go.
GOING_ON = re.compile(r"\b(?:vào (?:học )?lớp|lên lớp|thi vào)\b.*")
LABEL = re.compile(r"(?:^|[:;.()\n,])[ \d-]{0,8}(?P<label>[^\W\d_][^:;.()\n]{1,79}):(?=\s|$)")
MOST_LABELS = 3
CONCERNING = re.compile(
    r"\b(?:đối với|riêng) (?P<scope>[^,;:.()\n]{3,70}?)"
    r"(?= (?:đạt|có|từ|trên|tối thiểu|ít nhất|phải|và)\b| và$|[,;:.\n]|$)"
)
OTHERS = re.compile(r"^(?P<scope>các [^,;:.()\n]{2,40}? còn lại)\b")


def levels_of(words: str) -> tuple[str, ...]:
    """The levels of schooling that words name.

    >>> levels_of("trẻ mẫu giáo"), levels_of("học sinh lớp 9 vào lớp 10")
    (('preschool',), ('lower_secondary',))
    """
    key = GOING_ON.sub("", matching_key(words))
    return tuple(level for level, pattern in LEVELS if pattern.search(key))


class Labels:
    """The words before colons in a text, to be asked for by place."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = list(LABEL.finditer(text))
        self.ends = [label.end() for label in found]
        self.words = [label["label"].strip() for label in found]

    def before(self, place: int) -> list[str]:
        """The labels of the paragraph up to a place, the nearest first."""
        paragraph = self.text.rfind("\n", 0, place) + 1
        last = bisect_right(self.ends, place)
        first = max(bisect_left(self.ends, paragraph), last - MOST_LABELS)
        return self.words[first:last][::-1]


def placed(target: Target, above: Sequence[str]) -> Target:
    """The target with its levels and scope; ``above`` are labels and titles, the nearest first."""
    words = (target.raw, *above)
    levels = next((found for said in words if (found := levels_of(said))), ())
    if not levels and any(CHILDREN.search(matching_key(said)) for said in words):
        levels = ("preschool",)
    return replace(target, levels=levels, scope=_scope(target, above))


def _scope(target: Target, above: Sequence[str]) -> str | None:
    key = matching_key(target.raw)
    for pattern in (OTHERS, CONCERNING):
        narrowed = pattern.search(key)
        if narrowed and len(key) == len(target.raw):
            a, b = narrowed.span("scope")
            return target.raw[a:b]
    return next(iter(above), None)
