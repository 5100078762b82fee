"""What a report said in one sending, put by and put back."""

from typing import Any

from django.db.models import Max

from reports.actions.answering import write_answers
from reports.models import MonthlyReport, ReportState, ReportVersion, VersionOutcome
from reports.queries.versions import figures_in
from schools.models import Posting
from targets.actions import observe, set_status
from targets.arithmetic import Figure
from targets.models import ObservationStatus
from targets.queries import values_of
from trail.actions import record


def put_by(report: MonthlyReport, outcome: VersionOutcome, *, word: str = "") -> ReportVersion:
    """Keep what a report that was sent says now as a version that stands no longer. Four queries."""
    if report.sent_at is None or report.sent_by is None:
        raise ValueError("only what was sent is kept as a version")
    last = report.versions.aggregate(last=Max("number"))["last"] or 0
    return ReportVersion.objects.create(
        report=report,
        number=last + 1,
        content=content_of(report),
        reason=report.correction,
        sent_at=report.sent_at,
        sent_by=report.sent_by,
        signed_as=report.signed_as,
        reviewed_at=report.reviewed_at,
        reviewed_by=report.reviewed_by,
        outcome=outcome,
        word=word,
    )


def content_of(report: MonthlyReport) -> dict[str, Any]:
    """A report's figures, answers and words as a version keeps them. Two queries."""
    figures = values_of(report.unit, report.period)
    return {
        "figures": {code: {"value": row.value, "remark": row.remark} for code, row in figures.items()},
        "answers": {str(key): text for key, text in report.answers.values_list("question", "text")},
        "difficulties": report.difficulties,
        "proposals": report.proposals,
    }


def put_back(report: MonthlyReport, outcome: VersionOutcome, *, by: Posting, word: str = "") -> MonthlyReport:
    """A correction that does not stand: the version accepted before it is the report again, and counts.

    The correction is kept as a version with the `word` said to it. Of a report that is held.
    """
    unit, period = report.unit, report.period
    put_by(report, outcome, word=word)
    former = report.versions.filter(outcome=VersionOutcome.CORRECTED).latest("number")
    stored = former.content
    set_status(unit=unit, period=period, status=ObservationStatus.DRAFT, by=by)
    gone: dict[str, Figure] = dict.fromkeys(values_of(unit, period))
    remarks = {code: kept["remark"] for code, kept in stored["figures"].items()}
    observe(unit=unit, period=period, values=gone | figures_in(former), remarks=remarks, by=by)
    set_status(unit=unit, period=period, status=ObservationStatus.ACCEPTED, by=by)
    answers = dict.fromkeys(report.answers.values_list("question", flat=True), "")
    answers |= {int(key): text for key, text in stored["answers"].items()}
    write_answers(report=report, answers=answers, by=by)
    report.difficulties, report.proposals = stored["difficulties"], stored["proposals"]
    report.state, report.correction, report.reason = ReportState.ACCEPTED, former.reason, word
    for name in ("sent_at", "sent_by", "signed_as", "reviewed_at", "reviewed_by"):
        setattr(report, name, getattr(former, name))
    report.save()
    record(
        "report.put_back", about=report, by=by, unit_id=report.unit_id, data={"reason": word, "why": outcome}
    )
    return report
