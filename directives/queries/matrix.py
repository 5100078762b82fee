"""One document's tasks by the units that have them: a row a unit, a column a task."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from directives.models import Assignment, Directive, Task
from directives.models.assignment import AssignmentQuerySet
from directives.queries.counting import shown_counts_by
from directives.standing import COUNTED, DUE_SOON, Standing
from directives.wording import item_number
from eduportal.base.text import search_key
from schools.models import Unit

DONE = (Standing.DONE_ON_TIME.value, Standing.DONE_LATE.value)
INSIDE = frozenset({DUE_SOON, *(standing.value for standing in COUNTED)})


@dataclass(frozen=True)
class Row:
    """A unit, and its share of each task in their order: None where it has none."""

    unit: Unit
    cells: list[Assignment | None]

    @property
    def shares(self) -> list[str]:
        """Where its shares stand, as they are shown."""
        return [one.shown for one in self.cells if one is not None]  # type: ignore[attr-defined]

    @property
    def done(self) -> int:
        return sum(shown in DONE for shown in self.shares)

    @property
    def counted(self) -> int:
        """Of how many: what stands outside is not counted."""
        return sum(shown in INSIDE for shown in self.shares)


@dataclass(frozen=True)
class Column:
    """A task over all units in sight. `number`: as people call it, its place where it has none."""

    task: Task
    counts: dict[str, int]
    number: str

    @property
    def done(self) -> int:
        return sum(self.counts[name] for name in DONE)

    @property
    def counted(self) -> int:
        return sum(count for name, count in self.counts.items() if name in INSIDE)


def columns_of(directive: Directive, shares: AssignmentQuerySet, today: dt.date) -> list[Column]:
    """The document's tasks in its order, those of which `shares` has some. Two queries."""
    counts = shown_counts_by(shares, "task", today)
    tasks = directive.tasks.filter(pk__in=list(counts)).order_by("position").defer("read", "search_key")
    return [
        Column(task, counts[task.pk], item_number(task.path) if task.path else str(place))
        for place, task in enumerate(tasks, start=1)
    ]


def units_with(shares: AssignmentQuerySet, *, q: str, standing: str, today: dt.date) -> QuerySet[Unit]:
    """The units that have shares, by words of their name and by where one of these stands. Lazy."""
    theirs = shares.with_shown(today, settings.DUE_SOON_DAYS).filter(unit=OuterRef("pk"))
    if standing:
        theirs = theirs.filter(shown=standing)
    units = Unit.objects.filter(Exists(theirs))
    for word in search_key(q).split():
        units = units.filter(search_key__contains=word)
    return units.order_by("sort_key", "pk")


def rows_of(
    units: Iterable[Unit], columns: Sequence[Column], shares: AssignmentQuerySet, today: dt.date
) -> list[Row]:
    """The rows of these units. One query."""
    units = list(units)
    theirs = shares.filter(unit__in=[unit.pk for unit in units]).order_by("pk")
    shown = theirs.with_shown(today, settings.DUE_SOON_DAYS)
    found = {(one.unit_id, one.task_id): one for one in shown}
    return [Row(unit, [found.get((unit.pk, column.task.pk)) for column in columns]) for unit in units]
