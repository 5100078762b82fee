"""Slips of recognition and typing that the grammar of a document settles: mended for reading, and told.

"l5/12/2O26" can only be 15/12/2026; "98 0/0" is a share; between "d)" and "e)" stands "đ)". What could mean
two things is left as it is. The source is never changed: spans count its characters, and each slip becomes a
warning ``slip_mended`` with what is printed and what was read for it.
"""

from __future__ import annotations

import datetime
import itertools
import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .model import Warning
from .normalise import UPPER, View, matching_key

# Letters that recognition puts for digits.
DIGITS = str.maketrans("OoQlI|i!SsBZz", "0001111155822")
LIKE_DIGIT = r"[\dOoQlI|i!SsBZz]"
# "l5/12/2O26", "ngày l5 tháng 12 năm 2O26".
DATE = re.compile(
    rf"(?<![\w/])(?P<day>{LIKE_DIGIT}{{1,2}})(?P<gap>[/.-])(?P<month>{LIKE_DIGIT}{{1,2}})(?P=gap)"
    rf"(?P<year>{LIKE_DIGIT}{{4}})(?!\w)"
)
DATE_IN_WORDS = re.compile(
    rf"\b[Nn]gày (?P<day>{LIKE_DIGIT}{{1,2}}) tháng (?P<month>{LIKE_DIGIT}{{1,2}}) "
    rf"năm (?P<year>{LIKE_DIGIT}{{4}})(?!\w)"
)
DAY_AND_MONTH = re.compile(rf"\b[Nn]gày (?P<day>{LIKE_DIGIT}{{1,2}})/(?P<month>{LIKE_DIGIT}{{1,2}})(?![\w/])")
YEARS = re.compile(rf"\b[Nn]ăm học (?P<first>{LIKE_DIGIT}{{4}}) ?- ?(?P<second>{LIKE_DIGIT}{{4}})(?!\w)")
NUMBER = re.compile(r"\b[Ss][oôốồổỗộ] ?:? ?(?P<number>[\dOolI|]{1,5})(?= ?/ ?[\dA-ZĐ])")
PERCENT = re.compile(r"(?<=\d) (?P<sign>[0Oo°]/[0Oo°])(?![\w/])|(?<=\d\d)(?P<close>[0Oo°]/[0Oo°])(?![\w/])")

# Words of the frame around a text, which are known even where their marks were lost.
FRAME = ("Kính gửi:", "Nơi nhận:", "Độc lập - Tự do - Hạnh phúc")
NUMBERED_FRAME = ("Điều", "Chương", "Phần")

LINE_BREAK = re.compile(r"\n[^\S\n]*")
ROMAN_LIKE = re.compile(rf"(?P<n>[Il1|VX]{{1,5}})[.)][^\S\n]+(?=[{UPPER}“\"])")
LETTERED = re.compile(r"(?P<n>[a-zđ])\)")
ROMANS = {
    "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11,
    "XII": 12,
}  # fmt: skip
BARS = re.compile(r"[l1|]")


@dataclass(frozen=True)
class Slip:
    """What stands at ``[start, end)`` of a view and what it is read as, no longer than that."""

    start: int
    end: int
    meant: str


def mended(view: View) -> tuple[View, list[Warning]]:
    """The view with its slips mended, and a warning for each, in the order of the text."""
    slips = without_overlap(found_slips(view))
    warnings = [
        Warning(
            "slip_mended",
            view.span(slip.start, slip.end),
            {"read": view.text[slip.start : slip.end], "text": slip.meant},
        )
        for slip in slips
    ]
    return (put_right(view, slips) if slips else view), warnings


def found_slips(view: View) -> Iterator[Slip]:
    text = view.text
    yield from dates(text)
    for match in YEARS.finditer(text):
        yield from digits_of(text, match, ("first", "second"))
    for match in NUMBER.finditer(text):
        yield from digits_of(text, match, ("number",))
    for match in PERCENT.finditer(text):
        start, end = match.span("sign" if match["sign"] else "close")
        yield Slip(start, end, "%")
    starts = [0, *(line.end() for line in LINE_BREAK.finditer(text))]
    yield from frame_words(text, starts)
    yield from romans(text, starts)
    yield from letters(text, starts)


def without_overlap(slips: Iterable[Slip]) -> list[Slip]:
    found: list[Slip] = []
    for slip in sorted(slips, key=lambda one: (one.start, -one.end)):
        if not found or slip.start >= found[-1].end:
            found.append(slip)
    return found


