"""What communes do in a month: they count the children who live there, and work on what was given to them."""

import datetime as dt

from directives.actions.progress import report_progress
from directives.models import Assignment
from eduportal.pages.demo.figures import dice, population_figures
from eduportal.pages.demo.months import Stage
from eduportal.pages.demo.past import BY_REPORTS, played_at
from eduportal.pages.demo.schedule import NEWEST, PlayedMonth, moment, workday_before
from eduportal.pages.demo.tables import CommunePlan
from eduportal.pages.demo.work import commune_pace
from reports.actions import accept_report, save_report, send_report
from reports.models import MonthlyReport
from schools.models import Period, Posting, Unit
from targets.queries import measures_for

DONE_NOTE = "Đã hoàn thành, đã có văn bản gửi Sở Giáo dục và Đào tạo."
# Of hundred; and for how many months back nobody has forgotten.
FORGOTTEN, REMEMBERED = 4, 2


def play_communes(month: PlayedMonth, period: Period, stage: Stage) -> None:
    """Each commune's figures and work of a month, by the officer who works there."""
    for number, plan in enumerate(stage.size.communes):
        officer = stage.postings[f"cv.{plan.key}"]
        day = stage.schedule.past(workday_before(month.opens_on + dt.timedelta(days=2 + number)))
        if has_counted(number, plan, month):
            report_population(plan, month, period, stage, officer, day)
        finish_work(plan, month, stage, officer, day)


def has_counted(number: int, plan: CommunePlan, month: PlayedMonth) -> bool:
    """Long ago one forgot now and then; in the newest month most are still to come."""
    if month.ago == NEWEST:
        return number % 3 == 0
    return month.ago <= REMEMBERED or dice(100, plan.code, "counted", month.number.code) >= FORGOTTEN


def report_population(
    plan: CommunePlan, month: PlayedMonth, period: Period, stage: Stage, officer: Posting, day: dt.date
) -> None:
    """The commune's own report: staff fill it in, the leader sends it; of closed months, it is accepted."""
    report = MonthlyReport.objects.select_related("unit", "period").get(unit=officer.unit, period=period)
    schools = stage.size.schools_of(plan.key)
    known = population_figures(plan, schools, month.number, stage.schedule.closed.number)
    figures = {measure.code: known[measure.code] for measure in measures_for(report.unit, period)}
    now = moment(day, 14)
    with played_at(now, BY_REPORTS):
        saved = save_report(report=report, version=report.version, figures=figures, by=officer, now=now)
        leader = stage.postings[f"ld.{plan.key}"]
        sent = send_report(report=saved, version=saved.version, by=leader, now=now)
    if month.ago != NEWEST:
        now = moment(stage.schedule.past(month.due_on), 15)
        with played_at(now, BY_REPORTS):
            accept_report(report=sent, version=sent.version, by=stage.postings["chuyenvien"], now=now)


def finish_work(plan: CommunePlan, month: PlayedMonth, stage: Stage, officer: Posting, day: dt.date) -> None:
    """What is done by then is said so at once, between the monthly reports."""
    now = moment(day, 15)
    for assignment in open_work(officer.unit, day):
        if stage.work.is_done(assignment, commune_pace(plan), month.ago):
            with played_at(now, BY_REPORTS):
                report_progress(
                    assignment=assignment,
                    version=assignment.version,
                    percent=100,
                    note=DONE_NOTE,
                    claims_done=True,
                    by=officer,
                    now=now,
                )


def open_work(unit: Unit, day: dt.date) -> list[Assignment]:
    """What was given to a unit by then and runs."""
    given = Assignment.objects.open().filter(unit=unit, task__directive__issued_on__lte=day)
    return list(given.with_document().order_by("pk"))
