"""What offices see and decide of a month: their list, one report, its way back to the school."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from directives.models import ProgressEntry
from reports import actions
from reports.figures import Month
from reports.models import MonthlyReport, ReportState
from schools.actions import rebuild_ancestry
from schools.models import Affiliation, LinkKind
from targets.models import Observation, ObservationStatus
from targets.queries import values_of
from tests.conftest import TODAY
from tests.reports.months import WHY, assign, report
from tests.reports.page import OCTOBER_DAY, figures, fresh, typed, url
from trail.models import AuditEvent

pytestmark = pytest.mark.usefixtures("in_november")

# --- review -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("commune_officer", 302),
        ("commune_leader", 302),
        ("staff", 403),
        ("leader", 403),
        ("division_staff", 403),
        ("principal", 403),
        ("neighbour", 404),
        ("outsider", 404),
    ],
)
def test_only_the_office_that_holds_the_school_accepts(sent, cast, client_of, who, status):
    answer = client_of(getattr(cast, who)).post(url(sent, "report_accept"), {"version": sent.version})
    assert answer.status_code == status
    assert (fresh(sent).state == ReportState.ACCEPTED) == (status == 302)


@pytest.mark.parametrize(("who", "status"), [("staff", 302), ("leader", 302), ("commune_officer", 404)])
def test_the_department_accepts_its_own_schools(months, province, cast, client_of, who, status):
    own = report(province.high_school, months[2], sent_on=TODAY).of(("upper_secondary", 30, 1250, 1210, 70))
    answer = client_of(getattr(cast, who)).post(url(own, "report_accept"), {"version": own.version})
    assert answer.status_code == status


def test_reviewers_see_their_forms_and_onlookers_do_not(sent, cast, client_of):
    assert client_of(cast.commune_officer).get(url(sent)).context["return_form"] is not None
    page = client_of(cast.staff).get(url(sent))
    assert (page.context["return_form"], page.context["shown"]) == (None, True)


@pytest.mark.parametrize(("who", "reviewing"), [("commune_officer", True), ("staff", False)])
def test_the_reviewer_sees_what_is_doubtful(months, province, cast, client_of, who, reviewing):
    row = report(province.cloud_primary, months[2], sent_on=TODAY).of(("primary", 0, 800, 371, 21))
    page = client_of(getattr(cast, who)).get(url(row))
    assert page.context["reviewing"] is reviewing
    assert ("2 số liệu cần xem lại:" in page.content.decode()) is reviewing
    doubted = page.context["doubted"]
    assert [(doubt.words, doubt.doubtful.remark) for one in doubted for doubt in one.doubts] == [
        ("Số lớp: không có, trong khi có 800 học sinh, trẻ.", WHY),
        ("Số lớp: 0, kỳ trước 12.", WHY),
        ("Số học sinh: 800, kỳ trước 378.", ""),
    ]
    remarks = {one.line.measure.stem: one.line.remark for one in page.context["figures"]}
    assert remarks == {"classes": WHY, "pupils": "", "attending": "", "teachers": ""}


def test_a_word_at_a_figure_beside_stands_with_the_doubt(sent, cast, client_of):
    """The reason why there are no classes is given where the pupils are."""
    stored = Observation.objects.filter(unit=sent.unit, period=sent.period)
    stored.filter(measure__code="primary.classes").update(value=0)
    stored.filter(measure__code="primary.pupils").update(remark="Học nhờ trường bạn")
    page = client_of(cast.commune_officer).get(url(sent))
    [classes] = page.context["doubted"]
    assert [(one.doubtful.is_serious, one.doubtful.remark) for one in classes.doubts] == [
        (True, "Học nhờ trường bạn"),
        (False, ""),
    ]
    notice = page.text.split('class="notice warn no-print"')[1].split("</div>")[0]
    assert notice.count("nghiêm trọng") == notice.count("“Học nhờ trường bạn”") == 1
    assert notice.count("không nêu lý do") == 1


def test_accepting_makes_the_figures_final(sent, cast, client_of):
    client_of(cast.commune_officer).post(url(sent, "report_accept"), {"version": sent.version})
    stored = values_of(sent.unit, sent.period).values()
    assert {kept.status for kept in stored} == {ObservationStatus.ACCEPTED}
    late = client_of(cast.principal).post(url(sent), typed(sent, primary__pupils="1"))
    assert (late.status_code, figures(sent)["pupils"]) == (409, 380)


@pytest.mark.parametrize("reason", ["", "   ", "sai", "!!!!!!!!!!!!!!!", "123456789012"])
def test_a_return_needs_a_reason_in_words(sent, cast, client_of, reason):
    data = {"version": sent.version, "reason": reason}
    answer = client_of(cast.commune_officer).post(url(sent, "report_return"), data)
    assert (answer.status_code, fresh(sent).state) == (422, ReportState.SENT)
    assert "reason" in answer.context["return_form"].errors


def test_a_return_with_work_sent_back(row, province, cast, client_of, months):
    done, other = assign(province, cast, province.cloud_primary, province.orchid_preschool, deadline=None)
    data = typed(row, send="") | {f"task-{done.pk}-percent": "100", f"task-{done.pk}-done": "on"}
    client_of(cast.principal).post(url(row), data)
    reason = "Chưa có biên bản nghiệm thu"
    officer = client_of(cast.commune_officer)
    foreign = {"version": fresh(row).version, "reason": reason, "send_back": [other.pk]}
    assert officer.post(url(row, "report_return"), foreign).status_code == 422

    officer.post(url(row, "report_return"), foreign | {"send_back": [done.pk]})
    done.refresh_from_db()
    assert (fresh(row).state, fresh(row).reason, done.state) == (ReportState.RETURNED, reason, "open")
    page = client_of(cast.principal).get(url(row))
    assert reason in page.text
    assert [entry.percent for entry in page.context["work_rows"][0].line.sent] == [100]

    again = typed(fresh(row), send="") | {f"task-{done.pk}-percent": "90", f"task-{done.pk}-note": "Đang ký"}
    client_of(cast.principal).post(url(row), again)
    assert fresh(row).state == ReportState.SENT
    assert list(ProgressEntry.objects.order_by("pk").values_list("percent", flat=True)) == [100, 90]


def test_returning_twice_or_after_accepting_changes_nothing(sent, cast, client_of):
    officer = client_of(cast.commune_officer)
    data = {"version": sent.version, "reason": "Sĩ số lệch so với tháng 10"}
    assert [officer.post(url(sent, "report_return"), data).status_code for _ in range(2)] == [302, 302]
    assert AuditEvent.objects.filter(verb="report.returned").count() == 1
    officer.post(url(sent, "report_accept"), {"version": fresh(sent).version})
    assert fresh(sent).state == ReportState.RETURNED


def test_a_review_of_an_older_page_decides_nothing(sent, cast, client_of):
    officer = client_of(cast.commune_officer)
    officer.post(url(sent, "report_accept"), {"version": sent.version - 1})
    answer = officer.post(
        url(sent, "report_return"), {"version": sent.version - 1, "reason": "Sĩ số lệch so với tháng 10"}
    )
    assert (answer.status_code, fresh(sent).state) == (409, ReportState.SENT)
    assert "Sĩ số lệch so với tháng 10" in answer.text


def test_the_sheet_has_the_letterhead_of_the_school(sent, cast, client_of):
    page = client_of(cast.principal).get(url(sent, "report_sheet"))
    for words in [
        "UBND XÃ SUỐI MÂY",
        "TRƯỜNG TIỂU HỌC SUỐI MÂY",
        "ngày 22 tháng 11 năm 2026",
        "Trần Thị Hoa",
    ]:
        assert words in page.text


# --- the list -----------------------------------------------------------------------------------------------


@pytest.fixture
def mixed(months, province, cast):
    """October: accepted, sent late, returned and never sent, by the four schools; no commune has sent."""
    october = months[1]
    accepted = MonthlyReport.objects.get(unit=province.cloud_primary, period=october)
    actions.accept_report(report=accepted, version=accepted.version, by=cast.commune_officer, now=OCTOBER_DAY)
    report(province.orchid_preschool, october, sent_on=dt.date(2026, 11, 9)).of(
        ("preschool", 6, 150, 141, 14)
    )
    high = report(province.high_school, october).of(("upper_secondary", 30, 1250, 1210, 70))
    actions.return_report(
        report=high, version=high.version, reason="Số giáo viên lệch", by=cast.staff, now=OCTOBER_DAY
    )
    return october


PARTS = {
    "": {"NS010001", "NS010002", "NS020001", "NS000001", "NS-01", "NS-02"},
    "missing": {"NS020001", "NS000001", "NS-01", "NS-02"},
    "late": {"NS020001", "NS000001", "NS-01", "NS-02"},
    "sent": {"NS010001"},
    "returned": {"NS000001"},
    "accepted": {"NS010002"},
}


@pytest.mark.parametrize("state", PARTS)
def test_the_list_of_a_month_and_its_parts(mixed, cast, client_of, state):
    page = client_of(cast.staff).get(reverse("reports:months"), {"period": "2026-10", "state": state})
    assert {row.unit.code for row in page.context["page"]} == PARTS[state]
    counts = page.context["counts"]
    numbers = (
        counts.expected,
        counts.received,
        counts.missing,
        counts.returned,
        counts.accepted,
        counts.overdue,
    )
    assert numbers == (6, 2, 4, 1, 1, 4)


def test_a_commune_lists_its_own_schools(mixed, cast, client_of):
    page = client_of(cast.commune_officer).get(reverse("reports:months"), {"period": "2026-10"})
    assert {row.unit.code for row in page.context["page"]} == {"NS010001", "NS010002"}
    assert {row.unit.code: row.was_sent_late for row in page.context["page"]} == {
        "NS010001": True,
        "NS010002": False,
    }


def test_the_newest_month_is_shown_first(mixed, cast, client_of):
    page = client_of(cast.leader).get(reverse("reports:months"))
    assert (page.context["period"].year, page.context["period"].ordinal) == (2026, 11)


def test_phones_of_those_missing(mixed, province, cast, client_of):
    type(province.high_school).objects.update(phone="0214 3812 345")
    page = client_of(cast.staff).get(reverse("reports:months"), {"period": "2026-10"})
    assert page.text.count('href="tel:0214 3812 345"') == 2


@pytest.mark.parametrize("query", ["period=2031-01", "period=x", "state=x"])
def test_what_there_is_not_is_not_found(mixed, cast, client_of, query):
    assert client_of(cast.staff).get(f"{reverse('reports:months')}?{query}").status_code == 404


def test_a_school_lists_its_own_months(mixed, cast, client_of):
    page = client_of(cast.high_principal).get(reverse("reports:months"))
    assert [row.period.ordinal for row in page.context["page"]] == [11, 10, 11]
    assert {row.unit.code for row in page.context["page"]} == {"NS000001"}
    assert [row.state for row in page.context["waiting"]] == ["expected", "returned", "expected"]


def test_who_is_posted_nowhere_sees_nothing(mixed, django_user_model):
    client = Client()
    client.force_login(django_user_model.objects.create(username="le", full_name="Lê"))
    page = client.get(reverse("reports:months"))
    assert (page.status_code, page.context["period"]) == (200, None)


@pytest.mark.parametrize(
    ("who", "status"), [("staff", 302), ("leader", 302), ("commune_officer", 403), ("clerk", 403)]
)
def test_who_may_open_a_month_by_hand(province, cast, client_of, who, status):
    client = client_of(getattr(cast, who))
    assert client.post(reverse("reports:month_open")).status_code == status
    assert MonthlyReport.objects.count() == (8 if status == 302 else 0)
    assert not client.get(reverse("reports:months")).context.get("to_open")


def test_the_button_is_there_until_the_month_is_open(province, cast, client_of):
    client = client_of(cast.staff)
    assert client.get(reverse("reports:months")).context["to_open"] == [Month(2026, 11)]
    client.post(reverse("reports:month_open"))
    assert client.post(reverse("reports:month_open")).status_code == 302
    assert MonthlyReport.objects.count() == 8


# --- queries ------------------------------------------------------------------------------------------------


def queries_of(client: Client, address: str, capture) -> int:
    client.get(address)
    with capture(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.fixture
def capture():
    from django.test.utils import CaptureQueriesContext

    return CaptureQueriesContext


def test_queries_of_the_list_do_not_grow_with_schools(months, province, cast, client_of, capture):
    november, address = months[2], reverse("reports:months")
    removed = MonthlyReport.objects.filter(period=november).exclude(unit=province.cloud_primary)
    rest = list(removed)
    removed.delete()
    client = client_of(cast.staff)
    one = queries_of(client, address, capture)
    MonthlyReport.objects.bulk_create(rest)
    assert len(client.get(address).context["page"]) == 6
    assert queries_of(client, address, capture) == one


@pytest.mark.parametrize("who", ["principal", "commune_officer"])
def test_queries_of_a_report_do_not_grow_with_tasks(row, province, cast, client_of, capture, who):
    def report_on_one_more() -> None:
        (todo,) = assign(province, cast, province.cloud_primary, deadline=dt.date(2026, 12, 14))
        ProgressEntry.objects.create(
            assignment=todo,
            period=row.period,
            percent=10,
            note="Đã họp",
            written_by=cast.clerk.user,
            sent_at=OCTOBER_DAY,
        )

    report_on_one_more()
    if who == "commune_officer":
        report(province.cloud_primary, row.period).of(("primary", 12, 380, 371, 21))
    client = client_of(getattr(cast, who))
    one = queries_of(client, url(row), capture)
    report_on_one_more()
    report_on_one_more()
    assert queries_of(client, url(row), capture) == one


def test_queries_of_a_schools_own_list(months, cast, client_of, capture):
    client, address = client_of(cast.principal), reverse("reports:months")
    three = queries_of(client, address, capture)
    MonthlyReport.objects.exclude(period=months[2]).delete()
    assert queries_of(client, address, capture) == three


def test_who_opens_is_told_of_the_schools_in_sight_only(province, cast, client_of):
    Affiliation.objects.filter(school=province.high_school, kind=LinkKind.ADMINISTRATIVE).delete()
    Affiliation.objects.filter(school=province.foreign_primary, kind=LinkKind.ADMINISTRATIVE).delete()
    rebuild_ancestry()
    response = client_of(cast.staff).post(reverse("reports:month_open"), follow=True)
    told = " ".join(str(one) for one in response.context["messages"])
    assert MonthlyReport.objects.count() == 6
    assert province.high_school.name in told
    assert province.foreign_primary.name not in told
    assert "5" in told.split(".")[1]


def test_a_foreign_office_that_opens_learns_no_number_of_ours(province, cast, client_of):
    response = client_of(cast.outsider).post(reverse("reports:month_open"), follow=True)
    (told,) = (str(one) for one in response.context["messages"])
    assert " 2 " in told
    assert MonthlyReport.objects.count() == 8
