"""What indicators come to: sums over sums, the newest of stocks, all of flows."""

import datetime as dt
from decimal import Decimal

import pytest

from schools.models import School, UnitAncestry
from targets.arithmetic import NOT_APPLICABLE
from targets.models import Indicator, Measure, ObservationStatus
from targets.queries.breakdown import breakdown
from targets.queries.sums import Span
from targets.queries.values import trends, two_years_to, value, values
from targets.values import Lack, Point
from tests.targets.conftest import indicator

YEAR = Span(dt.date(2026, 9, 1), dt.date(2027, 8, 31))
TODAY = dt.date(2026, 12, 10)


def reached(unit, code, span=YEAR, today=TODAY):
    return value(unit, indicator(code), span, today)


def test_a_stock_is_the_newest_of_each_unit_and_added_up(province, give):
    give(province.cloud_primary, (2026, 9), primary__pupils=380)
    give(province.cloud_primary, (2026, 11), primary__pupils=378)
    give(province.tea_combined, (2026, 10), primary__pupils=300, lower_secondary__pupils=250)
    give(province.foreign_primary, (2026, 10), primary__pupils=9000)
    give(province.cloud_primary, (2026, 8), primary__pupils=1)  # of the school year before
    found = reached(province.department, "primary.pupils")
    assert (found.value, found.counted, found.expected, found.as_of) == (
        Decimal(678),
        2,
        2,
        dt.date(2026, 11, 30),
    )
    assert reached(province.department, "all.pupils").value == Decimal(928)
    assert reached(province.cloud_commune, "primary.pupils").value == Decimal(378)
    assert reached(province.tea_combined, "lower_secondary.pupils").value == Decimal(250)


def test_a_flow_is_added_up_over_months_too(province, give):
    Measure.objects.filter(code="primary.classes").update(is_stock=False)
    give(province.cloud_primary, (2026, 9), primary__classes=3)
    give(province.cloud_primary, (2026, 10), primary__classes=4)
    give(province.tea_combined, (2026, 10), primary__classes=2)
    assert reached(province.department, "primary.classes").value == Decimal(9)


def test_only_what_was_sent_counts_and_the_unaccepted_is_provisional(province, give):
    give(province.cloud_primary, (2026, 9), primary__classes=12)
    assert not reached(province.department, "primary.classes").provisional
    give(province.cloud_primary, (2026, 10), ObservationStatus.DRAFT, primary__classes=99)
    give(province.tea_combined, (2026, 10), ObservationStatus.SENT, primary__classes=10)
    found = reached(province.department, "primary.classes")
    assert (found.value, found.provisional) == (Decimal(22), True)


def test_a_rate_is_a_sum_over_a_sum_of_those_that_gave_both_in_one_month(province, give):
    """90 of 100 and 10 of 10 are 100 of 110; what stands alone tilts nothing."""
    give(province.cloud_primary, (2026, 10), primary__pupils=100, primary__attending=90)
    give(province.cloud_primary, (2026, 11), primary__pupils=500)
    give(province.tea_combined, (2026, 10), primary__pupils=10, primary__attending=10)
    found = reached(province.department, "primary.attendance_rate")
    assert (found.numerator, found.denominator, found.value) == (Decimal(100), Decimal(110), Decimal("90.9"))
    assert found.as_of == dt.date(2026, 10, 31)


def test_the_parts_of_each_level_are_paired_by_themselves(province, give):
    give(
        province.tea_combined,
        (2026, 10),
        primary__pupils=100,
        primary__attending=90,
        lower_secondary__pupils=900,
    )
    assert reached(province.department, "all.attendance_rate").value == Decimal(90)


def test_zero_is_a_figure_and_not_applicable_is_none(province, give):
    give(province.cloud_primary, (2026, 10), primary__classes=0)
    give(province.tea_combined, (2026, 10), primary__classes=NOT_APPLICABLE)
    found = reached(province.department, "primary.classes")
    assert (found.value, found.counted, found.not_counted) == (Decimal(0), 1, 0)
    assert reached(province.tea_commune, "primary.classes").lack == Lack.NOT_APPLICABLE
    give(province.cloud_primary, (2026, 11), primary__pupils=0, primary__attending=0)
    assert reached(province.department, "primary.attendance_rate").lack == Lack.NOTHING_BELOW


