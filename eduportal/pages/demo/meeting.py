"""The closed month's briefing, the meeting over it, and the notice that it ended in."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from directives.actions.issuing import submit_directive
from directives.models import Directive
from eduportal.pages.demo.directives import approve_and_number, confirm_all
from eduportal.pages.demo.past import played_at
from eduportal.pages.demo.province import Province
from eduportal.pages.demo.schedule import NEWEST, Schedule, moment, workday
from eduportal.pages.demo.texts import written
from eduportal.pages.demo.work import NOT_YET, Pace
from reports.actions.briefing import build_briefing, edit_section
from reports.actions.meeting import Mark, draft_notice, hold_meeting, take_attendance
from reports.actions.proceedings import save_agenda, save_opinions
from reports.invitations import AgendaLine
from reports.minutes import OpinionText
from reports.models import Briefing, Meeting, Presence
from schools.actions import month_period
from schools.models import Posting

ABSENT = {
    "thptdoiche": "đi tập huấn theo giấy triệu tập của Bộ GDĐT",
    "palau": "đường vào trường bị sạt lở",
    "mnhoasen": "đang điều trị tại bệnh viện",
}
OPINIONS = (
    OpinionText("Hiệu trưởng", "PTDTBT TH&THCS Khe Mây", "Đề nghị sớm xem xét việc bổ sung phòng ở bán trú."),
    OpinionText("Hiệu trưởng", "MN Sao Mai", "Đề nghị tính đến việc tách lớp mẫu giáo 5 tuổi."),
    OpinionText(
        "Đại diện",
        "UBND phường Bến Ngọc",
        "Sẽ bố trí lực lượng giữ trật tự trước cổng trường giờ tan học.",
    ),
)
AGENDA = (
    AgendaLine("Khai mạc, thông qua chương trình", "Lãnh đạo Sở", 10),
    AgendaLine("Báo cáo đánh giá kết quả tháng, nhiệm vụ trọng tâm tháng tới", "Văn phòng Sở", 30),
    AgendaLine("Thảo luận, ý kiến các đơn vị", "", 60),
    AgendaLine("Kết luận", "Chủ trì", 20),
)
PACES: dict[str, Pace] = {
    "II.1": (NEWEST, NOT_YET, NOT_YET),
    "II.3": (NEWEST, NEWEST, NOT_YET),
    "II.6": (NEWEST, NEWEST, NOT_YET),
}


def hold(schedule: Schedule, province: Province, postings: Mapping[str, Posting]) -> Directive:
    """Build, edit, meet, conclude and issue: each step by whoever's step it is. Gives the issued notice."""
    staff = postings["chuyenvien"]
    built_on = schedule.past(workday(schedule.closed.due_on, 2))
    held_on = schedule.past(workday(built_on, 1))
    issued_on = schedule.past(workday(held_on, 1))
    briefing = build(schedule, province, staff, built_on)
    meeting = meet(briefing, province, staff, held_on, postings["lanhdao"])
    with played_at(moment(held_on, 14, 30)):
        notice = draft_notice(meeting=meeting, by=staff, today=held_on)
        confirm_all(notice, staff)
        submit_directive(directive=notice, version=notice.version, by=staff, today=held_on)
    approve_and_number(notice, postings, moment(issued_on, 8, 20), moment(issued_on, 9, 0))
    return notice


def build(schedule: Schedule, province: Province, by: Posting, day: dt.date) -> Briefing:
    """The portal builds it at night, staff put the directions into their own words."""
    period = month_period(schedule.closed.number.year, schedule.closed.number.month)
    at_night, edited = moment(day, 5), moment(day, 10)
    with played_at(at_night):
        briefing = build_briefing(office=province.department, period=period, by=None, today=day, now=at_night)
    section = briefing.sections.get(key="directions")
    with played_at(edited):
        edit_section(section=section, version=section.version, text=directions(schedule), by=by, now=edited)
    return briefing


def directions(schedule: Schedule) -> str:
    """The text that staff put in place of the built directions."""
    newest, today = schedule.newest, schedule.today
    days = {
        "month_end": newest.last,
        "report_due": newest.due_on,
        "classes": workday(today, 15),
        "rooms": workday(today, 9),
        "guidance": workday(today, 11),
    }
    return written("phuong-huong", days, month=newest.number.short)


def meet(briefing: Briefing, province: Province, by: Posting, day: dt.date, chair: Posting) -> Meeting:
    """Entered in the morning; the roll is called and the opinions are noted."""
    following = briefing.period.ordinal % 12 + 1
    fields: dict[str, Any] = {
        "title": f"Hội nghị giao ban Hiệu trưởng các trường học tháng {following:02d}",
        "held_at": moment(day, 8),
        "place": "Phòng họp tầng 2, Sở Giáo dục và Đào tạo",
        "chair": f"{chair.actor_name}, Giám đốc Sở",
    }
    with played_at(moment(day, 7, 30)):
        meeting = hold_meeting(briefing=briefing, by=by, **fields)
        save_agenda(meeting=meeting, version=meeting.version, items=AGENDA, by=by)
    marks = {
        school.pk: Mark(Presence.ABSENT, ABSENT[key]) if key in ABSENT else Mark(Presence.PRESENT)
        for key, school in province.schools.items()
    }
    with played_at(moment(day, 8, 10)):
        take_attendance(meeting=meeting, version=meeting.version, marks=marks, by=by)
    with played_at(moment(day, 11, 0)):
        save_opinions(meeting=meeting, version=meeting.version, opinions=OPINIONS, remarks="", by=by)
    return meeting
