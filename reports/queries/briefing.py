"""Reads for briefings: everything that one is made of, and which is due."""

import datetime as dt

from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from django.utils.translation import override

from directives.models import Assignment, AssignmentState, Directive, ProgressEntry
from directives.models.assignment import AssignmentQuerySet
from directives.queries import counts_by, office_assignments, standing_counts
from reports.figures import (
    BriefingFigures,
    Chased,
    Discipline,
    DocumentStanding,
    DueTask,
    Goal,
    GoalWords,
    MissingReport,
    Recognised,
    Remark,
    Standards,
    UnitStanding,
    Word,
)
from reports.models import Briefing, MonthlyReport, ReportState
from reports.queries.expected import due_days, due_on, meant
from reports.queries.figures import level_figures, reports_within
from reports.queries.monthly import months_of
from reports.queries.reminders import chased, reminders_beneath
from schools.models import Office, Period, PeriodKind, Posting, StandardRecognition, Unit, UnitKind
from schools.queries import offices_seen_whole
from schools.queries.tree import schools_beneath
from targets.models import Target
from targets.queries.board import BoardRow, rows_of
from targets.wording import amount, wanted_words

FORESEEN = dt.timedelta(days=183)
"""How far ahead a briefing looks for deadlines and for recognitions that lapse."""


def gather(*, office: Office, period: Period, today: dt.date) -> BriefingFigures:
    """Everything that a briefing of an office over a period says, as it stands on a day.

    About forty queries, whatever the number of schools.
    """
    assignments = office_assignments(office, today)
    coming = meant(period.named.following)
    return BriefingFigures(
        period=period.named,
        as_of=today,
        next_report_due_on=due_on(coming, office.pk, due_days()),
        levels=level_figures(office, period),
        standing=without_zeros(standing_counts(assignments, today)),
        by_document=by_document(assignments, today),
        by_unit=by_unit(assignments, today),
        discipline=discipline(office, period),
        remarks=remarks(office, period),
        due_tasks=due_tasks(assignments, up_to=min(coming.data_to, at_most(period)), today=today),
        chased=chased_units(office, today),
        words=words_said(assignments, period),
        goals=goals(office, period, today),
        standards=standards(office, period),
    )


def at_most(period: Period) -> dt.date:
    """Up to which day the tasks of the period that follows are foreseen: half a year is far enough."""
    return period.data_to + FORESEEN


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
    """Who reported a period, or the months in a longer one, and by name who did not. One query."""
    rows = reports_within(office, period).select_related("unit")
    reports = list(rows.order_by("unit__sort_key", "period__data_to", "pk"))
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
    rows = reports_within(office, period).received().order_by("unit__sort_key", "period__data_to", "pk")
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


def words_said(assignments: AssignmentQuerySet, period: Period) -> tuple[Word, ...]:
    """What units wrote of their tasks in a period, the last word of each assignment. One query."""
    said = ProgressEntry.objects.filter(
        assignment__in=assignments.values("pk"),
        sent_at__isnull=False,
        period__data_from__gte=period.data_from,
        period__data_to__lte=period.data_to,
    ).exclude(note="")
    rows = said.select_related("assignment__unit", "assignment__task__directive")
    last = {one.assignment_id: one for one in rows.order_by("sent_at", "pk")}
    return tuple(
        Word(
            one.assignment.unit.name,
            one.assignment.task.directive.full_number,
            one.assignment.task.directive.issued_on,
            one.percent,
            one.note,
        )
        for one in sorted(last.values(), key=place_of_word)
    )


def place_of_word(entry: ProgressEntry) -> tuple[int, int, str]:
    assignment = entry.assignment
    return assignment.task.directive_id, assignment.task.position, assignment.unit.sort_key


def goals(office: Office, period: Period, today: dt.date) -> tuple[Goal, ...]:
    """The office's targets of the years and terms that a period ends in, as they stand.

    As many queries as its boards take, and one.
    """
    day = min(period.data_to, today)
    set_for = Target.objects.filter(unit=office.pk, period__data_from__lte=day, period__data_to__gte=day)
    listed = list(set_for.shown().order_by("period__data_from", "indicator__position", "pk"))
    by_period: dict[Period, list[Target]] = {}
    for one in listed:
        by_period.setdefault(one.period, []).append(one)
    return tuple(
        goal_of(row) for over, targets in by_period.items() for row in rows_of(office, over, targets, day)
    )


def goal_of(row: BoardRow) -> Goal:
    target = row.target
    words = {language: goal_words(row, language) for language in ("vi", "en")}
    return Goal(
        target_id=target.pk,
        period=target.period.named,
        standing=str(row.standing),
        value=row.value.value,
        **words,
    )


def goal_words(row: BoardRow, language: str) -> GoalWords:
    """A target as a language says it. Without queries."""
    indicator, value = row.target.indicator, row.value.value
    with override(language):
        said = "" if value is None else amount(value, indicator)
        return GoalWords(row.target.subject, wanted_words(row.target, indicator), said)


def standards(office: Office, period: Period) -> Standards | None:
    """The national standard among the schools of an office at the end of a period; None without schools.

    Four queries.
    """
    schools = schools_beneath(office, period.data_to)
    count = schools.count()
    if not count:
        return None
    rows = StandardRecognition.objects.filter(school__in=schools.values("pk")).select_related("school")
    rows = rows.order_by("school__sort_key", "pk")
    after = period.data_to + dt.timedelta(days=1)
    renewed = Exists(StandardRecognition.objects.filter(renews=OuterRef("pk")))
    gained = rows.filter(valid_from__gte=period.data_from, valid_from__lte=period.data_to)
    ending = rows.filter(valid_to__gt=period.data_from, valid_to__lte=after + FORESEEN).exclude(renewed)
    ended = list(ending)
    return Standards(
        schools=count,
        recognised=rows.on(period.data_to).values("school").distinct().count(),
        gained=tuple(recognised(one, one.valid_from) for one in gained),
        lost=tuple(recognised(one, one.valid_to) for one in ended if one.valid_to <= after),
        lapsing=tuple(recognised(one, one.valid_to) for one in ended if one.valid_to > after),
    )


def recognised(row: StandardRecognition, on: dt.date) -> Recognised:
    return Recognised(row.school.name, row.level, row.decision_number, on)


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
