"""Work given to another unit than it was given to at first."""

import datetime as dt

import pytest

from directives.actions.halting import refuse
from directives.actions.handing import reassign
from directives.models import Assignment, Halt
from eduportal.base.errors import EditConflict, Refused
from tests.directives.work import DEADLINE, TODAY, fresh, given, task_of
from trail.models import AuditEvent

LATER = dt.date(2027, 1, 15)


@pytest.fixture
def work(province, cast) -> Assignment:
    return given(task_of(province, cast), province.cloud_primary)[0]


@pytest.fixture
def give(work, province, cast):
    def to(**values) -> Assignment:
        current = fresh(work)
        asked = {
            "assignment": current,
            "version": current.version,
            "to": province.tea_combined,
            "reason": "Trường không có học sinh nội trú",
            "until": None,
            "by": cast.staff,
            "today": TODAY,
        }
        return reassign(**(asked | values))

    return to


def test_one_is_cancelled_the_other_has_it_to_the_same_day(work, give, province):
    made = give()
    assert (fresh(work).state, Halt.objects.get().reason) == (
        "cancelled",
        "Giao lại cho TH&THCS Đồi Chè: Trường không có học sinh nội trú",
    )
    assert (made.unit_id, made.state, made.deadline, made.first_deadline, made.role) == (
        province.tea_combined.pk,
        "open",
        DEADLINE,
        DEADLINE,
        "lead",
    )


def test_with_a_new_day(give):
    assert give(until=LATER).deadline == LATER


def test_a_day_that_has_passed_needs_a_new_one(work, give):
    Assignment.objects.update(deadline=dt.date(2026, 11, 1))
    with pytest.raises(Refused):
        give()
    assert fresh(work).state == "open"
    assert give(until=LATER).deadline == LATER


def test_a_refusal_is_answered_thereby(work, give, cast):
    refuse(assignment=work, version=work.version, reason="Không có nội trú", by=cast.principal)
    give()
    halt = Halt.objects.get()
    assert (fresh(work).state, halt.accepted_by) == ("refused", cast.staff.user)


def test_not_twice_to_one_unit_nor_beyond_the_office(work, give, province):
    given(work.task, province.orchid_preschool)
    for unit in (province.orchid_preschool, province.cloud_primary, province.foreign_primary):
        with pytest.raises(Refused):
            give(to=unit)
    assert fresh(work).state == "open"


@pytest.mark.parametrize("stored", [{"state": "done", "reported_done_on": TODAY}, {"state": "cancelled"}])
def test_only_what_is_not_ended(give, stored):
    Assignment.objects.update(**stored)
    with pytest.raises(Refused):
        give()


def test_it_moved_meanwhile(give):
    with pytest.raises(EditConflict):
        give(version=99)


def test_both_histories_tell(work, give, cast):
    made = give()
    told = {
        one.object_id: (one.verb, one.unit_id)
        for one in AuditEvent.objects.filter(verb__startswith="assignment.")
    }
    assert told == {
        work.pk: ("assignment.cancelled", work.unit_id),
        made.pk: ("assignment.handed_over", made.unit_id),
    }