def put_right(view: View, slips: list[Slip]) -> View:
    """The view with each slip as it is meant; the last character of it stands for all that is left over."""
    pieces: list[str] = []
    starts, ends = array("L"), array("L")
    place = 0
    for slip in slips:
        kept = slip.start + len(slip.meant)
        pieces += (view.text[place : slip.start], slip.meant)
        starts += view.starts[place:kept]
        ends += view.ends[place : kept - 1]
        ends.append(view.ends[slip.end - 1])
        place = slip.end
    pieces.append(view.text[place:])
    starts += view.starts[place:]
    ends += view.ends[place:]
    text = "".join(pieces)
    return View(view.source, text, matching_key(text), starts, ends)


# --- digits -------------------------------------------------------------------------------------------------


def dates(text: str) -> Iterator[Slip]:
    """Days with letters for digits, where what they stand for is a day of the calendar."""
    for pattern in (DATE, DATE_IN_WORDS, DAY_AND_MONTH):
        for match in pattern.finditer(text):
            parts = {
                name: part.translate(DIGITS) for name, part in match.groupdict().items() if name != "gap"
            }
            if is_day(int(parts.get("year", "2024")), int(parts["month"]), int(parts["day"])):
                yield from digits_of(text, match, tuple(parts))


def is_day(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return 1900 < year < 2100


def digits_of(text: str, match: re.Match[str], names: Iterable[str]) -> Iterator[Slip]:
    for name in names:
        start, end = match.span(name)
        meant = match[name].translate(DIGITS)
        if meant != text[start:end]:
            yield Slip(start, end, meant)


# --- words and numbers at the head of a line ----------------------------------------------------------------


def at_lines(pattern: re.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
    """What a pattern finds at the beginnings of lines."""
    return (match for start in starts if (match := pattern.match(text, start)))


def loosely(phrase: str) -> str:
    """A pattern for a phrase with any marks on its letters, or none."""
    return "".join(VARIANTS.get(bare(letter), re.escape(letter)) for letter in phrase.lower())


def bare(letter: str) -> str:
    return "d" if letter == "đ" else unicodedata.normalize("NFD", letter)[0]


def variants() -> dict[str, str]:
    """The classes of letters that differ in their marks alone."""
    found: dict[str, str] = {}
    for letter in "aăâdđeêioôơuưy":
        tones = (
            unicodedata.normalize("NFC", letter + mark) for mark in ("", *"\u0301\u0300\u0309\u0303\u0323")
        )
        found[bare(letter)] = found.get(bare(letter), "") + "".join(one for one in tones if len(one) == 1)
    return {letter: f"[{of_it}]" for letter, of_it in found.items()}


VARIANTS = variants()
BEFORE_A_NUMBER = {
    **dict.fromkeys(NUMBERED_FRAME, r"(?= (?:\d{1,3}|[IVX]{1,5})\s*[.:\n])"),
    "Số:": r"(?= ?[\dOolI|]{0,5} ?/ ?[\dA-ZĐ])",
}
FRAME_WORDS = [
    (re.compile(f"{loosely(words)}{after}", re.IGNORECASE), words)
    for words, after in (dict.fromkeys(FRAME, "") | BEFORE_A_NUMBER).items()
]


def frame_words(text: str, starts: list[int]) -> Iterator[Slip]:
    """Words of the frame whose marks were lost or misread: "Kinh gửi:", "Diều 3."."""
    for pattern, words in FRAME_WORDS:
        for match in at_lines(pattern, text, starts):
            if matching_key(match[0]) != matching_key(words):
                yield Slip(match.start(), match.end(), words.upper() if match[0].isupper() else words)


def romans(text: str, starts: list[int]) -> Iterator[Slip]:
    """ "ll." and "lV." as the Roman number that comes next, "l." as the 1 before a 2 or the I before a II.

    The "l)" after a "k)" is itself.
    """
    points = list(at_lines(LETTERED, text, starts))
    meant = {
        after.start() for before, after in itertools.pairwise(points) if before["n"] + after["n"] == "kl"
    }
    heads = [head for head in at_lines(ROMAN_LIKE, text, starts) if head.start() not in meant]
    signs = [BARS.sub("I", match["n"]) for match in heads]
    last = 0
    for match, roman, after in itertools.zip_longest(heads, signs, signs[1:]):
        value, (start, end) = ROMANS.get(roman, 0), match.span("n")
        if match["n"] == roman:
            last = value or last
        elif match["n"].isdigit():
            continue
        elif value == last + 1 and (value > 1 or after == "II"):
            last = value
            yield Slip(start, end, roman)
        elif match["n"] in "l|":
            yield Slip(start, end, "1")


def letters(text: str, starts: list[int]) -> Iterator[Slip]:
    """The second "d)" before an "e)" is a "đ)"."""
    heads = list(at_lines(LETTERED, text, starts))
    for before, match, after in zip(heads, heads[1:], heads[2:], strict=False):
        if (before["n"], match["n"], after["n"]) == ("d", "d", "e"):
            yield Slip(match.start("n"), match.end("n"), "đ")
