"""Getters that authorise: a report in hand is one that this person may see."""

from django.shortcuts import get_object_or_404

from reports.models import MonthlyReport
from schools.middleware import ActingRequest


def get_report(request: ActingRequest, pk: int) -> MonthlyReport:
    """A report that this person may see; to all others there is none."""
    rows = MonthlyReport.objects.select_related("unit", "period", "office")
    own = rows.of_own_school(request.posting).filter(pk=pk).first()
    if own is not None:
        return own
    seen = rows.visible_to(request.user)
    return get_object_or_404(seen.select_related("saved_by", "sent_by", "reviewed_by", "added_by"), pk=pk)
