"""The words of invitations, the entry of a calendar, and the minutes: all pure."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from icalendar import Calendar

from directives.writing.document import Item
from directives.writing.layout import to_html
from reports.calendars import CANCEL, PUBLISH, REQUEST, Entry, calendar_of
from reports.invitations import (
    AgendaLine,
    Invited,
    cancelling_letter,
    invitation_document,
    invitation_letter,
)
from reports.minutes import OpinionText, Proceedings, compose_minutes, minutes_document, name_of
from reports.notice import Absence, Roll
from reports.papers import Head

HANOI = dt.timezone(dt.timedelta(hours=7))
AT = dt.datetime(2026, 12, 8, 8, 0, tzinfo=HANOI)
HEAD = Head("UBND TỈNH NGỌC SƠN", "SỞ GDĐT", "Ngọc Sơn", AT.date(), "SGDĐT", ("GIÁM ĐỐC",), "Đỗ Thị Lan")
INVITED = Invited(
    unit="Trường Tiểu học Suối Mây",
    office="Sở GDĐT tỉnh Ngọc Sơn",
    title="Hội nghị giao ban tháng 12/2026",
    held_at=AT,
    place="Hội trường",
    chair="Đỗ Thị Lan, Giám đốc",
    agenda=(AgendaLine("Báo cáo tháng 11", "Phòng GDTH", 20), AgendaLine("Thảo luận", "", None)),
    url="https://cong.example/invitations/7/",
)
ENTRY = Entry(
    uid="meeting-7@ngocson.example",
    sequence=2,
    told_at=AT - dt.timedelta(days=5),
    title=INVITED.title,
    begins_at=AT,
    ends_at=AT + dt.timedelta(hours=2),
    place="Hội trường, tầng 2; nhà B",
    description="Nội dung",
    url=INVITED.url,
    office=INVITED.office,
    office_mail="so@ngocson.example",
)


def test_the_letter_says_when_where_who_and_what():
    subject, body = invitation_letter(INVITED)
    assert subject == "Mời họp: Hội nghị giao ban tháng 12/2026"
    assert body.splitlines()[3:10] == [
        "- Thời gian: 08 giờ 00, thứ Ba, ngày 08/12/2026",
        "- Địa điểm: Hội trường",
        "- Chủ trì: Đỗ Thị Lan, Giám đốc",
        "",
        "Nội dung, chương trình:",
        "1. Báo cáo tháng 11 (Phòng GDTH, 20 phút)",
        "2. Thảo luận",
    ]
    assert INVITED.url in body


def test_letters_of_change_and_of_cancelling():
    assert invitation_letter(replace(INVITED, is_changed=True))[0].startswith("Thay đổi thời gian, địa điểm")
    subject, body = cancelling_letter(replace(INVITED, cancel_reason="bão số 9."))
    assert subject == "Hủy họp: Hội nghị giao ban tháng 12/2026"
    assert "không tổ chức." in body
    assert "Lý do: bão số 9." in body
    assert "không mời đơn vị dự nữa." in cancelling_letter(INVITED)[1]


@pytest.mark.parametrize("method", [REQUEST, CANCEL, PUBLISH])
def test_an_entry_is_read_back_as_it_was_meant(method):
    attendee = "" if method == PUBLISH else "hoa@truong.example"
    read = Calendar.from_ical(calendar_of(ENTRY, method=method, attendee=attendee))
    (event,) = read.walk("VEVENT")
    assert (read["METHOD"], event["UID"], event["SEQUENCE"]) == (method, ENTRY.uid, 2)
    assert (event["DTSTART"].dt, event["DTEND"].dt - event["DTSTART"].dt) == (AT, dt.timedelta(hours=2))
    assert event["LOCATION"] == "Hội trường, tầng 2; nhà B"
    assert event["STATUS"] == ("CANCELLED" if method == CANCEL else "CONFIRMED")
    assert event["ORGANIZER"] == "mailto:so@ngocson.example"
    assert event.get("ATTENDEE") == (f"mailto:{attendee}" if attendee else None)


def test_lines_of_an_entry_are_as_long_as_they_may_be():
    lines = calendar_of(replace(ENTRY, title="Hội nghị " * 30), method=PUBLISH).split(b"\r\n")
    assert max(map(len, lines)) <= 75


def test_the_invitation_on_paper():
    document = invitation_document(HEAD, INVITED, is_draft=False)
    assert (document.kind, document.symbol, document.addressees) == (
        "Giấy mời",
        "GM-SGDĐT",
        ("Trường Tiểu học Suối Mây",),
    )
    assert [block.text for block in document.body if isinstance(block, Item)] == [
        "Báo cáo tháng 11 (Phòng GDTH, 20 phút).",
        "Thảo luận.",
    ]


TOLD = Proceedings(
    office=INVITED.office,
    title=INVITED.title,
    held_at=AT,
    place="Hội trường",
    chair="Đỗ Thị Lan, Giám đốc",
    secretary="Ngô Thị Hạnh",
    roll=Roll(43, (Absence("MN Hoa Ban", "đi tập huấn"),), 0),
    agenda=INVITED.agenda,
    opinions=(OpinionText("Trần Thị Hoa", "TH Suối Mây", "Xin thêm phòng.\nXin thêm giáo viên."),),
    remarks="Các trường nhất trí.",
    directions="Rà soát cơ sở vật chất.\nNộp báo cáo đúng hạn.",
)


def test_minutes_are_drafted_from_what_was_noted():
    lines = [line for line in compose_minutes(TOLD).splitlines() if line]
    assert "3. Đơn vị được mời: Có mặt: 43/44. Vắng mặt: 01 (MN Hoa Ban – đi tập huấn)." in lines
    place = lines.index("III. Ý KIẾN PHÁT BIỂU")
    assert lines[place + 1 : place + 4] == [
        "1. Trần Thị Hoa, TH Suối Mây: Xin thêm phòng.",
        "- Xin thêm giáo viên.",
        "Các trường nhất trí.",
    ]
    assert lines[-3:-1] == ["1. Rà soát cơ sở vật chất.", "2. Nộp báo cáo đúng hạn."]


def test_of_a_meeting_of_which_nothing_was_noted_there_are_blanks():
    empty = replace(
        TOLD, roll=Roll(0, (), 4), agenda=(), opinions=(), remarks="", directions="", secretary=""
    )
    text = compose_minutes(empty)
    assert "Không có ý kiến phát biểu." in text
    assert "2. Thư ký: …." in text


def test_minutes_are_signed_by_two():
    document = minutes_document(
        HEAD,
        compose_minutes(TOLD),
        title=TOLD.title,
        chair=TOLD.chair,
        secretary="Ngô Thị Hạnh",
        held_on=AT.date(),
        is_draft=False,
    )
    assert document.symbol == "BB-SGDĐT"
    page = to_html(document)
    signers = re.findall(r'class="(?:authority|signer)">([^<]*)<', page)
    assert signers == ["THƯ KÝ", "Ngô Thị Hạnh", "CHỦ TRÌ", "Đỗ Thị Lan"]
    assert page.index("CHỦ TRÌ<") < page.index("Nơi nhận:")


def test_a_title_is_no_part_of_a_name():
    assert name_of("Đỗ Thị Lan") == "Đỗ Thị Lan"
