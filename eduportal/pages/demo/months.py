"""The months of reports, each school in its own way: in time, late, returned, begun or not at all."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from directives.models import Assignment
from directives.queries import open_for_month
from eduportal.pages.demo.figures import month_figures
from eduportal.pages.demo.filings import ACCEPTED, BEGUN, RETURNED, Filing, filings
from eduportal.pages.demo.past import BY_FILES, BY_REPORTS, played_at
from eduportal.pages.demo.questions import Question, lay_answers_ready
from eduportal.pages.demo.schedule import CLOSED, NEWEST, OLDER, PlayedMonth, Schedule, moment, workday
from eduportal.pages.demo.tables import DEPARTMENT, Size
from eduportal.pages.demo.work import Work
from reports.actions import ProgressDraft, accept_report, open_month, return_report, save_report, send_report
from reports.models import MonthlyReport
from schools.models import Period, Posting
from targets.arithmetic import Figure, number_of
from targets.queries import measures_for

RETURN_REASON = (
    "Báo cáo ghi đã kiểm kê xong thiết bị nhưng chưa nêu danh mục còn thiếu của môn Khoa học tự nhiên. "
    "Đề nghị nhà trường bổ sung rồi gửi lại."
)
RETURNED_WORK = ("thcssuoimay", "SGDĐT-KHTC", "1")
COUNTED_TOO_MANY = 9
SLIP_REASON = (
    "Số học sinh của báo cáo nhiều hơn cơ sở dữ liệu ngành. Đề nghị nhà trường đối chiếu danh sách học sinh "
    "chuyển đi, sửa lại số liệu rồi gửi lại."
)
# What schools typed too much of in the newest month, and nobody has looked at yet.
SLIPS = {"thcsthacvang": ("lower_secondary.classes", 30), "mntuoitho": ("preschool.teachers", 12)}
SLIP_WORD = "Gồm cả số mới tiếp nhận, đang chờ xếp lớp."
SLIP_REMARK = "Đã trừ số học sinh đã chuyển trường."

REMARKS = {
    ("khemay", OLDER): ("Đường vào điểm trường Nậm Khe bị sạt lở, học sinh đi lại khó khăn.", ""),
    ("khemay", CLOSED): (
        "Nhà ở bán trú còn thiếu 02 phòng, học sinh phải ở ghép.",
        "Đề nghị bổ sung 02 phòng ở bán trú và 30 giường tầng.",
    ),
    ("thsuoimay", CLOSED): ("", "Đề nghị cử giáo viên tiếng Anh dạy liên trường với TH&THCS Đồi Chè."),
    ("mnsaomai", CLOSED): ("Số trẻ trên lớp ở khối mẫu giáo 5 tuổi vượt quy định.", ""),
    ("thptdoiche", OLDER): ("Phòng máy tính có 11/40 máy hỏng.", "Đề nghị cấp kinh phí sửa chữa."),
    ("thsuoimay", NEWEST): (
        "Mái che sân trường hư hỏng sau mưa lớn.",
        "Đề nghị hỗ trợ kinh phí sửa chữa mái che.",
    ),
    ("thptngocson", NEWEST): ("", "Đề nghị Sở sớm thông báo lịch tập huấn giáo viên cốt cán."),
    ("palau", CLOSED): ("Điểm trường Háng Sung chưa có điện lưới, chưa dạy được môn Tin học.", ""),
    ("sinpao", CLOSED): (
        "Nguồn nước tự chảy của khu bán trú cạn vào đầu giờ sáng.",
        "Đề nghị UBND xã hỗ trợ 01 bể chứa 20 m³.",
    ),
    ("mnanhduong", NEWEST): ("Thiếu 02 giáo viên do nghỉ thai sản.", "Đề nghị bố trí giáo viên hợp đồng."),
    ("gdtx", CLOSED): ("", "Đề nghị Sở cho phép mở thêm 01 lớp 10 hệ vừa học vừa làm."),
    ("lungsan", OLDER): ("Cầu tạm qua suối Lùng bị cuốn trôi, 23 học sinh phải đi vòng 6 km.", ""),
}


@dataclass(frozen=True)
class Stage:
    """What a month is played with: who is there, what work there is, and as of when the table speaks."""

    size: Size
    schedule: Schedule
    work: Work
    postings: Mapping[str, Posting]


def play_month(month: PlayedMonth, stage: Stage) -> Period:
    """Open a month and let every school do with it what it did."""
    number = month.number
    with played_at(moment(month.opens_on, 1)):
        period = open_month(year=number.year, month=number.month, by=None, today=month.opens_on).period
    rows = MonthlyReport.objects.filter(period=period).select_related("unit", "period")
    reports = {report.unit.code: report for report in rows}
    for filing in filings(month, stage.schedule, stage.size.schools):
        play(Page(filing, reports[filing.plan.code], stage))
    return period


def play(page: "Page") -> None:
    filing = page.filing
    if filing.outcome == BEGUN:
        page.begin(filing.day)
        return
    if filing.is_corrected:
        page.send_with_a_slip(filing.day)
        page.give_back(page.later(filing.day, 1), SLIP_REASON)
        page.correct(page.later(filing.day, 2))
    else:
        page.send(filing.day)
    reviewed_on = page.later(filing.day, 3 if filing.is_corrected else 1)
    if filing.outcome == ACCEPTED:
        page.accept(reviewed_on)
    elif filing.outcome == RETURNED:
        page.give_back(reviewed_on, RETURN_REASON if page.returned_work() else SLIP_REASON)


@dataclass
class Page:
    """One school's report of one month, in the hands of those whose step it is."""

    filing: Filing
    report: MonthlyReport
    stage: Stage

    @property
    def key(self) -> str:
        return self.filing.plan.key

    @property
    def principal(self) -> Posting:
        return self.stage.postings[f"ht.{self.key}"]

    @property
    def writer(self) -> Posting:
        """The clerk, where there is one, fills in what the principal sends."""
        return self.stage.postings.get(f"vp.{self.key}", self.principal)

    @property
    def reviewer(self) -> Posting:
        office = self.filing.plan.office
        return self.stage.postings["chuyenvien" if office == DEPARTMENT else f"cv.{office}"]

    @property
    def first_pupils(self) -> str:
        """The measure of pupils of the lowest level."""
        return f"{self.filing.plan.cohorts[0].level}.pupils"

    def later(self, day: dt.date, days: int) -> dt.date:
        return self.stage.schedule.past(workday(day, days))

    def figures(self) -> dict[str, Figure]:
        """What the report of this month asks for."""
        month, as_of = self.filing.month.number, self.stage.schedule.closed.number
        known = month_figures(self.filing.plan, month, as_of)
        if self.filing.month.ago == NEWEST and self.key in SLIPS:
            code, slip = SLIPS[self.key]
            known = known | {code: Decimal(slip) + (number_of(known[code]) or 0)}
        return {
            measure.code: known[measure.code]
            for measure in measures_for(self.report.unit, self.report.period)
        }

    def progress(self, day: dt.date) -> list[ProgressDraft]:
        """What the school says of each of its open assignments of which there is something new to say."""
        open_work = open_for_month(self.report.unit, self.report.period)
        said = (self.stage.work.said_of(one, self.filing.plan, self.filing.month.ago) for one in open_work)
        return [self.with_proof(draft, day) for draft in said if draft]

    def with_proof(self, draft: ProgressDraft, day: dt.date) -> ProgressDraft:
        """With the file that shows that work is done, where this school has one to show."""
        plan, proof = self.filing.plan, self.stage.work.proof_of(draft.assignment, self.filing.plan)
        if proof is None or not draft.claims_done:
            return draft
        return replace(draft, files=(proof(plan, day, self.principal.actor_name),))

    # --- what is done with it --------------------------------------------------------------------------

    def begin(self, day: dt.date) -> None:
        """The first level's figures are there, the rest is still to come."""
        self.save(moment(day, 16, 20), dict(list(self.figures().items())[:4]), [])
        for one in open_for_month(self.report.unit, self.report.period):
            if questions := self.stage.work.questions_of(one):
                self.answer(one, questions[: len(questions) // 2], moment(day, 16, 40))

    def send(self, day: dt.date) -> None:
        difficulties, proposals = REMARKS.get((self.key, self.filing.month.ago), ("", ""))
        said = self.progress(day)
        self.lay_answers_ready(said, day)
        self.save(moment(day, 9, 30), self.figures(), said, difficulties, proposals)
        self.send_saved(day)

    def lay_answers_ready(self, said: list[ProgressDraft], day: dt.date) -> None:
        """The answers to the forms of work that is said to be done: they are sent with it."""
        for one in (draft.assignment for draft in said if draft.claims_done):
            if questions := self.stage.work.questions_of(one):
                self.answer(one, questions, moment(day, 9))

    def answer(self, assignment: Assignment, questions: Sequence[Question], now: dt.datetime) -> None:
        with played_at(now, BY_REPORTS):
            lay_answers_ready(assignment, questions, self.filing.plan, by=self.writer, now=now)

    def send_with_a_slip(self, day: dt.date) -> None:
        """Some pupils who had moved away are counted as well."""
        figures = self.figures()
        pupils = number_of(figures[self.first_pupils]) or Decimal(0)
        slip = {self.first_pupils: pupils + COUNTED_TOO_MANY}
        said = self.progress(day)
        self.lay_answers_ready(said, day)
        remarks = {self.first_pupils: SLIP_WORD}
        self.save(moment(day, 9, 30), figures | slip, said, remarks=remarks)
        self.send_saved(day)

    def correct(self, day: dt.date) -> None:
        remarks = {self.first_pupils: SLIP_REMARK}
        self.save(moment(day, 9, 30), self.figures(), [], remarks=remarks)
        self.send_saved(day)

    def save(
        self,
        now: dt.datetime,
        figures: Mapping[str, Figure],
        progress: list[ProgressDraft],
        difficulties: str = "",
        proposals: str = "",
        remarks: Mapping[str, str] | None = None,
    ) -> None:
        with played_at(now, BY_FILES if any(draft.files for draft in progress) else BY_REPORTS):
            self.report = save_report(
                report=self.report,
                version=self.report.version,
                figures=figures,
                remarks=remarks,
                progress=progress,
                difficulties=difficulties,
                proposals=proposals,
                by=self.writer,
                now=now,
            )

    def send_saved(self, day: dt.date) -> None:
        now = moment(day, 10, 15)
        with played_at(now, BY_REPORTS):
            self.report = send_report(
                report=self.report, version=self.report.version, by=self.principal, now=now
            )

    def accept(self, day: dt.date) -> None:
        now = moment(day, 15, 10)
        with played_at(now, BY_REPORTS):
            accept_report(report=self.report, version=self.report.version, by=self.reviewer, now=now)

    def returned_work(self) -> list[Assignment]:
        """The work of which the school's newest report said too little."""
        key, symbol, path = RETURNED_WORK
        if (self.key, self.filing.month.ago) != (key, NEWEST):
            return []
        claimed = Assignment.objects.filter(
            unit=self.report.unit, task__directive__symbol=symbol, task__path=path
        )
        return list(claimed)

    def give_back(self, day: dt.date, reason: str) -> None:
        """With it goes the work of which it said too little."""
        now = moment(day, 15, 10)
        with played_at(now, BY_REPORTS):
            self.report = return_report(
                report=self.report,
                version=self.report.version,
                reason=reason,
                send_back=self.returned_work(),
                by=self.reviewer,
                now=now,
            )
