"""The page of a school's month as tests fill it in."""

import datetime as dt

from django.urls import reverse

from reports.models import MonthlyReport
from targets.queries import values_of

OCTOBER_DAY = dt.datetime(2026, 10, 28, 3, tzinfo=dt.UTC)
PRIMARY = ("classes", "pupils", "attending", "teachers")
TYPED = {
    "primary-classes": "12",
    "primary-pupils": "380",
    "primary-attending": "371",
    "primary-teachers": "21",
    "difficulties": "",
    "proposals": "",
}


def url(row: MonthlyReport, name: str = "report") -> str:
    return reverse(f"reports:{name}", args=[row.pk])


def typed(row: MonthlyReport, **changes: str) -> dict[str, str]:
    changed = {name.replace("__", "-"): text for name, text in changes.items()}
    return TYPED | {"version": str(row.version)} | changed


def figures(row: MonthlyReport) -> dict[str, object]:
    return {code.split(".")[1]: kept.figure for code, kept in values_of(row.unit, row.period).items()}


def fresh(row: MonthlyReport) -> MonthlyReport:
    return MonthlyReport.objects.get(pk=row.pk)
