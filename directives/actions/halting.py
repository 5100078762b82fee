"""Work that is paused, taken up again or cancelled by the office that set it, or refused by the unit.

What stands outside keeps its deadline: the clock of the field is the calendar, and a pause does not move a
day that a document set. Taken up again, work runs on to the same day, or to a new one that is given with it
(docs/adr/0013).
"""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from directives.actions.extensions import locked, refuse_no_later, worded
from directives.models import Assignment, AssignmentState, Directive, Halt, HaltKind, Task
from eduportal.base.errors import Refused
from eduportal.base.text import nfc
from schools.models import Posting
from trail.actions import record

# What may be done in which state of an assignment.
MAY_PAUSE = (AssignmentState.OPEN,)
MAY_CANCEL = (AssignmentState.OPEN, AssignmentState.PAUSED)
MAY_RESUME = (AssignmentState.PAUSED, AssignmentState.CANCELLED)


@transaction.atomic
def pause(*, assignment: Assignment, version: int, reason: str, by: Posting) -> None:
    """Let work rest. Raises Refused when it does not run, EditConflict when it moved since `version`."""
    assignment.claim(version)
    halt(locked(assignment), HaltKind.PAUSED, MAY_PAUSE, reason, by)


@transaction.atomic
def cancel(*, assignment: Assignment, version: int, reason: str, by: Posting) -> None:
    """Take work off the unit. What it reported and sent stays. Raises as `pause` does."""
    assignment.claim(version)
    halt(locked(assignment), HaltKind.CANCELLED, MAY_CANCEL, reason, by)


@transaction.atomic
def refuse(*, assignment: Assignment, version: int, reason: str, by: Posting) -> None:
    """The unit says that the work is not its own. The office that set it answers. Raises as `pause` does."""
    assignment.claim(version)
    halt(locked(assignment), HaltKind.REFUSED, MAY_PAUSE, reason, by)


def halt(
    assignment: Assignment, kind: HaltKind, allowed: tuple[AssignmentState, ...], reason: str, by: Posting
) -> None:
    if assignment.state not in allowed:
        raise Refused(not_possible(assignment))
    now = timezone.now()
    Halt.objects.current().filter(assignment=assignment).update(ended_at=now, ended_by=by.user)
    made = Halt.objects.create(assignment=assignment, kind=kind, reason=worded(reason), begun_by=by.user)
    assignment.state = AssignmentState(kind)
    assignment.save(update_fields=["state"])
    data = {"reason": made.reason, "deadline": assignment.deadline}
    record(f"assignment.{kind}", about=assignment, by=by, unit_id=assignment.unit_id, data=data)


def not_possible(assignment: Assignment) -> str:
    return _("This is not possible now: the work is “%(state)s”. Nothing was changed.") % {
        "state": assignment.get_state_display()
    }


@transaction.atomic
def resume(
    *,
    assignment: Assignment,
    version: int,
    until: dt.date | None,
    note: str,
    by: Posting,
    today: dt.date,
) -> None:
    """Let paused or cancelled work run again, to the same deadline or to a new one.

    Raises Refused when it is neither, or for a new day that has passed; EditConflict as `pause` does.
    """
    assignment.claim(version)
    current = locked(assignment)
    if current.state not in MAY_RESUME:
        raise Refused(not_possible(current))
    if current.task.directive.ended:
        raise Refused(_("The document is no longer in force, so its work stays cancelled. Nothing was done."))
    if until is not None:
        refuse_no_later(None, until, today)
    run_again(current, until=until, answer=note, by=by)
    data = {"until": current.deadline, "reason": nfc(note).strip()}
    record("assignment.resumed", about=current, by=by, unit_id=current.unit_id, data=data)


@transaction.atomic
def accept_refusal(*, assignment: Assignment, version: int, by: Posting) -> None:
    """The office agrees that the work is not this unit's: it stays refused. Raises as `pause` does."""
    assignment.claim(version)
    refusal = refusal_of(assignment)
    refusal.accepted_at, refusal.accepted_by = timezone.now(), by.user
    refusal.version += 1
    refusal.save(update_fields=["accepted_at", "accepted_by", "version"])
    record("assignment.refusal_accepted", about=assignment, by=by, unit_id=assignment.unit_id)


@transaction.atomic
def turn_down_refusal(*, assignment: Assignment, version: int, reason: str, by: Posting) -> None:
    """The office says that the work is this unit's after all: it runs again, to the same deadline."""
    assignment.claim(version)
    refusal_of(assignment)
    reason = worded(reason)
    run_again(locked(assignment), until=None, answer=reason, by=by)
    data = {"reason": reason}
    record("assignment.refusal_turned_down", about=assignment, by=by, unit_id=assignment.unit_id, data=data)


