"""The words of the handling books."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.handling import (
    BOOKS,
    STANDING_WORDS,
    deadline_words,
    head_of_document,
    named,
    progress_words,
    standing_words,
)
from directives.queries.counting import SHOWN

FIRST, LATER = dt.date(2026, 12, 14), dt.date(2026, 12, 20)


@pytest.mark.parametrize("book", BOOKS)
def test_the_columns_fill_a_page_across(book):
    assert sum(column.width for column in BOOKS[book].columns) == 257


def test_every_standing_has_its_words():
    assert set(STANDING_WORDS) == set(SHOWN)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({}, ""),
        ({"done_on_time": 1}, "Hoàn thành"),
        ({"done_on_time": 3, "done_late": 1}, "Hoàn thành (1/4 quá hạn)"),
        ({"done_on_time": 3, "due_soon": 2, "overdue": 1}, "Hoàn thành 3/6; quá hạn, chưa hoàn thành 1"),
        ({"done_late": 1, "running": 1}, "Hoàn thành 1/2 (1 quá hạn)"),
        ({"cancelled": 2}, "Hủy 2"),
        ({"no_deadline": 1, "paused": 1}, "Hoàn thành 0/1; tạm hoãn 1"),
    ],
)
def test_how_far_the_work_of_all_is(counts, words):
    assert progress_words(counts) == words


@given(st.dictionaries(st.sampled_from(SHOWN), st.integers(0, 50)))
def test_nothing_counted_is_lost(counts):
    outside = sum(counts.get(name, 0) for name in ("paused", "cancelled", "refused"))
    assert (progress_words(counts) == "") == (sum(counts.values()) == 0)
    assert ("tạm hoãn" in progress_words(counts).lower()) == bool(counts.get("paused"))
    if not outside and sum(counts.values()):
        assert progress_words(counts).startswith("Hoàn thành")


def test_one_units_share():
    assert standing_words("running", 40) == "Đang thực hiện, trong hạn, đạt 40%"
    assert standing_words("overdue", 0) == "Quá hạn, chưa hoàn thành"
    assert standing_words("done_late", 100) == "Hoàn thành quá hạn"


def test_a_granted_day_stands_beside_the_first():
    assert deadline_words(FIRST, FIRST) == "14/12/2026"
    assert deadline_words(LATER, FIRST) == "20/12/2026 (gia hạn, ban đầu 14/12/2026)"
    assert deadline_words(None, None) == ""


def test_the_head_of_a_document():
    words = head_of_document("Kế hoạch", "12/KH-UBND", FIRST, "UBND tỉnh Ngọc Sơn", "phổ cập")
    assert words == "Kế hoạch số 12/KH-UBND ngày 14/12/2026 của UBND tỉnh Ngọc Sơn: phổ cập"
    assert head_of_document("", "", None, "", "") == "Công văn"


def test_many_are_named_in_part():
    assert named(["A", "B"]) == "A; B"
    assert named(list("ABCDEFGH")) == "A; B; C; D; E; F và 2 đơn vị khác"
