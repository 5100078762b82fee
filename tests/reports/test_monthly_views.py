"""The school's page of a month: who sees it, what may be typed, and what happens to what may not."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from directives.models import Assignment, ProgressEntry
from reports import actions
from reports.models import MonthlyReport, ReportState
from reports.views import monthly as monthly_views
from targets.actions import edit_rule
from targets.arithmetic import NOT_APPLICABLE
from targets.models import QualityRule
from targets.queries import values_of
from tests.conftest import TODAY
from tests.reports.months import assign
from tests.reports.page import OCTOBER_DAY, PRIMARY, TYPED, figures, fresh, typed, url
from trail.models import AuditEvent

pytestmark = pytest.mark.usefixtures("in_november")
PAGE_QUERIES = 16
SENDING_QUERIES = 23


def remarks_of(row) -> dict[str, str]:
    return {code: kept.remark for code, kept in values_of(row.unit, row.period).items() if kept.remark}


# --- who sees it --------------------------------------------------------------------------------------------

SEES = {
    "leader": 200,
    "staff": 200,
    "registrar": 200,
    "division_staff": 200,
    "commune_officer": 200,
    "commune_leader": 200,
    "principal": 200,
    "clerk": 200,
    "neighbour": 404,
    "tea_principal": 404,
    "high_principal": 404,
    "outsider": 404,
    "outsider_principal": 404,
}


@pytest.mark.parametrize("who", SEES)
def test_who_sees_a_report(row, cast, client_of, who):
    client = client_of(getattr(cast, who))
    assert client.get(url(row)).status_code == SEES[who]
    refused = 403 if SEES[who] == 200 else 404
    writes = 302 if who in ("principal", "clerk") else refused
    assert client.post(url(row), typed(row, save="")).status_code == writes


@pytest.mark.parametrize("who", SEES)
def test_a_figure_leads_to_the_report_it_came_with(row, cast, client_of, who):
    address = reverse("reports:report_of", args=[row.unit_id, row.period.year, row.period.ordinal])
    answer = client_of(getattr(cast, who)).get(address)
    assert answer.status_code == (302 if SEES[who] == 200 else 404)
    if SEES[who] == 200:
        assert answer.url == url(row)


def test_a_month_without_a_report_leads_nowhere(row, cast, client_of):
    address = reverse("reports:report_of", args=[row.unit_id, row.period.year - 5, 99])
    assert client_of(cast.leader).get(address).status_code == 404


def bare(response) -> str:
    """The page without its token and its own address."""
    return re.sub(r'"X-CSRFToken": "\w+"|value="\w{64}"|/reports/\d+/', "", response.text)


@pytest.mark.parametrize("name", ["report", "report_sheet", "report_accept", "report_return"])
def test_a_foreign_report_answers_like_none(row, cast, client_of, name):
    client = client_of(cast.outsider)
    method = client.get if name in ("report", "report_sheet") else client.post
    there, nowhere = method(url(row, name)), method(reverse(f"reports:{name}", args=[999_999]))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert bare(there) == bare(nowhere)


def test_nobody_unknown_sees_anything(row):
    assert Client().get(url(row)).status_code == 302


def test_an_office_does_not_read_what_is_not_sent(row, cast, client_of):
    client_of(cast.clerk).post(url(row), typed(row, primary__pupils="377", difficulties="Chưa xong"))
    page = client_of(cast.commune_officer).get(url(row))
    assert (page.context["shown"], page.context["lines"], page.context["work"]) == (False, [], [])
    assert "Chưa xong" not in page.text
    assert client_of(cast.commune_officer).get(url(row, "report_sheet")).status_code == 403


# --- the school's page --------------------------------------------------------------------------------------


def test_the_page_shows_former_figures_and_what_is_missing(row, cast, client_of):
    page = client_of(cast.principal).get(url(row))
    (level,) = page.context["levels"]
    shown = [(row.line.measure.stem, row.previous, row.last_year, row.figure) for row in level.rows]
    assert shown == [
        ("classes", 12, 11, None),
        ("pupils", 378, 360, None),
        ("attending", 370, 350, None),
        ("teachers", 21, 20, None),
    ]
    assert (page.context["figures_done"], page.context["figures_total"]) == (0, 4)
    assert len(page.context["missing"]) == 4


def test_drafts_of_last_month_are_nobodys_report(months, province, cast, client_of):
    october = MonthlyReport.objects.get(unit=province.orchid_preschool, period=months[1])
    actions.save_report(
        report=october,
        version=1,
        figures={"preschool.pupils": Decimal(9)},
        by=cast.neighbour,
        now=OCTOBER_DAY,
    )
    november = MonthlyReport.objects.get(unit=province.orchid_preschool, period=months[2])
    (level,) = client_of(cast.neighbour).get(url(november)).context["levels"]
    assert [row.previous for row in level.rows] == [None, None, None, None]


def test_a_school_of_two_levels_counts_each_by_itself(months, province, cast, client_of):
    both = MonthlyReport.objects.get(unit=province.tea_combined, period=months[2])
    page = client_of(cast.tea_principal).get(url(both))
    assert [section.title for section in page.context["levels"]] == ["Tiểu học", "THCS"]
    assert len(page.context["missing"]) == len(set(page.context["missing"])) == 8


def test_saving_in_part(row, cast, client_of):
    answer = client_of(cast.clerk).post(
        url(row),
        {"version": "1", "primary-classes": "12", "primary-pupils": "", "proposals": "Xin thêm bàn ghế"},
    )
    assert (answer.status_code, answer.url) == (302, url(row))
    assert figures(row) == {"classes": 12}
    assert (fresh(row).proposals, fresh(row).saved_by) == ("Xin thêm bàn ghế", cast.clerk.user)


def test_zero_and_not_applicable_are_answers(row, cast, client_of):
    data = typed(row, primary__classes="0", primary__teachers="") | {"primary-teachers-na": "on", "send": ""}
    data |= {"primary-classes-remark": "Học nhờ trường bạn", "primary-teachers-remark": "Do xã phân công"}
    assert client_of(cast.principal).post(url(row), data).status_code == 302
    assert fresh(row).state == ReportState.SENT
    assert figures(row) == {"classes": 0, "pupils": 380, "attending": 371, "teachers": NOT_APPLICABLE}


BAD = [
    ("primary-pupils", "-5", "too_small"),
    ("primary-pupils", "rất đông", "not_a_number"),
    ("primary-pupils", "380.5", "not_whole"),
    ("primary-pupils", "98.5", "not_whole"),
    ("primary-pupils", "380,5", "not_whole"),
    ("primary-pupils", "12,843", "not_whole"),
    ("primary-pupils", "999.999", "too_large"),
    ("primary-pupils", "1e3", "not_a_number"),
    ("primary-attending", "381", "above_limit"),
    ("difficulties", "Khó " * 2000, "max_length"),
]


@pytest.mark.parametrize(("field", "text", "code"), BAD)
@pytest.mark.parametrize("button", ["save", "send"])
def test_what_is_wrong_stays_on_the_page_and_the_rest_is_saved(
    row, cast, client_of, field, text, code, button
):
    answer = client_of(cast.principal).post(
        url(row), typed(row) | {field: text, button: "", "proposals": "Xin cầu"}
    )
    assert answer.status_code == 422
    form = answer.context["form"]
    assert {name: [error.code for error in found.as_data()] for name, found in form.errors.items()} == {
        field: [code]
    }
    assert form[field].value() == text
    assert f'href="#id_{field}"' in answer.text
    kept = {stem: int(TYPED[f"primary-{stem}"]) for stem in PRIMARY if f"primary-{stem}" != field}
    assert figures(row) == kept
    saved = fresh(row)
    assert (saved.proposals, saved.difficulties, saved.state) == ("Xin cầu", "", ReportState.EXPECTED)
    again = client_of(cast.principal).post(url(row), typed(saved, save="") | {"proposals": "Xin cầu"})
    assert again.status_code == 302


def test_a_wrong_figure_does_not_take_away_what_was_stored(row, cast, client_of):
    client = client_of(cast.principal)
    client.post(url(row), typed(row, save=""))
    client.post(url(row), typed(fresh(row), primary__pupils="nhiều", save=""))
    assert figures(row)["pupils"] == 380


def test_a_number_and_not_applicable_are_two_answers(row, cast, client_of):
    answer = client_of(cast.clerk).post(url(row), typed(row) | {"primary-teachers-na": "on"})
    assert answer.status_code == 422
    assert [error.code for error in answer.context["form"].errors["primary-teachers"].as_data()] == [
        "two_answers"
    ]
    assert "teachers" not in figures(row)


def test_a_request_cut_short_takes_nothing_away(row, cast, client_of):
    client = client_of(cast.principal)
    client.post(url(row), typed(row, difficulties="Mưa lũ"))
    client.post(url(row), {"version": str(fresh(row).version), "primary-pupils": "381"})
    assert figures(row) == {"classes": 12, "pupils": 381, "attending": 371, "teachers": 21}
    assert fresh(row).difficulties == "Mưa lũ"


# --- tasks --------------------------------------------------------------------------------------------------


def test_progress_is_a_draft_until_the_report_is_sent(row, province, cast, client_of):
    todo, done, untouched = (
        assign(province, cast, province.cloud_primary, deadline=dt.date(2026, 12, 14))[0] for _ in range(3)
    )
    data = typed(row) | {
        f"task-{todo.pk}-percent": "40",
        f"task-{todo.pk}-note": "Đã họp\r\ntổ chuyên môn",
        f"task-{done.pk}-percent": "0",
        f"task-{done.pk}-done": "on",
        f"task-{untouched.pk}-percent": "0",
        f"task-{untouched.pk}-note": "",
    }
    client = client_of(cast.principal)
    client.post(url(row), data)
    entries = {entry.assignment_id: entry for entry in ProgressEntry.objects.all()}
    assert set(entries) == {todo.pk, done.pk}
    assert (entries[todo.pk].percent, entries[todo.pk].note) == (40, "Đã họp\ntổ chuyên môn")
    assert (entries[done.pk].percent, entries[done.pk].claims_done) == (100, True)
    page = client.get(url(row))
    assert (page.context["work_total"], page.context["work_waiting"]) == (3, 1)

    client.post(url(row), data | {"version": str(fresh(row).version), "send": ""})
    done.refresh_from_db()
    assert (done.state, done.reported_done_on) == ("done", TODAY)
    assert ProgressEntry.objects.filter(sent_at=None).count() == 0


@pytest.mark.parametrize(
    ("text", "code"), [("150", "too_large"), ("98.5", "not_whole"), ("xong", "not_a_number")]
)
def test_an_absurd_percentage_does_not_take_the_note_with_it(row, province, cast, client_of, text, code):
    (todo,) = assign(province, cast, province.cloud_primary, deadline=None, percent=30)
    name = f"task-{todo.pk}"
    answer = client_of(cast.clerk).post(
        url(row), typed(row) | {f"{name}-percent": text, f"{name}-note": "Đã họp"}
    )
    assert answer.status_code == 422
    assert [error.code for error in answer.context["form"].errors[f"{name}-percent"].as_data()] == [code]
    entry = ProgressEntry.objects.get()
    assert (entry.percent, entry.note) == (30, "Đã họp")


def test_another_schools_task_cannot_be_written(row, province, cast, client_of):
    (foreign,) = assign(province, cast, province.orchid_preschool, deadline=None)
    client_of(cast.clerk).post(url(row), typed(row) | {f"task-{foreign.pk}-percent": "90"})
    assert not ProgressEntry.objects.exists()


# --- sending ------------------------------------------------------------------------------------------------


def test_the_principal_sends(row, cast, client_of):
    answer = client_of(cast.principal).post(url(row), typed(row, send=""))
    assert (answer.status_code, fresh(row).state, fresh(row).sent_by) == (302, "sent", cast.principal.user)


def test_the_clerk_reads_who_sends_and_cannot(row, cast, client_of):
    client = client_of(cast.clerk)
    page = client.get(url(row))
    assert 'name="send"' not in page.text
    assert "Trần Thị Hoa" in page.text
    assert client.post(url(row), typed(row, send="")).status_code == 403
    assert (fresh(row).state, figures(row)) == (ReportState.EXPECTED, {})


def test_missing_figures_are_named_with_links_and_the_rest_is_saved(row, cast, client_of):
    answer = client_of(cast.principal).post(
        url(row), typed(row, primary__pupils="", primary__attending="", send="")
    )
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"primary-pupils", "primary-attending"}
    assert 'href="#id_primary-pupils"' in answer.text
    assert (fresh(row).state, figures(row)) == (ReportState.EXPECTED, {"classes": 12, "teachers": 21})


@pytest.mark.parametrize("when", ["before_it_is_read", "before_it_is_written"])
def test_the_same_from_two_devices_at_once_is_sent_once_and_no_conflict(
    row, cast, client_of, monkeypatch, when
):
    """The other device is served after this page was validated, or between that and the writing."""
    page, first, second = typed(row, send=""), client_of(cast.principal), client_of(cast.principal)
    step = {"before_it_is_read": "typed_form", "before_it_is_written": "write"}[when]
    usual = getattr(monthly_views, step)

    def overtaken_once(*args, **kwargs):
        monkeypatch.setattr(monthly_views, step, usual)
        assert first.post(url(row), page).status_code == 302
        return usual(*args, **kwargs)

    monkeypatch.setattr(monthly_views, step, overtaken_once)
    assert second.post(url(row), page).status_code == 302
    assert fresh(row).state == ReportState.SENT
    assert AuditEvent.objects.about(row).filter(verb="report.sent").count() == 1


@pytest.mark.parametrize("count", [1, 4])
def test_sending_costs_the_same_for_many(row, cast, client_of, django_assert_num_queries, count):
    client = client_of(cast.principal)
    stored = {f"primary.{stem}": Decimal(TYPED[f"primary-{stem}"]) for stem in PRIMARY[count:]}
    saved = actions.save_report(report=row, version=1, figures=stored, by=cast.principal, now=timezone.now())
    page = typed(saved, send="")
    with django_assert_num_queries(SENDING_QUERIES):
        assert client.post(url(row), page).status_code == 302
    assert fresh(row).state == ReportState.SENT


def test_the_same_sending_twice_is_one(row, cast, client_of):
    """A double click, or the browser repeating a request over a bad line."""
    client, data = client_of(cast.principal), typed(row, send="")
    first, second = client.post(url(row), data), client.post(url(row), data)
    assert (first.status_code, second.status_code, second.url) == (302, 302, url(row))
    notes = [str(message) for message in client.get(url(row)).context["messages"]]
    assert [note for note in notes if "10:42 22/11/2026" in note] == notes[1:]
    assert AuditEvent.objects.about(row).filter(verb="report.sent").count() == 1


def test_what_a_second_tab_typed_after_the_sending_is_shown_not_lost(row, cast, client_of):
    client = client_of(cast.principal)
    client.post(url(row), typed(row, send=""))
    answer = client.post(url(row), typed(row, primary__pupils="390", send=""))
    assert answer.status_code == 409
    assert [(one["stored"], one["yours"]) for one in answer.context["unsaved"]] == [("380", "390")]
    assert figures(row)["pupils"] == 380


def test_a_jump_is_asked_about_once(row, cast, client_of):
    client, data = client_of(cast.principal), typed(row, primary__pupils="500", send="")
    assert client.post(url(row), data).status_code == 302
    assert (fresh(row).state, figures(row)["pupils"]) == (ReportState.EXPECTED, 500)
    page = client.get(url(row))
    [doubted] = page.context["doubted"]
    assert (doubted.line.measure.stem, doubted.must_be_explained) == ("pupils", False)
    assert "Tăng 32% so với kỳ trước (378)" in doubted.warning
    assert f'name="seen" value="{doubted.seen}"' in page.text
    client.post(url(row), data | {"version": str(fresh(row).version), "seen": doubted.seen})
    assert fresh(row).state == ReportState.SENT
    # Whoever reviews reads that it was not overlooked; of the others nothing is said.
    assert remarks_of(row) == {"primary.pupils": "Đã kiểm tra trước khi gửi: số liệu đúng."}


def test_what_contradicts_is_not_sent_without_a_word(row, cast, client_of):
    """However often the warning was seen."""
    client, data = client_of(cast.principal), typed(row, primary__classes="0", send="")
    client.post(url(row), data)
    page = client.get(url(row))
    [doubted] = page.context["doubted"]
    assert doubted.must_be_explained
    assert "phải có lý do mới gửi được" in page.content.decode()
    again = data | {"version": str(fresh(row).version), "seen": doubted.seen}
    page = client.post(url(row), again, follow=True)
    assert fresh(row).state == ReportState.EXPECTED
    assert "Chưa gửi: Số lớp (tiểu học) mâu thuẫn" in page.content.decode()
    explained = {"version": str(fresh(row).version), "primary-classes-remark": "Học nhờ trường bạn"}
    client.post(url(row), data | explained)
    assert fresh(row).state == ReportState.SENT


def test_that_one_figure_was_looked_at_does_not_explain_what_contradicts_it(row, cast, client_of):
    """800 pupils after 378 may be right once somebody has looked; that there is no class for them is not."""
    client, data = client_of(cast.principal), typed(row, primary__classes="0", primary__pupils="800", send="")
    client.post(url(row), data)
    seen = [doubted.seen for doubted in client.get(url(row)).context["doubted"]]
    client.post(url(row), data | {"version": str(fresh(row).version), "seen": seen})
    assert (fresh(row).state, remarks_of(row)) == (ReportState.EXPECTED, {})


def test_what_was_looked_at_once_wants_a_word_when_it_contradicts_later(row, cast, client_of):
    """Sent as looked at, returned, and put wrong: the portal's own word stands there still."""
    client, data = client_of(cast.principal), typed(row, primary__classes="20", send="")
    client.post(url(row), data)
    [doubted] = client.get(url(row)).context["doubted"]
    client.post(url(row), data | {"version": str(fresh(row).version), "seen": doubted.seen})
    back = {"version": fresh(row).version, "reason": "Kiểm tra lại số lớp của trường"}
    client_of(cast.commune_officer).post(url(row, "report_return"), back)
    kept = {"version": str(fresh(row).version), "primary-classes-remark": remarks_of(row)["primary.classes"]}
    client.post(url(row), data | kept | {"primary-classes": "0"})
    assert fresh(row).state == ReportState.RETURNED
    [doubted] = client.get(url(row)).context["doubted"]
    assert doubted.must_be_explained


