"""Numbers as Word would print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.reading.files.numbering import (
    Level,
    Numbering,
    WordList,
    counted,
    letters,
    number_in,
    roman,
)
from directives.reading.outline import roman_value

OUTLINE = {
    0: Level("upperRoman", "%1."),
    1: Level("decimal", "%2."),
    2: Level("lowerLetter", "%3)"),
    3: Level("bullet", "-"),
}


def labels(lists: dict[str, WordList], *paragraphs: tuple[str, int]) -> list[str]:
    numbering = Numbering(lists)
    return [numbering.label(*paragraph) for paragraph in paragraphs]


@pytest.mark.parametrize(
    ("form", "value", "shown"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("decimalZero", 12, "12"),
        ("lowerLetter", 1, "a"),
        ("lowerLetter", 27, "aa"),
        ("upperLetter", 4, "D"),
        ("upperRoman", 9, "IX"),
        ("lowerRoman", 4, "iv"),
        ("vietnameseCounting", 15, "mười lăm"),
        ("numberInDash", 2, "- 2 -"),
        ("none", 3, ""),
        ("chineseCounting", 3, "3"),
    ],
)
def test_forms(form, value, shown):
    assert number_in(form, value) == shown


@given(st.integers(1, 39))
def test_the_outline_reads_the_roman_numbers_that_are_printed(value):
    assert roman_value(roman(value).upper()) == value


@given(st.integers(1, 500))
def test_each_number_of_letters_is_another(value):
    assert letters(value) != letters(value + 1)
    assert len(letters(value)) == (value - 1) // 26 + 1


def test_numbers_in_words():
    assert [counted(n) for n in (1, 4, 10, 11, 20, 21, 25, 99, 100)] == [
        "một", "bốn", "mười", "mười một", "hai mươi", "hai mươi mốt", "hai mươi lăm", "chín mươi chín", "100",
    ]  # fmt: skip


def test_deeper_levels_begin_anew_under_each_item():
    steps = [("1", 0), ("1", 1), ("1", 2), ("1", 2), ("1", 3), ("1", 1), ("1", 2), ("1", 0), ("1", 1)]
    expected = ["I. ", "1. ", "a) ", "b) ", "- ", "2. ", "a) ", "II. ", "1. "]
    assert labels({"1": WordList("A", OUTLINE)}, *steps) == expected


def test_a_level_that_never_begins_anew():
    levels = {**OUTLINE, 1: Level("decimal", "%2.", restart=0)}
    steps = [("1", 0), ("1", 1), ("1", 1), ("1", 0), ("1", 1)]
    assert labels({"1": WordList("A", levels)}, *steps) == ["I. ", "1. ", "2. ", "II. ", "3. "]


def test_numbers_of_several_levels_in_one():
    levels = {0: Level("upperRoman", "%1."), 1: Level("decimal", "%1.%2.", is_legal=True)}
    assert labels({"1": WordList("A", levels)}, ("1", 0), ("1", 0), ("1", 1)) == ["I. ", "II. ", "2.1. "]


def test_a_deeper_level_without_the_one_above_counts_from_its_start():
    levels = {0: Level("decimal", "%1."), 1: Level("decimal", "%1.%2.")}
    assert labels({"1": WordList("A", levels)}, ("1", 1), ("1", 1), ("1", 0)) == ["1.1. ", "1.2. ", "2. "]


def test_lists_of_one_origin_count_on_and_one_may_begin_anew():
    one = WordList("A", OUTLINE)
    lists = {"1": one, "2": one, "3": WordList("A", OUTLINE, {0: 1})}
    steps = [("1", 0), ("2", 0), ("3", 0), ("3", 0), ("1", 0)]
    assert labels(lists, *steps) == ["I. ", "II. ", "I. ", "II. ", "III. "]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\uf0b7", "• "),
        ("\uf02d", "- "),
        ("–", "- "),
        ("+", "+ "),
        ("o", "○ "),
        ("\uf0ff", "• "),
        ("*", "* "),
    ],
)
def test_bullets_are_shown_as_signs_that_can_be_read(text, shown):
    assert labels({"1": WordList("A", {0: Level("bullet", text)})}, ("1", 0)) == [shown]


def test_what_follows_a_number():
    glued = WordList("A", {0: Level("decimal", "%1.", suffix="nothing")})
    assert labels({"1": glued}, ("1", 0)) == ["1."]


def test_a_list_that_is_not_there():
    assert labels({}, ("9", 0)) == [""]
    assert labels({"1": WordList("A", {})}, ("1", 4)) == [""]
