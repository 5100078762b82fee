"""A unit is told on its first page what its office did with its report."""

from typing import Any

from django.db import models
from django.urls import reverse

from reports.models import MonthlyReport
from schools.models import Posting
from trail.actions import notify


def tell(
    kind: str, report: MonthlyReport, *, by: Posting, about: models.Model | None = None, **data: Any
) -> None:
    """`about`: what the word is settled with; the report unless another row is named."""
    notify(
        kind,
        unit_id=report.unit_id,
        about=about or report,
        by=by,
        url=reverse("reports:report", args=[report.pk]),
        data={"office": report.office.name, "period": report.period.named.code, **data},
    )
