"""Reads of work that recurs: what a document says of it, what is to be opened, who had it last."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from directives.models import Assignment, Directive, Occurrence, Recurrence, Task
from directives.models.assignment import AssignmentQuerySet
from directives.occurrences import Rule, rule_of
from directives.queries.counting import shown_counts_by


@dataclass(frozen=True)
class ReadRecurrence:
    """How often, as the document says it: the rule, and its words."""

    rule: Rule
    raw: str


def still_recurring(today: dt.date) -> QuerySet[Recurrence]:
    """What may have an occurrence to be opened: not stopped, of documents in force. Lazy."""
    rows = Recurrence.objects.filter(stopped_at__isnull=True, since__lte=today + dt.timedelta(days=31))
    return rows.filter(task__directive__state="issued", task__directive__ended="").order_by("pk")


def latest_shares(task: Task) -> dict[int, tuple[str, str]]:
    """Role and state of each unit's newest share of a task. One query."""
    rows = Assignment.objects.filter(task=task, occurrence__isnull=False).order_by("occurrence__first", "pk")
    return {unit: (role, state) for unit, role, state in rows.values_list("unit", "role", "state")}


def occurrence_counts(
    assignments: AssignmentQuerySet, today: dt.date
) -> list[tuple[Occurrence, dict[str, int]]]:
    """The occurrences of which these are shares, the newest first, with how those stand. Two queries."""
    counts = shown_counts_by(assignments.filter(occurrence__isnull=False), "occurrence", today)
    found = Occurrence.objects.filter(pk__in=list(counts)).order_by("-first", "-pk")
    return [(one, counts[one.pk]) for one in found]


def recurrences_read(directive: Directive, tasks: list[Task]) -> dict[int, ReadRecurrence]:
    """What the document says of how often its tasks are done, by their key: the first place of each.

    No queries; the document comes with what was read in it. Items that a person added, or made of words
    within others, are told by their place in the text.
    """
    found: dict[int, ReadRecurrence] = {}
    for time in directive.reading.get("deadlines", []):
        rule = rule_of(time.get("recurrence") or {})
        if rule is None:
            continue
        for task in tasks:
            if task.pk not in found and says(task, time):
                found[task.pk] = ReadRecurrence(rule, time.get("raw", ""))
    return found


def unconfirmed(directive: Directive) -> list[tuple[Task, ReadRecurrence]]:
    """Tracked tasks of a document that it wants done again and again, and for which nobody has set that.

    One query, where the document says so of any.
    """
    if not any(time.get("recurrence") for time in directive.reading.get("deadlines", [])):
        return []
    tasks = list(directive.tasks.to_track().filter(recurrence__isnull=True).order_by("position"))
    read = recurrences_read(directive, tasks)
    return [(task, read[task.pk]) for task in tasks if task.pk in read]


def says(task: Task, time: dict) -> bool:
    """Whether a time stands within the words of a task."""
    start = time["span"][0]
    if task.span_start is None or task.span_end is None:
        return False
    return task.span_start <= start < task.span_end