def test_the_rules_in_force_say_what_is_a_jump_and_how_serious_it_is(row, cast, client_of):
    client = client_of(cast.principal)
    client.post(url(row), typed(row, primary__pupils="500"))
    rule = edit_rule(
        rule=QualityRule.objects.get(code="jump_of_pupils"), version=1, by=cast.admin, most=Decimal("0.5")
    )
    assert client.get(url(row)).context["doubted"] == []
    edit_rule(rule=rule, version=2, by=cast.admin, most=Decimal("0.1"), is_serious=True)
    [doubted] = client.get(url(row)).context["doubted"]
    assert doubted.must_be_explained
    words = "Tăng 32% so với kỳ trước (378). Hãy sửa lại; nếu đúng, phải ghi lý do."
    assert doubted.warning == words
    client.post(url(row), typed(fresh(row), primary__pupils="500", send="") | {"seen": doubted.seen})
    assert fresh(row).state == ReportState.EXPECTED


def test_an_answer_that_did_not_come_along_is_doubted_as_it_is_stored(row, cast, client_of):
    client = client_of(cast.principal)
    client.post(url(row), typed(row, primary__pupils="500"))
    client.post(url(row), {"version": str(fresh(row).version), "primary-classes": "12", "send": ""})
    assert fresh(row).state == ReportState.EXPECTED


