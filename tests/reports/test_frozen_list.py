"""A month's list is its rows, each by the office that it was opened for: moving or closing a unit later
changes neither who accepts nor what is counted, and every page, briefing and answer counts the same."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import RoleCode
from reports.actions import open_month
from reports.models import MonthlyReport, ReportState
from reports.queries.briefing import gather, newest_closed_month
from reports.queries.dashboard import dashboard
from schools.actions.upkeep import close_unit, place_under
from tests.conftest import ADMINISTRATIVE, posted
from tests.reports.months import report
from tests.reports.page import fresh, url

DECEMBER = dt.date(2026, 12, 1)
DAY = dt.date(2026, 12, 8)  # after the due day of November's reports


@pytest.fixture
def november(province, cast, time_machine):
    """November, opened on the 21st; on the 8th of December all is due."""
    time_machine.move_to(dt.datetime(2026, 12, 8, 3, tzinfo=dt.UTC), tick=False)
    return open_month(year=2026, month=11, by=None, today=dt.date(2026, 11, 21)).period


@pytest.fixture
def moved(november, province) -> MonthlyReport:
    """The cloud primary school reported November to Suối Mây and belongs to Đồi Chè since December."""
    row = report(province.cloud_primary, november, sent_on=dt.date(2026, 11, 30)).of(
        ("primary", 12, 380, 371, 21)
    )
    place(province.cloud_primary, province.tea_commune, DECEMBER)
    return row


@pytest.fixture
def tea_leader(province):
    return posted("che", "Tẩn Thị Chè", province.tea_commune, RoleCode.LEADER)


def place(unit, office, since) -> None:
    place_under(unit=unit, office=office, line=ADMINISTRATIVE, since=since, by=None)


# --- who accepts --------------------------------------------------------------------------------------------


def test_the_office_it_was_opened_for_accepts_the_report_of_a_school_that_moved(moved, cast, client_of):
    leader = client_of(cast.commune_leader)
    assert leader.get(url(moved)).status_code == 200
    assert leader.post(url(moved, "report_accept"), {"version": moved.version}).status_code == 302
    assert fresh(moved).state == ReportState.ACCEPTED


def test_the_office_it_belongs_to_now_sees_it_and_no_more(moved, tea_leader, client_of):
    answers = client_of(tea_leader)
    assert answers.get(url(moved)).status_code == 200
    assert answers.post(url(moved, "report_accept"), {"version": moved.version}).status_code == 403
    assert fresh(moved).state == ReportState.SENT


def test_to_everybody_else_it_is_what_it_was(moved, cast, client_of):
    seen = {
        who: client_of(getattr(cast, who)).get(url(moved)).status_code
        for who in ("staff", "division_staff", "principal", "neighbour", "tea_principal", "outsider")
    }
    assert seen == {
        "staff": 200, "division_staff": 200, "principal": 200,
        "neighbour": 404, "tea_principal": 404, "outsider": 404,
    }  # fmt: skip


def test_people_limited_to_levels_do_not_see_reports_by_way_of_the_accepting_office(november, province, cast):
    """Staff of the primary level see the commune, and of its schools those of their level."""
    seen = MonthlyReport.objects.visible_to(cast.division_staff.user)
    units = set(seen.values_list("unit", flat=True))
    assert province.orchid_preschool.pk not in units
    assert province.cloud_primary.pk in units


# --- one number everywhere ----------------------------------------------------------------------------------


def expected_everywhere(posting, november, client_of) -> set[int]:
    """What each page says was expected of an office in November."""
    office = posting.acting_unit
    client = client_of(posting)
    of_office = MonthlyReport.objects.beneath(office).filter(period=november)
    months = client.get(reverse("reports:months"), {"period": "2026-11"}).context["counts"].expected
    chosen = client.get(reverse("reports:months"), {"period": "2026-11", "office": office.pk})
    missing = client.get(reverse("reports:missing"), {"period": "2026-11"}).context["counts"].expected
    api = client.get("/api/v1/monthly-reports/", {"office": office.pk, "period": november.pk}).json()["count"]
    return {
        of_office.count(),
        dashboard(user=posting.user, office=office, today=DAY).reporting.counts.expected,
        gather(office=office, period=november, today=DAY).discipline.expected,
        months,
        chosen.context["counts"].expected,
        missing,
        api,
    }


def test_a_school_that_moves_after_the_month_stays_in_the_list_it_was_opened_in(
    moved, november, cast, client_of
):
    assert expected_everywhere(cast.commune_leader, november, client_of) == {2}
    assert expected_everywhere(cast.leader, november, client_of) == {6}


def test_the_office_that_holds_it_now_is_not_owed_its_former_months(moved, november, tea_leader, client_of):
    assert expected_everywhere(tea_leader, november, client_of) == {1}


def test_a_school_that_moves_while_the_month_runs_reports_to_the_office_it_was_opened_for(
    november, province, cast, tea_leader, client_of
):
    place(province.orchid_preschool, province.tea_commune, dt.date(2026, 11, 25))
    assert expected_everywhere(cast.commune_leader, november, client_of) == {2}
    assert expected_everywhere(tea_leader, november, client_of) == {1}
    assert expected_everywhere(cast.leader, november, client_of) == {6}


def test_the_months_of_an_office_are_those_opened_for_it(moved, november, province):
    """A commune that gets its first school in December has no November to brief on."""
    place(province.tea_combined, province.cloud_commune, DECEMBER)
    MonthlyReport.objects.filter(office=province.tea_commune).delete()
    assert newest_closed_month(province.tea_commune, DAY) is None
    assert newest_closed_month(province.cloud_commune, DAY) == november


def test_the_sentences_of_difficulties_are_of_the_same_list(november, province):
    report(province.orchid_preschool, november, sent_on=DECEMBER, difficulties="Thiếu phòng học").of(
        ("preschool", 6, 150, 141, 14)
    )
    place(province.orchid_preschool, province.tea_commune, DECEMBER)
    texts = {
        office.pk: [one.difficulties for one in gather(office=office, period=november, today=DAY).remarks]
        for office in (province.cloud_commune, province.tea_commune)
    }
    assert texts == {province.cloud_commune.pk: ["Thiếu phòng học"], province.tea_commune.pk: []}


def test_the_rows_of_an_office_that_closed_stay_with_the_one_above(november, province, cast, client_of):
    """A commune that ends in the running month: what was opened for it is still the department's to see."""
    for school in (province.orchid_preschool, province.cloud_primary):
        place(school, province.tea_commune, dt.date(2026, 11, 25))
    close_unit(unit=province.cloud_commune, last_day=dt.date(2026, 11, 27), by=None)
    rows = MonthlyReport.objects.beneath(province.department).filter(period=november)
    assert rows.count() == 6
