"""What units report of their assignments, and what comes back."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from directives.actions.answers import give_back_reply, send_complete_reply
from directives.actions.evidence import keep_evidence, send_evidence_of, send_evidence_with
from directives.actions.files import File, refuse_secret_files
from directives.actions.halting import refuse_out_of_force
from directives.models import Assignment, AssignmentState, ProgressEntry
from eduportal.base.errors import Refused
from eduportal.base.text import nfc
from schools.actions import month_period
from schools.models import Period, Posting, Unit
from schools.periods import month_of
from trail.actions import record


@dataclass(frozen=True)
class ProgressDraft:
    """What a unit says of one of its assignments."""

    assignment: Assignment
    percent: int
    note: str = ""
    claims_done: bool = False
    files: tuple[File, ...] = ()


def refuse_secrets_of(drafts: Iterable[ProgressDraft]) -> None:
    """Raises Refused when a file of theirs is marked as a state secret. Before a transaction opens."""
    refuse_secret_files(file for draft in drafts for file in draft.files)


@transaction.atomic
def save_progress(*, unit: Unit, period: Period, drafts: Iterable[ProgressDraft], by: Posting) -> None:
    """Write drafts of what a unit says of its assignments in a period. Work done is at 100 percent.

    There is one draft an assignment and period; what was sent before stays as a record beside it. What was
    written is one event of the unit. Four queries at most, however many there are, and some more for each
    assignment with files, which `refuse_secrets_of` has looked at. Raises Refused where they cannot be kept.
    """
    said = {draft.assignment.pk: draft for draft in drafts}
    if not said:
        return
    kept = ProgressEntry.objects.select_for_update().filter(
        assignment__in=said, period=period, sent_at__isnull=True
    )
    entries = {entry.assignment_id: entry for entry in kept}
    new = [ProgressEntry(assignment_id=pk, period=period) for pk in said if pk not in entries]
    for entry in [*entries.values(), *new]:
        draft = said[entry.assignment_id]
        entry.percent = 100 if draft.claims_done else draft.percent
        entry.note, entry.claims_done = nfc(draft.note).strip(), draft.claims_done
        entry.written_by, entry.written_at = by.user, timezone.now()
    fields = ["percent", "note", "claims_done", "written_by", "written_at"]
    ProgressEntry.objects.bulk_update(entries.values(), fields)
    ProgressEntry.objects.bulk_create(new)
    for entry in [*entries.values(), *new]:
        if files := said[entry.assignment_id].files:
            keep_evidence(assignment=said[entry.assignment_id].assignment, files=files, entry=entry, by=by)
    written = {
        str(entry.assignment_id): {"percent": entry.percent, "claims_done": entry.claims_done}
        for entry in [*entries.values(), *new]
    }
    data = {"period": str(period.pk), "assignments": written}
    record("progress.written", about=unit, by=by, unit_id=unit.pk, data=data)


@transaction.atomic(savepoint=False)
def send_progress(*, unit: Unit, period: Period, by: Posting, now: dt.datetime) -> None:
    """Send a unit's drafts of a period: they become records and move the assignments that are still open.

    The clock of work said to be done stops on the day of `now`. A draft about work that was meanwhile paused,
    cancelled or refused is kept as a record and moves nothing; so is a percentage that the unit's own later
    word, sent between the months, has overtaken. Two queries where there is none.
    """
    drafts = ProgressEntry.objects.filter(assignment__unit=unit, period=period, sent_at__isnull=True)
    # In the order of assignments, in which whoever takes hold of several does.
    if entries := list(drafts.order_by("assignment_id", "pk")):
        send_entries(entries, by=by, now=now)
    send_evidence_of(unit=unit, by=by, now=now)


def send_entries(entries: list[ProgressEntry], *, by: Posting, now: dt.datetime) -> None:
    prefetch_related_objects(entries, "assignment__task", "assignment__unit")
    # By their keys: asked once more for whose they are, a database without statistics reads the whole table.
    mine = ProgressEntry.objects.filter(pk__in=[entry.pk for entry in entries])
    later = ProgressEntry.objects.filter(
        assignment=OuterRef("assignment"), sent_at__gt=OuterRef("written_at")
    )
    overtaken = set(mine.filter(Exists(later)).values_list("pk", flat=True))
    for entry in entries:
        if entry.pk in overtaken and not entry.claims_done:
            continue
        move_assignment(entry, by=by, on=timezone.localtime(now).date())
        if entry.claims_done:
            send_complete_reply(assignment=entry.assignment, by=by, now=now)
    mine.update(sent_at=now)


def report_progress(
    *,
    assignment: Assignment,
    version: int,
    percent: int,
    note: str,
    claims_done: bool,
    by: Posting,
    now: dt.datetime,
    files: Iterable[File] = (),
) -> ProgressEntry:
    """Say of one assignment how far it is, between the monthly reports; it counts at once.

    Files go with it, and so do those that were laid ready; a complete form goes with the word that the work
    is done. What the unit has written for its month and not sent stays as it is. Raises EditConflict when the
    assignment moved since `version` was shown, Refused when it does not run any more or a file is a state
    secret.
    """
    files = list(files)
    refuse_secret_files(files)
    with transaction.atomic():
        assignment.claim(version)
        assignment.refresh_from_db(fields=["state"])
        if not assignment.is_open:
            raise Refused(_("This work does not run any more. Nothing was reported."), code="not_running")
        day = timezone.localtime(now).date()
        entry = ProgressEntry.objects.create(
            assignment=assignment,
            period=month_period(*month_of(day, settings.MONTH_STARTS_ON)),
            percent=100 if claims_done else percent,
            note=nfc(note).strip(),
            claims_done=claims_done,
            written_by=by.user,
            sent_at=now,
        )
        keep_evidence(assignment=assignment, files=files, entry=entry, by=by)
        move_assignment(entry, by=by, on=day)
        send_evidence_with(entry=entry, by=by, now=now)
        if claims_done:
            send_complete_reply(assignment=assignment, by=by, now=now)
        return entry


def move_assignment(entry: ProgressEntry, *, by: Posting, on: dt.date) -> None:
    moved: dict[str, object] = {"percent": entry.percent}
    if entry.claims_done:
        moved |= {"state": AssignmentState.DONE, "reported_done_on": on}
    open_row = Assignment.objects.filter(pk=entry.assignment_id, state=AssignmentState.OPEN)
    if not open_row.update(version=F("version") + 1, **moved):
        return
    verb = "assignment.reported_done" if entry.claims_done else "assignment.progressed"
    data = {"percent": entry.percent, "on": on, "entry": entry.pk}
    record(verb, about=entry.assignment, by=by, unit_id=entry.assignment.unit_id, data=data)


@transaction.atomic
def send_back(*, assignment: Assignment, reason: str, by: Posting) -> None:
    """Open work again that was reported done: it runs on from the same deadline, its percentage stays.

    Its evidence stays as it was sent; its form, if it has one, is the unit's to correct again.
    Raises Refused when it is not reported done, or its document is out of force.
    """
    refuse_out_of_force(assignment)
    done = Assignment.objects.filter(pk=assignment.pk, state=AssignmentState.DONE)
    again = {"reported_done_on": None, "accepted_at": None, "accepted_by": None}
    if not done.update(state=AssignmentState.OPEN, **again, version=F("version") + 1):
        message = _("This work is not reported as done, so it cannot be sent back. Nothing was changed.")
        raise Refused(message, code="not_reported_done")
    was_done_on = assignment.reported_done_on
    assignment.refresh_from_db()
    give_back_reply(assignment=assignment, reason=nfc(reason).strip())
    data = {"reason": nfc(reason).strip(), "was_reported_done_on": was_done_on}
    record("assignment.sent_back", about=assignment, by=by, unit_id=assignment.unit_id, data=data)
