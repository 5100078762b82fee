"""On which days a deadline is reminded of: over Tết, after days without power, never twice."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.schedule import (
    DAY,
    Plan,
    Said,
    day_before,
    due_stage,
    last_deadline,
    level_of,
    working_days,
)
from schools.periods import is_working_day

PLAN = Plan()
GIVEN = dt.date(2026, 1, 5)


def swept(deadline: dt.date, days, *, since: dt.date = GIVEN, plan: Plan = PLAN) -> list[Said]:
    """What was said, were the portal to look on each of these days, and nothing done meanwhile."""
    said: list[Said] = []
    for day in days:
        stage = due_stage(deadline, today=day, since=since, said=said, plan=plan)
        if stage is not None:
            said.append(Said(stage, day))
    return said


def every_day(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + DAY * number for number in range((last - first).days + 1)]


def told(said: list[Said]) -> list[tuple[int, str]]:
    return [(one.stage, f"{one.on:%d/%m}") for one in said]


def test_of_a_quiet_month():
    """5 December 2026 is a Saturday, on which schools work; the 6th a Sunday."""
    said = swept(dt.date(2026, 12, 5), every_day(dt.date(2026, 11, 16), dt.date(2026, 12, 18)))
    assert told(said) == [
        (-7, "27/11"), (-3, "02/12"), (-1, "04/12"), (0, "05/12"),
        (1, "07/12"), (2, "09/12"), (3, "11/12"), (4, "14/12"), (5, "16/12"), (6, "18/12"),
    ]  # fmt: skip


def test_over_tet():
    """Tết 2027 is free from 5 to 9 February and the 7th a Sunday; a deadline within it is told before it."""
    days = every_day(dt.date(2027, 1, 20), dt.date(2027, 2, 16))
    free = [day for day in every_day(dt.date(2027, 2, 4), dt.date(2027, 2, 11)) if not is_working_day(day)]
    before, after = day_before(dt.date(2027, 2, 7), 0), max(free) + DAY
    said = swept(dt.date(2027, 2, 7), days)
    assert {one.stage: one.on for one in said}[0] == before
    assert {one.stage: one.on for one in said}[1] == after
    assert not [one for one in said if one.on in free]


def test_what_the_portal_slept_through_is_said_once_when_it_wakes():
    days = [
        *every_day(dt.date(2026, 11, 16), dt.date(2026, 11, 25)),
        dt.date(2026, 12, 4),
        dt.date(2026, 12, 21),
    ]
    assert told(swept(dt.date(2026, 12, 5), days)) == [(-1, "04/12"), (1, "21/12")]


def test_work_given_late_is_not_reminded_of_on_the_same_day():
    since = dt.date(2026, 12, 3)
    said = swept(dt.date(2026, 12, 5), every_day(since, dt.date(2026, 12, 7)), since=since)
    assert told(said) == [(-1, "04/12"), (0, "05/12"), (1, "07/12")]


HOW_FAR = [(-7, 0), (0, 0), (1, 0), (3, 0), (4, 1), (6, 1), (7, 2), (9, 2)]


@pytest.mark.parametrize(("stage", "level"), HOW_FAR)
def test_how_far_up(stage, level):
    assert level_of(stage, PLAN) == level


def test_working_days_leave_out_sundays_and_holidays():
    assert working_days(dt.date(2026, 12, 4), dt.date(2026, 12, 7)) == 2
    assert working_days(dt.date(2026, 12, 31), dt.date(2027, 1, 2)) == 1
    assert working_days(dt.date(2026, 12, 5), dt.date(2026, 12, 5)) == 0


# --- whatever the calendar and the power supply do ----------------------------------------------------------

deadlines = st.dates(dt.date(2026, 1, 10), dt.date(2028, 12, 31))
plans = st.builds(
    Plan,
    before=st.lists(st.integers(0, 15), unique=True, max_size=5).map(tuple),
    every=st.integers(1, 6),
    patience=st.integers(1, 4),
)


@st.composite
def lives(draw):
    """A deadline, the day on which it was given, and the days around it on which the portal ran."""
    deadline = draw(deadlines)
    since = deadline - DAY * draw(st.integers(0, 30))
    days = [deadline + DAY * number for number in range(-35, 60)]
    ran = draw(st.lists(st.booleans(), min_size=len(days), max_size=len(days)))
    return deadline, since, [day for day, on in zip(days, ran, strict=True) if on]


@given(lives(), plans)
def test_nothing_is_said_twice_or_on_a_free_day_or_too_often(life, plan):
    deadline, since, days = life
    said = swept(deadline, days, since=since, plan=plan)
    stages = [one.stage for one in said]
    assert stages == sorted(set(stages))
    assert len({one.on for one in said}) == len(said)
    assert all(is_working_day(one.on) and one.on > since for one in said)
    assert all((one.stage <= 0) == (one.on <= deadline) for one in said)
    overdue = [one for one in said if one.stage > 0]
    assert [one.stage for one in overdue] == list(range(1, len(overdue) + 1))
    assert len(overdue) <= plan.most_overdue
    for first, second in pairwise(overdue):
        assert working_days(first.on, second.on) >= plan.every


@given(lives(), plans)
def test_looking_again_the_same_day_says_nothing_more(life, plan):
    deadline, since, days = life
    twice = [day for day in days for _ in range(3)]
    assert swept(deadline, twice, since=since, plan=plan) == swept(deadline, days, since=since, plan=plan)


@given(deadlines, plans)
def test_with_the_portal_always_up_each_stage_comes_on_its_day(deadline, plan):
    first = min([day_before(deadline, days) for days in plan.before], default=deadline) - DAY
    said = swept(deadline, every_day(first, deadline), since=first, plan=plan)
    wanted = {day_before(deadline, days): -days for days in sorted(plan.before, reverse=True)}
    assert {one.on: one.stage for one in said} == wanted


@given(lives(), plans)
def test_the_deadlines_that_are_looked_at_are_enough(life, plan):
    deadline, since, days = life
    for day in days:
        if due_stage(deadline, today=day, since=since, said=[], plan=plan) is not None:
            assert deadline <= last_deadline(day, plan)


@given(deadlines, plans, st.integers(0, 20))
def test_what_is_done_is_never_said(deadline, plan, at):
    """The sweep leaves out what is done; what it does not leave out is said after the last word only."""
    said = swept(deadline, every_day(deadline - DAY * 20, deadline + DAY * at), plan=plan)
    if said:
        again = due_stage(deadline, today=said[-1].on, since=GIVEN, said=said, plan=plan)
        assert again is None
