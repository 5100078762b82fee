"""Monthly reports and briefings as official documents (Nghị định 30/2020, phụ lục I). Pure.

Like the briefing's sentences these words are the content of official papers: Vietnamese, not translated.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from directives.writing.body import parse_body
from directives.writing.document import (
    Block,
    Item,
    Letterhead,
    OfficialDocument,
    Paragraph,
    Recipient,
    Signature,
    Table,
)
from directives.writing.words import date_line, roman, symbol_for
from eduportal.base.numbers import format_number
from reports.figures import BriefingFigures, LevelFigures, Rate
from reports.figures import Figure as BriefingFigure
from reports.wording import LEVEL_TITLES, PUPILS, day, one_line, percentage, points
from schools.periods import Named
from targets.arithmetic import NOT_APPLICABLE, Figure, change, number_of

KIND = "Báo cáo"
DRAFT_MARK = "BẢN NHÁP"
POPULATION = "Dân số trong độ tuổi"
NOTHING = "–"
MINUS = "\u2212"
# A school has no symbol in the portal; it is written in together with the number.
BLANK_SYMBOL = "BC-………"
STANDINGS = {
    "done_on_time": "hoàn thành đúng hạn",
    "done_late": "hoàn thành quá hạn",
    "running": "đang thực hiện, trong hạn",
    "overdue": "quá hạn, chưa hoàn thành",
    "no_deadline": "đang thực hiện, không có thời hạn",
    "paused": "tạm hoãn",
    "cancelled": "hủy",
    "refused": "từ chối",
}


@dataclass(frozen=True)
class Head:
    """What stands around the body. `symbol`: of the unit ("VHXH"), empty where it has none here."""

    superior: str
    issuer: str
    place: str
    issued_on: dt.date | None
    symbol: str
    signed_as: tuple[str, ...]
    signer: str

    @property
    def place_and_date(self) -> str:
        return date_line(self.place, self.issued_on)

    @property
    def letterhead(self) -> Letterhead:
        return Letterhead(self.superior, self.issuer)

    @property
    def full_symbol(self) -> str:
        return symbol_for(KIND, self.symbol) if self.symbol else BLANK_SYMBOL

    @property
    def signature(self) -> Signature:
        *authority, title = self.signed_as
        return Signature(tuple(authority), title, self.signer)


@dataclass(frozen=True)
class FigureText:
    """One figure of a report beside the last one's and last year's. `level` is empty for the population."""

    level: str
    name: str
    figure: Figure
    previous: Figure
    last_year: Figure
    remark: str = ""


@dataclass(frozen=True)
class TaskText:
    """What a report says of one task."""

    text: str
    document: str
    deadline: dt.date | None
    standing: str
    percent: int
    note: str


@dataclass(frozen=True)
class ReportPaper:
    """A unit's report as it is printed."""

    head: Head
    unit: str
    addressee: str
    period: Named
    figures: tuple[FigureText, ...]
    tasks: tuple[TaskText, ...]
    difficulties: str
    proposals: str
    is_draft: bool
    answers: tuple[tuple[str, str], ...] = ()
    """Questions with what was answered."""


def report_document(paper: ReportPaper) -> OfficialDocument:
    """The report: figures, tasks, answers, difficulties and proposals."""
    period = paper.period.in_full
    opening = f"{paper.unit} báo cáo kết quả công tác {period} như sau:"
    closing = f"Trên đây là báo cáo công tác {period} của {paper.unit}."
    blocks: tuple[Block, ...] = (
        Paragraph(opening),
        Item(1, "I", "", title="Số liệu"),
        *figure_blocks(paper),
        Item(1, "II", "", title="Tiến độ thực hiện nhiệm vụ"),
        *task_blocks(paper.tasks),
        *answer_blocks(paper.answers),
        Item(1, "IV" if paper.answers else "III", "", title="Khó khăn, kiến nghị"),
        *word_blocks(paper.difficulties, paper.proposals),
        Paragraph(closing),
    )
    return framed(
        paper.head,
        subject=f"Công tác {period}",
        year=paper.period.bounds()[1].year,
        addressee=paper.addressee,
        blocks=blocks,
        recipients=(Recipient(paper.addressee, "để báo cáo"),),
        is_draft=paper.is_draft,
    )


def framed(
    head: Head,
    *,
    subject: str,
    year: int,
    addressee: str,
    blocks: tuple[Block, ...],
    recipients: tuple[Recipient, ...],
    is_draft: bool,
) -> OfficialDocument:
    """A report with what stands around its body. Its number is written in by hand: the line has room."""
    return OfficialDocument(
        letterhead=head.letterhead,
        kind=KIND,
        subject=subject,
        number=None,
        symbol=head.full_symbol,
        place=head.place,
        issued_on=head.issued_on,
        addressees=(addressee,) if addressee else (),
        bases=(),
        body=blocks,
        signature=head.signature,
        recipients=recipients,
        archive="Lưu: VT",
        draft=is_draft,
        draft_mark=DRAFT_MARK,
        year=year,
    )


# --- figures ------------------------------------------------------------------------------------------------


def figure_blocks(paper: ReportPaper) -> Iterator[Block]:
    """A table for each level and one for the population, each with the explanations beneath."""
    levels = list(dict.fromkeys(one.level for one in paper.figures))
    if not levels:
        yield Paragraph("Kỳ này không có số liệu phải báo cáo.")
    for level in levels:
        of_level = [one for one in paper.figures if one.level == level]
        title = LEVEL_TITLES[level] if level else POPULATION
        yield Table(heads_of(paper.period), tuple(map(figure_row, of_level)), title=title)
        for one in of_level:
            if one.remark:
                yield Paragraph(f"{one.name}: {one_line(one.remark)}.")


