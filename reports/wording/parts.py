"""The parts of a briefing as an office composes them: titles and texts of its own, with places for figures.

A place is a name in braces ("{học sinh tiểu học}"); when the briefing is built the figure of that name stands
there. Pure.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from eduportal.base.text import search_key
from reports.figures import BriefingFigures, LevelFigures
from reports.wording.levels import PUPILS, direction, direction_of_rate, total_of
from reports.wording.tasks import OUTSIDE_WORDS, STANDING_WORDS
from reports.wording.words import linked, percentage, written

OWN_TEXT = "câu của hệ thống"
"""The place in which the portal's own sentences of a part stand."""

NO_DATA = "chưa có số liệu"
LEVELS = {
    "preschool": "mầm non",
    "primary": "tiểu học",
    "lower_secondary": "THCS",
    "upper_secondary": "THPT",
    "continuing": "GDTX",
}
_PLACE = re.compile(r"\{([^{}\n]{1,80})\}")


@dataclass(frozen=True)
class Part:
    """A part that an office has chosen. Without a title or text of its own the portal's stand."""

    key: str
    title: str
    text: str


def place(name: str) -> str:
    """A name as it is compared: without case, diacritics and needless space."""
    return " ".join(search_key(name).split())


def unknown_places(text: str) -> list[str]:
    """The names in braces that are no figure's, as they were typed."""
    known = {place(name) for name in names()}
    return [found for found in _PLACE.findall(text) if place(found) not in known]


def filled(text: str, figures: BriefingFigures, own: str = "") -> str:
    """A text with the figures in their places, their numbers marked. What has no data says so."""
    values = {place(name): say for name, say in figures_named()}

    def put(found: re.Match[str]) -> str:
        asked = place(found[1])
        if asked == place(OWN_TEXT):
            return own
        return values[asked](figures) or NO_DATA if asked in values else found[0]

    return _PLACE.sub(put, text)


Say = Callable[[BriefingFigures], str]


def names() -> list[str]:
    """All names that may stand in braces, in the order in which they are offered."""
    return [OWN_TEXT, *(name for name, _ in figures_named())]


def figures_named() -> Iterator[tuple[str, Say]]:
    """Each figure by the name that offices call it."""
    yield "kỳ báo cáo", lambda figures: figures.period.vietnamese
    yield "kỳ sau", lambda figures: figures.period.following.vietnamese
    for level, name in LEVELS.items():
        pupils = PUPILS.get(level, "học sinh")
        for noun, stem in (("lớp", "classes"), (pupils, "pupils"), ("giáo viên", "teachers")):
            yield f"{noun} {name}", of_level(level, counted(stem))
            yield f"tăng giảm {noun} {name}", of_level(level, changed(stem, noun))
        yield f"chuyên cần {name}", of_level(level, attendance)
        yield f"tăng giảm chuyên cần {name}", of_level(level, change_of_attendance)
    yield "nhiệm vụ đã giao", lambda figures: linked("tasks:", written(given(figures)))
    for code, words in (STANDING_WORDS | OUTSIDE_WORDS).items():
        yield f"nhiệm vụ {words.replace(',', '')}", of_standing(code)
    yield "báo cáo phải nộp", lambda f: linked("reports:expected", written(f.discipline.expected))
    yield "báo cáo đã nộp", lambda f: linked("reports:received", written(f.discipline.received))
    yield "báo cáo chưa nộp", lambda f: linked("reports:missing", written(len(f.discipline.missing)))
    yield "báo cáo nộp muộn", lambda f: written(f.discipline.received_late)
    yield "trường đạt chuẩn", lambda f: written(f.standards.recognised) if f.standards else ""
    yield "tổng số trường", lambda f: written(f.standards.schools) if f.standards else ""


def given(figures: BriefingFigures) -> int:
    return sum(figures.standing.get(code, 0) for code in STANDING_WORDS)


def of_standing(code: str) -> Say:
    return lambda figures: linked(f"tasks:{code}", written(figures.standing.get(code, 0)))


def of_level(level: str, say: Callable[[LevelFigures], str]) -> Say:
    """Empty where the level is not taught."""
    return lambda figures: next((say(one) for one in figures.levels if one.level == level), "")


def counted(stem: str) -> Callable[[LevelFigures], str]:
    return lambda level: total_of(getattr(level, stem), level)


def changed(stem: str, noun: str) -> Callable[[LevelFigures], str]:
    def say(level: LevelFigures) -> str:
        change = getattr(level, stem).change
        return "" if change is None else direction(change, noun)

    return say


def attendance(level: LevelFigures) -> str:
    rate = level.attendance
    return "" if rate.value is None else linked(f"figure:{rate.code}", percentage(rate.value))


def change_of_attendance(level: LevelFigures) -> str:
    change = level.attendance.change
    return "" if change is None else direction_of_rate(change)
