"""Assignments counted as people see them: by standing with "due soon", and bounded by a school year."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Min, Q

from directives.models import Directive
from directives.models.assignment import UNFINISHED, AssignmentQuerySet
from directives.standing import DUE_SOON, Standing
from schools.periods import school_year_bounds, school_year_of

SHOWN = [DUE_SOON, *(standing.value for standing in Standing)]


def shown_counts(assignments: AssignmentQuerySet, today: dt.date) -> dict[str, int]:
    """How many stand where, those due soon apart from the other running ones; all named. One query."""
    return shown_counts_by(assignments, "", today).get(None, empty_counts())


def shown_counts_by(assignments: AssignmentQuerySet, by: str, today: dt.date) -> dict[Any, dict[str, int]]:
    """The same for each value of a path from the assignment ("task"); "" for all together. One query."""
    shown = assignments.with_shown(today, settings.DUE_SOON_DAYS).order_by()
    counts: dict[Any, dict[str, int]] = {}
    for *key, standing, count in shown.values_list(*filter(None, [by]), "shown").annotate(
        Count("pk", distinct=True)
    ):
        counts.setdefault(key[0] if key else None, empty_counts())[standing] = count
    return counts


def sum_of(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Counts of several tasks, added up."""
    total = empty_counts()
    for counts in parts:
        for standing, count in counts.items():
            total[standing] += count
    return total


def empty_counts() -> dict[str, int]:
    return dict.fromkeys(SHOWN, 0)


def in_school_year(assignments: AssignmentQuerySet, year: int) -> AssignmentQuerySet:
    """Those whose document is of a school year."""
    return assignments.filter(of_school_year(year))


def in_school_year_or_open(assignments: AssignmentQuerySet, year: int) -> AssignmentQuerySet:
    """Those of a school year, and whatever older work still runs or rests: nothing open is out of sight."""
    return assignments.filter(of_school_year(year) | Q(state__in=UNFINISHED))


def of_school_year(year: int) -> Q:
    first, last = school_year_bounds(year)
    return Q(task__directive__issued_on__range=(first, last))


def school_years(user: Any, today: dt.date) -> list[int]:
    """The school years of the issued documents that a person may see, newest first; always this one. One
    query."""
    span = (
        Directive.objects.visible_to(user).issued().aggregate(first=Min("issued_on"), last=Max("issued_on"))
    )
    this = school_year_of(today)
    first = school_year_of(span["first"]) if span["first"] else this
    last = school_year_of(span["last"]) if span["last"] else this
    return list(range(max(last, this), min(first, this) - 1, -1))
