"""Vietnamese text: one form for storing, one for searching, one for sorting. Pure.

Searching and sorting by stored keys needs no extension of any database and gives the same answer on each.
"""

import re
import unicodedata

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# In dictionaries: level, falling, hook, tilde, rising, dot below.
TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_LETTER_KEYS = {letter: f"{chr(97 + i // 20)}{chr(97 + i % 20)}" for i, letter in enumerate(ALPHABET)}
_PIECES = re.compile(r"\d+|\w|\s+|.", re.DOTALL)


def nfc(text: str) -> str:
    """The one stored form of text: composed (NFC), without zero-width characters."""
    return unicodedata.normalize("NFC", re.sub("[\u200b\u200c\u200d\ufeff]", "", text))


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
    """A key that sorts by the Vietnamese alphabet (a ă â b c d đ …), tones second, numbers by value.

    It holds only lower-case letters and digits, so that every database collation orders it alike.
    """
    letters, tones = [], []
    for piece in _PIECES.findall(nfc(text).lower().strip()):
        if piece.isdecimal():
            letters.append(f"1{int(piece):09d}")
        elif piece.isspace() or not piece.isalnum():
            letters.append("0" if not letters or letters[-1] != "0" else "")
        else:
            letter, tone = split_tone(piece)
            letters.append(_LETTER_KEYS.get(letter, "zz"))
            tones.append(str(tone))
    return f"{''.join(letters)}00{''.join(tones)}"
