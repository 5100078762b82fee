"""The portal's own sentences of a briefing in English: for who reads with it, from the same frozen figures.

The paper itself is Vietnamese; what staff wrote over it is not translated. Words follow the numbers here,
too: singular and plural, up, down and unchanged, no data and not applicable. Pure.
"""

from collections.abc import Iterable
from decimal import Decimal

from eduportal.base.numbers import format_number
from reports.figures import (
    BriefingFigures,
    Discipline,
    DueTask,
    Figure,
    Goal,
    LevelFigures,
    Rate,
    Recognised,
    Remark,
    Standards,
    Word,
)
from reports.wording.parts import given
from reports.wording.reporting import counted_names, together
from reports.wording.tasks import MOST_BEFORE, MOST_QUOTED, MOST_WORDS, OPEN, words_together
from reports.wording.words import Link, capital, excerpt, linked, parted, tenths
from schools.periods import Named

LEVELS = {
    "preschool": "Preschool",
    "primary": "Primary education",
    "lower_secondary": "Lower secondary education",
    "upper_secondary": "Upper secondary education",
    "continuing": "Continuing education",
}
PUPILS = {"preschool": ("child", "children"), "continuing": ("learner", "learners")}
STANDINGS = {
    "done_on_time": "done on time",
    "done_late": "done late",
    "running": "running in time",
    "overdue": "overdue",
    "no_deadline": "running without a deadline",
}
OUTSIDE = {"paused": "paused", "cancelled": "cancelled", "refused": "refused"}
GOALS = {
    "exceeded": "exceeded",
    "met": "met",
    "on_track": "on track",
    "at_risk": "at risk",
    "missed": "missed",
    "no_data": "without data",
}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


Section = tuple[str, str, tuple[Link, ...]]
"""Title, text, and where its numbers lead."""


def sections(figures: BriefingFigures) -> dict[str, Section]:
    """The parts that the portal writes by itself, by their key."""
    texts = {
        f"level.{one.level}": (LEVELS[one.level], level_text(one, one.compared_with or figures.period.before))
        for one in figures.levels
    }
    if figures.goals:
        texts["goals"] = ("Targets", goals_text(figures.goals))
    if figures.standards and figures.standards.is_spoken_of:
        texts["standards"] = ("Schools of national standard", standards_text(figures.standards))
    texts |= {
        "assignments": ("Tasks given", assignments_text(figures)),
        "discipline": ("Reporting", discipline_text(figures)),
        "difficulties": ("Difficulties and proposals of units", difficulties_text(figures.remarks)),
        "directions": (f"Main tasks of {name(figures.period.following)}", directions_text(figures)),
    }
    return {key: (title, *parted(text)) for key, (title, text) in texts.items()}


# --- numbers and names --------------------------------------------------------------------------------------


def written(value: Decimal | int) -> str:
    return format_number(value, language="en")


def counted(value: Decimal | int, one: str, many: str) -> str:
    """1 school, 2 schools, 0 schools."""
    return f"{written(value)} {one if value == 1 else many}"


def points(fraction: Decimal) -> str:
    return written(tenths(fraction))


def name(period: Named) -> str:
    """November 2026; quarter III of 2026; term I of school year 2026-2027."""
    years = f"school year {period.year}-{period.year + 1}"
    if period.kind == "month":
        return f"{MONTHS[period.ordinal - 1]} {period.year}"
    return {
        "quarter": f"quarter {period.roman} of {period.year}",
        "term": f"term {period.roman} of {years}",
        "school_year": years,
        "calendar_year": f"the year {period.year}",
    }[period.kind]


def direction(change: Decimal, said: str) -> str:
    """Up, down or unchanged; `said` is the size of the change in words."""
    return f"{'up' if change > 0 else 'down'} by {said}" if change else "unchanged"


# --- levels -------------------------------------------------------------------------------------------------


def level_text(level: LevelFigures, before: Named) -> str:
    reported = f"{written(level.reported)} of {counted(level.schools, 'school', 'schools')}"
    if not level.has_figures:
        return f"No data: {reported} reported."
    pupil = PUPILS.get(level.level, ("pupil", "pupils"))
    lines = [f"Figures of {name(level.counted_in)}."] if level.counted_in else []
    lines += [
        f"{total_of(level.classes, level, ('class', 'classes'))}"
        f"{moved(level.classes, ('class', 'classes'), before)}; "
        f"{total_of(level.pupils, level, pupil)}{compared(level.pupils, pupil, before)}.",
        f"{rate_text(level.attendance, pupil[1], before)}; "
        f"{total_of(level.teachers, level, ('teacher', 'teachers'))}"
        f"{moved(level.teachers, ('teacher', 'teachers'), before)}.",
    ]
    if level.reported < level.schools:
        lines.append(f"Figures of {reported}; the others have not reported yet.")
    if level.is_provisional:
        lines.append("Provisional: some reports are not accepted yet.")
    return "\n".join(lines)


