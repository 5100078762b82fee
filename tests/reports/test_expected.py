"""The expected list changes only by explicit rows, each with its reason; several reports accepted at once."""

import datetime as dt

import pytest
from django.urls import reverse

from eduportal.base.errors import EditConflict, Refused
from reports.actions.expected import add_unit, excuse_unit
from reports.actions.reviewing import accept_reports
from reports.models import MonthlyReport, ReportState
from schools.models import Unit
from tests.conftest import TODAY
from tests.reports.months import BRIEFING_TIME, report
from tests.reports.page import fresh, url
from tests.reports.test_monthly_actions import a_school
from trail.models import AuditEvent

pytestmark = pytest.mark.usefixtures("in_november")
NOW = dt.datetime(2026, 11, 22, 3, 42, tzinfo=dt.UTC)
REASON = "Trường sáp nhập từ ngày 20/11"


# --- excused ------------------------------------------------------------------------------------------------

MAY = {"commune_officer": 302, "commune_leader": 302, "staff": 403, "principal": 403, "outsider": 404}


@pytest.mark.parametrize("who", MAY)
def test_who_would_accept_may_excuse(row, cast, client_of, who):
    data = {"version": row.version, "reason": REASON}
    answer = client_of(getattr(cast, who)).post(url(row, "report_excuse"), data)
    assert (answer.status_code, fresh(row).state == ReportState.EXCUSED) == (MAY[who], MAY[who] == 302)


def test_an_excused_unit_counts_no_more_and_reads_why(row, cast, client_of):
    officer = client_of(cast.commune_officer)
    before = officer.get(reverse("reports:months")).context["counts"].expected
    officer.post(url(row, "report_excuse"), {"version": row.version, "reason": REASON})
    assert officer.get(reverse("reports:months")).context["counts"].expected == before - 1
    assert fresh(row).reviewed_by == cast.commune_officer.user
    page = client_of(cast.principal).get(url(row))
    assert REASON in page.text
    assert 'id="month"' not in page.text


@pytest.mark.parametrize("reason", ["", "   ", "nghỉ", "1234567890123"])
def test_excusing_needs_a_reason_in_words(row, cast, client_of, reason):
    data = {"version": row.version, "reason": reason}
    answer = client_of(cast.commune_officer).post(url(row, "report_excuse"), data)
    assert (answer.status_code, fresh(row).state) == (422, ReportState.EXPECTED)
    assert "reason" in answer.context["excuse_form"].errors


def test_what_came_in_is_not_excused(sent, cast):
    with pytest.raises(Refused):
        excuse_unit(report=sent, version=sent.version, reason=REASON, by=cast.commune_officer, now=NOW)


def test_what_the_unit_saved_meanwhile_is_looked_at_first(row, cast):
    with pytest.raises(EditConflict):
        excuse_unit(report=row, version=row.version + 1, reason=REASON, by=cast.commune_officer, now=NOW)
    assert fresh(row).state == ReportState.EXPECTED


# --- added --------------------------------------------------------------------------------------------------


def page_of(client, **data):
    address = f"{reverse('reports:expected')}?period=2026-11"
    return client.post(address, data) if data else client.get(address)


def test_a_school_that_the_list_lacks_is_added(months, province, cast, client_of):
    a_school("NS010009", dt.date(2026, 11, 10), province.cloud_commune)
    officer = client_of(cast.commune_officer)
    form = page_of(officer).context["form"]
    assert [unit.code for unit in form.fields["unit"].queryset] == ["NS010009"]
    unit = form.fields["unit"].queryset.get()
    assert page_of(officer, unit=unit.pk, reason=REASON).status_code == 302
    row = MonthlyReport.objects.get(unit=unit, period=months[2])
    assert (row.state, row.office_id, row.due_on, row.added_reason, row.added_by) == (
        ReportState.EXPECTED,
        province.cloud_commune.pk,
        dt.date(2026, 12, 5),
        REASON,
        cast.commune_officer.user,
    )
    assert REASON in page_of(officer).text
    assert AuditEvent.objects.filter(verb="report.added").get().data == {"reason": REASON}


def test_an_excused_unit_may_be_expected_again(row, cast):
    excused = excuse_unit(report=row, version=row.version, reason=REASON, by=cast.commune_officer, now=NOW)
    again = add_unit(
        unit=row.unit,
        period=row.period,
        reason="Trường vẫn hoạt động",
        by=cast.commune_officer,
        today=TODAY,
        now=NOW,
    )
    assert (again.pk, again.state, again.reason, again.version) == (
        row.pk,
        ReportState.EXPECTED,
        "",
        excused.version + 1,
    )


