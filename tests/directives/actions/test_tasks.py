"""The list of tasks of a draft."""

import datetime as dt

import pytest

from directives.actions.tasks import Who, Work, add_task, confirm_task, remove_task, restore_task, revise_task
from directives.models import Task
from eduportal.base.errors import EditConflict, Refused
from trail.models import AuditEvent


def test_a_task_is_corrected(letter, province, cast):
    task = letter.tasks.get(path="4")
    work = Work(
        text="  Trường báo cáo kinh nghiệm.  ",
        deadline=dt.date(2026, 12, 25),
        addressees=(Who("unit", unit=province.high_school), Who("level", "support", level="primary")),
    )
    revise_task(task=task, version=1, work=work, by=cast.staff)
    task = Task.objects.get(pk=task.pk)
    assert (task.text, task.deadline) == ("Trường báo cáo kinh nghiệm.", dt.date(2026, 12, 25))
    assert (task.confirmed, task.version, task.search_key) == (True, 2, "truong bao cao kinh nghiem.")
    assert [(one.role, one.kind, one.level, one.unit_id) for one in task.addressees.order_by("pk")] == [
        ("lead", "unit", "", province.high_school.pk),
        ("support", "level", "primary", None),
    ]


def test_what_the_document_calls_an_addressee_stays_with_it(letter, cast):
    task = letter.tasks.get(path="2")
    work = Work(
        text=task.text, addressees=(Who("level", level="lower_secondary"), Who("all_schools", "support"))
    )
    revise_task(task=task, version=1, work=work, by=cast.staff)
    assert list(task.addressees.order_by("pk").values_list("raw", flat=True)) == ["Các trường THCS", ""]


def test_the_second_to_save_is_told_and_stores_nothing(letter, cast):
    task, stale = (letter.tasks.get(path="1") for _ in range(2))
    revise_task(task=task, version=1, work=Work(text="Một", is_tracked=False), by=cast.staff)
    with pytest.raises(EditConflict) as conflict:
        revise_task(task=stale, version=1, work=Work(text="Hai"), by=cast.staff)
    assert conflict.value.current.text == "Một"
    assert letter.tasks.get(path="1").text == "Một"


def test_two_people_may_correct_two_tasks_at_once(letter, cast):
    first, second = letter.tasks.get(path="1"), letter.tasks.get(path="2")
    revise_task(task=first, version=1, work=Work(text="Một"), by=cast.staff)
    revise_task(task=second, version=1, work=Work(text="Hai"), by=cast.division_staff)
    assert list(letter.tasks.values_list("text", flat=True))[:2] == ["Một", "Hai"]


def test_confirming_settles_the_doubts(letter, cast):
    task = letter.tasks.get(path="4")
    confirm_task(task=task, version=1, by=cast.staff)
    task.refresh_from_db()
    assert task.confirmed


def test_taking_out_is_undone(letter, cast):
    task = letter.tasks.get(path="1")
    remove_task(task=task, version=1, by=cast.staff)
    assert not letter.tasks.kept().filter(path="1").exists()
    restore_task(task=task, version=2, by=cast.staff)
    assert letter.tasks.kept().filter(path="1").exists()
    assert letter.tasks.get(path="1").addressees.count() == 4


def test_a_task_is_added_behind_another(letter, cast):
    after = letter.tasks.get(path="2")
    work = Work(text="Gửi kết quả khảo sát.", addressees=(Who("all_schools"),))
    add_task(directive=letter, path="2a", after=after, work=work, by=cast.staff)
    assert list(letter.tasks.order_by("position").values_list("path", flat=True)) == [
        "1", "2", "2a", "3", "4", "5",
    ]  # fmt: skip


def test_a_task_is_added_at_the_end(letter, cast):
    added = add_task(directive=letter, path="", after=None, work=Work(text="Việc khác."), by=cast.staff)
    assert letter.tasks.order_by("position").last() == added
    assert (added.confirmed, added.span_start) == (True, None)


@pytest.mark.parametrize("action", [confirm_task, remove_task, restore_task])
def test_tasks_of_an_issued_document_stay(issued_letter, cast, action):
    task = issued_letter.tasks.get(path="1")
    with pytest.raises(Refused):
        action(task=task, version=task.version, by=cast.staff)
    assert issued_letter.tasks.get(path="1").version == 1


def test_each_change_is_in_the_history_of_the_document(letter, cast):
    confirm_task(task=letter.tasks.get(path="1"), version=1, by=cast.staff)
    event = AuditEvent.objects.about(letter).first()
    assert (event.verb, event.data["item"][:14]) == ("task.confirmed", "1. Rà soát cơ ")
