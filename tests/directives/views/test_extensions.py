"""A later deadline on the page of the work and in the list of requests."""

import datetime as dt

import pytest

from directives.actions.extensions import ask_extension
from directives.models import Assignment, Extension
from tests.directives.work import DEADLINE, NOW, TODAY, fresh, given, task_of

LIST = "/tasks/extensions/"
LATER = DEADLINE + dt.timedelta(days=7)


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(NOW)


@pytest.fixture
def task(province, cast):
    return task_of(province, cast)


@pytest.fixture
def share(task, province) -> Assignment:
    return given(task, province.cloud_primary)[0]


def asked(share, by, until=LATER) -> Extension:
    return ask_extension(assignment=share, until=until, reason="Chờ nghiệm thu", by=by, today=TODAY)


@pytest.mark.parametrize(
    ("who", "status"), [("principal", 302), ("clerk", 403), ("staff", 403), ("neighbour", 404)]
)
def test_the_unit_asks(cast, client_of, share, who, status):
    data = {"ask-until": "21/12/2026", "ask-reason": "Chờ nghiệm thu"}
    response = client_of(getattr(cast, who)).post(f"/tasks/{share.pk}/extension/", data)
    assert (response.status_code, Extension.objects.exists()) == (status, status == 302)


@pytest.mark.parametrize(
    "values", [{"until": "14/12/2026"}, {"until": "1/1/2026"}, {"until": "mai"}, {"reason": " "}]
)
def test_what_cannot_be_asked_is_shown_again_as_typed(cast, client_of, share, values):
    typed = {"until": "21/12/2026", "reason": "Chờ nghiệm thu"} | values
    response = client_of(cast.principal).post(
        f"/tasks/{share.pk}/extension/", {f"ask-{name}": text for name, text in typed.items()}
    )
    assert response.status_code == 422
    assert {name: response.context["ask"][name].value() for name in typed} == typed
    assert not Extension.objects.exists()


def decide(client, extension, **values):
    data = {"decide-version": extension.version, "decide-until": "", "decide-answer": ""} | values
    return client.post(f"{LIST}{extension.pk}/decide/", data)


@pytest.mark.parametrize(
    ("who", "status"),
    [("staff", 302), ("leader", 302), ("registrar", 403), ("commune_officer", 403), ("principal", 403),
     ("neighbour", 404), ("outsider", 404)],
)  # fmt: skip
def test_the_office_that_set_the_work_decides(cast, client_of, share, who, status):
    extension = asked(share, cast.principal)
    response = decide(client_of(getattr(cast, who)), extension, grant="")
    assert (response.status_code, fresh(share).deadline) == (status, LATER if status == 302 else DEADLINE)


def test_another_day_and_a_refusal_with_its_reason(cast, client_of, share):
    client = client_of(cast.staff)
    decide(client, asked(share, cast.principal), **{"decide-until": "16/12/2026", "grant": ""})
    assert fresh(share).deadline == dt.date(2026, 12, 16)
    again = asked(share, cast.principal)
    assert decide(client, again, refuse="").status_code == 422
    decide(client, again, **{"decide-answer": "Đã gia hạn một lần", "refuse": ""})
    page = client_of(cast.principal).get(f"/tasks/{share.pk}/").content.decode()
    assert "Đã gia hạn một lần" in page
    assert (fresh(share).deadline, fresh(share).first_deadline) == (dt.date(2026, 12, 16), DEADLINE)


def test_the_second_to_decide_is_told_who_was_first(cast, client_of, share):
    extension = asked(share, cast.principal)
    decide(client_of(cast.staff), extension, grant="")
    leader = client_of(cast.leader)
    late = decide(leader, extension, **{"decide-answer": "Không", "refuse": ""})
    page = leader.get(late.url)
    told = [str(message) for message in page.context["messages"]]
    assert len(told) == 1
    assert "Phạm Văn Minh" in told[0]
    assert fresh(extension).is_granted