def refusal_of(assignment: Assignment) -> Halt:
    """The refusal that waits for an answer; Refused where there is none."""
    waiting = Halt.objects.current().select_for_update()
    found = waiting.filter(assignment=assignment, kind=HaltKind.REFUSED, accepted_at__isnull=True).first()
    if found is None:
        raise Refused(_("No refusal of this work waits for an answer. Nothing was changed."))
    return found


def run_again(assignment: Assignment, *, until: dt.date | None, answer: str, by: Posting) -> None:
    ended = {"ended_at": timezone.now(), "ended_by": by.user, "answer": nfc(answer).strip()[:1000]}
    Halt.objects.current().filter(assignment=assignment).update(**ended, version=F("version") + 1)
    assignment.state = AssignmentState.OPEN
    assignment.deadline = until or assignment.deadline
    assignment.save(update_fields=["state", "deadline"])


# --- all units of a task ------------------------------------------------------------------------------------


@transaction.atomic
def pause_task(*, task: Task, reason: str, by: Posting) -> int:
    """Let the work of all units rest that still runs. Gives how many; Refused where there is none."""
    return halt_all(task, HaltKind.PAUSED, MAY_PAUSE, reason, by)


@transaction.atomic
def cancel_task(*, task: Task, reason: str, by: Posting) -> int:
    """Take the work off all units that have not done it. Gives how many; Refused where there is none."""
    return halt_all(task, HaltKind.CANCELLED, MAY_CANCEL, reason, by)


def halt_all(
    task: Task, kind: HaltKind, allowed: tuple[AssignmentState, ...], reason: str, by: Posting
) -> int:
    reason = worded(reason)
    keys = keys_of(task, allowed)
    halt_rows(keys, kind, reason, by)
    record_for_all(f"task.{kind}", task, by, {"count": len(keys), "reason": reason})
    return len(keys)


def halt_rows(keys: list[int], kind: HaltKind, reason: str, by: Posting | None) -> None:
    """Halt these assignments for one reason. Four queries, however many there are. Within a transaction."""
    now, person = timezone.now(), by.user if by else None
    Halt.objects.current().filter(assignment__in=keys).update(ended_at=now, ended_by=person)
    Halt.objects.bulk_create(
        (Halt(assignment_id=pk, kind=kind, reason=reason, begun_by=person) for pk in keys), batch_size=500
    )
    Assignment.objects.filter(pk__in=keys).update(state=kind.value, version=F("version") + 1)


def cancel_document(directive: Directive, reason: str, by: Posting) -> int:
    """Nobody works on any more for a document that is not in force. Gives how many shares that ends."""
    rows = Assignment.objects.select_for_update().filter(task__directive=directive, state__in=MAY_CANCEL)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    halt_rows(keys, HaltKind.CANCELLED, reason, by)
    return len(keys)


@transaction.atomic
def resume_task(*, task: Task, until: dt.date | None, note: str, by: Posting, today: dt.date) -> int:
    """Let the paused work of all units run again, to the same deadlines or all to a new one."""
    if until is not None:
        refuse_no_later(None, until, today)
    keys = keys_of(task, (AssignmentState.PAUSED,))
    ended = {"ended_at": timezone.now(), "ended_by": by.user, "answer": nfc(note).strip()[:1000]}
    Halt.objects.current().filter(assignment__in=keys).update(**ended, version=F("version") + 1)
    moved = {"deadline": until} if until else {}
    Assignment.objects.filter(pk__in=keys).update(
        state=AssignmentState.OPEN, version=F("version") + 1, **moved
    )
    record_for_all("task.resumed", task, by, {"count": len(keys), "until": until, "reason": note.strip()})
    return len(keys)


def keys_of(task: Task, states: tuple[AssignmentState, ...]) -> list[int]:
    """The assignments of a task in these states, locked; Refused where there is none."""
    rows = Assignment.objects.select_for_update().filter(task=task, state__in=states).order_by("pk")
    if not (keys := list(rows.values_list("pk", flat=True))):
        raise Refused(_("No unit's work is in a state for this. Nothing was changed."))
    return keys


def record_for_all(verb: str, task: Task, by: Posting, data: dict[str, object]) -> None:
    """One event of the document; each unit reads the reason beside its own work."""
    directive = task.directive
    data |= {"task": task.pk, "item": str(task)[:120]}
    record(verb, about=directive, by=by, unit_id=directive.office_id, data=data)
