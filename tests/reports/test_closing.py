"""A unit closes: the running month expects it no more; what an office had to accept is another's."""

import datetime as dt

import pytest

from reports.actions import open_month
from reports.models import MonthlyReport, ReportState
from reports.queries.briefing import gather
from schools.actions.upkeep import close_unit, place_under
from schools.reorganisation import left_open
from tests.conftest import ADMINISTRATIVE
from tests.reports.months import open_months, report
from tests.reports.page import fresh
from trail.models import AuditEvent, Notification

pytestmark = pytest.mark.usefixtures("in_december")
LAST_DAY = dt.date(2026, 11, 25)


@pytest.fixture
def in_december(time_machine) -> None:
    time_machine.move_to(dt.datetime(2026, 12, 3, 3, tzinfo=dt.UTC), tick=False)


@pytest.fixture
def november(province, cast):
    return open_month(year=2026, month=11, by=None, today=dt.date(2026, 11, 21)).period


def row_of(unit, period) -> MonthlyReport:
    return MonthlyReport.objects.get(unit=unit, period=period)


def test_a_month_that_it_does_not_see_to_the_end_expects_it_no_more(province, cast, november):
    close_unit(unit=province.high_school, last_day=LAST_DAY, by=cast.admin)
    row = row_of(province.high_school, november)
    assert (row.state, row.reason) == (ReportState.EXCUSED, "Đơn vị không còn hoạt động từ ngày 26/11/2026.")
    assert (row.reviewed_by, row.version) == (cast.admin.user, 2)
    told = AuditEvent.objects.get(verb="report.excused")
    assert (told.unit_id, told.actor_id) == (province.high_school.pk, cast.admin.user_id)
    assert gather(office=province.department, period=november, today=LAST_DAY).discipline.expected == 5


def test_a_month_that_it_saw_to_the_end_is_still_owed(province, cast, november):
    (october,) = open_months((2026, 10))
    close_unit(unit=province.high_school, last_day=dt.date(2026, 11, 30), by=cast.admin)
    states = {row_of(province.high_school, one).state for one in (october, november)}
    assert states == {ReportState.EXPECTED}


def test_what_it_sent_stays_and_counts(province, cast, november):
    report(province.high_school, november, sent_on=dt.date(2026, 11, 24)).of(
        ("upper_secondary", 30, 1_250, 1_210, 70)
    )
    close_unit(unit=province.high_school, last_day=LAST_DAY, by=cast.admin)
    assert row_of(province.high_school, november).state == ReportState.SENT
    found = gather(office=province.department, period=november, today=LAST_DAY).discipline
    assert (found.expected, found.received) == (6, 1)


def test_reminders_of_it_leave_the_first_page(province, cast, november):
    Notification.objects.create(
        kind="reports.reminder",
        unit_id=province.high_school.pk,
        object_type="reports.monthlyreport",
        object_id=row_of(province.high_school, november).pk,
    )
    close_unit(unit=province.high_school, last_day=LAST_DAY, by=cast.admin)
    assert not Notification.objects.open().exists()


# --- an office closes ---------------------------------------------------------------------------------------


def emptied(commune, other, *schools) -> None:
    for school in schools:
        place_under(unit=school, office=other, line=ADMINISTRATIVE, since=dt.date(2026, 12, 1), by=None)


@pytest.mark.parametrize("heir", ["tea_commune", None])
def test_what_an_office_has_not_accepted_goes_to_its_successor_or_the_one_above(
    province, cast, november, heir
):
    waiting = report(province.cloud_primary, november, sent_on=dt.date(2026, 11, 30)).of(
        ("primary", 12, 380, 371, 21)
    )
    emptied(province.cloud_commune, province.tea_commune, province.cloud_primary, province.orchid_preschool)
    successor = getattr(province, heir) if heir else None
    assert "2 báo cáo chờ duyệt" in left_open(province.cloud_commune)
    close_unit(
        unit=province.cloud_commune, last_day=dt.date(2026, 11, 30), successor=successor, by=cast.admin
    )
    office = successor or province.department
    rows = MonthlyReport.objects.filter(unit__in=[province.cloud_primary, province.orchid_preschool])
    assert set(rows.values_list("office", flat=True)) == {office.pk}
    assert fresh(waiting).version == waiting.version + 1
    told = AuditEvent.objects.filter(verb="report.handed_over")
    assert [one.data["office"] for one in told] == [[province.cloud_commune.pk, office.pk]] * 2


def test_what_it_accepted_stays_its_own(province, cast, november):
    MonthlyReport.objects.filter(unit=province.cloud_primary).update(
        state=ReportState.EXCUSED, reason="Trường nghỉ vì lũ"
    )
    emptied(province.cloud_commune, province.tea_commune, province.cloud_primary, province.orchid_preschool)
    close_unit(
        unit=province.cloud_commune,
        last_day=dt.date(2026, 11, 30),
        successor=province.tea_commune,
        by=cast.admin,
    )
    assert row_of(province.cloud_primary, november).office_id == province.cloud_commune.pk
