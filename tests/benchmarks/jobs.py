"""How long the work takes that the office waits for: a month, a briefing, a document, the tree."""

from collections.abc import Callable
from typing import Any

import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from directives.actions.drafting import draft_directive
from directives.actions.issuing import issue_directive
from directives.models import Assignment
from reports.actions import open_month
from reports.actions.briefing import build_briefing
from reports.actions.digests import write_digests
from reports.actions.sweeping import remind_of_deadlines
from reports.models import MonthlyReport
from schools.actions import rebuild_ancestry
from schools.models import Office, UnitAncestry, UnitKind
from tests.benchmarks import data
from tests.benchmarks.harness import Chosen, Report, backend, describe, measured


def run(report: Report, chosen: Chosen) -> None:
    """The floor is a transaction with one question in it. Nothing that is measured is kept."""
    call_command("migrate", verbosity=0)
    with time_machine.travel(data.NOW, tick=False):
        province = data.build(chosen)
        describe(report, chosen, backend(), data.sizes())
        report.floor = measured(undone(lambda: connection.cursor().execute("SELECT 1")), 5 * chosen.repeats)
        report.times("jobs.floor", report.floor)
        for name, work in works(province).items():
            time_it(report, f"jobs.{name}", work, chosen.repeats)


def works(province: data.Province) -> dict[str, Callable[[], Any]]:
    """What is measured; each gives its answer."""
    staff, commune = province.people["staff"], Office.objects.filter(kind=UnitKind.COMMUNE).first()
    closed = province.closed

    def briefing_of(office: Office) -> Any:
        built = build_briefing(office=office, period=closed, by=None, today=data.TODAY, now=data.NOW)
        return built.figures

    def open_next() -> Any:
        open_month(year=2026, month=12, by=None, today=data.TODAY)
        return MonthlyReport.objects.filter(period__year=2026, period__ordinal=12).count()

    def hand_out() -> Any:
        text = data.DOCUMENT.format(number=999, day=data.TODAY, first=data.TODAY, second=data.TODAY)
        draft = draft_directive(office=province.department, text=text, by=staff, today=data.TODAY)
        issue_directive(directive=draft, version=draft.version, by=staff, today=data.TODAY)
        return Assignment.objects.filter(task__directive=draft).count()

    def remind() -> Any:
        User.objects.update(email=Concat("username", Value("@ngocson.example")))
        MonthlyReport.objects.filter(period=closed).update(state="expected", sent_at=None, sent_by=None)
        return remind_of_deadlines(now=data.NOW), write_digests(now=data.NOW)

    def rebuild() -> Any:
        UnitAncestry.objects.all().delete()
        rebuild_ancestry()
        return UnitAncestry.objects.count()

    return {
        "open_month": open_next,
        "build_briefing.department": lambda: briefing_of(province.department),
        "build_briefing.commune": lambda: briefing_of(commune),
        "hand_out_document": hand_out,
        "remind": remind,
        "rebuild_ancestry": rebuild,
    }


def undone(work: Callable[[], Any]) -> Callable[[], Any]:
    """The work in a transaction that is rolled back, so that each run finds the same."""

    def run() -> Any:
        with transaction.atomic():
            answer = work()
            transaction.set_rollback(True)
        return answer

    return run


def time_it(report: Report, name: str, work: Callable[[], Any], repeats: int) -> None:
    report.times(name, measured(undone(work), repeats))
    with CaptureQueriesContext(connection) as queries:
        answer = undone(work)()
    report.figure(f"{name}.queries", len(queries), "queries")
    report.answer(name, answer)
