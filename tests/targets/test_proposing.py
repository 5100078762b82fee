"""What a read target may mean: its period and its comparator."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targets.proposing import comparator_meant, period_meant

ISSUED = dt.date(2026, 11, 2)


@pytest.mark.parametrize(
    ("texts", "period"),
    [
        (["có 9 trường"], ("school_year", 2026)),
        (["Năm học 2024 - 2025, có 9 trường"], ("school_year", 2024)),
        (["đến hết năm 2027 có 9 trường"], ("calendar_year", 2027)),
        (["có 9 trường", "Nhiệm vụ năm học 2025–2026"], ("school_year", 2025)),
        (["báo cáo trước ngày 15 tháng 3 năm 2027"], ("school_year", 2026)),
    ],
)
def test_the_nearest_text_that_names_a_period_counts(texts, period):
    assert period_meant(texts, ISSUED, 1) == period


def test_before_september_it_is_still_the_year_before():
    assert period_meant([], dt.date(2026, 8, 31), 1) == ("school_year", 2025)


@pytest.mark.parametrize(
    ("read", "higher", "meant"),
    [
        ("eq", True, "ge"),
        ("eq", False, "le"),
        ("ge", False, "ge"),
        ("decrease_by_range", False, "decrease_by"),
        ("per_unit", True, "ge"),
        ("something_new", True, "ge"),
        ("between", True, "between"),
    ],
)
def test_what_is_to_be_reached_exactly_means_at_least(read, higher, meant):
    known = ["ge", "le", "between", "decrease_by"]
    assert comparator_meant(read, higher_is_better=higher, known=known) == meant


@given(st.lists(st.text(max_size=80), max_size=3))
def test_any_text_gives_a_period(texts):
    kind, year = period_meant(texts, ISSUED, 1)
    assert kind in ("school_year", "calendar_year")
    assert 2000 <= year <= 2099
