"""Many reports accepted with one word, over the whole of a filter; taken back for a while.

Which reports are meant is settled when the word is said, each as it was shown. Then they are worked off some
at a time, each step whole, so that work that ends in the middle is continued and nothing is done twice.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from eduportal.base.errors import EditConflict, Refused
from reports.actions.monthly import accept_report, locked
from reports.models import JointAcceptance, JointOutcome, JointRow, MonthlyReport, ReportState
from schools.models import Posting
from targets.actions import set_status
from targets.models import ObservationStatus
from trail.actions import record, recorded_together, settle
from trail.kinds import Progress

UNDONE_WITHIN = dt.timedelta(hours=24)
"""How long a joint acceptance is taken back: while whoever gave it still knows why."""

STEP = 50
"""So many reports are worked on in one transaction. So few are worked on while the person waits."""


@transaction.atomic
def ask_to_accept(*, reports: Iterable[MonthlyReport], by: Posting, now: dt.datetime) -> JointAcceptance:
    """Settle which reports of one office and month are accepted together, each in the version handed in.

    Nothing is accepted yet. Raises Refused when there are none.
    """
    chosen = list(reports)
    if not chosen:
        raise Refused(_("No report was left to accept. Nothing was changed."), code="nothing_to_accept")
    office, period = chosen[0].office, chosen[0].period
    if any((one.office_id, one.period_id) != (office.pk, period.pk) for one in chosen):
        raise ValueError("reports of one office and month are accepted together")
    acceptance = JointAcceptance.objects.create(office=office, period=period, posting=by, asked_at=now)
    rows = [JointRow(acceptance=acceptance, report=one, version=one.version) for one in chosen]
    JointRow.objects.bulk_create(rows, batch_size=500)
    data = {"reports": len(rows)}
    record("month.accepted_jointly", about=period, by=by, unit_id=office.pk, data=data)
    return acceptance


@transaction.atomic
def ask_to_undo(*, acceptance: JointAcceptance, by: Posting, now: dt.datetime) -> JointAcceptance:
    """Settle that a joint acceptance is taken back. Nothing is taken back yet.

    While it is still being worked on, that stops. Raises Refused when it was taken back before, or lies too
    long ago.
    """
    current = JointAcceptance.objects.select_for_update().get(pk=acceptance.pk)
    if current.undone_at:
        raise Refused(_("This was taken back before. Nothing was changed."), code="undone_before")
    if not may_be_undone(current, now):
        message = _(
            "A joint acceptance is taken back within a day. Ask the unit for a correction, with a reason."
        )
        raise Refused(message, code="too_late_to_undo")
    current.undone_at, current.undone_by = now, by
    current.save(update_fields=["undone_at", "undone_by"])
    record("month.acceptance_undone", about=current.period, by=by, unit_id=current.office_id)
    return current


def may_be_undone(acceptance: JointAcceptance, now: dt.datetime) -> bool:
    """No query."""
    return acceptance.undone_at is None and now - acceptance.asked_at <= UNDONE_WITHIN


def work_off(acceptance: JointAcceptance, *, now: dt.datetime, progress: Progress) -> None:
    """Accept what still waits, or take back what was accepted, whichever was asked for last.

    Safe to run twice, to end in the middle and to be run by two processes at once.
    """
    total = acceptance.rows.count()
    while True:
        with transaction.atomic(), recorded_together():
            current = held(acceptance)
            rows = open_rows(current)
            for row in rows[:STEP]:
                (give_up_acceptance if current.undone_at else accept_one)(row, current, now)
            left = max(len(rows) - STEP, 0)
            if not left and current.done_at is None:
                current.done_at = now
                current.save(update_fields=["done_at"])
        if not left:
            return
        progress(100 * (total - left) // total)


def held(acceptance: JointAcceptance) -> JointAcceptance:
    rows = JointAcceptance.objects.select_for_update(of=("self",))
    return rows.select_related("posting__user", "undone_by__user").get(pk=acceptance.pk)


def open_rows(acceptance: JointAcceptance) -> list[JointRow]:
    """What is still to be worked on, in the order of the reports: nobody waits in a circle."""
    outcome = JointOutcome.ACCEPTED if acceptance.undone_at else JointOutcome.WAITING
    rows = acceptance.rows.filter(outcome=outcome).order_by("report_id")
    return list(rows.select_related("report__unit", "report__period", "report__office"))


def accept_one(row: JointRow, acceptance: JointAcceptance, now: dt.datetime) -> None:
    try:
        accepted = accept_report(report=row.report, version=row.version, by=acceptance.posting, now=now)
    except (EditConflict, Refused):
        row.outcome = JointOutcome.LEFT
    else:
        row.outcome, row.version = JointOutcome.ACCEPTED, accepted.version
    row.save(update_fields=["outcome", "version"])


def give_up_acceptance(row: JointRow, acceptance: JointAcceptance, now: dt.datetime) -> None:
    """It waits for review again, unless it changed since it was accepted here."""
    current, by = locked(row.report), acceptance.undone_by
    if by is None:
        raise ValueError("taken back by nobody")
    row.outcome = JointOutcome.KEPT
    if current.state == ReportState.ACCEPTED and current.version == row.version:
        current.claim(row.version)
        set_status(unit=current.unit, period=current.period, status=ObservationStatus.SENT, by=by)
        current.state, current.reviewed_at, current.reviewed_by = ReportState.SENT, None, None
        current.save(update_fields=["state", "reviewed_at", "reviewed_by"])
        settle(about=current)
        record("report.acceptance_undone", about=current, by=by, unit_id=current.unit_id)
        row.outcome = JointOutcome.UNDONE
    row.save(update_fields=["outcome"])
