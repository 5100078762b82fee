"""The work of an office at a glance; giving work to another unit; accepting it."""

import datetime as dt

import pytest

from directives.models import Assignment
from tests.conftest import queries_of

BOARD = "/tasks/board/"


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC))


@pytest.fixture
def lines(client_of, issued_letter):
    def read(who, **asked) -> list[tuple[str, int, int]]:
        page = client_of(who).get(BOARD, asked)
        return [
            (line.name.partition(":")[0], line.group.statistics.assigned, line.group.counts["overdue"])
            for line in page.context["lines"]
        ]

    return read


def test_by_document_by_unit_and_by_lead(cast, lines):
    assert lines(cast.staff) == [("215/SGDĐT-GDPT", 10, 0)]
    assert sorted(lines(cast.staff, by="unit")) == [
        ("MN Hoa Ban", 2, 0),
        ("Sở GDĐT", 1, 0),
        ("TH Suối Mây", 3, 0),
        ("TH&THCS Đồi Chè", 3, 0),
        ("THPT Ngọc Sơn", 1, 0),
    ]
    assert sum(count for _name, count, _late in lines(cast.staff, by="lead")) == 10
    Assignment.objects.filter(task__path="1").update(role="support")
    assert sum(count for _name, count, _late in lines(cast.staff, by="lead")) == 6


def test_what_is_overdue_comes_first(cast, lines, province):
    late = Assignment.objects.filter(unit=province.high_school)
    late.update(deadline=dt.date(2026, 11, 1))
    assert lines(cast.staff, by="unit")[0] == ("THPT Ngọc Sơn", 1, 1)


def test_each_sees_their_own(cast, lines):
    assert lines(cast.commune_officer) == [("215/SGDĐT-GDPT", 5, 0)]
    assert lines(cast.outsider) == []


def test_each_count_leads_to_its_tasks(cast, client_of, lines, province):
    page = client_of(cast.staff).get(BOARD, {"by": "lead"}).content.decode()
    link = f"/tasks/?unit={province.high_school.pk}&amp;year=all&amp;role=lead&amp;standing=running"
    assert link in page
    found = client_of(cast.staff).get(link.replace("&amp;", "&")).context["page_obj"]
    assert [one.unit_id for one in found] == [province.high_school.pk]


def test_the_parts_add_up_to_the_sentence(cast, client_of, lines):
    page = client_of(cast.staff).get(BOARD, {"by": "unit"})
    assert "Tổng số nhiệm vụ giao: 10;" in page.context["statistics"]
    assert sum(line.group.statistics.assigned for line in page.context["lines"]) == 10


@pytest.mark.parametrize("amount", [1, 3])
def test_as_many_queries_for_one_as_for_three(cast, client_of, issued_letter, amount):
    kept = Assignment.objects.filter(task__path="1").order_by("pk").values_list("unit", flat=True)[:amount]
    Assignment.objects.exclude(unit__in=list(kept)).delete()
    assert queries_of(client_of(cast.staff), BOARD, by="unit") == 7


class TestReassigning:
    @pytest.fixture
    def share(self, issued_letter, province) -> Assignment:
        return Assignment.objects.get(task__path="2", unit=province.tea_combined)

    def test_given_to_another_unit(self, cast, client_of, share, province):
        client = client_of(cast.staff)
        page = client.get(f"/tasks/{share.pk}/reassign/")
        units = page.context["form"].fields["unit"].queryset
        assert province.tea_combined not in units
        typed = {
            "version": share.version,
            "unit": province.cloud_primary.pk,
            "reason": "Đúng địa bàn",
            "until": "",
        }
        answer = client.post(f"/tasks/{share.pk}/reassign/", typed, follow=True)
        made = Assignment.objects.get(task=share.task, unit=province.cloud_primary)
        assert answer.redirect_chain == [(f"/tasks/{made.pk}/", 302)]
        assert "Đã giao cho TH Suối Mây" in answer.content.decode()
        again = client.post(f"/tasks/{share.pk}/reassign/", typed | {"unit": province.high_school.pk})
        assert (again.status_code, "Đúng địa bàn" in again.content.decode()) == (409, True)

    @pytest.mark.parametrize("typed", [{"unit": ""}, {"reason": ""}, {"unit": "999999"}])
    def test_what_is_missing_is_said(self, cast, client_of, share, province, typed):
        whole = {"version": share.version, "unit": province.cloud_primary.pk, "reason": "a"}
        assert client_of(cast.staff).post(f"/tasks/{share.pk}/reassign/", whole | typed).status_code == 422

    def test_only_who_set_the_work(self, cast, client_of, share):
        for who in (cast.tea_principal, cast.registrar):
            assert client_of(who).get(f"/tasks/{share.pk}/reassign/").status_code == 403


class TestAccepting:
    @pytest.fixture
    def share(self, issued_letter, province) -> Assignment:
        rows = Assignment.objects.filter(task__path="2")
        rows.update(state="done", reported_done_on=dt.date(2026, 11, 20), percent=100)
        return rows.get()

    def test_on_the_page_of_the_work(self, cast, client_of, share):
        client = client_of(cast.staff)
        assert "chưa xác nhận" in client.get(f"/tasks/{share.pk}/").content.decode()
        waiting = client.get("/tasks/", {"accepted": "no"}).context["page_obj"]
        assert [one.pk for one in waiting] == [share.pk]
        typed = {"accept-version": share.version}
        answer = client.post(f"/tasks/{share.pk}/step/accept/", typed, follow=True)
        assert "Đã xác nhận hoàn thành." in answer.content.decode()
        assert "accept" not in [offer.name for offer in answer.context["offers"]]
        assert list(client.get("/tasks/", {"accepted": "no"}).context["page_obj"]) == []

    def test_for_all_units_at_once(self, cast, client_of, share):
        client = client_of(cast.staff)
        offers = client.get(f"/tasks/of-all/{share.task_id}/").context["offers"]
        assert "accept" in [offer.name for offer in offers]
        client.post(f"/tasks/of-all/{share.task_id}/step/accept/")
        assert Assignment.objects.get(pk=share.pk).accepted_by == cast.staff.user

    def test_the_unit_itself_does_not(self, cast, client_of, share):
        answer = client_of(cast.tea_principal).post(f"/tasks/{share.pk}/step/accept/", {"accept-version": 1})
        assert answer.status_code == 403
