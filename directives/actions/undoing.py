"""Changes to the items of a draft that can be taken back: each is kept with what it changed."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from directives.actions.drafting import draft_of
from directives.actions.proposing import ITEM_FIELDS, WRITTEN_FIELDS
from directives.models import Addressee, Directive, Lesson, ReviewStep, Task
from directives.wording import item_name
from eduportal.base.errors import Refused
from eduportal.base.text import search_key
from schools.models import Posting
from trail.actions import record

ADDRESSEE_FIELDS = ("role", "kind", "level", "unit_id", "raw")
Items = dict[int, dict[str, Any]]


@contextmanager
def changing(directive: Directive, verb: str, by: Posting, about: Task | None = None) -> Iterator[None]:
    """Locks a draft, lets its items be changed, and keeps the change as a step and in the history.

    The document is locked before its items, as everywhere: two people never wait for each other. Raises
    Refused when it is no draft any more.
    """
    with transaction.atomic():
        draft_of(directive)
        # An item that is joined with another is gone afterwards.
        name, key = (item_name(about), about.pk) if about else ("", None)
        before = items_of(directive)
        yield
        after = items_of(directive)
        pairs = {one: [before.get(one), after.get(one)] for one in {**before, **after}}
        ReviewStep.objects.create(
            directive=directive,
            verb=verb,
            item=name[:120],
            changed={str(one): pair for one, pair in pairs.items() if pair[0] != pair[1]},
            made_by=by.user,
        )
        data = {"task": key or about.pk, "item": str(about)[:120]} if about else {}
        record_on(verb, directive, by, data)


def record_on(verb: str, directive: Directive, by: Posting, data: dict[str, Any]) -> None:
    """Tasks have their history with the document they belong to."""
    record(verb, about=directive, by=by, unit_id=directive.office_id, data=data)


def items_of(directive: Directive) -> Items:
    """All items of a document as they are kept in a step. Two queries."""
    people: dict[int, list[list[Any]]] = {}
    rows = Addressee.objects.filter(task__directive=directive).order_by("pk")
    for task, *values in rows.values_list("task", *ADDRESSEE_FIELDS):
        people.setdefault(task, []).append(values)
    return {
        key: storable(dict(zip(ITEM_FIELDS, values, strict=True))) | {"addressees": people.get(key, [])}
        for key, *values in directive.tasks.values_list("pk", *ITEM_FIELDS)
    }


def storable(values: dict[str, Any]) -> dict[str, Any]:
    return {name: f"{value}" if isinstance(value, dt.date) else value for name, value in values.items()}


@transaction.atomic
def undo_step(*, step: ReviewStep, by: Posting) -> None:
    """Takes back a step: its items are as they were before it.

    Raises Refused, without changing anything, when somebody has changed one of them since.
    """
    directive = step.directive
    draft_of(directive)
    now = items_of(directive)
    pairs = {int(key): pair for key, pair in step.changed.items()}
    as_left = all(now.get(key) == after for key, (_before, after) in pairs.items())
    made = [key for key, (before, _after) in pairs.items() if before is None]
    if not as_left or holds_more(directive, made, pairs):
        raise Refused(_("It was changed again since and cannot be taken back. Correct the item instead."))
    put_back({key: before for key, (before, _after) in pairs.items() if before is not None}, directive, made)
    Lesson.objects.filter(task__in=pairs).delete()
    step.delete()
    data = {"item": f"{step.item}"} if step.item else {}
    record_on("task.undone", directive, by, data)


def holds_more(directive: Directive, made: Collection[int], known: Collection[int]) -> bool:
    """Whether something came to hang on items that a step made: a form, or other items."""
    beneath = Q(parent__in=made) & ~Q(pk__in=known)
    return directive.tasks.filter(beneath | Q(pk__in=made, data_form__isnull=False)).exists()


def put_back(before: Mapping[int, Mapping[str, Any]], directive: Directive, made: list[int]) -> None:
    """Stores items as they were; those that the step made go, and those that it took away come again.

    Versions only grow, also their sum (queries.tasks_version): those of rows that go are added to one that
    stays, or where none does, the document has a new version.
    """
    gone = sum(Task.objects.filter(pk__in=made).values_list("version", flat=True))
    directive.tasks.filter(pk__in=before).update(parent=None)
    directive.tasks.filter(pk__in=made).delete()
    there = directive.tasks.in_bulk(list(before))
    away = [Task(pk=key, directive=directive) for key in before if key not in there]
    Task.objects.bulk_create(restored(task, before[task.pk]) for task in away)
    Task.objects.bulk_update([restored(task, before[key]) for key, task in there.items()], WRITTEN_FIELDS)
    parents = [Task(pk=key, parent_id=values["parent_id"]) for key, values in before.items()]
    Task.objects.bulk_update(parents, ["parent"])
    grow(directive, before, gone)
    Addressee.objects.filter(task__in=before).delete()
    Addressee.objects.bulk_create(
        Addressee(task_id=key, **dict(zip(ADDRESSEE_FIELDS, one, strict=True)))
        for key, values in before.items()
        for one in values["addressees"]
    )


def grow(directive: Directive, keys: Collection[int], by: int) -> None:
    """Gives items a new version, and to one of them the versions of rows that went."""
    directive.tasks.filter(pk__in=keys).update(version=F("version") + 1)
    if not by:
        return
    one = directive.tasks.order_by("position").first()
    if one is None:
        Directive.objects.filter(pk=directive.pk).update(version=F("version") + 1)
    else:
        directive.tasks.filter(pk=one.pk).update(version=F("version") + 1 + by)


def restored(task: Task, values: Mapping[str, Any]) -> Task:
    """A row with kept values, without its parent, which may not be there yet."""
    for name in ITEM_FIELDS:
        if name not in ("parent_id", "deadline"):
            setattr(task, name, values[name])
    task.deadline = dt.date.fromisoformat(values["deadline"]) if values["deadline"] else None
    task.search_key = search_key(task.text)
    return task


def forget_steps(directive: Directive) -> None:
    """A document that leaves its draft takes nothing back, and nothing half typed is waiting for it."""
    directive.review_steps.all().delete()
    directive.typed_forms.all().delete()
