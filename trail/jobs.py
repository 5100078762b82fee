"""Celery's side of the queue, and the job that empties the outbox.

Everything else that runs in the background is a job kind of its app.
"""

import datetime as dt
from typing import Any

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trail import actions
from trail.kinds import Progress, daily, every, job_kind
from trail.models import Channel, Job
from trail.post import SEND_LETTERS, SEND_MESSAGES, send_all
from trail.unused import forget_unused_files, remove_unused_bytes
from trail.wake import wake


@shared_task(name="trail.jobs.run")
def run(job_id: int) -> None:
    """Run one job row. One taken or ended is left alone, so a message delivered twice does no harm."""
    actions.run_job(job_id)


@shared_task(name="trail.jobs.tick")
def tick() -> None:
    """Periodic work, lost jobs, and rows whose message a broker lost. Every half minute."""
    actions.enqueue_periodic_work()
    actions.requeue_lost_jobs()
    overlooked = timezone.now() - dt.timedelta(minutes=1)
    for job_id in Job.objects.due(overlooked).values_list("pk", flat=True):
        wake(job_id)


def tick_embedded() -> None:
    """The same where there is no broker: this process runs what is due itself."""
    actions.enqueue_periodic_work()
    actions.requeue_lost_jobs()
    while (job_id := Job.objects.due(timezone.now()).values_list("pk", flat=True).first()) is not None:
        actions.run_job(job_id)


@job_kind(SEND_LETTERS, label=_("Send letters"), every=every(minutes=5))
def send_letters(progress: Progress) -> dict[str, Any]:
    """Send every letter that is due: after it was written, and again each few minutes where that failed."""
    return sent_by(Channel.MAIL, progress)


@job_kind(SEND_MESSAGES, label=_("Send messages to telephones"), every=every(minutes=5))
def send_messages(progress: Progress) -> dict[str, Any]:
    """The same by the gateway, which may be slow without holding up the mail."""
    return sent_by(Channel.MESSAGE, progress)


def sent_by(channel: Channel, progress: Progress) -> dict[str, Any]:
    sent, failed = send_all(channel, progress)
    return {"sent": sent, "failed": failed}


@job_kind("trail.sweep_files", label=_("Take away files that nothing refers to"), every=daily(hour=3))
def sweep_files(progress: Progress) -> dict[str, Any]:
    """Rows of files first, then what lies in the store without one."""
    now = timezone.now()
    forgotten = forget_unused_files(now)
    progress(50)
    return {"files": forgotten, "bytes_of": remove_unused_bytes(now)}
