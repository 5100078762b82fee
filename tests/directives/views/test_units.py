"""Who has done what of one task."""

import pytest

from directives.models import Assignment
from directives.views import detail


def test_staff_see_all_units_and_a_school_its_own(cast, client_of, issued_letter):
    task = issued_letter.tasks.get(path="1")
    url = f"/documents/{issued_letter.pk}/tasks/{task.pk}/units/"
    names = [
        [one.unit.short_name for one in client_of(who).get(url).context["rows"]]
        for who in (cast.staff, cast.commune_officer, cast.principal)
    ]
    assert names == [
        ["MN Hoa Ban", "TH Suối Mây", "TH&THCS Đồi Chè", "THPT Ngọc Sơn"],
        ["MN Hoa Ban", "TH Suối Mây"],
        ["TH Suối Mây"],
    ]


def test_a_task_of_others_is_not_there(cast, client_of, issued_letter):
    """The high school has none of the tasks for primary schools."""
    task = issued_letter.tasks.get(path="5")
    url = f"/documents/{issued_letter.pk}/tasks/{task.pk}/units/"
    assert client_of(cast.high_principal).get(url).status_code == 404
    assert client_of(cast.outsider).get(url).status_code == 404


def test_in_its_place_it_is_the_table_alone(cast, client_of, issued_letter):
    task = issued_letter.tasks.get(path="1")
    url = f"/documents/{issued_letter.pk}/tasks/{task.pk}/units/"
    page = client_of(cast.staff).get(url, headers={"HX-Request": "true"}).content.decode().strip()
    assert page.startswith("<details")
    assert page.count("<tr>") == 5


def test_many_units_come_in_pages(cast, client_of, issued_letter, monkeypatch):
    monkeypatch.setattr(detail, "UNITS", 3)
    task = issued_letter.tasks.get(path="1")
    url = f"/documents/{issued_letter.pk}/tasks/{task.pk}/units/"
    client = client_of(cast.staff)
    assert [len(client.get(f"{url}?page={page}").context["rows"]) for page in (1, 2)] == [3, 1]
    in_place = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "Cả 4 đơn vị" in in_place


@pytest.mark.parametrize("amount", [1, 3])
def test_as_many_queries_for_one_as_for_three(
    cast, client_of, issued_letter, amount, django_assert_num_queries
):
    task = issued_letter.tasks.get(path="1")
    kept = Assignment.objects.filter(task=task).values_list("pk", flat=True)[:amount]
    Assignment.objects.exclude(pk__in=list(kept)).delete()
    client = client_of(cast.staff)
    with django_assert_num_queries(8):
        client.get(f"/documents/{issued_letter.pk}/tasks/{task.pk}/units/")
