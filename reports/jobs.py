"""Background work on reports: opening months, building briefings."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.actions import open_month
from reports.queries import month_to_open
from trail.kinds import Progress, daily, job_kind


@job_kind("reports.open_month", label=_("Open the month's reports"), every=daily(hour=1))
def open_newest_month(progress: Progress) -> dict[str, Any]:
    """Open the newest month whose opening day has come. Every night; opens nothing twice."""
    today = timezone.localdate()
    year, month = month_to_open(today)
    progress(10)
    opened = open_month(year=year, month=month, by=None, today=today)
    return {"month": f"{year}-{month:02d}", "opened": opened.opened, "without_office": opened.without_office}
