"""The one rule of standing, said as a function and to the database."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directives.models import Assignment
from directives.queries import standing_counts
from directives.standing import COUNTED, Standing, is_due_soon, shown_standing, standing_of
from tests.factories import DirectiveFactory, TaskFactory

TODAY = dt.date(2026, 11, 22)
DAY = dt.timedelta(days=1)
near_days = st.integers(-3, 3).map(lambda days: TODAY + days * DAY)
states = st.sampled_from(["open", "done", "paused", "cancelled", "refused"])


@st.composite
def assignments(draw) -> dict:
    state = draw(states)
    return {
        "state": state,
        "deadline": draw(st.none() | near_days),
        "reported_done_on": draw(near_days) if state == "done" else None,
    }


@pytest.mark.parametrize(
    ("state", "deadline", "reported", "standing"),
    [
        ("open", TODAY, None, Standing.RUNNING),
        ("open", TODAY - DAY, None, Standing.OVERDUE),
        ("open", None, None, Standing.NO_DEADLINE),
        ("done", TODAY - DAY, TODAY - DAY, Standing.DONE_ON_TIME),
        ("done", TODAY - DAY, TODAY, Standing.DONE_LATE),
        ("done", None, TODAY, Standing.DONE_ON_TIME),
        ("paused", TODAY - DAY, None, Standing.PAUSED),
        ("cancelled", TODAY - DAY, None, Standing.CANCELLED),
        ("refused", None, None, Standing.REFUSED),
    ],
)
def test_standing_of(state, deadline, reported, standing):
    assert standing_of(state=state, deadline=deadline, reported_done_on=reported, today=TODAY) == standing


def test_work_sent_back_runs_again_from_the_same_deadline():
    late = {"state": "open", "deadline": TODAY - DAY, "reported_done_on": None, "today": TODAY}
    assert standing_of(**late) == Standing.OVERDUE


def test_due_soon_is_a_part_of_running():
    assert is_due_soon(Standing.RUNNING, TODAY + 3 * DAY, TODAY, 3)
    assert not is_due_soon(Standing.RUNNING, TODAY + 4 * DAY, TODAY, 3)
    assert not is_due_soon(Standing.OVERDUE, TODAY - DAY, TODAY, 3)
    assert not is_due_soon(Standing.NO_DEADLINE, None, TODAY, 3)


@pytest.mark.django_db
@given(st.lists(assignments(), min_size=1, max_size=12))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_database_and_function_agree(province, rows):
    Assignment.objects.all().delete()
    directive = DirectiveFactory(office=province.department)
    stored = [
        Assignment(task=TaskFactory(directive=directive), unit=province.cloud_primary, **row) for row in rows
    ]
    Assignment.objects.bulk_create(stored)
    by_function = [standing_of(today=TODAY, **row) for row in rows]
    found = {one.pk: one.standing for one in Assignment.objects.with_standing(TODAY)}
    assert [found[one.pk] for one in stored] == [standing.value for standing in by_function]
    counts = standing_counts(Assignment.objects.all(), TODAY)
    assert counts == {standing.value: by_function.count(standing) for standing in Standing}
    outside = sum(counts[standing] for standing in set(Standing) - set(COUNTED))
    assert sum(counts[standing] for standing in COUNTED) + outside == len(rows)
    seen = [
        shown_standing(standing, row["deadline"], TODAY, 1)
        for standing, row in zip(by_function, rows, strict=True)
    ]
    shown = {one.pk: one.shown for one in Assignment.objects.with_shown(TODAY, 1)}
    assert [shown[one.pk] for one in stored] == seen
