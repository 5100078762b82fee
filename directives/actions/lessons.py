"""Keeping what the reader can learn: written when a person edits an item, and for all of it on issue."""

from collections.abc import Iterable, Mapping

from django.db.models import Prefetch

from directives.actions.drafting import as_words
from directives.learning import TARGET, ItemNow, Learnt, of_head, of_item, who_key
from directives.models import Addressee, AssigneeRole, Directive, Lesson, ReadTarget, Task
from schools.models import Unit


def learn_items(directive: Directive, tasks: Iterable[Task]) -> None:
    """What a person made of some items, in place of what was learnt of them before. Four queries."""
    keys = [task.pk for task in tasks]
    Lesson.objects.filter(task__in=keys).delete()
    rows = settled(directive, keys)
    names = names_of(rows)
    Lesson.objects.bulk_create(
        row_of(directive, one, task)
        for task in rows
        for one in of_item(task.read, item_now(task, names), names)
    )


def learn_document(directive: Directive) -> None:
    """What the office made of everything that was read: it stands behind it by issuing the document."""
    Lesson.objects.filter(directive=directive).delete()
    learn_items(directive, directive.tasks.all())
    head = directive.reading.get("head")
    if head is None or directive.written_here:
        return
    now = as_words({name: getattr(directive, name) for name in head})
    doubts = [doubt["code"] for doubt in directive.reading["doubts"]]
    evidence = directive.reading["header"].get("evidence", [])
    Lesson.objects.bulk_create(row_of(directive, one) for one in of_head(head, now, doubts, evidence))


def learn_target(read: ReadTarget, *, meant: str, made: str) -> None:
    """What a person made of a target that was read, by adopting it: `meant` is what it proposed. Two queries.

    A sentence that is left aside teaches nothing: it may be read well and be none for the portal.
    """
    Lesson.objects.filter(
        directive=read.directive_id, kind=TARGET, span_start=read.span_start, span_end=read.span_end
    ).delete()
    span = (read.span_start, read.span_end)
    row_of(read.directive, Learnt(TARGET, read.rule, meant, made, span)).save()


def settled(directive: Directive, keys: list[int]) -> list[Task]:
    people = Prefetch("addressees", Addressee.objects.select_related("unit").order_by("pk"))
    return list(directive.tasks.filter(pk__in=keys).prefetch_related(people).order_by("position"))


def names_of(tasks: Iterable[Task]) -> dict[str, str]:
    """Short names of the units that were read or chosen, by who_key. One query."""
    keys = {one["unit"] for task in tasks for one in task.read.get("who", []) if one["unit"]}
    keys |= {one.unit_id for task in tasks for one in task.addressees.all() if one.unit_id}
    units = Unit.objects.filter(pk__in=keys).values_list("pk", "short_name")
    return {who_key("unit", "", pk): name for pk, name in units}


def item_now(task: Task, names: Mapping[str, str]) -> ItemNow:
    """An item as it stands. Uses prefetched addressees."""
    chosen: dict[str, set[str]] = {role: set() for role in AssigneeRole.values}
    for one in task.addressees.all():
        key = who_key(one.kind, one.level, one.unit_id)
        chosen[one.role].add(names.get(key, key))
    has_place = task.span_start is not None and task.span_end is not None
    return ItemNow(
        path=task.path,
        span=(task.span_start, task.span_end) if has_place else None,  # type: ignore[arg-type]
        is_tracked=task.is_tracked,
        is_removed=task.is_removed,
        deadline=f"{task.deadline or ''}",
        product=task.product,
        lead=frozenset(chosen[AssigneeRole.LEAD]),
        support=frozenset(chosen[AssigneeRole.SUPPORT]),
    )


def row_of(directive: Directive, one: Learnt, task: Task | None = None) -> Lesson:
    start, end = one.span or (None, None)
    return Lesson(
        directive=directive,
        task=task,
        kind=one.kind,
        rule=one.rule[:60],
        span_start=start,
        span_end=end,
        read=one.read,
        corrected=one.corrected,
        is_right=one.is_right,
    )
