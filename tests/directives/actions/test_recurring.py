"""Work that recurs: a share for each unit in each of its periods."""

import datetime as dt
import threading

import pytest
from django.db import connection

from directives.actions.closing import carry_over_assignments
from directives.actions.halting import cancel
from directives.actions.recurring import open_due_occurrences, set_recurrence, stop_recurrence
from directives.models import Addressee, Assignment, Occurrence, Recurrence, Task
from directives.occurrences import Rule
from directives.queries.matrix import columns_of, rows_of, units_with
from directives.standing import standing_of
from eduportal.base.errors import EditConflict, Refused
from reports.actions.opening import open_month
from reports.models import MonthlyReport
from reports.queries import work_lines
from reports.queries.papers import report_paper
from schools.actions.upkeep import close_unit
from tests.directives.work import TODAY, fresh, given, task_of
from trail.actions import enqueue, run_job
from trail.models import AuditEvent, Job

D = dt.date
MONTHLY = Rule("month", day=25)
UNTIL = D(2027, 5, 31)


@pytest.fixture
def task(province, cast) -> Task:
    """For two schools by name, handed out without a deadline on issue."""
    task = task_of(province, cast)
    for unit in (province.cloud_primary, province.tea_combined):
        Addressee.objects.create(task=task, kind="unit", unit=unit)
        given(task, unit, deadline=None, first_deadline=None)
    return task


@pytest.fixture
def recur(task, cast):
    def begin(rule: Rule = MONTHLY, **values) -> Recurrence:
        given = {"task": task, "version": 0, "rule": rule, "since": TODAY, "until": UNTIL, "by": cast.staff}
        return set_recurrence(**(given | {"today": TODAY} | values))

    return begin


def shares(task: Task) -> list[tuple[str, str, dt.date | None]]:
    rows = Assignment.objects.filter(task=task).select_related("unit", "occurrence")
    return sorted((str(one.occurrence), one.unit.short_name, one.deadline) for one in rows)


NOVEMBER = [
    ("tháng 11/2026", "TH Suối Mây", D(2026, 11, 25)),
    ("tháng 11/2026", "TH&THCS Đồi Chè", D(2026, 11, 25)),
]
DECEMBER = [
    ("tháng 12/2026", "TH Suối Mây", D(2026, 12, 25)),
    ("tháng 12/2026", "TH&THCS Đồi Chè", D(2026, 12, 25)),
]


def test_what_was_handed_out_is_the_first_time(task, recur):
    before = set(Assignment.objects.values_list("pk", flat=True))
    recur()
    assert shares(task) == NOVEMBER
    assert set(Assignment.objects.values_list("pk", flat=True)) == before


def test_a_day_that_the_document_set_stays(task, recur, province):
    within, beyond = D(2026, 11, 28), D(2026, 10, 15)
    Assignment.objects.filter(unit=province.tea_combined).update(deadline=within, first_deadline=within)
    Assignment.objects.filter(unit=province.cloud_primary).update(deadline=beyond, first_deadline=beyond)
    recur()
    assert shares(task) == [
        ("None", "TH Suối Mây", beyond),  # by itself: the document asked for that as well
        ("tháng 11/2026", "TH Suối Mây", D(2026, 11, 25)),
        ("tháng 11/2026", "TH&THCS Đồi Chè", within),
    ]


def test_what_was_done_in_the_period_is_done(task, recur, province):
    theirs = Assignment.objects.filter(unit=province.tea_combined)
    theirs.update(state="done", reported_done_on=D(2026, 11, 10))
    recur()
    assert [(str(one.occurrence), one.state) for one in theirs] == [("tháng 11/2026", "done")]


def test_whose_share_was_taken_off_before_gets_none(task, recur, province):
    Assignment.objects.filter(unit=province.tea_combined).update(state="cancelled")
    recur()
    assert [row for row in shares(task) if row[0] != "None"] == NOVEMBER[:1]


