"""A notice that quotes what units are at work on does not give them the same work again."""

import datetime as dt
from dataclasses import replace

import pytest

from directives.models import Assignment, Task
from directives.proposals import (
    ALREADY_TRACKED,
    Doubt,
    Proposal,
    TrackedTask,
    repeated_task,
    unless_tracked,
)
from directives.queries import tracked_tasks
from directives.wording import explain_doubt
from reports.actions.briefing import build_briefing
from reports.actions.meeting import draft_notice, hold_meeting
from reports.figures import DueTask
from reports.wording import excerpt
from reports.wording.tasks import overdue_tasks
from schools.periods import Named
from tests.factories import DirectiveFactory, TaskFactory
from tests.reports.months import BRIEFING_DAY, BRIEFING_TIME, assign, october_and_november

TASK = TrackedTask("07/TB-SGDĐT", "II.3", "Rà soát cơ sở vật chất, báo cáo kết quả.")
QUOTE = "Trường Tiểu học Suối Mây hoàn thành nhiệm vụ theo văn bản số 07/TB-SGDĐT ngày 05/02/2026: “{}”."


@pytest.mark.parametrize(
    "words",
    [
        "Rà soát cơ sở vật chất, báo cáo kết quả",
        "RÀ SOÁT cơ sở vật chất, báo cáo kết quả.",
        "Rà soát cơ sở vật chất…",
    ],
)
def test_a_quotation_is_known_whole_or_by_its_beginning(words):
    assert repeated_task(QUOTE.format(words), [TASK]) == TASK


def test_long_tasks_are_known_by_the_excerpt_that_briefings_write():
    long = replace(TASK, text="Các trường rà soát cơ sở vật chất và thiết bị dạy học. " * 20)
    assert repeated_task(QUOTE.format(excerpt(long.text)), [long]) == long


@pytest.mark.parametrize(
    "text",
    [
        "Rà soát cơ sở vật chất, báo cáo kết quả.",  # no document, no quotation
        QUOTE.format("Rà soát cơ"),  # too few words to tell
        QUOTE.format("Kiểm tra bếp ăn bán trú của các trường"),
        QUOTE.format("Rà soát cơ sở vật chất, báo cáo kết quả").replace("07/TB", "08/TB"),
    ],
)
def test_what_only_looks_alike_is_new_work(text):
    assert repeated_task(text, [TASK]) is None


def proposal(text: str) -> Proposal:
    return Proposal("II.1", None, text, (0, len(text)), is_tracked=True, doubts=(Doubt("vague_deadline"),))


def test_of_anothers_words_a_person_is_told():
    text = QUOTE.format("Rà soát cơ sở vật chất")
    found = unless_tracked(proposal(text), [TASK])
    assert (found.is_tracked, found.doubts) == (False, (Doubt(ALREADY_TRACKED, "07/TB-SGDĐT, II.3"),))
    assert "nhắc lại 07/TB-SGDĐT, II.3" in explain_doubt(**found.doubts[0].as_dict())


def due(number: str) -> DueTask:
    return DueTask(1, TASK.text, number, dt.date(2026, 2, 5), dt.date(2026, 3, 1), True, ("Trường A",))


@pytest.mark.parametrize("count", [1, 6])
def test_the_briefings_own_reminders_are_sure(count):
    (text,) = overdue_tasks([due(TASK.number)] * count, Named("month", 2026, 12))
    found = unless_tracked(proposal(text), [TASK])
    assert (found.is_tracked, found.doubts) == (False, ())


def test_a_reminder_of_a_document_that_is_not_tracked_here_is_work():
    (text,) = overdue_tasks([due(TASK.number)] * 5 + [due("08/TB-SGDĐT")], Named("month", 2026, 12))
    assert unless_tracked(proposal(text), [TASK]) == proposal(text)


def test_only_issued_documents_of_the_same_office_count(province, cast):
    common = {"created_by": cast.staff.user, "number": "07", "symbol": "TB-SGDĐT"}
    draft = DirectiveFactory(office=province.department, **common)
    foreign = DirectiveFactory(issued=True, office=province.foreign_department, **common)
    ours = DirectiveFactory(issued=True, office=province.department, **common)
    for one in (draft, foreign, ours):
        TaskFactory(directive=one)
    TaskFactory(directive=ours, is_tracked=False)
    new = DirectiveFactory(office=province.department, created_by=cast.staff.user)
    found = tracked_tasks(new, {"07/TB-SGDĐT"})
    assert [(one.number, one.text) for one in found] == [
        ("07/TB-SGDĐT", "Rà soát cơ sở vật chất, báo cáo kết quả.")
    ]


def test_the_notice_of_a_meeting_does_not_assign_the_briefings_open_work_again(province, cast, time_machine):
    time_machine.move_to(BRIEFING_TIME, tick=False)
    _, november = october_and_november(province, cast, missing=[province.high_school])
    schools = (province.cloud_primary, province.tea_combined)
    (overdue, _) = assign(province, cast, *schools, deadline=dt.date(2026, 12, 1))
    briefing = build_briefing(
        office=province.department, period=november, by=None, today=BRIEFING_DAY, now=BRIEFING_TIME
    )
    meeting = hold_meeting(
        briefing=briefing, title="Giao ban", held_at=BRIEFING_TIME, place="Sở", chair="Lan", by=cast.staff
    )
    notice = draft_notice(meeting=meeting, by=cast.staff, today=BRIEFING_DAY)
    quoting = notice.tasks.get(text__contains="khẩn trương hoàn thành")
    number = overdue.task.directive.full_number
    assert (quoting.is_tracked, quoting.doubts) == (False, [])  # the portal's own words are sure
    assert f"văn bản số {number}" in quoting.text
    assert quoting.addressees.count() > 0  # still there, should staff track it after all
    tracked = Task.objects.to_track().filter(directive=notice)
    assert [one.text for one in tracked if "văn bản số" in one.text] == []
    assert tracked.filter(text__contains="gửi báo cáo tháng").count() == 2
    assert Assignment.objects.count() == 2
