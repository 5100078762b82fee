"""What stands in the books in which an office follows what is to be done."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from directives.models import Assignment, Directive, Instruction, Reference, Task
from directives.models.assignment import AssignmentQuerySet
from directives.queries.counting import shown_counts_by
from eduportal.base.ordering import rising
from schools.models import Unit


@dataclass(frozen=True)
class Arrived:
    """An incoming document: the newest instruction on it, how its work stands, and what answers it."""

    directive: Directive
    instruction: Instruction | None
    counts: dict[str, int] = field(default_factory=dict)
    answers: list[str] = field(default_factory=list)


def arrivals(user: Any, office: Unit, first: dt.date, last: dt.date) -> QuerySet[Directive]:
    """What came in at the office on these days, by its number. Lazy."""
    rows = Directive.objects.visible_to(user).for_lists().kept()
    came = rows.filter(office=office.pk, arrived_on__range=(first, last))
    return came.order_by("arrived_on__year", "arrival_number")


def arrived(user: Any, directives: Sequence[Directive], today: dt.date) -> list[Arrived]:
    """The same with what became of each. Three queries, however many there are."""
    shares = Assignment.objects.visible_to(user).filter(task__directive__in=directives)
    counts = shown_counts_by(shares, "task__directive", today)
    said: dict[int, Instruction] = {}
    instructions = Instruction.objects.filter(directive__in=directives).select_related("unit")
    for one in instructions.order_by("given_at", "pk"):
        said[one.directive_id] = one
    answers = answers_to(user, directives)
    return [
        Arrived(one, said.get(one.pk), counts.get(one.pk, {}), answers.get(one.pk, [])) for one in directives
    ]


def answers_to(user: Any, directives: Sequence[Directive]) -> dict[int, list[str]]:
    """Numbers of issued documents of the same office that cite what came in, by its key. One query."""
    wanted = {
        (one.number, one.symbol, one.office_id): one.pk for one in directives if one.number and one.symbol
    }
    if not wanted:
        return {}
    own = Directive.objects.visible_to(user).issued().exclude(direction="incoming").values("pk")
    cited = Reference.objects.filter(
        number__in={number for number, _symbol, _office in wanted}, directive__in=own
    )
    found: dict[int, list[str]] = {}
    for one in cited.select_related("directive").order_by("directive__issued_on", "directive"):
        pk = wanted.get((one.number, one.symbol, one.directive.office_id))
        number = one.directive.full_number
        if pk and number not in found.setdefault(pk, []):
            found[pk].append(number)
    return found


def set_tasks(user: Any, office: Unit, first: dt.date, last: dt.date) -> QuerySet[Task]:
    """Tasks of the office's documents of these days, in their order. Lazy; addressees with their units."""
    rows = Task.objects.visible_to(user).to_track().filter(directive__office=office.pk)
    dated = rows.filter(directive__state="issued", directive__issued_on__range=(first, last))
    listed = dated.select_related("directive").defer(
        "read", "search_key", "directive__text", "directive__reading", "directive__search_key"
    )
    order = ("directive__issued_on", "directive", "position")
    return listed.prefetch_related("addressees__unit").order_by(*order)


def counts_of(user: Any, tasks: Sequence[Task], today: dt.date) -> dict[int, dict[str, int]]:
    """How the shares of these tasks stand. One query."""
    return shown_counts_by(Assignment.objects.visible_to(user).filter(task__in=tasks), "task", today)


def own_shares(
    user: Any, units: Sequence[Unit], first: dt.date, last: dt.date, today: dt.date
) -> AssignmentQuerySet:
    """What was given to these units by documents of these days. Lazy."""
    rows = Assignment.objects.visible_to(user).filter(
        unit__in=[unit.pk for unit in units], task__directive__issued_on__range=(first, last)
    )
    shown = (
        rows.with_document()
        .select_related("task__directive__office")
        .with_shown(today, settings.DUE_SOON_DAYS)
    )
    return shown.order_by(
        "task__directive__issued_on", "task__directive", "task__position", rising("deadline")
    )
