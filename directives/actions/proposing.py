"""What was read, stored as rows; on reading again, what a person decided is kept."""

import datetime as dt
from collections.abc import Mapping, Sequence

from directives.models import Addressee, Directive, ReadTarget, Reference, Task
from directives.proposals import Doubt, Proposal, propose
from directives.queries import named_units
from directives.reading import Reading
from directives.writing.words import padded
from eduportal.base.text import search_key

TEXT_CHANGED, NOT_IN_TEXT = "text_changed", "not_in_text"


def write_proposals(
    directive: Directive, reading: Reading, today: dt.date, before: Mapping[str, str]
) -> None:
    """Store references, targets and proposed tasks, in place of those of an earlier reading.

    `before` is that reading's text of each item by path. Tasks that a person confirmed, took out or added
    stay as they were decided; where their sentence has changed or gone, they are marked to be looked at
    again.
    """
    write_findings(directive, reading)
    proposals = propose(reading, named_units(directive.office, today), directive.office_id)
    old = list(directive.tasks.all())
    kept = [task for task in old if is_decided(task)]
    directive.tasks.exclude(pk__in=[task.pk for task in kept]).delete()
    matched = match(proposals, kept, before)
    rows = [
        (proposal, renewed(matched[n], proposal, before) if n in matched else proposed(directive, proposal))
        for n, proposal in enumerate(proposals)
    ]
    ordered = [task for _, task in rows]
    ordered = with_loose(ordered, [loosened(task) for task in kept if task not in matched.values()])
    save_in_order(ordered)
    hang(rows)
    write_addressees([(proposal, task) for n, (proposal, task) in enumerate(rows) if n not in matched])


def write_findings(directive: Directive, reading: Reading) -> None:
    Reference.objects.filter(directive=directive).delete()
    ReadTarget.objects.filter(directive=directive).delete()
    Reference.objects.bulk_create(
        Reference(
            directive=directive,
            number=padded(one.number)[:20] if one.number else "",
            symbol=(one.symbol or "")[:60],
            dated=one.date,
            raw=one.raw[:300],
            span_start=one.span[0],
            span_end=one.span[1],
        )
        for one in reading.references
    )
    ReadTarget.objects.bulk_create(
        ReadTarget(
            directive=directive,
            path=one.path[:60],
            raw=one.raw[:500],
            comparator=one.comparator,
            value=one.value,
            value_max=one.value_max,
            unit=(one.unit or "")[:60],
            span_start=one.span[0],
            span_end=one.span[1],
        )
        for one in reading.targets
    )


def is_decided(task: Task) -> bool:
    """Whether a person has had a hand in it: reading again must not undo that."""
    marks = {doubt["code"] for doubt in task.doubts}
    by_hand = task.span_start is None
    return task.confirmed or task.is_removed or by_hand or bool(marks & {TEXT_CHANGED, NOT_IN_TEXT})


def match(proposals: Sequence[Proposal], kept: Sequence[Task], before: Mapping[str, str]) -> dict[int, Task]:
    """Which proposal is which kept task: by the same sentence first, then by the same number."""
    waiting = [task for task in kept if task.span_start is not None]
    matched: dict[int, Task] = {}
    for same in (
        lambda proposal, task: search_key(before.get(task.path, "")) == search_key(proposal.text),
        lambda proposal, task: task.path == proposal.path,
    ):
        for n, proposal in enumerate(proposals):
            task = next((task for task in waiting if n not in matched and same(proposal, task)), None)
            if task is not None:
                matched[n] = task
                waiting.remove(task)
    return matched


def renewed(task: Task, proposal: Proposal, before: Mapping[str, str]) -> Task:
    """A kept task in its new place. Its wording follows the document unless a person had reworded it."""
    was = before.get(task.path, "")
    if search_key(was) != search_key(proposal.text):
        task.doubts = [Doubt(TEXT_CHANGED, was[:200]).as_dict()]
        task.confirmed = False
    if task.text == was:
        task.text = proposal.text
    task.path = proposal.path
    task.span_start, task.span_end = proposal.span
    return task


def loosened(task: Task) -> Task:
    """A kept task whose sentence is no longer in the document; one added by hand never had any."""
    if task.span_start is not None:
        task.span_start = task.span_end = None
        task.doubts = [Doubt(NOT_IN_TEXT).as_dict()]
        task.confirmed = False
    return task


def proposed(directive: Directive, proposal: Proposal) -> Task:
    return Task(
        directive=directive,
        path=proposal.path[:60],
        text=proposal.text,
        is_tracked=proposal.is_tracked,
        deadline=proposal.deadline,
        deadline_raw=proposal.deadline_raw[:200],
        span_start=proposal.span[0],
        span_end=proposal.span[1],
        doubts=[doubt.as_dict() for doubt in proposal.doubts],
    )


def with_loose(ordered: list[Task], loose: Sequence[Task]) -> list[Task]:
    """Puts tasks that stand nowhere in the text behind what they stood behind before."""
    for task in sorted(loose, key=lambda task: task.position):
        earlier = [n for n, other in enumerate(ordered) if other.pk and other.position < task.position]
        place = max(earlier) + 1 if earlier else (0 if not ordered or ordered[0].pk else len(ordered))
        ordered.insert(place, task)
    return ordered


def save_in_order(ordered: Sequence[Task]) -> None:
    """New rows are made, kept ones move on a version, so that a form opened before notices."""
    for position, task in enumerate(ordered):
        task.position = position
        task.parent = None
        task.search_key = search_key(task.text)
        task.version += 1 if task.pk else 0
    Task.objects.bulk_create(task for task in ordered if not task.pk)
    fields = [
        "position",
        "parent",
        "path",
        "text",
        "span_start",
        "span_end",
        "doubts",
        "confirmed",
        "search_key",
        "version",
    ]
    Task.objects.bulk_update([task for task in ordered if task.pk], fields)


def hang(rows: Sequence[tuple[Proposal, Task]]) -> None:
    """Gives each item the one it stands under."""
    by_path = {proposal.path: task for proposal, task in rows}
    for proposal, task in rows:
        task.parent = by_path.get(proposal.parent_path or "")
    Task.objects.bulk_update([task for _, task in rows], ["parent"])


def write_addressees(rows: Sequence[tuple[Proposal, Task]]) -> None:
    Addressee.objects.bulk_create(
        Addressee(
            task=task,
            role=one.role,
            kind=one.who.kind,
            level=one.who.level,
            unit_id=one.who.unit,
            raw=one.raw[:200],
        )
        for proposal, task in rows
        for one in proposal.addressees
    )
