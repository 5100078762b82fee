"""Views: what rules match, and the way back to the source."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.reading.normalise import View, any_of, matching_key, squeeze

TEXTS = st.text(alphabet=st.sampled_from("abĐđàạ ệ\u0301\u0323*\n\t -–.,;:1I\u00a0İß"), max_size=60)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Hoà bình, Uỷ ban, thuỷ", "hòa bình, ủy ban, thủy"),
        ("học kì II, kí tên, tỉ lệ", "học kỳ ii, ký tên, tỷ lệ"),
        ("quý I, hoàn thành", "quý i, hoàn thành"),
    ],
)
def test_one_spelling_for_variants(text, key):
    assert matching_key(text) == key


def test_markup_goes_and_dashes_are_one():
    assert View.of("**1.** a – b\u00a0c").text == "1. a - b c"


def test_spans_lead_back_through_markup_and_decomposed_letters():
    source = unicodedata.normalize("NFD", "*Kế hoạch*  trường")
    view = View.of(source).folded()
    start = view.text.index("trường")
    first, last = view.span(start, start + 6)
    assert unicodedata.normalize("NFC", source[first:last]) == "trường"
    assert view.raw(0, 8) == "Kế hoạch"


def test_folding_keeps_paragraphs_and_joins_broken_sentences():
    view = View.of("một\n\nhai  ba")
    assert view.folded().text == "một\nhai ba"
    assert view.folded(joints=[5]).text == "một hai ba"


@given(TEXTS)
def test_a_view_is_as_long_as_its_maps(text):
    for view in (View.of(text), View.of(text).folded()):
        assert len(view.text) == len(view.key) == len(view.starts) == len(view.ends)
        assert all(0 <= a < b <= len(text) for a, b in zip(view.starts, view.ends, strict=True))
        assert list(view.starts) == sorted(view.starts)


def test_phrases_match_the_longest_first():
    assert any_of("th, thcs,\n trung học\n cơ sở") == r"(?:trung\ học\ cơ\ sở|thcs|th)"


def test_squeeze():
    assert squeeze(" a\n\n b\u00a0") == "a b"


@pytest.mark.parametrize(
    ("lost", "meant"),
    [("trưòng", "trường"), ("Dưong", "dương"), ("phưóng", "phướng"), ("nước", "nước"), ("thưa", "thưa")],
)
def test_a_lost_horn_is_mended_in_the_key(lost, meant):
    assert matching_key(lost) == meant
