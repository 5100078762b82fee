"""Tell a worker, where there is a broker, that a job is waiting."""

import logging

from django.conf import settings

logger = logging.getLogger(__name__)


def wake(job_id: int) -> None:
    """Send the job to the broker, giving up within a second: the row is swept up by the next tick anyway."""
    if not settings.REDIS_URL:
        return
    from eduportal.celery import app

    try:
        app.send_task("trail.jobs.run", args=[job_id], retry=False, ignore_result=True)
    except Exception as problem:  # any broker trouble means the same: later
        logger.warning("no broker for job %s, left to the sweep: %s", job_id, problem)
