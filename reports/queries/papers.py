"""What is printed of reports and briefings, gathered for `reports.papers`."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils import timezone, translation

from directives.models import Assignment
from directives.queries import letterhead_of
from reports.figures import from_json
from reports.models import Briefing, MonthlyReport
from reports.papers import FigureText, Head, PartText, ReportPaper, TaskText
from reports.queries.meeting import sole_leader
from reports.queries.monthly import FigureLine, WorkLine
from reports.queries.people import senders, signing_lines_of
from reports.queries.questions import QuestionLine
from reports.signing import COMMUNE_HEAD, signed_as
from schools.models import Letterhead, Unit, UnitKind


def report_paper(
    report: MonthlyReport,
    lines: Iterable[FigureLine],
    work: Iterable[WorkLine],
    answered: Iterable[QuestionLine],
) -> ReportPaper:
    """A report as it is printed, of what it shows. Three queries at most."""
    return ReportPaper(
        head=report_head(report),
        unit=report.unit.name,
        addressee=report.office.name,
        period=report.period.named,
        figures=tuple(
            FigureText(
                level=line.measure.level,
                name=line.measure.name_vi,
                figure=line.figure,
                previous=line.previous,
                last_year=line.last_year,
                remark=line.remark,
            )
            for line in lines
        ),
        tasks=tuple(task_text(line) for line in work),
        answers=tuple((line.question.text_vi, line.answer) for line in answered),
        difficulties=report.difficulties,
        proposals=report.proposals,
        is_draft=report.is_editable,
    )


def task_text(line: WorkLine) -> TaskText:
    assignment, said = line.assignment, line.latest
    document = assignment.task.directive
    return TaskText(
        text=sentence_of(assignment),
        document=document.full_number or document.subject,
        deadline=assignment.deadline,
        standing=line.standing,
        percent=said.percent if said else assignment.percent,
        note=said.note if said else "",
    )


def sentence_of(assignment: Assignment) -> str:
    """The task's words, and of recurring work the period; in Vietnamese, as all of the paper."""
    if assignment.occurrence is None:
        return assignment.task.text
    with translation.override("vi"):
        return f"{assignment.task.text} ({assignment.occurrence})"


def report_head(report: MonthlyReport) -> Head:
    """What stands around a report, by the letterheads of its day. Three queries at most.

    A school of a commune stands under its People's Committee: the superior of the commune's own department.
    """
    sent_on = timezone.localdate(report.sent_at) if report.sent_at and not report.is_editable else None
    on = sent_on or report.period.data_to
    own = None if report.unit.is_school else letterhead_of(report.unit, on)
    lines, name = signature_of(report, own, on)
    if own is not None:
        return Head(own.superior, own.issuer, own.place, sent_on, own.symbol, lines, name)
    office = letterhead_of(report.office, on)
    return Head(
        superior=superior_of(report, office),
        issuer=report.unit.name,
        place=office.place if office else "…",
        issued_on=sent_on,
        symbol="",
        signed_as=lines,
        signer=name,
    )


def superior_of(report: MonthlyReport, letterhead: Letterhead | None) -> str:
    if letterhead is None:
        return report.office.name
    return letterhead.issuer if report.office.kind == UnitKind.DEPARTMENT else letterhead.superior


def signature_of(report: MonthlyReport, own: Letterhead | None, on: dt.date) -> tuple[tuple[str, ...], str]:
    """The lines above the signature and the name below: as it was sent, or of whoever would send it."""
    if report.signed_as and not report.is_editable:
        return tuple(report.signed_as.splitlines()), str(report.sent_by or "")
    if sending := senders(report.unit, on):
        name = report.sent_by.full_name if report.sent_by and not report.is_editable else None
        return signing_lines_of(report.unit, sending[0], on), name or sending[0].user.full_name
    role = "principal" if report.unit.is_school else "leader"
    return signed_as(role=role, head_title=own.head_title if own else ""), str(report.sent_by or "")


# --- the briefing -------------------------------------------------------------------------------------------


def briefing_parts(briefing: Briefing) -> Sequence[PartText]:
    """The sections as they stand, with the levels' figures. One query."""
    figures = from_json(briefing.figures)
    levels = {f"level.{level.level}": level for level in figures.levels}
    return [PartText(one.title, one.text, levels.get(one.key)) for one in briefing.sections.all()]


def briefing_head(briefing: Briefing) -> Head:
    """What stands around a briefing, by the letterhead of the day on which it was built. Two queries."""
    built_on = timezone.localdate(briefing.built_at)
    office: Unit = briefing.office
    letterhead = letterhead_of(office, built_on)
    if letterhead is None:
        return Head(
            "", office.name, "…", built_on, "", (COMMUNE_HEAD,), sole_leader(briefing.office, built_on)
        )
    return Head(
        superior=letterhead.superior,
        issuer=letterhead.issuer,
        place=letterhead.place,
        issued_on=built_on,
        symbol=letterhead.symbol,
        signed_as=(letterhead.head_title,),
        signer=sole_leader(briefing.office, built_on),
    )
