"""Every write to the trail: events, jobs, stored files, notifications. Letters: trail/post.py."""

import contextlib
import hashlib
import logging
import os
import traceback
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from pathlib import PureWindowsPath
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone

from eduportal.base.errors import Refused
from eduportal.base.text import search_key
from trail.actor import Actor
from trail.beside import Beside, ask_to_stop
from trail.kinds import KINDS, NOTICES
from trail.models import AuditEvent, Job, JobState, Notification, Schedule, StoredFile, storage_path
from trail.wake import wake

logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 3
# Of writing a job row, where the same one ends just as it is looked at.
MOST_TRIES = 5


class JobCancelled(Exception):
    """Raised inside a job at its next sign of progress, when it was cancelled or given to another process."""


def record(
    verb: str,
    *,
    about: models.Model,
    by: Actor | None,
    unit_id: int | None,
    data: dict[str, Any] | None = None,
) -> AuditEvent:
    """Write down what was done. `unit_id` is the unit the row belongs to; `by=None` is the portal itself.

    What came from another programme says which: `via` among the details.
    """
    event = event_of(verb, about=about, by=by, unit_id=unit_id, data=data)
    waiting = _waiting.get()
    if waiting is None:
        event.save()
    else:
        waiting.append(event)
    return event


_waiting: ContextVar[list[AuditEvent] | None] = ContextVar("waiting", default=None)


@contextmanager
def recorded_together() -> Iterator[None]:
    """What is recorded within is written at the end in one statement, or not at all where it breaks off.

    For actions made of others, within their transaction. May stand in another one.
    """
    events: list[AuditEvent] = []
    before = _waiting.set(events)
    try:
        yield
    finally:
        _waiting.reset(before)
    outer = _waiting.get()
    if outer is None:
        record_all(events)
    else:
        outer.extend(events)


def record_all(events: Iterable[AuditEvent]) -> None:
    """Write down what was done to many rows (`event_of` each) in a few statements."""
    AuditEvent.objects.bulk_create(events, batch_size=500)


def event_of(
    verb: str,
    *,
    about: models.Model,
    by: Actor | None,
    unit_id: int | None,
    data: dict[str, Any] | None = None,
) -> AuditEvent:
    """An event as `record` takes it, not written yet."""
    through = {"via": by.via} if by and by.via else {}
    name, label = by.actor_name if by else "", str(about)[:300]
    return AuditEvent(
        verb=verb,
        actor_id=by.user_id if by else None,
        actor_name=name,
        actor_role=by.role if by else "",
        unit_id=unit_id,
        object_type=about._meta.label_lower,
        object_id=about.pk,
        object_label=label,
        search_key=search_key(f"{name} {label}")[:520],
        data={**(data or {}), **through},
    )


def store_file(*, name: str, content: bytes, content_type: str, unit_id: int | None) -> StoredFile:
    """Keep a file under its name without folders. The same bytes lie on the disk once, however often kept."""
    stored = StoredFile(
        name=PureWindowsPath(name).name[-255:],
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        unit_id=unit_id,
    )
    storage, path = stored.file.storage, storage_path(stored, name)
    if storage.exists(path) and storage.size(path) == len(content):
        stored.file.name = path
        # As new: bytes that belong to no row are swept when they are old, and this row is not committed yet.
        os.utime(storage.path(path))
    else:
        stored.file.save(path, ContentFile(content), save=False)
    stored.save()
    return stored


def notify(
    kind: str,
    *,
    unit_id: int,
    about: models.Model,
    by: Actor | None,
    url: str = "",
    data: dict[str, Any] | None = None,
) -> Notification:
    """Put a word on the first page of a unit's people, until `settle` says that what it asks for is done."""
    notification = notification_of(kind, unit_id=unit_id, about=about, by=by, url=url, data=data)
    notification.save()
    return notification


def notify_all(notifications: Iterable[Notification]) -> None:
    """Put words on the first pages of many units (`notification_of` each) in a few statements."""
    Notification.objects.bulk_create(notifications, batch_size=500)


def notification_of(
    kind: str,
    *,
    unit_id: int,
    about: models.Model,
    by: Actor | None,
    url: str = "",
    data: dict[str, Any] | None = None,
) -> Notification:
    """A word as `notify` takes it, not written yet."""
    if kind not in NOTICES:
        raise KeyError(f"no kind of notification {kind!r} is registered")
    return Notification(
        kind=kind,
        unit_id=unit_id,
        object_type=about._meta.label_lower,
        object_id=about.pk,
        url=url,
        data=data or {},
        actor_id=by.user_id if by else None,
        actor_name=by.actor_name if by else "",
    )


