"""A later deadline: asked once, decided once, the first deadline kept."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from directives.actions.extensions import ask_extension, grant_extension, grant_extensions, refuse_extension
from directives.models import Assignment, Extension
from directives.standing import Standing
from eduportal.base.errors import EditConflict, Refused
from tests.directives.work import DEADLINE, TODAY, fresh, given, task_of
from trail.models import AuditEvent

DAY = dt.timedelta(days=1)
LATER = DEADLINE + 7 * DAY


@pytest.fixture
def work(province, cast) -> Assignment:
    (one,) = given(task_of(province, cast), province.cloud_primary)
    return one


def ask(work, cast, until=LATER, by=None) -> Extension:
    return ask_extension(
        assignment=work, until=until, reason="Chờ nghiệm thu", by=by or cast.principal, today=TODAY
    )


def grant(extension, cast, until=None, version=None, answer="Đồng ý", by=None, today=TODAY) -> None:
    version = extension.version if version is None else version
    grant_extension(
        extension=extension, version=version, until=until, answer=answer, by=by or cast.staff, today=today
    )


def test_granted_the_deadline_moves_and_the_first_is_kept(work, cast):
    asked = ask(work, cast)
    assert fresh(work).deadline == DEADLINE
    grant(asked, cast)
    moved, decided = fresh(work), fresh(asked)
    assert (moved.deadline, moved.first_deadline, moved.version) == (LATER, DEADLINE, work.version + 1)
    assert (decided.granted_deadline, decided.answer, decided.decided_by) == (
        LATER, "Đồng ý", cast.staff.user,
    )  # fmt: skip
    events = AuditEvent.objects.about(work).order_by("pk").values_list("verb", "data__reason")
    assert list(events) == [("extension.asked", "Chờ nghiệm thu"), ("extension.granted", "Đồng ý")]


def test_another_day_may_be_granted(work, cast):
    grant(ask(work, cast), cast, until=DEADLINE + DAY)
    assert fresh(work).deadline == DEADLINE + DAY


def test_standing_follows_the_new_deadline(work, cast):
    after = DEADLINE + DAY
    asked = ask(work, cast)
    assert Assignment.objects.with_standing(after).get(pk=work.pk).standing == Standing.OVERDUE
    grant(asked, cast)
    assert Assignment.objects.with_standing(after).get(pk=work.pk).standing == Standing.RUNNING


def test_refused_it_stays_and_may_be_asked_again(work, cast):
    asked = ask(work, cast)
    with pytest.raises(Refused):
        refuse_extension(extension=asked, version=asked.version, answer=" ", by=cast.staff)
    asked = fresh(asked)
    refuse_extension(extension=asked, version=asked.version, answer="Đã đủ thời gian", by=cast.staff)
    assert (fresh(work).deadline, fresh(asked).is_refused) == (DEADLINE, True)
    ask(work, cast)
    assert Extension.objects.filter(assignment=work).count() == 2


@pytest.mark.parametrize("until", [DEADLINE, DEADLINE - DAY, TODAY - DAY])
def test_a_day_that_gives_no_more_time_is_not_asked_for(work, cast, until):
    with pytest.raises(Refused):
        ask(work, cast, until)
    assert not Extension.objects.exists()


def test_overdue_work_may_have_a_later_day_but_no_past_one(work, cast):
    Assignment.objects.update(deadline=TODAY - 5 * DAY)
    with pytest.raises(Refused):
        ask(work, cast, TODAY - DAY)
    ask(work, cast, TODAY)
    assert Extension.objects.get().deadline_before == TODAY - 5 * DAY


@pytest.mark.parametrize(
    "values",
    [{"state": "done", "reported_done_on": TODAY}, {"state": "paused"}, {"state": "refused"},
     {"deadline": None}],
)  # fmt: skip
def test_asking_where_it_makes_no_sense_is_refused(work, cast, values):
    Assignment.objects.update(**values)
    with pytest.raises(Refused):
        ask(work, cast)
    assert not Extension.objects.exists()


def test_it_is_asked_once_at_a_time(work, cast):
    ask(work, cast)
    with pytest.raises(Refused):
        ask(work, cast, LATER + DAY)
    assert Extension.objects.get().asked_deadline == LATER


def test_the_second_to_decide_is_told(work, cast):
    asked = ask(work, cast)
    shown = fresh(asked)
    grant(asked, cast)
    with pytest.raises(EditConflict) as conflict:
        refuse_extension(extension=shown, version=shown.version, answer="Không", by=cast.leader)
    assert conflict.value.current.granted_deadline == LATER
    assert (fresh(work).deadline, fresh(asked).answer) == (LATER, "Đồng ý")


def test_work_done_meanwhile_is_not_moved(work, cast):
    asked = ask(work, cast)
    Assignment.objects.update(state="done", reported_done_on=TODAY)
    assert list(Extension.objects.waiting()) == []
    with pytest.raises(Refused):
        grant(asked, cast)
    assert (fresh(work).deadline, fresh(asked).is_decided) == (DEADLINE, False)


def test_several_are_granted_with_one_reason_and_the_others_are_told(work, cast, province):
    others = given(work.task, province.orchid_preschool, province.tea_combined)
    rows = [ask(one, cast) for one in (work, *others)]
    shown = [(row, row.version) for row in rows]
    refuse_extension(extension=fresh(rows[1]), version=1, answer="Không", by=cast.leader)
    Assignment.objects.filter(pk=others[1].pk).update(state="done", reported_done_on=TODAY)
    result = grant_extensions(shown=shown, until=LATER + DAY, answer="Mưa lũ", by=cast.staff, today=TODAY)
    assert [row.pk for row in result.granted] == [rows[0].pk]
    assert [row.pk for row, _why in result.skipped] == [rows[1].pk, rows[2].pk]
    assert [fresh(one).deadline for one in (work, *others)] == [LATER + DAY, DEADLINE, DEADLINE]
    assert fresh(rows[2]).is_decided is False


@pytest.mark.parametrize(
    "values",
    [
        {"decided_at": timezone.now()},
        {"granted_deadline": LATER},
        {"answer": "Không"},
        {"asked_deadline": DEADLINE},
    ],
)
def test_the_database_keeps_a_decision_whole(work, cast, values):
    asked = ask(work, cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.filter(pk=asked.pk).update(**values)


@pytest.mark.services
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_people_deciding_at_once_decide_once(work, cast):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")
    asked = ask(work, cast)
    barrier, outcomes = threading.Barrier(2), []

    def decide(by, until) -> None:
        try:
            barrier.wait()
            grant(Extension.objects.get(pk=asked.pk), cast, until=until, version=1, by=by)
            outcomes.append("granted")
        except EditConflict:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=decide, args=pair)
        for pair in ((cast.staff, LATER), (cast.leader, LATER + DAY))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["granted", "told"]
    assert fresh(work).deadline == fresh(asked).granted_deadline
