"""Events, stored files and the queue of jobs: every piece of work is done, once, and says how it ended."""

import contextlib
import datetime as dt
import threading
import time
from decimal import Decimal

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from eduportal.base.errors import Refused
from schools.models import Unit
from tests.conftest import TODAY
from trail.actions import (
    cancel_job,
    enqueue,
    enqueue_periodic_work,
    record,
    recorded_together,
    requeue_lost_jobs,
    run_job,
    store_file,
)
from trail.jobs import tick_embedded
from trail.models import AuditEvent, Job, JobState, Schedule, StoredFile

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 22, 5, tzinfo=dt.UTC)
concurrent = pytest.mark.skipif(
    "connection.vendor == 'sqlite'", reason="SQLite's test database lives in one connection"
)


def state_of(job):
    return Job.objects.get(pk=job.pk).state


class TestRecord:
    def test_says_who_did_what_to_which_row_for_which_unit(self, cast):
        event = record(
            "unit.renamed",
            about=cast.staff.unit,
            by=cast.staff,
            unit_id=7,
            data={"on": TODAY, "share": Decimal("0.5")},
        )
        event.refresh_from_db()
        assert (event.verb, event.actor_name, event.actor_role, event.unit_id, event.object_label) == (
            "unit.renamed",
            "Phạm Văn Minh",
            "staff",
            7,
            "Sở GDĐT tỉnh Ngọc Sơn",
        )
        assert event.actor_id == cast.staff.user_id
        assert event.data == {"on": "2026-11-22", "share": "0.5"}

    def test_what_is_recorded_together_is_one_statement(self, province, django_assert_num_queries):
        with django_assert_num_queries(1), recorded_together():
            for day in (1, 2, 3):
                record(f"day.{day}", about=province.department, by=None, unit_id=None)
        assert AuditEvent.objects.about(province.department).filter(verb__startswith="day.").count() == 3

    def test_what_breaks_off_within_is_recorded_nowhere(self, province):
        with recorded_together():
            record("before", about=province.department, by=None, unit_id=None)
            with contextlib.suppress(Refused), recorded_together():
                record("within", about=province.department, by=None, unit_id=None)
                raise Refused("no")
            with recorded_together():
                record("after", about=province.department, by=None, unit_id=None)
        record("alone", about=province.department, by=None, unit_id=None)
        verbs = AuditEvent.objects.about(province.department).order_by("pk").values_list("verb", flat=True)
        assert list(verbs)[-3:] == ["before", "after", "alone"]

    def test_the_portal_itself_has_no_name(self, province):
        event = record("unit.renamed", about=province.department, by=None, unit_id=None)
        assert (event.actor_id, event.actor_name, event.actor_role) == (None, "", "")

    def test_outlives_the_person_and_the_row(self, cast):
        label = str(cast.clerk)
        record("posting.begun", about=cast.clerk, by=cast.clerk, unit_id=cast.clerk.unit_id)
        cast.clerk.user.delete()
        last = AuditEvent.objects.get(verb="posting.begun", actor_role="clerk")
        assert (last.actor_name, last.object_label) == ("Bùi Văn Tâm", label)

    def test_the_history_of_one_row_is_its_own_newest_first(self, province):
        AuditEvent.objects.all().delete()
        for day in (1, 3, 2):
            with time_machine.travel(dt.datetime(2026, 1, day, tzinfo=dt.UTC), tick=False):
                record(f"day.{day}", about=province.department, by=None, unit_id=None)
        record("other", about=province.cloud_commune, by=None, unit_id=None)
        history = AuditEvent.objects.about(province.department)
        assert [event.verb for event in history] == ["day.3", "day.2", "day.1"]


