"""Finished work that the office which set it accepts. Until then, and after, it may be sent back."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from directives.actions.halting import record_for_all
from directives.models import Assignment, Task
from eduportal.base.errors import Refused
from schools.models import Posting
from trail.actions import record


@transaction.atomic
def accept_work(*, assignment: Assignment, version: int, by: Posting) -> None:
    """Accept what a unit reported done. The clock stopped on the day it reported, whenever this is.

    Raises EditConflict when it moved since `version`, Refused when it is not done or accepted before.
    """
    assignment.claim(version)
    waiting = Assignment.objects.waiting_for_acceptance().filter(pk=assignment.pk)
    if not waiting.update(accepted_at=timezone.now(), accepted_by=by.user):
        raise Refused(_("This work is not reported as done, or was accepted before. Nothing was changed."))
    record("assignment.accepted", about=assignment, by=by, unit_id=assignment.unit_id)


@transaction.atomic
def accept_task(*, task: Task, by: Posting) -> int:
    """Accept the work of all units that reported it done. Gives how many; Refused where there is none."""
    rows = Assignment.objects.waiting_for_acceptance().filter(task=task)
    accepted = {"accepted_at": timezone.now(), "accepted_by": by.user, "version": F("version") + 1}
    if not (count := rows.update(**accepted)):
        raise Refused(_("No finished work waits for being accepted. Nothing was changed."))
    record_for_all("task.accepted", task, by, {"count": count})
    return count
