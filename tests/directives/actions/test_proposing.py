"""Reading again keeps what a person decided."""

import pytest

from directives.actions.drafting import revise_text
from directives.actions.tasks import Who, Work, add_task, confirm_task, remove_task, revise_task
from tests.conftest import TODAY
from tests.directives.samples import NOTICE_BODY

SECOND = "2. Trường MN Hoa Ban báo cáo kết quả nuôi dưỡng trẻ trước ngày 20/11/2026."


@pytest.fixture
def reread(notice, cast):
    def again(text: str) -> None:
        notice.refresh_from_db()
        revise_text(directive=notice, version=notice.version, text=text, by=cast.staff, today=TODAY)

    return again


def paths(directive) -> list[str]:
    return list(directive.tasks.order_by("position").values_list("path", flat=True))


def test_a_confirmed_task_keeps_its_decisions_when_it_moves(notice, cast, reread):
    task = notice.tasks.get(path="II.2")
    work = Work(text=task.text, deadline=TODAY, addressees=(Who("all_schools"),))
    revise_task(task=task, version=1, work=work, by=cast.staff)
    reread(NOTICE_BODY.replace(SECOND, "2. Các trường báo cáo sĩ số.\n3" + SECOND[1:]))
    task.refresh_from_db()
    assert (task.path, task.deadline, task.confirmed, task.doubts) == ("II.3", TODAY, True, [])
    assert [one.kind for one in task.addressees.all()] == ["all_schools"]
    notice.refresh_from_db()
    assert notice.text[task.span_start : task.span_end] == "3" + SECOND[1:]


def test_a_confirmed_task_whose_sentence_changed_is_to_be_looked_at(notice, cast, reread):
    task = notice.tasks.get(path="II.2")
    before = task.text
    confirm_task(task=task, version=1, by=cast.staff)
    reread(NOTICE_BODY.replace("kết quả nuôi dưỡng trẻ", "kết quả chăm sóc trẻ"))
    task.refresh_from_db()
    assert "chăm sóc" in task.text
    assert task.confirmed is False
    assert task.doubts == [{"code": "text_changed", "text": before}]
    reread(NOTICE_BODY)
    task.refresh_from_db()
    assert task.path == "II.2"


def test_a_confirmed_task_whose_sentence_is_gone_is_kept_and_marked(notice, cast, reread):
    task = notice.tasks.get(path="II.2")
    confirm_task(task=task, version=1, by=cast.staff)
    reread(NOTICE_BODY.replace(SECOND + "\n", "").replace("3. Các nhà", "2. Các nhà"))
    task.refresh_from_db()
    assert (task.span_start, task.confirmed, task.doubts) == (
        None,
        False,
        [{"code": "not_in_text", "text": ""}],
    )
    assert [text[:13] for text in notice.tasks.to_track().values_list("text", flat=True)] == [
        "Các trường ti",
        "Trường MN Hoa",
        "Các nhà trườn",
    ]


def test_a_task_taken_out_stays_out(notice, cast, reread):
    task = notice.tasks.get(path="II.3")
    remove_task(task=task, version=1, by=cast.staff)
    reread(NOTICE_BODY + "\n4. Các trường rà soát thư viện.")
    assert notice.tasks.get(path="II.3").is_removed
    assert notice.tasks.kept().filter(path="II.4").exists()


def test_a_task_added_by_hand_keeps_its_place(notice, cast, reread):
    after = notice.tasks.get(path="II.1")
    work = Work(text="Gửi kế hoạch về Sở.", addressees=(Who("all_schools"),))
    added = add_task(directive=notice, path="", after=after, work=work, by=cast.staff)
    reread(NOTICE_BODY + "\n4. Các trường rà soát thư viện.")
    added.refresh_from_db()
    assert added.text == "Gửi kế hoạch về Sở."
    assert paths(notice).index("") == paths(notice).index("II.1") + 1


def test_what_nobody_touched_is_read_anew(notice, reread):
    old = set(notice.tasks.values_list("pk", flat=True))
    reread("1. Các trường tiểu học báo cáo trước ngày 25/12/2026.")
    assert paths(notice) == ["1"]
    assert not old & set(notice.tasks.values_list("pk", flat=True))


def test_a_form_opened_before_notices(notice, cast, reread):
    task = notice.tasks.get(path="II.2")
    confirm_task(task=task, version=1, by=cast.staff)
    reread(NOTICE_BODY)
    task.refresh_from_db()
    assert task.version == 3
