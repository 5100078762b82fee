"""Lines over time: every figure lies within its axis, and what lacks a part is not joined."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eduportal.base.charts import axis, line_chart

FIGURES = st.decimals(min_value=-(10**9), max_value=10**9, places=3)


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        ("12700", "12843", ["12700", "12750", "12800", "12850"]),
        ("916", "921", ["916", "918", "920", "922"]),
        ("0.951", "0.983", ["0.95", "0.96", "0.97", "0.98", "0.99"]),
        ("-5", "5", ["-5", "0", "5"]),
        ("0", "0", ["0", "0.5", "1"]),
        ("8411", "8411", ["7500", "8000", "8500", "9000"]),
    ],
)
def test_the_axis_stands_on_round_values(low, high, ticks):
    assert axis(Decimal(low), Decimal(high)) == tuple(map(Decimal, ticks))


@given(FIGURES, FIGURES)
def test_the_axis_holds_both_ends_and_is_short(one, other):
    low, high = sorted((one, other))
    ticks = axis(low, high)
    assert ticks[0] <= low <= high <= ticks[-1]
    assert 2 <= len(ticks) <= 7
    assert len({after - before for before, after in pairwise(ticks)}) == 1


def test_figures_run_from_left_to_right_and_upwards():
    chart = line_chart([Decimal(10), Decimal(20)], whole=[True, True], width=116, height=66)
    assert chart.lines == ("8.0,58.0 108.0,8.0",)
    assert [(tick.value, tick.y) for tick in chart.ticks][::4] == [(10, "58.0")]


def test_a_gap_and_a_figure_that_lacks_a_part_break_the_line():
    values = [Decimal(1), Decimal(2), None, Decimal(3), Decimal(4), Decimal(2)]
    chart = line_chart(values, whole=[True, True, False, True, True, False], width=516)
    assert [line.count(",") for line in chart.lines] == [2, 2]
    assert [dot.is_whole for dot in chart.dots] == [True, True, True, True, False]
    assert [dot.place for dot in chart.dots] == [0, 1, 3, 4, 5]
    assert len(chart.places) == 6


def test_nothing_known_draws_nothing():
    chart = line_chart([None, None], whole=[False, False])
    assert (chart.ticks, chart.dots, chart.lines) == ((), (), ())


@given(st.lists(st.none() | FIGURES, min_size=1, max_size=24))
def test_every_dot_lies_within_the_picture(values):
    chart = line_chart(values, whole=[True] * len(values), width=640, height=160)
    for dot in chart.dots:
        assert 8 <= float(dot.x) <= 632
        assert 8 <= float(dot.y) <= 152
    assert len(chart.dots) == sum(value is not None for value in values)
