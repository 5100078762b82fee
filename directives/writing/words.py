"""The rules of the text: numbers, dates, symbols, endings (Nghị định 30/2020/NĐ-CP, Phụ lục I and III)."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS = "Nơi nhận:"
ADDRESSEES = "Kính gửi:"
AS_ABOVE = "Như trên"
DRAFT = "DỰ THẢO"
END_OF_BODY = "./."
ARTICLE = "Điều"
ANNEX = "Phụ lục"
LETTER = "Công văn"

# The order in which points are lettered: the Vietnamese alphabet without its marked vowels.
LETTERS = tuple("abcdđeghiklmnopqrstuvxy")

# Phụ lục III, part 1: kinds of document and of copies.
ABBREVIATIONS = {
    "nghị quyết": "NQ",
    "quyết định": "QĐ",
    "chỉ thị": "CT",
    "quy chế": "QC",
    "quy định": "QyĐ",
    "thông cáo": "TC",
    "thông báo": "TB",
    "hướng dẫn": "HD",
    "chương trình": "CTr",
    "kế hoạch": "KH",
    "phương án": "PA",
    "đề án": "ĐA",
    "dự án": "DA",
    "báo cáo": "BC",
    "biên bản": "BB",
    "tờ trình": "TTr",
    "hợp đồng": "HĐ",
    "công điện": "CĐ",
    "giấy mời": "GM",
    "phiếu gửi": "PG",
    "phiếu chuyển": "PC",
    "phiếu báo": "PB",
    "bản ghi nhớ": "BGN",
    "bản thỏa thuận": "BTT",
    "giấy ủy quyền": "GUQ",
    "giấy giới thiệu": "GGT",
    "giấy nghỉ phép": "GNP",
    "sao y": "SY",
    "trích sao": "TrS",
    "sao lục": "SL",
}

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff]")
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")
_ROMAN = re.compile(r"X{0,3}(IX|IV|V?I{0,3})")
_ROMAN_SIGNS = {"I": 1, "V": 5, "X": 10}
_ROMAN_PARTS = (("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))
_MARK_AT_END = re.compile(r"(?:[;,]|(?<![.…])\.)\s*$")


class _Line(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def note(self) -> str: ...


def plain(text: str) -> str:
    """The text as it may be printed: NFC, no control or invisible characters, no space at its ends."""
    text = _INVISIBLE.sub("", _CONTROL.sub(" ", text))
    return unicodedata.normalize("NFC", _NO_CHARACTER.sub("\ufffd", text)).strip()


def padded(number: str | int) -> str:
    """A document's number with the leading zero that numbers under 10 carry: "7" → "07", "112" → "112"."""
    text = str(number).strip()
    return text.zfill(2) if text.isdecimal() else text


def number_line(number: str | None, symbol: str) -> str:
    """ "Số: 07/TB-SGDĐT"; without a number the blank in which it will be written."""
    return f"Số:{' ' * 6}/{symbol}" if number is None else f"Số: {number_of(number, symbol)}"


def number_of(number: str | None, symbol: str) -> str:
    """ "07/TB-SGDĐT" as another sentence names it; without a number its blank."""
    return f"{'…' if number is None else padded(number)}/{symbol}"


def date_line(place: str, day: date | None, *, year: int | None = None) -> str:
    """ "Lào Cai, ngày 05 tháng 02 năm 2026": leading zero for days under 10 and for months 1 and 2 only.

    Without a day its blanks; `year` then is the year that they name, if it is known.
    """
    return f"{place}, {day_in_words(day, year=year)}"


def day_in_words(day: date | None, *, year: int | None = None) -> str:
    """The day as `date_line` says it, without the place."""
    if day is None:
        return f"ngày … tháng … năm {year or '…'}"
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def annex_note(kind: str, number: str, day: str, issuer: str) -> str:
    """What an annex belongs to: "(Kèm theo Kế hoạch số 05/KH-SGDĐT ngày … của …)"; a letter has no kind."""
    return f"(Kèm theo {kind.capitalize() or LETTER} số {number} {day} của {issuer})"


