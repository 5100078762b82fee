"""Frozen figures: compared over the right schools, and the same after a stay in the database."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.figures import SHAPE, MeasureSum, Month, compare, from_json, to_json
from tests.reports.test_wording import STANDING, Discipline, Remark, briefing, due, level, missing

DAY = briefing().as_of


def sums(value, units, paired, paired_units, *, provisional=False):
    return MeasureSum(Decimal(value), units, Decimal(paired), paired_units, provisional)


def test_whole_months_are_compared_whole_though_a_school_opened():
    figure = compare(
        "primary.pupils", "pupils", sums(900, 3, 700, 2), sums(690, 2, 690, 2), both_months_whole=True
    )
    assert (figure.change, figure.compares_all) == (Decimal(210), True)


def test_the_same_schools_are_compared_whole_though_others_are_missing_in_both_months():
    figure = compare(
        "primary.pupils", "pupils", sums(700, 2, 700, 2), sums(690, 2, 690, 2), both_months_whole=False
    )
    assert (figure.change, figure.compares_all) == (Decimal(10), True)


def test_a_month_with_gaps_is_compared_over_the_schools_of_both():
    figure = compare(
        "primary.pupils", "pupils", sums(400, 1, 400, 1), sums(690, 2, 395, 1), both_months_whole=False
    )
    assert (figure.change, figure.paired_units, figure.compares_all) == (Decimal(5), 1, False)


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(1, 4000))
def test_a_whole_change_is_the_difference_of_what_is_shown(now, before, units):
    figure = compare(
        "x", "x", sums(now, units, now, units), sums(before, units, before, units), both_months_whole=True
    )
    assert figure.previous + figure.change == figure.value


def test_stored_figures_read_back_as_they_were():
    figures = briefing(
        levels=(level(), level(level="preschool", pupils=(None, None), rate=(None, None))),
        standing=STANDING,
        discipline=Discipline(3, 1, 0, (missing("Trường A"), missing("Trường B", returned=True))),
        remarks=(Remark(1, "Trường A", "Thiếu nước", ""),),
        due_tasks=(due(DAY, "Trường A"),),
    )
    assert from_json(json.loads(json.dumps(to_json(figures)))) == figures
    assert to_json(figures)["levels"][0]["pupils"]["value"] == "8411"


def test_a_shape_of_another_time_is_not_read_wrongly():
    stored = to_json(briefing()) | {"shape": SHAPE + 1}
    with pytest.raises(KeyError, match="shape"):
        from_json(stored)


def test_months_run_over_the_year():
    assert Month(2026, 12).following == Month(2027, 1)
    assert Month(2027, 1).before == Month(2026, 12)
    assert (Month(2026, 2).short, Month(2026, 2).long) == ("02/2026", "tháng 02 năm 2026")
