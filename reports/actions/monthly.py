"""The month: filled in and sent by each school and commune, accepted or returned by its office."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from directives.actions.progress import ProgressDraft, refuse_secrets_of, save_progress, send_progress
from directives.actions.progress import send_back as reopen
from directives.models import Assignment, ProgressEntry
from eduportal.base.errors import EditConflict, Refused
from eduportal.base.text import nfc
from reports.actions.answering import AnswersMissing, write_answers
from reports.actions.telling import tell
from reports.actions.versions import put_back
from reports.labels import in_its_level
from reports.models import MonthlyReport, ReportState, VersionOutcome
from reports.notices import ACCEPTED, CORRECTION_REFUSED, RETURNED
from reports.queries import FigureLine, figure_lines
from reports.queries.doubts import doubts_at, rules_of, unexplained
from reports.queries.people import signing_lines_of
from reports.queries.questions import QuestionLine, question_lines
from schools.models import Period, Posting, Unit
from targets.actions import Known, observe, set_status
from targets.arithmetic import Figure
from targets.models import Measure, ObservationStatus
from targets.quality import Rule
from trail.actions import record, recorded_together, settle


class FiguresMissing(Refused):
    """Not sent, because these measures have neither a number nor the word that they do not apply."""

    def __init__(self, missing: list[Measure]):
        message = _("Not sent: some figures are missing. Everything you typed is saved.")
        super().__init__(message, code="figures_missing")
        self.missing = missing


class NothingSaid(Refused):
    """Not sent, because it is empty and does not say that there is nothing to report."""

    def __init__(self) -> None:
        message = _(
            "Not sent: the report is empty. Write what there is, or tick “nothing to report” and send again."
        )
        super().__init__(message, code="report_empty")


class DoubtsUnexplained(Refused):
    """Not sent, because figures contradict one another or the register, and nobody has said why."""

    def __init__(self, measures: list[Measure]):
        names = ", ".join(in_its_level(one) for one in measures)
        words = _(
            "Not sent: %(names)s contradict what else is reported. Correct the figures, or write beside each "
            "why it is right. Everything you typed is saved."
        )
        super().__init__(words % {"names": names}, code="doubts_unexplained")
        self.measures = measures


def locked(report: MonthlyReport) -> MonthlyReport:
    """The report as stored now, held until the transaction ends: who comes second waits for the outcome.

    What `report` knows of its unit, period and office is not read again.
    """
    current = MonthlyReport.objects.select_for_update().get(pk=report.pk)
    for name in ("unit", "period", "office"):
        known = report._state.fields_cache.get(name)
        if known is not None and known.pk == getattr(current, f"{name}_id"):
            setattr(current, name, known)
    return current


def hold_report(unit: Unit, period: Period) -> None:
    """Figures of a report are written from a list: whoever has the report open is told when saving."""
    MonthlyReport.objects.filter(unit=unit, period=period).update(version=F("version") + 1)


def save_report(
    *,
    report: MonthlyReport,
    version: int,
    figures: Mapping[str, Figure],
    by: Posting,
    now: dt.datetime,
    remarks: Mapping[str, str] | None = None,
    progress: Iterable[ProgressDraft] = (),
    answers: Mapping[int, str] | None = None,
    difficulties: str = "",
    proposals: str = "",
    nothing_to_report: bool = False,
) -> MonthlyReport:
    """Keep what is filled in so far, as much or as little as it is. Figures and answers not named stay.

    Raises EditConflict when somebody else saved since `version`, Refused when the report is no longer the
    school's to edit or a file is a state secret. Gives the report as saved.
    """
    words = Words(difficulties, proposals, nothing_to_report)
    content = Content(figures, remarks, list(progress), answers or {}, words)
    refuse_secrets_of(content.progress)
    with transaction.atomic():
        current = claimed_to_edit(report, version)
        kept(current, content, Basis(figure_lines(current)), by=by, now=now)
        return told_as_saved(current, by)


SAVED = ("difficulties", "proposals", "nothing_to_report", "saved_at", "saved_by")
"""What saving writes into the report's own row."""


@dataclass(frozen=True)
class Words:
    """What is written beside figures, work and answers; or that there is nothing."""

    difficulties: str
    proposals: str
    nothing_to_report: bool


@dataclass(frozen=True)
class Content:
    """What is filled in; the fields are those of `save_report`."""

    figures: Mapping[str, Figure]
    remarks: Mapping[str, str] | None
    progress: list[ProgressDraft]
    answers: Mapping[int, str]
    words: Words


