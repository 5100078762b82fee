"""Vietnamese text: stored, searched and sorted alike on every database."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eduportal.base.text import ALPHABET, TONES, nfc, search_key, sort_key, split_tone
from schools.actions import named
from schools.models import Unit, UnitKind
from tests.factories import OPENED

VOWELS = "aăâeêioôơuưy"
TONE_MARKS = ["", *sorted(TONES, key=TONES.get)]
vietnamese_letters = sorted(
    {unicodedata.normalize("NFC", vowel + mark) for vowel in VOWELS for mark in TONE_MARKS} | set(ALPHABET)
)
syllables = st.text(alphabet=vietnamese_letters, min_size=1, max_size=6)
names = st.lists(syllables, min_size=1, max_size=4).map(" ".join)


def dictionary_order(name: str) -> tuple:
    """What a Vietnamese dictionary does: letters word by word, then tones. Knows nothing of sort_key."""
    split = [[split_tone(letter) for letter in word] for word in name.lower().split()]
    words = [[ALPHABET.index(letter) for letter, _ in word] for word in split]
    return words, [tone for word in split for _, tone in word]


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Trường  Tiểu học Hòa Bình", "truong tieu hoc hoa binh"),
        ("ĐỒI CHÈ", "doi che"),
        ("Hoà", "hoa"),
        (unicodedata.normalize("NFD", "Sở GDĐT tỉnh Ngọc Sơn"), "so gddt tinh ngoc son"),
        ("TH&THCS Đồi Chè", "th&thcs doi che"),
        ("", ""),
    ],
)
def test_search_key(typed, key):
    assert search_key(typed) == key


@given(st.text())
def test_search_key_knows_no_case_marks_or_ways_of_writing(text):
    key = search_key(text)
    assert search_key(key) == key
    assert not any(unicodedata.combining(c) for c in key)
    assert search_key(unicodedata.normalize("NFD", text)) == key
    assert "  " not in key
    assert key == key.strip()


def test_control_characters_are_nobodys_text_and_spaces_stay():
    assert nfc("a\x00b\x01c\x7f") == "abc"
    assert nfc("a\tb\nc\r\nd") == "a\tb\nc\r\nd"
    # Word's soft line break, a page break, separators: new lines, which every file format holds.
    assert nfc("a\x0bb\x0cc\x1cd\u2028e\x1ff") == "a\nb\nc\nd\nef"
    assert search_key("\x00 Hòa\x00 Bình") == "hoa binh"


@given(names)
def test_search_key_of_vietnamese_is_plain_ascii(name):
    assert search_key(name.upper()) == search_key(name)
    assert search_key(name).isascii()


@given(st.text())
def test_stored_text_has_one_form(text):
    assert nfc(nfc(text)) == nfc(text)
    assert unicodedata.is_normalized("NFC", nfc(text))


def test_invisible_characters_are_not_stored():
    assert nfc("\ufeffHọc\u200b sinh\u00ad\u2060") == "Học sinh"


@pytest.mark.parametrize(
    ("letter", "parts"), [("ệ", ("ê", 5)), ("à", ("a", 1)), ("ữ", ("ư", 3)), ("đ", ("đ", 0)), ("b", ("b", 0))]
)
def test_split_tone(letter, parts):
    assert split_tone(letter) == parts


def test_names_of_schools_in_vietnamese_order():
    in_order = [
        "Trường Mầm non An Bình",
        "Trường Mầm non Ăn Khế",
        "Trường Mầm non Ẩn Sơn",
        "Trường Mầm non Chè",
        "Trường Mầm non Cồn Sậy",
        "Trường Mầm non Dân",
        "Trường Mầm non Đân",
        "Trường Mầm non Hoa",
        "Trường Mầm non Hòa",
        "Trường Mầm non Hoa Ban",
        "Trường Mầm non số 2",
        "Trường Mầm non số 10",
        "Trường Mầm non xã Hoa Ban",
        "Trường TH&THCS Đồi Chè",
    ]
    assert sorted(set(in_order), key=sort_key) == in_order


def test_the_tones_in_their_order():
    assert sorted(["mạ", "má", "mà", "ma", "mã", "mả"], key=sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]


@given(names, names)
def test_sort_key_orders_as_a_dictionary_does(one, other):
    assert (sort_key(one) < sort_key(other)) == (dictionary_order(one) < dictionary_order(other))


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_numbers_in_names_by_their_value(one, other):
    assert (sort_key(f"Tổ {one}") < sort_key(f"Tổ {other}")) == (one < other)


@given(st.text(max_size=200))
def test_a_key_of_a_name_is_digits_and_fits_its_column(name):
    key = sort_key(name)
    assert re.fullmatch(r"[0-9]+", key)
    assert len(key) <= Unit._meta.get_field("sort_key").max_length


@pytest.mark.django_db
def test_the_database_sorts_as_python_does():
    """Also where its collation holds "ch" or "aa" for one letter."""
    given_names = [
        "Cao",
        "Chè",
        "Cồn",
        "Đồi",
        "Dã",
        "Aa",
        "A b",
        "Á",
        "Ắ",
        "Zz",
        "Số 9",
        "Số 10",
        "Hoa",
        "Hoa Ban",
    ]
    Unit.objects.bulk_create(
        Unit(kind=UnitKind.COMMUNE, code=str(n), valid_from=OPENED, **named(name, name))
        for n, name in enumerate(given_names)
    )
    assert list(Unit.objects.values_list("name", flat=True)) == sorted(given_names, key=sort_key)
