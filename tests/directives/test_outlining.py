"""Moving items keeps every item, each behind the one it hangs under, and gives it a number of its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.outlining import MOVES, CannotMove, Node, branch_of, free, moved

OUTLINE = [
    Node(1, None, "I"),
    Node(2, 1, "I.1"),
    Node(3, 1, "I.2"),
    Node(4, 3, "I.2.a"),
    Node(5, None, "II"),
    Node(6, 5, "II.1"),
]


def shown(nodes: list[Node]) -> list[tuple[int, str]]:
    return [(node.key, node.path) for node in nodes]


@pytest.mark.parametrize(
    ("key", "move", "after"),
    [
        (3, "deeper", [(1, "I"), (2, "I.1"), (3, "I.1.2"), (4, "I.1.2.a"), (5, "II"), (6, "II.1")]),
        (2, "higher", [(1, "I"), (3, "I.2"), (4, "I.2.a"), (2, "1"), (5, "II"), (6, "II.1")]),
        (4, "higher", [(1, "I"), (2, "I.1"), (3, "I.2"), (4, "I.a"), (5, "II"), (6, "II.1")]),
        (3, "earlier", [(1, "I"), (3, "I.2"), (4, "I.2.a"), (2, "I.1"), (5, "II"), (6, "II.1")]),
        (1, "later", [(5, "II"), (6, "II.1"), (1, "I"), (2, "I.1"), (3, "I.2"), (4, "I.2.a")]),
    ],
)
def test_an_item_moves_with_all_beneath_it(key, move, after):
    assert shown(moved(OUTLINE, key, move)) == after


@pytest.mark.parametrize(
    ("key", "move"), [(1, "deeper"), (2, "deeper"), (5, "higher"), (1, "earlier"), (5, "later"), (6, "later")]
)
def test_where_there_is_no_place_it_is_said(key, move):
    with pytest.raises(CannotMove) as cannot:
        moved(OUTLINE, key, move)
    assert cannot.value.code == move


def test_a_number_that_is_taken_is_told_apart():
    nodes = [Node(1, None, "1"), Node(2, 1, "1.a"), Node(3, None, "2"), Node(4, 3, "2.a")]
    assert shown(moved(moved(nodes, 3, "deeper"), 4, "higher"))[-1] == (4, "1.a~2")


def test_numbers_that_are_free():
    assert [free(path, {"3", "3~2"}) for path in ("3", "3~2", "4", "")] == ["3~3", "3~3", "4", ""]


@st.composite
def outlines(draw) -> list[Node]:
    nodes: list[Node] = []
    for key in range(draw(st.integers(2, 9))):
        # Under the last item or one of those above it: so each stands behind the one it hangs under.
        open_ones = [None]
        while nodes and len(open_ones) < 5:
            above = nodes[-1].key if len(open_ones) == 1 else nodes[open_ones[-1]].parent
            if above is None:
                break
            open_ones.append(above)
        parent = draw(st.sampled_from(open_ones))
        path = f"{nodes[parent].path}.{key}" if parent is not None else str(key)
        nodes.append(Node(key, parent, path))
    return nodes


@given(outlines(), st.lists(st.tuples(st.integers(0, 8), st.sampled_from(MOVES)), max_size=12))
def test_after_any_moves_the_outline_is_whole(nodes, moves):
    for key, move in moves:
        try:
            after = moved(nodes, key % len(nodes), move)
        except CannotMove:
            continue
        assert sorted(node.key for node in after) == sorted(node.key for node in nodes)
        nodes = after
    places = {node.key: place for place, node in enumerate(nodes)}
    for node in nodes:
        branch = branch_of(nodes, node.key)
        first = places[node.key]
        assert [one.key for one in branch] == [one.key for one in nodes[first : first + len(branch)]]
    assert len({node.path for node in nodes}) == len(nodes)
