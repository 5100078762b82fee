"""The tasks of a draft: correct, confirm, add, take out, put back. Each is saved by itself."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F

from directives.actions.drafting import stored_text
from directives.actions.lessons import learn_items
from directives.actions.undoing import changing
from directives.models import Addressee, AddresseeKind, AssigneeRole, Directive, Task
from directives.queries.readiness import tasks_version
from directives.queries.review import sure_tasks
from eduportal.base.errors import EditConflict
from eduportal.base.text import nfc, search_key
from schools.models import Posting, Unit


@dataclass(frozen=True)
class Who:
    """An addressee as chosen: all schools, the schools of a level, or a unit."""

    kind: str = AddresseeKind.ALL_SCHOOLS
    role: str = AssigneeRole.LEAD
    level: str = ""
    unit: Unit | None = None


@dataclass(frozen=True)
class Work:
    """A task as staff want it."""

    text: str
    is_tracked: bool = True
    deadline: dt.date | None = None
    addressees: tuple[Who, ...] = ()
    product: str = ""


def revise_task(*, task: Task, version: int, work: Work, by: Posting) -> None:
    """Store a task as corrected. Whoever saves it has looked at it."""
    with changing(task.directive, "task.revised", by, task):
        task.claim(version)
        write_work(task, work)
        task.save()
        learn_items(task.directive, [task])


def confirm_task(*, task: Task, version: int, by: Posting) -> None:
    """Accept what was read as it is."""
    with changing(task.directive, "task.confirmed", by, task):
        task.claim(version)
        task.confirmed = True
        task.save(update_fields=["confirmed"])


def confirm_sure(*, directive: Directive, version: int, by: Posting) -> int:
    """Accept all tasks in which nothing is doubtful; gives how many.

    `version` is that of all items as they were shown (queries.tasks_version); raises EditConflict where one
    of them was changed since.
    """
    with changing(directive, "task.all_confirmed", by):
        if version != tasks_version(directive):
            raise EditConflict(directive)
        return sure_tasks(directive).update(confirmed=True, version=F("version") + 1)


def remove_task(*, task: Task, version: int, by: Posting) -> None:
    """Take an item out of the list. It stays in the document's text, and can be put back."""
    with changing(task.directive, "task.removed", by, task):
        task.claim(version)
        task.is_removed = True
        task.save(update_fields=["is_removed"])
        learn_items(task.directive, [task])


def restore_task(*, task: Task, version: int, by: Posting) -> None:
    """Put back an item that was taken out."""
    with changing(task.directive, "task.restored", by, task):
        task.claim(version)
        task.is_removed = False
        task.save(update_fields=["is_removed"])
        learn_items(task.directive, [task])


def add_task(
    *,
    directive: Directive,
    path: str,
    after: Task | None,
    work: Work,
    by: Posting,
    span: tuple[int, int] | None = None,
) -> Task:
    """Add a task that the reader did not find, behind another item, or at the end.

    `span`: the words of the document that it was made from.
    """
    task = Task(directive=directive, path=nfc(path).strip(), confirmed=True, read={"made": "added"})
    task.text = stored_text(work.text).strip()
    with changing(directive, "task.added", by, task):
        items = directive.tasks.all()
        last = items.order_by("-position").first()
        task.position = after.position + 1 if after else (last.position + 1 if last else 0)
        task.parent = after.parent if after else None
        task.span_start, task.span_end = span or (None, None)
        items.filter(position__gte=task.position).update(position=F("position") + 1)
        task.save()
        write_work(task, work)
        task.save()
        learn_items(directive, [task])
    return task


def write_work(task: Task, work: Work) -> None:
    """The fields and addressees of a task; what the document calls an addressee is kept where it stays."""
    task.text = stored_text(work.text).strip()
    task.search_key = search_key(task.text)
    task.is_tracked = work.is_tracked
    task.deadline = work.deadline
    task.product = stored_text(work.product).strip()
    task.confirmed = True
    raw = {(one.role, one.kind, one.level, one.unit_id): one.raw for one in task.addressees.all()}
    task.addressees.all().delete()
    Addressee.objects.bulk_create(
        Addressee(
            task=task,
            role=who.role,
            kind=who.kind,
            level=who.level,
            unit=who.unit,
            raw=raw.get((who.role, who.kind, who.level, who.unit.pk if who.unit else None), ""),
        )
        for who in work.addressees
    )
