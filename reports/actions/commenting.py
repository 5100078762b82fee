"""What an office says at one figure of a report, and what becomes of it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from eduportal.base.errors import Refused
from eduportal.base.text import nfc
from reports.actions.telling import tell
from reports.labels import in_its_level
from reports.models import FigureComment, MonthlyReport, ReportState
from reports.notices import COMMENTED
from schools.models import Posting
from targets.models import Measure
from trail.actions import record, settle

COMMENTED_ON = (ReportState.SENT, ReportState.ACCEPTED)


@transaction.atomic
def comment_on(
    *, report: MonthlyReport, measure: Measure, text: str, by: Posting, now: dt.datetime
) -> FigureComment:
    """Write at a figure of a report that is in; its unit reads it at that figure and is told.

    Raises Refused when the unit has the report: what it writes there is not the office's to read yet.
    """
    current = MonthlyReport.objects.select_for_update().get(pk=report.pk)
    if current.state not in COMMENTED_ON:
        message = _("The unit has this report again, so nothing was written at it (%(state)s).")
        raise Refused(message % {"state": current.get_state_display()}, code="not_in")
    comment = FigureComment.objects.create(
        report=report, measure=measure, text=nfc(text).strip(), by=by.user, at=now
    )
    words = {"measure": in_its_level(measure), "text": comment.text}
    tell(COMMENTED, report, about=comment, by=by, **words)
    record("report.commented", about=report, by=by, unit_id=report.unit_id, data=words)
    return comment


@transaction.atomic
def close_comment(*, comment: FigureComment, by: Posting, now: dt.datetime) -> bool:
    """The unit has seen it, or the office takes it back. False: it was closed before, nothing changed."""
    closing = FigureComment.objects.open().filter(pk=comment.pk)
    if not closing.update(closed_at=now, closed_by=by.user):
        return False
    settle(about=comment)
    report = comment.report
    data = {"measure": in_its_level(comment.measure), "text": comment.text}
    record("report.comment_closed", about=report, by=by, unit_id=report.unit_id, data=data)
    return True
