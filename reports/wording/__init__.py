"""Figures to the sentences of a briefing, as the field writes them. Pure.

The words here are the content of official papers, not of the interface: they are Vietnamese whoever reads
them, and do not go through translation (`reports.wording.english` says the same in English). Every number in
a sentence is one of the figures; the words around it follow the numbers (tăng, giảm, không đổi), and say what
is missing or not yet accepted.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from reports.figures import BriefingFigures
from reports.wording.goals import goals_text, standards_text
from reports.wording.levels import PUPILS, level_text
from reports.wording.parts import Part, filled
from reports.wording.reporting import chased_text, difficulties_text, discipline_text
from reports.wording.tasks import ALL_COMMUNES, assignments_text, directions_text
from reports.wording.words import Link, day, excerpt, one_line, parted, percentage, points, written
from schools.periods import Named

__all__ = [
    "ALL_COMMUNES",
    "LEVEL_TITLES",
    "PUPILS",
    "SectionText",
    "briefing_title",
    "day",
    "excerpt",
    "one_line",
    "percentage",
    "points",
    "sections",
    "titles_of",
    "written",
]

LEVEL_TITLES = {
    "preschool": "Giáo dục mầm non",
    "primary": "Giáo dục tiểu học",
    "lower_secondary": "Giáo dục trung học cơ sở",
    "upper_secondary": "Giáo dục trung học phổ thông",
    "continuing": "Giáo dục thường xuyên",
}


@dataclass(frozen=True)
class SectionText:
    """A part of the briefing. `key` stays the same however often it is built; `links` lead from its numbers
    to what they count."""

    key: str
    title: str
    text: str
    links: tuple[Link, ...] = ()


def briefing_title(period: Named) -> str:
    """What stands over the sheet."""
    return f"BÁO CÁO GIAO BAN {period.vietnamese.upper()}"


def titles_of(period: Named) -> dict[str, str]:
    """The parts that the portal writes by itself, in the order of the meeting, with their titles."""
    return {
        **{f"level.{level}": title for level, title in LEVEL_TITLES.items()},
        "goals": "Thực hiện chỉ tiêu",
        "standards": "Xây dựng trường đạt chuẩn quốc gia",
        "assignments": "Thực hiện nhiệm vụ được giao",
        "discipline": "Chế độ thông tin, báo cáo",
        "difficulties": "Khó khăn, kiến nghị của các đơn vị",
        "directions": f"Nhiệm vụ trọng tâm {period.following.vietnamese}",
    }


def sections(figures: BriefingFigures, parts: Iterable[Part] = ()) -> list[SectionText]:
    """The whole briefing: the parts that its office has chosen, or all that the portal writes by itself.

    Of those, what there is nothing to say of does not come up: a level that nobody teaches, targets where
    none are set, the standard where no school has it.
    """
    titles, texts = titles_of(figures.period), own_texts(figures)
    chosen = list(parts) or [Part(key, "", "") for key in titles]
    built = []
    for part in chosen:
        if part.key in titles and part.key not in texts:
            continue
        own = texts.get(part.key, "")
        text, links = parted(filled(part.text, figures, own) if part.text else own)
        title = filled(part.title, figures) or titles.get(part.key, "")
        built.append(SectionText(part.key, parted(title)[0], text, links))
    return built


def own_texts(figures: BriefingFigures) -> dict[str, str]:
    """The portal's own sentences by part, with their numbers marked; parts without any are left out."""
    before = figures.period.before
    texts = {
        f"level.{level.level}": level_text(level, level.compared_with or before) for level in figures.levels
    }
    if figures.goals:
        texts["goals"] = goals_text(figures.goals)
    if figures.standards and figures.standards.is_spoken_of:
        texts["standards"] = standards_text(figures.standards)
    return texts | {
        "assignments": assignments_text(figures),
        "discipline": discipline_text(figures.discipline, figures.period) + chased_text(figures.chased),
        "difficulties": difficulties_text(figures.remarks),
        "directions": directions_text(figures),
    }
