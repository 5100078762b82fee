"""Coordinates of bullets and lines lie within their pictures, whatever the numbers."""

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from targets.charts import bullet, line, rounded_up
from targets.values import Point

numbers = st.decimals(min_value=0, max_value=10**9, places=1)
shares = st.decimals(min_value=0, max_value=130, places=1)
LAST = dt.date(2026, 11, 30)


def test_counts_start_at_zero_and_high_rates_where_they_can_be_told_apart():
    pupils = bullet(Decimal(916), Decimal(900), [Decimal(1000), Decimal(1100)], is_rate=False)
    assert (pupils.low, pupils.high, pupils.value, pupils.marks) == (0, 1500, "61.07", ("66.67", "73.33"))
    attendance = bullet(Decimal("97.5"), None, [Decimal(98)], is_rate=True)
    assert (attendance.low, attendance.high, attendance.value, attendance.before) == (80, 100, "87.50", "0")
    assert bullet(Decimal(60), None, [Decimal(98)], is_rate=True).low == 50
    assert bullet(Decimal(20), None, [Decimal(98)], is_rate=True).low == 0


@given(st.none() | numbers, st.none() | numbers, st.lists(numbers, min_size=1, max_size=2))
def test_all_of_a_count_lies_on_its_scale(value, before, marks):
    drawn = bullet(value, before, marks, is_rate=False)
    assert all(0 <= Decimal(place) <= 100 for place in (drawn.value, drawn.before, *drawn.marks))
    assert drawn.low <= max([*marks, *filter(None, (value, before))]) <= drawn.high


@given(st.none() | shares, st.none() | shares, st.lists(shares, min_size=1, max_size=2))
def test_all_of_a_rate_lies_on_its_scale(value, before, marks):
    drawn = bullet(value, before, marks, is_rate=True)
    assert drawn.high >= 100
    assert all(drawn.low <= mark <= drawn.high for mark in marks)


@given(numbers)
def test_the_end_of_a_scale_is_not_far_beyond(most):
    assert most <= rounded_up(most) <= max(most * 2, Decimal(1))


def test_months_are_joined_and_the_goal_is_level():
    trend = [Point(dt.date(2024, 11, 30), Decimal(90)), Point(LAST, Decimal(100))]
    drawn = line(trend, Decimal(95), LAST)
    assert (drawn.points, drawn.x, drawn.y, drawn.goal) == (
        "0.00,18.00 100.00,2.00",
        "100.00",
        "2.00",
        "10.00",
    )
    assert line([], Decimal(95), LAST) is None
    assert line(trend[1:], None, LAST).y == "10.00"
