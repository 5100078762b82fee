"""Work that is put aside: paused, cancelled, refused, each with its reason in the history."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from directives.models import Assignment, AssignmentState, Directive
from eduportal.pages.demo.past import played_at
from eduportal.pages.demo.schedule import moment, workday
from schools.models import Posting, Unit
from trail.actions import record


@dataclass(frozen=True)
class Aside:
    """One unit's share of a task, by its path, is put aside some days after the document was issued.

    Who sets the work pauses or cancels it; who was given it refuses it.
    """

    path: str
    unit: str
    state: AssignmentState
    reason: str
    after: int = 3


def put_aside(
    directive: Directive, asides: Iterable[Aside], units: Mapping[str, Unit], postings: Mapping[str, Posting]
) -> None:
    """All that is put aside of a document's work. `units` are by their keys."""
    for aside in asides:
        assignment = Assignment.objects.get(
            task__directive=directive, task__path=aside.path, unit=units[aside.unit]
        )
        issued_on = directive.issued_on or dt.date.min
        refused = aside.state == AssignmentState.REFUSED
        by = postings[f"ht.{aside.unit}" if refused else "chuyenvien"]
        with played_at(moment(workday(issued_on, aside.after), 10, 40)):
            set_aside(assignment=assignment, state=aside.state, reason=aside.reason, by=by)


@transaction.atomic
def set_aside(*, assignment: Assignment, state: AssignmentState, reason: str, by: Posting) -> None:
    """Take open work out of the five standings. To be swapped for the portal's own action."""
    open_row = Assignment.objects.filter(pk=assignment.pk, state=AssignmentState.OPEN)
    open_row.update(state=state, version=F("version") + 1)
    verb, data = f"assignment.{state.value}", {"reason": reason}
    record(verb, about=assignment, by=by, unit_id=assignment.unit_id, data=data)
