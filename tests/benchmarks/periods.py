"""A month opened for a whole province: how long it takes, and that it is whole whatever happens to it.

A process that opens it is killed in the middle; then the month is opened twice. Every school and commune is
expected once afterwards.
"""

import signal
import subprocess
import sys

import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Count
from django.test.utils import CaptureQueriesContext

from reports.actions import open_month
from reports.models import MonthlyReport
from reports.models.monthly import MonthlyReportQuerySet
from schools.models import Unit, UnitKind
from tests.benchmarks import data
from tests.benchmarks.harness import Chosen, Report, backend, describe, measured
from tests.benchmarks.jobs import undone
from trail.models import AuditEvent

YEAR, MONTH = 2026, 12


def run(report: Report, chosen: Chosen) -> None:
    call_command("migrate", verbosity=0)
    with time_machine.travel(data.NOW, tick=False):
        data.build(chosen, with_documents=False)
        describe(report, chosen, backend(), data.sizes())
        times = measured(undone(opened), chosen.repeats)
        name = f"open_month_{chosen.size}"
        report.figure(f"{name}_s", times.median, "s")
        report.figure(f"{name}_max_s", max(times.seconds), "s")
        with CaptureQueriesContext(connection) as queries:
            undone(opened)()
        report.figure("open_month_queries", len(queries), "queries")
    kill_one_halfway()
    with time_machine.travel(data.NOW, tick=False):
        tell_what_stands(report, "open_month_killed")
        opened()
        opened()
        tell_what_stands(report, "open_month")
        report.answer("opened", rows().count(), events())


def opened() -> int:
    return open_month(year=YEAR, month=MONTH, by=None, today=data.TODAY).opened


def kill_one_halfway() -> None:
    """A process of its own opens the month; it is killed when the first rows are written."""
    command = [sys.executable, "-m", "tests.benchmarks.halfway", str(YEAR), str(MONTH)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline().strip()
        process.send_signal(signal.SIGKILL)
    if said != "halfway":
        raise RuntimeError(f"the month was not being opened: {said!r}")


def tell_what_stands(report: Report, name: str) -> None:
    """Rows, rows that lack, rows that are there twice, events of opening."""
    with transaction.atomic():
        expected = Unit.objects.filter(kind__in=[UnitKind.SCHOOL, UnitKind.COMMUNE]).count()
        units = rows().values("unit").annotate(n=Count("pk"))
        report.figure(f"{name}_rows", rows().count(), "rows")
        report.figure(f"{name}_lacking", expected - units.count(), "rows")
        report.figure(f"{name}_doubled", units.filter(n__gt=1).count(), "rows")
        report.figure(f"{name}_events", events(), "events")


def rows() -> MonthlyReportQuerySet:
    return MonthlyReport.objects.filter(period__year=YEAR, period__ordinal=MONTH).order_by()


def events() -> int:
    return AuditEvent.objects.filter(verb="month.opened", object_label__contains=f"{MONTH}/{YEAR}").count()
