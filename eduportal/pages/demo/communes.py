"""The communes' own reports: children who live there, counted each month."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from zlib import crc32

from eduportal.pages.demo.directives import NEWEST
from eduportal.pages.demo.past import played_at
from eduportal.pages.demo.province import COMMUNES
from eduportal.pages.demo.schedule import Month, Schedule, moment, workday
from reports.actions import accept_report, save_report, send_report
from reports.models import MonthlyReport
from schools.models import Posting
from targets.queries import measures_for

# By stem of the measure: about how many children live in a commune.
RESIDENT = {"age_0_2": 310, "age_3_5": 335, "age_5": 112, "age_6_10": 640, "age_6": 128, "age_11_14": 512}
# Which commune has sent its report of the newest month; the second has begun.
SENT, BEGUN = "suoimay", "doiche"


def population(code: str, stem: str, index: int) -> Decimal:
    """Moves by a few children from month to month, always the same."""
    seed = crc32(f"{code} {stem}".encode())
    return Decimal(RESIDENT[stem] + seed % 40 + (seed + index) % 5)


def play_communes(place: int, schedule: Schedule, postings: Mapping[str, Posting]) -> None:
    """What each commune did with its report of a month: staff fill it in, the leader sends."""
    month = schedule.months[place]
    rows = MonthlyReport.objects.filter(period__year=month.year, period__ordinal=month.month)
    reports = {report.unit.code: report for report in rows.select_related("unit", "period")}
    for number, plan in enumerate(COMMUNES):
        report = reports[plan.code]
        day = schedule.past(workday(month.opens_on, 1 + number))
        if place < NEWEST:
            sent = send(report, plan.key, month, day, postings)
            accept(sent, schedule.past(workday(day, 1)), postings["chuyenvien"])
        elif plan.key == SENT:
            send(report, plan.key, month, day, postings)
        elif plan.key == BEGUN:
            save(report, plan.key, month, day, postings, only=3)


def save(
    report: MonthlyReport,
    key: str,
    month: Month,
    day: dt.date,
    postings: Mapping[str, Posting],
    only: int | None = None,
) -> MonthlyReport:
    asked = measures_for(report.unit, report.period)[:only]
    index = month.year * 12 + month.month
    figures = {one.code: population(report.unit.code, one.stem, index) for one in asked}
    now = moment(day, 8, 40)
    with played_at(now):
        return save_report(
            report=report, version=report.version, figures=figures, by=postings[f"cv.{key}"], now=now
        )


def send(
    report: MonthlyReport, key: str, month: Month, day: dt.date, postings: Mapping[str, Posting]
) -> MonthlyReport:
    saved = save(report, key, month, day, postings)
    now = moment(day, 11)
    with played_at(now):
        return send_report(report=saved, version=saved.version, by=postings[f"ld.{key}"], now=now)


def accept(report: MonthlyReport, day: dt.date, by: Posting) -> None:
    now = moment(day, 14, 40)
    with played_at(now):
        accept_report(report=report, version=report.version, by=by, now=now)
