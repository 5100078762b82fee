"""Which figures a school reports, and how those of many add up."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from schools.actions import month_period
from schools.models import School, SchoolLevel
from schools.queries.tree import schools_beneath
from targets.actions import observe, set_status
from targets.arithmetic import NOT_APPLICABLE
from targets.models import Measure, ObservationStatus
from targets.queries import counted, measures_for, rates, values_in, values_of


@pytest.fixture
def november(db):
    return month_period(2026, 11)


def give(unit, period, status=ObservationStatus.SENT, **figures) -> None:
    values = {code.replace("__", "."): figure for code, figure in figures.items()}
    observe(unit=unit, period=period, values=values, by=None)
    set_status(unit=unit, period=period, status=status, by=None)


def codes(unit, period) -> list[str]:
    return [measure.code for measure in measures_for(unit, period)]


def test_a_school_reports_the_measures_of_its_levels(province, november):
    stems = ["classes", "pupils", "attending", "teachers"]
    assert codes(province.tea_combined, november) == [
        f"{level}.{stem}" for level in ("primary", "lower_secondary") for stem in stems
    ]
    assert codes(province.department, november) == []


def test_some_measures_are_asked_about_in_some_months_only(province):
    each_month = ["primary.classes", "primary.pupils", "primary.attending", "primary.teachers"]
    three_times = ["of_age", "six_in_grade_one", "teachers_at_standard", "classrooms", "solid_classrooms"]
    assert codes(province.cloud_primary, month_period(2026, 9)) == [
        *each_month,
        *(f"primary.{stem}" for stem in three_times),
    ]
    in_june = codes(province.cloud_primary, month_period(2027, 6))
    assert in_june[:6] == [*each_month, "primary.final_grade", "primary.completed"]
    assert set(in_june[6:]) == {
        f"primary.{stem}"
        for stem in (
            "assessed", "result_complete", "result_good", "grades_3_to_5", "at_main_site", "english_teachers",
            "foreign_language", "two_sessions", "enough_teachers", "boarding_need", "boarding_places",
            "digital_platform", "teachers_pledged",
        )
    }  # fmt: skip


def test_a_commune_reports_the_children_who_live_there(province, november):
    ages = ["age_0_2", "age_3_5", "age_5", "age_6_10", "age_6", "age_11_14"]
    assert codes(province.cloud_commune, november) == [f"population.{age}" for age in ages]
    assert codes(province.cloud_primary, november) == [
        f"primary.{stem}" for stem in ("classes", "pupils", "attending", "teachers")
    ]


def test_a_level_given_up_is_no_longer_asked_about(province, november):
    SchoolLevel.objects.filter(school=province.tea_combined, level="primary").update(
        valid_to=dt.date(2026, 11, 1)
    )
    assert {m.level for m in measures_for(province.tea_combined, november)} == {"lower_secondary"}


def test_a_measure_no_longer_in_force_is_not_asked_about(province, november):
    Measure.objects.filter(code="primary.teachers").update(valid_to=november.data_to)
    assert "primary.teachers" not in codes(province.cloud_primary, november)


def test_a_measure_has_its_name_in_the_language_of_the_page(db):
    measure = Measure.objects.get(code="preschool.pupils")
    with translation.override("vi"):
        assert measure.name == "Số trẻ"
    with translation.override("en"):
        assert measure.name == "Children"


def test_values_by_code(province, november):
    give(province.cloud_primary, november, primary__pupils=Decimal(380), primary__teachers=NOT_APPLICABLE)
    found = values_of(province.cloud_primary, november)
    assert {code: row.figure for code, row in found.items()} == {
        "primary.pupils": Decimal(380),
        "primary.teachers": NOT_APPLICABLE,
    }


def test_values_of_several_periods_take_one_query(province, november, django_assert_num_queries):
    december = month_period(2026, 12)
    give(province.cloud_primary, november, primary__pupils=Decimal(380))
    with django_assert_num_queries(1):
        found = values_in(province.cloud_primary, [november, december])
    assert (list(found[november.pk]), found[december.pk]) == (["primary.pupils"], {})


def test_what_counts_was_sent_and_is_a_number(province, november):
    give(province.cloud_primary, november, primary__pupils=Decimal(380), primary__classes=Decimal(0))
    give(province.tea_combined, november, ObservationStatus.ACCEPTED, primary__pupils=Decimal(300))
    give(province.orchid_preschool, november, ObservationStatus.DRAFT, preschool__pupils=Decimal(150))
    give(province.high_school, november, upper_secondary__pupils=NOT_APPLICABLE)
    give(province.foreign_primary, november, primary__pupils=Decimal(9000))
    rows = counted(schools_beneath(province.department, november.data_to), november)
    assert sorted(rows.values_list("measure__code", "value")) == [
        ("primary.classes", Decimal(0)),
        ("primary.pupils", Decimal(300)),
        ("primary.pupils", Decimal(380)),
    ]
    assert not counted(School.objects.none(), november).exists()


def test_a_rate_is_a_sum_over_a_sum_of_those_that_gave_both(province, november):
    """90 of 100 and 10 of 10 are 100 of 110; a school without its pupils present tilts nothing."""
    give(province.cloud_primary, november, primary__pupils=Decimal(100), primary__attending=Decimal(90))
    give(
        province.tea_combined,
        november,
        primary__pupils=Decimal(10),
        primary__attending=Decimal(10),
        lower_secondary__pupils=Decimal(280),
    )
    give(province.foreign_primary, november, primary__pupils=Decimal(500))
    give(
        province.high_school,
        november,
        upper_secondary__pupils=Decimal(0),
        upper_secondary__attending=Decimal(0),
    )
    assert rates(units=School.objects.all(), period=november, of="attending", out_of="pupils") == {
        "primary": Decimal(100) / Decimal(110),
        "upper_secondary": None,
    }
