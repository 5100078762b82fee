"""Each role lands on its own work, and every number there is that of the list it leads to."""

import datetime as dt
import re
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from directives.models import Directive
from eduportal.pages.queries import Owed, by_age
from reports.actions.briefing import build_briefing
from reports.actions.meeting import draft_notice, hold_meeting
from reports.actions.monthly import return_report
from reports.models import MonthlyReport
from reports.queries.dashboard import OwedMonth
from schools.actions import enter_recognition, school_year_period
from schools.models import Posting
from targets.actions import Goal, set_target
from targets.models import Indicator
from tests.conftest import posted
from tests.factories import DirectiveFactory, UserFactory
from tests.reports.months import assign, october_and_november, open_months, report

NOW = dt.datetime(2026, 12, 7, 8, 30, tzinfo=timezone.get_default_timezone())


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def november(province, cast):
    return october_and_november(province, cast, missing=[province.high_school])[1]


@pytest.fixture
def assigned(province, cast):
    """Two overdue, one due tomorrow, one done in time, one late, one without a day."""
    day = dt.date
    assign(province, cast, province.high_school, province.cloud_primary, deadline=day(2026, 12, 1))
    assign(province, cast, province.orchid_preschool, deadline=day(2026, 12, 8))
    assign(province, cast, province.tea_combined, deadline=day(2026, 12, 1), done_on=day(2026, 11, 30))
    assign(province, cast, province.tea_combined, deadline=day(2026, 12, 1), done_on=day(2026, 12, 2))
    assign(province, cast, province.tea_combined, deadline=None)


