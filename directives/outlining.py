"""Moving items in the outline of a document: deeper, higher, earlier, later, with all beneath them. Pure."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace

MOVES = ("deeper", "higher", "earlier", "later")


class CannotMove(Exception):
    """There is nothing there to move under, past, or out of. `code` is the move."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Node:
    """An item in its place: nodes stand in the document's order, each behind the one it hangs under."""

    key: int
    parent: int | None
    path: str


def moved(nodes: Sequence[Node], key: int, move: str) -> list[Node]:
    """All items after one of MOVES. What hangs under another item than before is numbered under that one.

    Raises CannotMove where there is no place for it.
    """
    steps: dict[str, Callable[[Sequence[Node], Node], list[Node]]] = {
        "deeper": _deeper,
        "higher": _higher,
        "earlier": _earlier,
        "later": _later,
    }
    node = next(node for node in nodes if node.key == key)
    after = steps[move](nodes, node)
    return renumbered(after, key) if move in ("deeper", "higher") else after


def branch_of(nodes: Sequence[Node], key: int) -> list[Node]:
    """An item and all beneath it, in order."""
    inside = {key}
    for node in nodes:
        if node.parent in inside:
            inside.add(node.key)
    return [node for node in nodes if node.key in inside]


def renumbered(nodes: Sequence[Node], key: int) -> list[Node]:
    """An item and what is beneath it with their printed numbers behind that of the item above.

    A number that another item bears is told apart by "~2".
    """
    branch = {node.key for node in branch_of(nodes, key)}
    paths: dict[int | None, str] = {None: ""} | {node.key: node.path for node in nodes}
    taken = {node.path for node in nodes if node.key not in branch}
    found = []
    for node in nodes:
        if node.key in branch:
            own = node.path.rpartition(".")[2].partition("~")[0]
            paths[node.key] = free(".".join(filter(None, (paths[node.parent], own))), taken)
            taken.add(paths[node.key])
        found.append(replace(node, path=paths[node.key]))
    return found


def free(path: str, taken: Container[str]) -> str:
    """The number, or the number with "~2", "~3" … where it is taken; no number stays none."""
    if not path or path not in taken:
        return path
    base = path.partition("~")[0]
    number = 2
    while f"{base}~{number}" in taken:
        number += 1
    return f"{base}~{number}"


def _siblings(nodes: Sequence[Node], node: Node) -> tuple[list[Node], int]:
    together = [one for one in nodes if one.parent == node.parent]
    return together, together.index(node)


def _hung(nodes: Sequence[Node], node: Node, parent: int | None) -> list[Node]:
    return [replace(one, parent=parent) if one.key == node.key else one for one in nodes]


def _deeper(nodes: Sequence[Node], node: Node) -> list[Node]:
    """Under the item before it on the same level."""
    together, place = _siblings(nodes, node)
    if place == 0:
        raise CannotMove("deeper")
    return _hung(nodes, node, together[place - 1].key)


def _higher(nodes: Sequence[Node], node: Node) -> list[Node]:
    """Behind the item it hangs under, on that one's level; what follows it there stays where it was."""
    if node.parent is None:
        raise CannotMove("higher")
    above = next(one for one in nodes if one.key == node.parent)
    own = {one.key for one in branch_of(nodes, node.key)}
    around = {one.key for one in branch_of(nodes, above.key)} - own
    branch = [one for one in _hung(nodes, node, above.parent) if one.key in own]
    rest = [one for one in nodes if one.key not in own]
    last = max(place for place, one in enumerate(rest) if one.key in around)
    return [*rest[: last + 1], *branch, *rest[last + 1 :]]


def _earlier(nodes: Sequence[Node], node: Node) -> list[Node]:
    """Before the item before it on the same level."""
    together, place = _siblings(nodes, node)
    if place == 0:
        raise CannotMove("earlier")
    return _swapped(nodes, together[place - 1], node)


def _later(nodes: Sequence[Node], node: Node) -> list[Node]:
    """Behind the item after it on the same level."""
    together, place = _siblings(nodes, node)
    if place + 1 == len(together):
        raise CannotMove("later")
    return _swapped(nodes, node, together[place + 1])


def _swapped(nodes: Sequence[Node], first: Node, second: Node) -> list[Node]:
    """Two branches that follow each other, the second one first."""
    front, back = branch_of(nodes, first.key), branch_of(nodes, second.key)
    start = nodes.index(front[0])
    end = start + len(front) + len(back)
    return [*nodes[:start], *back, *front, *nodes[end:]]