def settle(*, about: models.Model, units: Collection[int] | None = None) -> None:
    """What was asked of a row is done: its notifications leave the first pages, of all units or of some."""
    rows = Notification.objects.open().about(about)
    (rows if units is None else rows.filter(unit_id__in=units)).update(settled_at=timezone.now())


def enqueue(
    kind: str, *, key: str, args: dict[str, Any], by: Actor | None = None, unit_id: int | None = None
) -> Job:
    """Queue work of `kind` on `key`; when the same is waiting or running already, give that job instead.

    After the commit a broker, where there is one, is told; were it down, the next tick finds the row.
    A transaction of one moment (`base.snapshots`) does not see a row committed after it began, though
    it cannot write the same: the IntegrityError is handed up, and the action begins anew and sees it.
    """
    if kind not in KINDS:
        raise KeyError(f"no job kind {kind!r} is registered")
    for tries_left in reversed(range(MOST_TRIES)):
        job = Job(kind=kind, key=key, args=args, unit_id=unit_id, requested_by_id=by.user_id if by else None)
        try:
            with transaction.atomic():
                job.save()
        except IntegrityError:
            if same := Job.objects.unended().filter(kind=kind, key=key).first():
                return same
            if not tries_left:
                raise
            continue  # it ended between the two statements
        transaction.on_commit(partial(wake, job.pk))
        return job
    raise AssertionError("the last try returns or raises")


def cancel_job(job: Job, *, by: Actor) -> None:
    """A waiting job ends at once, a running one at its next sign of progress; an ended one stays as it is."""
    was_asked = ask_to_stop(job)
    with transaction.atomic():
        row = Job.objects.filter(pk=job.pk)
        now = timezone.now()
        if (
            row.filter(state=JobState.QUEUED).update(state=JobState.CANCELLED, finished_at=now)
            or row.filter(state=JobState.RUNNING).update(cancel_requested=True)
            or (was_asked and row.filter(state=JobState.CANCELLED).exists())
        ):
            record("job.cancelled", about=job, by=by, unit_id=job.unit_id)


def run_job(job_id: int) -> None:
    """Run a waiting job to its end. Does nothing when another process has taken it."""
    taken = Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(
        state=JobState.RUNNING,
        heartbeat_at=timezone.now(),
        attempts=F("attempts") + 1,
        progress=0,
        error="",
        fault="",
    )
    if not taken:
        return
    job = Job.objects.get(pk=job_id)
    # Only this attempt may speak for the job: one thought lost may come back to life after another has begun.
    attempt = Job.objects.filter(pk=job_id, state=JobState.RUNNING, attempts=job.attempts)

    def progress(percent: int, note: Any = "") -> None:
        said = {"progress": percent, "note": str(note)[:200], "heartbeat_at": timezone.now()}
        if not beside.say(said):
            raise JobCancelled

    try:
        with Beside(job) as beside:
            result = KINDS[job.kind].handler(progress, **job.args)
        attempt.update(state=JobState.DONE, finished_at=timezone.now(), result=result, progress=100)
    except JobCancelled:
        attempt.update(state=JobState.CANCELLED, finished_at=timezone.now())
    except Exception as problem:
        logger.exception("job %s %s failed", job.kind, job.key)
        told = str(problem.message) if isinstance(problem, Refused) else ""
        fault = traceback.format_exc(limit=-5)
        attempt.update(state=JobState.FAILED, finished_at=timezone.now(), error=told, fault=fault)


@transaction.atomic
def requeue_lost_jobs() -> None:
    """Give work back whose process died, up to three attempts in all."""
    now = timezone.now()
    lost = Job.objects.lost(now)
    lost.filter(cancel_requested=True).update(state=JobState.CANCELLED, finished_at=now)
    lost.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=JobState.FAILED, finished_at=now, fault=f"Its process ended {MAX_ATTEMPTS} times."
    )
    lost.update(state=JobState.QUEUED)


def enqueue_periodic_work() -> None:
    """Queue each piece of periodic work that is due and set its next time. One process wins each."""
    now = timezone.localtime()
    for kind in KINDS.values():
        if kind.next_run is None:
            continue
        with contextlib.suppress(IntegrityError), transaction.atomic():
            Schedule.objects.get_or_create(kind=kind.name, defaults={"due_at": now})
        due = Schedule.objects.filter(kind=kind.name, due_at__lte=now)
        with transaction.atomic():
            if due.update(due_at=kind.next_run(now), last_run_at=now):
                enqueue(kind.name, key="", args={})
