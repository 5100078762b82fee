"""The questions of a report, with what was answered."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from eduportal.base.models import in_force
from reports.models import MonthlyReport, Question
from schools.models import Period, SchoolLevel, Unit, UnitKind
from targets.models import FormSection, Reporter


@dataclass(frozen=True)
class QuestionLine:
    """One question of a report, and its answer as it is stored; empty: none."""

    question: Question
    answer: str = ""

    @property
    def heading(self) -> str:
        return self.question.section.name if self.question.section else ""

    @property
    def is_lacking(self) -> bool:
        return self.question.is_required and not self.answer


def asked_of(unit: Unit, on: dt.date) -> Q:
    """Which questions are a unit's. A subquery for a school."""
    if unit.kind == UnitKind.COMMUNE:
        return Q(reporter=Reporter.COMMUNE)
    taught = SchoolLevel.objects.on(on).filter(school=unit.pk).values("level")
    return Q(reporter=Reporter.SCHOOL) & (Q(level="") | Q(level__in=taught))


def asked_of_level(level: str) -> Q:
    """Which questions schools of a level are asked; without a level, communes."""
    if not level:
        return Q(reporter=Reporter.COMMUNE)
    return Q(reporter=Reporter.SCHOOL, level__in=["", level])


def in_the_order_of_the_form(rows: QuerySet[Question], period: Period) -> list[Question]:
    """Those of some questions that are asked for a period: first without a section, then section by section.

    One query.
    """
    rows = rows.filter(in_force(period.data_to)).select_related("section")
    asked = [one for one in rows if one.is_asked_in(period)]
    return sorted(asked, key=lambda one: (place_of(one.section), one.position, one.pk))


def place_of(section: FormSection | None) -> tuple[int, int]:
    return (-1, 0) if section is None else (section.position, section.pk)


def question_lines(report: MonthlyReport) -> list[QuestionLine]:
    """The questions of a report with its answers. One query."""
    mine = FilteredRelation("answers", condition=Q(answers__report=report.pk))
    rows = Question.objects.filter(asked_of(report.unit, report.period.data_to))
    rows = rows.annotate(mine=mine, answer=F("mine__text"))
    asked: list[Any] = in_the_order_of_the_form(rows, report.period)
    return [QuestionLine(one, one.answer or "") for one in asked]
