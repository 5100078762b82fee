"""How an office has its briefings: the page, who may use it, and what comes of it."""

import pytest
from django.urls import reverse

from eduportal.base.errors import EditConflict
from reports.actions.briefing import build_briefing
from reports.actions.plan import plan_days, plan_parts
from reports.models import BriefingPlan
from reports.wording.parts import Part
from tests.reports.months import BRIEFING_DAY, BRIEFING_TIME, october_and_november
from trail.models import AuditEvent

PLAN = reverse("reports:briefing_plan")
OWN = Part("own.1", "Công tác thi đua", "Có {lớp tiểu học} lớp tiểu học.")


@pytest.fixture
def november(province, cast):
    return october_and_november(province, cast)[1]


def build(province, november):
    return build_briefing(
        office=province.department, period=november, by=None, today=BRIEFING_DAY, now=BRIEFING_TIME
    )


def typed(page, **changed) -> dict[str, str]:
    """The form of the parts as a browser would send it, with some fields typed over."""
    form = page.context["parts"]
    data = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    data |= changed
    return {name: "on" if value is True else value for name, value in data.items() if value is not None}


# --- actions ------------------------------------------------------------------------------------------------


def test_parts_of_its_own_come_in_its_order(province, cast, november):
    parts = [Part("directions", "", ""), OWN]
    plan_parts(office=province.department, parts=parts, version=None, by=cast.staff)
    built = build(province, november)
    assert [(one.key, one.title) for one in built.sections.all()] == [
        ("directions", "Nhiệm vụ trọng tâm tháng 12/2026"),
        ("own.1", "Công tác thi đua"),
    ]
    assert built.sections.get(key="own.1").text == "Có 22 lớp tiểu học."
    assert built.sections.get(key="own.1").links == [[3, 5, "figure:primary.classes"]]


def test_what_was_edited_stays_when_its_part_goes(province, cast, november):
    built = build(province, november)
    section = built.sections.get(key="discipline")
    section.edited_text, section.edited_at, section.edited_by = "Nộp đủ.", BRIEFING_TIME, cast.staff.user
    section.save()
    plan_parts(office=province.department, parts=[OWN], version=None, by=cast.staff)
    build(province, november)
    assert {one.key: one.text for one in built.sections.all()} == {
        "own.1": "Có 22 lớp tiểu học.",
        "discipline": "Nộp đủ.",
    }


def test_the_second_to_change_the_plan_is_told(province, cast):
    kept = plan_days(office=province.department, day=12, kinds=[], version=None, by=cast.staff)
    plan_parts(office=province.department, parts=[OWN], version=kept.version, by=cast.staff)
    with pytest.raises(EditConflict):
        plan_days(office=province.department, day=3, kinds=[], version=kept.version, by=cast.staff)
    row = BriefingPlan.objects.get()
    assert (row.day, row.composed) == (12, [OWN])
    assert AuditEvent.objects.filter(verb="briefing_plan.set").count() == 2


# --- the page -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["leader", "principal", "clerk", "division_staff"])
def test_only_those_who_hold_the_briefings_of_all_levels_plan_them(who, cast, client_of):
    client = client_of(getattr(cast, who))
    assert client.get(PLAN).status_code == 403
    for name in ("days", "parts", "usual"):
        assert client.post(reverse(f"reports:briefing_plan_{name}")).status_code == 403


def test_each_office_has_its_own(province, cast, client_of):
    client_of(cast.staff).post(reverse("reports:briefing_plan_days"), {"day": "12", "kinds": ["quarter"]})
    assert BriefingPlan.objects.get().office_id == province.department.pk
    assert client_of(cast.outsider).get(PLAN).context["form"]["day"].value() is None
    assert client_of(cast.commune_officer).get(PLAN).context["form"]["day"].value() is None
    shown = client_of(cast.staff).get(PLAN).context["form"]
    assert (shown["day"].value(), shown["kinds"].value()) == ("12", ["quarter"])


def test_a_day_that_no_month_has_is_refused_and_stays_typed(cast, client_of):
    answer = client_of(cast.staff).post(reverse("reports:briefing_plan_days"), {"day": "40"})
    assert (answer.status_code, answer.context["form"]["day"].value()) == (422, "40")
    assert not BriefingPlan.objects.exists()


