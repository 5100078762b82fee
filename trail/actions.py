"""Every write to the trail: events, jobs, stored files."""

import contextlib
import hashlib
import logging
import traceback
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from trail.actor import Actor
from trail.kinds import KINDS
from trail.models import AuditEvent, Job, JobState, Schedule, StoredFile
from trail.wake import wake

logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 3


class JobCancelled(Exception):
    """Raised inside a job at its next sign of progress, when somebody asked to cancel it."""


def record(
    verb: str, *, about: models.Model, by: Actor | None, unit_id: int | None, data: dict[str, Any] | None = None
) -> AuditEvent:
    """Write down what was done. `unit_id` is the unit the row belongs to; `by=None` is the portal itself."""
    return AuditEvent.objects.create(
        verb=verb,
        actor_id=by.user_id if by else None,
        actor_name=by.actor_name if by else "",
        actor_role=by.role if by else "",
        unit_id=unit_id,
        object_type=about._meta.label_lower,
        object_id=about.pk,
        object_label=str(about)[:300],
        data=data or {},
    )


def store_file(*, name: str, content: bytes, content_type: str, unit_id: int | None) -> StoredFile:
    """Keep a file. The same bytes lie on the disk once, however often they are stored."""
    digest = hashlib.sha256(content).hexdigest()
    stored = StoredFile(
        name=name[-255:], content_type=content_type, size=len(content), sha256=digest, unit_id=unit_id
    )
    twin = StoredFile.objects.filter(sha256=digest).first()
    if twin and twin.file.storage.exists(twin.file.name):
        stored.file.name = twin.file.name
    else:
        stored.file.save(name, ContentFile(content), save=False)
    stored.save()
    return stored


def enqueue(
    kind: str, *, key: str, args: dict[str, Any], by: Actor | None = None, unit_id: int | None = None
) -> Job:
    """Queue work of `kind` on `key`; when the same is waiting or running already, give that job instead.

    After the commit a broker, where there is one, is told; were it down, the next tick finds the row.
    """
    if kind not in KINDS:
        raise KeyError(f"no job kind {kind!r} is registered")
    job = Job(kind=kind, key=key, args=args, unit_id=unit_id, requested_by_id=by.user_id if by else None)
    try:
        with transaction.atomic():
            job.save()
    except IntegrityError:
        return Job.objects.get(kind=kind, key=key, state__in=[JobState.QUEUED, JobState.RUNNING])
    transaction.on_commit(lambda: wake(job.pk))
    return job


def cancel_job(job: Job, *, by: Actor) -> None:
    """A waiting job ends at once; a running one at its next sign of progress."""
    Job.objects.filter(pk=job.pk, state=JobState.QUEUED).update(
        state=JobState.CANCELLED, finished_at=timezone.now()
    )
    Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(cancel_requested=True)
    record("job.cancelled", about=job, by=by, unit_id=job.unit_id)


def run_job(job_id: int) -> None:
    """Run a waiting job to its end. Does nothing when another process has taken it."""
    now = timezone.now()
    taken = Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(
        state=JobState.RUNNING, heartbeat_at=now, attempts=models.F("attempts") + 1, progress=0, error=""
    )
    if not taken:
        return
    job = Job.objects.get(pk=job_id)

    def progress(percent: int, note: Any = "") -> None:
        Job.objects.filter(pk=job_id).update(progress=percent, note=str(note)[:200], heartbeat_at=timezone.now())
        if Job.objects.filter(pk=job_id, cancel_requested=True).exists():
            raise JobCancelled

    try:
        result = KINDS[job.kind].handler(progress, **job.args)
    except JobCancelled:
        end_job(job, state=JobState.CANCELLED)
    except Exception:
        logger.exception("job %s %s failed", job.kind, job.key)
        end_job(job, state=JobState.FAILED, error=traceback.format_exc(limit=5))
    else:
        end_job(job, state=JobState.DONE, result=result, progress=100)


def end_job(job: Job, *, state: JobState, **fields: Any) -> None:
    Job.objects.filter(pk=job.pk).update(state=state, finished_at=timezone.now(), **fields)


def requeue_lost_jobs() -> None:
    """Give work back whose process died, up to three attempts in all."""
    lost = Job.objects.lost(timezone.now())
    lost.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=JobState.FAILED, finished_at=timezone.now(), error="The process running this job ended."
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
        if due.update(due_at=kind.next_run(now), last_run_at=now):
            enqueue(kind.name, key="", args={})
