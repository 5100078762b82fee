"""The dated closure against a walk up the tree on every single day."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.closure import FOREVER, Ancestry, CycleFound, Link, closure, joined

FIRST = dt.date(2026, 1, 1)
DAYS = [FIRST + dt.timedelta(days=n) for n in range(14)]


def day(number):
    return FOREVER if number is None else FIRST + dt.timedelta(days=number)


@st.composite
def link_sets(draw):
    """Up to eight links among six units, some ending, some for ever; circles may be among them."""
    links = []
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, 11))
        end = draw(st.none() | st.integers(start + 1, 12))
        links.append(Link(draw(st.integers(1, 6)), draw(st.integers(1, 6)), day(start), day(end)))
    return links


def ways_up(unit, links, today, above=()):
    """Every (ancestor, depth) of a unit on one day, one link after the other; None when it is a circle."""
    found = set()
    for link in links:
        if link.child == unit and link.start <= today < link.end:
            if link.parent == unit or link.parent in above:
                return None
            higher = ways_up(link.parent, links, today, (*above, unit))
            if higher is None:
                return None
            found |= {(link.parent, 1)} | {(ancestor, depth + 1) for ancestor, depth in higher}
    return found


@given(link_sets())
def test_says_on_every_day_what_a_walk_up_the_tree_says(links):
    walked = {(unit, today): ways_up(unit, links, today) for unit in range(1, 7) for today in DAYS}
    if None in walked.values():
        with pytest.raises(CycleFound) as caught:
            closure(links)
        assert walked[caught.value.unit, caught.value.day] is None
        return
    rows = closure(links)
    for (unit, today), ways in walked.items():
        today_above = [row for row in rows if row.descendant == unit and row.start <= today < row.end]
        assert {(row.ancestor, row.depth) for row in today_above} == ways


@given(link_sets())
def test_spans_of_one_ancestry_neither_overlap_nor_adjoin(links):
    try:
        rows = sorted(closure(links))
    except CycleFound:
        return
    for one, other in itertools.pairwise(rows):
        if (one.ancestor, one.descendant, one.depth) == (other.ancestor, other.descendant, other.depth):
            assert one.end < other.start


def test_a_school_that_moved_stands_under_each_commune_in_its_time():
    department, cloud, tea, school = 1, 2, 3, 4
    links = [
        Link(cloud, department, day(0)),
        Link(tea, department, day(0)),
        Link(school, cloud, day(0), day(5)),
        Link(school, tea, day(5)),
    ]
    assert {row for row in closure(links) if row.descendant == school} == {
        Ancestry(cloud, school, 1, day(0), day(5)),
        Ancestry(tea, school, 1, day(5), FOREVER),
        Ancestry(department, school, 2, day(0), FOREVER),
    }


def test_a_gap_between_two_links_is_a_gap_in_the_closure():
    links = [Link(2, 1, day(0), day(3)), Link(2, 1, day(5), day(8))]
    assert closure(links) == {Ancestry(1, 2, 1, day(0), day(3)), Ancestry(1, 2, 1, day(5), day(8))}


@pytest.mark.parametrize(
    "links",
    [
        [Link(1, 1, day(0))],
        [Link(1, 2, day(0)), Link(2, 1, day(0))],
        [Link(1, 2, day(0)), Link(2, 3, day(0)), Link(3, 1, day(4))],
        [Link(4, 3, day(0)), Link(3, 2, day(0)), Link(2, 3, day(0))],
    ],
)
def test_a_circle_is_refused_with_its_unit_and_day(links):
    with pytest.raises(CycleFound, match=r"unit \d would stand under itself from 2026-01-0\d on"):
        closure(links)


def test_links_that_follow_each_other_in_time_make_no_circle():
    assert closure([Link(1, 2, day(0), day(5)), Link(2, 1, day(5))]) == {
        Ancestry(2, 1, 1, day(0), day(5)),
        Ancestry(1, 2, 1, day(5), FOREVER),
    }


@pytest.mark.parametrize(
    ("spans", "made_one"),
    [
        ([], []),
        ([(3, 5), (0, 3)], [(0, 5)]),
        ([(0, 4), (2, 6)], [(0, 6)]),
        ([(0, 9), (2, 3)], [(0, 9)]),
        ([(0, 2), (3, 4)], [(0, 2), (3, 4)]),
    ],
)
def test_joined(spans, made_one):
    assert joined([(day(a), day(b)) for a, b in spans]) == [(day(a), day(b)) for a, b in made_one]
