"""Later days that units ask for, and what the office says to it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from directives.actions.extensions import ask_extension, grant_extension, refuse_extension
from directives.models import Assignment, Directive
from eduportal.pages.demo.past import played_at
from eduportal.pages.demo.province import Province
from eduportal.pages.demo.schedule import Schedule, moment, workday
from eduportal.pages.demo.tables import COMMUNE_PREFIX
from schools.models import Posting


@dataclass(frozen=True)
class Request:
    """One unit asks for so many more days for a task, by its path, some days after the document was issued.

    `granted` says what was answered some days later; None: nobody has decided yet.
    """

    path: str
    unit: str
    more: int
    reason: str
    after: int = 5
    granted: bool | None = None
    answer: str = ""


def ask_for_later_days(
    directive: Directive,
    requests: Iterable[Request],
    province: Province,
    postings: Mapping[str, Posting],
    schedule: Schedule,
) -> None:
    """What is asked of a document's work. `postings` are by username."""
    for request in requests:
        assignment = Assignment.objects.select_related("task__directive").get(
            task__directive=directive, task__path=request.path, unit=province.unit(request.unit)
        )
        asked_on = schedule.past(workday(directive.issued_on or dt.date.min, request.after))
        until = workday(assignment.deadline or asked_on, request.more)
        by = postings[asker(request.unit)]
        with played_at(moment(asked_on, 10, 5)):
            asked = ask_extension(
                assignment=assignment, until=until, reason=request.reason, by=by, today=asked_on
            )
        if request.granted is None:
            continue
        decided_on = schedule.past(workday(asked_on, 1))
        staff = postings["chuyenvien"]
        with played_at(moment(decided_on, 15, 30)):
            if request.granted:
                grant_extension(
                    extension=asked,
                    version=asked.version,
                    until=None,
                    answer=request.answer,
                    by=staff,
                    today=decided_on,
                )
            else:
                refuse_extension(extension=asked, version=asked.version, answer=request.answer, by=staff)


def asker(unit: str) -> str:
    """Whoever asks for a unit of that key: a school's principal, a commune's officer."""
    commune = unit.removeprefix(COMMUNE_PREFIX)
    return f"ht.{unit}" if commune == unit else f"cv.{commune}"
