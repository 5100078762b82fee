"""Work that is paused, cancelled, refused, and taken up again."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from directives.actions import halting
from directives.models import Assignment, Halt
from eduportal.base.errors import EditConflict, Refused
from tests.directives.work import DEADLINE, TODAY, fresh, given, task_of
from trail.models import AuditEvent

DAY = dt.timedelta(days=1)


@pytest.fixture
def task(province, cast):
    return task_of(province, cast)


@pytest.fixture
def work(task, province) -> Assignment:
    return given(task, province.cloud_primary)[0]


def take(action, work, cast, **values) -> None:
    current = fresh(work)
    given_values = {"version": current.version, "reason": "Chờ hướng dẫn", "by": cast.staff} | values
    action(assignment=current, **given_values)


def resume(work, cast, until=None, note="") -> None:
    current = fresh(work)
    halting.resume(
        assignment=current, version=current.version, until=until, note=note, by=cast.staff, today=TODAY
    )


def stands(work) -> tuple[str, dt.date]:
    row = fresh(work)
    return row.state, row.deadline


def test_paused_work_resumes_to_the_same_deadline(work, cast):
    take(halting.pause, work, cast)
    assert stands(work) == ("paused", DEADLINE)
    resume(work, cast, note="Đã có hướng dẫn")
    assert stands(work) == ("open", DEADLINE)
    halt = Halt.objects.get()
    assert (halt.kind, halt.reason, halt.answer, halt.ended_by) == (
        "paused", "Chờ hướng dẫn", "Đã có hướng dẫn", cast.staff.user,
    )  # fmt: skip
    verbs = AuditEvent.objects.about(work).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["assignment.paused", "assignment.resumed"]


def test_resumed_with_a_new_day_the_first_deadline_is_kept(work, cast):
    take(halting.pause, work, cast)
    with pytest.raises(Refused):
        resume(work, cast, until=TODAY - DAY)
    resume(work, cast, until=DEADLINE + 9 * DAY)
    assert (stands(work), fresh(work).first_deadline) == (("open", DEADLINE + 9 * DAY), DEADLINE)


def test_paused_work_may_be_cancelled_and_taken_up_again(work, cast):
    take(halting.pause, work, cast)
    take(halting.cancel, work, cast, reason="Văn bản được thay thế")
    assert stands(work)[0] == "cancelled"
    assert [halt.kind for halt in Halt.objects.current()] == ["cancelled"]
    resume(work, cast)
    assert (stands(work)[0], Halt.objects.current().count()) == ("open", 0)


def test_a_refusal_is_accepted_and_stays(work, cast):
    take(halting.refuse, work, cast, reason="Trường không có lớp 9", by=cast.principal)
    assert stands(work)[0] == "refused"
    assert Halt.objects.get().waits_for_office
    current = fresh(work)
    halting.accept_refusal(assignment=current, version=current.version, by=cast.staff)
    halt = Halt.objects.get()
    assert (stands(work)[0], halt.accepted_by, halt.waits_for_office) == ("refused", cast.staff.user, False)
    with pytest.raises(Refused):
        take(halting.turn_down_refusal, work, cast)


def test_a_refusal_is_turned_down_and_the_work_runs_again(work, cast):
    take(halting.refuse, work, cast, reason="Không phải việc của trường", by=cast.principal)
    take(halting.turn_down_refusal, work, cast, reason="Trường có lớp ghép")
    assert stands(work) == ("open", DEADLINE)
    assert Halt.objects.get().answer == "Trường có lớp ghép"
    take(halting.refuse, work, cast, by=cast.principal)
    assert stands(work)[0] == "refused"


DONE = {"state": "done", "reported_done_on": TODAY}


@pytest.mark.parametrize(
    ("action", "values"),
    [
        (halting.pause, DONE), (halting.cancel, DONE), (halting.refuse, DONE),
        (halting.pause, {"state": "refused"}), (halting.refuse, {"state": "paused"}),
        (halting.cancel, {"state": "cancelled"}), (halting.turn_down_refusal, {"state": "open"}),
    ],
)  # fmt: skip
def test_what_is_not_possible_in_a_state_changes_nothing(work, cast, action, values):
    Assignment.objects.update(**values)
    with pytest.raises(Refused):
        take(action, work, cast)
    assert (stands(work)[0], Halt.objects.count()) == (values["state"], 0)


def test_no_step_without_a_reason(work, cast):
    with pytest.raises(Refused):
        take(halting.pause, work, cast, reason="  ")
    assert stands(work)[0] == "open"


def test_the_second_is_told(work, cast):
    shown = fresh(work)
    take(halting.pause, work, cast)
    with pytest.raises(EditConflict) as conflict:
        halting.refuse(assignment=shown, version=shown.version, reason="Không", by=cast.principal)
    assert conflict.value.current.state == "paused"


@pytest.fixture
def three(task, province, work) -> list[Assignment]:
    """One open, one done, one paused already."""
    done, paused = given(task, province.orchid_preschool, province.tea_combined)
    Assignment.objects.filter(pk=done.pk).update(**DONE)
    Assignment.objects.filter(pk=paused.pk).update(state="paused")
    return [work, done, paused]


def states(rows) -> list[str]:
    return [fresh(row).state for row in rows]


def test_for_all_units_what_runs_is_paused_and_resumed(task, cast, three):
    assert halting.pause_task(task=task, reason="Bão số 9", by=cast.staff) == 1
    assert states(three) == ["paused", "done", "paused"]
    assert Halt.objects.get(assignment=three[0]).reason == "Bão số 9"
    until = DEADLINE + DAY
    assert halting.resume_task(task=task, until=until, note="", by=cast.staff, today=TODAY) == 2
    assert states(three) == ["open", "done", "open"]
    assert [fresh(row).deadline for row in three] == [until, DEADLINE, until]
    verbs = AuditEvent.objects.about(task.directive).order_by("pk").values_list("verb", "data__count")
    assert list(verbs) == [("task.paused", 1), ("task.resumed", 2)]


def test_for_all_units_what_is_not_done_is_cancelled(task, cast, three):
    assert halting.cancel_task(task=task, reason="Văn bản được thay thế", by=cast.staff) == 2
    assert states(three) == ["cancelled", "done", "cancelled"]
    for action in (halting.cancel_task, halting.pause_task):
        with pytest.raises(Refused):
            action(task=task, reason="Nữa", by=cast.staff)


@pytest.mark.parametrize("amount", [1, 3])
def test_for_all_units_it_costs_the_same(task, province, cast, amount, django_assert_num_queries):
    given(task, *province.schools[:amount])
    with django_assert_num_queries(7):  # with the savepoint's two
        halting.pause_task(task=task, reason="Bão", by=cast.staff)


def test_the_database_keeps_a_halt_whole(work, cast):
    take(halting.pause, work, cast)
    for values in ({"reason": ""}, {"answer": "x"}, {"accepted_by": cast.staff.user}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Halt.objects.update(**values)
