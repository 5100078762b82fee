"""The two ways of draining the queue: the ticker's own hands, or a broker's workers."""

import datetime as dt
import signal

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from trail import jobs
from trail.actions import enqueue
from trail.management.commands import ticker
from trail.models import Job, JobState

pytestmark = pytest.mark.django_db


@pytest.fixture
def woken(monkeypatch):
    ids = []
    monkeypatch.setattr("trail.jobs.wake", ids.append)
    return ids


def test_the_ticker_runs_all_that_is_due_oldest_first(work):
    later = enqueue("test.work", key="2", args={"n": 2})
    sooner = enqueue("test.work", key="1", args={"n": 1})
    tomorrow = enqueue("test.work", key="3", args={"n": 3})
    now = timezone.now()
    for job, run_at in [(sooner, -2), (later, -1), (tomorrow, 60 * 24)]:
        Job.objects.filter(pk=job.pk).update(run_at=now + dt.timedelta(minutes=run_at))
    jobs.tick_embedded()
    assert work.runs == [{"n": 1}, {"n": 2}]
    assert Job.objects.get(pk=tomorrow.pk).state == JobState.QUEUED


def test_one_failing_does_not_hold_up_the_others(work):
    def does(progress, n):
        if n == 1:
            raise ZeroDivisionError

    work.does = does
    for n in (1, 2):
        enqueue("test.work", key=str(n), args={"n": n})
    jobs.tick_embedded()
    assert list(Job.objects.order_by("key").values_list("state", flat=True)) == ["failed", "done"]


def test_with_workers_the_tick_only_wakes_for_rows_whose_message_may_be_lost(work, woken):
    fresh = enqueue("test.work", key="fresh", args={})
    overlooked = enqueue("test.work", key="overlooked", args={})
    Job.objects.filter(pk=overlooked.pk).update(run_at=timezone.now() - dt.timedelta(minutes=2))
    jobs.tick()
    assert (woken, work.runs) == ([overlooked.pk], [])
    assert Job.objects.get(pk=fresh.pk).state == JobState.QUEUED


def test_with_workers_a_lost_job_is_woken_by_the_same_tick(work, woken):
    job = enqueue("test.work", key="", args={})
    long_ago = timezone.now() - dt.timedelta(hours=1)
    Job.objects.update(state=JobState.RUNNING, attempts=1, run_at=long_ago, heartbeat_at=long_ago)
    jobs.tick()
    assert woken == [job.pk]


def test_a_message_runs_its_job(work):
    job = enqueue("test.work", key="", args={})
    jobs.run(job.pk)
    assert Job.objects.get(pk=job.pk).state == JobState.DONE


class TestTicker:
    def test_once_runs_what_is_due_and_stops(self, work):
        enqueue("test.work", key="", args={})
        call_command("ticker", "--once")
        assert len(work.runs) == 1

    def test_goes_on_when_the_database_is_busy_and_stops_when_told(self, monkeypatch, caplog):
        """The second tick asks the process to stop, as the portal does when it ends."""
        ticks = []

        def tick():
            ticks.append(len(ticks))
            if len(ticks) == 1:
                raise OperationalError("database is locked")
            signal.raise_signal(signal.SIGTERM)

        before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        monkeypatch.setattr(ticker, "tick_embedded", tick)
        monkeypatch.setattr(ticker, "close_old_connections", lambda: None)
        try:
            call_command("ticker")
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        assert ticks == [0, 1]
        assert "the database did not answer" in caplog.text