def total_of(figure: Figure, level: LevelFigures, noun: tuple[str, str]) -> str:
    if figure.value is None:
        none = 0 < level.reported <= figure.not_applicable
        return f"{noun[1]}: {'not applicable' if none else 'no data'}"
    number = linked(f"figure:{figure.code}", written(figure.value))
    return f"{number} {noun[0] if figure.value == 1 else noun[1]}{coverage(figure, level)}"


def coverage(figure: Figure, level: LevelFigures) -> str:
    parts = []
    if figure.units + figure.not_applicable < level.reported:
        parts.append(f"of {counted(figure.units, 'school', 'schools')} with data")
    if figure.not_applicable:
        parts.append(f"not applicable to {counted(figure.not_applicable, 'school', 'schools')}")
    return f" ({', '.join(parts)})" if parts else ""


def moved(figure: Figure, noun: tuple[str, str], before: Named) -> str:
    return compared(figure, noun, before) if figure.change else ""


def compared(figure: Figure, noun: tuple[str, str], before: Named) -> str:
    if figure.value is None:
        return ""
    clauses = [against_before(figure, noun, before)]
    if figure.year_change is not None:
        clauses.append(
            f"{direction(figure.year_change, counted(abs(figure.year_change), *noun))} against a year before"
        )
    return f" ({'; '.join(clauses)})"


def against_before(figure: Figure, noun: tuple[str, str], before: Named) -> str:
    if figure.previous is None:
        return f"no data of {name(before)} to compare with"
    if figure.change is None:
        return f"no school has data of {name(before)} as well to compare with"
    basis = (
        ""
        if figure.compares_all
        else f", over the {counted(figure.paired_units, 'school', 'schools')} with both months"
    )
    change = direction(figure.change, counted(abs(figure.change), *noun))
    return f"{change} against {name(before)}{basis}"


def rate_text(rate: Rate, pupils: str, before: Named) -> str:
    if rate.value is None:
        return f"Attendance of {pupils}: no data"
    changes = [(rate.change, f"against {name(before)}"), (rate.year_change, "against a year before")]
    clauses = [
        f"{direction(by, f'{points(abs(by))} percentage points')} {words}"
        for by, words in changes
        if by is not None
    ]
    behind = f" ({'; '.join(clauses)})" if clauses else ""
    value = linked(f"figure:{rate.code}", f"{points(rate.value)}%")
    return f"Attendance of {pupils}: {value}{behind}"


# --- targets and the standard -------------------------------------------------------------------------------


def goals_text(goals: tuple[Goal, ...]) -> str:
    counts = {code: sum(one.standing == code for one in goals) for code in GOALS}
    parts = [f"{words} {written(counts[code])}" for code, words in GOALS.items() if counts[code]]
    lines = [f"{counted(len(goals), 'target', 'targets')} followed: {'; '.join(parts)}."]
    for one in goals:
        if one.en.value:
            value = linked(f"target:{one.target_id}", one.en.value)
            lines.append(f"- {one.en.name}: {value} (target: {one.en.wanted}; {GOALS[one.standing]}).")
        else:
            lines.append(f"- {one.en.name}: no data (target: {one.en.wanted}).")
    return "\n".join(lines)


def standards_text(standards: Standards) -> str:
    held = linked("standards:", written(standards.recognised))
    lines = [f"{held} of {counted(standards.schools, 'school', 'schools')} hold the national standard."]
    lines += recognised("Recognised in the period", standards.gained)
    lines += recognised("Lapsed or revoked in the period", standards.lost)
    lines += recognised("Lapsing soon", standards.lapsing)
    return "\n".join(lines)


def recognised(title: str, rows: Iterable[Recognised]) -> list[str]:
    names = [f"{one.school} (level {one.level}, {one.on:%d/%m/%Y})" for one in rows]
    return [f"- {title}: {'; '.join(names)}."] if names else []


# --- tasks --------------------------------------------------------------------------------------------------


