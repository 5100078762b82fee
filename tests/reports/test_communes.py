"""Communes report what only they know; their report goes to the department, their schools' to them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import RoleCode
from reports import actions
from reports.actions.briefing import build_briefing
from reports.models import MonthlyReport, ReportState
from reports.queries.people import senders
from schools.actions import rebuild_ancestry
from schools.models import LinkKind, Posting, School, UnitKind
from tests.conftest import TODAY, open_office, posted
from tests.factories import DirectiveFactory
from tests.reports.months import BRIEFING_DAY, BRIEFING_TIME, POPULATION, assign, report
from tests.reports.page import OCTOBER_DAY, figures, fresh, url

pytestmark = pytest.mark.usefixtures("in_november")
TYPED = {f"population-{code.split('.')[1]}": "100" for code in POPULATION} | {
    "population-age_5": "30",
    "population-age_6": "20",
}


@pytest.fixture
def own(months, province) -> MonthlyReport:
    """The cloud commune's own report of November."""
    return MonthlyReport.objects.get(unit=province.cloud_commune, period=months[2])


def typed(row: MonthlyReport, **more: str) -> dict[str, str]:
    return TYPED | {"version": str(row.version), "difficulties": "", "proposals": ""} | more


# --- filling in and sending ---------------------------------------------------------------------------------


def test_the_page_asks_for_the_population_beside_last_months_and_last_years(months, own, cast, client_of):
    year_before, october, _ = months
    report(own.unit, year_before).of_population(200, 230, 70, 390, 75, 320)
    report(own.unit, october).of_population()
    page = client_of(cast.commune_officer).get(url(own))
    (section,) = page.context["levels"]
    assert section.title == "Dân số trong độ tuổi"
    shown = [(row.line.measure.stem, row.previous, row.last_year) for row in section.rows]
    assert shown == [
        ("age_0_2", 210, 200),
        ("age_3_5", 240, 230),
        ("age_5", 81, 70),
        ("age_6_10", 400, 390),
        ("age_6", 79, 75),
        ("age_11_14", 330, 320),
    ]
    assert "<h3>Dân số trong độ tuổi</h3>" in page.text


def test_staff_fill_in_and_the_leader_sends(own, cast, client_of):
    officer, leader = client_of(cast.commune_officer), client_of(cast.commune_leader)
    page = officer.get(url(own))
    assert 'name="send"' not in page.text
    assert "Lãnh đạo xã, phường gửi báo cáo: Lý Thị Mai." in page.text
    assert officer.post(url(own), typed(own, save="")).status_code == 302
    assert officer.post(url(own), typed(fresh(own), send="")).status_code == 403
    assert leader.post(url(own), typed(fresh(own), send="")).status_code == 302
    sent = fresh(own)
    assert (sent.state, sent.saved_by, sent.sent_by) == (
        ReportState.SENT,
        cast.commune_leader.user,
        cast.commune_leader.user,
    )
    assert sent.signed_as == "GIÁM ĐỐC"


def test_staff_send_where_the_commune_has_no_leader_here(months, province, client_of):
    row = MonthlyReport.objects.get(unit=province.tea_commune, period=months[2])
    officer = posted("ta", "Tẩn Láo Tả", province.tea_commune, RoleCode.STAFF)
    assert [one.pk for one in senders(row.unit, TODAY)] == [officer.pk]
    client = client_of(officer)
    assert 'name="send"' in client.get(url(row)).text
    client.post(url(row), typed(row, send=""))
    assert (fresh(row).state, fresh(row).signed_as) == (
        ReportState.SENT,
        "TL. THỦ TRƯỞNG CƠ QUAN\nCÁN BỘ PHỤ TRÁCH",
    )
    head = posted("thinh", "Nguyễn Đức Thịnh", province.tea_commune, RoleCode.LEADER)
    assert [one.pk for one in senders(row.unit, TODAY)] == [head.pk]


WRITES = {
    "commune_officer": 302,
    "commune_leader": 302,
    "staff": 403,
    "leader": 403,
    "division_staff": 403,
    "principal": 404,
    "outsider": 404,
}


def test_only_whoever_sends_is_asked_to_send(own, cast, client_of):
    asked = {}
    for who in ("commune_leader", "commune_officer"):
        pages = [client_of(getattr(cast, who)).get(address) for address in ("/", "/reports/own/")]
        asked[who] = ["Nhập và gửi báo cáo" in page.text for page in pages]
        assert all("báo cáo tháng 11/2026" in page.text for page in pages)
    assert asked == {"commune_leader": [True, True], "commune_officer": [False, False]}


@pytest.mark.parametrize("who", WRITES)
def test_nobody_else_writes_it(own, cast, client_of, who):
    answer = client_of(getattr(cast, who)).post(url(own), typed(own, save=""))
    assert answer.status_code == WRITES[who]


