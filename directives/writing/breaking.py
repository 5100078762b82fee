"""Where a long name is broken: into few lines, near in length, and never inside a compound word."""

import unicodedata
from collections.abc import Sequence

# Advance widths of Times New Roman Bold and its metric twins, in thousandths of the size, and the characters
# that have them. A regular face is a little narrower, so that what fits here fits there.
_CHARACTERS_BY_WIDTH = {
    250: " ,.",
    278: "'/il",
    333: "!()-:;fjt",
    389: "Is",
    444: "cerz",
    500: "0123456789?Jagovxy–“”",
    556: "Sbdhknpquđ",
    611: "FP",
    667: "BELTZ",
    722: "ACDNRUVXYwĐ",
    778: "GHKOQ",
    833: "&m",
    944: "M",
}
_WIDTHS = {character: width for width, group in _CHARACTERS_BY_WIDTH.items() for character in group}
_WIDEST = 1000
# The horn of ơ and ư stands out by as much as this; other marks add nothing to their letter.
_HORN = "\u031b"
_HORN_WIDTH = 74

# What a reader takes as one word, in the names of offices, schools and places.
_COMPOUNDS = tuple(
    tuple(words.split())
    for words in (
        "ỦY BAN NHÂN DÂN",
        "TRUNG HỌC CƠ SỞ",
        "TRUNG HỌC PHỔ THÔNG",
        "GIÁO DỤC",
        "ĐÀO TẠO",
        "VĂN HÓA",
        "XÃ HỘI",
        "DÂN TỘC",
        "BÁN TRÚ",
        "NỘI TRÚ",
        "PHỔ THÔNG",
        "TIỂU HỌC",
        "MẦM NON",
        "MẪU GIÁO",
        "TRUNG TÂM",
        "NGHỀ NGHIỆP",
        "THƯỜNG XUYÊN",
        "HỘI NGHỊ",
        "GIAO BAN",
        "NĂM HỌC",
        "KẾT LUẬN",
        "GIÁM ĐỐC",
        "HIỆU TRƯỞNG",
        "TRƯỜNG HỌC",
    )
)

# Within the name of an office these are no part of what is called by name.
_LOWER = frozenset(("VÀ", "TỈNH", "XÃ", "PHƯỜNG", "THÀNH", "PHỐ", "CỦA", "CÁC"))
_ABBREVIATIONS = frozenset(
    ("UBND", "HĐND", "THCS", "THPT", "TH", "MN", "PTDTBT", "PTDTNT", "GDTX", "GDNN-GDTX")
)


def width(text: str) -> float:
    """The width of a text in Times New Roman Bold, in units of its size; never less than it is."""
    total = 0
    for character in unicodedata.normalize("NFD", text):
        if character == _HORN:
            total += _HORN_WIDTH
        elif not unicodedata.combining(character):
            total += _WIDTHS.get(character, _WIDEST)
    return total / 1000


def balanced(text: str, limit: float) -> tuple[str, ...]:
    """The lines of a name, each at most `limit` wide (in units of its size) where its words allow that."""
    units = [unit for whole in _units(text.split()) for unit in _held(whole, limit)]

    # From the end: for the units from each place on, the least of (number of lines, unevenness, lines).
    best: list[tuple[int, float, tuple[str, ...]]] = [(0, 0.0, ())]
    for start in reversed(range(len(units))):
        ways = []
        for end in range(start + 1, len(units) + 1):
            line = " ".join(units[start:end])
            if end > start + 1 and width(line) > limit:
                break
            count, unevenness, lines = best[end - start - 1]
            ways.append((count + 1, unevenness + (limit - width(line)) ** 2, (line, *lines)))
        best.insert(0, min(ways))
    return best[0][2]


def in_sentence(name: str) -> str:
    """A name in capitals as it is written in a sentence: "SỞ GIÁO DỤC VÀ ĐÀO TẠO" → "Sở Giáo dục và Đào tạo".

    A name that is not all in capitals stays as it is; so do abbreviations.
    """
    if not name.isupper():
        return name
    units = [_as_written(unit, first=not place) for place, unit in enumerate(_units(name.split()))]
    return " ".join(units)


def _as_written(unit: str, *, first: bool) -> str:
    if unit in _ABBREVIATIONS or "&" in unit:
        return unit
    return unit.lower() if unit in _LOWER and not first else unit.capitalize()


def _units(words: Sequence[str]) -> list[str]:
    """Words put together where they form a compound, a lone dash with the word before it."""
    units: list[str] = []
    at = 0
    while at < len(words):
        rest = tuple(word.upper() for word in words[at : at + 4])
        length = next((len(c) for c in _COMPOUNDS if rest[: len(c)] == c), 1)
        if at + length < len(words) and words[at + length] in ("-", "–"):
            length += 1
        units.append(" ".join(words[at : at + length]))
        at += length
    return units


def _held(unit: str, limit: float) -> list[str]:
    """The unit, or its words where it alone is too wide for a line."""
    return [unit] if width(unit) <= limit else unit.split()