def assignments_text(figures: BriefingFigures) -> str:
    total = given(figures)
    if not total:
        return f"No task was given to units by {figures.as_of:%d/%m/%Y}."
    task = "assignment" if total == 1 else "assignments"
    standing = "; ".join(
        f"{words} {linked(f'tasks:{code}', written(figures.standing[code]))}"
        for code, words in STANDINGS.items()
        if figures.standing.get(code)
    )
    outside = "; ".join(
        f"{words} {written(figures.standing[code])}"
        for code, words in OUTSIDE.items()
        if figures.standing.get(code)
    )
    lines = [
        f"By {figures.as_of:%d/%m/%Y} units were given {linked('tasks:', written(total))} {task} by "
        f"{counted(len(figures.by_document), 'document', 'documents')}: {standing}."
        f"{f' Besides: {outside}.' if outside else ''}"
    ]
    for row in figures.by_document:
        if any(row.counts.get(code) for code in OPEN):
            count = sum(row.counts.get(code, 0) for code in STANDINGS)
            parts = (
                f"{words} {written(row.counts[code])}"
                for code, words in STANDINGS.items()
                if row.counts.get(code)
            )
            number = linked(f"document:{row.directive_id}", written(count))
            lines.append(f"- {row.number} ({excerpt(row.subject)}): {number}: {'; '.join(parts)}.")
    late = [
        f"{row.name} ({written(row.counts['overdue'])})"
        for row in figures.by_unit
        if row.counts.get("overdue")
    ]
    lines.append(
        f"- Units with overdue tasks: {'; '.join(late)}." if late else "- No unit has overdue tasks."
    )
    return "\n".join([*lines, *words_of_units(figures.words)])


def words_of_units(words: tuple[Word, ...]) -> list[str]:
    if not words:
        return []
    quotes = words_together(words)
    lines = [
        f"- {number}: “{text}” ({'; '.join(units) if len(units) <= MOST_BEFORE else f'{len(units)} units'})."
        for (number, _issued_on), text, units in quotes[:MOST_WORDS]
    ]
    if (more := len(quotes) - MOST_WORDS) > 0:
        lines.append(f"- {counted(more, 'more word', 'more words')} of units on tasks.")
    return ["Units say of their tasks:", *lines]


def directions_text(figures: BriefingFigures) -> str:
    coming = name(figures.period.following)
    late = [task for task in figures.due_tasks if task.is_overdue]
    tasks = due_tasks(late, f"finish in {coming} what is overdue")
    tasks += due_tasks([task for task in figures.due_tasks if not task.is_overdue], "finish in time")
    if missing := counted_names(row.name for row in figures.discipline.missing):
        tasks.append(f"{', '.join(missing)}: send the missing reports of {name(figures.period)}.")
    due = f"{figures.next_report_due_on:%d/%m/%Y}"
    tasks.append(f"All units send the report of {coming} by {due}.")
    return "\n".join(f"{number}. {task}" for number, task in enumerate(tasks, start=1))


def due_tasks(tasks: list[DueTask], what: str) -> list[str]:
    if len(tasks) > MOST_QUOTED:
        return [f"{capital(what)}: {counted(len(tasks), 'task', 'tasks')}."]
    return [
        f"{', '.join(one.units)}: {what} by {one.deadline:%d/%m/%Y} ({one.number}): “{excerpt(one.text)}”."
        for one in tasks
    ]


# --- reporting ----------------------------------------------------------------------------------------------


def discipline_text(figures: BriefingFigures) -> str:
    found = figures.discipline
    if not found.expected:
        return f"No unit was to report {name(figures.period)} yet."
    received = linked("reports:received", written(found.received))
    expected = linked("reports:expected", written(found.expected))
    noun = "report" if found.expected == 1 else "reports"
    late = f", {written(found.received_late)} of them late" if found.received_late else ""
    lines = [f"{received} of {expected} {noun} of {name(figures.period)} are in{late}."]
    return "\n".join([*lines, *missing_lines(found), *chased_lines(figures)])


def missing_lines(found: Discipline) -> list[str]:
    never = counted_names(row.name for row in found.missing if not row.returned)
    returned = counted_names(row.name for row in found.missing if row.returned)
    lines = [f"- Not in: {', '.join(never)}."] if never else []
    return [*lines, *([f"- Returned and not sent again: {', '.join(returned)}."] if returned else [])]


def chased_lines(figures: BriefingFigures) -> list[str]:
    names = [f"{row.name} ({counted(row.times, 'reminder', 'reminders')})" for row in figures.chased]
    return [f"- Reminded again and again: {'; '.join(names)}."] if names else []


def difficulties_text(remarks: tuple[Remark, ...]) -> str:
    lines: list[str] = []
    for title, said in (
        ("Difficulties", [(one.name, one.difficulties) for one in remarks]),
        ("Proposals", [(one.name, one.proposals) for one in remarks]),
    ):
        if quotes := together(said):
            lines += [f"{title}:", *(f"- “{text}” ({'; '.join(names)})." for text, names in quotes)]
    return "\n".join(lines) or "Units name no difficulties and make no proposals."
