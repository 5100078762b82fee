"""Text written in the font codes of before Unicode, recognised and brought into Unicode. Pure.

TCVN3 (ABC, the fonts .VnTime …) has one sign for each small letter; capitals are set in fonts of their own,
whose names end in H. VNI (the fonts VNI-Times …) puts a second sign behind the letter. Both are shown here as
a western code page (windows-1252) shows them, which is how they come out of files.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from enum import Enum


class LegacyCode(Enum):
    """The two codes that Vietnamese offices wrote in; the value is the name they go by."""

    TCVN3 = "TCVN3"
    VNI = "VNI"


# --- the tables ---------------------------------------------------------------------------------------------

TCVN3 = dict(
    zip(
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§",
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
        strict=True,
    )
)


def vni_table() -> dict[str, str]:
    """Letters of one sign, and those of a letter with the sign that carries its marks."""
    tones = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
    hats = {"â": "\u0302"} | dict(
        zip(
            "áàåãä",
            ("\u0302" + tone for tone in "\u0301\u0300\u0309\u0303\u0323"),
            strict=True,
        )
    )
    breves = {"ê": "\u0306"} | dict(
        zip("éèúüë", ("\u0306" + tone for tone in "\u0301\u0300\u0309\u0303\u0323"), strict=True)
    )
    horned = {"ô": "ơ", "ö": "ư"}
    table = {"ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"} | horned
    for bases, marks in (("aeouyôö", tones), ("aeo", hats), ("a", breves)):
        for base, (sign, mark) in itertools.product(bases, marks.items()):
            table[base + sign] = unicodedata.normalize("NFC", horned.get(base, base) + mark)
    return table | {signs.upper(): letter.upper() for signs, letter in table.items()}


VNI = vni_table()
VNI_SIGNS = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
TCVN3_SIGNS = str.maketrans(TCVN3)


def to_unicode(text: str, code: LegacyCode) -> str:
    """
    >>> to_unicode("Ñeà nghò caùc tröôøng", LegacyCode.VNI)
    'Đề nghị các trường'
    """
    if code is LegacyCode.TCVN3:
        return text.translate(TCVN3_SIGNS)
    return VNI_SIGNS.sub(lambda signs: VNI[signs[0]], with_marks_of_one_case(text))


MIXED = re.compile(r"([AEOUYÔÖ])([ùøûõïâáàåãäêéèúüë])")


def with_marks_of_one_case(text: str) -> str:
    """Some typed a capital with the sign of a small letter: "Aùp" for "AÙp"."""
    return MIXED.sub(lambda pair: pair[0].upper(), text)


# The sign for "ư" is a soft hyphen, which programs turn into a hyphen: within a word it is the letter.
LOST_HORN = re.compile(r"(?<=[bcdghklmnprstvx®])[-−\x02](?![A-Z0-9§])|(?<!\w)[-−\x02](?=[u¬êëìíî])")


def from_tcvn3(text: str) -> str:
    """
    >>> from_tcvn3("Sè: 12/KH-UBND; tr-êng, -u tiªn, nh- sau")
    'Số: 12/KH-UBND; trường, ưu tiên, như sau'
    """
    return to_unicode(LOST_HORN.sub("\u00ad", text), LegacyCode.TCVN3)


# --- capitals -----------------------------------------------------------------------------------------------

WORD = re.compile(r"[^\W\d_]+")


def line_with_capitals(line: str) -> str:
    """TCVN3 without its fonts: the letters with a tone in a word of capitals are made capitals, too.

    >>> line_with_capitals("CộNG HòA Xã HộI: Xã Suối Mây")
    'CỘNG HÒA XÃ HỘI: Xã Suối Mây'
    """
    words = list(WORD.finditer(line))
    capital = [is_capitals(word[0]) for word in words]
    # A word that could be either ("Xã") goes with the word beside it.
    for place in [*range(len(words)), *reversed(range(len(words)))]:
        if not capital[place] and is_undecided(words[place][0]):
            capital[place] = any(
                capital[other] and is_beside(line, *sorted((words[place].span(), words[other].span())))
                for other in (place - 1, place + 1)
                if 0 <= other < len(words)
            )
    parts, end = [], 0
    for word, is_capital in zip(words, capital, strict=True):
        parts += [line[end : word.start()], word[0].upper() if is_capital else word[0]]
        end = word.end()
    return "".join([*parts, line[end:]])


def is_capitals(word: str) -> bool:
    """Capitals wherever the code has any: a second one, or one behind a letter with a tone."""
    return any(letter.isupper() for letter in word[1:]) and not any("a" <= letter <= "z" for letter in word)


def is_beside(line: str, first: tuple[int, int], second: tuple[int, int]) -> bool:
    return not line[first[1] : second[0]].strip()


def is_undecided(word: str) -> bool:
    return not any("a" <= letter <= "z" for letter in word)


# --- recognising --------------------------------------------------------------------------------------------

# The commonest letters of TCVN3 (đ ơ ư â ê ô ă and the tones of a) and the pairs of VNI as a western code
# page shows them; neither windows-1258 nor Unicode text has more than a stray one.
LEGACY = (
    (LegacyCode.TCVN3, re.compile(r"[®¬\xad©ª«¨µ¸¶·¹]"), 0.04),
    (LegacyCode.VNI, re.compile(r"[aeouyôö][ùøûõïâáàåãäêéèúüë]", re.IGNORECASE), 0.08),
)
# What only Unicode text holds: a line of it is not converted, whatever stands around it.
UNICODE_ONLY = re.compile(r"[ĂăĐđƠơƯư\u1ea0-\u1ef9]")
FONTS = (
    (LegacyCode.TCVN3, re.compile(r"\.?Vn[A-Z]")),
    (LegacyCode.VNI, re.compile(r"VNI[ -]?\w", re.IGNORECASE)),
)
FONT_OF_CAPITALS = re.compile(r"\.?Vn[A-Z]\w*H\b")


def code_of(text: str) -> LegacyCode | None:
    """The code that a text is written in, as far as its first pages tell; None for Unicode."""
    sample = text[:20_000]
    letters = sum(map(str.isalpha, sample)) or 1
    strange = ((code, len(signs.findall(sample)), share * letters + 3) for code, signs, share in LEGACY)
    return next((code for code, amount, least in strange if amount > least), None)


def is_legacy(text: str) -> bool:
    """Whether a text reads as TCVN3 or VNI shown in a western code page."""
    return code_of(text) is not None


def in_unicode(text: str) -> tuple[str, LegacyCode | None]:
    """The text in Unicode, and the code in which it, or part of its lines, was written."""
    code = code_of(text)
    if code is None:
        return text, None
    lines = [line if UNICODE_ONLY.search(line) else line_in_unicode(line, code) for line in text.split("\n")]
    return "\n".join(lines), code


def line_in_unicode(line: str, code: LegacyCode) -> str:
    return line_with_capitals(from_tcvn3(line)) if code is LegacyCode.TCVN3 else to_unicode(line, code)


def code_of_font(name: str) -> LegacyCode | None:
    """The code of what is set in a font, by its name; fonts of Unicode have none."""
    return next((code for code, names in FONTS if names.match(name)), None)


def set_in(text: str, font: str) -> str:
    """Text as a font shows it: converted, and in capitals where the font has no others."""
    code = code_of_font(font)
    if code is LegacyCode.TCVN3:
        return from_tcvn3(text).upper() if FONT_OF_CAPITALS.match(font) else from_tcvn3(text)
    return to_unicode(text, code) if code else text
