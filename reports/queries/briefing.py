"""Reads for briefings: everything that one is made of, and which is due."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, QuerySet

from directives.models import Assignment, AssignmentState, Directive
from directives.models.assignment import AssignmentQuerySet
from directives.queries import counts_by, office_assignments, standing_counts
from reports.figures import (
    BriefingFigures,
    Chased,
    Discipline,
    DocumentStanding,
    DueTask,
    MissingReport,
    Remark,
    UnitStanding,
)
from reports.models import Briefing, MonthlyReport, ReportState
from reports.queries.expected import due_days, due_on, meant
from reports.queries.figures import level_figures, month_of, reports_beneath
from reports.queries.monthly import months_of
from reports.queries.reminders import chased, reminders_beneath
from schools.models import Office, Period, PeriodKind, Posting, Unit, UnitKind
from schools.queries import offices_seen_whole


def gather(*, office: Office, period: Period, today: dt.date) -> BriefingFigures:
    """Everything that a briefing of an office over a month says, as it stands on a day.

    About fifteen queries, whatever the number of schools.
    """
    assignments = office_assignments(office, today)
    month = month_of(period)
    coming = meant(period.named.following)
    return BriefingFigures(
        month=month,
        as_of=today,
        next_report_due_on=due_on(coming, office.pk, due_days()),
        levels=level_figures(office, period),
        standing=without_zeros(standing_counts(assignments, today)),
        by_document=by_document(assignments, today),
        by_unit=by_unit(assignments, today),
        discipline=discipline(office, period),
        remarks=remarks(office, period),
        due_tasks=due_tasks(assignments, up_to=coming.data_to, today=today),
        chased=chased_units(office, today),
    )


def without_zeros(counts: dict[str, int]) -> dict[str, int]:
    return {standing: count for standing, count in counts.items() if count}


def by_document(assignments: AssignmentQuerySet, today: dt.date) -> tuple[DocumentStanding, ...]:
    """The standings of each document's assignments, newest document first. Two queries."""
    counts = counts_by(assignments, "task__directive", today)
    documents = Directive.objects.for_lists().filter(pk__in=counts)
    return tuple(
        DocumentStanding(one.pk, one.full_number, one.subject, one.issued_on, without_zeros(counts[one.pk]))
        for one in documents
    )


def by_unit(assignments: AssignmentQuerySet, today: dt.date) -> tuple[UnitStanding, ...]:
    """The standings of each unit's assignments, in the order of names. Two queries."""
    counts = counts_by(assignments, "unit", today)
    units = Unit.objects.filter(pk__in=counts).values_list("pk", "name")
    return tuple(UnitStanding(pk, name, without_zeros(counts[pk])) for pk, name in units)


def discipline(office: Office, period: Period) -> Discipline:
    """Who reported a month, and by name who did not. One query."""
    reports = list(reports_beneath(office, period).select_related("unit").order_by("unit__sort_key"))
    received = [one for one in reports if not one.is_editable]
    communes = [one for one in reports if one.unit.kind == UnitKind.COMMUNE]
    return Discipline(
        expected=len(reports),
        received=len(received),
        received_late=sum(one.was_sent_late for one in received),
        missing=tuple(
            MissingReport(one.unit_id, one.unit.name, one.due_on, one.state == ReportState.RETURNED)
            for one in reports
            if one.is_editable
        ),
        communes=len(communes),
        communes_received=sum(not one.is_editable for one in communes),
    )


def chased_units(office: Office, today: dt.date) -> tuple[Chased, ...]:
    """The units beneath that were reminded as often as patience lasts, by name. One query."""
    rows = chased(reminders_beneath(office, today), today).order_by("unit__sort_key", "unit")
    counts = rows.values_list("unit", "unit__name").annotate(
        reports=Count("report"), tasks=Count("assignment"), times=Max("stage")
    )
    return tuple(Chased(*row) for row in counts)


