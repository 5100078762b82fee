"""Bytes of an upload to text, or a reason why not."""

import codecs
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.reading import MAX_BYTES, UnreadableFile, as_written, decode

TEXT = "Kính gửi: Các trường tiểu học\nĐề nghị báo cáo trước ngày 15/12/2026."


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        unicodedata.normalize("NFD", TEXT).encode(),
    ],
    ids=["utf-8", "bom", "crlf", "cr", "utf-16-le", "utf-16-be", "decomposed"],
)
def test_encodings(data):
    assert decode(data) == TEXT


def windows_1258(text):
    """Windows-1258 holds some letters whole and the other tones as marks that follow."""
    pieces = []
    for letter in text:
        try:
            pieces.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            base, mark = unicodedata.normalize("NFD", letter)[:-1], unicodedata.normalize("NFD", letter)[-1]
            whole = unicodedata.normalize("NFC", base)
            if len(whole) > 1 or not whole.encode("cp1258", "ignore"):
                marks = unicodedata.normalize("NFD", letter)
                whole, mark = unicodedata.normalize("NFC", marks[0] + marks[2]), marks[1]
            pieces.append(whole.encode("cp1258") + mark.encode("cp1258"))
    return b"".join(pieces)


def test_windows_1258():
    assert decode(windows_1258(TEXT)) == TEXT


# How the old font codes look in a western code page: TCVN3 and VNI.
LEGACY = {
    "§Ò nghÞ c¸c tr\xadêng tiÓu häc b¸o c¸o vÒ ®µo t¹o": "Đề nghị các trường tiểu học báo cáo về đào tạo",
    "Ñeà nghò caùc tröôøng tieåu hoïc ñoùng goùp ñaày ñuû": "Đề nghị các trường tiểu học đóng góp đầy đủ",
}


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
@pytest.mark.parametrize("written", LEGACY, ids=["TCVN3", "VNI"])
def test_font_codes_of_before_unicode(written, encoding):
    assert decode(f"{written}.\r\n{written}.".encode(encoding)) == f"{LEGACY[written]}.\n{LEGACY[written]}."


def test_letters_that_cannot_be_read_are_told_with_their_line():
    with pytest.raises(UnreadableFile) as raised:
        decode(codecs.BOM_UTF16_LE + "Một\nHai\nBa".encode("utf-16-le") + b"\x00\xd8")
    assert (raised.value.code, raised.value.place, raised.value.read) == (
        "encoding",
        {"line": 3},
        "Một\nHai\nBa",
    )
    with pytest.raises(UnreadableFile) as raised:
        decode(f"A\n{TEXT.encode().decode('cp1252', 'ignore')}".encode())
    assert (raised.value.code, raised.value.place) == ("encoding", {"line": 2})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (codecs.BOM_UTF8 + b"  ", "empty"),
        (b"%PDF-1.7 ...", "binary"),
        (b"PK\x03\x04 a word document", "binary"),
        (b"abc\x00def", "binary"),
        (bytes(range(1, 32)) * 10, "binary"),
        (b"x" * (MAX_BYTES + 1), "too_large"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "encoding"),
        (TEXT.encode().decode("cp1252", "ignore").encode(), "encoding"),
    ],
)
def test_unreadable(data, code):
    with pytest.raises(UnreadableFile) as raised:
        decode(data, filename="cong-van.txt")
    assert raised.value.code == code
    assert raised.value.filename == "cong-van.txt"


@given(st.binary(max_size=400))
def test_any_bytes_decode_or_say_why_not(data):
    codes = {"empty", "binary", "encoding"}
    text, code = outcome(data)
    assert (code in codes) if text is None else ("\r" not in text and unicodedata.is_normalized("NFC", text))


def outcome(data):
    """The text or the code of the refusal."""
    try:
        return decode(data), None
    except UnreadableFile as error:
        return None, error.code


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (unicodedata.normalize("NFD", "Số: 15\r\nSở").encode(), unicodedata.normalize("NFD", "Số: 15\nSở")),
        (b"\xef\xbb\xbfa\rb", "a\nb"),
        ("Sở".encode("utf-16"), "Sở"),
        ("Sở".encode("cp1258", errors="ignore"), "S"),
    ],
)
def test_spans_count_the_files_own_characters_where_it_has_them(data, wanted):
    assert as_written(data, decode(data)) == wanted
