"""Reads over the month's reports."""

import datetime as dt

from django.conf import settings

from reports.models import MonthlyReport
from schools.periods import month_bounds, month_of, previous_month
from targets.models import Measure
from targets.queries import measures_for, values_of


def month_to_open(today: dt.date) -> tuple[int, int]:
    """The newest month whose opening day has come: some days before its figures end (no query)."""
    ahead = dt.timedelta(days=settings.MONTH_OPENS_DAYS_BEFORE_END)
    year, month = month_of(today, settings.MONTH_STARTS_ON)
    _, ends = month_bounds(year, month, settings.MONTH_STARTS_ON)
    return (year, month) if today >= ends - ahead else previous_month(year, month)


def missing_measures(report: MonthlyReport) -> list[Measure]:
    """What a report must still answer. Zero and "not applicable" are answers."""
    answered = values_of(report.unit, report.period)
    return [
        measure
        for measure in measures_for(report.unit, report.period.data_to)
        if measure.code not in answered
    ]
