"""The work of an office at a glance: how it stands, by document, by unit, by who leads."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from directives.models import AssigneeRole, Directive
from directives.models.assignment import AssignmentQuerySet
from directives.queries.counting import shown_counts_by
from directives.statistics import Statistics, statistics_of
from schools.models import Unit

DOCUMENT, UNIT, LEAD = "document", "unit", "lead"
GROUPS: Mapping[str, str] = {DOCUMENT: "task__directive", UNIT: "unit", LEAD: "unit"}


@dataclass(frozen=True)
class Group:
    """A document or a unit, with how its shares stand."""

    row: Directive | Unit
    counts: dict[str, int]

    @property
    def statistics(self) -> Statistics:
        return statistics_of(self.counts)

    @property
    def key(self) -> str:
        return str(self.row.pk)


def groups_of(assignments: AssignmentQuerySet, by: str, today: dt.date) -> list[Group]:
    """All groups, those with the most overdue work first. Two queries."""
    counted = assignments.filter(role=AssigneeRole.LEAD) if by == LEAD else assignments
    counts = shown_counts_by(counted, GROUPS[by], today)
    rows: dict[int, Directive | Unit]
    if by == DOCUMENT:
        rows = dict(Directive.objects.for_lists().in_bulk(counts))
    else:
        rows = dict(Unit.objects.in_bulk(counts))
    groups = [Group(rows[pk], found) for pk, found in counts.items()]
    return sorted(groups, key=lambda one: (-one.counts["overdue"], -one.statistics.assigned, one.row.pk))
