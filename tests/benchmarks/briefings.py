"""How long briefings take: of an office with 44 schools, of a province, of all its communes by real workers.

The communes' briefings are queued as the morning's job queues them, with a real Redis, and worked off by
worker processes as docker-compose.yml starts them, of one process each: first by one, then by two. With few
communes only the office's own briefing is measured.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.actions.briefing import build_briefing
from reports.jobs import BUILD_BRIEFING, ask_for_briefing
from reports.models import Briefing, BriefingSection
from schools.models import Office, UnitKind
from tests.benchmarks import data
from tests.benchmarks.harness import Chosen, Report, backend, describe, measured
from tests.benchmarks.jobs import undone
from trail.models import Job, JobState

FEW = 44
ENOUGH_COMMUNES = 100
PATIENCE = 900.0


def run(report: Report, chosen: Chosen) -> None:
    call_command("migrate", verbosity=0)
    with time_machine.travel(data.NOW, tick=False):
        province = data.build(chosen)
        describe(report, chosen, backend(), data.sizes())

        def build() -> None:
            office, period = province.department, province.closed
            build_briefing(office=office, period=period, by=None, today=data.TODAY, now=data.NOW)

        times = measured(undone(build), chosen.repeats)
        with CaptureQueriesContext(connection) as queries:
            undone(build)()
    report.figure(f"briefing_{chosen.size}_s", times.median, "s")
    report.figure(f"briefing_{chosen.size}_max_s", max(times.seconds), "s")
    report.figure(f"briefing_{chosen.size}_queries", len(queries), "queries")
    communes = list(Office.objects.filter(kind=UnitKind.COMMUNE))
    if len(communes) < ENOUGH_COMMUNES:
        report.answer("briefings", len(communes))
        return
    pass_on_few(report)
    seconds = {}
    for workers in (1, 2):
        Job.objects.all().delete()
        BriefingSection.objects.all().delete()
        Briefing.objects.filter(meeting__isnull=True).delete()
        seconds[workers] = worked_off(communes, province, workers)
        report.figure(f"briefing_{len(communes)}_communes_{workers}_worker_s", seconds[workers], "s")
        failed = Job.objects.filter(kind=BUILD_BRIEFING).exclude(state=JobState.DONE).count()
        report.figure(f"briefing_{len(communes)}_communes_{workers}_worker_failed", failed, "briefings")
    report.figure("two_workers_speedup", seconds[1] / seconds[2], "x")
    report.answer("briefings", len(communes), Briefing.objects.count())


def pass_on_few(report: Report) -> None:
    """The figures of an office with few schools, from a run with a database of its own."""
    command = [sys.executable, "-m", "tests.benchmarks", "briefings", "--size", str(FEW)]
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    for line in said.splitlines():
        if line.startswith("briefing_"):
            report.tell(line)


def worked_off(communes: list[Office], province: data.Province, workers: int) -> float:
    """Seconds from the first briefing asked for until the last is built."""
    with ExitStack() as stack:
        for number in range(workers):
            stack.enter_context(worker(number))
        began = time.perf_counter()
        for commune in communes:
            ask_for_briefing(commune, province.closed, None)
        while Job.objects.unended().exists():
            if time.perf_counter() - began > PATIENCE:
                raise TimeoutError("the briefings are not built")
            time.sleep(0.1)
        return time.perf_counter() - began


@contextmanager
def worker(number: int) -> Iterator[None]:
    """A worker process that is ready."""
    with tempfile.TemporaryDirectory(prefix="eduportal-worker-") as folder:
        log = Path(folder) / "log"
        command = [sys.executable, "-m", "celery", "-A", "eduportal", "worker", "--loglevel", "INFO"]
        command += ["--concurrency", "1", "--hostname", f"benchmark{number}@%h"]
        with (
            log.open("w") as told,
            subprocess.Popen(command, stdout=told, stderr=told, env=os.environ.copy()) as one,
        ):
            try:
                wait_for_word(log, " ready.")
                yield
            finally:
                one.terminate()
                one.wait(60)


def wait_for_word(log: Path, word: str) -> None:
    until = time.monotonic() + 120
    while word not in log.read_text():
        if time.monotonic() > until:
            raise TimeoutError(f"no worker with {settings.REDIS_URL}: {log.read_text()[-2000:]}")
        time.sleep(0.1)
