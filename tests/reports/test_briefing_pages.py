"""Pages of the briefing: who sees them, what staff may change, numbers that open into schools."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from accounts.models import RoleCode
from eduportal.base.errors import Refused
from reports.actions.briefing import build_briefing, edit_section
from reports.figures import from_json
from reports.models import Briefing
from reports.views import briefing as briefing_views
from schools.models import DepartmentLevel
from targets.arithmetic import NOT_APPLICABLE
from tests.conftest import posted
from tests.reports.months import BRIEFING_DAY, BRIEFING_TIME, conclude, october_and_november, report
from trail.models import Job


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(BRIEFING_TIME, tick=False)


@pytest.fixture
def november(province, cast):
    return october_and_november(province, cast, missing=[province.high_school])[1]


@pytest.fixture
def briefing(province, cast, november) -> Briefing:
    return build_briefing(
        office=province.department, period=november, by=cast.staff, today=BRIEFING_DAY, now=BRIEFING_TIME
    )


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def section_url(briefing, key, name="section"):
    return reverse(f"reports:{name}", args=[briefing.pk, briefing.sections.get(key=key).pk])


# --- sight ------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["leader", "staff", "registrar"])
def test_those_in_the_office_read_it(who, briefing, cast, client_of):
    response = client_of(getattr(cast, who)).get(briefing.get_absolute_url())
    assert response.status_code == 200
    said = strip_tags(text_of(response))
    assert "Tổng số lớp: 22; tổng số học sinh: 684 (tăng 04 học sinh so với tháng 10/2026)." in said


@pytest.mark.parametrize(
    "who", ["commune_officer", "commune_leader", "principal", "outsider", "division_staff", "division_head"]
)
def test_to_all_others_there_is_none(who, briefing, province, cast, client_of):
    if who == "division_head":
        person = posted("truongphong", "Hà Văn Trưởng", province.primary_division, RoleCode.LEADER)
    else:
        person = getattr(cast, who)
    client = client_of(person)
    addresses = [
        briefing.get_absolute_url(),
        section_url(briefing, "discipline"),
        reverse("reports:figure", args=[briefing.pk, "primary.pupils"]),
        reverse("reports:meeting_new", args=[briefing.pk]),
    ]
    assert [client.get(address).status_code for address in addresses] == [404] * 4
    assert client.post(section_url(briefing, "discipline", "section_reset")).status_code == 404
    assert list(client.get(reverse("reports:briefings")).context["page_obj"]) == []


def test_the_department_sees_the_briefing_of_its_commune_and_does_not_edit_it(
    province, cast, november, client_of
):
    theirs = build_briefing(
        office=province.cloud_commune, period=november, by=None, today=BRIEFING_DAY, now=BRIEFING_TIME
    )
    client = client_of(cast.staff)
    assert client.get(theirs.get_absolute_url()).status_code == 200
    assert client.get(section_url(theirs, "discipline")).status_code == 403
    assert client_of(cast.commune_officer).get(section_url(theirs, "discipline")).status_code == 200


def test_leaders_read_and_do_not_edit(briefing, cast, client_of):
    client = client_of(cast.leader)
    assert client.get(section_url(briefing, "discipline")).status_code == 403
    assert section_url(briefing, "discipline") not in client.get(briefing.get_absolute_url()).content.decode()
    assert client.post(reverse("reports:briefing_build"), {"period": "2026-11"}).status_code == 403


# --- building ---------------------------------------------------------------------------------


def test_building_is_a_job_that_leads_to_the_briefing(province, cast, november, client_of):
    client = client_of(cast.staff)
    assert 'value="2026-11" selected' in client.get(reverse("reports:briefings")).content.decode()
    response = client.post(reverse("reports:briefing_build"), {"period": "2026-11"})
    job = Job.objects.get()
    assert response.url == reverse("job", args=[job.pk])
    assert (job.args["office_id"], job.args["period_id"]) == (province.department.pk, november.pk)


def test_a_month_that_is_not_open_is_refused_kindly(cast, november, client_of):
    client = client_of(cast.staff)
    response = client.post(reverse("reports:briefing_build"), {"period": "2031-01"}, follow=True)
    assert response.status_code == 200
    assert not Job.objects.exists()


def test_reports_since_the_building_are_told(province, briefing, november, cast, client_of, time_machine):
    client = client_of(cast.staff)
    assert not client.get(briefing.get_absolute_url()).context["newer"]
    late = BRIEFING_DAY.replace(day=8)
    report(province.high_school, november, sent_on=late).of(("upper_secondary", 30, 1252, 1211, 70))
    assert client.get(briefing.get_absolute_url()).context["newer"] == 1


def test_a_concluded_briefing_stays_as_it_was_read(province, briefing, november, cast, client_of):
    conclude(briefing, cast)
    report(province.high_school, november, sent_on=BRIEFING_DAY.replace(day=8)).of(
        ("upper_secondary", 30, 1252, 1211, 70)
    )
    client = client_of(cast.staff)
    page = client.get(briefing.get_absolute_url())
    assert (page.context["newer"], page.context["may_edit"]) == (0, False)
    assert client.get(section_url(briefing, "discipline")).status_code == 403
    assert client.post(reverse("reports:briefing_build"), {"period": "2026-11"}).status_code == 302
    assert not Job.objects.exists()


# --- editing ----------------------------------------------------------------------------------


def test_editing_a_section(briefing, cast, client_of):
    client = client_of(cast.staff)
    page = client.get(section_url(briefing, "discipline"))
    version = page.context["form"]["version"].value()
    response = client.post(
        section_url(briefing, "discipline"), {"version": version, "text": "Còn một trường."}
    )
    assert response.url == f"{briefing.get_absolute_url()}#discipline"
    shown = text_of(client.get(briefing.get_absolute_url()))
    assert "<p>Còn một trường.</p>" in shown
    assert "05/06 đơn vị đã nộp" in shown  # beneath, as built


def test_two_people_editing_one_section_lose_nothing(briefing, province, cast, client_of):
    section = briefing.sections.get(key="discipline")
    edit_section(section=section, version=1, text="Của Minh", by=cast.staff, now=BRIEFING_TIME)
    second = posted("hanh2", "Ngô Thị Hạnh", province.department, RoleCode.STAFF)
    client = client_of(second)
    response = client.post(section_url(briefing, "discipline"), {"version": 1, "text": "Của Hạnh"})
    assert response.status_code == 409
    assert response.context["conflicts"] == [
        {"label": section.title, "stored": "Của Minh", "yours": "Của Hạnh"}
    ]
    form = response.context["form"]
    assert (form["version"].value(), form["text"].value()) == (2, "Của Hạnh")
    again = client.post(section_url(briefing, "discipline"), {"version": 2, "text": "Của Hạnh"})
    assert again.status_code == 302
    section.refresh_from_db()
    assert section.text == "Của Hạnh"


def test_what_was_typed_into_a_section_that_went_is_shown(briefing, cast, client_of):
    client = client_of(cast.staff)
    address = section_url(briefing, "discipline")
    resetting = section_url(briefing, "discipline", "section_reset")
    briefing.sections.get(key="discipline").delete()
    response = client.post(address, {"version": 1, "text": "Còn một trường chưa nộp."})
    assert response.status_code == 409
    assert "Còn một trường chưa nộp." in response.content.decode()
    assert client.get(address).status_code == 404
    assert client.post(resetting, {"version": 1}).status_code == 409


def test_a_section_that_goes_while_it_is_saved_loses_no_text(briefing, cast, client_of, monkeypatch):
    def removed(**_: object) -> None:
        raise Refused("Somebody has removed this meanwhile.")

    monkeypatch.setattr(briefing_views, "edit_section", removed)
    monkeypatch.setattr(briefing_views, "reset_section", removed)
    client = client_of(cast.staff)
    response = client.post(section_url(briefing, "discipline"), {"version": 1, "text": "Đang viết dở."})
    assert (response.status_code, "Đang viết dở." in response.content.decode()) == (409, True)
    reset = client.post(section_url(briefing, "discipline", "section_reset"), {"version": 1})
    assert reset.status_code == 409


def test_taking_the_built_text_again(briefing, cast, client_of):
    section = briefing.sections.get(key="discipline")
    edit_section(section=section, version=1, text="Khác", by=cast.staff, now=BRIEFING_TIME)
    client = client_of(cast.staff)
    client.post(section_url(briefing, "discipline", "section_reset"), {"version": 1})
    section.refresh_from_db()
    assert section.is_edited
    client.post(section_url(briefing, "discipline", "section_reset"), {"version": 2})
    section.refresh_from_db()
    assert not section.is_edited


def test_a_section_of_another_briefing_is_not_found(briefing, province, cast, november, client_of):
    theirs = build_briefing(
        office=province.cloud_commune, period=november, by=None, today=BRIEFING_DAY, now=BRIEFING_TIME
    )
    address = reverse("reports:section", args=[briefing.pk, theirs.sections.first().pk])
    assert client_of(cast.staff).get(address).status_code == 404


# --- numbers ----------------------------------------------------------------------------------


def test_every_number_opens_into_schools_that_add_up_to_it(briefing, cast, client_of):
    client = client_of(cast.staff)
    page = client.get(briefing.get_absolute_url())
    lines = [line for part in page.context["parts"] for line in part.lines]
    assert len(lines) == 16
    for line in lines:
        address = reverse("reports:figure", args=[briefing.pk, line.code])
        assert address in page.content.decode()
        shown = client.get(address).context
        assert (shown["behind"].total, shown["behind"].previous) == (line.value, line.previous)
        assert not shown["has_changed"]
        if not line.is_rate and line.value is not None:
            assert sum(row.value for row in shown["rows"]) == line.value


def test_the_schools_behind_a_number_come_in_pages_and_the_sum_is_of_all(
    briefing, cast, client_of, monkeypatch
):
    monkeypatch.setattr(briefing_views, "SCHOOLS", 1)
    address = reverse("reports:figure", args=[briefing.pk, "primary.pupils"])
    pages = [client_of(cast.staff).get(f"{address}?page={number}").context for number in (1, 2)]
    assert [len(page["rows"]) for page in pages] == [1, 1]
    assert pages[0]["rows"][0].unit != pages[1]["rows"][0].unit
    assert pages[0]["behind"].total == pages[1]["behind"].total


def test_a_number_that_changed_since_says_so(briefing, province, november, cast, client_of):
    report(province.high_school, november).of(("upper_secondary", 30, 1252, 1211, 70))
    client = client_of(cast.staff)
    shown = client.get(reverse("reports:figure", args=[briefing.pk, "upper_secondary.pupils"])).context
    assert shown["has_changed"]
    assert (shown["behind"].total, shown["frozen"].value) == (Decimal(1252), None)


def test_a_school_to_which_a_figure_does_not_apply_is_not_one_that_gave_none(
    province, cast, november, client_of
):
    """In the built text, behind the number, and in what the briefing froze."""
    codes = ("classes", "pupils", "attending", "teachers")
    given = dict(zip(codes, (Decimal(30), Decimal(1252), Decimal(1211), NOT_APPLICABLE), strict=True))
    answered = report(province.high_school, november)
    answered.figures({f"upper_secondary.{stem}": value for stem, value in given.items()})
    built = build_briefing(
        office=province.department, period=november, by=cast.staff, today=BRIEFING_DAY, now=BRIEFING_TIME
    )
    assert "số giáo viên: không áp dụng." in built.sections.get(key="level.upper_secondary").text
    shown = client_of(cast.staff).get(reverse("reports:live_figure", args=["upper_secondary.teachers"]))
    assert [(row.value, row.not_applicable) for row in shown.context["rows"]] == [(None, True)]
    assert "không áp dụng với trường" in text_of(shown)
    frozen = from_json(Briefing.objects.get(pk=built.pk).figures).figures_by_code["upper_secondary.teachers"]
    assert (frozen.value, frozen.not_applicable) == (None, 1)


def test_whoever_sees_some_levels_sees_those_schools_only(province, cast, november, client_of):
    client = client_of(cast.division_staff)
    shown = client.get(reverse("reports:live_figure", args=["lower_secondary.pupils"])).context
    assert [row.unit.pk for row in shown["rows"]] == [province.tea_combined.pk]
    assert shown["hidden"] == 2
    shown = client.get(reverse("reports:live_figure", args=["upper_secondary.pupils"])).context
    assert shown["rows"] == []


def test_a_department_limited_to_levels_builds_no_briefing_of_all(province, cast, november, client_of):
    client = client_of(cast.division_staff)
    assert client.get(reverse("reports:briefings")).context["form"] is None
    assert client.post(reverse("reports:briefing_build"), {"period": "2026-11"}).status_code == 403
    assert reverse("reports:briefings") not in client.get(reverse("home")).content.decode()
    DepartmentLevel.objects.all().delete()
    assert client.get(reverse("reports:briefings")).context["form"] is not None
    assert reverse("reports:briefings") in client.get(reverse("home")).content.decode()


def test_unknown_figures_are_not_found(briefing, cast, client_of):
    client = client_of(cast.staff)
    for code in ["primary.dragons", "nothing", "primary.attending"]:
        assert client.get(reverse("reports:figure", args=[briefing.pk, code])).status_code == 404
    assert client.get(reverse("reports:live_figure", args=["primary.dragons"])).status_code == 404
    assert (
        client.get(reverse("reports:live_figure", args=["primary.pupils"]) + "?period=x").status_code == 404
    )


def test_live_numbers_are_of_the_acting_office(province, cast, november, client_of):
    address = reverse("reports:live_figure", args=["primary.pupils"]) + "?period=2026-11"
    assert client_of(cast.leader).get(address).context["behind"].total == 684
    assert client_of(cast.commune_leader).get(address).context["behind"].total == 382
    assert client_of(cast.principal).get(address).status_code == 404


# --- cost -------------------------------------------------------------------------------------


def test_the_cost_of_the_list_does_not_grow(province, cast, november, client_of, django_assert_num_queries):
    client = client_of(cast.staff)
    counts = []
    for office in (province.department, province.cloud_commune, province.tea_commune):
        build_briefing(office=office, period=november, by=None, today=BRIEFING_DAY, now=BRIEFING_TIME)
        with django_assert_num_queries(11):
            response = client.get(reverse("reports:briefings"))
        counts.append(len(response.context["page_obj"].object_list))
    assert counts == [1, 2, 3]


def test_the_cost_of_a_briefing_does_not_grow_with_schools(
    province, cast, november, client_of, django_assert_num_queries
):
    client = client_of(cast.staff)
    for office, units in [(province.tea_commune, 1), (province.department, 6)]:
        built = build_briefing(office=office, period=november, by=None, today=BRIEFING_DAY, now=BRIEFING_TIME)
        with django_assert_num_queries(7):
            response = client.get(built.get_absolute_url())
        assert response.context["figures"].discipline.expected == units
        with django_assert_num_queries(13):
            client.get(reverse("reports:figure", args=[built.pk, "primary.pupils"]))


def test_building_costs_the_same_for_one_school_and_for_four(
    province, cast, november, django_assert_max_num_queries
):
    for office in (province.tea_commune, province.department):
        with django_assert_max_num_queries(45):
            build_briefing(office=office, period=november, by=None, today=BRIEFING_DAY, now=BRIEFING_TIME)