def remarks(office: Office, period: Period) -> tuple[Remark, ...]:
    """What the units that reported wrote under difficulties and proposals. One query."""
    rows = reports_beneath(office, period).received().order_by("unit__sort_key")
    texts = rows.values_list("unit", "unit__name", "difficulties", "proposals")
    return tuple(Remark(*row) for row in texts if row[2] or row[3])


def due_tasks(assignments: AssignmentQuerySet, *, up_to: dt.date, today: dt.date) -> tuple[DueTask, ...]:
    """Tasks that some units still have open and whose last day is past or falls up to a day. One query.

    A task whose units have several deadlines comes once for each.
    """
    rows = (
        assignments.filter(state=AssignmentState.OPEN, deadline__lte=up_to)
        .with_document()
        .order_by("deadline", "task__directive", "task__position", "unit__sort_key")
    )
    units: dict[tuple[int, dt.date], list[str]] = {}
    first: dict[tuple[int, dt.date], Assignment] = {}
    for one in rows:
        deadline: dt.date = one.deadline  # filtered on
        key = (one.task_id, deadline)
        units.setdefault(key, []).append(one.unit.name)
        first.setdefault(key, one)
    return tuple(
        DueTask(
            task_id=task_id,
            text=first[task_id, deadline].task.text,
            number=first[task_id, deadline].task.directive.full_number,
            issued_on=first[task_id, deadline].task.directive.issued_on,
            deadline=deadline,
            is_overdue=deadline < today,
            units=tuple(names),
        )
        for (task_id, deadline), names in units.items()
    )


# --- for whom briefings are ---------------------------------------------------------------------------------


def sees_whole(by: Posting) -> bool:
    """Whether a posting sees all levels of the office it acts for, as its briefings speak of all of them.

    One query for people of internal departments, none for all others.
    """
    if by.unit.kind != UnitKind.INTERNAL:
        return True
    return offices_seen_whole(by.user).filter(pk=by.acting_unit.pk).exists()


# --- which briefing is due ----------------------------------------------------------------------------------


def opened_months(office: Unit) -> QuerySet[Period]:
    """Months opened for an office, newest first. Lazy."""
    return months_of(MonthlyReport.objects.beneath(office))


def buildable_months(office: Unit) -> QuerySet[Period]:
    """The opened months whose briefing is not concluded, newest first. Lazy."""
    concluded = Briefing.objects.filter(office=office.pk).concluded()
    return opened_months(office).exclude(pk__in=concluded.values("period"))


def month_to_build(office: Unit, today: dt.date) -> Period | None:
    """The month to propose: after the newest briefing, or the newest closed one where there is none yet.

    None where every opened month has its briefing. Two queries.
    """
    newest = Period.objects.filter(briefings__office=office.pk).order_by("-data_from").first()
    if newest is None:
        return newest_closed_month(office, today)
    later = opened_months(office).filter(data_from__gt=newest.data_from)
    return later.order_by("data_from").first()


def newest_closed_month(office: Unit, today: dt.date) -> Period | None:
    """The newest month whose reports were all due before a day. One query."""
    months = MonthlyReport.objects.beneath(office).filter(period__kind=PeriodKind.MONTH)
    rows = months.order_by().values("period")
    closed = rows.annotate(last=Max("due_on")).filter(last__lt=today)
    return Period.objects.filter(pk__in=closed.values("period")).order_by("-data_from").first()


@dataclass(frozen=True)
class DueBriefing:
    office: Office
    period: Period


def due_briefings(today: dt.date) -> list[DueBriefing]:
    """The newest closed month of each office that holds schools, where no briefing of it was built yet.

    Two queries an office.
    """
    due = []
    for office in Office.objects.on(today).holding_schools():
        period = newest_closed_month(office, today)
        if period and not Briefing.objects.filter(office=office, period=period).exists():
            due.append(DueBriefing(office, period))
    return due
