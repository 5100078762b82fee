"""Pausing, resuming, cancelling and refusing on the pages: one unit, and all units of a task."""

import pytest

from directives.models import Assignment
from tests.directives.work import DEADLINE, NOW, fresh, given, task_of


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(NOW)


@pytest.fixture
def task(province, cast):
    return task_of(province, cast)


@pytest.fixture
def share(task, province) -> Assignment:
    return given(task, province.cloud_primary)[0]


def take(client, share, name, **values):
    typed = {"version": fresh(share).version, "reason": "Chờ hướng dẫn"} | values
    return client.post(
        f"/tasks/{share.pk}/step/{name}/", {f"{name}-{key}": text for key, text in typed.items()}
    )


@pytest.mark.parametrize("name", ["pause", "cancel"])
@pytest.mark.parametrize(
    ("who", "status"), [("staff", 302), ("leader", 302), ("commune_officer", 403), ("principal", 403)]
)
def test_the_office_that_set_the_work_steers_it(cast, client_of, share, name, who, status):
    assert take(client_of(getattr(cast, who)), share, name).status_code == status
    states = {"pause": "paused", "cancel": "cancelled"}
    assert fresh(share).state == (states[name] if status == 302 else "open")


@pytest.mark.parametrize(("who", "status"), [("principal", 302), ("clerk", 403), ("staff", 403)])
def test_the_unit_refuses(cast, client_of, share, who, status):
    assert take(client_of(getattr(cast, who)), share, "refuse").status_code == status


def offered(client, share) -> list[str]:
    return [offer.name for offer in client.get(f"/tasks/{share.pk}/").context["offers"]]


def test_each_is_offered_what_they_may_do_now(cast, client_of, share):
    staff, principal = client_of(cast.staff), client_of(cast.principal)
    assert (offered(staff, share), offered(principal, share)) == (["pause", "cancel"], ["refuse"])
    take(principal, share, "refuse", reason="Trường không có lớp 9")
    assert (offered(staff, share), offered(principal, share)) == (["accept-refusal", "turn-down"], [])
    assert client_of(cast.staff).get("/").context["desk"].refusals == 1
    assert "Trường không có lớp 9" in staff.get(f"/tasks/{share.pk}/").content.decode()
    take(staff, share, "accept-refusal")
    assert offered(staff, share) == []
    assert fresh(share).state == "refused"


def test_paused_work_is_resumed_with_a_new_day(cast, client_of, share):
    client = client_of(cast.staff)
    take(client, share, "pause")
    assert offered(client, share) == ["resume", "cancel"]
    assert take(client, share, "resume", until="01/01/2026", reason="").status_code == 422
    assert take(client, share, "resume", until="20/12/2026", reason="").status_code == 302
    assert (fresh(share).state, fresh(share).deadline.day) == ("open", 20)


def test_what_was_typed_stays_where_a_reason_is_missing(cast, client_of, share):
    response = take(client_of(cast.staff), share, "pause", reason=" ")
    assert (response.status_code, fresh(share).state) == (422, "open")
    (offer,) = [one for one in response.context["offers"] if one.name == "pause"]
    assert list(offer.form.errors) == ["reason"]


def test_the_second_is_told_keeps_the_words_and_may_decide_again(cast, client_of, share):
    client, stale = client_of(cast.staff), share.version
    take(client_of(cast.leader), share, "pause")
    response = take(client, share, "cancel", version=stale, reason="Văn bản được thay thế")
    assert (response.status_code, fresh(share).state) == (409, "paused")
    (offer,) = [one for one in response.context["offers"] if one.name == "cancel"]
    assert offer.form["reason"].value() == "Văn bản được thay thế"
    take(client, share, "cancel", version=offer.form["version"].value())
    assert fresh(share).state == "cancelled"


def test_steps_nobody_knows(cast, client_of, share, task):
    client = client_of(cast.staff)
    assert take(client, share, "fly").status_code == 404
    assert client.post(f"/tasks/of-all/{task.pk}/step/refuse/").status_code == 404


# --- all units


def take_all(client, task, name, **values):
    typed = {"reason": "Bão số 9"} | values
    url = f"/tasks/of-all/{task.pk}/step/{name}/"
    return client.post(url, {f"{name}-{key}": text for key, text in typed.items()})


@pytest.mark.parametrize(
    ("who", "status"), [("staff", 302), ("commune_officer", 403), ("principal", 403), ("outsider", 404)]
)
def test_for_all_units_the_office_alone(cast, client_of, task, share, who, status):
    assert take_all(client_of(getattr(cast, who)), task, "pause").status_code == status
    assert fresh(share).state == ("paused" if status == 302 else "open")


def test_the_page_of_a_task_offers_what_there_is_to_do(cast, client_of, task, share, province):
    given(task, province.orchid_preschool)
    client = client_of(cast.staff)

    def shown():
        context = client.get(f"/tasks/of-all/{task.pk}/").context
        return (
            [one.name for one in context["offers"]],
            context["counts"]["running"],
            context["counts"]["paused"],
        )

    assert shown() == (["pause", "cancel"], 2, 0)
    take_all(client, task, "pause")
    assert shown() == (["resume", "cancel"], 0, 2)
    take_all(client, task, "resume", until="", reason="")
    assert shown() == (["pause", "cancel"], 2, 0)
    assert {one.deadline for one in Assignment.objects.all()} == {DEADLINE}
    assert take_all(client, task, "resume", reason="").status_code == 422


def test_others_see_the_page_with_their_units_only(cast, client_of, task, share, province):
    given(task, province.tea_combined)
    seen = client_of(cast.commune_officer).get(f"/tasks/of-all/{task.pk}/").context
    assert (sum(seen["counts"].values()), seen["offers"], seen["may_shape"]) == (1, [], False)
