"""The indicators laid down by a migration: whole, in two languages, each rate of two sides."""

import pytest

from targets.models import Indicator, IndicatorTerm, Making, Measure, Side

pytestmark = pytest.mark.django_db
NEEDED = {
    "all.classes",
    "all.pupils",
    "all.attendance_rate",
    "preschool.nursery_rate",
    "preschool.kindergarten_rate",
    "preschool.five_year_old_rate",
    "primary.six_year_old_rate",
    "primary.enrolment_rate",
    "lower_secondary.enrolment_rate",
    "primary.completion_rate",
    "lower_secondary.graduation_rate",
    "upper_secondary.graduation_rate",
    "all.standard_1",
    "all.standard_1_rate",
    "all.standard_2",
    "all.standard_2_rate",
    "all.solid_rate",
    "all.teachers_at_standard_rate",
}


def test_what_the_sector_counts_is_there():
    codes = set(Indicator.objects.values_list("code", flat=True))
    assert codes >= NEEDED


def test_each_has_names_and_definitions_of_its_own():
    rows = list(Indicator.objects.all())
    for column in ("name_vi", "name_en", "code", "position"):
        assert len({getattr(row, column) for row in rows}) == len(rows)
    assert all(row.definition_vi and row.definition_en for row in rows)


def test_a_rate_has_both_sides_and_a_count_only_one():
    for row in Indicator.objects.whole():
        sides = {term.side for term in row.terms.all()}
        expected = {
            Making.RATE: {Side.NUMERATOR, Side.DENOMINATOR},
            Making.COUNT: {Side.NUMERATOR},
            Making.YES_SHARE: {Side.NUMERATOR},
        }
        assert sides == expected.get(row.making, set())


def test_parts_of_one_reporter_are_counted_beside_each_other():
    for term in IndicatorTerm.objects.select_related("indicator", "measure", "beside"):
        is_mixed = term.indicator.terms.filter(measure__reporter="commune").exists()
        is_pair = term.indicator.making == Making.RATE and not is_mixed
        assert bool(term.beside) == is_pair
        if term.beside:
            assert term.beside.level == term.measure.level


def test_a_share_of_those_that_say_yes_is_made_of_yes_and_no():
    rows = Indicator.objects.whole().filter(making=Making.YES_SHARE)
    assert {term.measure.highest for row in rows for term in row.terms.all()} == {1}


def test_what_is_asked_besides_the_four_figures_is_asked_once_or_three_times_a_year():
    """An ordinary month stays four figures a level; only communes count their children each month."""
    every_month = Measure.objects.filter(asked_in=[], reporter="school")
    assert set(every_month.values_list("stem", flat=True)) == {"classes", "pupils", "attending", "teachers"}


def test_each_names_its_source():
    assert list(Indicator.objects.filter(source="").values_list("code", flat=True)) == []
    assert (
        Indicator.objects.get(code="lower_secondary.study_good_rate").source == "Thông tư số 22/2021/TT-BGDĐT"
    )
