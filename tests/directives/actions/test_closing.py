"""What a closed unit has not done is cancelled, and its successor's from then on."""

import datetime as dt

import pytest
from django.urls import reverse

from directives.models import Assignment, AssignmentState, Halt
from directives.queries import office_assignments, standing_counts
from schools.actions.upkeep import close_unit
from schools.jobs import carry_over_closed
from schools.reorganisation import left_open
from tests.directives.work import DEADLINE, fresh, given, task_of
from trail.models import AuditEvent

pytestmark = pytest.mark.django_db
LAST_DAY = dt.date(2026, 11, 21)
REASON = "Đơn vị không còn hoạt động từ ngày 22/11/2026"


@pytest.fixture(autouse=True)
def _in_november(time_machine) -> None:
    time_machine.move_to(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC), tick=False)


def close(unit, cast, successor=None) -> None:
    close_unit(unit=unit, last_day=LAST_DAY, successor=successor, by=cast.admin)


def later(office) -> dict[str, int]:
    """The office's counts that are not zero, long after the deadline."""
    day = dt.date(2027, 1, 5)
    counts = standing_counts(office_assignments(office, day), day)
    return {standing: count for standing, count in counts.items() if count}


def test_what_runs_and_what_rests_is_cancelled_with_the_reason(province, cast):
    done = {"state": "done", "reported_done_on": dt.date(2026, 11, 3), "percent": 100}
    rows = [
        *given(task_of(province, cast), province.high_school),
        *given(task_of(province, cast), province.high_school, state="paused"),
        *given(task_of(province, cast), province.high_school, **done),
    ]
    close(province.high_school, cast)
    assert [fresh(row).state for row in rows] == ["cancelled", "cancelled", "done"]
    halts = Halt.objects.current().order_by("assignment")
    assert [(one.reason, one.begun_by) for one in halts] == [(f"{REASON}.", cast.admin.user)] * 2
    assert later(province.department) == {"cancelled": 2, "done_on_time": 1}


def test_the_successor_gets_the_same_work_to_the_same_deadline(province, cast):
    task = task_of(province, cast)
    (old,) = given(task, province.cloud_primary, percent=40, first_deadline=dt.date(2026, 12, 1))
    close(province.cloud_primary, cast, province.tea_combined)
    new = Assignment.objects.get(task=task, unit=province.tea_combined)
    assert (new.state, new.percent, new.deadline, new.first_deadline, new.role) == (
        AssignmentState.OPEN, 0, DEADLINE, dt.date(2026, 12, 1), old.role,
    )  # fmt: skip
    assert (fresh(old).state, fresh(old).percent) == ("cancelled", 40)
    assert province.tea_combined.name in Halt.objects.get(assignment=old).reason
    told = AuditEvent.objects.get(verb="assignment.handed_over")
    assert (told.unit_id, told.data["item"]) == (province.tea_combined.pk, province.cloud_primary.name)
    assert later(province.department) == {"cancelled": 1, "overdue": 1}


def test_work_that_the_successor_has_already_it_does_not_get_twice(province, cast):
    task = task_of(province, cast)
    given(task, province.cloud_primary)
    (own,) = given(task, province.tea_combined, percent=70)
    close(province.cloud_primary, cast, province.tea_combined)
    assert list(Assignment.objects.filter(unit=province.tea_combined)) == [own]
    assert fresh(own).percent == 70


def test_the_portal_does_it_in_the_night_and_twice_is_once(province, cast, time_machine):
    given(task_of(province, cast), province.cloud_primary, state="paused")
    Halt.objects.create(
        assignment=Assignment.objects.get(), kind="paused", reason="Chờ kinh phí", begun_by=cast.staff.user
    )
    close_unit(unit=province.cloud_primary, last_day=dt.date(2026, 11, 22), by=cast.admin)
    time_machine.move_to(dt.datetime(2026, 11, 22, 17, 20, tzinfo=dt.UTC), tick=False)
    for _ in range(2):
        carry_over_closed(lambda percent, note="": None)
    assert [(one.kind, one.begun_by) for one in Halt.objects.order_by("pk")] == [
        ("paused", cast.staff.user),
        ("cancelled", None),
    ]
    assert AuditEvent.objects.filter(verb="assignment.cancelled").count() == 1


def test_who_cancelled_in_the_night_is_named_on_the_page(province, cast, client_of, time_machine):
    (row,) = given(task_of(province, cast), province.cloud_primary)
    close_unit(unit=province.cloud_primary, last_day=dt.date(2026, 11, 22), by=None)
    time_machine.move_to(dt.datetime(2026, 11, 22, 17, 20, tzinfo=dt.UTC), tick=False)
    carry_over_closed(lambda percent, note="": None)
    page = client_of(cast.staff).get(reverse("directives:assignment", args=[row.pk]))
    assert page.status_code == 200
    assert "None" not in page.text
    assert "cổng, 00:20" in page.text.replace("23/11/2026, ", "")


def test_what_is_open_is_said_beforehand(province, cast):
    given(task_of(province, cast), province.cloud_primary)
    given(task_of(province, cast), province.cloud_primary)
    assert left_open(province.cloud_primary) == ["2 nhiệm vụ chưa hoàn thành"]
    assert left_open(province.tea_combined) == []
