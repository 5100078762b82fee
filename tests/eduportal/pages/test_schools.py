"""The list of schools, and the page of one."""

import datetime as dt

import pytest
from django.urls import reverse

from reports.actions.opening import open_month
from schools.actions.upkeep import close_unit
from tests.conftest import TODAY, queries_of
from tests.factories import AssignmentFactory, DirectiveFactory, TaskFactory

pytestmark = pytest.mark.django_db
LIST = "/schools/"


def listed(client, **query):
    return [row.school.short_name for row in client.get(LIST, query).context["rows"]]


def test_each_sees_the_schools_beneath_them(cast, client_of):
    assert listed(client_of(cast.commune_officer)) == ["MN Hoa Ban", "TH Suối Mây"]
    assert listed(client_of(cast.outsider)) == ["TH Cồn Sậy"]
    assert len(listed(client_of(cast.leader))) == 4
    assert listed(client_of(cast.division_staff)) == ["TH Suối Mây", "TH&THCS Đồi Chè"]


def test_narrowed_by_words_office_and_level(cast, client_of, province):
    client = client_of(cast.staff)
    assert listed(client, q="doi che") == ["TH&THCS Đồi Chè"]
    assert listed(client, q="NS0100") == ["MN Hoa Ban", "TH Suối Mây"]
    assert listed(client, office=province.tea_commune.pk) == ["TH&THCS Đồi Chè"]
    assert listed(client, level="primary") == ["TH Suối Mây", "TH&THCS Đồi Chè"]
    assert len(listed(client, level="nonsense", office="x")) == 4


def test_closed_ones_are_shown_when_asked_for(cast, client_of, province):
    close_unit(unit=province.cloud_primary, last_day=dt.date(2026, 6, 30), by=None)
    client = client_of(cast.staff)
    assert "TH Suối Mây" not in listed(client)
    assert "TH Suối Mây" in listed(client, closed="on")
    assert client.get(f"{LIST}{province.cloud_primary.pk}/").context["is_closed"]


def test_whoever_works_in_a_school_is_led_to_it(cast, client_of, province):
    page = client_of(cast.principal).get(LIST, follow=True)
    assert page.redirect_chain == [(reverse("school", args=[province.cloud_primary.pk]), 302)]
    assert "Trần Thị Hoa" in page.content.decode()


def test_nothing_of_another_school(cast, client_of, province):
    address = reverse("school", args=[province.cloud_primary.pk])
    for who in (cast.neighbour, cast.outsider, cast.high_principal):
        assert client_of(who).get(address).status_code == 404


def test_the_page_shows_months_and_work(cast, client_of, province):
    open_month(year=2026, month=11, by=None, today=TODAY)
    letter = DirectiveFactory(issued=True, office=province.department, created_by=cast.staff.user)
    task = TaskFactory(directive=letter, text="Sửa mái bếp", deadline=dt.date(2026, 1, 2))
    AssignmentFactory(task=task, unit=province.cloud_primary)
    page = client_of(cast.leader).get(reverse("school", args=[province.cloud_primary.pk])).content.decode()
    assert "Sửa mái bếp" in page
    assert "Tháng 11/2026" in page
    assert [row.overdue for row in client_of(cast.leader).get(LIST).context["rows"]].count(1) == 1


def test_queries_do_not_grow(cast, client_of):
    few = queries_of(client_of(cast.commune_officer), LIST)
    assert queries_of(client_of(cast.outsider), LIST) <= few
    assert queries_of(client_of(cast.leader), LIST) <= few