class TestOverResidents:
    def test_children_of_the_schools_over_those_whom_the_communes_counted(self, province, give):
        give(province.orchid_preschool, (2026, 9), preschool__nursery=40)
        give(province.cloud_commune, (2026, 9), population__age_0_2=100)
        give(province.cloud_commune, (2026, 11), population__age_0_2=160)
        found = reached(province.cloud_commune, "preschool.nursery_rate")
        assert (found.numerator, found.denominator, found.value) == (Decimal(40), Decimal(160), Decimal(25))
        assert (found.counted, found.expected) == (2, 2)

    def test_a_school_alone_has_no_such_rate(self, province, give):
        give(province.orchid_preschool, (2026, 9), preschool__nursery=40)
        found = reached(province.orchid_preschool, "preschool.nursery_rate")
        assert (found.value, found.lack) == (None, Lack.NOT_FOR_SCHOOL)

    def test_without_residents_there_is_no_rate(self, province, give):
        give(province.orchid_preschool, (2026, 9), preschool__nursery=40)
        found = reached(province.department, "preschool.nursery_rate")
        assert (found.value, found.lack, found.numerator) == (None, Lack.NO_POPULATION, Decimal(40))

    def test_schools_of_a_commune_without_residents_do_not_raise_the_rate(self, province, give):
        give(province.cloud_primary, (2026, 9), primary__of_age=90)
        give(province.tea_combined, (2026, 9), primary__of_age=300)
        give(province.cloud_commune, (2026, 9), population__age_6_10=100)
        found = reached(province.department, "primary.enrolment_rate")
        assert (found.value, found.numerator, found.not_counted) == (Decimal(90), Decimal(90), 2)
        give(province.tea_commune, (2026, 9), population__age_6_10=300)
        assert reached(province.department, "primary.enrolment_rate").value == Decimal("97.5")


class TestRecognised:
    def test_level_one_counts_level_two_until_it_lapses(self, province, recognise):
        recognise(province.cloud_primary, 2, dt.date(2021, 12, 11))
        recognise(province.tea_combined, 1, dt.date(2024, 5, 20))
        assert reached(province.department, "primary.standard_1").value == 2
        assert reached(province.department, "primary.standard_2").value == 1
        assert reached(province.department, "all.standard_1_rate").value == Decimal(50)
        assert reached(province.department, "primary.standard_1", today=dt.date(2026, 12, 11)).value == 1

    def test_a_school_of_two_levels_counts_for_each_and_once_for_all(self, province, recognise):
        recognise(province.tea_combined, 1, dt.date(2024, 5, 20))
        codes = ["primary.standard_1", "lower_secondary.standard_1", "all.standard_1"]
        assert [reached(province.department, code).value for code in codes] == [1, 1, 1]

    def test_all_schools_or_public_ones_belongs_to_the_indicator(self, province, recognise):
        recognise(province.cloud_primary, 1, dt.date(2024, 5, 20))
        School.objects.filter(pk=province.tea_combined.pk).update(is_public=False)
        codes = ["primary.standard_1_rate", "primary.standard_1_rate_public"]
        assert [reached(province.department, code).value for code in codes] == [50, 100]

    def test_of_no_school_there_is_no_share_and_no_number(self, province):
        codes = ["preschool.standard_1_rate", "preschool.standard_1"]
        assert [reached(province.tea_commune, code).lack for code in codes] == [Lack.NO_SCHOOLS] * 2


def test_old_months_are_read_in_the_tree_of_their_day(province, give):
    give(province.cloud_primary, (2026, 9), primary__classes=12)
    rows = UnitAncestry.objects.filter(ancestor=province.cloud_commune, descendant=province.cloud_primary)
    rows.update(valid_to=dt.date(2026, 12, 1))
    term = Span(dt.date(2026, 9, 1), dt.date(2026, 11, 30))
    assert reached(province.cloud_commune, "primary.classes", span=term).value == 12
    assert reached(province.cloud_commune, "primary.classes").lack == Lack.NO_SCHOOLS


def test_the_share_of_those_that_say_yes_is_of_all_that_answered(province, give):
    """One of two that answered; who has not answered says neither yes nor no."""
    give(province.cloud_primary, (2027, 6), primary__two_sessions=1)
    june = dt.date(2027, 7, 10)
    found = reached(province.department, "primary.two_sessions_rate", today=june)
    assert (found.value, found.numerator, found.denominator) == (Decimal(100), Decimal(1), Decimal(1))
    assert (found.counted, found.expected) == (1, 2)
    give(province.tea_combined, (2027, 6), primary__two_sessions=0)
    found = reached(province.department, "primary.two_sessions_rate", today=june)
    assert (found.value, found.counted) == (Decimal(50), 2)
    points = trends(province.department, [indicator("primary.two_sessions_rate")], two_years_to(june))
    assert [point.value for [point] in points.values()] == [Decimal(50)]


def test_what_communes_say_yes_to_is_counted_and_shared(province, give):
    give(province.cloud_commune, (2027, 6), universal__primary_3=1, universal__primary_2=1)
    give(province.tea_commune, (2027, 6), universal__primary_3=0, universal__primary_2=1)
    june = dt.date(2027, 7, 10)
    count, share = (
        reached(province.department, f"primary.universal_primary_{code}", today=june)
        for code in ("2", "3_rate")
    )
    assert (count.value, count.counted, count.expected) == (Decimal(2), 2, 2)
    assert (share.value, share.counted, share.expected) == (Decimal(50), 2, 2)
    assert reached(province.cloud_primary, "primary.universal_primary_2").lack == Lack.NOT_FOR_SCHOOL


