"""Three months of reports, each school in its own way: in time, late, returned, begun or not at all."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from directives.models import Assignment
from directives.queries import open_for_month
from eduportal.pages.demo.directives import NEVER, NEWEST, Pace
from eduportal.pages.demo.figures import month_figures
from eduportal.pages.demo.past import played_at
from eduportal.pages.demo.province import SCHOOLS, SchoolPlan
from eduportal.pages.demo.schedule import Month, Schedule, moment, workday, workday_before
from reports.actions import ProgressDraft, accept_report, open_month, return_report, save_report, send_report
from reports.models import MonthlyReport
from schools.models import Period, Posting
from targets.queries import measures_for

PROMPT, USUAL, SLOW = range(3)
PACE_OF = {
    "mnhoaban": PROMPT,
    "mnhuongche": PROMPT,
    "thbenngoc": PROMPT,
    "thcsbenngoc": PROMPT,
    "khemay": SLOW,
    "khebuoi": SLOW,
    "thptdoiche": SLOW,
}

# What became of the newest month so far. Schools not named have not begun.
ACCEPTED, WAITING, RETURNED, BEGUN = "accepted", "waiting", "returned", "begun"
NEWEST_STATES = {
    "mnhoaban": ACCEPTED,
    "mnhuongche": ACCEPTED,
    "thbenngoc": ACCEPTED,
    "thcsbenngoc": ACCEPTED,
    "thsuoimay": WAITING,
    "mnsaomai": WAITING,
    "thptngocson": WAITING,
    "thcssuoimay": RETURNED,
    "doiche": BEGUN,
}
RETURN_REASON = (
    "Báo cáo ghi đã kiểm kê xong thiết bị nhưng chưa nêu danh mục còn thiếu của môn Khoa học tự nhiên. "
    "Đề nghị nhà trường bổ sung rồi gửi lại."
)
RETURNED_WORK = ("SGDĐT-KHTC", "1")
# Days after the due day on which slow schools sent the older and the closed month.
LATE_BY = {("khemay", 0): 1, ("khebuoi", 0): 2, ("khemay", 1): 1, ("thptdoiche", 1): 1}

NOTES = {0: "", 30: "Đã phân công người phụ trách, đang thực hiện.", 65: "Đã hoàn thành phần lớn nội dung."}
DONE_NOTE = "Đã hoàn thành, hồ sơ lưu tại trường."
REMARKS = {
    ("khemay", 0): ("Đường vào điểm trường Nậm Khe bị sạt lở, học sinh đi lại khó khăn.", ""),
    ("khemay", 1): (
        "Nhà ở bán trú còn thiếu 02 phòng, học sinh phải ở ghép.",
        "Đề nghị bổ sung 02 phòng ở bán trú và 30 giường tầng.",
    ),
    ("thsuoimay", 1): ("", "Đề nghị cử giáo viên tiếng Anh dạy liên trường với TH&THCS Đồi Chè."),
    ("mnsaomai", 1): ("Số trẻ trên lớp ở khối mẫu giáo 5 tuổi vượt quy định.", ""),
    ("thptdoiche", 0): ("Phòng máy tính có 11/40 máy hỏng.", "Đề nghị cấp kinh phí sửa chữa."),
    ("thsuoimay", 2): (
        "Mái che sân trường hư hỏng sau mưa lớn.",
        "Đề nghị hỗ trợ kinh phí sửa chữa mái che.",
    ),
    ("thptngocson", 2): ("", "Đề nghị Sở sớm thông báo lịch tập huấn giáo viên cốt cán."),
}
# The clerk fills in what the principal sends.
CLERKS = {"thsuoimay", "doiche", "thptngocson"}


@dataclass(frozen=True)
class Work:
    """How fast the tasks of each issued document are done: by document, then by path."""

    paces: dict[int, Mapping[str, Pace]]

    def done_in(self, assignment: Assignment, school: str) -> int:
        """The month, by its place among the three, in which a school reports an assignment done."""
        task = assignment.task
        return self.paces.get(task.directive_id, {}).get(task.path, NEVER)[PACE_OF.get(school, USUAL)]


def play_month(place: int, schedule: Schedule, work: Work, postings: Mapping[str, Posting]) -> None:
    """Open a month and let every school do with it what it did. `place`: which of the three months."""
    month = schedule.months[place]
    with played_at(moment(month.opens_on, 1)):
        period = open_month(year=month.year, month=month.month, by=None, today=month.opens_on).period
    reporting = [plan for plan in SCHOOLS if place < NEWEST or plan.key in NEWEST_STATES]
    rows = MonthlyReport.objects.filter(period=period).select_related("unit", "period")
    reports = {report.unit.code: report for report in rows}
    for number, plan in enumerate(reporting):
        page = Page(plan, reports[plan.code], place, month, work, postings)
        if place < NEWEST:
            sent_on = schedule.past(closed_sending_day(plan.key, number, place, month))
            page.send(sent_on)
            page.accept(schedule.past(workday(sent_on, 1)))
        else:
            play_newest(page, newest_sending_day(number, len(reporting), schedule), schedule)


def closed_sending_day(school: str, number: int, place: int, month: Month) -> dt.date:
    """Spread from the opening to the day before the due day, or as late as the school was."""
    if late := LATE_BY.get((school, place)):
        return workday(month.due_on, late)
    return spread(month.opens_on, month.due_on - dt.timedelta(days=1), number, len(SCHOOLS))


def newest_sending_day(number: int, count: int, schedule: Schedule) -> dt.date:
    """Spread over the days since the newest month was opened, none after its due day."""
    return spread(schedule.newest.opens_on, min(schedule.latest, schedule.newest.due_on), number, count)


def spread(first: dt.date, last: dt.date, number: int, count: int) -> dt.date:
    """The working day of one among many, the first of them on the first day and the last on the last."""
    return max(first, workday_before(first + (last - first) * number // (count - 1)))


def play_newest(page: "Page", day: dt.date, schedule: Schedule) -> None:
    state = NEWEST_STATES[page.plan.key]
    if state == BEGUN:
        page.begin(day)
        return
    page.send(day)
    if state == ACCEPTED:
        page.accept(schedule.past(workday(day, 1)))
    elif state == RETURNED:
        page.give_back(schedule.past(workday(day, 1)))


@dataclass
class Page:
    """One school's report of one month."""

    plan: SchoolPlan
    report: MonthlyReport
    place: int
    month: Month
    work: Work
    postings: Mapping[str, Posting]

    @property
    def period(self) -> Period:
        return self.report.period

    @property
    def principal(self) -> Posting:
        return self.postings[f"ht.{self.plan.key}"]

    @property
    def writer(self) -> Posting:
        return self.postings[f"vp.{self.plan.key}"] if self.plan.key in CLERKS else self.principal

    @property
    def reviewer(self) -> Posting:
        return self.postings["chuyenvien" if self.plan.office == "so" else f"cv.{self.plan.office}"]

    def figures(self) -> dict[str, Decimal]:
        """What the report of this month asks for."""
        known = month_figures(self.plan.code, self.plan.cohorts, self.month.year, self.month.month)
        asked = measures_for(self.report.unit, self.period)
        return {measure.code: known[measure.code] for measure in asked}

    def begin(self, day: dt.date) -> None:
        """The first level's figures are there, the rest is still to come."""
        some = dict(list(self.figures().items())[:4])
        with played_at(moment(day, 16, 20)):
            self.save(some, [], "", moment(day, 16, 20))

    def send(self, day: dt.date) -> None:
        difficulties, proposals = REMARKS.get((self.plan.key, self.place), ("", ""))
        with played_at(moment(day, 9, 30)):
            self.save(self.figures(), self.progress(), difficulties, moment(day, 9, 30), proposals)
        sent_at = moment(day, 10, 15)
        with played_at(sent_at):
            self.report = send_report(
                report=self.report, version=self.report.version, by=self.principal, now=sent_at
            )

    def save(
        self,
        figures: Mapping[str, Decimal],
        progress: list[ProgressDraft],
        difficulties: str,
        now: dt.datetime,
        proposals: str = "",
    ) -> None:
        self.report = save_report(
            report=self.report,
            version=self.report.version,
            figures=figures,
            progress=progress,
            difficulties=difficulties,
            proposals=proposals,
            by=self.writer,
            now=now,
        )

    def progress(self) -> list[ProgressDraft]:
        """What the school says of each of its open assignments."""
        return [self.said_of(one) for one in open_for_month(self.report.unit, self.period)]

    def said_of(self, assignment: Assignment) -> ProgressDraft:
        done_in = self.work.done_in(assignment, self.plan.key)
        if done_in <= self.place:
            return ProgressDraft(assignment, 100, DONE_NOTE, claims_done=True)
        percent = 65 if assignment.percent else 30
        return ProgressDraft(assignment, percent, NOTES[percent])

    def accept(self, day: dt.date) -> None:
        now = moment(day, 15, 10)
        with played_at(now):
            accept_report(report=self.report, version=self.report.version, by=self.reviewer, now=now)

    def give_back(self, day: dt.date) -> None:
        """With it goes the work of which it said too little."""
        now = moment(day, 15, 10)
        symbol, path = RETURNED_WORK
        claimed = Assignment.objects.filter(
            unit=self.report.unit, task__directive__symbol=symbol, task__path=path
        )
        with played_at(now):
            return_report(
                report=self.report,
                version=self.report.version,
                reason=RETURN_REASON,
                send_back=claimed,
                by=self.reviewer,
                now=now,
            )
