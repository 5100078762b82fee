"""Agenda, opinions, files and minutes: kept, guarded by versions, the office's own until it publishes."""

# ruff: noqa: F811 — fixtures are named after what they give

import pytest

from eduportal.base.errors import EditConflict, Refused
from eduportal.base.forms import KeptFile
from reports.actions.inviting import cancel_meeting
from reports.actions.proceedings import (
    MOST_FILES,
    add_files,
    draft_minutes,
    publish_papers,
    save_agenda,
    save_minutes,
    save_opinions,
    take_back_papers,
)
from reports.invitations import AgendaLine
from reports.minutes import OpinionText
from reports.models import Minutes
from reports.notice import compose
from reports.queries.meeting import conclusion_of
from reports.queries.proceedings import agenda_lines, opinion_texts
from tests.reports.meetings import BEFORE, HELD, fresh, meeting, told  # noqa: F401
from tests.reports.test_notice import conclusion

AGENDA = [AgendaLine("Báo cáo", "Phòng GDTH", 20), AgendaLine("Thảo luận", "", None)]
SAID = [
    OpinionText("Trần Thị Hoa", "TH Suối Mây", "Xin thêm phòng."),
    OpinionText("Mai Quốc Khánh", "", "Nhất trí."),
]


def test_an_agenda_is_kept_in_its_order(meeting, cast):
    save_agenda(meeting=meeting, version=1, items=AGENDA, by=cast.staff)
    save_agenda(meeting=meeting, version=2, items=AGENDA[::-1], by=cast.staff)
    assert agenda_lines(meeting.agenda.all()) == tuple(AGENDA[::-1])
    with pytest.raises(EditConflict):
        save_agenda(meeting=fresh(meeting), version=2, items=[], by=cast.staff)
    assert meeting.agenda.count() == 2


def test_opinions_are_kept_beside_the_remarks_of_before(meeting, cast):
    type(meeting).objects.update(opinions="Các trường nhất trí.")
    save_opinions(meeting=meeting, version=1, opinions=SAID, remarks="Các trường nhất trí.", by=cast.staff)
    assert opinion_texts(meeting.heard.all()) == tuple(SAID)
    assert fresh(meeting).opinions == "Các trường nhất trí."


def test_the_notice_says_who_was_heard(meeting, cast):
    assert conclusion_of(meeting).had_opinions is False
    save_opinions(meeting=meeting, version=1, opinions=SAID, remarks="", by=cast.staff)
    drafted = conclusion_of(fresh(meeting))
    assert drafted.heard_from == ("TH Suối Mây", "Mai Quốc Khánh")
    text = compose(conclusion(heard_from=drafted.heard_from))
    assert (
        "Sau khi nghe các ý kiến tham gia phát biểu và thảo luận của TH Suối Mây và Mai Quốc Khánh tại"
        in text
    )
    many = compose(conclusion(heard_from=tuple(f"Trường {n}" for n in range(6))))
    assert "thảo luận của 06 đơn vị, cá nhân tại Hội nghị" in many


def test_state_secrets_and_too_many_files_are_refused(meeting, cast):
    plain = KeptFile("a.txt", b"Danh s\xc3\xa1ch", "text/plain")
    secret = KeptFile("b.txt", "MẬT\nUBND TỈNH NGỌC SƠN\n".encode(), "text/plain")
    with pytest.raises(Refused):
        add_files(meeting=meeting, files=[plain, secret], for_invited=True, by=cast.staff)
    with pytest.raises(Refused):
        add_files(meeting=meeting, files=[plain] * (MOST_FILES + 1), for_invited=True, by=cast.staff)
    assert meeting.files.count() == 0
    add_files(meeting=meeting, files=[plain], for_invited=True, by=cast.staff)
    assert [(one.file.unit_id, one.for_invited) for one in meeting.files.all()] == [(meeting.office_id, True)]


def test_minutes_are_drafted_once_and_corrected_by_one_at_a_time(told, cast):
    with pytest.raises(Refused):
        draft_minutes(meeting=told, by=cast.staff, now=BEFORE)
    first = draft_minutes(meeting=told, by=cast.staff, now=HELD)
    assert draft_minutes(meeting=told, by=cast.staff, now=HELD) == first
    assert first.text.endswith("./.")
    save_minutes(minutes=first, version=1, text=" Theo bản viết tay ", by=cast.staff, now=HELD)
    with pytest.raises(EditConflict) as conflict:
        save_minutes(minutes=Minutes.objects.get(), version=1, text="Khác", by=cast.staff, now=HELD)
    assert conflict.value.current.text == "Theo bản viết tay"
    save_minutes(minutes=Minutes.objects.get(), version=2, text=" ", by=cast.staff, now=HELD)
    assert Minutes.objects.get().text.endswith("./.")


def test_of_a_cancelled_meeting_there_are_no_minutes(told, cast):
    cancel_meeting(meeting=told, version=told.version, reason="bão", by=cast.staff, now=BEFORE)
    with pytest.raises(Refused):
        draft_minutes(meeting=told, by=cast.staff, now=HELD)


def test_published_minutes_stay_as_they_were_read(told, cast):
    with pytest.raises(Refused):
        publish_papers(meeting=told, version=1, by=cast.staff, now=HELD)
    minutes = draft_minutes(meeting=told, by=cast.staff, now=HELD)
    with pytest.raises(EditConflict):
        publish_papers(meeting=told, version=7, by=cast.staff, now=HELD)
    publish_papers(meeting=told, version=1, by=cast.staff, now=HELD)
    with pytest.raises(Refused):
        save_minutes(minutes=minutes, version=1, text="Khác", by=cast.staff, now=HELD)
    assert Minutes.objects.get().version == 1
    take_back_papers(meeting=told, by=cast.staff)
    save_minutes(minutes=Minutes.objects.get(), version=1, text="Khác", by=cast.staff, now=HELD)
    assert Minutes.objects.get().text == "Khác"
