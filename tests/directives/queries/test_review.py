"""How far the check of a document is."""

from directives.actions.tasks import confirm_task, remove_task
from directives.queries.readiness import tasks_version
from directives.queries.review import read_counts


def test_counts_of_a_document(letter):
    counts = read_counts(letter)
    assert (counts.tasks, counts.times, counts.targets, counts.doubts) == (5, 5, 1, 2)
    assert counts.first_doubt == letter.tasks.get(path="4").pk


def test_what_is_checked_sure_and_taken_out(letter, cast):
    confirm_task(task=letter.tasks.get(path="4"), version=1, by=cast.staff)
    remove_task(task=letter.tasks.get(path="1"), version=1, by=cast.staff)
    counts = read_counts(letter)
    assert (counts.tasks, counts.checked, counts.sure, counts.doubts) == (4, 1, 2, 1)
    assert counts.version == tasks_version(letter) == 7


def test_two_queries(letter, django_assert_num_queries):
    with django_assert_num_queries(2):
        read_counts(letter)
