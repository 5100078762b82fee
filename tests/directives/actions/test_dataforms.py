"""The form of a task, and what units answer to it."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from directives.actions.answers import AnswersMissing, return_reply, save_reply, send_reply
from directives.actions.dataforms import Asked, shape_form
from directives.actions.progress import report_progress, send_back
from directives.models import Assignment, DataForm, FormAnswer, FormField, FormReply
from directives.queries.dataforms import values_of
from eduportal.base.errors import EditConflict, Refused
from tests.directives.work import ASKED, NOW, classes, fresh, given, keys, task_of, with_form
from trail.models import AuditEvent


@pytest.fixture
def task(province, cast):
    return task_of(province, cast)


@pytest.fixture
def work(task, province) -> Assignment:
    return given(task, province.cloud_primary)[0]


@pytest.fixture
def form(task, cast) -> DataForm:
    return with_form(task, cast)


def save(work, cast, values, version=0) -> FormReply:
    return save_reply(assignment=work, version=version, values=values, by=cast.clerk, now=NOW)


def send(reply, cast) -> None:
    send_reply(reply=reply, version=reply.version, by=cast.principal, now=NOW)


def labels(task) -> list[str]:
    return list(
        FormField.objects.filter(form__task=task).order_by("position").values_list("label", flat=True)
    )


def again(form) -> list[Asked]:
    """The stored fields as they are asked."""
    return [
        Asked(one.label, one.kind, one.is_required, one.hint, one.unit, tuple(one.choices), one)
        for one in form.fields.all()
    ]


# --- shaping


def test_a_form_is_shaped_reordered_and_taken_away(task, cast):
    form = with_form(task, cast)
    assert labels(task) == [one.label for one in ASKED]
    turned = list(reversed(again(form)))[:4]
    shape_form(task=task, version=1, asked=turned, by=cast.staff)
    assert labels(task) == ["Khó khăn", "Có bếp ăn", "Hình thức", "Ngày bắt đầu"]
    assert shape_form(task=task, version=2, asked=[], by=cast.staff) is None
    assert not DataForm.objects.exists()
    verbs = AuditEvent.objects.about(task.directive).order_by("pk").values_list("verb", "data__fields")
    assert list(verbs) == [("form.shaped", 6), ("form.shaped", 4), ("form.removed", 0)]


def test_an_item_with_a_form_counts_as_looked_at(task, cast):
    with_form(task, cast)
    assert fresh(task).confirmed


@pytest.mark.parametrize("version", [0, 7])
def test_the_second_to_shape_is_told(task, cast, form, version):
    with pytest.raises(EditConflict):
        shape_form(task=task, version=version, asked=ASKED[:1], by=cast.staff)
    assert len(labels(task)) == 6


@pytest.mark.parametrize(("state", "allowed"), [("draft", True), ("submitted", False), ("approved", False)])
def test_on_its_way_to_being_signed_nothing_changes(task, cast, state, allowed):
    values = {"issued_at": None, "issued_by": None, "written_here": True}
    type(task.directive).objects.update(state=state, **values)
    task = fresh(task)
    if allowed:
        assert with_form(task, cast) is not None
        return
    with pytest.raises(Refused):
        with_form(task, cast)


def test_under_answers_only_words_change(task, work, cast, form):
    save(work, cast, classes(form, 8))
    asked = again(form)
    words = [replace(asked[0], label="Số lớp hai buổi", hint="Tính đến hôm nay", unit="lớp"), *asked[1:]]
    shape_form(task=task, version=1, asked=words, by=cast.staff)
    assert labels(task)[0] == "Số lớp hai buổi"
    for other in (
        asked[1:],
        [*asked, Asked("Thêm", "text")],
        [replace(asked[0], kind="text"), *asked[1:]],
        [replace(asked[0], is_required=False), *asked[1:]],
        [asked[1], asked[0], *asked[2:]],
        [],
    ):
        with pytest.raises(Refused):
            shape_form(task=task, version=2, asked=other, by=cast.staff)
    assert values_of(fresh(work).reply) == {keys(form)[0]: Decimal(8)}


def test_a_choice_needs_options_and_nothing_else_has_any(task, cast):
    for bad in (Asked("A", "choice"), Asked("A", "text", options=("x", "y"))):
        with pytest.raises(IntegrityError), transaction.atomic():
            shape_form(task=task, version=0, asked=[bad], by=cast.staff)


# --- answering


def test_each_answer_stands_in_the_column_of_its_kind(work, cast, form):
    whole, percent, day, choice, yes_no, text = keys(form)
    values = {
        whole: Decimal(0),
        percent: Decimal("96.5"),
        day: dt.date(2026, 11, 3),
        choice: "Cả tuần",
        yes_no: "no",
        text: " Thiếu phòng ",
    }
    reply = save(work, cast, values)
    assert values_of(reply) == values | {text: "Thiếu phòng"}
    save(work, cast, {text: None, percent: Decimal("97")}, version=reply.version)
    assert values_of(fresh(reply)) == {
        key: value for key, value in values.items() if key != text
    } | {percent: Decimal("97")}  # fmt: skip


def test_a_draft_is_sent_when_nothing_that_is_needed_is_missing(work, cast, form):
    reply = save(work, cast, {keys(form)[5]: "Chưa rõ"})
    with pytest.raises(AnswersMissing) as missing:
        send(reply, cast)
    assert [field.label for field in missing.value.missing] == ["Số lớp"]
    reply = save(work, cast, classes(form, 0), version=reply.version)
    send(reply, cast)
    assert (fresh(reply).sent_at, fresh(reply).sent_by) == (NOW, cast.principal.user)
    for late in (lambda: send(fresh(reply), cast), lambda: save(work, cast, {}, fresh(reply).version)):
        with pytest.raises(Refused):
            late()
    assert [event.verb for event in AuditEvent.objects.about(work)] == ["assignment.form_sent"]


def test_the_second_of_a_unit_is_told(work, cast, form):
    reply = save(work, cast, classes(form, 8))
    for version in (0, reply.version + 1):
        with pytest.raises(EditConflict) as conflict:
            save(work, cast, classes(form, 9), version=version)
        assert values_of(conflict.value.current) == classes(form, 8)


def test_a_returned_form_keeps_its_answers_and_is_sent_again(work, cast, form):
    reply = save(work, cast, classes(form, 8))
    send(reply, cast)
    shown = fresh(reply)
    return_reply(reply=shown, version=shown.version, reason="Xem lại số lớp", by=cast.staff)
    back = fresh(reply)
    assert (back.is_sent, back.return_reason, values_of(back)) == (
        False, "Xem lại số lớp", classes(form, 8),
    )  # fmt: skip
    with pytest.raises(EditConflict):
        return_reply(reply=shown, version=shown.version - 1, reason="Lần nữa", by=cast.staff)
    send(save(work, cast, classes(form, 9), version=back.version), cast)
    assert (fresh(reply).is_sent, fresh(reply).return_reason) == (True, "")


def done(work, cast) -> None:
    report_progress(
        assignment=work, version=work.version, percent=100, note="", claims_done=True, by=cast.principal,
        now=NOW,
    )  # fmt: skip


def test_with_the_word_that_work_is_done_goes_a_complete_form(work, cast, form):
    reply = save(work, cast, classes(form, 8))
    done(work, cast)
    assert fresh(reply).is_sent
    send_back(assignment=fresh(work), reason="Thiếu", by=cast.staff)
    assert (fresh(reply).is_sent, fresh(reply).return_reason) == (False, "Thiếu")


def test_an_incomplete_form_stays_a_draft(work, cast, form):
    reply = save(work, cast, {keys(form)[5]: "Chưa rõ"})
    done(work, cast)
    assert (fresh(work).state, fresh(reply).is_sent) == ("done", False)


@pytest.mark.parametrize("state", ["paused", "cancelled", "refused"])
def test_nothing_is_answered_of_work_that_stands_outside(work, cast, form, state):
    Assignment.objects.update(state=state)
    with pytest.raises(Refused):
        save(work, cast, classes(form, 8))
    assert not FormReply.objects.exists()


def test_the_database_keeps_one_value_an_answer(work, cast, form):
    save(work, cast, classes(form, 8))
    for values in ({"text": "x"}, {"number": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FormAnswer.objects.update(**values)
