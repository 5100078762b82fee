"""The documents of a school year, each issued in its month of the calendar, and how fast they are done."""

import datetime as dt
from collections.abc import Callable, Mapping

from directives.models import AssignmentState
from eduportal.pages.demo.directives import Plan
from eduportal.pages.demo.figures import school_year
from eduportal.pages.demo.schedule import PlayedMonth, Schedule, workday
from eduportal.pages.demo.setting_aside import Aside
from eduportal.pages.demo.work import NOT_YET, Pace

PAUSED, CANCELLED, REFUSED = AssignmentState.PAUSED, AssignmentState.CANCELLED, AssignmentState.REFUSED


def plans(schedule: Schedule) -> list[Plan]:
    """Those whose month was played, in the order of their days."""
    months = ((writer, schedule.last_time(ordinal)) for ordinal, writer in WRITERS)
    return sorted((writer(month) for writer, month in months if month), key=lambda plan: plan.issued_on)


def pace(month: PlayedMonth, *later: int) -> Pace:
    """How many months after the document prompt, usual and slow units say that the work is done."""
    prompt, usual, slow = (max(month.ago - months, NOT_YET) for months in later)
    return prompt, usual, slow


def after(issued_on: dt.date, **days: int) -> dict[str, dt.date]:
    return {blank: workday(issued_on, ahead) for blank, ahead in days.items()}


def words_of(month: PlayedMonth) -> Mapping[str, str]:
    year = school_year(month.number)
    return {"school_year": f"{year}-{year + 1}", "next_school_year": f"{year + 1}-{year + 2}"}


LONG = 99  # months: never yet


def school_year_plan(month: PlayedMonth) -> Plan:
    issued_on = workday(month.first, 14)
    return Plan(
        "nam-hoc-moi",
        issued_on,
        after(issued_on, plans=25, groups=17, welcome=21, pledges=24, exams=52, communes=30, midyear=125),
        words_of(month),
        paces={
            "II.1": pace(month, 0, 0, 1),
            "II.2": pace(month, 0, 0, 0),
            "II.3": pace(month, 0, 0, 0),
            "II.4": pace(month, 0, 0, 1),
            "II.5": pace(month, 0, 1, 1),
            "III.1": pace(month, 0, 0, 1),
        },
    )


def universal_education(month: PlayedMonth) -> Plan:
    issued_on = workday(month.first, 6)
    reason = "Trường không có học sinh bỏ học, nghỉ học dài ngày; đã báo cáo UBND phường."
    return Plan(
        "pho-cap",
        issued_on,
        after(issued_on, survey=35, lists=31, back=33, files=65, literacy=45),
        paces={
            "II.1": pace(month, 0, 1, 2),
            "II.2": pace(month, 0, 0, 1),
            "II.3": pace(month, 0, 0, 1),
            "II.4": pace(month, 1, 1, 2),
            "II.5": pace(month, 1, 1, 1),
        },
        asides=(Aside("II.3", "thcssongxanh", REFUSED, reason),),
    )


def cold_weather(month: PlayedMonth) -> Plan:
    issued_on = workday(month.first, 4)
    return Plan(
        "chong-ret",
        issued_on,
        after(issued_on, rooms=26, blankets=20, makeup=64, coats=45),
        paces={
            "1": pace(month, 0, 0, 1),
            "2": pace(month, 0, 0, 0),
            "4": pace(month, 0, 1, 1),
            "5": pace(month, 0, 1, 2),
        },
    )


def lunar_new_year(month: PlayedMonth) -> Plan:
    issued_on = workday(month.first, 8)
    return Plan(
        "nghi-tet",
        issued_on,
        after(issued_on, notice=20, duty=24, fireworks=27, return_day=55),
        words_of(month),
        paces={
            "1": pace(month, 0, 0, 0),
            "2": pace(month, 0, 0, 0),
            "3": pace(month, 0, 0, 1),
            "4": pace(month, 1, 1, 2),
        },
        written_here=True,
        subject="Lịch nghỉ Tết Nguyên đán và một số nhiệm vụ trước, sau Tết",
    )


