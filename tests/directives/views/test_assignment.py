"""One unit's share of a task: its page, reporting on it, sending it back."""

import datetime as dt

import pytest

from directives.actions.progress import report_progress
from directives.models import Assignment, ProgressEntry
from schools.actions import month_period
from tests.factories import AssignmentFactory, DirectiveFactory, TaskFactory
from trail.actions import record

TASKS = "/tasks/"
NOW = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(NOW)


@pytest.fixture
def share(issued_letter, province) -> Assignment:
    return Assignment.objects.get(task__path="3", unit=province.cloud_primary)


@pytest.mark.parametrize(
    ("who", "status"),
    [("staff", 200), ("leader", 200), ("commune_officer", 200), ("principal", 200), ("clerk", 200),
     ("neighbour", 404), ("tea_principal", 404), ("outsider", 404)],
)  # fmt: skip
def test_who_sees_a_share(cast, client_of, share, who, status):
    assert client_of(getattr(cast, who)).get(f"{TASKS}{share.pk}/").status_code == status


def test_it_quotes_the_sentence_that_set_it(cast, client_of, share):
    response = client_of(cast.principal).get(f"{TASKS}{share.pk}/")
    assert response.context["quote"].startswith("3. Giao trường TH Suối Mây, MN Hoa Ban chuẩn bị")
    assert response.context["shown"] == "running"


def test_drafts_of_progress_are_seen_by_the_unit_alone(cast, client_of, share):
    ProgressEntry.objects.create(
        assignment=share, period=month_period(2026, 10), note="đã họp", written_by=cast.clerk.user,
        sent_at=dt.datetime(2026, 11, 2, tzinfo=dt.UTC),
    )  # fmt: skip
    ProgressEntry.objects.create(
        assignment=share, period=month_period(2026, 11), note="đang làm", written_by=cast.clerk.user
    )

    def notes(who) -> list[str]:
        return [one.note for one in client_of(who).get(f"{TASKS}{share.pk}/").context["entries"]]

    assert notes(cast.principal) == notes(cast.clerk) == ["đang làm", "đã họp"]
    assert notes(cast.staff) == notes(cast.commune_officer) == ["đã họp"]


def test_its_history_is_there_in_words(cast, client_of, share, settings):
    settings.LANGUAGE_CODE = "en"
    data = {"reason": "Thiếu minh chứng"}
    record("assignment.sent_back", about=share, by=cast.staff, unit_id=share.unit_id, data=data)
    record(
        "assignment.progressed", about=share, by=cast.principal, unit_id=share.unit_id, data={"percent": 40}
    )
    record("progress.written", about=share, by=cast.clerk, unit_id=share.unit_id)
    history = client_of(cast.principal).get(f"{TASKS}{share.pk}/").context["history"]
    assert [(row.words, row.note) for row in history] == [
        ("reported progress", "40%"),
        ("sent the work back", "Thiếu minh chứng"),
    ]


def typed(share: Assignment, **values) -> dict:
    return {"version": share.version, "percent": "40", "note": "Đã họp tổ"} | values


def stands(share: Assignment) -> tuple[str, int, dt.date | None]:
    return Assignment.objects.values_list("state", "percent", "reported_done_on").get(pk=share.pk)


@pytest.mark.parametrize(
    ("who", "offered"), [("principal", True), ("clerk", False), ("staff", False), ("commune_officer", False)]
)
def test_the_unit_alone_is_asked_how_far_it_is(cast, client_of, share, who, offered):
    client = client_of(getattr(cast, who))
    content = client.get(f"{TASKS}{share.pk}/").content.decode()
    assert (f"{TASKS}{share.pk}/report/" in content) is offered
    status = client.post(f"{TASKS}{share.pk}/report/", typed(share)).status_code
    assert status == (302 if offered else 403)


