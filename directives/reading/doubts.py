"""What a person must settle before a task can be issued."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .model import Assignee, Deadline
from .names import UnreadName
from .outline import Node


def doubts(
    nodes: Sequence[Node],
    tasks: set[str],
    deadlines: Iterable[Deadline],
    assignments: Sequence[Assignee],
    unread_names: Iterable[UnreadName],
) -> dict[str, tuple[str, ...]]:
    """The codes of what is doubtful, by the path of a task."""
    times: dict[str, list[Deadline]] = {}
    for deadline in deadlines:
        times.setdefault(deadline.path, []).append(deadline)
    leads = {assignee.path for assignee in assignments if assignee.role in ("lead", "do")}
    led = {node.path for node in nodes if any(above.path in leads for above in branch(node))}
    asked = _asked_about(nodes, tasks, led, assignments, unread_names)
    return {
        path: tuple(
            code
            for code, holds in (
                ("no_assignee", path not in led),
                ("unread_name", path in asked),
                ("several_deadlines", len({d.end for d in own if d.role == "deadline"}) > 1),
                ("vague_deadline", any(d.end is None for d in own if d.role in ("deadline", "schedule"))),
            )
            if holds
        )
        for path in tasks
        for own in (times.get(path, []),)
    }


def branch(node: Node) -> list[Node]:
    """An item and what it stands under, nearest first."""
    found = [node]
    while (above := found[-1].parent) is not None:
        found.append(above)
    return found


def _asked_about(
    nodes: Sequence[Node],
    tasks: set[str],
    led: set[str],
    assignments: Iterable[Assignee],
    unread_names: Iterable[UnreadName],
) -> set[str]:
    """The tasks that name somebody who would be passed over: in their own words or in their details.

    Where somebody is told to act, other names are mostly mentioned only.
    """
    task_of = {
        node.path: next((above.path for above in branch(node) if above.path in tasks), None) for node in nodes
    }
    asked = set()
    for unread in unread_names:
        task = task_of.get(unread.path)
        if task and (unread.must_ask or task not in led):
            asked.add(task)
    for assignee in assignments:
        task = task_of.get(assignee.path)
        if task and task != assignee.path and assignee.kind == "named" and task not in led:
            asked.add(task)
    return asked
