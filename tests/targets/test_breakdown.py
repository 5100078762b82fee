"""What an office's value is made of, commune by commune and school by school."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from targets.models import Indicator, ObservationStatus
from targets.queries.breakdown import breakdown, held
from targets.queries.sums import Span
from targets.queries.values import value
from targets.values import Lack
from tests.targets.conftest import indicator

YEAR = Span(dt.date(2026, 9, 1), dt.date(2027, 8, 31))
TODAY = dt.date(2026, 12, 10)


def parts_of(unit, code):
    return breakdown(unit, indicator(code), YEAR, TODAY)


def shown(parts):
    return [
        (one.unit.short_name, one.value.numerator, one.value.denominator, one.value.value) for one in parts
    ]


@pytest.fixture
def attended(province, give):
    give(province.cloud_primary, (2026, 10), primary__pupils=100, primary__attending=90)
    give(
        province.tea_combined,
        (2026, 10),
        ObservationStatus.SENT,
        primary__pupils=300,
        primary__attending=297,
    )
    give(province.foreign_primary, (2026, 10), primary__pupils=100, primary__attending=1)


def test_communes_are_sums_over_sums_of_their_schools(province, attended):
    found = parts_of(province.department, "primary.attendance_rate")
    assert shown(found.communes) == [
        ("Xã Đồi Chè", Decimal(297), Decimal(300), Decimal(99)),
        ("Xã Suối Mây", Decimal(90), Decimal(100), Decimal(90)),
    ]
    assert shown(found.schools) == [
        ("TH Suối Mây", Decimal(90), Decimal(100), Decimal(90)),
        ("TH&THCS Đồi Chè", Decimal(297), Decimal(300), Decimal(99)),
    ]
    assert [one.value.provisional for one in found.schools] == [False, True]
    assert [one.unit.short_name for one in found.schools_of(province.tea_commune.pk)] == ["TH&THCS Đồi Chè"]


def test_the_parts_add_up_to_the_whole(province, attended):
    found = parts_of(province.department, "primary.attendance_rate")
    whole = value(province.department, indicator("primary.attendance_rate"), YEAR, TODAY)
    sums = [sum(getattr(one.value, side) for one in found.schools) for side in ("numerator", "denominator")]
    assert sums == [whole.numerator, whole.denominator] == [Decimal(387), Decimal(400)]


def test_missing_ones_are_named(province, attended, give):
    give(province.tea_combined, (2026, 10), lower_secondary__pupils=250)
    found = parts_of(province.department, "all.pupils")
    assert [one.short_name for one in found.missing] == ["MN Hoa Ban", "THPT Ngọc Sơn"]


def test_a_school_of_a_commune_without_residents_is_left_out_and_says_so(province, give):
    give(province.cloud_primary, (2026, 9), primary__of_age=90)
    give(province.tea_combined, (2026, 9), primary__of_age=300)
    give(province.cloud_commune, (2026, 9), population__age_6_10=100)
    found = parts_of(province.department, "primary.enrolment_rate")
    assert [(one.unit.short_name, one.value.value, one.value.lack) for one in found.communes] == [
        ("Xã Đồi Chè", None, Lack.NO_POPULATION),
        ("Xã Suối Mây", Decimal(90), Lack.NOTHING),
    ]
    assert [(one.unit.short_name, one.left_out, one.value.lack) for one in found.schools] == [
        ("TH Suối Mây", False, Lack.NOT_FOR_SCHOOL),
        ("TH&THCS Đồi Chè", True, Lack.NOT_FOR_SCHOOL),
    ]
    assert [one.short_name for one in found.missing] == ["Xã Đồi Chè"]


def test_recognised_schools_one_by_one(province, recognise):
    recognise(province.cloud_primary, 2, dt.date(2024, 5, 20))
    found = parts_of(province.department, "primary.standard_1_rate")
    assert shown(found.communes) == [("Xã Đồi Chè", 0, 1, 0), ("Xã Suối Mây", 1, 1, 100)]
    assert [(one.unit.short_name, held(one)) for one in found.schools] == [
        ("TH Suối Mây", True),
        ("TH&THCS Đồi Chè", False),
    ]


def test_a_school_stands_alone(province, attended):
    found = parts_of(province.cloud_primary, "primary.attendance_rate")
    assert (found.communes, [one.value.value for one in found.schools]) == ([], [Decimal(90)])


@pytest.mark.parametrize("code", ["primary.attendance_rate", "primary.enrolment_rate", "primary.standard_1"])
def test_it_costs_the_same_for_many(province, give, django_assert_max_num_queries, code):
    give(province.cloud_primary, (2026, 10), primary__pupils=100, primary__attending=90, primary__of_age=90)
    give(province.cloud_commune, (2026, 10), population__age_6_10=100)
    with django_assert_max_num_queries(11) as one:
        parts_of(province.cloud_commune, code)
    give(province.tea_combined, (2026, 10), primary__pupils=100, primary__attending=90, primary__of_age=90)
    give(province.tea_commune, (2026, 10), population__age_6_10=100)
    with django_assert_max_num_queries(len(one.captured_queries)):
        parts_of(province.department, code)


def test_it_costs_the_same_with_an_indicator_as_a_target_brings_it(province, give):
    """Without its terms, which were asked for anew for each school."""
    give(province.cloud_primary, (2026, 10), primary__pupils=100, primary__attending=90)
    give(province.tea_combined, (2026, 10), primary__pupils=100, primary__attending=90)
    counted = []
    for unit in (province.cloud_primary, province.department):
        bare = Indicator.objects.get(code="primary.attendance_rate")
        with CaptureQueriesContext(connection) as captured:
            breakdown(unit, bare, YEAR, TODAY)
        counted.append(len(captured))
    assert counted == [7, 8]  # a school has no tree to look at


def test_a_rate_of_few_says_what_one_weighs(province, give):
    give(province.cloud_primary, (2026, 10), primary__pupils=20, primary__attending=19)
    give(province.tea_combined, (2026, 10), primary__pupils=30, primary__attending=30)
    few, enough = parts_of(province.department, "primary.attendance_rate").schools
    assert (few.value.is_of_few, few.value.one_weighs) == (True, Decimal(5))
    assert (enough.value.is_of_few, enough.value.one_weighs) == (False, None)