def test_parts_are_composed_on_the_page(province, cast, november, client_of):
    client = client_of(cast.staff)
    page = client.get(PLAN)
    sent = typed(page, **{"own.1-shown": True, "own.1-title": OWN.title, "own.1-text": OWN.text})
    sent |= {"own.1-place": "1", "goals-shown": None}
    answer = client.post(
        reverse("reports:briefing_plan_parts"), {k: v for k, v in sent.items() if v is not None}
    )
    assert answer.status_code == 302
    keys = [one.key for one in BriefingPlan.objects.get().composed]
    assert keys[:2] == ["level.preschool", "own.1"]
    assert "goals" not in keys
    client.post(reverse("reports:briefing_plan_usual"))
    assert BriefingPlan.objects.get().composed == []


def test_a_preview_shows_the_figures_and_saves_nothing(province, cast, november, client_of):
    build(province, november)
    client = client_of(cast.staff)
    sent = typed(client.get(PLAN), **{"own.1-shown": True, "own.1-title": OWN.title, "own.1-text": OWN.text})
    answer = client.post(reverse("reports:briefing_plan_parts"), sent | {"preview": ""})
    assert answer.status_code == 200
    assert "Có 22 lớp tiểu học." in answer.content.decode()
    assert not BriefingPlan.objects.exists()


def test_before_a_month_was_opened_there_is_nothing_to_preview(cast, client_of):
    client = client_of(cast.staff)
    answer = client.post(reverse("reports:briefing_plan_parts"), typed(client.get(PLAN)) | {"preview": ""})
    assert (answer.status_code, answer.context["preview"]) == (200, None)


def test_a_figure_that_is_none_is_named(cast, client_of):
    client = client_of(cast.staff)
    wrong = {"own.1-shown": True, "own.1-title": "Thi đua", "own.1-text": "Có {học sinh giỏi}."}
    answer = client.post(reverse("reports:briefing_plan_parts"), typed(client.get(PLAN), **wrong))
    assert answer.status_code == 422
    assert "học sinh giỏi" in answer.context["parts"].errors["own.1-text"][0]
    assert answer.context["parts"]["own.1-text"].value() == "Có {học sinh giỏi}."
    assert not BriefingPlan.objects.exists()


def test_a_part_of_ones_own_needs_a_title(cast, client_of):
    client = client_of(cast.staff)
    answer = client.post(
        reverse("reports:briefing_plan_parts"), typed(client.get(PLAN), **{"own.1-shown": True})
    )
    assert (answer.status_code, list(answer.context["parts"].errors)) == (422, ["own.1-title"])


def test_what_somebody_else_changed_is_not_overwritten(province, cast, client_of):
    client = client_of(cast.staff)
    sent = typed(client.get(PLAN))
    plan_days(office=province.department, day=12, kinds=[], version=None, by=cast.staff)
    answer = client.post(reverse("reports:briefing_plan_parts"), sent)
    assert answer.status_code == 422
    assert BriefingPlan.objects.get().parts == []


# --- numbers in the text ------------------------------------------------------------------------------------


def test_every_number_of_a_figure_leads_to_what_it_counts(province, cast, november, client_of):
    built = build(province, november)
    client = client_of(cast.staff)
    page = client.get(built.get_absolute_url())
    lines = [line for part in page.context["parts"] for line in part.words]
    addresses = {address for line in lines for _, address in line if address}
    assert reverse("reports:figure", args=[built.pk, "primary.pupils"]) in addresses
    assert {client.get(address).status_code for address in addresses} == {200}


def test_a_paragraph_that_stands_as_built_keeps_its_links(province, cast, november):
    section = build(province, november).sections.get(key="level.primary")
    first = section.built_text.splitlines()[0]
    section.edited_text = "\n".join(["Nói thêm: 22 lớp.", first])
    assert [[code for _, code in line if code] for line in section.lines] == [
        [],
        ["figure:primary.classes", "figure:primary.pupils"],
    ]