def national_standard(month: PlayedMonth) -> Plan:
    issued_on = workday(month.first, 10)
    paused = "Nhà đa năng đang xây dựng, chờ bàn giao; tạm hoãn đăng ký đến khi có biên bản nghiệm thu."
    return Plan(
        "chuan-quoc-gia",
        issued_on,
        after(issued_on, council=25, register=85, renew=55, funds=60),
        paces={
            "1": pace(month, 0, 1, 2),
            "2": pace(month, 2, 2, LONG),
            "3": pace(month, 1, 1, 2),
            "4": pace(month, 1, 3, LONG),
        },
        asides=(
            Aside("2", "thcshoaphong", PAUSED, paused, after=25),
            Aside("2", "thdoithong", PAUSED, paused, after=30),
        ),
    )


def enrolment(month: PlayedMonth) -> Plan:
    issued_on = workday(month.first, 7)
    return Plan(
        "tuyen-sinh",
        issued_on,
        after(issued_on, wishes=28, handover=58, rooms=58, zones=45),
        words_of(month),
        paces={
            "II.1": pace(month, 0, 0, 1),
            "II.2": pace(month, 1, 1, 2),
            "II.3": pace(month, 1, 1, 1),
            "II.4": pace(month, 0, 1, 1),
        },
    )


def end_of_year(month: PlayedMonth) -> Plan:
    issued_on = workday(month.first, 5)
    cancelled = "Không tổ chức do mưa lũ kéo dài; ngày hội đọc sách chuyển sang năm học sau."
    return Plan(
        "tong-ket",
        issued_on,
        after(issued_on, tests=24, grade_five=30, grade_nine=31, five=26, report=32, reading=15),
        words_of(month),
        paces={
            "1": pace(month, 0, 0, 0),
            "2": pace(month, 0, 0, 1),
            "3": pace(month, 0, 1, 1),
            "4": pace(month, 0, 0, 0),
            "5": pace(month, 0, 0, 1),
        },
        asides=tuple(
            Aside("6", key, CANCELLED, cancelled, after=8) for key in ("thcsbenngoc", "thcsdaxanh", "banco")
        ),
    )


def safe_summer(month: PlayedMonth) -> Plan:
    issued_on = workday(month.first, 1)
    return Plan(
        "an-toan-he",
        issued_on,
        after(issued_on, handover=28, swim=62, signs=30, youth=31),
        paces={
            "1": pace(month, 0, 0, 0),
            "2": pace(month, 1, 2, LONG),
            "3": pace(month, 0, 1, LONG),
            "4": pace(month, 0, 0, 1),
        },
    )


def rainy_season(month: PlayedMonth) -> Plan:
    """A commune's own, to its own schools."""
    issued_on = workday(month.first, 3)
    return Plan(
        "mua-lu",
        issued_on,
        after(issued_on, slopes=28, move=31),
        paces={"1": pace(month, 0, 0, 1), "2": pace(month, 0, 0, 1)},
        by="cv.suoimay",
    )


def before_the_year(month: PlayedMonth) -> Plan:
    issued_on = workday(month.first, 3)
    refused = "Trường không được giao tiếp nhận điểm trường ghép nào; đề nghị Sở kiểm tra lại danh sách."
    return Plan(
        "chuan-bi-nam-hoc",
        issued_on,
        after(issued_on, cleaning=28, books=31, fees=62, intake=29, repairs=30, merged=30),
        words_of(month),
        paces={
            "1": pace(month, 0, 0, 1),
            "2": pace(month, 0, 0, 1),
            "3": pace(month, 0, 1, LONG),
            "4": pace(month, 0, 0, 1),
            "5": pace(month, 0, 1, LONG),
            "6": pace(month, 0, 0, 1),
        },
        asides=(Aside("6", "thcauda", REFUSED, refused, after=2, agreed=True),),
    )


# By their month of the calendar.
WRITERS: tuple[tuple[int, Callable[[PlayedMonth], Plan]], ...] = (
    (9, school_year_plan),
    (10, universal_education),
    (12, cold_weather),
    (1, lunar_new_year),
    (3, national_standard),
    (4, enrolment),
    (5, end_of_year),
    (6, safe_summer),
    (7, rainy_season),
    (8, before_the_year),
)