@dataclass(frozen=True)
class Basis:
    """What a report's page was built on, read after the report itself: figures, rules of doubt, questions.

    Every write claims the report. So where its version is still the one that was read, so are they.
    """

    lines: Sequence[FigureLine]
    rules: Sequence[Rule] = ()
    questions: Sequence[QuestionLine] = ()

    @property
    def known(self) -> Known:
        stored = {line.measure.code: line.observation for line in self.lines if line.observation}
        return Known(stored, {line.measure.code: line.measure.pk for line in self.lines})


def claimed_to_edit(report: MonthlyReport, version: int) -> MonthlyReport:
    """The report, claimed and thereby locked, if it is still the school's to edit. Within a transaction."""
    current = copy(report) if report.version == version else locked(report)
    try:
        if current.is_editable:
            current.claim(version)
            return current
    except EditConflict as conflict:
        if conflict.current.is_editable:
            raise
    message = _(
        "Not saved: this report was sent and cannot be changed now. If it must be, ask for its return."
    )
    raise Refused(message, code="already_sent")


def kept(current: MonthlyReport, content: Content, basis: Basis, *, by: Posting, now: dt.datetime) -> Basis:
    """Writes into a report that is locked and claimed, all but the columns of `SAVED`, which are set.

    Gives its figures and answers as they are stored then.
    """
    unit, period = current.unit, current.period
    stored = observe(
        unit=unit, period=period, values=content.figures, remarks=content.remarks, by=by, known=basis.known
    )
    if content.progress:
        save_progress(unit=unit, period=period, drafts=content.progress, by=by)
    current.difficulties = nfc(content.words.difficulties).strip()
    current.proposals = nfc(content.words.proposals).strip()
    current.nothing_to_report = content.words.nothing_to_report
    current.saved_at, current.saved_by = now, by.user
    answers = write_answers(report=current, answers=content.answers, by=by)
    return replace(
        basis,
        lines=[replace(line, observation=stored.get(line.measure.code)) for line in basis.lines],
        questions=[replace(one, answer=answers.get(one.question.pk, one.answer)) for one in basis.questions],
    )


def told_as_saved(current: MonthlyReport, by: Posting) -> MonthlyReport:
    current.save(update_fields=SAVED)
    record("report.saved", about=current, by=by, unit_id=current.unit_id, data={"version": current.version})
    return current


@transaction.atomic
def send_report(*, report: MonthlyReport, version: int, by: Posting, now: dt.datetime) -> MonthlyReport:
    """Send what is saved. From now on its figures count, and its progress moves the assignments.

    Raises FiguresMissing and AnswersMissing while something is unanswered, DoubtsUnexplained while serious
    doubts are without a word, NothingSaid of an empty report, EditConflict when somebody saved since
    `version`, and Refused when it was sent before: however often it is asked for, a report is sent once.
    """
    current = locked(report)
    if not current.is_editable:
        raise Refused(already_sent(current), code="already_sent")
    current.claim(version)
    return sent(current, basis_of(current), by=by, now=now)


def basis_of(report: MonthlyReport) -> Basis:
    """Of a report that is held. Four queries."""
    return Basis(figure_lines(report), rules_of(report.period), question_lines(report))


@dataclass(frozen=True)
class Sending:
    """What became of a report that was to be saved and sent. With a `refusal` it is saved, and not sent."""

    report: MonthlyReport
    refusal: Refused | None = None


def save_and_send(
    *,
    report: MonthlyReport,
    version: int,
    figures: Mapping[str, Figure],
    by: Posting,
    now: dt.datetime,
    remarks: Mapping[str, str] | None = None,
    progress: Iterable[ProgressDraft] = (),
    answers: Mapping[int, str] | None = None,
    difficulties: str = "",
    proposals: str = "",
    nothing_to_report: bool = False,
    basis: Basis | None = None,
) -> Sending:
    """`save_report` and `send_report` at once. What hinders the sending hinders no saving.

    `basis`: what was read after the `report` that is handed in; what is stored is then not read again.
    """
    words = Words(difficulties, proposals, nothing_to_report)
    content = Content(figures, remarks, list(progress), answers or {}, words)
    refuse_secrets_of(content.progress)
    with transaction.atomic(), recorded_together():
        current = claimed_to_edit(report, version)
        if basis is None or report.version != version:
            basis = basis_of(current)
        basis = kept(current, content, basis, by=by, now=now)
        try:
            with transaction.atomic(), recorded_together():
                return Sending(sent(current, basis, by=by, now=now))
        except Refused as refusal:
            return Sending(told_as_saved(current, by), refusal)


