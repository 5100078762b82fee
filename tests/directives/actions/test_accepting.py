"""Finished work that the office accepts."""

import pytest

from directives.actions.accepting import accept_task, accept_work
from directives.actions.progress import send_back
from directives.models import Assignment
from eduportal.base.errors import EditConflict, Refused
from tests.directives.work import TODAY, fresh, given, task_of
from trail.models import AuditEvent

DONE = {"state": "done", "reported_done_on": TODAY, "percent": 100}


@pytest.fixture
def work(province, cast) -> list[Assignment]:
    task = task_of(province, cast)
    done = given(task, province.cloud_primary, province.tea_combined, **DONE)
    return [*done, *given(task, province.high_school)]


def accept(one: Assignment, cast) -> None:
    accept_work(assignment=one, version=one.version, by=cast.staff)


def test_accepted_once(work, cast):
    accept(work[0], cast)
    stored = fresh(work[0])
    assert (stored.state, stored.reported_done_on, stored.accepted_by) == ("done", TODAY, cast.staff.user)
    with pytest.raises(Refused):
        accept(stored, cast)
    with pytest.raises(EditConflict):
        accept(work[0].__class__(pk=work[0].pk, version=9), cast)


def test_only_what_is_done(work, cast):
    with pytest.raises(Refused):
        accept(work[2], cast)


def test_sent_back_it_is_accepted_no_more(work, cast):
    accept(work[0], cast)
    send_back(assignment=fresh(work[0]), reason="Thiếu biên bản", by=cast.staff)
    stored = fresh(work[0])
    assert (stored.state, stored.accepted_at, stored.accepted_by) == ("open", None, None)


def test_all_units_at_once(work, cast):
    task = work[0].task
    assert accept_task(task=task, by=cast.staff) == 2
    assert Assignment.objects.waiting_for_acceptance().count() == 0
    with pytest.raises(Refused):
        accept_task(task=task, by=cast.staff)
    event = AuditEvent.objects.get(verb="task.accepted")
    assert (event.unit_id, event.data["count"]) == (task.directive.office_id, 2)
