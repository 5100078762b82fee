"""Giving parts of a unit's work to colleagues, on its page."""

import datetime as dt

import pytest

from directives.models import Errand
from tests.conftest import queries_of
from tests.directives.work import given, task_of

PART = {"errand-what": "Lập danh sách bán trú", "errand-name": "Cô Thu", "errand-deadline": "01/12/2026"}


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC))


@pytest.fixture
def work(province, cast):
    [one] = given(task_of(province, cast), province.cloud_primary)
    return one


def test_the_clerk_gives_a_part_and_the_colleague_ends_it(cast, client_of, work):
    principal, clerk = client_of(cast.principal), client_of(cast.clerk)
    typed = PART | {"errand-name": cast.clerk.user.full_name}
    answer = principal.post(f"/tasks/{work.pk}/errands/", typed, follow=True)
    assert answer.redirect_chain == [(f"/tasks/{work.pk}/#errands", 302)]
    assert "thấy trong mục Nhiệm vụ" in answer.content.decode()
    made = Errand.objects.get()
    assert "Giao cho bạn" in clerk.get("/tasks/").content.decode()
    assert "Giao cho bạn" not in principal.get("/tasks/").content.decode()
    answer = clerk.post(f"/tasks/errands/{made.pk}/done/", {f"done-{made.pk}-note": "42 em"}, follow=True)
    assert "Đã hoàn thành 1/1 phần việc." in answer.content.decode()
    assert "42 em" in answer.content.decode()


def test_a_name_without_an_account(cast, client_of, work):
    answer = client_of(cast.clerk).post(f"/tasks/{work.pk}/errands/", PART, follow=True)
    assert "chưa có tài khoản" in answer.content.decode()
    made = Errand.objects.get()
    for step, left in (("done", 1), ("reopen", 1), ("take-back", 0)):
        client_of(cast.principal).post(f"/tasks/errands/{made.pk}/{step}/")
        assert Errand.objects.count() == left


def test_what_was_typed_stays_where_it_cannot_be(cast, client_of, work):
    for typed, status in (({"errand-what": ""}, 422), ({"errand-deadline": "31/12/2026"}, 422)):
        answer = client_of(cast.principal).post(f"/tasks/{work.pk}/errands/", PART | typed)
        assert answer.status_code == status
        assert "Cô Thu" in answer.content.decode()
    assert not Errand.objects.exists()


def test_no_office_above_learns_of_it(cast, client_of, work):
    client_of(cast.principal).post(f"/tasks/{work.pk}/errands/", PART)
    made = Errand.objects.get()
    for who in (cast.staff, cast.commune_officer):
        page = client_of(who).get(f"/tasks/{work.pk}/").content.decode()
        assert ("Cô Thu" in page, "đồng nghiệp" in page) == (False, False)
        assert client_of(who).post(f"/tasks/errands/{made.pk}/done/").status_code == 404
        assert client_of(who).post(f"/tasks/{work.pk}/errands/", PART).status_code == 403


@pytest.mark.parametrize("amount", [1, 3])
def test_as_many_queries_for_one_as_for_three(cast, client_of, work, amount):
    for _one in range(amount):
        Errand.objects.create(
            assignment=work, what="a", name="b", person=cast.clerk.user, given_by=cast.principal.user
        )
    assert queries_of(client_of(cast.clerk), f"/tasks/{work.pk}/") == 12
    assert queries_of(client_of(cast.clerk), "/tasks/") == 8
