import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.writing import words
from directives.writing.document import Recipient

LINES = st.lists(st.text(alphabet=st.characters(blacklist_categories=("Cs",)), min_size=1), max_size=6)


@pytest.mark.parametrize(
    ("number", "printed"), [("7", "07"), ("07", "07"), (1, "01"), ("112", "112"), ("7a", "7a")]
)
def test_numbers_under_ten_carry_a_leading_zero(number, printed):
    assert words.padded(number) == printed


@given(st.integers(1, 99_999))
def test_padding_keeps_the_number(number):
    assert int(words.padded(number)) == number
    assert len(words.padded(number)) >= 2
    assert words.padded(words.padded(number)) == words.padded(number)


def test_number_line_and_its_blank():
    assert words.number_line("7", "TB-SGDĐT") == "Số: 07/TB-SGDĐT"
    assert words.number_line(None, "TB-SGDĐT") == "Số:      /TB-SGDĐT"


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (date(2026, 2, 5), "Lào Cai, ngày 05 tháng 02 năm 2026"),
        (date(2026, 1, 31), "Lào Cai, ngày 31 tháng 01 năm 2026"),
        (date(2026, 3, 9), "Lào Cai, ngày 09 tháng 3 năm 2026"),
        (date(2026, 10, 10), "Lào Cai, ngày 10 tháng 10 năm 2026"),
    ],
)
def test_date_line(day, line):
    assert words.date_line("Lào Cai", day) == line


def test_date_line_leaves_blanks_in_a_draft():
    assert words.date_line("Ngọc Sơn", None, year=2026) == "Ngọc Sơn, ngày … tháng … năm 2026"
    assert words.date_line("Ngọc Sơn", None) == "Ngọc Sơn, ngày … tháng … năm …"


@given(st.dates(min_value=date(1945, 9, 2)))
def test_date_line_is_read_back(day):
    _, tail = words.date_line("Ngọc Sơn", day).split(", ngày ")
    numbers = [word for word in tail.split() if word.isdigit()]
    assert [int(number) for number in numbers] == [day.day, day.month, day.year]
    assert len(numbers[0]) == 2
    assert numbers[1].startswith("0") == (day.month <= 2)


@pytest.mark.parametrize(
    ("kind", "unit", "symbol"),
    [
        ("THÔNG BÁO", None, "TB-SGDĐT"),
        ("thông báo", "VP", "TB-SGDĐT"),
        ("Quyết định", None, "QĐ-SGDĐT"),
        ("TỜ TRÌNH", None, "TTr-SGDĐT"),
        ("BẢN THOẢ THUẬN", None, "BTT-SGDĐT"),
        ("GIẤY UỶ QUYỀN", None, "GUQ-SGDĐT"),
        ("", "VP", "SGDĐT-VP"),
        ("", None, "SGDĐT"),
    ],
)
def test_symbol_for(kind, unit, symbol):
    assert words.symbol_for(kind, "SGDĐT", unit) == symbol


@pytest.mark.parametrize("kind", sorted(words.ABBREVIATIONS))
def test_every_kind_is_known_in_capitals_and_decomposed(kind):
    typed = unicodedata.normalize("NFD", kind.upper())
    assert words.symbol_for(typed, "UBND") == f"{words.ABBREVIATIONS[kind]}-UBND"


def test_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="THÔNG ĐIỆP"):
        words.symbol_for("THÔNG ĐIỆP", "SGDĐT")


def test_letters_follow_the_vietnamese_alphabet():
    assert "".join(words.letter(n) for n in range(1, 24)) == "abcdđeghiklmnopqrstuvxy"


@pytest.mark.parametrize("ordinal", [0, -1, 24])
def test_no_letter_beyond_the_alphabet(ordinal):
    with pytest.raises(ValueError, match=str(ordinal)):
        words.letter(ordinal)


@given(st.integers(1, 39))
def test_roman_numbers_are_read_back(ordinal):
    assert words.is_roman(words.roman(ordinal))
    assert words.ordinal_of(words.roman(ordinal)) == ordinal