def subject_of_letter(subject: str) -> str:
    """ "V/v …" as it stands under the number of a letter; not doubled if it is there already."""
    return subject if re.match(r"V/v\b", subject, re.IGNORECASE) else f"V/v {subject}"


def abbreviation_of(kind: str) -> str | None:
    """The abbreviation of a kind, in any case and with tone marks either way; None for an unknown kind."""
    name = " ".join(plain(kind).lower().split())
    return ABBREVIATIONS.get(name.replace("uỷ", "ủy").replace("oả", "ỏa"))


def symbol_for(kind: str, office_symbol: str, drafting_unit: str | None = None) -> str:
    """What follows the number: "TB-SGDĐT" for a named kind, "SGDĐT-VP" for a letter (kind "").

    Only a letter names its drafting unit; an office without units writes its own symbol alone. Raises
    ValueError for a kind that Phụ lục III does not list.
    """
    if not kind:
        return f"{office_symbol}-{drafting_unit}" if drafting_unit else office_symbol
    abbreviation = abbreviation_of(kind)
    if abbreviation is None:
        raise ValueError(f"not a kind of Phụ lục III: {kind!r}")
    return f"{abbreviation}-{office_symbol}"


def letter(ordinal: int) -> str:
    """The letter of the nth point, from 1: a, b, c, d, đ, e, g … Raises ValueError beyond y, the 23rd."""
    if not 1 <= ordinal <= len(LETTERS):
        raise ValueError(f"no letter for point {ordinal}")
    return LETTERS[ordinal - 1]


def roman(ordinal: int) -> str:
    """The Roman number of the nth part, from 1. Raises ValueError beyond 39, which no document reaches."""
    if not 1 <= ordinal <= 39:
        raise ValueError(f"no part {ordinal}")
    digits = ""
    for sign, value in _ROMAN_PARTS:
        digits += sign * (ordinal // value)
        ordinal %= value
    return digits


def is_roman(number: str) -> bool:
    """A Roman number from I to XXXIX, in capitals."""
    return bool(number) and _ROMAN.fullmatch(number) is not None


def ordinal_of(number: str) -> int | None:
    """The place in its sequence of an item's number ("IV" 4, "12" 12, "đ" 5, "Điều 3" 3); None for others."""
    number = number.removeprefix(ARTICLE).strip()
    if is_roman(number):
        values = [_ROMAN_SIGNS[sign] for sign in number]
        following = [*values[1:], 0]
        return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
    if number in LETTERS:
        return LETTERS.index(number) + 1
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else None


def marked(number: str) -> str:
    """An item's number with the mark that closes it: "I.", "1.", "Điều 1.", "a)"; dashes have none."""
    if number in ("-", "+"):
        return number
    return f"{number})" if number in LETTERS else f"{number}."


def close_list(entries: Sequence[str]) -> tuple[str, ...]:
    """The entries of a list with ";" at the end of each and "." at the end of the last."""
    bare = [_MARK_AT_END.sub("", entry.rstrip()) for entry in entries]
    if not bare:
        return ()
    return (*(f"{entry};" for entry in bare[:-1]), bare[-1] + ("" if bare[-1].endswith((".", "…")) else "."))


def end_body(text: str) -> str:
    """The last sentence of the body with "./." at its end, whatever mark it carried before."""
    text = text.rstrip()
    if text.endswith(END_OF_BODY):
        return text
    text = text.rstrip(";:, ")
    return f"{text}/." if text.endswith(".") else f"{text}{END_OF_BODY}"


def recipient_lines(recipients: Iterable[_Line], archive: str, *, as_above: bool) -> tuple[str, ...]:
    """The lines of "Nơi nhận" with their endings; printing puts a dash before each.

    `as_above` puts "Như trên" first (in documents that address somebody), unless it is there already.
    """
    names = [f"{line.name} ({line.note})" if line.note else line.name for line in recipients]
    if as_above and not any(name.startswith(AS_ABOVE) for name in names):
        names.insert(0, AS_ABOVE)
    if archive:
        names.append(archive)
    return close_list(names)
