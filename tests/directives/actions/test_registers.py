"""Where the numbers of outgoing documents come from: each register has one source."""

import datetime as dt

import pytest
from django.urls import reverse

from directives.actions.issuing import number_and_issue
from directives.actions.registers import give_numbers_here, type_numbers_in
from directives.models import Directive, DirectiveKind, NumberRegister, TypedRegister
from directives.queries.registers import registers_of
from eduportal.base.errors import Refused
from tests.conftest import TODAY
from trail.models import AuditEvent

NOTICE = DirectiveKind.NOTICE
REGISTERS, SOURCE = reverse("directives:registers"), reverse("directives:register_source")


def issue(notice: Directive, cast, **given) -> Directive:
    number_and_issue(directive=notice, version=notice.version, by=cast.registrar, today=TODAY, **given)
    return Directive.objects.get(pk=notice.pk)


@pytest.fixture
def typed(province, cast) -> None:
    type_numbers_in(office=province.department, kind=NOTICE, by=cast.registrar)


def test_a_number_from_elsewhere_is_taken_with_its_day(typed, write_notice, approve, cast):
    issued = issue(approve(write_notice()), cast, number=" 7 ", dated=TODAY - dt.timedelta(days=1))
    assert (issued.full_number, issued.issued_on) == ("07/TB-SGDĐT", TODAY - dt.timedelta(days=1))
    assert not NumberRegister.objects.exists()


def test_a_number_put_in_between_has_its_letter(typed, write_notice, approve, cast):
    assert issue(approve(write_notice()), cast, number="12A").number == "12a"


@pytest.mark.parametrize("number", ["", "07/TB-SGDĐT", "bảy", "1234567"])
def test_what_is_no_number_is_refused(number, typed, write_notice, approve, cast):
    notice = approve(write_notice())
    with pytest.raises(Refused) as refusal:
        issue(notice, cast, number=number)
    assert refusal.value.code == ("number_malformed" if number else "number_wanted")
    assert Directive.objects.get(pk=notice.pk).state == "approved"


def test_a_day_to_come_is_refused(typed, write_notice, approve, cast):
    with pytest.raises(Refused) as refusal:
        issue(approve(write_notice()), cast, number="7", dated=TODAY + dt.timedelta(days=1))
    assert refusal.value.code == "not_yet"


def test_a_number_is_not_used_twice(typed, write_notice, approve, cast):
    issue(approve(write_notice()), cast, number="7")
    with pytest.raises(Refused):
        issue(approve(write_notice()), cast, number="07")


def test_where_the_portal_gives_the_numbers_none_is_typed(write_notice, approve, cast):
    with pytest.raises(Refused) as refusal:
        issue(approve(write_notice()), cast, number="7")
    assert refusal.value.code == "number_given_here"


def test_each_register_has_its_own_source(typed, write_notice, approve, cast):
    assert issue(approve(write_notice(kind="ke_hoach")), cast).full_number == "01/KH-SGDĐT"


def test_the_portal_goes_on_after_the_highest(typed, province, write_notice, approve, cast, time_machine):
    time_machine.move_to(dt.datetime.combine(TODAY, dt.time(9), tzinfo=dt.UTC), tick=False)
    for number in ("45", "12a", "44"):
        issue(approve(write_notice()), cast, number=number)
    give_numbers_here(office=province.department, kind=NOTICE, by=cast.registrar)
    assert issue(approve(write_notice()), cast).number == "46"


def test_set_twice_it_is_said_once(province, cast):
    for action in (type_numbers_in, type_numbers_in, give_numbers_here, give_numbers_here):
        action(office=province.department, kind=NOTICE, by=cast.registrar)
    events = AuditEvent.objects.filter(verb="register.source_set").order_by("pk")
    assert [event.data["source"] for event in events] == ["typed", "here"]


# --- pages --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["staff", "leader", "admin", "principal"])
def test_registers_are_the_registrars(who, cast, client_of):
    client = client_of(getattr(cast, who))
    sent = {"kind": "thong_bao", "source": "typed"}
    assert (client.get(REGISTERS).status_code, client.post(SOURCE, sent).status_code) == (403, 403)


def test_the_registrar_says_where_numbers_come_from(province, cast, client_of):
    client = client_of(cast.registrar)
    client.post(SOURCE, {"kind": "thong_bao", "source": "typed"})
    row = TypedRegister.objects.get()
    assert (row.office_id, row.kind) == (province.department.pk, "thong_bao")
    shown = {one.kind: one.is_typed for one in client.get(REGISTERS).context["registers"]}
    assert (shown[NOTICE], shown[DirectiveKind.PLAN]) == (True, False)
    assert not any(one.is_typed for one in registers_of(province.cloud_commune, TODAY.year))
    client.post(SOURCE, {"kind": "thong_bao", "source": "here"})
    client.post(SOURCE, {"kind": "no such", "source": "here"})
    assert not TypedRegister.objects.exists()


def test_the_number_is_typed_where_it_is_wanted(typed, write_notice, approve, cast, client_of):
    notice = approve(write_notice())
    client, address = client_of(cast.registrar), reverse("directives:number", args=[notice.pk])
    page = client.get(address)
    assert page.context["typed"] is True
    sent = {"version": notice.version, "tasks_version": page.context["tasks_version"]}
    wrong = client.post(address, sent | {"number": "bảy", "dated": "22/11/2026"})
    assert (wrong.status_code, wrong.context["form"]["number"].value()) == (422, "bảy")
    assert "bảy" in wrong.content.decode()
    late = client.post(address, sent | {"number": "7", "dated": "32/11/2026"})
    assert (late.status_code, list(late.context["form"].errors)) == (422, ["dated"])
    done = client.post(address, sent | {"number": "7", "dated": "20/11/2026"})
    assert done.status_code == 302
    assert Directive.objects.get(pk=notice.pk).full_number == "07/TB-SGDĐT"


def test_where_the_portal_gives_it_nothing_is_asked(write_notice, approve, cast, client_of):
    notice = approve(write_notice())
    page = client_of(cast.registrar).get(reverse("directives:number", args=[notice.pk]))
    assert (page.context["typed"], page.context["next_number"]) == (False, "01")
    assert 'name="number"' not in page.content.decode()
