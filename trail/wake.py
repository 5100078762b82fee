"""Tell a worker, where there is a broker, that a job is waiting."""

import logging
import threading

from django.conf import settings

logger = logging.getLogger(__name__)
PATIENCE = 0.8  # seconds that a web request waits for the broker at most


def wake(job_id: int) -> None:
    """Send the job to the broker, giving up within a second: the row is swept up by the next tick anyway.

    Broker libraries retry, look up names and wait for answers, each with clocks of their own; only waiting
    for them from beside bounds it all. Sent late, the message does no harm: an ended job is left alone.
    """
    if not settings.REDIS_URL:
        return
    sender = threading.Thread(target=send, args=[job_id], name=f"wake-{job_id}", daemon=True)
    sender.start()
    sender.join(PATIENCE)
    if sender.is_alive():
        logger.warning("the broker is slow; job %s may be left to the sweep", job_id)


def send(job_id: int) -> None:
    from eduportal.celery import app

    try:
        app.send_task("trail.jobs.run", args=[job_id], retry=False, ignore_result=True)
    except Exception as problem:  # any broker trouble means the same: later
        logger.warning("no broker for job %s, left to the sweep: %s", job_id, problem)
