"""Several reports accepted at once."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from eduportal.base.errors import EditConflict, Refused
from reports.actions.monthly import accept_report
from reports.models import MonthlyReport
from schools.models import Posting


@dataclass(frozen=True)
class Acceptance:
    """What became of reports that were to be accepted together."""

    accepted: list[MonthlyReport] = field(default_factory=list)
    left: list[MonthlyReport] = field(default_factory=list)
    """Changed, returned or accepted by somebody since they were shown: to be looked at again."""


@transaction.atomic
def accept_reports(*, chosen: Mapping[MonthlyReport, int], by: Posting, now: dt.datetime) -> Acceptance:
    """Accept reports, each as it was shown (`chosen`: its version then). What changed meanwhile is left.

    In the order of their keys, so that two people who accept at once do not wait for each other in a circle.
    """
    result = Acceptance()
    for report in sorted(chosen, key=lambda row: row.pk):
        try:
            accept_report(report=report, version=chosen[report], by=by, now=now)
        except (EditConflict, Refused):
            result.left.append(report)
        else:
            result.accepted.append(report)
    return result
