"""The outline of a draft as staff want it: items moved, joined, and split."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directives.actions.lessons import learn_items
from directives.actions.proposing import read_by_itself
from directives.actions.undoing import changing
from directives.dividing import parts_of, place_of
from directives.models import Addressee, AssigneeRole, Directive, Task
from directives.outlining import CannotMove, Node, branch_of, free, moved, renumbered
from directives.proposals import NOBODY_NAMED, SEVERAL_DEADLINES, Doubt, Proposal
from eduportal.base.errors import Refused
from eduportal.base.text import search_key
from schools.models import Posting

NO_PLACE = {
    "deeper": gettext_lazy("There is no item before it on its level, so it cannot go deeper."),
    "higher": gettext_lazy("It already stands on the highest level."),
    "earlier": gettext_lazy("It is already the first on its level."),
    "later": gettext_lazy("It is already the last on its level."),
}


def move_task(*, task: Task, version: int, move: str, by: Posting) -> None:
    """Move an item with all beneath it (outlining.MOVES). Raises Refused where there is no place for it."""
    directive = task.directive
    with changing(directive, "task.moved", by, task):
        task.claim(version)
        try:
            nodes = moved(nodes_of(directive), task.pk, move)
        except CannotMove as cannot:
            raise Refused(str(NO_PLACE[cannot.code])) from cannot
        store_outline(directive, nodes)
        task.refresh_from_db()
        task.read = task.read | {"made": "moved"}
        task.save(update_fields=["read"])
        learn_items(directive, [task])


def join_task(*, task: Task, version: int, by: Posting) -> Task:
    """Join an item with the one before it, which is given back: it says, concerns and spans both.

    What hung under the item then hangs under the other. Raises Refused where nothing stands before it, and
    where its form would be lost.
    """
    directive = task.directive
    with changing(directive, "task.joined", by, task):
        task.claim(version)
        before = directive.tasks.kept().filter(position__lt=task.position).order_by("-position").first()
        if before is None:
            raise Refused(_("There is no item before it to join it with."))
        if hasattr(task, "data_form"):
            raise Refused(_("This item asks for data. Take its form away first, then join it."))
        before.directive = directive
        join_people(before, task)
        join_words(before, task)
        before.version += task.version + 1
        before.save()
        hang_beneath(directive, task, before)
        task.delete()
        learn_items(directive, [before])
    return before


def join_words(before: Task, task: Task) -> None:
    """What both say, in the first of them. What was doubtful in either still is."""
    before.text = f"{before.text}\n{task.text}"
    before.search_key = search_key(before.text)
    before.is_tracked = before.is_tracked or task.is_tracked
    before.doubts = [doubt for one in (before, task) if not one.confirmed for doubt in one.doubts]
    days = {day for day in (before.deadline, task.deadline) if day}
    if len(days) > 1:
        printed = [raw for raw in (before.deadline_raw, task.deadline_raw) if raw]
        before.doubts.append(Doubt(SEVERAL_DEADLINES, "; ".join(printed)).as_dict())
    if days and min(days) != before.deadline:
        before.deadline, before.deadline_raw = min(days), task.deadline_raw
    before.product = before.product or task.product
    before.confirmed = before.confirmed and task.confirmed and not before.doubts
    if before.span_end is not None and task.span_start is not None and before.span_end <= task.span_start:
        before.span_end = task.span_end
    before.read = before.read | {"made": "joined", "joined": [*before.read.get("joined", []), task.read]}


def join_people(before: Task, task: Task) -> None:
    """Everybody whom either concerns; who leads one of them leads both."""
    there = {(one.kind, one.level, one.unit_id): one for one in before.addressees.all()}
    # Of what is no task, nobody was asked whom it concerns.
    if task.is_tracked and not before.is_tracked:
        before.addressees.all().delete()
        there = {}
    for one in task.addressees.all() if task.is_tracked else ():
        same = there.get((one.kind, one.level, one.unit_id))
        if same is None:
            Addressee.objects.filter(pk=one.pk).update(task=before)
        elif one.role == AssigneeRole.LEAD and same.role != AssigneeRole.LEAD:
            Addressee.objects.filter(pk=same.pk).update(role=AssigneeRole.LEAD)


def hang_beneath(directive: Directive, task: Task, before: Task) -> None:
    """What hung under an item, under another one, numbered anew; its place in the order stays."""
    nodes = nodes_of(directive)
    children = [node.key for node in nodes if node.parent == task.pk]
    nodes = [replace(node, parent=before.pk) if node.key in children else node for node in nodes]
    for key in children:
        nodes = renumbered(nodes, key)
    store_outline(directive, [node for node in nodes if node.key != task.pk])


def split_task(*, task: Task, version: int, begins: Sequence[int], by: Posting, today: dt.date) -> list[Task]:
    """Split an item before some of its sentences (dividing.sentences); gives all parts, the first in its row.

    Each part is read by itself: who must act and by when as it says, else as the whole item had it. Raises
    Refused when there is nothing to split.
    """
    directive = task.directive
    with changing(directive, "task.split", by, task):
        task.claim(version)
        parts = parts_of(task.text, begins)
        if len(parts) < 2:
            raise Refused(_("Choose at least one sentence that begins a new item."))
        whole = list(task.addressees.order_by("pk"))
        proposals = read_by_itself(directive, parts, today)
        own_deadlines = [proposal for proposal in proposals if proposal.deadline]
        inherited = None if own_deadlines else (task.deadline, task.deadline_raw)
        rows = [task, *new_rows(task, len(parts) - 1)]
        for row, words, span in zip(rows, parts, spans_of(task, parts), strict=True):
            row.text, row.search_key = words, search_key(words)
            row.span_start, row.span_end = span or (None, None)
        for row, proposal in zip(rows, proposals, strict=True):
            as_part(row, proposal, inherited, is_first=row is task)
            row.save()
            write_part_people(row, proposal, whole)
        learn_items(directive, [task])
    return rows


def new_rows(task: Task, amount: int) -> list[Task]:
    """Rows behind an item and all beneath it, on its level, with its number told apart."""
    directive = task.directive
    nodes = nodes_of(directive)
    taken = {node.path for node in nodes}
    last = branch_of(nodes, task.pk)[-1]
    place = directive.tasks.get(pk=last.key).position + 1
    directive.tasks.filter(position__gte=place).update(position=F("position") + amount)
    rows = []
    for number in range(amount):
        path = free(task.path, taken)
        taken.add(path)
        rows.append(
            Task(
                directive=directive,
                parent_id=task.parent_id,
                path=path,
                position=place + number,
                is_tracked=task.is_tracked,
                product=task.product,
            )
        )
    return rows


def spans_of(task: Task, parts: Sequence[str]) -> list[tuple[int, int] | None]:
    """Where each part stands in the document; the first keeps the item's beginning, the last its end."""
    if task.span_start is None or task.span_end is None:
        return [None] * len(parts)
    text, place, end = task.directive.text, task.span_start, task.span_end
    found: list[tuple[int, int] | None] = []
    for words in parts:
        span = place_of(words, text, place, end)
        found.append(span)
        place = span[1] if span else place
    first = found[0]
    if first is not None:
        found[0] = (task.span_start, first[1])
    return found


