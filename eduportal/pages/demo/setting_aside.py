"""Work that is put aside: paused, cancelled, refused, each with its reason in the history."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from directives.actions.halting import accept_refusal, cancel, pause, refuse
from directives.models import Assignment, AssignmentState, Directive
from eduportal.pages.demo.past import played_at
from eduportal.pages.demo.schedule import moment, workday
from schools.models import Posting, Unit

HALT = {AssignmentState.PAUSED: pause, AssignmentState.CANCELLED: cancel, AssignmentState.REFUSED: refuse}


@dataclass(frozen=True)
class Aside:
    """One unit's share of a task, by its path, is put aside some days after the document was issued.

    Who sets the work pauses or cancels it; who was given it refuses it. `agreed`: the office accepted the
    refusal on the next day; otherwise it still waits for an answer.
    """

    path: str
    unit: str
    state: AssignmentState
    reason: str
    after: int = 3
    agreed: bool = False


def put_aside(
    directive: Directive, asides: Iterable[Aside], units: Mapping[str, Unit], postings: Mapping[str, Posting]
) -> None:
    """All that is put aside of a document's work. `units` are by their keys."""
    for aside in asides:
        assignment = Assignment.objects.get(
            task__directive=directive, task__path=aside.path, unit=units[aside.unit]
        )
        day = workday(directive.issued_on or dt.date.min, aside.after)
        refused = aside.state == AssignmentState.REFUSED
        by = postings[f"ht.{aside.unit}" if refused else "chuyenvien"]
        with played_at(moment(day, 10, 40)):
            HALT[aside.state](assignment=assignment, version=assignment.version, reason=aside.reason, by=by)
        if aside.agreed:
            with played_at(moment(workday(day, 1), 14, 20)):
                accept_refusal(assignment=assignment, version=assignment.version, by=postings["chuyenvien"])
