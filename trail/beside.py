"""What a job says, and is told, while a transaction of its own is open.

Work that is done whole or not at all runs in one transaction. What it wrote into its row there, nobody would
see before the end: neither who waits for it, nor whoever looks for jobs that gave no sign of life; and who
wants to cancel would wait for the row. PostgreSQL is told through a connection of its own. SQLite has one
writer, who is busy with the work: there what is said lies in files beside the database (`CACHES["beside"]`).
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self

from django.core.cache import caches
from django.db import connection, connections

from trail.models import Job, JobState

# Seconds that a sign outlives a process that ended without taking it away.
OUTLIVES = 24 * 3600


class Beside:
    """Told by a running job how far it is, wherever its transactions stand."""

    def __init__(self, job: Job):
        self.job = job
        # A job run within a transaction of its caller: that one ends it, and its row is seen then.
        self.began_inside = connection.in_atomic_block
        self.thread: ThreadPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.thread is not None:
            self.thread.submit(connections.close_all).result()
            self.thread.shutdown()
        if has_one_writer():
            caches["beside"].delete_many([said_key(self.job), stop_key(self.job)])

    def say(self, said: dict[str, Any]) -> bool:
        """Whether the work goes on: nobody cancelled it or took it over."""
        if self.began_inside or not connection.in_atomic_block:
            return written(self.job, said)
        if has_one_writer():
            caches["beside"].set(said_key(self.job), said, OUTLIVES)
            return not caches["beside"].get(stop_key(self.job))
        return self.elsewhere(lambda: written(self.job, said))

    def elsewhere(self, write: Callable[[], bool]) -> bool:
        """Connections belong to threads: another thread writes through another one, and commits at once."""
        if self.thread is None:
            self.thread = ThreadPoolExecutor(1, thread_name_prefix=f"job-{self.job.pk}")
        return self.thread.submit(write).result()


def written(job: Job, said: dict[str, Any]) -> bool:
    """Into the row, if this attempt still speaks for the job: one thought lost may come back to life."""
    attempt = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)
    return bool(attempt.update(**said)) and not attempt.filter(cancel_requested=True).exists()


def has_one_writer() -> bool:
    return connection.vendor == "sqlite"


def said_key(job: Job) -> str:
    return f"said-{job.pk}-{job.created_at.timestamp():.0f}-{job.attempts}"


def stop_key(job: Job) -> str:
    return f"stop-{job.pk}-{job.created_at.timestamp():.0f}-{job.attempts}"


def ask_to_stop(job: Job) -> bool:
    """Tell running work to stop, where its row cannot be written before its transaction ends."""
    running = Job.objects.filter(pk=job.pk, state=JobState.RUNNING).first()
    if running is None or not has_one_writer() or connection.in_atomic_block:
        return False
    caches["beside"].set(stop_key(running), True, OUTLIVES)
    return True


def as_told(job: Job) -> Job:
    """The job in hand with what its work said last, for whoever watches it."""
    if job.state == JobState.RUNNING and has_one_writer():
        for name, value in (caches["beside"].get(said_key(job)) or {}).items():
            setattr(job, name, value)
    return job
