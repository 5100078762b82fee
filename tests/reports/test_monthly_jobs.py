"""The month opens by itself, on its day, once."""

import datetime as dt

import pytest

from reports.figures import Month
from reports.models import MonthlyReport
from reports.queries import month_to_open, months_to_open
from tests.reports.months import open_months
from trail.actions import enqueue, run_job
from trail.models import Job


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (dt.date(2026, 11, 19), (2026, 10)),
        (dt.date(2026, 11, 20), (2026, 11)),
        (dt.date(2026, 11, 30), (2026, 11)),
        (dt.date(2026, 12, 1), (2026, 11)),
        (dt.date(2026, 1, 5), (2025, 12)),
        (dt.date(2024, 2, 19), (2024, 2)),
    ],
)
def test_the_newest_month_whose_opening_day_has_come(today, expected):
    assert month_to_open(today) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (dt.date(2026, 11, 3), (2026, 10)),
        (dt.date(2026, 11, 4), (2026, 11)),
        (dt.date(2026, 11, 15), (2026, 11)),
    ],
)
def test_months_from_the_fifteenth(settings, today, expected):
    settings.MONTH_STARTS_ON = 15
    assert month_to_open(today) == expected


def test_the_job_opens_the_month_once(province, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 20, 1, tzinfo=dt.UTC), tick=False)
    for months, opened in ((["2026-11"], 8), ([], 0)):
        job = enqueue("reports.open_month", key="", args={})
        run_job(job.pk)
        job.refresh_from_db()
        assert job.result == {"months": months, "opened": opened, "without_office": []}
    assert MonthlyReport.objects.count() == 8
    assert Job.objects.filter(state="done").count() == 2


def test_no_month_is_skipped_while_the_portal_stood_still(province, time_machine):
    open_months((2026, 9))
    time_machine.move_to(dt.datetime(2026, 12, 5, 1, tzinfo=dt.UTC), tick=False)
    job = enqueue("reports.open_month", key="", args={})
    run_job(job.pk)
    job.refresh_from_db()
    assert job.result == {"months": ["2026-10", "2026-11"], "opened": 16, "without_office": []}
    rows = MonthlyReport.objects.filter(unit=province.cloud_primary).order_by("due_on")
    assert list(rows.values_list("period__ordinal", "due_on")) == [
        (9, dt.date(2026, 10, 5)),
        (10, dt.date(2026, 11, 5)),
        (11, dt.date(2026, 12, 5)),
    ]


@pytest.mark.parametrize(
    ("opened", "today", "expected"),
    [
        ([], dt.date(2026, 12, 5), [Month(2026, 11)]),
        ([(2026, 11)], dt.date(2026, 12, 5), []),
        ([(2026, 12)], dt.date(2026, 12, 5), []),
        ([(2025, 11), (2026, 10)], dt.date(2026, 12, 5), [Month(2026, 11)]),
        ([(2025, 11)], dt.date(2026, 2, 5), [Month(2025, 12), Month(2026, 1)]),
    ],
)
def test_all_months_after_the_newest_opened_one_are_to_be_opened(province, opened, today, expected):
    open_months(*opened)
    assert months_to_open(today) == expected