def sent(current: MonthlyReport, basis: Basis, *, by: Posting, now: dt.datetime) -> MonthlyReport:
    """Sends a report that is locked and claimed."""
    refuse_incomplete(basis)
    unit, period = current.unit, current.period
    if says_something(current, basis):
        current.nothing_to_report = False
    elif not current.nothing_to_report:
        raise NothingSaid
    set_status(unit=unit, period=period, status=ObservationStatus.SENT, by=by)
    send_progress(unit=unit, period=period, by=by, now=now)
    current.state = ReportState.SENT
    current.sent_at, current.sent_by = now, by.user
    current.first_sent_at = current.first_sent_at or now
    current.signed_as = "\n".join(signing_lines(current, by, now))
    current.save(update_fields=[*SAVED, "state", "sent_at", "sent_by", "first_sent_at", "signed_as"])
    settle(about=current)
    record("report.sent", about=current, by=by, unit_id=current.unit_id, data={"version": current.version})
    return current


def refuse_incomplete(basis: Basis) -> None:
    """Raises FiguresMissing, AnswersMissing or DoubtsUnexplained."""
    if missing := [line.measure for line in basis.lines if line.figure is None]:
        raise FiguresMissing(missing)
    if lacking := [one.question for one in basis.questions if one.is_lacking]:
        raise AnswersMissing(lacking)
    if codes := unexplained(doubts_at(basis.lines, basis.rules), serious=True):
        raise DoubtsUnexplained([line.measure for line in basis.lines if line.measure.code in codes])


def says_something(report: MonthlyReport, basis: Basis) -> bool:
    """Whether there is anything in a report. One query where there is neither a figure nor a word."""
    if basis.lines or report.difficulties or report.proposals or any(one.answer for one in basis.questions):
        return True
    entries = ProgressEntry.objects.filter(assignment__unit=report.unit_id, period=report.period_id)
    return entries.exists()


def signing_lines(report: MonthlyReport, by: Posting, now: dt.datetime) -> tuple[str, ...]:
    """What stands above the signature of whoever sends. Two queries at most."""
    return signing_lines_of(report.unit, by, timezone.localdate(now))


def already_sent(report: MonthlyReport) -> str:
    if report.sent_at is None or report.sent_by is None:
        return _("This report cannot be sent now. Nothing was changed.")
    return _("This report was sent already, at %(at)s by %(who)s. It was not sent a second time.") % {
        "at": f"{timezone.localtime(report.sent_at):%H:%M %d/%m/%Y}",
        "who": report.sent_by,
    }


@transaction.atomic
def accept_report(*, report: MonthlyReport, version: int, by: Posting, now: dt.datetime) -> MonthlyReport:
    """Accept what was sent: its figures are no longer provisional and can no longer be changed.

    Raises Refused when it is not waiting for review, EditConflict when it changed since `version` was shown.
    """
    current = waiting_for_review(report, version)
    set_status(unit=current.unit, period=current.period, status=ObservationStatus.ACCEPTED, by=by)
    current.state = ReportState.ACCEPTED
    current.reviewed_at, current.reviewed_by = now, by.user
    current.save(update_fields=["state", "reviewed_at", "reviewed_by"])
    settle(about=current)
    tell(ACCEPTED, current, by=by)
    record("report.accepted", about=current, by=by, unit_id=current.unit_id)
    return current


@transaction.atomic
def return_report(
    *,
    report: MonthlyReport,
    version: int,
    reason: str,
    by: Posting,
    now: dt.datetime,
    send_back: Iterable[Assignment] = (),
) -> MonthlyReport:
    """Give a report back with the reason: it is the school's to edit again, and its figures count no more.

    Of a correction: the version accepted before is the report again, the school may correct it anew.

    Work in `send_back`, reported done, runs on. Raises Refused when the report is not waiting for review or
    one of these is not reported done, EditConflict when it changed since `version` was shown.
    """
    current = waiting_for_review(report, version)
    if current.correction:
        stands = put_back(current, VersionOutcome.REFUSED, by=by, word=nfc(reason).strip())
        tell(CORRECTION_REFUSED, current, by=by, reason=stands.reason)
        return stands
    set_status(unit=current.unit, period=current.period, status=ObservationStatus.DRAFT, by=by)
    for assignment in sorted(send_back, key=lambda one: one.pk):
        reopen(assignment=assignment, reason=reason, by=by)
    current.state, current.reason = ReportState.RETURNED, nfc(reason).strip()
    current.reviewed_at, current.reviewed_by = now, by.user
    current.save(update_fields=["state", "reason", "reviewed_at", "reviewed_by"])
    tell(RETURNED, current, by=by, reason=current.reason)
    data = {"reason": current.reason}
    record("report.returned", about=current, by=by, unit_id=current.unit_id, data=data)
    return current


def waiting_for_review(report: MonthlyReport, version: int) -> MonthlyReport:
    """The report, locked and claimed, if it is still waiting for review."""
    current = locked(report)
    if current.state != ReportState.SENT:
        raise Refused(
            _("This report is not waiting for review any more (%(state)s). Nothing was changed.")
            % {"state": current.get_state_display()},
            code="not_waiting_for_review",
        )
    current.claim(version)
    return current
