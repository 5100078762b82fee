"""Vietnamese text: one form for storing, one for searching, one for sorting. Pure.

Searching and sorting by stored keys needs no extension of any database and gives the same answer on each.
"""

import re
import unicodedata

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# In dictionaries: level, falling, hook, tilde, rising, dot below.
TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
# Zero-width space and joiners, byte order mark, soft hyphen: they come with text copied from PDF and the web.
# Control characters other than spaces: PostgreSQL takes no NUL, and nobody means to type any of them.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffe\uffff]")
# Word's soft line break, page breaks and separators: they mean a new line, and no workbook holds them.
_BREAKS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_LETTER_KEYS = {letter: str(rank) for rank, letter in enumerate(ALPHABET, start=20)}
_OTHER_LETTER_KEY = "99"
_WORDS = re.compile(r"(?:\d+|[^\W\d_])+")
_PIECES = re.compile(r"\d+|\D")


def nfc(text: str) -> str:
    """The one stored form of text: composed (NFC), nothing invisible, lines parted by line feeds."""
    return unicodedata.normalize("NFC", _BREAKS.sub("\n", _INVISIBLE.sub("", text)))


def search_key(text: str) -> str:
    """Lower case, without diacritics, single spaces: what a person types into a search box.

    >>> search_key("Trường  Tiểu học Hòa Bình")
    'truong tieu hoc hoa binh'
    """
    plain = unicodedata.normalize("NFD", nfc(text).casefold().replace("đ", "d"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def split_tone(letter: str) -> tuple[str, int]:
    """A letter without its tone, and the tone's rank (0 = level): "ệ" gives ("ê", 5)."""
    tone = 0
    kept = []
    for mark in unicodedata.normalize("NFD", letter):
        if mark in TONES:
            tone = TONES[mark]
        else:
            kept.append(mark)
    return unicodedata.normalize("NFC", "".join(kept)), tone


def sort_key(text: str) -> str:
    """A key that sorts by the Vietnamese alphabet (a ă â b c d đ …).

    Word by word; letters first, then tones; numbers by their value.
    Letters other than Vietnamese ones come last; punctuation only parts words. The key holds nothing but
    digits: database collations disagree on letters (in some "ch" or "aa" is one), never on digits.
    """
    words, tones = [], []
    for word in _WORDS.findall(nfc(text).lower()):
        keys = []
        for piece in _PIECES.findall(word):
            if piece.isdecimal():
                value = "".join(str(unicodedata.decimal(digit)) for digit in piece).lstrip("0") or "0"
                keys.append(f"1{len(value):03d}{value}")
            else:
                letter, tone = split_tone(piece)
                keys.append(_LETTER_KEYS.get(letter, _OTHER_LETTER_KEY))
                tones.append(str(tone))
        words.append("".join(keys))
    return f"{'0'.join(words)}00{''.join(tones)}"