def test_each_period_comes_with_a_share_a_unit(task, recur):
    recur()
    assert open_due_occurrences(D(2026, 11, 30)) == 0
    assert open_due_occurrences(D(2026, 12, 1)) == 1
    assert shares(task) == NOVEMBER + DECEMBER


def test_twice_or_late_it_is_the_same(task, recur):
    recur()
    for day in (D(2027, 1, 5), D(2027, 1, 5), D(2027, 1, 4)):
        open_due_occurrences(day)
    assert [str(one) for one in Occurrence.objects.order_by("first")] == [
        "tháng 11/2026",
        "tháng 12/2026",
        "tháng 01/2027",
    ]
    assert len(shares(task)) == 6


def test_each_has_a_standing_of_its_own(task, recur, province):
    recur()
    first = Assignment.objects.get(unit=province.cloud_primary)
    Assignment.objects.filter(pk=first.pk).update(state="done", reported_done_on=D(2026, 11, 24))
    open_due_occurrences(D(2026, 12, 1))
    found = [
        standing_of(
            state=one.state,
            deadline=one.deadline,
            reported_done_on=one.reported_done_on,
            today=D(2026, 12, 26),
        )
        for one in Assignment.objects.filter(unit=province.cloud_primary).order_by("occurrence__first")
    ]
    assert found == ["done_on_time", "overdue"]


def test_it_ends_with_its_last_day_and_where_it_is_stopped(task, recur, cast):
    set_to = recur(until=D(2026, 12, 31))
    assert open_due_occurrences(D(2027, 3, 1)) == 1
    stop_recurrence(task=task, version=set_to.version, by=cast.staff)
    with pytest.raises(Refused):
        stop_recurrence(task=task, version=set_to.version + 1, by=cast.staff)
    again = recur(version=set_to.version + 1)
    assert again.stopped_at is None
    assert open_due_occurrences(D(2027, 1, 2)) == 1


def test_a_document_out_of_force_hands_out_nothing(task, recur):
    recur()
    task.directive.ended = "withdrawn"
    task.directive.save()
    assert open_due_occurrences(D(2026, 12, 1)) == 0
    with pytest.raises(Refused):
        recur(version=1)


def test_who_had_it_taken_off_does_not_get_it_again(task, recur, province, cast):
    recur()
    theirs = Assignment.objects.get(unit=province.cloud_primary)
    cancel(assignment=theirs, version=theirs.version, reason="Trường không có nội trú", by=cast.staff)
    open_due_occurrences(D(2026, 12, 1))
    assert shares(task) == NOVEMBER + DECEMBER[1:]


def test_a_successor_goes_on(task, recur, province, cast):
    recur()
    close_unit(
        unit=province.cloud_primary,
        last_day=D(2026, 11, 28),
        successor=province.orchid_preschool,
        by=cast.admin,
    )
    carry_over_assignments(fresh(province.cloud_primary), cast.admin)
    open_due_occurrences(D(2026, 12, 1))
    assert ("tháng 12/2026", "MN Hoa Ban", D(2026, 12, 25)) in shares(task)
    assert ("tháng 12/2026", "TH Suối Mây", D(2026, 12, 25)) not in shares(task)


def test_another_rule_begins_anew(task, recur):
    recur()
    recur(Rule("school_year"), version=1)
    assert {time for time, _unit, _deadline in shares(task)} == {"tháng 11/2026", "năm học 2026–2027"}
    # And back again nothing comes twice.
    recur(version=2)
    assert len(shares(task)) == 4


def test_two_people_set_it(task, recur):
    recur()
    with pytest.raises(EditConflict):
        recur()
    with pytest.raises(EditConflict):
        recur(version=7)


def test_it_is_written_down(task, recur, cast):
    recur()
    events = AuditEvent.objects.filter(verb__startswith="task.").order_by("pk")
    assert [(one.verb, one.actor_id, one.unit_id) for one in events] == [
        ("task.recurs", cast.staff.user_id, task.directive.office_id),
        ("task.occurrence_opened", None, task.directive.office_id),
    ]