def heads_of(period: Named) -> tuple[str, ...]:
    return (
        "Số liệu",
        heading_of(period),
        heading_of(period.before),
        "Tăng, giảm",
        f"Cùng kỳ {period.year_before.vietnamese.removeprefix('tháng ')}",
    )


def heading_of(period: Named) -> str:
    words = period.vietnamese
    return words[0].upper() + words[1:]


def figure_row(one: FigureText) -> tuple[str, ...]:
    against = change(one.figure, one.previous)
    difference = signed(against.difference) if against else NOTHING
    return (
        one.name,
        figure_text(one.figure),
        figure_text(one.previous),
        difference,
        figure_text(one.last_year),
    )


def figure_text(figure: Figure) -> str:
    """A number, "không áp dụng", or a dash: three things that are never taken for one another."""
    if figure is NOT_APPLICABLE:
        return "không áp dụng"
    number = number_of(figure)
    return NOTHING if number is None else format_number(number)


def signed(difference: object) -> str:
    """A difference with its sign; none is 0."""
    number = number_of(difference)  # type: ignore[arg-type]
    if number is None:
        return NOTHING
    if not number:
        return "0"
    return f"{'+' if number > 0 else MINUS}{format_number(abs(number))}"


# --- tasks and words ----------------------------------------------------------------------------------------


def task_blocks(tasks: Sequence[TaskText]) -> Iterator[Block]:
    """Each task as a numbered item with its standing, and what was said of it beneath."""
    if not tasks:
        yield Paragraph("Trong tháng không có nhiệm vụ phải báo cáo tiến độ.")
    for number, task in enumerate(tasks, start=1):
        yield Item(
            2,
            str(number),
            f"{one_line(task.text)} ({task.document}){deadline_text(task.deadline)}: {standing_text(task)}.",
        )
        if task.note:
            yield Item(4, "-", f"{one_line(task.note)}.")


def deadline_text(deadline: dt.date | None) -> str:
    return f", thời hạn {day(deadline)}" if deadline else ""


def standing_text(task: TaskText) -> str:
    return f"{STANDINGS[task.standing]}, đạt {task.percent}%"


def answer_blocks(answers: Sequence[tuple[str, str]]) -> Iterator[Block]:
    """A part of its own where something was answered: each question with its answer beneath."""
    if answers:
        yield Item(1, "III", "", title="Nội dung khác")
    for number, (question, answer) in enumerate(answers, start=1):
        yield Item(2, str(number), "", title=question)
        yield from (Paragraph(line) for line in answer.splitlines() if line.strip())


def word_blocks(difficulties: str, proposals: str) -> Iterator[Block]:
    """What the unit wrote, paragraph by paragraph."""
    parts = [("Khó khăn", difficulties), ("Kiến nghị", proposals)]
    written = [(title, text) for title, text in parts if text.strip()]
    if not written:
        yield Paragraph("Không có.")
    for number, (title, text) in enumerate(written, start=1):
        yield Item(2, str(number), "", title=title)
        yield from (Paragraph(line) for line in text.splitlines() if line.strip())


# --- the briefing -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PartText:
    """One section of a briefing as it stands: its title, its text, and the level whose figures it shows."""

    title: str
    text: str
    figures: LevelFigures | None = None


def briefing_document(
    head: Head, figures: BriefingFigures, parts: Iterable[PartText], *, is_draft: bool
) -> OfficialDocument:
    """The briefing as it will be read, with a table under each level."""
    period = figures.period
    blocks: list[Block] = []
    for number, part in enumerate(parts, start=1):
        blocks.append(Item(1, roman(number), "", title=part.title))
        blocks += parse_body(part.text) or [Paragraph("Không có nội dung.")]
        if part.figures is not None and part.figures.has_figures:
            blocks.append(level_table(part.figures, period))
    blocks.append(
        Paragraph(f"Trên đây là báo cáo giao ban {period.in_full}, số liệu đến ngày {day(figures.as_of)}.")
    )
    return framed(
        head,
        subject=f"Giao ban công tác {period.in_full}",
        year=(period.bounds()[1] + dt.timedelta(days=1)).year,
        addressee="",
        blocks=tuple(blocks),
        recipients=(Recipient("Lãnh đạo cơ quan"), Recipient("Các đơn vị dự giao ban")),
        is_draft=is_draft,
    )


def level_table(level: LevelFigures, period: Named) -> Table:
    """The same figures that stand beside the section on its page."""
    pupils = PUPILS.get(level.level, "học sinh")
    rows = (
        count_row("Số lớp", level.classes),
        count_row(f"Số {pupils}", level.pupils),
        rate_row("Tỷ lệ đi học chuyên cần", level.attendance),
        count_row("Số giáo viên", level.teachers),
    )
    now, before = level.counted_in or period, level.compared_with or period.before
    heads = ("Số liệu", heading_of(now), heading_of(before), "Tăng, giảm", "Cùng kỳ năm trước")
    return Table(heads, rows)


def count_row(name: str, figure: BriefingFigure) -> tuple[str, ...]:
    return (
        name,
        figure_text(figure.value),
        figure_text(figure.previous),
        signed(figure.change),
        figure_text(figure.year_ago),
    )


def rate_row(name: str, rate: Rate) -> tuple[str, ...]:
    """A rate in percent, its change in percentage points."""
    change_text = NOTHING
    if rate.change is not None:
        sign = "" if not rate.change else "+" if rate.change > 0 else MINUS
        change_text = f"{sign}{points(abs(rate.change))} điểm %"
    return (
        name,
        NOTHING if rate.value is None else percentage(rate.value),
        NOTHING if rate.previous is None else percentage(rate.previous),
        change_text,
        NOTHING if rate.year_ago is None else percentage(rate.year_ago),
    )