def test_what_is_missing_is_named_and_the_parts_do_not_exceed_the_whole(own, cast, client_of):
    data = typed(own, send="") | {"population-age_11_14": "", "population-age_5": "101"}
    answer = client_of(cast.commune_leader).post(url(own), data)
    assert answer.status_code == 422
    assert [code.code for code in answer.context["form"].errors["population-age_5"].as_data()] == [
        "above_limit"
    ]
    corrected = typed(fresh(own), send="") | {"population-age_11_14": ""}
    answer = client_of(cast.commune_leader).post(url(own), corrected)
    assert list(answer.context["form"].errors) == ["population-age_11_14"]


def test_work_given_to_a_commune_stands_on_its_page(own, province, cast, client_of):
    (todo,) = assign(province, cast, province.cloud_commune, deadline=dt.date(2026, 12, 14))
    page = client_of(cast.commune_officer).get(url(own))
    assert [row.line.assignment.pk for row in page.context["work_rows"]] == [todo.pk]


# --- review and counts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "status"), [("staff", 302), ("leader", 302), ("commune_leader", 403)])
def test_the_department_accepts_a_communes_report(own, cast, client_of, who, status):
    sent = report(own.unit, own.period, sent_on=TODAY).of_population()
    answer = client_of(getattr(cast, who)).post(url(own, "report_accept"), {"version": sent.version})
    assert (answer.status_code, fresh(own).state == ReportState.ACCEPTED) == (status, status == 302)


def test_a_commune_accepts_its_schools_report_and_the_department_sees(sent, cast, client_of):
    client_of(cast.commune_officer).post(url(sent, "report_accept"), {"version": sent.version})
    page = client_of(cast.staff).get(url(sent))
    assert (page.context["report"].state, page.context["shown"]) == (ReportState.ACCEPTED, True)
    counts = {}
    for who in ("staff", "commune_officer", "outsider"):
        found = client_of(getattr(cast, who)).get(reverse("reports:months")).context["counts"]
        counts[who] = (found.expected, found.accepted)
    assert counts == {"staff": (6, 1), "commune_officer": (2, 1), "outsider": (2, 0)}


def test_a_communes_own_report_is_not_one_of_those_beneath_it(own, cast, client_of):
    officer = client_of(cast.commune_officer)
    listed = officer.get(reverse("reports:months"))
    assert own.unit_id not in {row.unit_id for row in listed.context["page"]}
    assert [row.pk for row in listed.context["own"]][-1] == own.pk
    assert url(own) in officer.get(reverse("home")).text
    assert url(own) in client_of(cast.commune_leader).get(reverse("home")).text
    months = officer.get(reverse("reports:own_months")).context["page"]
    assert {row.unit_id for row in months} == {own.unit_id}


def test_the_sheet_speaks_of_the_commune(own, cast, client_of):
    report(own.unit, own.period, sent_on=TODAY).of_population()
    page = client_of(cast.staff).get(url(own, "report_sheet"))
    for words in ["UBND XÃ SUỐI MÂY", "PHÒNG VĂN HÓA - XÃ HỘI", "Dân số trong độ tuổi", "Lý Thị Mai"]:
        assert words in page.text
    assert "HIỆU TRƯỞNG" not in page.text


# --- after the month closed ---------------------------------------------------------------------------------


def test_a_report_after_the_briefing_is_taken_and_marked_late(own, cast, client_of, time_machine):
    time_machine.move_to(BRIEFING_TIME, tick=False)
    built = build_briefing(
        office=own.office, period=own.period, by=None, today=BRIEFING_DAY, now=BRIEFING_TIME
    )
    assert "UBND xã Suối Mây" in built.sections.get(key="discipline").text
    time_machine.shift(dt.timedelta(hours=3))
    leader = client_of(cast.commune_leader)
    assert "ghi là nộp muộn" in leader.get(url(own)).text
    leader.post(url(own), typed(own, send=""))
    assert (fresh(own).state, fresh(own).was_sent_late) == (ReportState.SENT, True)
    assert client_of(cast.staff).get(built.get_absolute_url()).context["newer"] == 1


def test_work_of_a_closed_school_keeps_its_pages(months, row, province, cast, client_of):
    (todo,) = assign(province, cast, province.cloud_primary, deadline=dt.date(2026, 12, 14))
    School.objects.filter(pk=province.cloud_primary.pk).update(valid_to=TODAY)
    rebuild_ancestry()
    staff = client_of(cast.staff)
    assert staff.get(reverse("directives:assignment", args=[todo.pk])).status_code == 200
    assert staff.get(url(row)).status_code == 200
    assert staff.get(reverse("reports:missing")).status_code == 200
    assert client_of(cast.principal).get(url(row)).status_code == 200


# --- last month's figures -----------------------------------------------------------------------------------


