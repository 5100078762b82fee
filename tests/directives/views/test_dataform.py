"""The form of a task on the pages: shaping it, the table of answers, the workbook."""

import io

import pytest
from openpyxl import load_workbook

from directives.actions.answers import save_reply, send_reply
from directives.models import Assignment, DataForm, FormReply
from tests.directives.work import NOW, classes, fresh, given, keys, task_of, with_form


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(NOW)


@pytest.fixture
def task(province, cast):
    return task_of(province, cast)


def rows(*fields: dict, initial: int = 0, version: int = 0) -> dict:
    """The page of shaping as it is sent."""
    data = {"version": version, "fields-TOTAL_FORMS": len(fields), "fields-INITIAL_FORMS": initial}
    for n, field in enumerate(fields):
        given_values = {"label": "", "kind": "whole", "unit": "", "hint": "", "options": "", "ORDER": n + 1}
        data |= {f"fields-{n}-{name}": value for name, value in (given_values | field).items()}
    return data


def labels(task) -> list[str]:
    return [field.label for field in DataForm.objects.get(task=task).fields.all()]


# --- shaping


@pytest.mark.parametrize(
    ("who", "status"),
    [("staff", 302), ("division_staff", 302), ("leader", 403), ("commune_officer", 404), ("principal", 404)],
)
def test_those_who_draft_for_the_office_shape_the_form(cast, client_of, task, who, status):
    response = client_of(getattr(cast, who)).post(f"/tasks/of-all/{task.pk}/form/", rows({"label": "Số lớp"}))
    assert (response.status_code, DataForm.objects.exists()) == (status, status == 302)


def test_fields_are_ordered_changed_and_taken_out(cast, client_of, task):
    client, url = client_of(cast.staff), f"/tasks/of-all/{task.pk}/form/"
    client.post(url, rows({"label": "A", "ORDER": 2}, {"label": "B", "ORDER": 1}, {}))
    assert labels(task) == ["B", "A"]
    b, a = keys(DataForm.objects.get())
    sent = rows(
        {"pk": b, "label": "B", "DELETE": "on"},
        {"pk": a, "label": "A2", "kind": "choice", "options": "x\ny\n\nx"},
        {"label": "C", "kind": "percent", "is_required": "on"},
        initial=2, version=1,
    )  # fmt: skip
    assert client.post(url, sent | {"more": ""}).url == url
    first, second = DataForm.objects.get().fields.all()
    assert (first.pk, first.label, first.choices, first.is_required) == (a, "A2", ["x", "y"], False)
    assert (second.label, second.kind, second.is_required) == ("C", "percent", True)


def test_a_draft_gets_its_form_from_the_review(cast, client_of, letter):
    item = letter.tasks.first()
    client = client_of(cast.staff)
    assert f"/tasks/of-all/{item.pk}/form/" in client.get(f"/documents/{letter.pk}/review/").content.decode()
    response = client.post(f"/tasks/of-all/{item.pk}/form/", rows({"label": "Số lớp"}))
    assert response.url == f"/documents/{letter.pk}/review/"
    assert fresh(item).confirmed


BAD = [
    ({"label": "A", "kind": "choice", "options": "một"}, "options"),
    ({"label": "", "hint": "Gợi ý không có câu hỏi"}, "label"),
    ({"label": "A", "kind": "picture"}, "kind"),
    ({"label": "A" * 201}, "label"),
]


@pytest.mark.parametrize(("field", "name"), BAD)
def test_what_cannot_be_asked_stays_as_typed(cast, client_of, task, field, name):
    response = client_of(cast.staff).post(f"/tasks/of-all/{task.pk}/form/", rows(field))
    assert response.status_code == 422
    (row,) = response.context["rows"].forms
    assert list(row.errors) == [name]
    assert not DataForm.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {},
        rows({"label": "Số lớp"}, {"label": "so lop"}),
        {"version": "x"} | rows({"label": "A"}) | {"version": "x"},
    ],
)
def test_a_form_cut_short_or_asking_twice_is_refused(cast, client_of, task, data):
    assert client_of(cast.staff).post(f"/tasks/of-all/{task.pk}/form/", data).status_code == 422
    assert not DataForm.objects.exists()


def test_the_second_to_shape_keeps_what_was_typed(cast, client_of, task):
    with_form(task, cast)
    response = client_of(cast.leader).get(f"/tasks/of-all/{task.pk}/form/")
    assert response.status_code == 403
    response = client_of(cast.staff).post(f"/tasks/of-all/{task.pk}/form/", rows({"label": "Khác"}))
    assert (response.status_code, response.context["rows"].forms[0]["label"].value()) == (409, "Khác")
    assert response.context["head"]["version"].value() == 1
    assert len(labels(task)) == 6