def test_nobody_adds_what_is_anothers_or_there_already(row, province, cast):
    common = {"period": row.period, "reason": REASON, "today": TODAY, "now": NOW}
    with pytest.raises(Refused, match="cơ quan khác"):
        add_unit(unit=province.tea_combined, by=cast.commune_officer, **common)
    with pytest.raises(Refused, match="đã có trong danh sách"):
        add_unit(unit=row.unit, by=cast.commune_officer, **common)


def test_a_foreign_unit_is_no_choice(months, province, cast, client_of):
    a_school("BL010009", dt.date(2026, 11, 10), province.foreign_commune)
    foreign = Unit.objects.get(code="BL010009")
    answer = page_of(client_of(cast.commune_officer), unit=foreign.pk, reason=REASON)
    assert list(answer.context["form"].errors) == ["unit"]
    assert not MonthlyReport.objects.filter(unit=foreign).exists()


@pytest.mark.parametrize(("who", "status"), [("staff", 200), ("registrar", 403), ("principal", 403)])
def test_who_may_change_the_list(months, cast, client_of, who, status):
    assert page_of(client_of(getattr(cast, who))).status_code == status


def test_a_month_that_is_not_open_has_no_list(months, cast, client_of):
    address = f"{reverse('reports:expected')}?period=2031-01"
    assert client_of(cast.staff).get(address).status_code == 404


# --- several at once ----------------------------------------------------------------------------------------


@pytest.fixture
def two(months, province) -> list[MonthlyReport]:
    """Two reports that wait for the department."""
    high = report(province.high_school, months[2], sent_on=TODAY).of(("upper_secondary", 30, 1250, 1210, 70))
    return [high, report(province.tea_commune, months[2], sent_on=TODAY).of_population()]


def ticked(*reports: MonthlyReport) -> dict[str, list[str]]:
    return {"shown": [f"{one.pk}:{one.version}" for one in reports]}


def test_ticked_reports_are_accepted_together(two, cast, client_of):
    staff = client_of(cast.staff)
    page = staff.get(reverse("reports:months"))
    assert page.context["acceptable"] == {one.pk for one in two}
    answer = staff.post(reverse("reports:accept_many"), ticked(*two), follow=True)
    assert [str(one) for one in answer.context["messages"]] == ["Đã duyệt 2 báo cáo."]
    assert {fresh(one).state for one in two} == {ReportState.ACCEPTED}


def test_what_changed_meanwhile_is_named_and_left(two, cast, client_of):
    high, commune = two
    data = ticked(high, commune)
    commune.claim(commune.version)  # as when somebody else is at it
    answer = client_of(cast.staff).post(reverse("reports:accept_many"), data, follow=True)
    assert [str(one) for one in answer.context["messages"]] == [
        "Đã duyệt 1 báo cáo.",
        "Đã thay đổi sau khi bạn xem nên để nguyên: Xã Đồi Chè. Hãy xem lại.",
    ]
    assert (fresh(high).state, fresh(commune).state) == (ReportState.ACCEPTED, ReportState.SENT)


def test_twice_the_same_is_once(two, cast):
    chosen = {one: one.version for one in two}
    first = accept_reports(chosen=chosen, by=cast.staff, now=BRIEFING_TIME)
    second = accept_reports(chosen=chosen, by=cast.leader, now=BRIEFING_TIME)
    assert (len(first.accepted), len(second.accepted), len(second.left)) == (2, 0, 2)
    assert AuditEvent.objects.filter(verb="report.accepted").count() == 2


def test_others_reports_and_nonsense_are_left_out(two, sent, cast, client_of):
    staff = client_of(cast.staff)
    data = {"shown": [f"{sent.pk}:{sent.version}", "x", "1", ":", "99999999999999999999:1", "7:"]}
    assert staff.post(reverse("reports:accept_many"), data).status_code == 302
    assert fresh(sent).state == ReportState.SENT  # the commune's to accept
    client_of(cast.outsider).post(reverse("reports:accept_many"), ticked(*two))
    assert {fresh(one).state for one in two} == {ReportState.SENT}
    assert client_of(cast.principal).post(reverse("reports:accept_many"), ticked(*two)).status_code == 403
