"""Moving, joining and splitting items, and taking each of these back."""

import datetime as dt

import pytest

from directives.actions.dataforms import Asked, shape_form
from directives.actions.drafting import draft_directive
from directives.actions.issuing import issue_directive
from directives.actions.outline import join_task, move_task, split_task
from directives.actions.tasks import Who, Work, add_task, confirm_sure, confirm_task, remove_task, revise_task
from directives.actions.undoing import items_of, undo_step
from directives.models import Lesson, ReviewStep, Task
from directives.queries.readiness import tasks_version
from directives.queries.review import last_step_of
from eduportal.base.errors import EditConflict, Refused
from tests.conftest import TODAY


def paths(directive) -> list[str]:
    return list(directive.tasks.order_by("position").values_list("path", flat=True))


def people(task) -> list[tuple]:
    return sorted(task.addressees.values_list("role", "kind", "level", "unit"), key=str)


@pytest.fixture
def undo(letter, cast):
    def back() -> None:
        undo_step(step=last_step_of(letter, cast.staff), by=cast.staff)

    return back


def test_an_item_goes_deeper_and_back(letter, cast, undo):
    before = items_of(letter)
    move_task(task=letter.tasks.get(path="3"), version=1, move="deeper", by=cast.staff)
    assert paths(letter) == ["1", "2", "2.3", "4", "5"]
    assert letter.tasks.get(path="2.3").parent == letter.tasks.get(path="2")
    undo()
    assert items_of(letter) == before


def test_an_item_goes_later(letter, cast):
    move_task(task=letter.tasks.get(path="1"), version=1, move="later", by=cast.staff)
    assert paths(letter) == ["2", "1", "3", "4", "5"]
    assert letter.tasks.get(path="2").version == 1


def test_where_there_is_no_place_nothing_is_changed(letter, cast):
    with pytest.raises(Refused):
        move_task(task=letter.tasks.get(path="1"), version=1, move="deeper", by=cast.staff)
    assert (tasks_version(letter), ReviewStep.objects.count()) == (5, 0)


def test_the_second_to_move_is_told(letter, cast):
    confirm_task(task=letter.tasks.get(path="2"), version=1, by=cast.division_staff)
    with pytest.raises(EditConflict):
        move_task(task=letter.tasks.get(path="2"), version=1, move="later", by=cast.staff)
    assert paths(letter) == ["1", "2", "3", "4", "5"]


def test_joined_items_say_and_concern_both(letter, province, cast, undo):
    before = items_of(letter)
    second, third = letter.tasks.get(path="2"), letter.tasks.get(path="3")
    span = (second.span_start, third.span_end)
    joined = join_task(task=third, version=1, by=cast.staff)
    assert paths(letter) == ["1", "2", "4", "5"]
    joined.refresh_from_db()
    assert joined.text.splitlines()[1].startswith("Giao trường TH Suối Mây")
    assert (joined.span_start, joined.span_end, joined.deadline) == (*span, dt.date(2026, 12, 20))
    assert people(joined) == [
        ("lead", "level", "lower_secondary", None),
        ("lead", "unit", "", province.orchid_preschool.pk),
        ("lead", "unit", "", province.cloud_primary.pk),
    ]
    assert [doubt["code"] for doubt in joined.doubts] == ["several_deadlines"]
    undo()
    assert items_of(letter) == before


def test_what_hung_under_an_item_hangs_under_the_one_it_is_joined_with(notice, cast):
    assert join_task(task=notice.tasks.get(path="II"), version=1, by=cast.staff).path == "I"
    assert paths(notice) == ["I", "I.1", "I.2", "I.3"]


def test_work_joined_with_a_heading_keeps_whom_it_concerns(notice, province, cast):
    joined = join_task(task=notice.tasks.get(path="II.1"), version=1, by=cast.staff)
    assert (joined.path, joined.is_tracked) == ("II", True)
    assert people(joined) == [("lead", "level", "primary", None)]


def test_the_first_item_has_none_to_be_joined_with(letter, cast):
    with pytest.raises(Refused):
        join_task(task=letter.tasks.get(path="1"), version=1, by=cast.staff)


def test_an_item_with_a_form_is_not_joined(letter, cast):
    task = letter.tasks.get(path="3")
    shape_form(task=task, version=0, asked=[Asked("Số lớp", "whole")], by=cast.staff)
    with pytest.raises(Refused):
        join_task(task=letter.tasks.get(path="3"), version=task.version, by=cast.staff)
    assert Task.objects.filter(pk=task.pk).exists()


def test_each_part_of_a_split_item_is_read_by_itself(letter, cast, undo):
    before = items_of(letter)
    task = letter.tasks.get(path="3")
    first, second = split_task(task=task, version=1, begins=[1], by=cast.staff, today=TODAY)
    assert paths(letter) == ["1", "2", "3", "3~2", "4", "5"]
    assert first.text.endswith("trong tháng 12/2026.")
    assert letter.text[first.span_start : first.span_end].startswith("3. Giao trường")
    assert letter.text[second.span_start : second.span_end] == "Phấn đấu 98% học sinh tham gia."
    assert (first.deadline, second.deadline) == (dt.date(2026, 12, 31), None)
    # The second sentence names nobody: it concerns those whom the item concerned.
    assert people(first) == people(second)
    undo()
    assert items_of(letter) == before


