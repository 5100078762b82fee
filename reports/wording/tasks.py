"""The sentences on tasks: what became of those that were given, and what is to be done next. Pure."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from reports.figures import BriefingFigures, Discipline, DocumentStanding, DueTask, UnitStanding, Word
from reports.wording.reporting import counted_names, together
from reports.wording.words import capital, day, document, excerpt, linked, written
from schools.periods import Named

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
# More words of units than this are counted.
MOST_WORDS = 10
ALL_COMMUNES, COMMUNES_BEGIN = "UBND các xã, phường", "UBND "


def assignments_text(figures: BriefingFigures) -> str:
    """The statistics sentence of the field, then documents with work open, then the units that are late."""
    total = sum(figures.standing.get(code, 0) for code in STANDING_WORDS)
    if not total:
        return f"Đến ngày {day(figures.as_of)} chưa có nhiệm vụ nào được giao cho các đơn vị."
    documents = figures.by_document
    lines = [
        f"Đến ngày {day(figures.as_of)}, các đơn vị được giao {linked('tasks:', written(total))} lượt "
        f"nhiệm vụ theo {written(len(documents))} văn bản, trong đó: {linked_counts(figures.standing)}."
        f"{outside_text(figures.standing)}"
    ]
    unfinished = [row for row in documents if any(row.counts.get(code) for code in OPEN)]
    lines += [f"- {document_standing(row)}" for row in unfinished]
    if finished := len(documents) - len(unfinished):
        lines.append(f"- {written(finished)} văn bản không còn nhiệm vụ đang thực hiện.")
    return "\n".join([*lines, late_units(figures.by_unit), *words_of_units(figures.words)])


def words_of_units(words: Sequence[Word]) -> list[str]:
    """What units wrote of their tasks; many are quoted in part, and the rest counted."""
    if not words:
        return []
    quotes = words_together(words)
    lines = [
        f"- {capital(document(number, issued_on))}: “{text}” ({named(units)})."
        for (number, issued_on), text, units in quotes[:MOST_WORDS]
    ]
    if (more := len(quotes) - MOST_WORDS) > 0:
        lines.append(f"- Còn {written(more)} ý kiến khác của các đơn vị về nhiệm vụ.")
    return ["Các đơn vị báo cáo về nhiệm vụ:", *lines]


def named(units: Sequence[str]) -> str:
    """By name; many are counted."""
    return "; ".join(units) if len(units) <= MOST_BEFORE else f"{written(len(units))} đơn vị"


Document = tuple[str, dt.date | None]


def words_together(words: Sequence[Word]) -> list[tuple[Document, str, list[str]]]:
    """What units wrote, by document; the same words of several units once, with how far each says it is."""
    said: dict[Document, list[tuple[str, str]]] = {}
    for one in words:
        about = f"{one.unit}, {written(one.percent)}%"
        said.setdefault((one.number, one.issued_on), []).append((about, excerpt(one.note)))
    return [(about, text, units) for about, rows in said.items() for text, units in together(rows)]


def linked_counts(counts: dict[str, int]) -> str:
    """The five standings, each number leading to its tasks."""
    return "; ".join(
        f"{words} {linked(f'tasks:{code}', written(counts[code]))}"
        for code, words in STANDING_WORDS.items()
        if counts.get(code)
    )


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
    name = capital(document(row.number, row.issued_on))
    counted = linked(f"document:{row.directive_id}", written(total))
    return f"{name} ({excerpt(row.subject)}): {counted} lượt nhiệm vụ, {counts_text(row.counts)}."


def late_units(by_unit: Iterable[UnitStanding]) -> str:
    late = [row for row in by_unit if row.counts.get("overdue")]
    if not late:
        return "- Không có đơn vị nào có nhiệm vụ quá hạn."
    names = "; ".join(f"{row.name} ({written(row.counts['overdue'])})" for row in late)
    return f"- Đơn vị có nhiệm vụ quá hạn: {names}."


def directions_text(figures: BriefingFigures) -> str:
    """Proposed tasks of the next period, numbered: what is late, what falls due, which reports are owed."""
    period, coming = figures.period, figures.period.following
    tasks = overdue_tasks([task for task in figures.due_tasks if task.is_overdue], coming)
    tasks += running_tasks([task for task in figures.due_tasks if not task.is_overdue], coming)
    if missing := [row.name for row in figures.discipline.missing]:
        tasks.append(owed_reports(missing, figures.discipline, period))
    due_on = day(figures.next_report_due_on)
    all_units = f"Các trường và {ALL_COMMUNES}" if figures.discipline.communes else "Các trường"
    tasks.append(f"{all_units} gửi báo cáo {coming.vietnamese} trên hệ thống chậm nhất ngày {due_on}.")
    return "\n".join(f"{number}. {task}" for number, task in enumerate(tasks, start=1))


def owed_reports(missing: list[str], discipline: Discipline, period: Named) -> str:
    """Who still has to report a period. Many are counted by kind first and named behind."""
    what = f"báo cáo {period.vietnamese} còn thiếu"
    when = f"hoàn thành trong {period.following.vietnamese}"
    missing = counted_names(missing)
    if len(missing) <= MOST_BEFORE:
        return f"{', '.join(missing)} gửi {what}, {when}."
    communes = discipline.communes - discipline.communes_received
    schools = len(missing) - communes
    counted = [f"{written(schools)} trường"] if schools else []
    counted += [f"UBND {written(communes)} xã, phường"] if communes else []
    return f"Gửi {what} ({' và '.join(counted)}), {when}. Đơn vị thực hiện: {', '.join(missing)}."


def overdue_tasks(tasks: list[DueTask], coming: Named) -> list[str]:
    """What is late: quoted while it is little, beyond that summed up by document, as a notice is signed.

    By "nhiệm vụ đã giao … theo" directives.proposals knows that units have this work already.
    """
    urged, given = f"khẩn trương hoàn thành trong {coming.vietnamese}", "nhiệm vụ đã giao nay quá hạn"
    if len(tasks) <= MOST_QUOTED:
        return [f"{addressees(task.units)} {urged} {given} {quoted(task)}" for task in tasks]
    return [f"{addressees(units_of(tasks))} {urged} các {given} {listed(tasks)}"]


def running_tasks(tasks: list[DueTask], coming: Named) -> list[str]:
    """What falls due, in the same way."""
    if len(tasks) <= MOST_QUOTED:
        return [
            f"{addressees(task.units)} hoàn thành chậm nhất ngày {day(task.deadline)} nhiệm vụ đã giao "
            f"{quoted(task)}"
            for task in tasks
        ]
    return [
        f"{addressees(units_of(tasks))} hoàn thành đúng thời hạn các nhiệm vụ đã giao đến hạn trong "
        f"{coming.vietnamese} {listed(tasks)}"
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
