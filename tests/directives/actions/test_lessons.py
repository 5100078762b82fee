"""What is kept of corrections."""

import datetime as dt

import pytest

from directives.actions.drafting import revise_header
from directives.actions.issuing import issue_directive
from directives.actions.lessons import learn_items
from directives.actions.tasks import Who, Work, add_task, remove_task, revise_task
from directives.actions.undoing import undo_step
from directives.models import Lesson
from directives.queries.review import last_step_of
from tests.conftest import TODAY


def wrong(directive) -> list[tuple]:
    rows = Lesson.objects.filter(directive=directive, is_right=False)
    return list(rows.values_list("kind", "rule", "read", "corrected"))


@pytest.fixture
def corrected(letter, province, cast):
    """The second task, with another day and a school added."""
    task = letter.tasks.get(path="2")
    addressees = (Who("level", level="lower_secondary"), Who("unit", unit=province.high_school))
    work = Work(task.text, deadline=dt.date(2026, 12, 21), addressees=addressees)
    revise_task(task=task, version=1, work=work, by=cast.staff)
    return task


def test_a_corrected_item_is_learnt_from_at_once(letter, corrected):
    assert wrong(letter) == [
        ("deadline", corrected.read["deadline_rule"], "2026-12-20", "2026-12-21"),
        (
            "lead",
            corrected.read["who"][0]["rule"],
            "level:lower_secondary",
            "THPT Ngọc Sơn; level:lower_secondary",
        ),
    ]
    span = Lesson.objects.get(kind="deadline")
    assert letter.text[span.span_start : span.span_end] == "chậm nhất ngày 20/12/2026"


def test_what_is_taken_back_is_not_learnt(letter, cast, corrected):
    undo_step(step=last_step_of(letter, cast.staff), by=cast.staff)
    assert Lesson.objects.count() == 0


def test_issuing_confirms_everything_that_was_left(letter, cast, corrected):
    remove_task(task=letter.tasks.get(path="4"), version=1, by=cast.staff)
    add_task(directive=letter, path="6", after=None, work=Work("Gửi.", addressees=(Who(),)), by=cast.staff)
    revise_header(directive=letter, version=1, values={"place": "Bến Lau"}, by=cast.staff)
    issue_directive(directive=letter, version=letter.version, by=cast.staff, today=TODAY)
    assert [one[0] for one in wrong(letter)] == [
        "deadline", "lead", "item", "item", "head",
    ]  # fmt: skip
    right = Lesson.objects.filter(is_right=True)
    assert right.filter(kind="deadline").count() == 3
    assert right.filter(kind="work").count() == 4
    assert right.filter(kind="head").count() == 9


def test_of_a_document_written_here_the_head_is_not_judged(issued_notice):
    assert set(Lesson.objects.values_list("kind", flat=True)) == {"item", "work", "deadline", "lead"}


@pytest.mark.parametrize("paths", [["3"], ["2", "3", "4"]])
def test_as_many_queries_for_one_item_as_for_three(letter, cast, paths, django_assert_num_queries):
    with django_assert_num_queries(6):
        learn_items(letter, letter.tasks.filter(path__in=paths))
