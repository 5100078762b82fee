"""An item's text in its sentences, and where words stand in the document. Pure."""

import re
import unicodedata
from collections.abc import Sequence

# A sentence ends before a capital, a number or a dash; "TP. Lào Cai" and "Th.S Lan" go on.
_BREAK = re.compile(r"\n+|(?<=[.;:!?…”\"*)])\s+(?=[\"“(*]*[A-ZÀ-ỸĐ\d]|[-–+•]\s)")
_GOES_ON = re.compile(r"(?:^|[\s(])(?:TP|Tp|TX|Tx|TT|Th|GS|PGS|TS|ThS|Q|P|Đ/c|đ/c|VD|v\.v)\.$")
_WORD = re.compile(r"\w+")
_OPENING = '-–+•“"(* \t'
# So many words in a row are enough to know a place by.
_KNOWN_BY = 6


def sentences(text: str) -> list[str]:
    """The sentences of an item in order; none is empty, and no word is lost."""
    found: list[str] = []
    start = 0
    for cut in _BREAK.finditer(text):
        if "\n" not in cut[0] and _GOES_ON.search(text[start : cut.start()]):
            continue
        found.append(text[start : cut.start()].strip())
        start = cut.end()
    found.append(text[start:].strip())
    return [one for one in found if one]


def parts_of(text: str, begins: Sequence[int]) -> list[str]:
    """The sentences put together into parts: each number is that of a sentence that begins a new part."""
    cuts = sorted({0, *begins})
    said = sentences(text)
    ends = [*cuts[1:], len(said)]
    return [" ".join(said[start:end]) for start, end in zip(cuts, ends, strict=True) if said[start:end]]


def place_of(words: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where words stand in `text[start:end]`, whatever marks and spaces stand between; None if they do not.

    The beginning and the end of the words are looked for; what lies between may differ.
    """
    said = [_plain(word[0]) for word in _WORD.finditer(words)]
    there = [(_plain(word[0]), word.start(), word.end()) for word in _WORD.finditer(text, start, end)]
    known = [word for word, _, _ in there]
    first = _found(said[:_KNOWN_BY], known, 0)
    if first is None:
        return None
    tail = said[-_KNOWN_BY:]
    last = _found(tail, known, first + len(said) - len(tail))
    stop = there[last + len(tail) - 1][2] if last is not None else there[first + len(said[:_KNOWN_BY]) - 1][2]
    begin = there[first][1]
    while begin > start and text[begin - 1] in _OPENING:
        begin -= 1
    while stop < end and text[stop] in '.;:,!?…”")*':
        stop += 1
    return begin + len(text[begin:stop]) - len(text[begin:stop].lstrip()), stop


def _found(wanted: Sequence[str], known: Sequence[str], start: int) -> int | None:
    """Where a run of words begins, at or behind `start`."""
    if not wanted:
        return None
    for place in range(max(start, 0), len(known) - len(wanted) + 1):
        if known[place] == wanted[0] and list(known[place : place + len(wanted)]) == list(wanted):
            return place
    return None


def _plain(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold()