@given(st.integers(1, 23))
def test_letters_are_read_back(ordinal):
    assert words.ordinal_of(words.letter(ordinal)) == ordinal


@pytest.mark.parametrize("ordinal", [0, 40])
def test_no_roman_number_beyond_39(ordinal):
    with pytest.raises(ValueError, match=str(ordinal)):
        words.roman(ordinal)


@pytest.mark.parametrize(
    ("number", "ordinal"),
    [("12", 12), ("Điều 3", 3), ("đ", 5), ("IIII", None), ("", None), ("-", None), ("1.1", None)],
)
def test_ordinal_of(number, ordinal):
    assert words.ordinal_of(number) == ordinal


@pytest.mark.parametrize(
    ("number", "mark"),
    [("I", "I."), ("1", "1."), ("1.1", "1.1."), ("đ", "đ)"), ("-", "-"), ("+", "+"), ("Điều 1", "Điều 1.")],
)
def test_marked(number, mark):
    assert words.marked(number) == mark


def test_close_list():
    assert words.close_list(["Các trường;", "Các xã.", "Lưu: VT"]) == ("Các trường;", "Các xã;", "Lưu: VT.")
    assert words.close_list(["Như trên."]) == ("Như trên.",)
    assert words.close_list(["đơn vị khác..."]) == ("đơn vị khác...",)
    assert words.close_list(["đơn vị khác…;", "Lưu: VT"]) == ("đơn vị khác…;", "Lưu: VT.")
    assert words.close_list([]) == ()


@given(LINES)
def test_closed_lists_end_as_they_must_and_closing_twice_changes_nothing(entries):
    closed = words.close_list(entries)
    assert len(closed) == len(entries)
    assert all(entry.endswith(";") for entry in closed[:-1])
    assert all(entry.endswith((".", "…")) for entry in closed[-1:])
    assert words.close_list(closed) == closed


@pytest.mark.parametrize("typed", ["thực hiện", "thực hiện.", "thực hiện./.", "thực hiện;", "thực hiện. "])
def test_end_body(typed):
    assert words.end_body(typed) == "thực hiện./."


@given(st.text())
def test_ended_bodies_end_once(text):
    assert words.end_body(text).endswith("./.")
    assert words.end_body(words.end_body(text)) == words.end_body(text)


def test_subject_of_letter():
    assert words.subject_of_letter("báo cáo tháng") == "V/v báo cáo tháng"
    assert words.subject_of_letter("V/v báo cáo tháng") == "V/v báo cáo tháng"


def test_recipient_lines():
    people = (Recipient("UBND tỉnh", "để b/c"), Recipient("Các trường"))
    assert words.recipient_lines(people, "Lưu: VT, GDPT", as_above=True) == (
        "Như trên;",
        "UBND tỉnh (để b/c);",
        "Các trường;",
        "Lưu: VT, GDPT.",
    )
    assert words.recipient_lines((Recipient("Như trên"),), "Lưu: VT", as_above=True) == (
        "Như trên;",
        "Lưu: VT.",
    )
    assert words.recipient_lines((), "", as_above=False) == ()


@given(st.text())
def test_plain_text_is_nfc_and_stays_as_it_is(text):
    printed = words.plain(text)
    assert unicodedata.is_normalized("NFC", printed)
    assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in printed)
    assert words.plain(printed) == printed


def test_plain_text_takes_what_no_page_can_hold():
    assert words.plain("\ufeffSở\x00 GD\ud800 \u200b") == "Sở  GD\ufffd"


def test_what_an_annex_belongs_to():
    day = words.day_in_words(date(2026, 2, 5))
    number = words.number_of("7", "TB-SGDĐT")
    assert (
        words.annex_note("THÔNG BÁO", number, day, "Sở A")
        == "(Kèm theo Thông báo số 07/TB-SGDĐT ngày 05 tháng 02 năm 2026 của Sở A)"
    )
    blank = words.annex_note("", words.number_of(None, "SGDĐT"), words.day_in_words(None, year=2026), "Sở A")
    assert blank == "(Kèm theo Công văn số …/SGDĐT ngày … tháng … năm 2026 của Sở A)"