def test_progress_is_reported_between_months(cast, client_of, share):
    client = client_of(cast.principal)
    assert client.post(f"{TASKS}{share.pk}/report/", typed(share)).url == f"{TASKS}{share.pk}/"
    assert stands(share) == ("open", 40, None)
    assert "Đã họp tổ" in client_of(cast.staff).get(f"{TASKS}{share.pk}/").content.decode()
    share.refresh_from_db()
    client.post(f"{TASKS}{share.pk}/report/", typed(share, claims_done="on", note=""))
    assert stands(share) == ("done", 100, NOW.date())


def test_an_office_closes_its_own_work(cast, client_of, province):
    directive = DirectiveFactory(office=province.department, issued=True)
    own = AssignmentFactory(task=TaskFactory(directive=directive), unit=province.department)
    client_of(cast.staff).post(f"{TASKS}{own.pk}/report/", typed(own, claims_done="on"))
    assert stands(own) == ("done", 100, NOW.date())


@pytest.mark.parametrize(
    "values", [{"percent": "101"}, {"percent": "vài"}, {"percent": "0", "note": ""}, {"version": "x"}]
)
def test_what_cannot_be_is_shown_again_as_typed(cast, client_of, share, values):
    response = client_of(cast.principal).post(
        f"{TASKS}{share.pk}/report/", typed(share, **{"note": "Đang gõ"} | values)
    )
    assert response.status_code == 422
    assert response.context["form"]["note"].value() == ({"note": "Đang gõ"} | values)["note"]
    assert stands(share) == ("open", 0, None)


def test_the_second_to_report_sees_both(cast, client_of, share):
    report_progress(
        assignment=Assignment.objects.get(pk=share.pk), version=share.version, percent=70,
        note="Của người trước", claims_done=False, by=cast.principal, now=NOW,
    )  # fmt: skip
    client = client_of(cast.principal)
    response = client.post(f"{TASKS}{share.pk}/report/", typed(share, note="Của tôi"))
    assert response.status_code == 422
    rows = [(row["stored"], row["yours"]) for row in response.context["conflict"]]
    assert rows[1:] == [("70%", "40%"), ("Của người trước", "Của tôi")]
    version = response.context["form"]["version"].value()
    client.post(f"{TASKS}{share.pk}/report/", typed(share, version=version))
    assert stands(share) == ("open", 40, None)


def test_what_was_typed_about_work_that_was_paused_is_kept(cast, client_of, share):
    Assignment.objects.filter(pk=share.pk).update(state="paused")
    response = client_of(cast.principal).post(f"{TASKS}{share.pk}/report/", typed(share))
    assert (response.status_code, "Đã họp tổ" in response.content.decode()) == (422, True)


@pytest.fixture
def done(share, cast) -> Assignment:
    report_progress(
        assignment=share,
        version=share.version,
        percent=100,
        note="",
        claims_done=True,
        by=cast.principal,
        now=NOW,
    )
    return Assignment.objects.get(pk=share.pk)


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("staff", True),
        ("leader", True),
        ("registrar", False),
        ("commune_officer", False),
        ("principal", False),
    ],
)
def test_the_office_that_set_it_sends_it_back(cast, client_of, done, who, offered):
    client = client_of(getattr(cast, who))
    assert (f"{TASKS}{done.pk}/reopen/" in client.get(f"{TASKS}{done.pk}/").content.decode()) is offered
    response = client.post(f"{TASKS}{done.pk}/reopen/", {"back-reason": "Thiếu biên bản"})
    assert response.status_code == (302 if offered else 403)
    assert stands(done) == (("open", 100, None) if offered else ("done", 100, NOW.date()))


def test_work_goes_back_with_a_reason_and_once(cast, client_of, done):
    client = client_of(cast.staff)
    response = client.post(f"{TASKS}{done.pk}/reopen/", {"back-reason": " "})
    assert (response.status_code, stands(done)[0]) == (422, "done")
    client.post(f"{TASKS}{done.pk}/reopen/", {"back-reason": "Thiếu biên bản"})
    response = client.post(f"{TASKS}{done.pk}/reopen/", {"back-reason": "Gõ lần hai"})
    assert (response.status_code, "Gõ lần hai" in response.content.decode()) == (422, True)
