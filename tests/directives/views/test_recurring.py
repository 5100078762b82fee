"""Saying how often a task comes again."""

import datetime as dt

import pytest

from directives.actions.drafting import draft_directive
from directives.actions.issuing import issue_directive
from directives.models import Assignment, Directive, Occurrence, Recurrence, Task
from tests.conftest import TODAY, queries_of

TEXT = """SỞ GDĐT TỈNH NGỌC SƠN
Số: 300/SGDĐT-GDPT
Ngọc Sơn, ngày 02 tháng 11 năm 2026
V/v tăng cường quản lý chuyên môn

Kính gửi: Các trường tiểu học

1. Các trường tiểu học tổ chức tập huấn phòng cháy, chữa cháy ít nhất 02 lần/năm học.
2. Các trường tiểu học rà soát sĩ số, báo cáo Sở trước ngày 25 hằng tháng.
3. Các trường tiểu học xây dựng kế hoạch năm học trước ngày 15/12/2026.

GIÁM ĐỐC
Đỗ Thị Lan
"""


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC))


@pytest.fixture
def issued(cast, province) -> Directive:
    directive = draft_directive(office=province.department, text=TEXT, by=cast.staff, today=TODAY)
    issue_directive(directive=directive, version=directive.version, by=cast.staff, today=TODAY)
    return directive


@pytest.fixture
def drill(issued) -> Task:
    return issued.tasks.get(path="1")


def address(task: Task, more: str = "") -> str:
    return f"/tasks/of-all/{task.pk}/recurrence/{more}"


TWICE = {
    "version": "0",
    "times": "2",
    "per": "school_year",
    "every": "1",
    "day": "",
    "month": "",
    "since": "22/11/2026",
    "until": "31/05/2027",
}


def test_the_document_page_names_what_nobody_confirmed(cast, client_of, issued, drill):
    page = client_of(cast.staff).get(f"/documents/{issued.pk}/")
    assert [(task.path, read.raw) for task, read in page.context["recurring"]] == [
        ("1", "ít nhất 02 lần/năm học"),
        ("2", "trước ngày 25 hằng tháng"),
    ]
    assert client_of(cast.principal).get(f"/documents/{issued.pk}/").context["recurring"] == []


def test_the_form_begins_with_what_was_read(cast, client_of, issued, drill):
    form = client_of(cast.staff).get(address(drill)).context["form"]
    assert {name: form[name].value() for name in ("times", "per", "every", "day")} == {
        "times": 2,
        "per": "school_year",
        "every": 1,
        "day": None,
    }
    form = client_of(cast.staff).get(address(issued.tasks.get(path="2"))).context["form"]
    assert (form["per"].value(), form["day"].value()) == ("month", 24)


def test_saved_the_units_have_it_for_the_period(cast, client_of, drill, province):
    answer = client_of(cast.staff).post(address(drill), TWICE, follow=True)
    assert answer.redirect_chain == [(f"/tasks/of-all/{drill.pk}/", 302)]
    assert str(Recurrence.objects.get()) == "2 lần mỗi năm học"
    [one, _other] = Assignment.objects.filter(task=drill).order_by("unit__sort_key")
    assert (str(one.occurrence), one.deadline) == ("lần 1/2, 01/09/2026 – 31/01/2027", dt.date(2027, 1, 31))
    [(occurrence, counts)] = answer.context["occurrences"]
    assert (occurrence.pk, counts["running"]) == (one.occurrence_id, 2)
    # The school reads which time it is, in its list and on the page.
    school = client_of(cast.principal)
    assert "lần 1/2, 01/09/2026 – 31/01/2027" in school.get("/tasks/").content.decode()
    assert "Lần 1/2" in school.get(f"/tasks/{one.pk}/").content.decode()
    found = client_of(cast.staff).get("/tasks/", {"occurrence": occurrence.pk})
    assert [row.pk for row in found.context["page_obj"]] == list(
        Assignment.objects.filter(occurrence=occurrence)
        .order_by("unit__sort_key")
        .values_list("pk", flat=True)
    )


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"times": "0"}, "times"),
        ({"times": "13"}, "times"),
        ({"per": "day"}, "per"),
        ({"day": "32"}, "day"),
        ({"day": "5"}, "day"),  # beside several times
        ({"until": "01/11/2026"}, "until"),
        ({"since": "hôm nay"}, "since"),
    ],
)
def test_what_cannot_be_is_said_at_the_field(cast, client_of, drill, typed, field):
    answer = client_of(cast.staff).post(address(drill), TWICE | typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Recurrence.objects.exists()


def test_whoever_saves_second_is_told_what_stands(cast, client_of, drill):
    client = client_of(cast.staff)
    client.post(address(drill), TWICE)
    answer = client.post(address(drill), TWICE | {"times": "1"})
    assert answer.status_code == 409
    assert "2 lần mỗi năm học" in answer.content.decode()
    assert answer.context["form"]["version"].value() == 1
    assert client.post(address(drill), TWICE | {"times": "1", "version": "1"}).status_code == 302
    assert str(Recurrence.objects.get()) == "1 lần mỗi năm học"


def test_stopped(cast, client_of, drill):
    client = client_of(cast.staff)
    client.post(address(drill), TWICE)
    assert "Có người vừa thay đổi" in client.post(address(drill, "stop/"), follow=True).content.decode()
    answer = client.post(address(drill, "stop/"), {"version": "1"}, follow=True)
    assert "Đã dừng" in answer.content.decode()
    assert Occurrence.objects.count() == 1
    again = client.post(address(drill, "stop/"), {"version": "2"}, follow=True)
    assert "không còn lặp lại" in again.content.decode()


def test_only_who_set_the_work(cast, client_of, drill):
    for who in (cast.principal, cast.commune_officer, cast.registrar):
        assert client_of(who).get(address(drill)).status_code == 403
        assert client_of(who).post(address(drill, "stop/"), {"version": "1"}).status_code == 403


@pytest.mark.parametrize("amount", [1, 3])
def test_as_many_queries_for_one_as_for_three(cast, client_of, issued, amount):
    for path in ("1", "2", "3")[:amount]:
        client_of(cast.staff).post(address(issued.tasks.get(path=path)), TWICE | {"times": "1"})
    assert queries_of(client_of(cast.staff), "/tasks/") == 7
