"""What was read, stored as rows; on reading again, what a person decided is kept."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.conf import settings

from directives.dividing import place_of
from directives.models import Addressee, Directive, ReadTarget, Reference, Task
from directives.proposals import (
    PATH_LENGTH,
    Doubt,
    Proposal,
    kept_within,
    proposal_of_nobody,
    propose,
    quoted_documents,
)
from directives.queries import named_units, tracked_tasks
from directives.reading import Context, Reading, read_document
from directives.writing.words import padded
from eduportal.base.text import search_key

TEXT_CHANGED, NOT_IN_TEXT = "text_changed", "not_in_text"
BEYOND = 10**12
# Everything of an item that a reading or a person can change, but its version, which only ever grows.
ITEM_FIELDS = (
    "parent_id",
    "position",
    "path",
    "text",
    "is_tracked",
    "deadline",
    "deadline_raw",
    "product",
    "span_start",
    "span_end",
    "doubts",
    "confirmed",
    "is_removed",
    "read",
)
# The same as it is written to rows at once, with what follows from it; the parent, which must be there first,
# is written by itself.
WRITTEN_FIELDS = (*(name for name in ITEM_FIELDS if name != "parent_id"), "search_key")


def write_proposals(
    directive: Directive, reading: Reading, today: dt.date, before: Mapping[str, str]
) -> None:
    """Store references, targets and proposed tasks, in place of those of an earlier reading.

    `before` is that reading's text of each item by path. Tasks that a person confirmed, took out or added
    stay as they were decided; where their sentence has changed or gone, they are marked to be looked at
    again. Others are read anew in their row, so that whoever has one open is told; a row goes only with its
    sentence.
    """
    write_findings(directive, reading)
    units, issuer = named_units(directive, today), directive.office_id
    proposals = propose(reading, units, issuer, tracked_tasks(directive, quoted_documents(reading)))
    if directive.is_internal:
        proposals = [kept_within(proposal, issuer) for proposal in proposals]
    old = list(directive.tasks.order_by("position"))
    places = match(proposals, old, before)
    decided = {task.pk for task in old if is_decided(task)}
    by_place = {place: task for task, place in places.items()}
    loose = [task for task in old if task.pk in decided and task not in places]
    gone = [task.pk for task in old if task.pk not in decided and task not in places]
    rows = []
    for n, proposal in enumerate(proposals):
        task = by_place.get(n) or Task(directive=directive)
        rows.append(renewed(task, proposal, before) if task.pk in decided else proposed(task, proposal))
    # A heading that is read anew must not take what was decided beneath it along.
    directive.tasks.update(parent=None)
    directive.tasks.filter(pk__in=gone).delete()
    moves = [(task.position, place) for task, place in places.items()]
    save_in_order(with_loose(rows, loose, moves, directive.text))
    hang(proposals, rows)
    write_addressees([(proposals[n], task) for n, task in enumerate(rows) if task.pk not in decided])


def read_by_itself(directive: Directive, parts: Sequence[str], today: dt.date) -> list[Proposal]:
    """What each of some passages proposes when it is read as one item: who must act, and by when.

    Days without a year are those around the document's own date.
    """
    units, issuer = named_units(directive, today), directive.office_id
    context = Context(
        today=directive.issued_on or today, before_is_inclusive=settings.BEFORE_DAY_IS_INCLUSIVE
    )
    found = []
    for words in parts:
        reading = read_document(f"1. {' '.join(words.split())}", context=context)
        proposal = next(iter(propose(reading, units, issuer)), proposal_of_nobody(words, issuer))
        found.append(kept_within(proposal, issuer) if directive.is_internal else proposal)
    return found


def write_findings(directive: Directive, reading: Reading) -> None:
    Reference.objects.filter(directive=directive).delete()
    ReadTarget.objects.filter(directive=directive).delete()
    Reference.objects.bulk_create(
        Reference(
            directive=directive,
            number=padded(one.number)[:20] if one.number else "",
            year=one.year or (one.date.year if one.date else None),
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
            path=one.path[:PATH_LENGTH],
            raw=one.raw[:500],
            rule=one.rule[:60],
            comparator=one.comparator,
            value=storable(one.value),
            value_max=storable(one.value_max),
            unit=(one.unit or "")[:60],
            span_start=one.span[0],
            span_end=one.span[1],
        )
        for one in reading.targets
    )


def storable(value: float | None) -> Decimal | None:
    """A number as the column holds it, numeric(16, 4); one beyond it is kept only as it was printed."""
    if value is None or abs(value) >= BEYOND:
        return None
    return round(Decimal(str(value)), 4)


def is_decided(task: Task) -> bool:
    """Whether a person has had a hand in it: reading again must not undo that."""
    marks = {doubt["code"] for doubt in task.doubts}
    by_hand = task.span_start is None or "made" in task.read
    return task.confirmed or task.is_removed or by_hand or bool(marks & {TEXT_CHANGED, NOT_IN_TEXT})


def match(proposals: Sequence[Proposal], old: Sequence[Task], before: Mapping[str, str]) -> dict[Task, int]:
    """The place of each old task among the proposals: by the same sentence first, then by the same number."""
    waiting = [task for task in old if task.span_start is not None]
    free = dict(enumerate(proposals))
    places: dict[Task, int] = {}
    for same in (
        lambda proposal, task: search_key(before.get(path_read(task), "")) == search_key(proposal.text),
        lambda proposal, task: path_read(task) == proposal.path,
    ):
        for task in [task for task in waiting if task not in places]:
            place = next((n for n, proposal in free.items() if same(proposal, task)), None)
            if place is not None:
                places[task] = place
                del free[place]
    return places


def path_read(task: Task) -> str:
    """The number under which an item was read; a person may have moved it since."""
    return task.read.get("path", task.path)


def renewed(task: Task, proposal: Proposal, before: Mapping[str, str]) -> Task:
    """A kept task in its new place. Its wording follows the document unless a person had reworded it."""
    was = before.get(path_read(task), "")
    if search_key(was) != search_key(proposal.text):
        task.doubts = [Doubt(TEXT_CHANGED, was[:200]).as_dict()]
        task.confirmed = False
    if task.text == was:
        task.text = proposal.text
    task.path = proposal.path
    task.span_start, task.span_end = proposal.span
    task.read = task.read | {"path": proposal.path, "span": list(proposal.span)}
    return task


def loosened(task: Task, text: str) -> Task:
    """A kept task whose sentence is no longer in the document; one added by hand may never have had any.

    What a person made from words of the text, by adding or splitting, is found by its words again.
    """
    found = (
        place_of(task.text, text, 0, len(text))
        if task.span_start is not None and "rule" not in task.read
        else None
    )
    if found:
        task.span_start, task.span_end = found
    elif task.span_start is not None:
        task.span_start = task.span_end = None
        task.doubts = [Doubt(NOT_IN_TEXT).as_dict()]
        task.confirmed = False
    return task


def proposed(task: Task, proposal: Proposal) -> Task:
    """A row, new or one that nobody has had a hand in, as it was read."""
    task.path, task.text = proposal.path, proposal.text
    task.is_tracked = proposal.is_tracked
    task.deadline, task.deadline_raw = proposal.deadline, proposal.deadline_raw
    task.product = proposal.product
    task.span_start, task.span_end = proposal.span
    task.doubts = [doubt.as_dict() for doubt in proposal.doubts]
    task.read = proposal.as_read()
    return task


def with_loose(
    rows: Sequence[Task], loose: Sequence[Task], moves: Sequence[tuple[int, int]], text: str
) -> list[Task]:
    """Puts tasks that stand nowhere in the text behind what they stood behind before.

    `moves`: old and new places of the items that are in both readings.
    """
    behind: dict[int, list[Task]] = {}
    for task in loose:
        place = max((new for old, new in moves if old < task.position), default=-1)
        behind.setdefault(place, []).append(loosened(task, text))
    ordered = list(behind.get(-1, []))
    for n, row in enumerate(rows):
        ordered += [row, *behind.get(n, [])]
    return ordered


def save_in_order(ordered: Sequence[Task]) -> None:
    """New rows are made, kept ones move on a version, so that a form opened before notices."""
    for position, task in enumerate(ordered):
        task.position = position
        task.parent = None
        task.search_key = search_key(task.text)
        task.version += 1 if task.pk else 0
    Task.objects.bulk_create(task for task in ordered if not task.pk)
    Task.objects.bulk_update([task for task in ordered if task.pk], (*WRITTEN_FIELDS, "parent", "version"))


def hang(proposals: Sequence[Proposal], rows: Sequence[Task]) -> None:
    """Gives each item the one it stands under."""
    by_path = {task.path: task for task in rows}
    for proposal, task in zip(proposals, rows, strict=True):
        task.parent = by_path.get(proposal.parent_path or "")
    Task.objects.bulk_update(rows, ["parent"])


def write_addressees(rows: Sequence[tuple[Proposal, Task]]) -> None:
    Addressee.objects.filter(task__in=[task for _, task in rows]).delete()
    Addressee.objects.bulk_create(
        Addressee(
            task=task,
            role=one.role,
            kind=one.who.kind,
            level=one.who.level,
            unit_id=one.who.unit,
            raw=one.raw,
        )
        for proposal, task in rows
        for one in proposal.addressees
    )
