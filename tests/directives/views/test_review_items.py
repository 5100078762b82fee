"""Moving, joining, splitting and adding items on the review page."""

import pytest

from directives.actions.tasks import confirm_task
from tests.directives.views.test_review import HTMX


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.staff)


def address(task, step: str) -> str:
    return f"/documents/{task.directive_id}/tasks/{task.pk}/{step}/"


def paths(directive) -> list[str]:
    return list(directive.tasks.order_by("position").values_list("path", flat=True))


@pytest.mark.parametrize(
    ("move", "after"),
    [
        ("deeper", ["1", "2", "2.3", "4", "5"]),
        ("earlier", ["1", "3", "2", "4", "5"]),
        ("later", ["1", "2", "4", "3", "5"]),
        ("join", ["1", "2", "4", "5"]),
        ("nowhere", ["1", "2", "3", "4", "5"]),
    ],
)
@pytest.mark.parametrize("headers", [HTMX, {}])
def test_an_item_is_moved_or_joined(client, letter, headers, move, after):
    task = letter.tasks.get(path="3")
    response = client.post(address(task, "move"), {"version": 1, "move": move}, headers=headers)
    assert response.status_code == (200 if headers else 302)
    assert paths(letter) == after


def test_the_answer_says_which_item_has_the_focus(client, letter):
    first, task = letter.tasks.get(path="2"), letter.tasks.get(path="3")
    response = client.post(address(task, "move"), {"version": 1, "move": "join"}, headers=HTMX)
    assert f'data-chosen="{first.pk}"' in response.content.decode()


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_where_an_item_cannot_go_it_says_so_itself(client, letter, headers):
    task = letter.tasks.get(path="3")
    response = client.post(address(task, "move"), {"version": 1, "move": "higher"}, headers=headers)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    if headers:
        assert response.headers["HX-Retarget"] == f"#i{task.pk}"


@pytest.mark.parametrize("step", ["move", "split"])
def test_the_second_to_change_an_item_is_told(client, cast, letter, step):
    task = letter.tasks.get(path="3")
    confirm_task(task=task, version=1, by=cast.division_staff)
    mine = {"version": 1, "move": "deeper", f"split{task.pk}-version": 1, f"split{task.pk}-begins": 1}
    response = client.post(address(task, step), mine, headers=HTMX)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert paths(letter) == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_an_item_is_split_before_its_sentences(client, letter, headers):
    task = letter.tasks.get(path="3")
    asked = client.get(address(task, "split"), headers=headers).content.decode()
    assert "Phấn đấu 98% học sinh tham gia." in asked
    mine = {f"split{task.pk}-version": 1, f"split{task.pk}-begins": [1]}
    response = client.post(address(task, "split"), mine, headers=headers)
    assert response.status_code == (200 if headers else 302)
    assert paths(letter) == ["1", "2", "3", "3~2", "4", "5"]


@pytest.mark.parametrize("begins", [[], ["0"], ["7"], ["x"]])
def test_a_split_that_says_nothing_is_asked_again(client, letter, begins):
    task = letter.tasks.get(path="3")
    mine = {f"split{task.pk}-version": 1, f"split{task.pk}-begins": begins}
    assert client.post(address(task, "split"), mine, headers=HTMX).status_code == 422
    assert letter.tasks.count() == 5


def test_selected_words_come_with_what_is_read_in_them(client, letter, province):
    words = "Giao trường TH Suối Mây, MN Hoa Ban chuẩn bị chuyên đề cấp cụm trong tháng 12/2026."
    start = letter.text.index(words)
    asked = f"/documents/{letter.pk}/tasks/add/?start={start}&end={start + len(words)}"
    form = client.get(asked, headers=HTMX).context["new_task"]
    chosen = {province.cloud_primary.pk, province.orchid_preschool.pk}
    assert (form["text"].value(), form["start"].value(), set(form["units"].value())) == (words, start, chosen)
    assert form["deadline"].value().strftime("%d/%m/%Y") == "31/12/2026"


def test_words_that_name_nobody_concern_those_of_the_item_they_stand_in(client, letter):
    words = "Phấn đấu 98% học sinh tham gia."
    start = letter.text.index(words)
    asked = f"/documents/{letter.pk}/tasks/add/?start={start}&end={start + len(words)}"
    form = client.get(asked).context["new_task"]
    assert form["after"].value() == letter.tasks.get(path="3").pk
    assert len(form["units"].value()) == 2


@pytest.mark.parametrize("asked", ["", "?start=x&end=9", "?start=9&end=3", "?start=99999999&end=999999999"])
def test_without_words_there_is_the_empty_form(client, letter, asked):
    response = client.get(f"/documents/{letter.pk}/tasks/add/{asked}")
    assert response.url == f"/documents/{letter.pk}/review/#add"


def test_a_task_made_from_words_stands_where_they_do(client, letter):
    words = "Phấn đấu 98% học sinh tham gia."
    start = letter.text.index(words)
    mine = {"new-text": words, "new-is_tracked": "on", "new-all_schools": "on"}
    client.post(f"/documents/{letter.pk}/tasks/add/", mine | {"new-start": start, "new-end": start + 10})
    client.post(f"/documents/{letter.pk}/tasks/add/", mine)
    client.post(f"/documents/{letter.pk}/tasks/add/", mine | {"new-text": "Không có trong văn bản."})
    added = letter.tasks.filter(path="").order_by("position").values_list("span_start", "span_end")
    assert list(added) == [(start, start + 10), (start, start + len(words)), (None, None)]


def test_a_leader_selects_nothing(cast, client_of, letter):
    assert client_of(cast.leader).get(f"/documents/{letter.pk}/tasks/add/?start=0&end=9").status_code == 403