@pytest.fixture
def requests(cast, task, province) -> list[Extension]:
    """One of each school, and one about work that the commune set."""
    rows = [asked(one, cast.principal) for one in given(task, *province.schools)]
    own = task_of(province, cast)
    type(own.directive).objects.filter(pk=own.directive_id).update(office=province.cloud_commune)
    return [*rows, asked(given(own, province.cloud_primary)[0], cast.principal)]


@pytest.mark.parametrize(
    ("who", "seen", "mine"),
    [("staff", 5, 4), ("commune_officer", 3, 1), ("principal", 2, 0), ("outsider", 0, 0)],
)
def test_each_sees_the_requests_of_their_units(cast, client_of, requests, who, seen, mine):
    lines = client_of(getattr(cast, who)).get(LIST).context["lines"]
    assert (len(lines), sum(line["mine"] for line in lines)) == (seen, mine)


def ticked(*rows, **values) -> dict:
    versions = {f"version-{row.pk}": row.version for row in rows}
    return {"chosen": [row.pk for row in rows], "until": "", "answer": "Mưa lũ"} | versions | values


def test_several_are_granted_at_once(cast, client_of, requests):
    client = client_of(cast.staff)
    assert client.post(f"{LIST}grant/", ticked(*requests[:3])).status_code == 302
    assert [fresh(row).is_granted for row in requests] == [True, True, True, False, False]
    assert {fresh(row).answer for row in requests[:3]} == {"Mưa lũ"}
    assert len(client.get(LIST, {"state": "decided"}).context["lines"]) == 3


def test_those_of_another_office_cannot_be_granted_along(cast, client_of, requests):
    response = client_of(cast.staff).post(f"{LIST}grant/", ticked(requests[0], requests[4]))
    assert (response.status_code, fresh(requests[0]).is_decided) == (422, False)
    assert response.context["form"]["answer"].value() == "Mưa lũ"


@pytest.mark.parametrize("who", ["principal", "clerk", "registrar"])
def test_who_decides_nothing_grants_nothing(cast, client_of, requests, who):
    response = client_of(getattr(cast, who)).post(f"{LIST}grant/", ticked(requests[0]))
    assert (response.status_code, fresh(requests[0]).is_decided) == (403, False)


def test_nothing_ticked_is_said(cast, client_of, requests):
    response = client_of(cast.staff).post(f"{LIST}grant/", {"answer": "Mưa lũ"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["chosen"])


def test_staff_find_them_on_their_first_page(cast, client_of, requests):
    desk = client_of(cast.staff).get("/").context["desk"]
    assert desk.extensions == 4


@pytest.mark.parametrize("amount", [1, 3])
def test_as_many_queries_for_one_as_for_three(
    cast, client_of, task, province, amount, django_assert_num_queries
):
    for one in given(task, *province.schools[:amount]):
        asked(one, cast.principal)
    client = client_of(cast.staff)
    with django_assert_num_queries(5):
        client.get(LIST)


def test_a_day_that_cannot_be_granted_keeps_what_was_typed(cast, client_of, requests):
    data = ticked(requests[0]) | {"until": "01/01/2026", "answer": "Mưa lũ kéo dài"}
    page = client_of(cast.staff).post(f"{LIST}grant/", data)
    assert page.status_code == 422
    assert [line["row"].pk for line in page.context["lines"] if line["ticked"]] == [requests[0].pk]
    assert [page.context["form"][name].value() for name in ("until", "answer")] == [
        "01/01/2026",
        "Mưa lũ kéo dài",
    ]
    assert not fresh(requests[0]).is_granted


def test_nothing_ticked_is_said_in_words_of_the_page(cast, client_of, requests):
    page = client_of(cast.staff).post(f"{LIST}grant/", {"answer": ""})
    assert page.context["form"]["chosen"].label == "Đề nghị"
