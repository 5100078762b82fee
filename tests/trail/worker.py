"""The portal's Celery with kinds of job that only a test knows: `celery -A tests.trail.worker worker`."""

import os
import time
from pathlib import Path

from eduportal.celery import app
from trail.kinds import job_kind

__all__ = ["app"]


@job_kind("test.worker", label="Việc thử")
def handler(progress, n):
    progress(50, "Đang làm")
    return {"twice": 2 * n, "process": os.getpid()}


@job_kind("test.held", label="Việc bị giữ")
def held(progress, folder):
    """Ends when the test opens the gate, and notes in the ledger that it ended."""
    progress(10)
    gate, ledger = Path(folder) / "gate", Path(folder) / "ledger"
    while not gate.exists():
        time.sleep(0.05)
    with ledger.open("a") as file:
        file.write(f"{os.getpid()}\n")
    return {"process": os.getpid()}
