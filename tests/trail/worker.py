"""The portal's Celery with a kind of job that only a test knows: `celery -A tests.trail.worker worker`."""

import os

from eduportal.celery import app
from trail.kinds import job_kind

__all__ = ["app"]


@job_kind("test.worker", label="Việc thử")
def handler(progress, n):
    progress(50, "Đang làm")
    return {"twice": 2 * n, "process": os.getpid()}
