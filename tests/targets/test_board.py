"""The board of a unit and period, and which one is opened."""

import datetime as dt
from decimal import Decimal

import pytest

from schools.actions import calendar_year_period, school_year_period, term_period
from targets.models import Target
from targets.queries.board import (
    board,
    boards_seen,
    indicators_to_set,
    periods_with_targets,
    standings,
    units_to_choose,
    units_to_set,
    usual_period,
)
from targets.standing import TargetStanding, Why
from targets.wording import reason

TODAY = dt.date(2026, 12, 10)


def seen_by(user):
    return Target.objects.visible_to(user)


def test_value_year_before_trend_and_standing(province, cast, year, set_for, give):
    give(province.cloud_primary, (2026, 5), primary__pupils=100, primary__attending=95)
    give(province.cloud_primary, (2026, 9), primary__pupils=100, primary__attending=96)
    give(province.cloud_primary, (2026, 11), primary__pupils=100, primary__attending=97)
    set_for("primary.attendance_rate", "99")
    set_for("primary.pupils", "100")
    set_for("primary.completion_rate", "100")
    rows = board(unit=province.department, period=year, today=TODAY, user=cast.staff.user).rows
    assert [(row.target.indicator.code, row.value.value, row.before.value, row.standing) for row in rows] == [
        ("primary.pupils", Decimal(100), Decimal(100), TargetStanding.MET),
        ("primary.attendance_rate", Decimal(97), Decimal(95), TargetStanding.ON_TRACK),
        ("primary.completion_rate", None, None, TargetStanding.NO_DATA),
    ]
    assert rows[1].judged.why == Why.AS_FAR_AS_TIME
    assert [point.value for point in rows[1].trend] == [95, 96, 97]


def test_every_standing_is_counted(province, cast, year, set_for, recognise):
    recognise(province.cloud_primary, 1, dt.date(2024, 5, 20))
    set_for("all.standard_1", "1")
    set_for("all.standard_1_rate", "90")
    found = board(unit=province.department, period=year, today=dt.date(2027, 9, 1), user=cast.staff.user)
    assert found.counts == {"exceeded": 0, "met": 1, "on_track": 0, "at_risk": 0, "missed": 1, "no_data": 0}


def test_up_by_starts_from_the_baseline_of_the_target(province, cast, year, set_for, recognise):
    recognise(province.cloud_primary, 1, dt.date(2024, 5, 20))
    former = school_year_period(2025)
    set_for(
        "all.standard_1", "2", comparator="increase_by", baseline_value=Decimal(1), baseline_period=former
    )
    row = board(unit=province.department, period=year, today=TODAY, user=cast.staff.user).rows[0]
    assert (row.wanted.line, row.wanted.gap(row.value.value), row.standing) == (
        3,
        -2,
        TargetStanding.AT_RISK,
    )


def test_it_shows_what_the_person_may_see(province, cast, year, set_for):
    set_for("all.attendance_rate", "98")
    set_for("primary.attendance_rate", "98")
    shown = {
        who: len(board(unit=province.department, period=year, today=TODAY, user=getattr(cast, who).user).rows)
        for who in ("leader", "division_staff", "principal", "outsider")
    }
    assert shown == {"leader": 2, "division_staff": 1, "principal": 0, "outsider": 0}


@pytest.mark.parametrize("number", [1, 3])
def test_a_board_costs_the_same_for_many(
    province, cast, year, set_for, give, django_assert_num_queries, number
):
    """Both sorts of indicator are there in either case, and residents."""
    for school in [province.cloud_primary, province.tea_combined, province.high_school][:number]:
        level = "upper_secondary" if school == province.high_school else "primary"
        give(school, (2026, 10), **{f"{level}__pupils": 100, f"{level}__attending": 90})
    codes = [
        ["primary.attendance_rate", "primary.enrolment_rate", "all.standard_1"],
        ["all.pupils", "preschool.nursery_rate", "all.standard_1_rate"],
        ["primary.solid_rate", "primary.six_year_old_rate", "primary.standard_2"],
    ]
    for group in codes[:number]:
        for code in group:
            set_for(code, "9")
    with django_assert_num_queries(15):
        assert (
            len(board(unit=province.department, period=year, today=TODAY, user=cast.staff.user).rows)
            == 3 * number
        )