# --- answers


@pytest.fixture
def answered(task, province, cast):
    """The form of four schools: two have sent, one is preparing, one has not begun."""
    form = with_form(task, cast)
    shares = given(task, *province.schools)
    for number, share in zip((8, 10, 100), shares, strict=False):
        reply = save_reply(
            assignment=share, version=0, values=classes(form, number), by=cast.principal, now=NOW
        )
        if number < 100:
            send_reply(reply=reply, version=reply.version, by=cast.principal, now=NOW)
    return shares


def table(client, task, **filters):
    context = client.get(f"/tasks/of-all/{task.pk}/answers/", filters).context
    found = [(line.row.assignment.unit.short_name, line.cells[0][1]) for line in context["lines"]]
    return found, context["totals"].sums[0], context["totals"].missing


def test_all_answers_in_one_table_with_their_sum(cast, client_of, task, answered):
    found, total, missing = table(client_of(cast.staff), task)
    assert found == [
        ("MN Hoa Ban", 8),
        ("TH Suối Mây", 10),
        ("TH&THCS Đồi Chè", None),
        ("THPT Ngọc Sơn", None),
    ]
    assert (total, missing) == (18, 2)


def test_who_has_not_answered_stands_with_the_phone(cast, client_of, task, answered, province):
    type(province.high_school).objects.update(phone="0200 555 0141")
    client = client_of(cast.staff)
    assert [unit for unit, _value in table(client, task, part="missing")[0]] == [
        "TH&THCS Đồi Chè",
        "THPT Ngọc Sơn",
    ]
    page = client.get(f"/tasks/of-all/{task.pk}/answers/", {"part": "missing"}).content.decode()
    assert 'href="tel:0200 555 0141"' in page
    assert table(client, task, q="suoi may")[0] == [("TH Suối Mây", 10)]
    assert table(client, task, part="answered")[1:] == (18, 0)


@pytest.mark.parametrize(
    ("who", "units"), [("commune_officer", ["MN Hoa Ban", "TH Suối Mây"]), ("principal", ["TH Suối Mây"])]
)
def test_others_see_their_units_only(cast, client_of, task, answered, who, units):
    found, total, _missing = table(client_of(getattr(cast, who)), task)
    assert [unit for unit, _value in found] == units
    assert total == {"commune_officer": 18, "principal": 10}[who]


def test_units_that_stand_outside_are_not_expected(cast, client_of, task, answered):
    Assignment.objects.filter(pk=answered[3].pk).update(state="refused")
    assert table(client_of(cast.staff), task)[2] == 1


def sheet(response):
    assert response["Content-Disposition"].startswith("attachment")
    book = load_workbook(io.BytesIO(response.content))
    return [[cell.value for cell in row] for row in book.active.iter_rows(min_row=3)]


def test_the_table_as_a_workbook(cast, client_of, task, answered, province):
    head, *lines, total = sheet(client_of(cast.staff).get(f"/tasks/of-all/{task.pk}/answers/workbook/"))
    assert head[5:7] == ["Số lớp (lớp)", "Tỷ lệ chuyên cần"]
    assert [(line[1], line[2], line[5]) for line in lines] == [
        ("Trường Mầm non Hoa Ban", "NS010001", 8),
        ("Trường Tiểu học Suối Mây", "NS010002", 10),
        ("Trường Tiểu học và Trung học cơ sở Đồi Chè", "NS020001", None),
        ("Trường Trung học phổ thông Ngọc Sơn", "NS000001", None),
    ]
    assert (total[5], total[6]) == (18, None)


def test_a_task_without_a_form_has_no_answers(cast, client_of, task, province):
    given(task, province.cloud_primary)
    for name in ("answers", "answers/workbook"):
        assert client_of(cast.staff).get(f"/tasks/of-all/{task.pk}/{name}/").status_code == 404


@pytest.mark.parametrize("amount", [1, 3])
def test_as_many_queries_for_one_as_for_three(
    cast, client_of, task, province, amount, django_assert_num_queries
):
    form = with_form(task, cast)
    for share in given(task, *province.schools[:amount]):
        reply = save_reply(assignment=share, version=0, values=classes(form, 8), by=cast.principal, now=NOW)
        send_reply(reply=reply, version=reply.version, by=cast.principal, now=NOW)
    assert FormReply.objects.sent().count() == amount
    client = client_of(cast.staff)
    with django_assert_num_queries(14):
        client.get(f"/tasks/of-all/{task.pk}/answers/")
