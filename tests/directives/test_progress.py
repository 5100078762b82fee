"""What units say of their work: a draft until it is sent, then a record that moves the assignment."""

import datetime as dt

import pytest
from django.utils import timezone

from directives.actions.progress import (
    ProgressDraft,
    report_progress,
    save_progress,
    send_back,
    send_progress,
)
from directives.models import Assignment, ProgressEntry
from eduportal.base.errors import EditConflict, Refused
from schools.actions import month_period
from tests.conftest import TODAY
from tests.factories import AssignmentFactory, DirectiveFactory, TaskFactory
from trail.models import AuditEvent

NOW = dt.datetime(2026, 11, 22, 10, 42, tzinfo=timezone.get_default_timezone())
NEAR_MIDNIGHT = dt.datetime(2026, 11, 22, 17, 30, tzinfo=dt.UTC)  # half past midnight on the 23rd in Vietnam


@pytest.fixture
def november(db):
    return month_period(2026, 11)


@pytest.fixture
def assignment(province, cast):
    document = DirectiveFactory(issued=True, office=province.department, created_by=cast.staff.user)
    return AssignmentFactory(task__directive=document, unit=province.cloud_primary)


def another(assignment) -> Assignment:
    """A second task of the same document for the same unit."""
    return AssignmentFactory(task=TaskFactory(directive=assignment.task.directive), unit=assignment.unit)


def say(assignment, period, cast, percent=40, note="", claims_done=False) -> ProgressEntry:
    draft = ProgressDraft(assignment, percent=percent, note=note, claims_done=claims_done)
    save_progress(unit=assignment.unit, period=period, drafts=[draft], by=cast.clerk)
    return ProgressEntry.objects.get(assignment=assignment, period=period, sent_at=None)


def stands(assignment) -> tuple[str, int, dt.date | None]:
    row = Assignment.objects.get(pk=assignment.pk)
    return row.state, row.percent, row.reported_done_on


def test_there_is_one_draft_a_period(assignment, november, cast):
    say(assignment, november, cast, percent=40, note="Đã họp")
    say(assignment, november, cast, percent=50, note=" Đã la\u0323\u0302p danh mục ")
    say(assignment, month_period(2026, 12), cast, percent=60)
    entries = ProgressEntry.objects.order_by("pk").values_list("period__ordinal", "percent", "note")
    assert list(entries) == [(11, 50, "Đã lập danh mục"), (12, 60, "")]
    assert stands(assignment) == ("open", 0, None)


def test_work_said_to_be_done_is_at_a_hundred(assignment, november, cast):
    assert say(assignment, november, cast, percent=10, claims_done=True).percent == 100


def test_sending_moves_the_assignment(assignment, november, cast):
    say(assignment, november, cast, percent=40)
    send_progress(unit=assignment.unit, period=november, by=cast.principal, now=NOW)
    assert stands(assignment) == ("open", 40, None)
    say(assignment, november, cast, claims_done=True)
    send_progress(unit=assignment.unit, period=november, by=cast.principal, now=NEAR_MIDNIGHT)
    assert stands(assignment) == ("done", 100, dt.date(2026, 11, 23))
    sent = ProgressEntry.objects.order_by("pk").values_list("percent", "sent_at")
    assert list(sent) == [(40, NOW), (100, NEAR_MIDNIGHT)]
    verbs = AuditEvent.objects.about(assignment).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["assignment.progressed", "assignment.reported_done"]


def test_what_was_written_is_one_event_of_the_unit(assignment, november, province, cast):
    other = another(assignment)
    drafts = [ProgressDraft(assignment, 40, "Đã họp"), ProgressDraft(other, 10, claims_done=True)]
    save_progress(unit=province.cloud_primary, period=november, drafts=drafts, by=cast.clerk)
    (event,) = AuditEvent.objects.filter(verb="progress.written")
    assert (event.object_id, event.data) == (
        province.cloud_primary.pk,
        {
            "period": str(november.pk),
            "assignments": {
                str(assignment.pk): {"percent": 40, "claims_done": False},
                str(other.pk): {"percent": 100, "claims_done": True},
            },
        },
    )


@pytest.mark.parametrize("amount", [1, 3, 6])
def test_writing_costs_the_same_for_many(
    assignment, november, province, cast, django_assert_num_queries, amount
):
    rows = [another(assignment) for _ in range(amount)]
    for percent, cost in ((40, 5), (50, 5)):  # with the savepoint's two
        drafts = [ProgressDraft(row, percent) for row in rows]
        with django_assert_num_queries(cost):
            save_progress(unit=province.cloud_primary, period=november, drafts=drafts, by=cast.clerk)
    assert {entry.percent for entry in ProgressEntry.objects.all()} == {50}
    with django_assert_num_queries(2):
        save_progress(unit=province.cloud_primary, period=november, drafts=[], by=cast.clerk)


def test_sending_takes_only_this_units_drafts_of_this_period(assignment, november, province, cast):
    say(assignment, month_period(2026, 12), cast, percent=90)
    other = AssignmentFactory(task=assignment.task, unit=province.orchid_preschool)
    say(other, november, cast, percent=80)
    send_progress(unit=province.cloud_primary, period=november, by=cast.principal, now=NOW)
    assert (stands(assignment), stands(other)) == (("open", 0, None), ("open", 0, None))
    assert not ProgressEntry.objects.filter(sent_at__isnull=False).exists()