ALL_KINDS = ["primary.pupils", "primary.attendance_rate", "preschool.nursery_rate", "all.standard_1_rate"]


@pytest.mark.parametrize("schools", [1, 3])
@pytest.mark.parametrize("times", [1, 3])
def test_a_whole_board_costs_the_same(province, give, django_assert_num_queries, schools, times):
    for school in [province.cloud_primary, province.tea_combined, province.high_school][:schools]:
        level = "upper_secondary" if school == province.high_school else "primary"
        give(school, (2026, 10), **{f"{level}__pupils": 100, f"{level}__attending": 90})
    give(province.cloud_commune, (2026, 10), population__age_0_2=100)
    codes = ALL_KINDS if times == 1 else list(Indicator.objects.values_list("code", flat=True))
    rows = list(Indicator.objects.whole().filter(code__in=codes))
    # All indicators: of those counted once, who is gone is looked for as well.
    with django_assert_num_queries(7 if times == 1 else 8):
        values(province.department, rows, YEAR, TODAY)
    with django_assert_num_queries(4):
        trends(province.department, rows, two_years_to(TODAY))


class TestTrend:
    def test_a_point_a_month_of_which_nearly_all_reported(self, province, give):
        give(province.cloud_primary, (2026, 9), primary__pupils=100, primary__attending=90)
        give(province.tea_combined, (2026, 9), primary__pupils=100, primary__attending=100)
        give(province.cloud_primary, (2026, 10), primary__pupils=100, primary__attending=98)
        rows = [indicator("primary.pupils"), indicator("primary.attendance_rate")]
        found = trends(province.department, rows, two_years_to(TODAY))
        september = dt.date(2026, 9, 30)
        assert [found[row.pk] for row in rows] == [
            [Point(september, Decimal(200))],
            [Point(september, Decimal(95))],
        ]

    def test_recognised_schools_are_counted_at_each_end_of_month_and_today(self, province, recognise):
        recognise(province.cloud_primary, 1, dt.date(2026, 11, 15))
        row = indicator("primary.standard_1")
        points = trends(province.department, [row], two_years_to(TODAY))[row.pk]
        assert (len(points), points[0].on, points[-1]) == (24, dt.date(2025, 1, 31), Point(TODAY, Decimal(1)))
        assert [point.value for point in points[-3:]] == [0, 1, 1]


def test_a_figure_is_not_counted_twice_in_two_lines(province, give):
    """Schools stand under the department in both lines."""
    give(province.high_school, (2026, 9), upper_secondary__pupils=900)
    assert reached(province.department, "upper_secondary.pupils").value == Decimal(900)


class TestNotApplicable:
    """An answer, though no number: it is neither zero nor still to come."""

    def test_nobody_waits_for_who_said_so(self, province, give):
        give(province.cloud_primary, (2026, 10), primary__classes=12)
        give(province.tea_combined, (2026, 10), primary__classes=NOT_APPLICABLE)
        found = reached(province.department, "primary.classes")
        assert (found.value, found.counted, found.expected, found.not_counted) == (12, 1, 1, 0)

    def test_zero_is_counted_and_missing_is_waited_for(self, province, give):
        give(province.cloud_primary, (2026, 10), primary__classes=0)
        found = reached(province.department, "primary.classes")
        assert (found.value, found.counted, found.expected, found.not_counted) == (0, 1, 2, 1)

    def test_a_school_that_said_so_has_that_for_a_reason(self, province, give):
        give(province.cloud_primary, (2026, 10), primary__attending=NOT_APPLICABLE, primary__pupils=100)
        found = reached(province.cloud_primary, "primary.attendance_rate")
        assert (found.value, found.lack) == (None, Lack.NOT_APPLICABLE)

    def test_whoever_gave_a_number_in_another_month_is_counted(self, province, give):
        give(province.cloud_primary, (2026, 9), primary__classes=NOT_APPLICABLE)
        give(province.cloud_primary, (2026, 10), primary__classes=12)
        found = reached(province.department, "primary.classes")
        assert (found.value, found.counted, found.expected) == (12, 1, 2)

    def test_on_the_way_to_the_schools_the_three_are_three(self, province, give):
        give(province.cloud_primary, (2026, 10), primary__classes=0)
        give(province.tea_combined, (2026, 10), primary__classes=NOT_APPLICABLE)
        parts = breakdown(province.department, indicator("primary.classes"), YEAR, TODAY)
        said = {one.unit.short_name: (one.value.value, one.value.lack) for one in parts.schools}
        assert said == {
            "TH Suối Mây": (0, Lack.NOTHING),
            "TH&THCS Đồi Chè": (None, Lack.NOT_APPLICABLE),
        }
        assert parts.missing == []