@pytest.fixture
def all_standings(province, set_for, give, recognise):
    """Targets that are met, on the way, behind, without figures."""
    for month, present in ((2026, 5), 95), ((2026, 9), 96), ((2026, 11), 97):
        give(province.cloud_primary, month, primary__pupils=100, primary__attending=present)
    give(province.high_school, (2026, 10), upper_secondary__pupils=700, upper_secondary__attending=690)
    recognise(province.cloud_primary, 1, dt.date(2024, 5, 20))
    for code, value in (
        ("primary.pupils", "100"),
        ("primary.attendance_rate", "99"),
        ("upper_secondary.attendance_rate", "100"),
        ("all.standard_1", "3"),
        ("primary.completion_rate", "100"),
    ):
        set_for(code, value)


@pytest.mark.usefixtures("all_standings")
@pytest.mark.parametrize("today", [TODAY, dt.date(2027, 2, 3), dt.date(2027, 9, 1)])
def test_who_only_asks_where_targets_stand_is_told_the_same(province, cast, year, today):
    asked = {"unit": province.department, "period": year, "today": today, "user": cast.staff.user}
    drawn, short = board(**asked), standings(**asked)
    assert [(row.judged, reason(row)) for row in short.rows] == [
        (row.judged, reason(row)) for row in drawn.rows
    ]
    assert short.counts == drawn.counts


@pytest.mark.usefixtures("all_standings")
def test_the_way_is_not_asked_for_where_the_value_tells_it(province, cast, year, django_assert_num_queries):
    """After the last day neither the year before nor any month is read."""
    asked = {"unit": province.department, "period": year, "user": cast.staff.user}
    with django_assert_num_queries(14):
        rows = standings(today=TODAY, **asked).rows
    assert [row.before.value for row in rows] == [None, Decimal(95), None, None, Decimal(1)]
    with django_assert_num_queries(11):
        assert len(standings(today=dt.date(2027, 9, 1), **asked).rows) == 5


class TestWhichBoard:
    def test_the_running_school_year_comes_first(self, province, cast, set_for):
        calendar, term = calendar_year_period(2026), term_period(2026, 1)
        former, coming = school_year_period(2025), school_year_period(2027)
        for period in (calendar, coming):
            set_for("all.attendance_rate", "98", period=period)
        assert usual_period(list(periods_with_targets(seen_by(cast.staff.user))), TODAY) == calendar
        set_for("all.attendance_rate", "98", period=former)
        assert (
            usual_period(list(periods_with_targets(seen_by(cast.staff.user))), dt.date(2027, 2, 1))
            == calendar
        )
        for period in (term, school_year_period(2026)):
            set_for("all.attendance_rate", "98", period=period)
        assert usual_period(
            list(periods_with_targets(seen_by(cast.staff.user))), TODAY
        ) == school_year_period(2026)
        assert usual_period(list(periods_with_targets(seen_by(cast.outsider.user))), TODAY) is None
        seen = seen_by(cast.staff.user)
        assert list(boards_seen(seen)) == list(periods_with_targets(seen))
        assert [one.kind for one in periods_with_targets(seen)] == [
            "school_year",
            "school_year",
            "term",
            "calendar_year",
            "school_year",
        ]

    def test_units_are_those_with_targets_and_the_own_one(self, province, cast, year, set_for):
        set_for("primary.attendance_rate", "98", unit=province.cloud_primary)
        names = {}
        for who, own in (("staff", province.department), ("neighbour", province.orchid_preschool)):
            boards = boards_seen(seen_by(getattr(cast, who).user))
            found = units_to_choose(boards.get(year, ()), own)
            names[who] = [one.short_name for one in found.values()]
        assert names == {"staff": ["Sở GDĐT", "TH Suối Mây"], "neighbour": ["MN Hoa Ban"]}


class TestWhatMayBeSet:
    def test_units_beneath_as_far_as_they_are_seen(self, province, cast):
        names = {
            who: [one.short_name for one in units_to_set(getattr(cast, who), TODAY)]
            for who in ("commune_officer", "division_staff")
        }
        assert names == {
            "commune_officer": ["Xã Suối Mây", "MN Hoa Ban", "TH Suối Mây"],
            "division_staff": ["Xã Đồi Chè", "Xã Suối Mây", "Sở GDĐT", "TH Suối Mây", "TH&THCS Đồi Chè"],
        }

    def test_indicators_of_the_levels_that_a_department_is_limited_to(self, province, cast):
        assert {one.level for one in indicators_to_set(cast.division_staff, TODAY)} == {"primary"}
        assert indicators_to_set(cast.commune_officer, TODAY).count() == 112
