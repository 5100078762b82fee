"""Reads of the review page: how far the check is, what can be taken back, what is half typed."""

from dataclasses import dataclass

from django.db.models import QuerySet

from directives.models import Directive, ReadTarget, ReviewStep, Task, TypedForm
from schools.models import Posting


@dataclass(frozen=True)
class ReadCounts:
    """What a document holds and how far its check is. `version` is that of all items (tasks_version)."""

    tasks: int
    times: int
    targets: int
    checked: int
    sure: int
    version: int
    doubtful: list[Task]

    @property
    def doubts(self) -> int:
        return len(self.doubtful)

    @property
    def first_doubt(self) -> int | None:
        return self.doubtful[0].pk if self.doubtful else None


def read_counts(directive: Directive) -> ReadCounts:
    """Two queries."""
    shown = ("path", "text", "is_tracked", "is_removed", "confirmed", "doubts", "version")
    rows = list(directive.tasks.only("directive", *shown).order_by("position"))
    kept = [task for task in rows if not task.is_removed]
    tasks = [task for task in kept if task.is_tracked]
    return ReadCounts(
        tasks=len(tasks),
        times=len(directive.reading.get("deadlines", [])),
        targets=ReadTarget.objects.filter(directive=directive).count(),
        checked=sum(task.confirmed for task in tasks),
        sure=sum(not task.confirmed and not task.doubts for task in tasks),
        version=sum(task.version for task in rows),
        doubtful=[task for task in kept if task.doubts and not task.confirmed],
    )


def sure_tasks(directive: Directive) -> QuerySet[Task]:
    """Tasks that nobody has looked at yet and in which nothing is doubtful."""
    return directive.tasks.to_track().filter(confirmed=False, doubts=[])


def last_step_of(directive: Directive, by: Posting) -> ReviewStep | None:
    """The person's last change to the items of a draft, to be taken back. One query."""
    return ReviewStep.objects.filter(directive=directive, made_by=by.user_id).first()


def typed_forms(directive: Directive, by: Posting) -> dict[str, TypedForm]:
    """What the person has typed on the review page and not saved yet, by the form's name. One query."""
    return {one.name: one for one in TypedForm.objects.filter(directive=directive, user=by.user_id)}
