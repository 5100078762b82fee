"""Which indicator a sentence of a document may mean, by its wording. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from eduportal.base.text import search_key

# Below this a proposal would be a guess; nothing is proposed.
LIKELY = 82
# What stands in the sentence says more than the heading above it.
WEIGHT_OF_HEADING = 0.25
# How documents call the units that indicators are in.
UNITS = {
    "%": "percent",
    "truong": "schools",
    "truong hoc": "schools",
    "co so": "schools",
    "don vi": "schools",
    "lop": "classes",
    "lop hoc": "classes",
    "hoc sinh": "pupils",
    "hoc vien": "pupils",
    "em": "pupils",
    "tre": "children",
    "tre em": "children",
    "chau": "children",
    "giao vien": "teachers",
    "phong hoc": "rooms",
    "xa": "communes",
    "xa, phuong": "communes",
}
# Words in long and short, so that both are one; of numbers only the level of the standard is kept.
SHORT = (
    (re.compile(r"\btrung hoc co so\b"), "thcs"),
    (re.compile(r"\btrung hoc pho thong\b"), "thpt"),
    (re.compile(r"\bmuc do 1\b"), "mucmot"),
    (re.compile(r"\bmuc do 2\b"), "muchai"),
    (re.compile(r"\b(?:duy tri|phan dau|dam bao|bao dam|tu|tro len|dat|tren|duoi|it nhat|toi thieu)\b"), " "),
    (re.compile(r"[\d.,%()/;:-]+"), " "),
)


@dataclass(frozen=True)
class Candidate:
    """An indicator by what it is called."""

    pk: int
    unit: str
    wordings: tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """An indicator that fits, and how well, out of 100."""

    pk: int
    score: float


def words_of(text: str) -> str:
    """A sentence by its words alone: without diacritics, numbers and what every target says."""
    key = search_key(text)
    for pattern, short in SHORT:
        key = pattern.sub(short, key)
    return " ".join(key.split())


def best_match(sentence: str, heading: str, unit: str, candidates: Iterable[Candidate]) -> Match | None:
    """The indicator that a sentence under a heading most likely means, of those in its unit; None: none.

    Of equals the one that stands first in lists is taken.
    """
    wanted = UNITS.get(search_key(unit), "")
    said, above = words_of(sentence), words_of(heading)
    fitting = [one for one in candidates if one.unit == wanted]
    scored = [Match(one.pk, score(said, above, one.wordings)) for one in fitting]
    best = max(scored, key=lambda match: match.score, default=None)
    return best if best and best.score >= LIKELY else None


def score(said: str, above: str, wordings: Sequence[str]) -> float:
    """How near a sentence comes to the nearest of the wordings, and its heading with it."""
    return max((likeness(said, above, words_of(one)) for one in wordings), default=0.0)


def likeness(said: str, above: str, wording: str) -> float:
    own = fuzz.token_sort_ratio(said, wording) * 0.4 + fuzz.token_set_ratio(said, wording) * 0.6
    beside = fuzz.token_set_ratio(f"{above} {said}", wording)
    return own * (1 - WEIGHT_OF_HEADING) + beside * WEIGHT_OF_HEADING


def group_meant(sentence: str, indicator: Sequence[str], groups: Mapping[int, Sequence[str]]) -> int | None:
    """The group of schools that a sentence names, by its key: of several the one named at greatest length.

    None where what the indicator is called says it already: "trường đạt chuẩn mức độ 2" counts such schools,
    and does not ask something of them.
    """
    said, counted = search_key(sentence), [search_key(one) for one in indicator]
    named = [
        (len(key), group)
        for group, wordings in groups.items()
        for key in map(search_key, wordings)
        if key in said and not any(key in one for one in counted)
    ]
    return max(named, default=(0, None), key=lambda one: one[0])[1]
