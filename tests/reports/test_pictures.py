"""What the leader's pictures are drawn from: the same numbers as on the pages that they lead to."""

import datetime as dt
from decimal import Decimal

import pytest

from reports.models import MonthlyReport
from reports.queries.pictures import Cell, Grid, GridRow, pictures, trend
from schools.actions import rebuild_ancestry
from schools.models import Affiliation, SchoolLevel
from tests.conftest import posted
from tests.reports.months import accept, october_and_november, open_months, report

TODAY = dt.date(2026, 12, 7)


@pytest.fixture
def months(province, cast):
    """October whole; in November the high school is missing and the preschool came late."""
    october, november = october_and_november(
        province, cast, missing=[province.high_school, province.orchid_preschool]
    )
    report(province.orchid_preschool, november, sent_on=dt.date(2026, 12, 6)).of(
        ("preschool", 6, 152, 142, 14)
    )
    return [october, november]


def drawn(posting, office, chosen=""):
    return pictures(user=posting.user, office=office, chosen=chosen, today=TODAY)


def of_months(found) -> list[tuple]:
    return [(one.period.ordinal, one.value, one.reported, one.schools, one.is_whole) for one in found.months]


def test_a_figure_over_the_months_and_over_how_many_schools(province, cast, months):
    found = drawn(cast.leader, province.department, "primary.pupils").trend
    assert of_months(found) == [(10, 680, 2, 2, True), (11, 684, 2, 2, True)]
    assert (found.code, found.latest.period, found.has_gaps) == ("primary.pupils", months[1], False)


def test_a_month_that_nobody_reported_is_a_gap(province, cast, months):
    found = drawn(cast.leader, province.department, "upper_secondary.pupils").trend
    assert of_months(found) == [(10, 1250, 1, 1, True), (11, None, 0, 1, False)]
    assert (found.latest.period, found.has_gaps) == (months[0], True)
    assert [dot.place for dot in found.chart.dots] == [0]


def test_a_month_that_lacks_schools_is_known_in_part(province, cast):
    _october, _november = october_and_november(province, cast, missing=[province.cloud_primary])
    found = drawn(cast.leader, province.department, "primary.pupils").trend
    assert of_months(found) == [(10, 680, 2, 2, True), (11, 302, 1, 2, False)]
    assert found.chart.lines == ()


def row(unit_id, *overdue):
    return GridRow(unit_id, f"Xã {unit_id}", tuple(Cell(9, 9 - one, 0, one) for one in overdue))


def test_of_a_long_grid_the_rows_that_lack_most_come_first():
    """By the newest month, then the one before; they keep the order of the list."""
    grid = Grid((), (row(1, 0, 0), row(2, 5, 1), row(3, 0, 2), row(4, 0, 1)), by_office=True)
    assert [one.unit_id for one in grid.foremost(2).rows] == [2, 3]
    assert grid.foremost(4) == grid


def test_a_rate_is_a_sum_over_a_sum(province, cast, months):
    found = drawn(cast.leader, province.department, "primary.attendance_rate").trend
    assert [one.value for one in found.months] == [Decimal("0.978"), Decimal("0.975")]  # 665/680, 667/684


def test_what_is_not_accepted_is_provisional(province, cast, months):
    row = MonthlyReport.objects.get(unit=province.high_school, period=months[0])
    assert drawn(cast.leader, province.department, "upper_secondary.pupils").trend.latest.provisional
    accept(row, cast.staff)
    assert not drawn(cast.leader, province.department, "upper_secondary.pupils").trend.latest.provisional


def test_schools_count_where_they_stood_at_the_end_of_the_month(province, cast, months):
    """From December on the school is the tea commune's; its figures of November stay the cloud commune's."""
    moved = dt.date(2026, 12, 1)
    link = Affiliation.objects.get(school=province.cloud_primary, office=province.cloud_commune)
    link.valid_to = moved
    link.save()
    Affiliation.objects.create(
        school=province.cloud_primary, office=province.tea_commune, kind=link.kind, valid_from=moved
    )
    rebuild_ancestry()
    before = trend(
        user=cast.leader.user, office=province.cloud_commune, level="primary", stem="pupils", periods=months
    )
    after = trend(
        user=cast.leader.user, office=province.tea_commune, level="primary", stem="pupils", periods=months
    )
    assert [one.value for one in before.months] == [380, 382]
    assert [one.value for one in after.months] == [300, 302]


