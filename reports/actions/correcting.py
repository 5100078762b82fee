"""A report that was sent is called back; one that was accepted is corrected, as a version of its own."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from eduportal.base.errors import Refused
from eduportal.base.text import nfc
from reports.actions.answering import write_answers
from reports.actions.monthly import (
    Basis,
    basis_of,
    locked,
    refuse_incomplete,
    says_something,
    signing_lines,
)
from reports.actions.versions import content_of, put_back, put_by
from reports.models import MonthlyReport, ReportState, VersionOutcome
from schools.models import Posting
from targets.actions import observe, set_status
from targets.arithmetic import Figure
from targets.models import ObservationStatus
from trail.actions import record, recorded_together


@transaction.atomic
def call_back(*, report: MonthlyReport, version: int, by: Posting) -> MonthlyReport:
    """Take a sent report back, as long as nobody has decided on it: it is the unit's to edit again.

    Its figures count no more, and it was not sent: whether it is late is told by the next sending. What was
    said of work stays said. A correction that is called back leaves the accepted report as it was. Raises
    Refused when it does not wait for review any more, EditConflict when it changed since `version`.
    """
    current = locked(report)
    if current.state != ReportState.SENT:
        message = _("This report is not waiting for review any more (%(state)s). Nothing was changed.")
        raise Refused(message % {"state": current.get_state_display()}, code="not_waiting_for_review")
    current.claim(version)
    if current.correction:
        return put_back(current, VersionOutcome.CALLED_BACK, by=by)
    set_status(unit=current.unit, period=current.period, status=ObservationStatus.DRAFT, by=by)
    current.state, current.signed_as = ReportState.EXPECTED, ""
    current.sent_at = current.sent_by = current.first_sent_at = None
    current.save(update_fields=["state", "signed_as", "sent_at", "sent_by", "first_sent_at"])
    record("report.called_back", about=current, by=by, unit_id=current.unit_id)
    return current


def correct_report(
    *,
    report: MonthlyReport,
    version: int,
    reason: str,
    figures: Mapping[str, Figure],
    remarks: Mapping[str, str],
    answers: Mapping[int, str],
    difficulties: str,
    proposals: str,
    by: Posting,
    now: dt.datetime,
) -> MonthlyReport:
    """Send an accepted report anew, with the reason: the office decides on it, the former version is kept.

    Figures and answers not named stay. From now on the corrected figures count, as not accepted yet. Raises
    Refused when the report is not an accepted one or nothing differs, FiguresMissing, AnswersMissing and
    DoubtsUnexplained as sending does, EditConflict when it changed since `version`. All is done, or nothing.
    """
    with transaction.atomic(), recorded_together():
        current = locked(report)
        if current.state != ReportState.ACCEPTED:
            message = _("Only an accepted report is corrected (%(state)s). Nothing was changed.")
            raise Refused(message % {"state": current.get_state_display()}, code="not_accepted")
        current.claim(version)
        before, unit, period = content_of(current), current.unit, current.period
        put_by(current, VersionOutcome.CORRECTED)
        set_status(unit=unit, period=period, status=ObservationStatus.DRAFT, by=by)
        observe(unit=unit, period=period, values=figures, remarks=remarks, by=by)
        write_answers(report=current, answers=answers, by=by)
        current.difficulties, current.proposals = nfc(difficulties).strip(), nfc(proposals).strip()
        if content_of(current) == before:
            raise Refused(_("Nothing differs from what was accepted. Nothing was sent."), code="no_change")
        basis: Basis = basis_of(current)
        refuse_incomplete(basis)
        current.nothing_to_report = current.nothing_to_report and not says_something(current, basis)
        set_status(unit=unit, period=period, status=ObservationStatus.SENT, by=by)
        current.state, current.correction = ReportState.SENT, nfc(reason).strip()
        current.sent_at, current.sent_by, current.saved_at, current.saved_by = now, by.user, now, by.user
        current.signed_as = "\n".join(signing_lines(current, by, now))
        current.reviewed_at, current.reviewed_by, current.reason = None, None, ""
        current.save()
        data = {"reason": current.correction, "version": current.version}
        record("report.corrected", about=current, by=by, unit_id=current.unit_id, data=data)
        return current