@pytest.mark.parametrize(
    ("typed_in", "doubts"),
    [({"classes": "20"}, 1), ({"classes": "20", "pupils": "500", "teachers": "40"}, 3)],
)
def test_doubts_cost_the_same_for_many(row, cast, client_of, typed_in, doubts):
    client = client_of(cast.principal)
    client.post(url(row), typed(row, **{f"primary__{stem}": number for stem, number in typed_in.items()}))
    with CaptureQueriesContext(connection) as captured:
        assert len(client.get(url(row)).context["doubted"]) == doubts
    assert sum("targets_qualityrule" in one["sql"] for one in captured) == 1
    assert len(captured) == PAGE_QUERIES


def test_what_is_missing_contradicts_nothing(row, cast, client_of):
    client = client_of(cast.principal)
    client.post(
        url(row), typed(row, primary__classes="0", primary__pupils="", primary__attending="", save="")
    )
    assert [one.line.measure.stem for one in client.get(url(row)).context["doubted"]] == ["classes"]
    rules = [one.doubt.rule.code for one in client.get(url(row)).context["doubted"][0].doubts]
    assert rules == ["jump_of_classes"]


def test_a_warning_seen_is_no_confirmation_until_it_is_sent(row, cast, client_of):
    client = client_of(cast.principal)
    data = typed(row, primary__pupils="500", save="") | {"seen": "primary.pupils=500=jump_of_pupils:380"}
    client.post(url(row), data)
    assert values_of(row.unit, row.period)["primary.pupils"].remark == ""