def test_the_nightly_job_opens_what_is_due(task, recur, time_machine):
    recur()
    time_machine.move_to(dt.datetime(2026, 12, 1, 1, tzinfo=dt.UTC))
    for _again in range(2):
        run_job(enqueue("directives.open_occurrences", key="", args={}).pk)
    assert [job.result for job in Job.objects.order_by("pk")] == [{"opened": 1}, {"opened": 0}]
    assert shares(task) == NOVEMBER + DECEMBER


@pytest.mark.services
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_several_processes_at_once_open_one(task, recur):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time; this needs PostgreSQL")
    recur()
    opened = []

    def work() -> None:
        opened.append(open_due_occurrences(D(2026, 12, 1)))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(opened), shares(task)) == ([0, 0, 0, 1], NOVEMBER + DECEMBER)


def test_the_matrix_shows_the_newest(task, recur, province):
    recur()
    open_due_occurrences(D(2026, 12, 1))
    all_shares = Assignment.objects.filter(task=task)
    columns = columns_of(task.directive, all_shares, TODAY)
    units = units_with(all_shares, q="", standing="", today=TODAY)
    [row, _other] = rows_of(units, columns, all_shares, TODAY)
    assert row.cells[0].deadline == D(2026, 12, 25)


def test_the_month_of_a_school_names_the_period(task, recur, cast, client_of, time_machine):
    """Two shares of one sentence are told apart: on the page, on the one to be read, and on paper."""
    recur()
    open_due_occurrences(D(2026, 12, 1))
    time_machine.move_to(dt.datetime(2026, 12, 2, 3, tzinfo=dt.UTC))
    opened = open_month(year=2026, month=11, by=None, today=D(2026, 12, 2))
    report = MonthlyReport.objects.get(unit=cast.principal.unit, period=opened.period)
    page = client_of(cast.principal).get(f"/reports/{report.pk}/").content.decode()
    assert ("tháng 11/2026</strong>" in page, "tháng 12/2026</strong>" in page) == (True, True)
    words = [line.text for line in report_paper(report, [], work_lines(report, D(2026, 12, 2)), []).tasks]
    assert [text.rpartition("(")[2] for text in words] == ["tháng 11/2026)", "tháng 12/2026)"]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule("school_year"), "1 lần mỗi năm học"),
        (Rule("month", day=25), "1 lần mỗi tháng, chậm nhất ngày 25"),
        (Rule("month", every=6), "1 lần trong 6 tháng"),
        (Rule("year", day=15, month=12), "1 lần mỗi năm, chậm nhất 15/12"),
        (Rule("month", day=0), "1 lần mỗi tháng, trước khi kỳ bắt đầu"),
        (Rule("week", times=2), "2 lần mỗi tuần"),
    ],
)
def test_a_rule_in_words(rule, words):
    row = Recurrence(per=rule.per, every=rule.every, times=rule.times, day=rule.day, month=rule.month)
    assert str(row) == words


@pytest.mark.parametrize(
    ("per", "first", "last", "words"),
    [
        ("term", D(2026, 9, 1), D(2027, 1, 31), "học kỳ I năm học 2026–2027"),
        ("quarter", D(2026, 10, 1), D(2026, 12, 31), "quý IV/2026"),
        ("year", D(2026, 1, 1), D(2026, 12, 31), "năm 2026"),
        ("week", D(2026, 11, 16), D(2026, 11, 22), "từ 16/11/2026 đến 22/11/2026"),
        ("month", D(2026, 7, 1), D(2026, 12, 31), "từ 01/07/2026 đến 31/12/2026"),
    ],
)
def test_an_occurrence_in_words(per, first, last, words):
    assert str(Occurrence(per=per, first=first, last=last, deadline=last)) == words
