"""Amending, replacing, withdrawing; throwing drafts away."""

import pytest

from directives.models import Assignment, Directive
from tests.factories import AssignmentFactory, DirectiveFactory

WITHDRAW = {"kind": "withdraws", "reason": "Ban hành nhầm đối tượng"}


def at(directive: Directive, page: str = "") -> str:
    return f"/documents/{directive.pk}/{page}"


@pytest.mark.parametrize(
    ("who", "status"),
    [("staff", 200), ("leader", 200), ("registrar", 403), ("principal", 403), ("outsider", 404)],
)
def test_who_may_change_a_document_signed_elsewhere(cast, client_of, issued_letter, who, status):
    assert client_of(getattr(cast, who)).get(at(issued_letter, "change/")).status_code == status


def test_what_was_written_here_only_the_leader_changes(cast, client_of, issued_notice):
    pages = [client_of(who).get(at(issued_notice, "change/")) for who in (cast.staff, cast.leader)]
    assert [page.status_code for page in pages] == [403, 200]


def test_a_withdrawn_document_says_so_to_everybody(cast, client_of, issued_letter):
    given = WITHDRAW | {"version": issued_letter.version}
    assert client_of(cast.leader).post(at(issued_letter, "change/"), given).url == at(issued_letter)
    page = client_of(cast.principal).get(at(issued_letter)).content.decode()
    assert "Đã thu hồi ngày" in page
    assert "Ban hành nhầm đối tượng" in page
    one = Assignment.objects.filter(unit=cast.principal.unit).first()
    share = client_of(cast.principal).get(f"/tasks/{one.pk}/").content.decode()
    assert "Ban hành nhầm đối tượng" in share


def test_replaced_and_replacing_point_at_each_other(cast, client_of, issued_letter, province):
    newer = DirectiveFactory(office=province.department, issued=True, subject="Văn bản mới")
    given = {"kind": "replaces", "newer": newer.pk, "reason": "Thay thế", "version": issued_letter.version}
    client = client_of(cast.staff)
    client.post(at(issued_letter, "change/"), given)
    assert f'href="{at(newer)}"' in client.get(at(issued_letter)).content.decode()
    assert f'href="{at(issued_letter)}"' in client.get(at(newer)).content.decode()
    assert not Assignment.objects.open().exists()


def test_a_plan_is_not_told_to_those_outside(cast, client_of, issued_letter, province):
    draft = DirectiveFactory(office=province.department, subject="Dự thảo thay thế")
    given = {"kind": "replaces", "newer": draft.pk, "reason": "Sẽ thay", "version": issued_letter.version}
    client_of(cast.staff).post(at(issued_letter, "change/"), given)
    pages = [client_of(who).get(at(issued_letter)).content.decode() for who in (cast.staff, cast.principal)]
    assert ["Dự thảo thay thế" in page for page in pages] == [True, False]


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        ({}, ["kind", "reason"]),
        ({"kind": "replaces", "reason": "x"}, ["newer"]),
        ({"kind": "withdraws", "reason": " "}, ["reason"]),
    ],
)
def test_what_is_missing_is_said_at_its_field(cast, client_of, issued_letter, data, fields):
    given = data | {"version": issued_letter.version}
    response = client_of(cast.staff).post(at(issued_letter, "change/"), given)
    assert (response.status_code, sorted(response.context["form"].errors)) == (422, fields)
    assert Assignment.objects.open().count() == 10


def test_a_document_changed_meanwhile_is_shown_anew(cast, client_of, issued_letter):
    response = client_of(cast.staff).post(at(issued_letter, "change/"), WITHDRAW | {"version": 1})
    form = response.context["form"]
    assert (form["reason"].value(), form["version"].value()) == (WITHDRAW["reason"], issued_letter.version)


def test_foreign_documents_replace_nothing(cast, client_of, issued_letter, province):
    foreign = DirectiveFactory(office=province.foreign_department, issued=True)
    given = {"kind": "replaces", "newer": foreign.pk, "reason": "x", "version": issued_letter.version}
    response = client_of(cast.staff).post(at(issued_letter, "change/"), given)
    assert list(response.context["form"].errors) == ["newer"]


def test_a_draft_is_thrown_away_and_brought_back(cast, client_of, letter):
    client = client_of(cast.staff)
    assert client.post(at(letter, "discard/"), {"version": 1}).url == at(letter)
    assert at(letter, "bring-back/") in client.get(at(letter)).content.decode()
    assert client.get(at(letter, "review/")).url == at(letter)
    assert client.post(at(letter, "bring-back/"), {"version": 2}).url == at(letter)
    assert Directive.objects.get().is_draft


@pytest.mark.parametrize(("who", "status"), [("leader", 403), ("registrar", 403), ("principal", 404)])
def test_only_those_who_draft_throw_away(cast, client_of, letter, who, status):
    client = client_of(getattr(cast, who))
    assert client.post(at(letter, "discard/"), {"version": 1}).status_code == status


def test_a_stale_page_throws_nothing_away(cast, client_of, letter):
    assert client_of(cast.staff).post(at(letter, "discard/"), {"version": 7}).url == at(letter)
    assert Directive.objects.get().is_draft


def test_what_was_said_of_a_document_is_for_those_who_had_it(cast, client_of, issued_letter, province):
    """A newer one goes to further schools, which never had the older: neither its number nor the reason."""
    newer = DirectiveFactory(office=province.department, issued=True, subject="Văn bản mới")
    AssignmentFactory(task__directive=newer, unit=cast.tea_principal.unit)
    older = DirectiveFactory(office=province.department, issued=True, subject="Việc riêng của Suối Mây")
    AssignmentFactory(task__directive=older, unit=cast.principal.unit)
    AssignmentFactory(task__directive=newer, unit=cast.principal.unit)
    given = {"kind": "amends", "newer": newer.pk, "reason": "Lý do riêng", "version": older.version}
    client_of(cast.leader).post(at(older, "change/"), given)
    pages = [client_of(who).get(at(newer)).content.decode() for who in (cast.principal, cast.tea_principal)]
    assert [("Việc riêng" in page, "Lý do riêng" in page) for page in pages] == [(True, True), (False, False)]