def test_a_jump_with_its_reason_is_sent_at_once(row, cast, client_of):
    client = client_of(cast.principal)
    client.post(url(row), typed(row, primary__pupils="500", save=""))
    remark = "Nhận học sinh điểm trường Nà Pắc"
    data = typed(fresh(row), primary__pupils="500", send="") | {"primary-pupils-remark": remark}
    client.post(url(row), data)
    assert fresh(row).state == ReportState.SENT
    assert values_of(row.unit, row.period)["primary.pupils"].remark == remark


# --- two people ---------------------------------------------------------------------------------------------


def test_two_people_see_both_and_the_next_saving_decides(row, cast, client_of):
    clerk, principal = client_of(cast.clerk), client_of(cast.principal)
    clerk.post(url(row), typed(row, primary__pupils="380", difficulties="Mưa lũ"))
    answer = principal.post(url(row), typed(row, primary__pupils="382", proposals="Xin cầu", send=""))
    assert answer.status_code == 409
    assert [(one["stored"], one["yours"]) for one in answer.context["conflicts"]] == [
        ("Mưa lũ", "–"),
        ("–", "Xin cầu"),
        ("380", "382"),
    ]
    assert 'value="382"' in answer.text
    assert f'name="version" value="{fresh(row).version}"' in answer.text
    assert (figures(row)["pupils"], fresh(row).state) == (380, ReportState.EXPECTED)

    principal.post(
        url(row), typed(fresh(row), primary__pupils="382", difficulties="Mưa lũ", proposals="Xin cầu")
    )
    assert (figures(row)["pupils"], fresh(row).difficulties, fresh(row).proposals) == (
        382,
        "Mưa lũ",
        "Xin cầu",
    )


