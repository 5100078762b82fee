"""Forms of tasks and what units answer, for other programmes."""

import datetime as dt
from decimal import Decimal

import pytest

from directives.actions.answers import save_reply, send_reply
from directives.models import Assignment, DataForm, FormReply
from tests.conftest import queries_of
from tests.directives.work import NOW, classes, given, keys, task_of, with_form
from tests.factories import DirectiveFactory, TaskFactory

API = "/api/v1"
FORMS, REPLIES = f"{API}/data-forms/", f"{API}/form-replies/"


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def task(province, cast):
    return task_of(province, cast)


@pytest.fixture
def form(task, cast) -> DataForm:
    return with_form(task, cast)


@pytest.fixture
def work(task, form, province) -> list[Assignment]:
    return given(task, province.cloud_primary, province.tea_combined, province.orchid_preschool)


def answer(work, by, values, *, sent=True) -> FormReply:
    reply = save_reply(assignment=work, version=0, values=values, by=by, now=NOW)
    if sent:
        send_reply(reply=reply, version=reply.version, by=by, now=NOW)
    return reply


class TestForms:
    def test_what_is_asked(self, api_of, cast, task, form, work):
        row = api_of(cast.principal).get(FORMS, {"task": task.pk}).json()["results"][0]
        assert (row["id"], row["task"]["directive_id"]) == (form.pk, task.directive_id)
        assert [(one["label"], one["kind"], one["is_required"]) for one in row["fields_asked"]][:2] == [
            ("Số lớp", "whole", True),
            ("Tỷ lệ chuyên cần", "percent", False),
        ]
        assert row["fields_asked"][3]["options"] == ["Cả tuần", "Một số ngày"]

    def test_who_has_answered_and_the_sums(self, api_of, cast, form, work):
        answer(work[0], cast.principal, classes(form, 12))
        answer(work[1], cast.tea_principal, classes(form, 9))
        row = api_of(cast.staff).get(f"{FORMS}{form.pk}/").json()
        assert (row["asked"], row["answered"], row["missing"]) == (3, 2, 1)
        assert row["sums"] == [{"field_id": keys(form)[0], "sum": "21"}]

    def test_a_unit_counts_what_it_sees(self, api_of, cast, form, work):
        answer(work[1], cast.tea_principal, classes(form, 9))
        row = api_of(cast.principal).get(f"{FORMS}{form.pk}/").json()
        assert (row["asked"], row["answered"], row["sums"][0]["sum"]) == (1, 0, None)

    def test_the_form_of_a_draft_is_the_offices_own(self, api_of, cast, province):
        draft = DirectiveFactory(office=province.department, created_by=cast.staff.user)
        with_form(TaskFactory(directive=draft), cast)
        counts = [api_of(who).get(FORMS).json()["count"] for who in (cast.staff, cast.principal)]
        assert counts == [1, 0]

    def test_who_has_not_answered_is_a_filter_of_assignments(self, api_of, cast, form, work):
        answer(work[0], cast.principal, classes(form, 12))
        answer(work[1], cast.tea_principal, classes(form, 9), sent=False)
        api = api_of(cast.staff)
        counts = [
            api.get(f"{API}/assignments/", {"answers": part}).json()["count"]
            for part in ("answered", "missing")
        ]
        assert counts == [1, 2]

    def test_the_number_of_queries_does_not_grow(self, api_of, cast, form, task, work):
        for _number in range(2):
            with_form(TaskFactory(directive=task.directive), cast)
        api = api_of(cast.staff)
        assert [queries_of(api, FORMS, limit=limit) for limit in (1, 3)] == [4, 4]


class TestReplies:
    def test_each_answer_as_text(self, api_of, cast, form, work):
        values = dict(
            zip(
                keys(form),
                [Decimal(12), Decimal("98.5"), dt.date(2026, 9, 5), "Cả tuần", "yes"],
                strict=False,
            )
        )
        reply = answer(work[0], cast.principal, values)
        row = api_of(cast.staff).get(f"{REPLIES}{reply.pk}/").json()
        assert [(one["label"], one["value"]) for one in row["answers"]] == [
            ("Số lớp", "12"),
            ("Tỷ lệ chuyên cần", "98.5"),
            ("Ngày bắt đầu", "2026-09-05"),
            ("Hình thức", "Cả tuần"),
            ("Có bếp ăn", "yes"),
        ]
        assert (row["form_id"], row["assignment_id"], row["sent_by"]) == (form.pk, work[0].pk, "Trần Thị Hoa")

    def test_drafts_are_the_units_own(self, api_of, cast, form, work):
        answer(work[0], cast.principal, classes(form, 12), sent=False)
        counts = {
            who: api_of(getattr(cast, who)).get(REPLIES).json()["count"]
            for who in ("principal", "clerk", "staff", "commune_officer", "neighbour")
        }
        assert counts == {"principal": 1, "clerk": 1, "staff": 0, "commune_officer": 0, "neighbour": 0}

    def test_filters(self, api_of, cast, province, task, form, work):
        answer(work[0], cast.principal, classes(form, 12))
        answer(work[1], cast.tea_principal, classes(form, 9))
        api = api_of(cast.staff)
        asked = [
            {"form": form.pk},
            {"task": task.pk},
            {"assignment": work[1].pk},
            {"unit": province.cloud_primary.pk},
            {"is_sent": "false"},
        ]
        assert [api.get(REPLIES, one).json()["count"] for one in asked] == [2, 2, 1, 1, 0]

    def test_the_number_of_queries_does_not_grow(self, api_of, cast, form, work):
        for one, by in zip(work, (cast.principal, cast.tea_principal, cast.neighbour), strict=True):
            answer(one, by, classes(form, 9))
        api = api_of(cast.staff)
        assert [queries_of(api, REPLIES, limit=limit) for limit in (1, 3)] == [4, 4]
