"""Progress of work that is done whole or not at all: seen, and stopped, while its transaction is open."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from eduportal.base.snapshots import one_moment
from trail.actions import cancel_job, enqueue, run_job
from trail.beside import as_told, ask_to_stop
from trail.models import AuditEvent, Job, JobState, Schedule

ONE_WRITER = "connection.vendor == 'sqlite'"


def somewhere_else(look: Callable[[], Any]) -> Any:
    """What another process would find: through a connection of its own."""
    found = []

    def run() -> None:
        try:
            found.append(look())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return found[0]


def told() -> tuple[int, str]:
    job = as_told(Job.objects.get(kind="test.work"))
    return job.progress, job.note


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_progress_is_seen_while_the_transaction_is_open(work):
    seen = []

    def does(progress):
        with transaction.atomic():
            progress(40, "hàng 400 trên 1000")
            seen.append(somewhere_else(told))
            progress(80, "hàng 800 trên 1000")
            seen.append(somewhere_else(told))

    work.does = does
    run_job(enqueue("test.work", key="", args={}).pk)
    assert seen == [(40, "hàng 400 trên 1000"), (80, "hàng 800 trên 1000")]
    assert Job.objects.get(kind="test.work").state == JobState.DONE


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif(ONE_WRITER, reason="SQLite lets one writer in at a time: see the test below")
def test_who_cancels_does_not_wait_for_the_transaction(work, cast):
    job = enqueue("test.work", key="", args={})

    def does(progress):
        with transaction.atomic():
            Schedule.objects.create(kind="half", due_at=job.created_at)
            progress(40)
            somewhere_else(lambda: cancel_job(job, by=cast.staff))
            progress(80)

    work.does = does
    run_job(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert not Schedule.objects.filter(kind="half").exists()
    assert AuditEvent.objects.about(job).get().verb == "job.cancelled"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="where there are many writers the row is written")
def test_with_one_writer_a_sign_stops_the_work(work):
    job = enqueue("test.work", key="", args={})

    def does(progress):
        asked.append(ask_to_stop(job))
        with transaction.atomic():
            Schedule.objects.create(kind="half", due_at=job.created_at)
            progress(80)

    asked: list[bool] = []
    work.does = does
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, asked) == (JobState.CANCELLED, [True])
    assert not Schedule.objects.filter(kind="half").exists()
    again = enqueue("test.work", key="", args={})
    work.does = lambda progress: progress(50)
    run_job(again.pk)
    again.refresh_from_db()
    assert again.state == JobState.DONE


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif(ONE_WRITER, reason="SQLite has one writer, and no transactions of one moment")
def test_an_action_of_one_moment_finds_a_job_that_was_queued_after_it_began(work):
    """It does not see the row that it may not write twice; beginning anew, it does."""
    rounds = []

    @one_moment
    def ask() -> Job:
        rounds.append(Job.objects.count())
        if len(rounds) == 1:
            somewhere_else(lambda: enqueue("test.work", key="", args={}))
        return enqueue("test.work", key="", args={})

    asked = ask()
    assert (asked, rounds) == (Job.objects.get(), [0, 1])