def test_the_same_page_saved_twice_is_no_conflict(row, cast, client_of):
    client, data = client_of(cast.clerk), typed(row, save="")
    assert [client.post(url(row), data).status_code for _ in range(2)] == [302, 302]


@pytest.mark.parametrize("version", ["", "0", "abc", "99999999999999999999"])
def test_a_page_without_its_version_overwrites_nothing(row, cast, client_of, version):
    client = client_of(cast.clerk)
    client.post(url(row), typed(row, save=""))
    answer = client.post(url(row), typed(row, primary__pupils="111") | {"version": version})
    assert answer.status_code == 409
    assert figures(row)["pupils"] == 380


# --- explanations -------------------------------------------------------------------------------------------


def test_an_explanation_without_its_figure_is_kept_on_the_page(row, cast, client_of):
    data = typed(row, primary__pupils="", **{"primary-pupils-remark": "Đang rà soát"})
    response = client_of(cast.principal).post(url(row), data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["primary-pupils-remark"]
    page = response.content.decode()
    assert 'value="Đang rà soát"' in page
    assert 'id="id_primary-pupils-remark_error"' in page
    assert figures(row) == {"classes": 12, "attending": 371, "teachers": 21}


def test_an_explanation_that_did_not_come_along_stays(row, cast, client_of):
    client = client_of(cast.principal)
    client.post(url(row), typed(row, **{"primary-pupils-remark": "Ghép lớp"}))
    client.post(url(row), typed(fresh(row), primary__pupils="381"))
    assert values_of(row.unit, row.period)["primary.pupils"].remark == "Ghép lớp"
    client.post(url(row), typed(fresh(row), **{"primary-pupils-remark": ""}))
    assert values_of(row.unit, row.period)["primary.pupils"].remark == ""


def test_saving_costs_the_same_for_many_tasks(row, province, cast, client_of):
    client, cost = client_of(cast.principal), {}
    for amount in (1, 3, 6):
        missing = amount - Assignment.objects.count()
        for _ in range(missing):
            assign(province, cast, province.cloud_primary, deadline=TODAY)
        data = typed(fresh(row), primary__pupils=str(400 + amount))
        for one in Assignment.objects.all():
            data |= {f"task-{one.pk}-percent": str(10 * amount), f"task-{one.pk}-note": "Đang làm"}
        with CaptureQueriesContext(connection) as captured:
            assert client.post(url(row), data).status_code == 302
        cost[amount] = len(captured)
    assert set(ProgressEntry.objects.values_list("percent", flat=True)) == {60}
    # At six, rows that come and rows that change both: one query more than where all are new.
    assert cost[3] == cost[6] <= cost[1] + 1