@pytest.mark.parametrize("chosen", ["", "primary", "primary.", "primary.secrets", "university.pupils", "…"])
def test_what_cannot_be_chosen_is_the_first(province, cast, months, chosen):
    found = drawn(cast.leader, province.department, chosen)
    assert found.trend.code == "preschool.pupils"
    assert found.levels == ["preschool", "primary", "lower_secondary", "upper_secondary"]


def test_who_reported_by_accepting_office(province, cast, months):
    grid = drawn(cast.leader, province.department).grid
    assert grid.by_office
    assert {
        row.name: [(cell.received, cell.expected, cell.late, cell.overdue, cell.state) for cell in row.cells]
        for row in grid.rows
    } == {
        "Sở GDĐT": [(3, 3, 0, 0, "all_in_time"), (2, 3, 0, 1, "overdue")],
        "Xã Suối Mây": [(2, 2, 0, 0, "all_in_time"), (2, 2, 1, 0, "all_in")],
        "Xã Đồi Chè": [(1, 1, 0, 0, "all_in_time"), (1, 1, 0, 0, "all_in_time")],
    }


def test_a_commune_sees_its_schools_one_by_one(province, cast, months):
    grid = drawn(cast.commune_leader, province.cloud_commune).grid
    assert not grid.by_office
    assert [(row.name, [cell.state for cell in row.cells]) for row in grid.rows] == [
        ("MN Hoa Ban", ["all_in_time", "all_in"]),
        ("TH Suối Mây", ["all_in_time", "all_in_time"]),
    ]
    report_row = MonthlyReport.objects.get(unit=province.orchid_preschool, period=months[1])
    assert grid.rows[0].cells[1].first == report_row.pk


def test_before_the_due_day_what_is_missing_waits(province, cast, months):
    found = pictures(user=cast.leader.user, office=province.department, chosen="", today=dt.date(2026, 12, 1))
    assert [row.cells[1].state for row in found.grid.rows if row.name == "Sở GDĐT"] == ["waiting"]


def test_a_month_in_which_nothing_was_expected_is_empty():
    assert Cell(0, 0, 0, 0).state == "none"


def test_a_department_limited_to_a_level_sees_its_schools_only(province, cast, months):
    found = drawn(cast.division_staff, province.department, "primary.pupils")
    assert found.levels == ["primary", "lower_secondary"]  # one of its schools teaches both
    assert of_months(found.trend)[0] == (10, 680, 2, 2, True)
    assert {row.name: row.cells[0].expected for row in found.grid.rows} == {
        "Sở GDĐT": 2,  # the communes' own reports
        "Xã Suối Mây": 1,
        "Xã Đồi Chè": 1,
    }


def test_an_outsider_sees_nothing_of_it(province, cast, months):
    found = drawn(cast.outsider, province.department)
    assert (found.trend, found.levels, found.grid.rows) == (None, [], ())


def test_before_any_month_there_is_nothing_to_draw(province, cast):
    found = drawn(cast.leader, province.department)
    assert (found.trend, found.grid.periods, found.grid.rows) == (None, (), ())


def test_a_level_given_up_is_no_longer_expected(province, cast, months):
    SchoolLevel.objects.filter(school=province.tea_combined, level="lower_secondary").update(
        valid_to=dt.date(2026, 11, 15)
    )
    found = drawn(cast.leader, province.department, "lower_secondary.pupils")
    assert "lower_secondary" not in found.levels


def test_drawing_costs_the_same_for_one_month_and_three(province, cast, django_assert_num_queries):
    open_months((2026, 9))
    with django_assert_num_queries(5):
        drawn(cast.leader, province.department)
    october_and_november(province, cast)
    posted("them", "Người Thêm", province.department, "leader")
    with django_assert_num_queries(5):
        drawn(cast.leader, province.department)
