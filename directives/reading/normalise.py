"""Text as rules can match it, with a map back to every character of the text handed in."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .model import Span

# Marks of bold and italic, and characters without width.
DROPPED = frozenset("*\ufeff\u200b\u200c\u200d\u2060\u00ad")
REPLACED = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys(
        "\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000", " "
    ),
    # Letters of other languages that look like đ.
    **dict.fromkeys("\u00d0\u0189", "Đ"),
    **dict.fromkeys("\u00f0\u0256", "đ"),
    **dict.fromkeys("\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", "\n"),
}
DROPPED_ONE = re.compile(f"[{''.join(map(re.escape, DROPPED))}]")
REPLACED_ONE = re.compile(f"[{''.join(map(re.escape, REPLACED))}]")

# "hoà" and "hòa", "uỷ" and "ủy" are one spelling; "quý" and "hoàn" are no case of it.
TONE_PAIRS = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
TONE = re.compile(rf"(?<!q)(?:{'|'.join(TONE_PAIRS)})(?![a-zà-ỹđ])")
# "trưòng", "dưong": a mark that recognition or typing lost; "ư" is followed by "ơ" alone.
LOST_HORN = re.compile(r"ư([oòóỏõọ])(?=[a-zà-ỹđ])")
HORNED = dict(zip("oòóỏõọ", "ơờớởỡợ", strict=True))
SPELLINGS = {"kì": "kỳ", "kí": "ký", "tỉ": "tỷ", "lí": "lý", "qui": "quy"}
SPELLING = re.compile(rf"\b(?:{'|'.join(SPELLINGS)})\b")
# Vietnamese letters for character classes: their code points alternate between the cases.
_ACCENTED = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
LOWER = f"a-z{_ACCENTED}"
UPPER = f"A-Z{_ACCENTED.upper()}"
# Whitespace that is not already one blank between words.
SPACES = re.compile(r"[^\S ]\s*| \s+")


def phrases_of(words: str) -> set[str]:
    """The phrases of a list separated by commas, broken lines allowed."""
    return {" ".join(part.split()) for part in words.split(",")} - {""}


def any_of(phrases: str) -> str:
    """A pattern for any of the phrases of a list separated by commas, the longest first."""
    parts = phrases_of(phrases)
    return f"(?:{'|'.join(sorted(map(re.escape, parts), key=lambda part: (-len(part), part)))})"


def squeeze(text: str) -> str:
    """Composed characters, every run of whitespace one blank."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def matching_key(text: str) -> str:
    """Lower case, one spelling for variants; as long as ``text``, character for character."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    lower = TONE.sub(lambda match: TONE_PAIRS[match[0]], lower)
    lower = LOST_HORN.sub(lambda match: "ư" + HORNED[match[1]], lower)
    return SPELLING.sub(lambda match: SPELLINGS[match[0]], lower)


@dataclass(frozen=True)
class View:
    """A stretch of ``source`` made ready for matching.

    ``text`` keeps the case, ``key`` is its :func:`matching_key`; character ``i`` of both stands for
    ``source[starts[i]:ends[i]]``.
    """

    source: str
    text: str
    key: str
    starts: array[int]
    ends: array[int]

    @classmethod
    def of(cls, source: str) -> View:
        """The whole of a document: composed, markup dropped, dashes and blanks unified, lines kept."""
        if unicodedata.is_normalized("NFC", source):
            kept = _kept(source)
            text = REPLACED_ONE.sub(lambda match: REPLACED[match[0]], without_marks(source))
            starts, ends = array("L", kept), array("L", (i + 1 for i in kept))
        else:
            text, starts, ends = _composed(source)
        return cls(source, text, matching_key(text), starts, ends)

    def part(self, start: int, end: int) -> View:
        """The characters from ``start`` to ``end`` of this view."""
        cut = slice(start, end)
        return View(self.source, self.text[cut], self.key[cut], self.starts[cut], self.ends[cut])

    def folded(self, joints: Iterable[int] = ()) -> View:
        """Every run of whitespace one character: a new line between paragraphs, else a blank.

        ``joints`` are the places where a line begins that continues the paragraph before it.
        """
        joined = set(joints)
        pieces: list[str] = []
        keys: list[str] = []
        starts, ends = array("L"), array("L")
        last = 0
        for match in SPACES.finditer(self.text):
            a, b = match.span()
            mark = "\n" if "\n" in match[0] and b not in joined else " "
            pieces += (self.text[last:a], mark)
            keys += (self.key[last:a], mark)
            starts += self.starts[last : a + 1]
            ends += self.ends[last:a]
            ends.append(self.ends[b - 1])
            last = b
        pieces.append(self.text[last:])
        keys.append(self.key[last:])
        starts += self.starts[last:]
        ends += self.ends[last:]
        return View(self.source, "".join(pieces), "".join(keys), starts, ends)

    def span(self, start: int, end: int) -> Span:
        """The span in the source of a stretch that is not empty."""
        return self.starts[start], self.ends[end - 1]

    def raw(self, start: int, end: int) -> str:
        """The source of a stretch, whitespace folded."""
        first, last = self.span(start, end)
        return squeeze(self.source[first:last])

    def trimmed(self, start: int, end: int, also: str = "") -> tuple[int, int]:
        """The stretch without blanks (and the characters of ``also``) at either end."""
        text = self.text
        while start < end and (text[start].isspace() or text[start] in also):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in also):
            end -= 1
        return start, end


def without_marks(source: str) -> str:
    """A text without marks of bold and italic and characters without width."""
    return DROPPED_ONE.sub("", source)


def _kept(source: str) -> Sequence[int]:
    """The places of the characters that stay."""
    if len(without_marks(source)) == len(source):
        return range(len(source))
    return [i for i, c in enumerate(source) if c not in DROPPED]


def _composed(source: str) -> tuple[str, array[int], array[int]]:
    """Composes base letters with the marks that follow them, remembering where each came from."""
    pieces: list[str] = []
    starts, ends = array("L"), array("L")
    place = 0
    while place < len(source):
        stop = place + 1
        while stop < len(source) and unicodedata.combining(source[stop]):
            stop += 1
        for c in unicodedata.normalize("NFC", source[place:stop]):
            if c not in DROPPED:
                pieces.append(REPLACED.get(c, c))
                starts.append(place)
                ends.append(stop)
        place = stop
    return "".join(pieces), starts, ends
