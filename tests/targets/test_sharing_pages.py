"""A target is shared out in a grid: proposed, corrected, checked against the whole, saved all at once."""

from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from schools.actions import school_year_period
from targets.actions import Goal, set_target
from targets.models import Target
from tests.conftest import TODAY, queries_of
from tests.targets.conftest import indicator
from trail.models import AuditEvent


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(TODAY, tick=False):
        yield


def target_of(unit, by, code="primary.attendance_rate", value="98", comparator="ge") -> Target:
    return set_target(
        unit=unit,
        indicator=indicator(code),
        period=school_year_period(2026),
        goal=Goal(comparator, Decimal(value)),
        by=by,
    )


@pytest.fixture
def attendance(province, cast, give) -> Target:
    """Of two communes: 300 pupils in one, 100 in the other."""
    give(province.cloud_primary, (2026, 10), primary__pupils=300, primary__attending=270)
    give(province.tea_combined, (2026, 10), primary__pupils=100, primary__attending=98)
    return target_of(province.department, cast.staff)


@pytest.fixture
def pupils(province, cast, give) -> Target:
    give(province.cloud_primary, (2026, 10), primary__pupils=300)
    give(province.tea_combined, (2026, 10), primary__pupils=100)
    return target_of(province.department, cast.staff, "primary.pupils", "410")


def grid(target: Target) -> str:
    return reverse("targets:share", args=[target.pk])


def typed(target: Target, values: dict, **more):
    fields = {f"value-{unit.pk}": value for unit, value in values.items()}
    return {"version": target.version} | fields | more


def parts() -> dict[str, tuple[str, Decimal]]:
    rows = Target.objects.exclude(part_of=None).select_related("unit")
    return {row.unit.short_name: (row.comparator, row.value) for row in rows}


def test_it_is_proposed_and_saved(province, cast, client_of, pupils):
    client = client_of(cast.staff)
    page = client.get(grid(pupils))
    proposed = {share.unit.short_name: field.value() for share, field, *_ in page.context["rows"]}
    assert proposed == {"Xã Đồi Chè": "103", "Xã Suối Mây": "307"}
    assert page.context["whole"].together == "410 học sinh"
    values = {province.cloud_commune: "308", province.tea_commune: "102"}
    response = client.post(grid(pupils), typed(pupils, values))
    assert response.url == reverse("targets:target", args=[pupils.pk])
    assert parts() == {"Xã Suối Mây": ("ge", Decimal(308)), "Xã Đồi Chè": ("ge", Decimal(102))}
    event = AuditEvent.objects.get(verb="target.shared")
    assert (event.unit_id, event.data["new"]) == (province.department.pk, 2)
    shown = client.get(response.url).context["shared"]
    assert [(part.unit.short_name, words) for part, words in shown] == [
        ("Xã Đồi Chè", "từ 102 học sinh trở lên"),
        ("Xã Suối Mây", "từ 308 học sinh trở lên"),
    ]


def test_a_rate_is_checked_by_weight_and_not_by_mean(province, cast, client_of, attendance):
    """97 % of 300 and 99 % of 100 are 97,5 %, though their mean is 98 %."""
    client = client_of(cast.staff)
    values = {province.cloud_commune: "97", province.tea_commune: "99"}
    page = client.post(grid(attendance), typed(attendance, values))
    assert page.status_code == 422
    assert "97,5%" in str(page.context["form"].errors["as_it_is"])
    assert parts() == {}
    assert client.post(grid(attendance), typed(attendance, values, as_it_is="on")).status_code == 302
    assert parts() == {"Xã Suối Mây": ("ge", Decimal(97)), "Xã Đồi Chè": ("ge", Decimal(99))}


def test_what_is_there_already_is_changed_with_a_reason(province, cast, client_of, pupils):
    client = client_of(cast.staff)
    first = {province.cloud_commune: "308", province.tea_commune: "102"}
    client.post(grid(pupils), typed(pupils, first))
    pupils.refresh_from_db()
    second = {province.cloud_commune: "310", province.tea_commune: "102"}
    page = client.post(grid(pupils), typed(pupils, second))
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["reason"])
    client.post(grid(pupils), typed(pupils, second, reason="Xã mở thêm lớp"))
    changed = Target.objects.get(unit=province.cloud_commune)
    assert (changed.value, [row.reason for row in changed.revisions.all()]) == (310, ["Xã mở thêm lớp"])
    assert not Target.objects.get(unit=province.tea_commune).revisions.exists()


