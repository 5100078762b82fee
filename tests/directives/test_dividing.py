"""Sentences of an item, and finding words in the document again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.dividing import parts_of, place_of, sentences
from directives.reading import read_document
from tests.directives.samples import LETTER

ITEM = (
    "Các trường tại TP. Bến Lau rà soát hồ sơ; báo cáo trước ngày 15/12. Khảo sát lớp 9: 02 đợt trong kỳ.\n"
    "Tổ chức hội thảo (cấp cụm)."
)


def test_an_item_falls_into_its_sentences():
    assert sentences(ITEM) == [
        "Các trường tại TP. Bến Lau rà soát hồ sơ; báo cáo trước ngày 15/12.",
        "Khảo sát lớp 9:",
        "02 đợt trong kỳ.",
        "Tổ chức hội thảo (cấp cụm).",
    ]


@given(st.text(alphabet="aA1 .;:\n-“”", max_size=60))
def test_no_word_is_lost(text):
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


def test_parts_begin_where_it_is_said():
    assert parts_of(ITEM, [3]) == [
        " ".join(sentences(ITEM)[:3]),
        "Tổ chức hội thảo (cấp cụm).",
    ]
    assert parts_of(ITEM, []) == [" ".join(sentences(ITEM))]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("rà soát hồ sơ", "rà soát hồ sơ"),
        ("RÀ SOÁT  *hồ sơ*", "rà soát hồ sơ"),
        ("- Rà soát hồ sơ.", "rà soát hồ sơ"),
        ("rà soát lớp học", None),
        ("", None),
    ],
)
def test_words_are_found_whatever_stands_between_them(words, found):
    text = "Mở đầu. Các trường rà soát hồ sơ, báo cáo."
    place = place_of(words, text, 0, len(text))
    assert (text[place[0] : place[1]].rstrip(",.") if place else None) == found


def test_the_sentences_of_a_letter_stand_where_they_are_found():
    for item in read_document(LETTER).outline:
        start, end = item.span
        for one in sentences(item.text):
            place = place_of(one, LETTER, start, end)
            assert place is not None
            assert LETTER[place[0] : place[1]] == one
            start = place[1]
