"""What comes in: registered, instructed on by the leader, then given onward or handled within the office."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from directives.actions.drafting import Arrival, OriginalFile, draft_directive
from directives.actions.incoming import hand_over, instruct
from directives.actions.issuing import issue_directive
from directives.actions.progress import report_progress
from directives.models import Assignment, Direction, Directive
from eduportal.pages.demo.directives import STAFF, confirm_all
from eduportal.pages.demo.figures import school_year
from eduportal.pages.demo.past import played_at
from eduportal.pages.demo.province import Province
from eduportal.pages.demo.schedule import (
    CLOSED,
    NEWEST,
    OLDER,
    PlayedMonth,
    Schedule,
    moment,
    workday,
    workday_before,
)
from eduportal.pages.demo.texts import written
from eduportal.pages.demo.work import NOT_YET, Pace
from schools.models import Posting

# What is given onward is done like any other work.
ARRIVED_PACES: dict[str, Pace] = {
    "1": (OLDER, OLDER, CLOSED),
    "2": (OLDER, CLOSED, NEWEST),
    "3": (CLOSED, NEWEST, NOT_YET),
}
LEADER, REGISTRAR, DIVISION_STAFF = "lanhdao", "vanthu", "tieuhoc"


@dataclass(frozen=True)
class Letter:
    """A document from elsewhere: who sent it, under which number, and the day on which it arrived."""

    name: str
    sender: str
    number: int
    arrived_on: dt.date
    days: Mapping[str, dt.date] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def written_on(self) -> dt.date:
        return workday_before(self.arrived_on - dt.timedelta(days=3))

    @property
    def text(self) -> str:
        on = self.written_on
        month = f"{on.month:02d}" if on.month < 3 else on.month
        head = {"number": self.number, "day": f"{on.day:02d}", "month": month, "year": on.year}
        return written(self.name, self.days, **head, **self.words)


def play_arrivals(
    month: PlayedMonth, schedule: Schedule, province: Province, postings: Mapping[str, Posting]
) -> Directive | None:
    """What came in during a month of the story. Gives the document that was given onward, if any was."""
    if month is schedule.older:
        return give_onward(health_letter(month), province, postings)
    if month is schedule.closed:
        handle_within(figures_letter(month), province, postings, schedule)
    if month is schedule.newest:
        register(checkup_letter(schedule), postings)
    return None


def health_letter(month: PlayedMonth) -> Letter:
    arrived_on = workday(month.first, 5)
    days = {"board": workday(arrived_on, 20), "vaccines": workday(arrived_on, 32)}
    return Letter(
        "den-bo-y-te-truong-hoc",
        "Bộ Giáo dục và Đào tạo",
        4817,
        arrived_on,
        days | {"cabinets": workday(arrived_on, 45)},
    )


def figures_letter(month: PlayedMonth) -> Letter:
    arrived_on = workday(month.first, 9)
    days = {"figures": workday(arrived_on, 24)}
    return Letter("den-tinh-so-lieu", "UBND tỉnh Ngọc Sơn", 2360, arrived_on, days)


def checkup_letter(schedule: Schedule) -> Letter:
    """It has only come: nobody has said yet who handles it."""
    year = school_year(schedule.newest.number)
    return Letter(
        "den-y-te-kham-suc-khoe",
        "Sở Y tế",
        1905,
        workday_before(schedule.latest),
        {"lists": workday(schedule.today, 16), "rooms": workday(schedule.today, 23)},
        {"school_year": f"{year}-{year + 1}"},
    )


def register(letter: Letter, postings: Mapping[str, Posting]) -> Directive:
    by = postings[REGISTRAR]
    original = OriginalFile(f"{letter.name}.txt", letter.text.encode())
    with played_at(moment(letter.arrived_on, 8, 15)):
        return draft_directive(
            office=by.acting_unit,
            text=letter.text,
            by=by,
            today=letter.arrived_on,
            original=original,
            direction=Direction.INCOMING,
            arrival=Arrival(letter.sender, letter.arrived_on),
        )


def give_onward(letter: Letter, province: Province, postings: Mapping[str, Posting]) -> Directive:
    """The leader gives it to staff, who check what was read and hand its tasks out to the schools."""
    came, staff = register(letter, postings), postings[STAFF]
    said = "Văn phòng Sở tham mưu triển khai đến các trường, tổng hợp kết quả trong báo cáo tháng."
    with played_at(moment(letter.arrived_on, 10, 30)):
        instruct(
            directive=came,
            version=came.version,
            unit=province.department,
            text=said,
            deadline=workday(letter.arrived_on, 2),
            by=postings[LEADER],
        )
    onward_on = workday(letter.arrived_on, 1)
    with played_at(moment(onward_on, 9)):
        confirm_all(came, staff)
        came.refresh_from_db()
        issue_directive(directive=came, version=came.version, by=staff, today=onward_on)
    return came


def handle_within(
    letter: Letter, province: Province, postings: Mapping[str, Posting], schedule: Schedule
) -> None:
    """The division for primary schools does it, and says so."""
    came, division = register(letter, postings), province.primary_division
    said = "Phòng Giáo dục Tiểu học tổng hợp số liệu, trình lãnh đạo Sở ký báo cáo UBND tỉnh."
    with played_at(moment(letter.arrived_on, 10, 45)):
        instruct(
            directive=came,
            version=came.version,
            unit=division,
            text=said,
            deadline=workday(letter.arrived_on, 22),
            by=postings[LEADER],
        )
    with played_at(moment(letter.arrived_on, 15, 20)):
        came.refresh_from_db()
        hand_over(directive=came, version=came.version, by=postings[STAFF], today=letter.arrived_on)
    done_at = moment(schedule.past(workday(letter.arrived_on, 20)), 16, 10)
    work = Assignment.objects.get(task__directive=came)
    with played_at(done_at):
        report_progress(
            assignment=work,
            version=work.version,
            percent=100,
            note="Đã tổng hợp, lãnh đạo Sở đã ký báo cáo gửi UBND tỉnh.",
            claims_done=True,
            by=postings[DIVISION_STAFF],
            now=done_at,
        )
