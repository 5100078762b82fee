"""The field's sentence: its parts always add up."""

import re
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from directives.standing import DUE_SOON, Standing
from directives.statistics import statistics_of, statistics_sentence

counts = st.dictionaries(st.sampled_from([DUE_SOON, *(one.value for one in Standing)]), st.integers(0, 10**6))


def test_the_sentence_of_the_field():
    found = {
        "done_on_time": 80, "done_late": 10, "running": 15, "due_soon": 5, "overdue": 6, "no_deadline": 4,
        "paused": 2, "cancelled": 1,
    }  # fmt: skip
    with translation.override("vi"):
        assert statistics_sentence(found) == (
            "Tổng số nhiệm vụ giao: 120; hoàn thành đúng hạn 80; hoàn thành quá hạn 10; đang thực hiện trong "
            "hạn 20; quá hạn chưa hoàn thành 6; không thời hạn 4; tỷ lệ hoàn thành 75%. "
            "Ngoài ra có 3 nhiệm vụ tạm hoãn, hủy hoặc từ chối."
        )
        assert statistics_sentence({"paused": 2}) == ""


@pytest.mark.parametrize(
    ("done", "open_", "rate"),
    [
        (1, 2, "33.3"),
        (2, 1, "66.7"),
        (41, 105, "28.1"),
        (1999, 1, "99.9"),
        (1, 5000, "0.1"),
        (3, 0, "100.0"),
        (0, 3, "0.0"),
    ],
)
def test_a_hundred_percent_means_all_and_something_is_never_nothing(done, open_, rate):
    assert statistics_of({"done_late": done, "overdue": open_}).rate == Decimal(rate)


@given(counts)
def test_its_parts_add_up(found):
    got = statistics_of(found)
    parts = (got.done_on_time, got.done_late, got.running, got.overdue, got.no_deadline)
    assert sum(parts) == got.assigned
    assert got.assigned + got.outside == sum(found.values())
    with translation.override("vi"):
        sentence = statistics_sentence(found)
    said = [
        int(text.replace(".", "")) for text in re.findall(r"[\d.]*\d(?![,\d]*%)", sentence.split("tỷ lệ")[0])
    ]
    assert said == ([got.assigned, *parts] if got.assigned else [])


@given(counts)
def test_the_rate_is_between_nothing_and_all(found):
    got = statistics_of(found)
    if got.rate is None:
        assert got.assigned == 0
        return
    assert 0 <= got.rate <= 100
    assert (got.rate == 0) is (got.done == 0)
    assert (got.rate == 100) is (got.done == got.assigned)