class TestStoreFile:
    def store(self, content=b"noi dung", name="Ke hoach.txt"):
        return store_file(name=name, content=content, content_type="text/plain", unit_id=None)

    def test_gives_back_what_was_stored(self, province):
        stored = StoredFile.objects.get(pk=self.store().pk)
        assert (stored.name, stored.size, stored.file.read()) == ("Ke hoach.txt", 8, b"noi dung")
        stored.file.close()

    def test_the_same_bytes_lie_on_the_disk_once(self, settings):
        first, second = self.store(), self.store(name="Ban sao.txt")
        assert (first.pk == second.pk, first.file.name == second.file.name) == (False, True)
        assert len([path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]) == 1

    def test_bytes_left_by_a_transaction_that_failed_are_used_again(self, settings):
        first = self.store()
        StoredFile.objects.all().delete()
        assert self.store().file.name == first.file.name

    def test_bytes_cut_short_by_a_crash_are_not_trusted(self, settings):
        first = self.store()
        (settings.MEDIA_ROOT / first.file.name).write_bytes(b"noi")
        second = self.store()
        with second.file.open() as file:
            assert file.read() == b"noi dung"

    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("../../etc/passwd", "passwd"),
            ("..\\..\\secret_key", "secret_key"),
            ("/etc/passwd", "passwd"),
            ("C:\\Users\\lan\\Kế hoạch.txt", "Kế hoạch.txt"),
            ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
            ("", ""),
            ("..", ".."),
        ],
    )
    def test_a_name_never_becomes_a_path(self, settings, given, kept):
        stored = self.store(name=given)
        path = (settings.MEDIA_ROOT / stored.file.name).resolve()
        assert stored.name == kept
        assert path.relative_to(settings.MEDIA_ROOT.resolve()).parts == (
            "files",
            stored.sha256[:2],
            stored.sha256,
        )