def test_a_deadline_that_no_part_names_is_that_of_all(notice, cast):
    task = notice.tasks.get(path="II.3")
    revise_task(
        task=task,
        version=1,
        work=Work("Tổ chức tuần lễ đọc sách. Gửi ảnh.", deadline=TODAY, addressees=(Who(),)),
        by=cast.staff,
    )
    parts = split_task(task=task, version=2, begins=[1], by=cast.staff, today=TODAY)
    assert [(part.text, part.deadline) for part in parts] == [
        ("Tổ chức tuần lễ đọc sách.", TODAY),
        ("Gửi ảnh.", TODAY),
    ]


def test_without_a_place_to_split_nothing_is_done(letter, cast):
    with pytest.raises(Refused):
        split_task(task=letter.tasks.get(path="1"), version=1, begins=[], by=cast.staff, today=TODAY)
    assert ReviewStep.objects.count() == 0


def test_all_that_is_sure_is_accepted_at_once(letter, cast, undo):
    assert confirm_sure(directive=letter, version=5, by=cast.staff) == 3
    assert set(letter.tasks.filter(confirmed=True).values_list("path", flat=True)) == {"1", "2", "3"}
    undo()
    assert not letter.tasks.filter(confirmed=True).exists()


def test_nothing_is_accepted_that_was_changed_since(letter, cast):
    confirm_task(task=letter.tasks.get(path="1"), version=1, by=cast.division_staff)
    with pytest.raises(EditConflict):
        confirm_sure(directive=letter, version=5, by=cast.staff)
    assert letter.tasks.filter(confirmed=True).count() == 1


def test_steps_are_taken_back_one_after_the_other(letter, cast, undo):
    before = items_of(letter)
    task = letter.tasks.get(path="2")
    revise_task(task=task, version=1, work=Work("Một.", is_tracked=False), by=cast.staff)
    split_task(task=letter.tasks.get(path="3"), version=1, begins=[1], by=cast.staff, today=TODAY)
    remove_task(task=letter.tasks.get(path="3"), version=2, by=cast.staff)
    add_task(directive=letter, path="6", after=None, work=Work("Hai.", addressees=(Who(),)), by=cast.staff)
    versions = [tasks_version(letter)]
    for _ in range(4):
        undo()
        versions.append(tasks_version(letter))
    assert items_of(letter) == before
    assert versions == sorted(set(versions))
    assert last_step_of(letter, cast.staff) is None


def test_taking_back_the_only_item_is_a_change_of_the_document(province, cast):
    empty = draft_directive(office=province.department, text="Không có mục nào.", by=cast.staff, today=TODAY)
    add_task(directive=empty, path="", after=None, work=Work("Một.", addressees=(Who(),)), by=cast.staff)
    undo_step(step=last_step_of(empty, cast.staff), by=cast.staff)
    empty.refresh_from_db()
    assert (empty.tasks.count(), empty.version) == (0, 2)


def test_nobody_takes_back_what_somebody_built_on(letter, cast, undo):
    revise_task(
        task=letter.tasks.get(path="2"), version=1, work=Work("Một.", is_tracked=False), by=cast.staff
    )
    confirm = letter.tasks.get(path="2")
    revise_task(task=confirm, version=2, work=Work("Hai.", is_tracked=False), by=cast.division_staff)
    with pytest.raises(Refused):
        undo()
    assert letter.tasks.get(path="2").text == "Hai."


def test_an_item_that_got_a_form_is_not_taken_back(letter, cast, undo):
    added = add_task(
        directive=letter, path="6", after=None, work=Work("Hai.", addressees=(Who(),)), by=cast.staff
    )
    shape_form(task=added, version=0, asked=[Asked("Số lớp", "whole")], by=cast.staff)
    with pytest.raises(Refused):
        undo()
    assert Task.objects.filter(pk=added.pk).exists()


def test_everybody_takes_back_their_own(letter, cast):
    confirm_task(task=letter.tasks.get(path="2"), version=1, by=cast.division_staff)
    assert last_step_of(letter, cast.staff) is None


def test_an_issued_document_takes_nothing_back(letter, cast):
    confirm_task(task=letter.tasks.get(path="2"), version=1, by=cast.staff)
    issue_directive(directive=letter, version=1, by=cast.staff, today=TODAY)
    assert ReviewStep.objects.count() == 0


def test_a_split_is_learnt_from(letter, cast):
    split_task(task=letter.tasks.get(path="3"), version=1, begins=[1], by=cast.staff, today=TODAY)
    wrong = Lesson.objects.filter(is_right=False).values_list("kind", "rule")
    assert list(wrong) == [("item", "arabic")]