def test_last_months_figures_fill_what_is_empty_and_overwrite_nothing(row, cast, client_of):
    data = {"version": str(row.version), "primary-classes": "", "primary-pupils": "380", "fill": ""}
    data |= {"primary-teachers": "", "primary-teachers-na": "on"}
    answer = client_of(cast.clerk).post(url(row), data)
    assert answer.status_code == 302
    stored = figures(row)
    assert {stem: stored[stem] for stem in ("classes", "pupils")} == {
        "classes": Decimal(12),
        "pupils": Decimal(380),
    }
    assert not isinstance(stored["teachers"], Decimal)  # said not to apply, and left so


def test_who_was_present_is_counted_anew_each_month(row, cast, client_of):
    """Attendance is a reading of the month: last month's stands beside it, and is never taken for it."""
    data = {"version": str(row.version), "fill": ""}
    data |= {f"primary-{stem}": "" for stem in ("classes", "pupils", "attending", "teachers")}
    client_of(cast.clerk).post(url(row), data)
    assert sorted(figures(row)) == ["classes", "pupils", "teachers"]
    (level,) = client_of(cast.clerk).get(url(row)).context["levels"]
    shown = {one.line.measure.stem: (one.previous, one.can_be_kept) for one in level.rows}
    assert shown["attending"] == (370, False)
    assert shown["pupils"] == (378, True)


def test_what_is_wrong_stays_while_the_rest_is_filled(row, cast, client_of):
    data = {"version": str(row.version), "primary-classes": "", "primary-pupils": "nhiều", "fill": ""}
    answer = client_of(cast.clerk).post(url(row), data)
    assert answer.status_code == 422
    assert answer.context["form"]["primary-pupils"].value() == "nhiều"
    assert figures(row) == {"classes": 12}


# --- tasks on a phone ---------------------------------------------------------------------------------------


def test_tasks_that_need_no_word_are_folded(row, province, cast, client_of):
    said, silent = (
        assign(province, cast, province.cloud_primary, deadline=dt.date(2026, 12, 14))[0] for _ in range(2)
    )
    draft = actions.ProgressDraft(said, percent=40, note="Đã họp")
    actions.save_report(report=row, version=1, figures={}, progress=[draft], by=cast.clerk, now=OCTOBER_DAY)
    page = client_of(cast.principal).get(url(row))
    folded = {one.line.assignment.pk: one.is_folded for one in page.context["work_rows"]}
    assert folded == {said.pk: True, silent.pk: False}
    assert page.text.count('<details class="more fold">') == 1
    wrong = {"version": str(fresh(row).version), f"task-{said.pk}-percent": "150"}
    again = client_of(cast.principal).post(url(row), wrong)
    assert [one.is_folded for one in again.context["work_rows"]] == [False, False]


def test_work_set_after_the_month_or_without_a_day_is_folded(row, province, cast, client_of):
    common = {"office": province.department, "created_by": cast.staff.user}
    later = DirectiveFactory(issued=True, issued_on=row.period.data_to + dt.timedelta(1), **common)
    within = DirectiveFactory(issued=True, number="93", issued_on=row.period.data_to, **common)
    (new,) = assign(province, cast, province.cloud_primary, deadline=dt.date(2026, 12, 3), document=later)
    (due,) = assign(province, cast, province.cloud_primary, deadline=dt.date(2026, 12, 3), document=within)
    (open_ended,) = assign(province, cast, province.cloud_primary, deadline=None, document=within)
    page = client_of(cast.principal).get(url(row))
    folded = {one.line.assignment: (one.line.needs_word, one.is_folded) for one in page.context["work_rows"]}
    assert folded == {new: (False, True), due: (True, False), open_ended: (True, True)}


def test_work_that_was_sent_back_needs_a_word_again(row, province, cast, client_of):
    (done,) = assign(province, cast, province.cloud_primary, deadline=dt.date(2026, 12, 14))
    data = {"version": "1", "send": "", f"task-{done.pk}-percent": "100", f"task-{done.pk}-done": "on"}
    figures = {"classes": "12", "pupils": "380", "attending": "371", "teachers": "21"}
    data |= {f"primary-{stem}": number for stem, number in figures.items()}
    principal = client_of(cast.principal)
    principal.post(url(row), data)
    back = {"version": fresh(row).version, "reason": "Chưa có biên bản nghiệm thu", "send_back": [done.pk]}
    client_of(cast.commune_officer).post(url(row, "report_return"), back)
    page = principal.get(url(row))
    assert [one.is_folded for one in page.context["work_rows"]] == [False]
    assert page.context["work_waiting"] == 1


def test_postings_of_a_communes_department_act_for_it(own, province, cast):
    inner = open_office(
        UnitKind.INTERNAL,
        "NS-01-VHXH",
        "Phòng Văn hóa - Xã hội",
        "P. VHXH",
        parents=[(province.cloud_commune, LinkKind.ADMINISTRATIVE)],
    )
    head = posted("truong", "Sùng Thị Trưởng", inner, RoleCode.LEADER)
    found = {one.pk for one in senders(own.unit, TODAY)}
    assert found == {cast.commune_leader.pk, head.pk}
    assert Posting.objects.get(pk=head.pk).acting_unit.pk == own.unit_id
