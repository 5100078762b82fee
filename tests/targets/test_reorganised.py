"""What schools counted before they closed or moved stays counted; what they hold, where it is now."""

import datetime as dt
from decimal import Decimal

import pytest

from schools.actions.upkeep import close_unit, place_under
from targets.models import Measure, Observation
from targets.models.measure import counted_once
from targets.queries.breakdown import breakdown
from targets.queries.sums import Span
from targets.queries.values import value
from tests.conftest import ADMINISTRATIVE
from tests.targets.conftest import indicator

YEAR = Span(dt.date(2026, 9, 1), dt.date(2027, 8, 31))
JULY, AUGUST = dt.date(2027, 7, 31), dt.date(2027, 8, 20)


def reached(unit, code, today=AUGUST):
    found = value(unit, indicator(code), YEAR, today)
    return found.numerator, found.denominator, found.counted, found.expected


def close(unit, last_day=JULY):
    close_unit(unit=unit, last_day=last_day, by=None)


@pytest.fixture
def graduated(province, give):
    """In June 2027 two primary schools: 58 of 60 and 90 of 90 completed the programme."""
    give(province.cloud_primary, (2027, 6), primary__final_grade=60, primary__completed=58)
    give(province.tea_combined, (2027, 6), primary__final_grade=90, primary__completed=90)


@pytest.mark.parametrize("closed", [False, True])
def test_the_year_keeps_what_a_school_counted_before_it_closed(province, graduated, closed):
    if closed:
        close(province.cloud_primary)
    whole = (Decimal(148), Decimal(150), 2, 2)
    assert reached(province.department, "primary.completion_rate") == whole
    assert reached(province.cloud_commune, "primary.completion_rate") == (Decimal(58), Decimal(60), 1, 1)


def test_one_that_closed_before_it_was_asked_is_not_waited_for(province, give):
    give(province.tea_combined, (2027, 6), primary__final_grade=90, primary__completed=90)
    assert reached(province.department, "primary.completion_rate") == (Decimal(90), Decimal(90), 1, 2)
    close(province.cloud_primary)
    assert reached(province.department, "primary.completion_rate") == (Decimal(90), Decimal(90), 1, 1)


def test_the_parts_still_add_up_to_the_whole(province, graduated):
    close(province.cloud_primary)
    found = breakdown(province.department, indicator("primary.completion_rate"), YEAR, AUGUST)
    schools = [(one.unit.short_name, one.value.numerator, one.left_out) for one in found.schools]
    assert schools == [("TH Suối Mây", Decimal(58), False), ("TH&THCS Đồi Chè", Decimal(90), False)]
    communes = [(one.unit.short_name, one.value.numerator) for one in found.communes]
    assert communes == [("Xã Đồi Chè", Decimal(90)), ("Xã Suối Mây", Decimal(58))]


def test_the_pupils_of_a_school_that_closed_are_counted_where_they_went(province, give):
    """380 pupils go over to a school of 300: they are 680 before and after, never 1,060."""
    give(province.cloud_primary, (2026, 11), primary__pupils=380)
    give(province.tea_combined, (2026, 11), primary__pupils=300)
    close(province.cloud_primary, dt.date(2026, 12, 31))
    give(province.tea_combined, (2027, 1), primary__pupils=680)
    found = value(province.department, indicator("primary.pupils"), YEAR, dt.date(2027, 2, 10))
    assert (found.value, found.counted, found.expected) == (Decimal(680), 1, 1)


def test_a_flow_stays_with_the_office_that_held_the_school_then(province, give):
    Measure.objects.filter(code="primary.classes").update(is_stock=False)
    give(province.cloud_primary, (2026, 10), primary__classes=3)
    place_under(
        unit=province.cloud_primary,
        office=province.tea_commune,
        line=ADMINISTRATIVE,
        since=dt.date(2026, 12, 1),
        by=None,
    )
    give(province.cloud_primary, (2026, 12), primary__classes=4)
    on = dt.date(2027, 1, 10)
    assert reached(province.cloud_commune, "primary.classes", on)[0] == Decimal(3)
    assert reached(province.tea_commune, "primary.classes", on)[0] == Decimal(4)
    assert reached(province.department, "primary.classes", on)[0] == Decimal(7)


def test_what_is_counted_once_is_the_same_in_both_languages(province, give):
    """Of a measure in Python and of observations in the database."""
    measures = list(Measure.objects.filter(code__startswith="primary."))
    for measure in measures:
        give(province.cloud_primary, (2026, 10), **{measure.code.replace(".", "__"): 1})
    found = set(Observation.objects.filter(counted_once()).values_list("measure__code", flat=True))
    assert found == {one.code for one in measures if one.is_counted_once}
    assert found == {one.code for one in measures if one.asked_in == [6]} > {"primary.completed"}


def test_a_school_that_closed_is_no_school_that_holds_the_standard(province, recognise):
    recognise(province.cloud_primary, 1, dt.date(2026, 10, 1))
    holds = indicator("primary.standard_1")
    assert value(province.cloud_primary, holds, YEAR, JULY).value == Decimal(1)
    close(province.cloud_primary)
    assert value(province.cloud_primary, holds, YEAR, AUGUST).value is None
    assert value(province.cloud_primary, holds, YEAR, JULY).value == Decimal(1)
