"""Tasks as they were assigned: the list with its filters."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from directives.models import Assignment
from directives.views import assignments
from tests.factories import AssignmentFactory, DirectiveFactory, TaskFactory

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


def test_an_item_of_a_document_one_sees_that_is_not_ones_own_is_no_filter(cast, client_of, issued_letter):
    secret = issued_letter.tasks.get(path="2")
    client = client_of(cast.principal)
    assert client.get(TASKS, {"document": issued_letter.pk}).status_code == 200
    assert client.get(TASKS, {"task": secret.pk}).status_code == 404
    assert client.get(TASKS, {"task": issued_letter.tasks.get(path="3").pk}).status_code == 200


def test_control_characters_find_nothing(cast, client_of, issued_letter):
    client = client_of(cast.staff)
    assert [client.get(f"{url}?q=%00a").status_code for url in (TASKS, "/documents/")] == [200, 200]
    assert len(client.get(f"{TASKS}?q=khao%00+sat").context["page_obj"]) == 1


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
    with django_assert_num_queries(8):
        client.get(TASKS)


@pytest.fixture
def of_years(cast, province) -> dict[str, Assignment]:
    """Work of this school year and of the last: done and open."""
    made = {}
    for year, issued_on in ((2026, dt.date(2026, 10, 2)), (2025, dt.date(2026, 5, 4))):
        directive = DirectiveFactory(office=province.department, issued=True, issued_on=issued_on)
        task = TaskFactory(directive=directive, deadline=dt.date(2026, 12, 14))
        made[f"{year} open"] = AssignmentFactory(task=task, unit=province.cloud_primary)
        made[f"{year} done"] = AssignmentFactory(
            task=task, unit=province.tea_combined, state="done", reported_done_on=dt.date(2026, 11, 1)
        )
    return made


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (None, {"2026 open", "2026 done", "2025 open"}),
        ("2026", {"2026 open", "2026 done"}),
        ("2025", {"2025 open", "2025 done"}),
        ("all", {"2026 open", "2026 done", "2025 open", "2025 done"}),
        ("1999", {"2026 open", "2026 done", "2025 open"}),
        ("x", {"2026 open", "2026 done", "2025 open"}),
    ],
)
def test_the_list_is_bounded_by_a_school_year(cast, client_of, of_years, year, expected):
    response = client_of(cast.staff).get(TASKS, {"year": year} if year else {})
    names = {one.pk: name for name, one in of_years.items()}
    assert {names[one.pk] for one in response.context["page_obj"]} == expected
    assert sum(response.context["counts"].values()) == len(expected)
    assert [one.value for one in response.context["years"]] == ["2026", "2025"]


def test_one_document_bounds_itself(cast, client_of, of_years):
    old = of_years["2025 done"].task
    response = client_of(cast.staff).get(TASKS, {"document": old.directive_id})
    assert response.context["page_obj"].paginator.count == 2


def test_the_sentence_of_the_field_counts_what_is_listed(cast, client_of, of_years):
    response = client_of(cast.staff).get(TASKS)
    assert response.context["statistics"].startswith(
        "Tổng số nhiệm vụ giao: 3; hoàn thành đúng hạn 1; hoàn thành quá hạn 0; đang thực hiện trong hạn 2;"
    )


def test_the_same_rows_as_a_workbook(cast, client_of, issued_letter, monkeypatch):
    monkeypatch.setattr(assignments, "PAGE", 1)
    answer = client_of(cast.staff).get("/tasks/workbook/", {"q": "chuyen de"})
    assert "nhiem-vu-20261122.xlsx" in answer["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(answer.content)).active
    heads, _numbers, *rows = ([cell.value for cell in row] for row in sheet.iter_rows(min_row=4))
    assert heads[:4] == ["TT", "Nhiệm vụ", "Kỳ", "Đơn vị"]
    assert [(row[3], row[6], row[11]) for row in rows] == [
        ("Trường Mầm non Hoa Ban", "đang thực hiện, trong hạn", "215/SGDĐT-GDPT"),
        ("Trường Tiểu học Suối Mây", "đang thực hiện, trong hạn", "215/SGDĐT-GDPT"),
    ]


def test_the_workbook_keeps_to_what_one_sees(cast, client_of, issued_letter):
    answer = client_of(cast.principal).get("/tasks/workbook/")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert {row[3].value for row in sheet.iter_rows(min_row=6)} == {"Trường Tiểu học Suối Mây"}
