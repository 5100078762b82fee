"""Tasks as they were assigned: the list with its filters, and one of them."""

import datetime as dt

import pytest

from directives.models import Assignment, ProgressEntry
from schools.actions import month_period
from tests.factories import AssignmentFactory, DirectiveFactory, TaskFactory
from trail.actions import record

TASKS = "/tasks/"


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC))


@pytest.fixture
def listed(cast, client_of, issued_letter):
    """Item and unit of each row that a person of the cast sees under these filters."""

    def rows(who: str, **filters) -> set[tuple[str, str]]:
        response = client_of(getattr(cast, who)).get(TASKS, filters)
        return {(one.task.path, one.unit.short_name) for one in response.context["page_obj"]}

    return rows


@pytest.mark.parametrize(
    ("who", "amount"),
    [("staff", 10), ("commune_officer", 5), ("principal", 3), ("tea_principal", 3), ("outsider", 0)],
)
def test_each_sees_the_tasks_of_their_units(listed, who, amount):
    assert len(listed(who)) == amount


def test_filters(listed, issued_letter, province):
    assert listed("staff", unit=province.high_school.pk) == {("1", "THPT Ngọc Sơn")}
    assert listed("staff", task=issued_letter.tasks.get(path="2").pk) == {("2", "TH&THCS Đồi Chè")}
    assert len(listed("staff", document=issued_letter.pk)) == 10
    assert listed("staff", standing="no_deadline") == {("4", "Sở GDĐT")}
    assert listed("staff", standing="overdue") == set()
    assert listed("staff", q="khao sat") == {("2", "TH&THCS Đồi Chè")}
    assert listed("staff", unit=province.cloud_primary.pk, q="chuyen de") == {("3", "TH Suối Mây")}


def test_due_soon_is_a_filter_of_its_own(listed, issued_letter):
    Assignment.objects.filter(task__path="2").update(deadline=dt.date(2026, 11, 25))
    assert listed("staff", standing="due_soon") == {("2", "TH&THCS Đồi Chè")}


@pytest.mark.parametrize("value", ["x", "0", "-1", "999999", "1e9"])
def test_filters_that_name_nothing_the_person_sees(cast, client_of, issued_letter, value):
    client = client_of(cast.staff)
    assert [client.get(TASKS, {name: value}).status_code for name in ("unit", "document", "task")] == [
        404
    ] * 3
    assert client.get(TASKS, {"standing": value}).status_code == 200


def test_filters_do_not_reach_foreign_rows(cast, client_of, issued_letter, province):
    client = client_of(cast.outsider)
    for filters in (
        {"unit": province.cloud_primary.pk},
        {"document": issued_letter.pk},
        {"task": issued_letter.tasks.first().pk},
    ):
        assert client.get(TASKS, filters).status_code == 404


def test_counts_are_those_of_the_list_and_lead_to_its_parts(cast, client_of, issued_letter):
    response = client_of(cast.staff).get(TASKS, {"document": issued_letter.pk, "standing": "running"})
    counts = response.context["counts"]
    assert (counts["running"], counts["no_deadline"], counts["overdue"]) == (9, 1, 0)
    assert f"?document={issued_letter.pk}&amp;standing=no_deadline" in response.content.decode()


def test_filters_stand_in_words_and_are_taken_off_one_by_one(
    cast, client_of, issued_letter, province, settings
):
    settings.LANGUAGE_CODE = "en"
    response = client_of(cast.staff).get(
        TASKS, {"unit": province.high_school.pk, "standing": "overdue", "q": "a"}
    )
    assert [chip.words for chip in response.context["chips"]] == ["overdue", "THPT Ngọc Sơn", "“a”"]
    assert response.context["chips"][0].without == f"unit={province.high_school.pk}&q=a"


@pytest.mark.parametrize("amount", [1, 3])
def test_as_many_queries_for_one_as_for_three(cast, client_of, province, amount, django_assert_num_queries):
    directive = DirectiveFactory(office=province.department, issued=True)
    for _ in range(amount):
        AssignmentFactory(task=TaskFactory(directive=directive), unit=province.cloud_primary)
    client = client_of(cast.staff)
    with django_assert_num_queries(6):
        client.get(TASKS)


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
    record("progress.written", about=share, by=cast.clerk, unit_id=share.unit_id)
    histories = [
        len(client_of(who).get(f"{TASKS}{share.pk}/").context["history"])
        for who in (cast.principal, cast.staff)
    ]
    assert histories == [1, 0]


def test_its_history_is_there(cast, client_of, share):
    record(
        "assignment.sent_back",
        about=share,
        by=cast.staff,
        unit_id=share.unit_id,
        data={"reason": "Thiếu minh chứng"},
    )
    assert "Thiếu minh chứng" in client_of(cast.principal).get(f"{TASKS}{share.pk}/").content.decode()
