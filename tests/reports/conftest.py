"""Three months of the cloud primary school, on a day of the last."""

import datetime as dt

import pytest

from reports.models import MonthlyReport
from tests.conftest import TODAY
from tests.reports.months import open_months, report


@pytest.fixture
def in_november(time_machine) -> None:
    """A morning before November's reports are due: 10:42 in Vietnam."""
    time_machine.move_to(dt.datetime(2026, 11, 22, 3, 42, tzinfo=dt.UTC), tick=False)


@pytest.fixture
def months(province, cast):
    """October 2025, October and November 2026; the cloud primary school reported the first two."""
    year_before, october, november = open_months((2025, 11), (2026, 10), (2026, 11))
    report(province.cloud_primary, year_before).of(("primary", 11, 360, 350, 20))
    report(province.cloud_primary, october).of(("primary", 12, 378, 370, 21))
    return year_before, october, november


@pytest.fixture
def row(months, province) -> MonthlyReport:
    return MonthlyReport.objects.get(unit=province.cloud_primary, period=months[2])


@pytest.fixture
def sent(row, months, province) -> MonthlyReport:
    return report(province.cloud_primary, months[2], sent_on=TODAY).of(("primary", 12, 380, 371, 21))
