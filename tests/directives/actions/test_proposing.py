"""Reading again keeps what a person decided."""

import datetime as dt
import threading
import time
from decimal import Decimal
from functools import partial

import pytest
from django.db import connection

from directives.actions import proposing
from directives.actions.drafting import draft_directive, revise_text
from directives.actions.outline import move_task, split_task
from directives.actions.proposing import storable, write_proposals
from directives.actions.tasks import Who, Work, add_task, confirm_task, remove_task, revise_task
from directives.models import ReadTarget, Task
from eduportal.base.errors import EditConflict
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


def test_what_nobody_touched_is_renewed_in_its_row(notice, reread):
    task = notice.tasks.get(path="II.2")
    reread(
        NOTICE_BODY.replace("trước ngày 20/11/2026", "trước ngày 28/11/2026").replace(
            "MN Hoa Ban", "TH Suối Mây"
        )
    )
    again = notice.tasks.get(path="II.2")
    assert (again.pk, again.version, again.confirmed) == (task.pk, 2, False)
    assert (again.deadline, again.doubts) == (dt.date(2026, 11, 27), [])
    assert [one.unit.short_name for one in again.addressees.all()] == ["TH Suối Mây"]


def test_an_item_that_becomes_a_heading_is_not_tracked_any_more(notice, reread):
    task = notice.tasks.get(path="II.3")
    assert task.is_tracked
    reread(
        NOTICE_BODY.replace(
            "3. Các nhà trường tổ chức tuần lễ đọc sách.", "3. Công tác thư viện\na) Các nhà trường mua sách."
        )
    )
    task.refresh_from_db()
    assert (task.is_tracked, task.addressees.count()) == (False, 0)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (None, None),
        (99_999_999_999_999.0, None),
        (-1e12, None),
        (float("inf"), None),
        (97.8, Decimal("97.8")),
        (0.12345678, Decimal("0.1235")),
    ],
)
def test_numbers_are_kept_as_the_column_holds_them(value, kept):
    assert storable(value) == kept


def test_absurd_numbers_do_not_keep_a_document_out(cast, province):
    text = "1. Phấn đấu có trên 99.999.999.999.999 học sinh hoàn thành chương trình."
    directive = draft_directive(office=province.department, text=text, by=cast.staff, today=TODAY)
    target = ReadTarget.objects.get(directive=directive)
    assert (target.value, "99.999.999.999.999" in target.raw) == (None, True)


@pytest.mark.services
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_reading_again_while_an_item_is_saved_ends_for_both(notice, cast, monkeypatch):
    """The document is locked before its items everywhere: whoever comes second waits, and is told."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time; this needs PostgreSQL")
    locked, ended = threading.Event(), {}

    def once_somebody_waits(*args) -> None:
        locked.set()
        waiting = (
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        for _ in range(100):
            with connection.cursor() as cursor:
                cursor.execute(waiting)
                if cursor.fetchone()[0]:
                    break
            time.sleep(0.05)
        write_proposals(*args)

    monkeypatch.setattr("directives.actions.drafting.write_proposals", once_somebody_waits)
    text = NOTICE_BODY.replace("kết quả nuôi dưỡng trẻ", "kết quả chăm sóc trẻ")
    task = notice.tasks.get(path="II.2")

    def save_item() -> None:
        locked.wait(timeout=10)
        revise_task(task=task, version=1, work=Work(text="Của tôi", is_tracked=False), by=cast.staff)

    def attempt(name, action) -> None:
        try:
            ended[name] = action()
        except Exception as error:
            ended[name] = type(error)
        finally:
            connection.close()

    reread = partial(revise_text, directive=notice, version=1, text=text, by=cast.staff, today=TODAY)
    threads = [threading.Thread(target=attempt, args=one) for one in (("text", reread), ("item", save_item))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert ended == {"text": None, "item": EditConflict}


def test_a_form_opened_before_notices(notice, cast, reread):
    task = notice.tasks.get(path="II.2")
    confirm_task(task=task, version=1, by=cast.staff)
    reread(NOTICE_BODY)
    task.refresh_from_db()
    assert task.version == 3


def test_what_a_person_split_moved_or_joined_stays_so(notice, cast, reread):
    task = notice.tasks.get(path="II.2")
    revise_task(task=task, version=1, work=Work("Báo cáo. Gửi ảnh.", addressees=(Who(),)), by=cast.staff)
    split_task(task=task, version=2, begins=[1], by=cast.staff, today=TODAY)
    move_task(task=notice.tasks.get(path="II.3"), version=1, move="earlier", by=cast.staff)
    reread(NOTICE_BODY.replace("97,8%", "97,9%"))
    texts = dict(notice.tasks.values_list("path", "text"))
    assert (texts["II.2"], texts["II.2~2"]) == ("Báo cáo.", "Gửi ảnh.")


def test_a_task_made_from_words_is_found_by_them_again(notice, cast, reread):
    words = "Các nhà trường tổ chức tuần lễ đọc sách."
    start = notice.text.index(words)
    work = Work(words, addressees=(Who(),))
    span = (start, start + len(words))
    added = add_task(directive=notice, path="", after=None, work=work, by=cast.staff, span=span)
    reread(NOTICE_BODY.replace("Ngày 05/11/2026, ", ""))
    added.refresh_from_db()
    notice.refresh_from_db()
    assert notice.text[added.span_start : added.span_end] == words
    assert (added.confirmed, added.doubts) == (True, [])


def test_the_fields_of_an_item_are_all_there_and_listed_once():
    """What is written anew, kept in a step and taken back is the same list; a new field joins it."""
    columns = {field.attname for field in Task._meta.concrete_fields}
    assert set(proposing.ITEM_FIELDS) == columns - {"id", "directive_id", "version", "search_key"}
    assert set(proposing.WRITTEN_FIELDS) == set(proposing.ITEM_FIELDS) - {"parent_id"} | {"search_key"}