def as_part(
    row: Task, proposal: Proposal, inherited: tuple[dt.date | None, str] | None, *, is_first: bool
) -> None:
    """The deadline and the doubts of a part. The person who split it has not looked at those yet."""
    row.deadline, row.deadline_raw = inherited or (proposal.deadline, proposal.deadline_raw)
    row.doubts = [doubt.as_dict() for doubt in proposal.doubts if doubt.code != NOBODY_NAMED]
    row.confirmed = False
    row.read = (row.read if is_first else {}) | {"made": "split"}


def write_part_people(row: Task, proposal: Proposal, whole: Sequence[Addressee]) -> None:
    """Whom a part names, or whom the whole item concerned."""
    names_nobody = any(doubt.code == NOBODY_NAMED for doubt in proposal.doubts)
    row.addressees.all().delete()
    if names_nobody or not proposal.addressees:
        copies = [(one.role, one.kind, one.level, one.unit_id, one.raw) for one in whole]
    else:
        copies = [
            (one.role, one.who.kind, one.who.level, one.who.unit, one.raw) for one in proposal.addressees
        ]
    Addressee.objects.bulk_create(
        Addressee(task=row, role=role, kind=kind, level=level, unit_id=unit, raw=raw)
        for role, kind, level, unit, raw in copies
    )


def nodes_of(directive: Directive) -> list[Node]:
    rows = directive.tasks.order_by("position", "pk").values_list("pk", "parent", "path")
    return [Node(*row) for row in rows]


def store_outline(directive: Directive, nodes: Sequence[Node]) -> None:
    """Stores order, parents and numbers; what hangs or is called otherwise than before has a new version."""
    rows = directive.tasks.in_bulk([node.key for node in nodes])
    for position, node in enumerate(nodes):
        row = rows[node.key]
        if (row.parent_id, row.path) != (node.parent, node.path):
            row.version += 1
        row.position, row.parent_id, row.path = position, node.parent, node.path
    Task.objects.bulk_update(rows.values(), ["position", "parent", "path", "version"])