def test_a_field_emptied_takes_nothing_away(province, cast, client_of, pupils):
    client = client_of(cast.staff)
    client.post(grid(pupils), typed(pupils, {province.cloud_commune: "308", province.tea_commune: "102"}))
    pupils.refresh_from_db()
    page = client.post(grid(pupils), typed(pupils, {province.cloud_commune: "410", province.tea_commune: ""}))
    assert f"value-{province.tea_commune.pk}" in page.context["form"].errors
    assert Target.objects.get(unit=province.tea_commune).value == 102


def test_a_commune_shares_its_part_out_to_its_schools(province, cast, client_of, pupils):
    client_of(cast.staff).post(
        grid(pupils), typed(pupils, {province.cloud_commune: "308", province.tea_commune: "102"})
    )
    own = Target.objects.get(unit=province.cloud_commune)
    client = client_of(cast.commune_officer)
    assert [row[0].unit.short_name for row in client.get(grid(own)).context["rows"]] == ["TH Suối Mây"]
    assert client.post(grid(own), typed(own, {province.cloud_primary: "308"})).status_code == 302
    of_school = Target.objects.get(unit=province.cloud_primary)
    assert (of_school.part_of, of_school.office.pk) == (own, province.cloud_commune.pk)
    seen = client_of(cast.principal).get(reverse("targets:target", args=[of_school.pk]))
    assert (seen.status_code, seen.context["whole"], seen.context["may_share"]) == (200, None, False)


def test_what_another_office_set_is_not_changed_over_its_head(province, cast, client_of, pupils):
    theirs = target_of(province.tea_commune, cast.staff, "primary.pupils", "90")
    Target.objects.filter(pk=theirs.pk).update(office=province.tea_commune.pk)
    values = {province.cloud_commune: "308", province.tea_commune: "102"}
    page = client_of(cast.staff).post(grid(pupils), typed(pupils, values, reason="Giao lại"))
    assert "Xã Đồi Chè (Xã Đồi Chè)" in str(page.context["form"].non_field_errors())
    assert parts() == {}


def test_the_second_to_save_is_told_and_loses_nothing(province, cast, client_of, pupils):
    client, values = client_of(cast.staff), {province.cloud_commune: "308", province.tea_commune: "102"}
    Target.objects.filter(pk=pupils.pk).update(version=pupils.version + 1)
    page = client.post(grid(pupils), typed(pupils, values))
    assert (page.status_code, page.context["conflict"]) == (409, True)
    assert [field.value() for _, field, *_ in page.context["rows"]] == ["102", "308"]
    assert parts() == {}


@pytest.mark.parametrize(
    ("value", "said"), [("98.5", "98,5"), ("101", "100"), ("nhiều", "nhiều")], ids=["point", "over", "words"]
)
def test_wrong_numbers_are_said_at_their_place(province, cast, client_of, attendance, value, said):
    page = client_of(cast.staff).post(
        grid(attendance), typed(attendance, {province.cloud_commune: value, province.tea_commune: "98"})
    )
    assert said in str(page.context["form"].errors[f"value-{province.cloud_commune.pk}"])
    assert page.status_code == 422


def test_nothing_typed_is_nothing_to_share(province, cast, client_of, pupils):
    page = client_of(cast.staff).post(grid(pupils), typed(pupils, {}))
    assert page.status_code == 422
    assert page.context["form"].non_field_errors()


def test_a_range_is_not_shared_out(province, cast, client_of, give):
    target = set_target(
        unit=province.department,
        indicator=indicator("primary.attendance_rate"),
        period=school_year_period(2026),
        goal=Goal("between", Decimal(90), Decimal(95)),
        by=cast.staff,
    )
    response = client_of(cast.staff).get(grid(target), follow=True)
    assert response.redirect_chain[0][0] == reverse("targets:target", args=[target.pk])


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("staff", 200), ("leader", 403), ("registrar", 403), ("commune_officer", 404), ("principal", 404),
        ("outsider", 404), ("outsider_principal", 404),
    ],
)  # fmt: skip
def test_who_may_share(cast, client_of, pupils, who, status):
    assert client_of(getattr(cast, who)).get(grid(pupils)).status_code == status


def test_nobody_beneath_reports_it(province, cast, client_of):
    target = target_of(province.department, cast.staff, "continuing.pupils", "100")
    page = client_of(cast.staff).get(grid(target))
    assert page.context["rows"] == []
    assert "không có đơn vị" in page.content.decode()


def test_the_number_of_queries_does_not_grow(province, cast, client_of, give):
    give(province.cloud_primary, (2026, 10), primary__pupils=300)
    client = client_of(cast.staff)
    target = target_of(province.department, cast.staff, "primary.pupils", "410")
    one = queries_of(client, grid(target))
    give(province.tea_combined, (2026, 10), primary__pupils=100)
    assert queries_of(client, grid(target)) == one
