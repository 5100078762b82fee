"""Figures to the sentences of a briefing, as the field writes them. Pure.

The words here are the content of official papers, not of the interface: they are Vietnamese whoever reads
them, and do not go through translation. Every number in a sentence is one of the figures; the words around it
follow the numbers (tăng, giảm, không đổi), and say what is missing or not yet accepted.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from eduportal.base.numbers import format_number
from reports.figures import (
    BriefingFigures,
    Chased,
    Discipline,
    DocumentStanding,
    DueTask,
    Figure,
    LevelFigures,
    Month,
    Rate,
    Remark,
    UnitStanding,
)

LEVEL_TITLES = {
    "preschool": "Giáo dục mầm non",
    "primary": "Giáo dục tiểu học",
    "lower_secondary": "Giáo dục trung học cơ sở",
    "upper_secondary": "Giáo dục trung học phổ thông",
    "continuing": "Giáo dục thường xuyên",
}
PUPILS = {"preschool": "trẻ", "continuing": "học viên"}
STANDING_WORDS = {
    "done_on_time": "hoàn thành đúng hạn",
    "done_late": "hoàn thành quá hạn",
    "running": "đang thực hiện, trong hạn",
    "overdue": "quá hạn chưa hoàn thành",
    "no_deadline": "đang thực hiện, không có thời hạn",
}
OUTSIDE_WORDS = {"paused": "tạm hoãn", "cancelled": "hủy", "refused": "từ chối"}
OPEN = ("running", "overdue", "no_deadline")
# More units than this are counted in a sentence, not named.
MOST_NAMED = 12
MOST_QUOTED = 5
# More names than this at its beginning hide what a task says: they follow it.
MOST_BEFORE = 5
LONGEST_QUOTE = 200
ALL_COMMUNES, COMMUNES_BEGIN = "UBND các xã, phường", "UBND "


@dataclass(frozen=True)
class SectionText:
    """A part of the briefing. `key` stays the same however often it is built."""

    key: str
    title: str
    text: str


def briefing_title(month: Month) -> str:
    """What stands over the sheet."""
    return f"BÁO CÁO GIAO BAN THÁNG {month.short}"


def sections(figures: BriefingFigures) -> list[SectionText]:
    """The whole briefing: levels, assignments, reporting, difficulties, directions for the next month."""
    parts = [
        SectionText(
            f"level.{level.level}", LEVEL_TITLES[level.level], level_text(level, figures.month.before)
        )
        for level in figures.levels
    ]
    month = figures.month
    return [
        *parts,
        SectionText("assignments", "Thực hiện nhiệm vụ được giao", assignments_text(figures)),
        SectionText(
            "discipline",
            "Chế độ thông tin, báo cáo",
            discipline_text(figures.discipline, month) + chased_text(figures.chased),
        ),
        SectionText("difficulties", "Khó khăn, kiến nghị của các đơn vị", difficulties_text(figures.remarks)),
        SectionText(
            "directions", f"Nhiệm vụ trọng tâm tháng {month.following.short}", directions_text(figures)
        ),
    ]


# --- numbers and names --------------------------------------------------------------------------------------


def written(value: Decimal | int) -> str:
    """A count as the field writes it: 01 to 09 with a leading zero, 8.411 with a dot.

    >>> written(1), written(0), written(8411)
    ('01', '0', '8.411')
    """
    if value == int(value) and 0 < value < 10:
        return f"0{int(value)}"
    return format_number(value)


def percentage(fraction: Decimal) -> str:
    """0.982 as "98,2%"."""
    return f"{points(fraction)}%"


def points(fraction: Decimal) -> str:
    """0.003 as "0,3"."""
    return format_number((fraction * 100).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def day(value: dt.date) -> str:
    return f"{value:%d/%m/%Y}"


def one_line(text: str) -> str:
    """Text that schools typed, made fit to stand inside a sentence: one line, no closing stop."""
    return " ".join(text.split()).rstrip(" .;")


def excerpt(text: str) -> str:
    """The beginning of a long text, cut between words."""
    line = one_line(text)
    if len(line) <= LONGEST_QUOTE:
        return line
    return line[:LONGEST_QUOTE].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def document(number: str, issued_on: dt.date | None) -> str:
    """A document by its number and day."""
    return f"văn bản số {number} ngày {day(issued_on)}" if issued_on else f"văn bản số {number}"


# --- levels -------------------------------------------------------------------------------------------------


def level_text(level: LevelFigures, before: Month) -> str:
    """The sentences on one level, a line each."""
    if not level.has_figures:
        return f"Chưa có số liệu: {reported_of(level)} trường đã báo cáo."
    pupils = PUPILS.get(level.level, "học sinh")
    lines = [
        f"Tổng số lớp: {total_of(level.classes, level)}{coverage(level.classes, level)}"
        f"{moved(level.classes, 'lớp', before)}; "
        f"tổng số {pupils}: {total_of(level.pupils, level)}{coverage(level.pupils, level)}"
        f"{compared(level.pupils, pupils, before)}.",
        f"{rate_text(level.attendance, pupils, before)}; số giáo viên: {total_of(level.teachers, level)}"
        f"{coverage(level.teachers, level)}{moved(level.teachers, 'giáo viên', before)}.",
    ]
    if level.reported < level.schools:
        lines.append(f"Số liệu của {reported_of(level)} trường; các trường còn lại chưa báo cáo.")
    if level.is_provisional:
        lines.append("Số liệu tạm tính, còn báo cáo chưa được duyệt.")
    return "\n".join(lines)


def reported_of(level: LevelFigures) -> str:
    return f"{written(level.reported)}/{written(level.schools)}"


def total_of(figure: Figure, level: LevelFigures) -> str:
    """Zero, none given and none to give are three things."""
    if figure.value is not None:
        return written(figure.value)
    return "không áp dụng" if applies_to_none(figure, level) else "chưa có số liệu"


def applies_to_none(figure: Figure, level: LevelFigures) -> bool:
    return figure.value is None and 0 < level.reported <= figure.not_applicable


def coverage(figure: Figure, level: LevelFigures) -> str:
    """Says so where some of the schools that reported gave no number here, or have none to give."""
    parts = []
    if figure.value is not None and figure.units + figure.not_applicable < level.reported:
        parts.append(f"của {written(figure.units)} trường có số liệu")
    if figure.not_applicable and not applies_to_none(figure, level):
        parts.append(f"{written(figure.not_applicable)} trường không áp dụng")
    return f" ({', '.join(parts)})" if parts else ""


def moved(figure: Figure, noun: str, before: Month) -> str:
    """The change in parentheses where there is one; where there is none, nothing."""
    return compared(figure, noun, before) if figure.change else ""


def compared(figure: Figure, noun: str, before: Month) -> str:
    """The change in parentheses, and over which schools it was taken."""
    if figure.value is None:
        return ""
    if figure.previous is None:
        return f" (tháng {before.short} chưa có số liệu để so sánh)"
    if figure.change is None:
        return f" (không có trường nào có số liệu cả tháng {before.short} để so sánh)"
    basis = (
        ""
        if figure.compares_all
        else f", tính trên {written(figure.paired_units)} trường có số liệu cả hai tháng"
    )
    return f" ({direction(figure.change, noun)} so với tháng {before.short}{basis})"


def direction(change: Decimal, noun: str) -> str:
    """Tăng, giảm or không đổi."""
    if not change:
        return "không đổi"
    return f"{'tăng' if change > 0 else 'giảm'} {written(abs(change))} {noun}"


def rate_text(rate: Rate, pupils: str, before: Month) -> str:
    if rate.value is None:
        return f"Tỷ lệ {pupils} đi học chuyên cần: chưa có số liệu"
    text = f"Tỷ lệ {pupils} đi học chuyên cần: {percentage(rate.value)}"
    if rate.change is None:
        return text
    if not rate.change:
        return f"{text} (không đổi so với tháng {before.short})"
    word = "tăng" if rate.change > 0 else "giảm"
    return f"{text} ({word} {points(abs(rate.change))} điểm phần trăm so với tháng {before.short})"


# --- assignments --------------------------------------------------------------------------------------------


def assignments_text(figures: BriefingFigures) -> str:
    """The statistics sentence of the field, then documents with work open, then the units that are late."""
    total = sum(figures.standing.get(code, 0) for code in STANDING_WORDS)
    if not total:
        return f"Đến ngày {day(figures.as_of)} chưa có nhiệm vụ nào được giao cho các đơn vị."
    documents = figures.by_document
    lines = [
        f"Đến ngày {day(figures.as_of)}, các đơn vị được giao {written(total)} lượt nhiệm vụ theo "
        f"{written(len(documents))} văn bản, trong đó: {counts_text(figures.standing)}."
        f"{outside_text(figures.standing)}"
    ]
    unfinished = [row for row in documents if any(row.counts.get(code) for code in OPEN)]
    lines += [f"- {document_standing(row)}" for row in unfinished]
    if finished := len(documents) - len(unfinished):
        lines.append(f"- {written(finished)} văn bản không còn nhiệm vụ đang thực hiện.")
    return "\n".join([*lines, late_units(figures.by_unit)])


def counts_text(counts: dict[str, int]) -> str:
    """The five standings whose parts add up; those of which there is none are left out."""
    return "; ".join(
        f"{words} {written(counts[code])}" for code, words in STANDING_WORDS.items() if counts.get(code)
    )


def outside_text(counts: dict[str, int]) -> str:
    """What stands outside the five, where there is any."""
    parts = [f"{words} {written(counts[code])}" for code, words in OUTSIDE_WORDS.items() if counts.get(code)]
    return f" Ngoài ra: {'; '.join(parts)}." if parts else ""


def document_standing(row: DocumentStanding) -> str:
    total = sum(row.counts.get(code, 0) for code in STANDING_WORDS)
    name = document(row.number, row.issued_on)
    return (
        f"{name[0].upper()}{name[1:]} ({excerpt(row.subject)}): {written(total)} lượt nhiệm vụ, "
        f"{counts_text(row.counts)}."
    )


def late_units(by_unit: Iterable[UnitStanding]) -> str:
    late = [row for row in by_unit if row.counts.get("overdue")]
    if not late:
        return "- Không có đơn vị nào có nhiệm vụ quá hạn."
    names = "; ".join(f"{row.name} ({written(row.counts['overdue'])})" for row in late)
    return f"- Đơn vị có nhiệm vụ quá hạn: {names}."


# --- reporting ----------------------------------------------------------------------------------------------


def discipline_text(discipline: Discipline, month: Month) -> str:
    """Who reported, and by name who did not."""
    if not discipline.expected:
        return f"Chưa có đơn vị nào phải nộp báo cáo tháng {month.short}."
    late = (
        f", trong đó {written(discipline.received_late)} đơn vị nộp sau hạn"
        if discipline.received_late
        else ""
    )
    counts = f"{written(discipline.received)}/{written(discipline.expected)}"
    received = f"{counts} đơn vị đã nộp báo cáo tháng {month.short}{kinds_of_units(discipline)}"
    if not discipline.missing:
        return f"{received}{late}."
    lines = [f"{received}{late}; {written(len(discipline.missing))} đơn vị chưa nộp."]
    never = [row.name for row in discipline.missing if not row.returned]
    returned = [row.name for row in discipline.missing if row.returned]
    lines += [f"- Chưa nộp: {', '.join(never)}."] if never else []
    lines += [f"- Bị trả lại, chưa nộp lại: {', '.join(returned)}."] if returned else []
    return "\n".join(lines)


def chased_text(chased: Sequence[Chased]) -> str:
    """A line more on who was reminded again and again, with what and how often; nothing where nobody was."""
    if not chased:
        return ""
    units = [f"{row.name} ({', '.join(awaited_of(row))}, nhắc {written(row.times)} lần)" for row in chased]
    return f"\n- Đã được nhắc nhiều lần nhưng chưa thực hiện: {'; '.join(units)}."


def awaited_of(row: Chased) -> list[str]:
    parts = [(row.reports, "báo cáo tháng"), (row.tasks, "nhiệm vụ")]
    return [f"{written(count)} {words}" for count, words in parts if count]


def kinds_of_units(discipline: Discipline) -> str:
    """Schools and communes apart, where both report."""
    schools = discipline.expected - discipline.communes
    if not discipline.communes or not schools:
        return ""
    of_schools = discipline.received - discipline.communes_received
    return (
        f" (trường học {written(of_schools)}/{written(schools)}; "
        f"xã, phường {written(discipline.communes_received)}/{written(discipline.communes)})"
    )


def difficulties_text(remarks: Iterable[Remark]) -> str:
    """What units wrote, quoted, a line each."""
    lines = []
    for remark in remarks:
        parts = [f"“{one_line(remark.difficulties)}”"] if remark.difficulties else []
        parts += [f"kiến nghị: “{one_line(remark.proposals)}”"] if remark.proposals else []
        lines.append(f"- {remark.name}: {'; '.join(parts)}.")
    return "\n".join(lines) or "Các đơn vị không nêu khó khăn, kiến nghị."


# --- what follows -------------------------------------------------------------------------------------------


def directions_text(figures: BriefingFigures) -> str:
    """Proposed tasks of the next month, numbered: what is late, what falls due, which reports are owed."""
    month, coming = figures.month, figures.month.following
    tasks = overdue_tasks([task for task in figures.due_tasks if task.is_overdue], coming)
    tasks += running_tasks([task for task in figures.due_tasks if not task.is_overdue], coming)
    if missing := [row.name for row in figures.discipline.missing]:
        tasks.append(owed_reports(missing, figures.discipline, month))
    due_on = day(figures.next_report_due_on)
    all_units = f"Các trường và {ALL_COMMUNES}" if figures.discipline.communes else "Các trường"
    tasks.append(f"{all_units} gửi báo cáo tháng {coming.short} trên hệ thống chậm nhất ngày {due_on}.")
    return "\n".join(f"{number}. {task}" for number, task in enumerate(tasks, start=1))


def owed_reports(missing: list[str], discipline: Discipline, month: Month) -> str:
    """Who still has to report a month. Many are counted by kind first and named behind."""
    what, when = f"báo cáo tháng {month.short} còn thiếu", f"hoàn thành trong tháng {month.following.short}"
    if len(missing) <= MOST_BEFORE:
        return f"{', '.join(missing)} gửi {what}, {when}."
    communes = discipline.communes - discipline.communes_received
    schools = len(missing) - communes
    counted = [f"{written(schools)} trường"] if schools else []
    counted += [f"UBND {written(communes)} xã, phường"] if communes else []
    return f"Gửi {what} ({' và '.join(counted)}), {when}. Đơn vị thực hiện: {', '.join(missing)}."


def overdue_tasks(tasks: list[DueTask], coming: Month) -> list[str]:
    """What is late: quoted while it is little, beyond that summed up by document, as a notice is signed.

    By "nhiệm vụ đã giao … theo" directives.proposals knows that units have this work already.
    """
    urged, given = f"khẩn trương hoàn thành trong tháng {coming.short}", "nhiệm vụ đã giao nay quá hạn"
    if len(tasks) <= MOST_QUOTED:
        return [f"{addressees(task.units)} {urged} {given} {quoted(task)}" for task in tasks]
    return [f"{addressees(units_of(tasks))} {urged} các {given} {listed(tasks)}"]


def running_tasks(tasks: list[DueTask], coming: Month) -> list[str]:
    """What falls due, in the same way."""
    if len(tasks) <= MOST_QUOTED:
        return [
            f"{addressees(task.units)} hoàn thành chậm nhất ngày {day(task.deadline)} nhiệm vụ đã giao "
            f"{quoted(task)}"
            for task in tasks
        ]
    return [
        f"{addressees(units_of(tasks))} hoàn thành đúng thời hạn các nhiệm vụ đã giao đến hạn trong tháng "
        f"{coming.short} {listed(tasks)}"
    ]


def quoted(task: DueTask) -> str:
    return f"theo {document(task.number, task.issued_on)}: “{excerpt(task.text)}”."


def listed(tasks: Sequence[DueTask]) -> str:
    """How many they are, and the documents that set them, in their order."""
    counts = Counter(document(task.number, task.issued_on) for task in tasks)
    names = "; ".join(f"{name} ({written(count)} nhiệm vụ)" for name, count in counts.items())
    return f"({written(len(tasks))} nhiệm vụ) theo các văn bản: {names}."


def units_of(tasks: Iterable[DueTask]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for task in tasks for name in task.units))


def addressees(units: tuple[str, ...]) -> str:
    """By name, or where they are many, by the groups they belong to."""
    if len(units) <= MOST_NAMED:
        return ", ".join(units)
    communes = sum(name.startswith(COMMUNES_BEGIN) for name in units)
    groups = ["Các trường"] if communes < len(units) else []
    groups += [ALL_COMMUNES] if communes else []
    return f"{' và '.join(groups)} chưa thực hiện xong ({written(len(units))} đơn vị)"
