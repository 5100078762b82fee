"""Work given to another unit than it was given to at first."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from directives.actions.extensions import locked, worded
from directives.actions.halting import accept_refusal, halt, not_possible, refuse_out_of_force
from directives.models import Assignment, AssignmentState, HaltKind
from directives.queries import addressable_by
from eduportal.base.errors import Refused
from schools.models import Posting, Unit
from trail.actions import record

MAY_HAND_ON = (AssignmentState.OPEN, AssignmentState.PAUSED, AssignmentState.REFUSED)


@transaction.atomic
def reassign(
    *,
    assignment: Assignment,
    version: int,
    to: Unit,
    reason: str,
    until: dt.date | None,
    by: Posting,
    today: dt.date,
) -> Assignment:
    """Take work off one unit and give it to another, to the same last day or a new one.

    What the first unit reported and sent stays its own. A refusal that waits is accepted thereby. Raises
    EditConflict when the work moved since `version`, Refused when it is done or cancelled, when the other
    unit has it already or cannot be given it, and when its day has passed and no new one is given.
    """
    assignment.claim(version)
    current = locked(assignment)
    if current.state not in MAY_HAND_ON:
        raise Refused(not_possible(current))
    refuse_out_of_force(current)
    refuse_unfit(current, to, today)
    deadline = until or current.deadline
    if deadline is not None and deadline < today:
        raise Refused(_("The deadline has passed. Give the other unit a new day; nothing was changed."))
    reason = worded(reason)
    if current.state == AssignmentState.REFUSED:
        end_refusal(current, by)
    else:
        words = _("Given to %(unit)s: %(reason)s") % {"unit": to.short_name, "reason": reason}
        halt(current, HaltKind.CANCELLED, MAY_HAND_ON, words[:1000], by)
    made = Assignment.objects.create(
        task=current.task,
        unit=to,
        occurrence=current.occurrence,
        role=current.role,
        deadline=deadline,
        first_deadline=deadline,
    )
    data = {"item": current.unit.short_name, "assignment": current.pk, "reason": reason}
    record("assignment.handed_over", about=made, by=by, unit_id=to.pk, data=data)
    return made


def refuse_unfit(assignment: Assignment, to: Unit, today: dt.date) -> None:
    """The other unit is one that the document may name, and has no share of this work."""
    if not addressable_by(assignment.task.directive, today).filter(pk=to.pk).exists():
        raise Refused(_("This unit is not beneath the office that set the work. Choose another."))
    theirs = Assignment.objects.filter(task=assignment.task_id, occurrence=assignment.occurrence_id)
    if theirs.filter(unit=to.pk).exists():
        raise Refused(
            _("%(unit)s has this work already. Nothing was changed; choose another unit.")
            % {"unit": to.short_name}
        )


def end_refusal(assignment: Assignment, by: Posting) -> None:
    """The unit was right that the work is another's; one that was accepted before stays as it is."""
    if assignment.halts.current().filter(accepted_at__isnull=True).exists():
        accept_refusal(assignment=assignment, version=assignment.version, by=by)