@pytest.mark.parametrize("state", ["paused", "cancelled", "refused"])
def test_work_that_stands_outside_is_recorded_and_not_moved(assignment, november, cast, state):
    say(assignment, november, cast, percent=100, claims_done=True)
    Assignment.objects.update(state=state)
    send_progress(unit=assignment.unit, period=november, by=cast.principal, now=NOW)
    assert stands(assignment) == (state, 0, None)
    assert ProgressEntry.objects.get().sent_at == NOW


def test_sending_again_moves_nothing_twice(assignment, november, cast):
    say(assignment, november, cast, claims_done=True)
    for moment in (NOW, NOW + dt.timedelta(days=3)):
        send_progress(unit=assignment.unit, period=november, by=cast.principal, now=moment)
    assert stands(assignment) == ("done", 100, TODAY)


def test_work_sent_back_runs_on_from_the_same_deadline(assignment, november, cast):
    say(assignment, november, cast, claims_done=True)
    send_progress(unit=assignment.unit, period=november, by=cast.principal, now=NOW)
    done = Assignment.objects.get(pk=assignment.pk)
    send_back(assignment=done, reason="Chưa có biên bản", by=cast.staff)
    assert stands(assignment) == ("open", 100, None)
    assert (done.deadline, done.version) == (assignment.deadline, 3)
    event = AuditEvent.objects.about(assignment).first()
    assert (event.verb, event.data) == (
        "assignment.sent_back",
        {"reason": "Chưa có biên bản", "was_reported_done_on": "2026-11-22"},
    )


def test_only_work_reported_done_is_sent_back(assignment, cast):
    with pytest.raises(Refused):
        send_back(assignment=assignment, reason="Chưa có biên bản", by=cast.staff)


def report(assignment, by, **values) -> ProgressEntry:
    given = {"version": 1, "percent": 60, "note": "Đã họp", "claims_done": False, "now": NOW} | values
    return report_progress(assignment=assignment, by=by, **given)


def test_what_is_reported_between_months_counts_at_once(assignment, cast):
    entry = report(assignment, cast.principal)
    assert (entry.period, entry.sent_at, entry.percent, entry.note) == (
        month_period(2026, 11),
        NOW,
        60,
        "Đã họp",
    )
    assert stands(assignment) == ("open", 60, None)
    event = AuditEvent.objects.about(assignment).first()
    assert (event.verb, event.data["percent"], event.actor_id) == (
        "assignment.progressed",
        60,
        cast.principal.user_id,
    )


def test_work_done_between_months_is_done_on_the_day_it_is_reported(assignment, cast):
    report(assignment, cast.principal, claims_done=True, percent=80, now=NEAR_MIDNIGHT)
    assert stands(assignment) == ("done", 100, dt.date(2026, 11, 23))


def test_it_belongs_to_the_month_of_figures_of_the_day(assignment, cast, settings):
    settings.MONTH_STARTS_ON = 15
    assert report(assignment, cast.principal).period == month_period(2026, 12)


def test_the_unsent_draft_of_the_month_stays(assignment, november, cast):
    draft = say(assignment, november, cast, percent=50, note="Đang lập danh mục")
    report(assignment, cast.principal, claims_done=True)
    draft.refresh_from_db()
    assert (draft.sent_at, draft.percent, draft.note) == (None, 50, "Đang lập danh mục")
    send_progress(unit=assignment.unit, period=november, by=cast.principal, now=NOW)
    assert stands(assignment) == ("done", 100, TODAY)


def test_a_percentage_that_was_overtaken_between_the_months_moves_nothing(assignment, november, cast):
    """Written on the 5th, reported anew on the 22nd, the month sent on the 27th: the newer word stands."""
    draft = say(assignment, november, cast, percent=30)
    ProgressEntry.objects.filter(pk=draft.pk).update(written_at=NOW - dt.timedelta(days=17))
    report(assignment, cast.principal, percent=80)
    sending = NOW + dt.timedelta(days=5)
    send_progress(unit=assignment.unit, period=november, by=cast.principal, now=sending)
    draft.refresh_from_db()
    assert (stands(assignment), draft.sent_at) == (("open", 80, None), sending)


def test_done_is_done_whenever_it_was_written(assignment, november, cast):
    draft = say(assignment, november, cast, claims_done=True)
    ProgressEntry.objects.filter(pk=draft.pk).update(written_at=NOW - dt.timedelta(days=17))
    report(assignment, cast.principal, percent=80)
    send_progress(unit=assignment.unit, period=november, by=cast.principal, now=NOW)
    assert stands(assignment) == ("done", 100, TODAY)


def test_the_second_to_report_is_told(assignment, cast):
    stale = Assignment.objects.get(pk=assignment.pk)
    report(assignment, cast.principal)
    with pytest.raises(EditConflict) as conflict:
        report(stale, cast.principal, percent=10)
    assert conflict.value.current.percent == 60
    assert ProgressEntry.objects.count() == 1


@pytest.mark.parametrize("state", ["paused", "cancelled", "refused"])
def test_nothing_is_reported_of_work_that_stands_outside(assignment, cast, state):
    Assignment.objects.update(state=state)
    with pytest.raises(Refused):
        report(assignment, cast.principal)
    assert not ProgressEntry.objects.exists()


def test_what_is_sent_takes_hold_of_work_in_one_order(assignment, november, cast):
    """That of assignments, as cancelling a document does; else the two could wait for each other for ever."""
    second = another(assignment)
    for one in (second, assignment):
        say(one, november, cast)
    send_progress(unit=assignment.unit, period=november, by=cast.principal, now=NOW)
    moved = AuditEvent.objects.filter(verb="assignment.progressed").order_by("pk")
    assert [event.object_id for event in moved] == [assignment.pk, second.pk]
