"""What a unit that closes has still to do: handed to its successor, or taken off it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directives.actions.halting import halt_rows
from directives.models import Assignment, HaltKind
from directives.models.assignment import UNFINISHED
from schools.models import Posting, Unit
from schools.reorganisation import Follower
from trail.actions import record


def assignments_left_open(unit: Unit) -> list[str]:
    """In words, for whoever closes the unit. One query."""
    count = Assignment.objects.filter(unit=unit.pk, state__in=UNFINISHED).count()
    words = ngettext("%(count)s piece of work not done", "%(count)s pieces of work not done", count)
    return [words % {"count": count}] if count else []


def carry_over_assignments(unit: Unit, by: Posting | None) -> None:
    """Cancel what a closed unit has not done; its successor gets the same work, to the same deadlines.

    What the closed unit reported stays its own. Within a transaction; safe to run twice.
    """
    rows = Assignment.objects.select_for_update(of=("self",)).filter(unit=unit.pk, state__in=UNFINISHED)
    unfinished = list(rows.select_related("task").order_by("pk"))
    reason = reason_of(unit)
    halt_rows([one.pk for one in unfinished], HaltKind.CANCELLED, reason, by)
    for one in unfinished:
        record("assignment.cancelled", about=one, by=by, unit_id=unit.pk, data={"reason": reason})
    if unit.successor:
        hand_over(unfinished, unit, unit.successor, by)


def reason_of(unit: Unit) -> str:
    """As the history of the work keeps it."""
    day = {"day": f"{unit.valid_to:%d/%m/%Y}"}
    if unit.successor is None:
        return _("The unit exists no more since %(day)s.") % day
    words = _("The unit exists no more since %(day)s; %(unit)s carries the work on.")
    return words % {**day, "unit": unit.successor.name}


def hand_over(unfinished: Iterable[Assignment], unit: Unit, successor: Unit, by: Posting | None) -> None:
    """The successor's own share of each task and occurrence, unless it has one."""
    shares = {(one.task_id, one.occurrence_id): one for one in unfinished}
    theirs = Assignment.objects.filter(unit=successor.pk, task__in={task for task, _time in shares})
    for share in shares.keys() - set(theirs.values_list("task", "occurrence")):
        former = shares[share]
        made = Assignment.objects.create(
            task=former.task,
            unit=successor,
            occurrence=former.occurrence,
            role=former.role,
            deadline=former.deadline,
            first_deadline=former.first_deadline,
        )
        data = {"item": unit.name, "assignment": former.pk}
        record("assignment.handed_over", about=made, by=by, unit_id=successor.pk, data=data)


FOLLOWER = Follower(assignments_left_open, carry_over_assignments)
