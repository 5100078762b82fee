"""The tasks of a draft: correct, confirm, add, take out, put back. Each is saved by itself."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from directives.actions.drafting import draft_of, stored_text
from directives.models import Addressee, AddresseeKind, AssigneeRole, Directive, Task
from eduportal.base.text import nfc, search_key
from schools.models import Posting, Unit
from trail.actions import record


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


@transaction.atomic
def revise_task(*, task: Task, version: int, work: Work, by: Posting) -> None:
    """Store a task as corrected. Whoever saves it has looked at it."""
    claim_item(task, version)
    write_work(task, work)
    task.save()
    record_on("task.revised", task, by)


@transaction.atomic
def confirm_task(*, task: Task, version: int, by: Posting) -> None:
    """Accept what was read as it is."""
    claim_item(task, version)
    task.confirmed = True
    task.save(update_fields=["confirmed"])
    record_on("task.confirmed", task, by)


@transaction.atomic
def remove_task(*, task: Task, version: int, by: Posting) -> None:
    """Take an item out of the list. It stays in the document's text, and can be put back."""
    claim_item(task, version)
    task.is_removed = True
    task.save(update_fields=["is_removed"])
    record_on("task.removed", task, by)


@transaction.atomic
def restore_task(*, task: Task, version: int, by: Posting) -> None:
    """Put back an item that was taken out."""
    claim_item(task, version)
    task.is_removed = False
    task.save(update_fields=["is_removed"])
    record_on("task.restored", task, by)


def claim_item(task: Task, version: int) -> None:
    """The document is locked before its item, as everywhere: two people never wait for each other."""
    draft_of(task.directive)
    task.claim(version)


@transaction.atomic
def add_task(*, directive: Directive, path: str, after: Task | None, work: Work, by: Posting) -> Task:
    """Add a task that the reader did not find, behind another item, or at the end."""
    draft_of(directive)
    items = directive.tasks.all()
    last = items.order_by("-position").first()
    position = after.position + 1 if after else (last.position + 1 if last else 0)
    items.filter(position__gte=position).update(position=F("position") + 1)
    parent = after.parent if after else None
    task = Task(directive=directive, path=nfc(path).strip(), position=position, parent=parent, confirmed=True)
    task.text = work.text
    task.save()
    write_work(task, work)
    task.save()
    record_on("task.added", task, by)
    return task


def write_work(task: Task, work: Work) -> None:
    """The fields and addressees of a task; what the document calls an addressee is kept where it stays."""
    task.text = stored_text(work.text).strip()
    task.search_key = search_key(task.text)
    task.is_tracked = work.is_tracked
    task.deadline = work.deadline
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


def record_on(verb: str, task: Task, by: Posting) -> None:
    """Tasks have their history with the document they belong to."""
    directive = task.directive
    record(
        verb,
        about=directive,
        by=by,
        unit_id=directive.office_id,
        data={"task": task.pk, "item": str(task)[:120]},
    )