class TestEnqueue:
    def test_the_same_work_waits_once(self, work):
        first = enqueue("test.work", key="7", args={"n": 1})
        assert enqueue("test.work", key="7", args={"n": 1}) == first
        assert enqueue("test.work", key="8", args={"n": 1}) != first
        assert Job.objects.count() == 2

    def test_work_that_has_ended_may_be_asked_for_again(self, work):
        first = enqueue("test.work", key="7", args={})
        run_job(first.pk)
        assert enqueue("test.work", key="7", args={}) != first

    def test_while_it_runs_the_running_job_is_given(self, work):
        seen = []
        work.does = lambda progress: seen.append(enqueue("test.work", key="7", args={}))
        job = enqueue("test.work", key="7", args={})
        run_job(job.pk)
        assert seen == [job]

    def test_says_who_asked_and_for_which_unit(self, work, cast):
        job = enqueue("test.work", key="", args={}, by=cast.staff, unit_id=cast.staff.unit_id)
        assert (job.requested_by_id, job.unit_id) == (cast.staff.user_id, cast.staff.unit_id)

    def test_what_nobody_can_run_is_not_queued(self, work):
        with pytest.raises(KeyError, match=r"no job kind 'test\.unknown' is registered"):
            enqueue("test.unknown", key="", args={})

    def test_with_the_transaction_goes_the_job(self, work):
        with transaction.atomic():
            enqueue("test.work", key="", args={})
            transaction.set_rollback(True)
        assert not Job.objects.exists()

    @pytest.mark.django_db(transaction=True, serialized_rollback=True)
    @concurrent
    def test_two_asking_at_the_same_moment_get_one_job(self, work):
        found, barrier = [], threading.Barrier(2)

        def ask():
            barrier.wait(5)
            found.append(enqueue("test.work", key="7", args={}).pk)
            connection.close()

        threads = [threading.Thread(target=ask) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
        assert len(found) == 2
        assert len(set(found)) == Job.objects.count() == 1


class TestRunJob:
    def test_a_job_runs_to_its_end_and_keeps_its_result(self, work):
        job = enqueue("test.work", key="", args={"month": 11})
        run_job(job.pk)
        job.refresh_from_db()
        assert (job.state, job.result, job.progress, job.attempts) == (JobState.DONE, {"ran": 1}, 100, 1)
        assert work.runs == [{"month": 11}]
        assert job.finished_at is not None

    def test_a_message_delivered_twice_runs_it_once(self, work):
        job = enqueue("test.work", key="", args={})
        run_job(job.pk)
        run_job(job.pk)
        run_job(job.pk + 1)
        assert len(work.runs) == 1

    def test_the_work_says_how_far_it_is(self, work):
        seen = []

        def does(progress):
            progress(40, "Cộng số liệu")
            seen.append(Job.objects.values_list("progress", "note").get())

        work.does = does
        run_job(enqueue("test.work", key="", args={}).pk)
        assert seen == [(40, "Cộng số liệu")]

    def test_a_failure_is_kept_for_the_administrator(self, work, caplog):
        def does(progress):
            raise ZeroDivisionError("trường không có học sinh")

        work.does = does
        job = enqueue("test.work", key="7", args={})
        run_job(job.pk)
        job.refresh_from_db()
        assert (job.state, job.error) == (JobState.FAILED, "")
        assert "ZeroDivisionError: trường không có học sinh" in job.fault
        assert "job test.work 7 failed" in caplog.text

    def test_a_refusal_is_told_to_the_person(self, work):
        def does(progress):
            raise Refused("Chưa có báo cáo nào của tháng này.")

        work.does = does
        job = enqueue("test.work", key="", args={})
        run_job(job.pk)
        job.refresh_from_db()
        assert (job.state, job.error) == (JobState.FAILED, "Chưa có báo cáo nào của tháng này.")

    def test_a_kind_that_this_version_no_longer_knows_fails(self, work):
        job = enqueue("test.work", key="", args={})
        Job.objects.update(kind="test.gone")
        run_job(job.pk)
        job.refresh_from_db()
        assert (job.state, "KeyError" in job.fault) == (JobState.FAILED, True)

    @pytest.mark.django_db(transaction=True, serialized_rollback=True)
    def test_a_result_that_cannot_be_stored_is_a_failure_too(self, work):
        work.does = lambda progress: {"what": object()}
        job = enqueue("test.work", key="", args={})
        run_job(job.pk)
        assert state_of(job) == JobState.FAILED

    def test_days_and_exact_numbers_can_be_results(self, work):
        work.does = lambda progress: {"day": TODAY, "rate": Decimal("98.5")}
        job = enqueue("test.work", key="", args={})
        run_job(job.pk)
        job.refresh_from_db()
        assert job.result == {"day": "2026-11-22", "rate": "98.5"}


class TestCancel:
    def test_waiting_work_ends_at_once(self, work, cast):
        job = enqueue("test.work", key="", args={})
        cancel_job(job, by=cast.staff)
        run_job(job.pk)
        assert (state_of(job), work.runs) == (JobState.CANCELLED, [])
        assert AuditEvent.objects.about(job).get().verb == "job.cancelled"

    def test_running_work_ends_at_its_next_sign_of_progress(self, work, cast):
        steps = []

        def does(progress):
            steps.append("first")
            cancel_job(job, by=cast.staff)
            progress(50)
            steps.append("second")

        work.does = does
        job = enqueue("test.work", key="", args={})
        run_job(job.pk)
        assert (state_of(job), steps) == (JobState.CANCELLED, ["first"])

    def test_ended_work_stays_as_it_ended(self, work, cast):
        job = enqueue("test.work", key="", args={})
        run_job(job.pk)
        cancel_job(job, by=cast.staff)
        assert state_of(job) == JobState.DONE
        assert not AuditEvent.objects.about(job).exists()


class TestLostJobs:
    def lose(self, job, attempts=1, **fields):
        """The process that ran it is gone: running, and silent for eleven minutes."""
        silent_since = timezone.now() - dt.timedelta(minutes=11)
        Job.objects.filter(pk=job.pk).update(
            state=JobState.RUNNING, attempts=attempts, heartbeat_at=silent_since, **fields
        )

    @pytest.mark.parametrize(
        ("attempts", "state"), [(1, JobState.QUEUED), (2, JobState.QUEUED), (3, JobState.FAILED)]
    )
    def test_three_attempts_in_all(self, work, attempts, state):
        job = enqueue("test.work", key="", args={})
        self.lose(job, attempts)
        requeue_lost_jobs()
        assert state_of(job) == state

    def test_work_given_back_runs_again(self, work):
        job = enqueue("test.work", key="", args={})
        self.lose(job)
        tick_embedded()
        job.refresh_from_db()
        assert (job.state, job.attempts) == (JobState.DONE, 2)

    def test_a_sign_of_life_keeps_a_job(self, work):
        job = enqueue("test.work", key="", args={})
        Job.objects.update(state=JobState.RUNNING, heartbeat_at=timezone.now() - dt.timedelta(minutes=9))
        requeue_lost_jobs()
        assert state_of(job) == JobState.RUNNING

    def test_cancelled_before_it_was_lost_it_does_not_begin_again(self, work):
        job = enqueue("test.work", key="", args={})
        self.lose(job, cancel_requested=True)
        requeue_lost_jobs()
        assert state_of(job) == JobState.CANCELLED

    def test_one_thought_lost_that_comes_back_no_longer_speaks_for_the_job(self, work):
        """A process that was frozen, while another has taken its job, neither ends nor fails it."""
        steps = []

        def does(progress):
            self.lose(job, attempts=1)
            requeue_lost_jobs()
            Job.objects.update(state=JobState.RUNNING, attempts=2, note="lần thứ hai")
            steps.append("awake again")
            progress(90, "lần thứ nhất")
            steps.append("still working")

        work.does = does
        job = enqueue("test.work", key="", args={})
        run_job(job.pk)
        job.refresh_from_db()
        assert (job.state, job.note, steps) == (JobState.RUNNING, "lần thứ hai", ["awake again"])


class TestPeriodicWork:
    def test_is_due_at_once_and_then_at_its_times(self, work, every):
        every(lambda after: after + dt.timedelta(hours=1))
        for minutes, runs in [(0, 1), (59, 1), (60, 2), (61, 2), (300, 3)]:
            with time_machine.travel(NOON + dt.timedelta(minutes=minutes), tick=False):
                tick_embedded()
                assert len(work.runs) == runs

    def test_two_tickers_at_one_moment_do_it_once(self, work, every):
        every(lambda after: after + dt.timedelta(hours=1))
        with time_machine.travel(NOON, tick=False):
            tick_embedded()
            tick_embedded()
        assert len(work.runs) == 1

    @pytest.mark.django_db(transaction=True, serialized_rollback=True)
    @concurrent
    def test_two_clocks_at_the_same_moment_queue_it_once(self, work, every):
        """As with two beats. Also the first time, when no row says yet when it is due."""
        every(lambda after: after + dt.timedelta(hours=1))
        barrier = threading.Barrier(2)

        def tick():
            barrier.wait(5)
            enqueue_periodic_work()
            connection.close()

        for _ in range(5):
            threads = [threading.Thread(target=tick) for _ in range(2)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(10)
            assert Job.objects.count() == 1
            Job.objects.all().delete()
            Schedule.objects.all().delete()

    def test_work_still_running_is_not_begun_beside_itself(self, work, every):
        every(lambda after: after + dt.timedelta(hours=1))
        running = enqueue("test.work", key="", args={})
        Job.objects.update(state=JobState.RUNNING, heartbeat_at=timezone.now())
        enqueue_periodic_work()
        assert Job.objects.get() == running

    def test_what_cannot_be_queued_stays_due(self, work, every, monkeypatch):
        every(lambda after: after + dt.timedelta(hours=1))
        monkeypatch.setattr("trail.actions.enqueue", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            enqueue_periodic_work()
        assert Schedule.objects.get().last_run_at is None

    def test_work_that_is_not_periodic_needs_no_schedule(self, work):
        enqueue_periodic_work()
        assert not Schedule.objects.exists()

    @pytest.mark.django_db(transaction=True, serialized_rollback=True)
    @concurrent
    def test_many_tickers_in_their_own_processes_do_it_once(self, work, every):
        every(lambda after: after + dt.timedelta(hours=1))
        work.does = lambda progress: time.sleep(0.05)
        barrier = threading.Barrier(4)

        def ticker():
            barrier.wait(5)
            tick_embedded()
            connection.close()

        threads = [threading.Thread(target=ticker) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert (len(work.runs), Job.objects.count()) == (1, 1)


def test_no_unit_is_needed_to_keep_a_trail(work):
    assert not Unit.objects.exists()
    assert enqueue("test.work", key="", args={}).unit_id is None