def text_of(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def home_of(client_of, posting):
    return client_of(posting).get(reverse("home"))


def links_of(response) -> list[str]:
    """The addresses that the page itself leads to, without those of the frame."""
    page = unescape(response.content.decode().split("<main")[1])
    return re.findall(r'href="(/(?:tasks|reports|documents|figures|briefings|meetings)/[^"]*)"', page)


# --- leader -----------------------------------------------------------------------------------


def test_the_leader_sees_reports_in_and_missing_beside_the_month_before(province, cast, november, client_of):
    shown = home_of(client_of, cast.leader).context["shown"]
    row = shown.reporting
    assert (row.period, row.counts.received, row.counts.expected, row.counts.missing) == (november, 5, 6, 1)
    assert row.received_before == 6  # all of October had come by 7 November


def test_the_month_before_is_counted_up_to_the_same_day(province, cast, client_of, time_machine):
    october, _ = open_months((2026, 10), (2026, 11))
    report(province.cloud_primary, october, sent_on=dt.date(2026, 11, 3)).of(("primary", 12, 380, 371, 21))
    report(province.high_school, october, sent_on=dt.date(2026, 11, 4)).of(
        ("upper_secondary", 30, 1250, 1211, 70)
    )
    time_machine.move_to(dt.datetime(2026, 12, 3, 8, tzinfo=timezone.get_default_timezone()))
    assert home_of(client_of, cast.leader).context["shown"].reporting.received_before == 1


def test_every_number_of_the_leader_leads_to_a_list_of_that_many(
    province, cast, november, assigned, client_of
):
    client = client_of(cast.leader)
    shown = client.get(reverse("home")).context["shown"]
    assert shown.standing == {
        "done_on_time": 1,
        "done_late": 1,
        "due_soon": 1,
        "running": 0,
        "overdue": 2,
        "no_deadline": 1,
        "paused": 0,
        "cancelled": 0,
        "refused": 0,
    }
    for standing, count in shown.standing.items():
        listed = client.get(reverse("directives:assignments"), {"standing": standing})
        assert listed.context["page_obj"].paginator.count == count
    listed = client.get(reverse("reports:months"), {"period": "2026-11", "state": "missing"})
    assert listed.context["page"].paginator.count == shown.reporting.counts.missing
    for row in shown.pupils:
        behind = client.get(reverse("reports:live_figure", args=[row.figure.code]), {"period": "2026-11"})
        assert behind.context["behind"].total == row.figure.value
    for row in shown.overdue_documents:
        listed = client.get(reverse("directives:assignments"), {"standing": "overdue", "document": row.pk})
        assert listed.context["page_obj"].paginator.count == row.count
    for row in shown.overdue_units:
        listed = client.get(reverse("directives:assignments"), {"standing": "overdue", "unit": row.pk})
        assert listed.context["page_obj"].paginator.count == row.count
    for month in shown.owed:
        listed = client.get(reverse("reports:months"), {"period": "2026-11", "state": "late"})
        assert listed.context["page"].paginator.count == month.count


def test_every_link_of_every_home_answers(province, cast, november, assigned, client_of):
    for who in ["leader", "staff", "registrar", "principal", "clerk", "commune_officer", "commune_leader"]:
        client = client_of(getattr(cast, who))
        for link in links_of(client.get(reverse("home"))):
            assert client.get(link).status_code == 200, (who, link)


def test_what_needs_the_leader(province, cast, november, assigned, client_of):
    waiting = DirectiveFactory(
        office=province.department, created_by=cast.staff.user, state="submitted", written_here=True
    )
    shown = home_of(client_of, cast.leader).context["shown"]
    assert shown.to_approve == [waiting]
    assert [(month.period, month.count) for month in shown.owed] == [(november, 1)]
    assert [(row.count, row.since) for row in shown.overdue_documents] == [(2, dt.date(2026, 12, 1))]
    assert {row.name for row in shown.overdue_units} == {"THPT Ngọc Sơn", "TH Suối Mây"}


def test_the_pictures_lead_to_what_they_show(province, cast, november, client_of):
    client = client_of(cast.leader)
    page = client.get(reverse("home"), {"trend": "primary.pupils"})
    trend, rows = page.context["trend"], page.context["grid_rows"]
    for month in trend.months:
        behind = client.get(reverse("reports:live_figure", args=[trend.code]), {"period": month.code})
        assert behind.context["behind"].total == month.value
    cells = [(row.name, cell) for row in rows for cell in row.cells]
    assert [cell.counts for name, cell in cells if name == "Sở GDĐT"] == ["3/3", "2/3"]
    for _, cell in cells:
        counts = client.get(cell.url).context["counts"]
        assert f"{counts.received}/{counts.expected}" == cell.counts


def test_a_long_grid_shows_those_that_lack_most(province, cast, november, client_of, monkeypatch):
    monkeypatch.setattr("eduportal.pages.pictures.FOREMOST", 2)
    client = client_of(cast.leader)
    page = client.get(reverse("home"))
    assert [row.name for row in page.context["grid_rows"]] == ["Sở GDĐT", "Xã Đồi Chè"]
    assert "2 đơn vị thiếu nhiều nhất trong 3" in page.content.decode()
    assert [row.name for row in client.get(reverse("home"), {"rows": "all"}).context["grid_rows"]] == [
        "Sở GDĐT",
        "Xã Đồi Chè",
        "Xã Suối Mây",
    ]


def test_the_offices_own_row_leads_to_what_it_accepts_itself(province, cast, november, client_of):
    client = client_of(cast.leader)
    rows = client.get(reverse("home")).context["grid_rows"]
    own = next(row for row in rows if row.name == "Sở GDĐT")
    page = client.get(own.cells[-1].url)
    assert {report.office.code for report in page.context["page"]} == {"NS"}
    assert "do Sở GDĐT trực tiếp duyệt" in page.content.decode()
    assert client.get(reverse("reports:months"), {"accepting": "NS"}).status_code == 404


def test_a_communes_grid_leads_to_each_report(province, cast, november, client_of):
    client = client_of(cast.commune_leader)
    cells = [cell for row in client.get(reverse("home")).context["grid_rows"] for cell in row.cells]
    assert [cell.counts for cell in cells] == [""] * 4
    for cell in cells:
        assert client.get(cell.url).status_code == 200


def test_pupils_by_level_against_the_month_before(province, cast, november, client_of):
    pupils = {row.level: row for row in home_of(client_of, cast.leader).context["shown"].pupils}
    assert {level: (row.figure.value, row.figure.change) for level, row in pupils.items()} == {
        "preschool": (152, 2),
        "primary": (684, 4),
        "lower_secondary": (282, 2),
        "upper_secondary": (None, None),
    }


def test_a_commune_leader_sees_the_commune(province, cast, november, assigned, client_of):
    shown = home_of(client_of, cast.commune_leader).context["shown"]
    assert shown.reporting.counts.expected == 2
    assert shown.standing["overdue"] == 1
    assert [row.level for row in shown.pupils] == ["preschool", "primary"]


def test_the_leaders_page_costs_as_many_queries_however_much_there_is(
    province, cast, november, assigned, client_of, django_assert_max_num_queries
):
    for who in (cast.commune_leader, cast.leader):
        client = client_of(who)
        with django_assert_max_num_queries(26):
            assert client.get(reverse("home")).status_code == 200


# --- the others -------------------------------------------------------------------------------


def test_staff_see_what_waits_for_them(province, cast, november, assigned, client_of):
    draft = DirectiveFactory(office=province.department, created_by=cast.staff.user)
    page = home_of(client_of, cast.staff)
    desk = page.context["desk"]
    assert (desk.drafts, desk.overdue, desk.briefing.period, desk.briefing.briefing) == (
        [draft],
        2,
        november,
        None,
    )
    assert 'value="2026-11"' in page.content.decode()


def test_reports_wait_for_the_office_that_accepts_them(province, cast, november, client_of):
    client = client_of(cast.commune_officer)
    page = client.get(reverse("home"))
    desk = page.context["desk"]
    queue = f"{reverse('reports:review')}?period=2026-10"
    assert (desk.to_review, f'href="{queue}"' in page.content.decode()) == (2, True)
    assert client.get(queue).context["total"] == 2


def test_staff_are_led_on_from_briefing_to_notice(province, cast, november, client_of):
    def step() -> tuple[str, str]:
        page = home_of(client_of, cast.staff)
        return page.context["desk"].briefing.step, page.content.decode()

    assert step()[0] == "build"
    briefing = build_briefing(
        office=province.department, period=november, by=cast.staff, today=NOW.date(), now=NOW
    )
    code, page = step()
    assert (code, briefing.get_absolute_url() in page) == ("meet", True)
    meeting = hold_meeting(
        briefing=briefing, title="Giao ban", held_at=NOW, place="Hội trường", chair="Lan", by=cast.staff
    )
    code, page = step()
    assert (code, reverse("reports:meeting", args=[meeting.pk]) in page) == ("conclude", True)
    notice = draft_notice(meeting=meeting, by=cast.staff, today=NOW.date())
    code, page = step()
    assert (code, reverse("directives:detail", args=[notice.pk]) in page) == ("wait", True)
    Directive.objects.filter(pk=notice.pk).update(
        state="issued", number="07", issued_on=NOW.date(), issued_at=NOW, issued_by=cast.registrar.user
    )
    assert home_of(client_of, cast.staff).context["desk"].briefing is None  # nothing more to do


def test_reports_of_long_ago_stand_in_one_line(november):
    def month(due_on: dt.date) -> OwedMonth:
        return OwedMonth(november, 1, due_on)

    today = dt.date(2026, 12, 7)
    new, late, old = (month(today + dt.timedelta(days)) for days in (3, -35, -36))
    assert by_age([new, late, old], today) == Owed([new, late], [old])


@pytest.mark.parametrize("who", ["leader", "staff"])
def test_late_reports_of_long_ago_are_told_by_month_in_one_line(
    province, cast, november, assigned, client_of, who
):
    MonthlyReport.objects.filter(unit=province.high_school).update(
        due_on=dt.date(2025, 12, 5), state="expected", sent_at=None, sent_by=None, first_sent_at=None
    )
    told = "Báo cáo các tháng trước còn thiếu: tháng 11/2026 (1), tháng 10/2026 (1)"
    assert told in text_of(home_of(client_of, getattr(cast, who)))


def test_subjects_begin_with_a_capital(province, cast, client_of):
    kwargs = {"office": province.department, "created_by": cast.staff.user, "subject": "về việc đón đoàn"}
    DirectiveFactory(**kwargs)
    DirectiveFactory(state="submitted", written_here=True, **kwargs)
    DirectiveFactory(
        state="approved", written_here=True, approved_at=NOW, approved_by=cast.leader.user, **kwargs
    )
    for who in (cast.staff, cast.leader, cast.registrar):
        assert "Về việc đón đoàn" in text_of(home_of(client_of, who))


def test_a_commune_sees_its_own_tasks(province, cast, client_of):
    (given,) = assign(province, cast, province.cloud_commune, deadline=dt.date(2026, 12, 20))
    assert home_of(client_of, cast.commune_officer).context["desk"].own_tasks == [given]


def test_an_internal_department_sees_its_own_tasks_beside_those_of_the_office(province, cast, client_of):
    (first,) = assign(province, cast, province.department, deadline=dt.date(2026, 12, 20))
    (second,) = assign(province, cast, province.primary_division, deadline=dt.date(2026, 12, 22))
    assert home_of(client_of, cast.division_staff).context["desk"].own_tasks == [first, second]


def test_the_registrar_sees_what_waits_for_a_number(province, cast, client_of):
    approved = DirectiveFactory(
        office=province.department,
        created_by=cast.staff.user,
        state="approved",
        written_here=True,
        approved_at=NOW,
        approved_by=cast.leader.user,
    )
    DirectiveFactory(office=province.cloud_commune, created_by=cast.commune_officer.user)
    page = home_of(client_of, cast.registrar)
    assert list(page.context["to_number"]) == [approved]
    assert reverse("directives:detail", args=[approved.pk]) in page.content.decode()


def test_a_principal_sees_the_oldest_month_first_and_why_it_came_back(province, cast, november, client_of):
    october = MonthlyReport.objects.get(unit=province.cloud_primary, period__ordinal=10)
    return_report(
        report=october, version=october.version, reason="Sai sĩ số", by=cast.commune_officer, now=NOW
    )
    (given,) = assign(province, cast, province.cloud_primary, deadline=dt.date(2026, 12, 20))
    page = home_of(client_of, cast.principal)
    assert page.context["desk"].to_send == [october]
    assert page.context["desk"].tasks == [given]
    assert "Sai sĩ số" in text_of(page)
    assert reverse("reports:report", args=[october.pk]) in page.content.decode()


def test_a_school_that_sent_everything_is_told_so(province, cast, november, client_of):
    page = home_of(client_of, cast.principal)
    assert page.context["desk"].to_send == []
    assert page.context["desk"].last_sent.period == november


def test_nobody_sees_the_work_of_others(province, cast, november, assigned, client_of):
    page = home_of(client_of, cast.outsider)
    desk = page.context["desk"]
    assert (desk.drafts, desk.to_review, sum(desk.standing.values())) == ([], 0, 0)
    school = home_of(client_of, cast.outsider_principal).context["desk"]
    assert [row.unit_id for row in school.to_send] == [province.foreign_primary.pk] * 2


def test_an_administrator_sees_the_size_of_what_they_look_after(province, cast, client_of):
    left = posted("nghi", "Lò Thị Nghỉ", province.cloud_primary, "clerk")
    Posting.objects.filter(pk=left.pk).update(valid_to=NOW.date())
    gone = posted("xanghi", "Cù Văn Nghỉ", province.foreign_primary, "clerk")
    Posting.objects.filter(pk=gone.pk).update(valid_to=NOW.date())
    desk = home_of(client_of, cast.admin).context["desk"]
    assert (desk.offices, desk.schools, desk.accounts, desk.people_without_posting) == (4, 4, 13, 1)
    foreign = posted("quantri", "Lâm Quản Trị", province.foreign_department, "admin")
    desk = home_of(client_of, foreign).context["desk"]
    assert (desk.offices, desk.schools, desk.accounts, desk.people_without_posting) == (2, 1, 4, 1)


def test_without_a_posting_one_is_told_what_to_do(db, client):
    client.force_login(UserFactory(username="chuaphancong"))
    page = client.get(reverse("home"))
    assert page.status_code == 200
    assert "chuaphancong" in text_of(page)


def test_an_empty_portal_says_what_to_do_next(province, cast, client_of):
    for who in [
        "leader",
        "staff",
        "registrar",
        "principal",
        "clerk",
        "commune_officer",
        "commune_leader",
        "admin",
    ]:
        page = home_of(client_of, getattr(cast, who))
        assert page.status_code == 200
    assert not home_of(client_of, cast.leader).context["shown"].reporting


def test_who_works_in_two_places_lands_on_the_work_of_the_chosen_one(province, cast, november, client_of):
    second = posted("hai", "Người Hai Nơi", province.cloud_commune, "leader")
    assert home_of(client_of, second).templates[0].name == "pages/home_leader.html"


def test_the_cost_of_staffs_page_does_not_grow(
    province, cast, november, client_of, django_assert_num_queries
):
    client = client_of(cast.staff)
    for _ in range(2):
        DirectiveFactory(office=province.department, created_by=cast.staff.user)
        assign(province, cast, province.high_school, deadline=dt.date(2026, 12, 1))
        with django_assert_num_queries(17):
            client.get(reverse("home"))


# --- targets on the leader's page -------------------------------------------------------------


@pytest.fixture
def goal(province, cast):
    """98 of hundred pupils of primary schools are to attend; 97,5 do."""
    return set_target(
        unit=province.department,
        indicator=Indicator.objects.get(code="primary.attendance_rate"),
        period=school_year_period(2026),
        goal=Goal("ge", Decimal(98)),
        by=cast.staff,
    )


def test_targets_at_risk_say_why_and_lead_to_their_page(province, cast, november, goal, client_of):
    client = client_of(cast.leader)
    page = client.get(reverse("home"))
    goals = page.context["goals"]
    board = client.get(reverse("targets:board")).context
    assert {code: count for code, _, count in board["counts"] if count} == dict(goals.counts)
    assert goals.period == goal.period
    for risk in goals.risks:
        assert client.get(reverse("targets:target", args=[risk.pk])).status_code == 200
    assert [risk.name for risk in goals.risks] == (["Tỷ lệ chuyên cần tiểu học"] if goals.risky else [])
    assert "Chỉ tiêu" in text_of(page)


def test_another_offices_targets_are_not_counted(province, cast, november, goal, client_of):
    assert home_of(client_of, cast.commune_leader).context["goals"].counts == []


def test_recognitions_that_lapse_lead_to_the_register(province, cast, client_of):
    for school, decided_on in [
        (province.cloud_primary, dt.date(2022, 3, 1)),
        (province.tea_combined, dt.date(2025, 3, 1)),
        (province.foreign_primary, dt.date(2022, 3, 1)),
    ]:
        enter_recognition(school=school, level=1, decision_number="12/QĐ", decided_on=decided_on, by=None)
    client = client_of(cast.leader)
    assert client.get(reverse("home")).context["goals"].lapsing == 1
    listed = client.get(reverse("schools:standards"), {"standing": "soon"})
    assert "TH Suối Mây" in text_of(listed) or "Tiểu học Suối Mây" in text_of(listed)


def test_the_registrar_sees_what_came_in_and_nobody_was_told_to_handle(province, cast, client_of):
    arrived = DirectiveFactory(
        office=province.department,
        created_by=cast.registrar.user,
        direction="incoming",
        sender="Bộ Giáo dục và Đào tạo",
        arrived_on=NOW.date(),
        arrival_number=12,
    )
    page = home_of(client_of, cast.registrar)
    assert list(page.context["arrived"]) == [arrived]
    assert "Bộ Giáo dục và Đào tạo" in page.content.decode()
