"""Reads over the month's reports."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from directives.models import Assignment, AssignmentState, Evidence, ProgressEntry
from directives.queries import open_for_month
from directives.standing import Standing, shown_standing
from reports.figures import Month
from reports.models import MonthlyReport, ReportState
from reports.models.monthly import MonthlyReportQuerySet, overdue_on
from schools.models import Period, PeriodKind, Unit
from schools.periods import Named, month_bounds, month_of, previous_month
from targets.arithmetic import Change, Figure, change
from targets.models import Measure, Observation, ObservationStatus
from targets.queries import measures_for

# --- months ----------------------------------------------------------------------------------------


def month_to_open(today: dt.date) -> tuple[int, int]:
    """The newest month whose opening day has come: some days before its figures end (no query)."""
    ahead = dt.timedelta(days=settings.MONTH_OPENS_DAYS_BEFORE_END)
    year, month = month_of(today, settings.MONTH_STARTS_ON)
    _, ends = month_bounds(year, month, settings.MONTH_STARTS_ON)
    return (year, month) if today >= ends - ahead else previous_month(year, month)


def months_to_open(today: dt.date) -> list[Month]:
    """The months still to be opened, oldest first: all after the newest opened one, as far as they are due.

    So none is skipped while the portal stood still. Where none was ever opened, only the newest. One query.
    """
    due = Month(*month_to_open(today))
    newest = months_of(MonthlyReport.objects.all()).first()
    if newest is None:
        return [due]
    months = []
    month = Month(newest.year, newest.ordinal).following
    while month <= due:
        months.append(month)
        month = month.following
    return months


def periods_of(reports: MonthlyReportQuerySet) -> QuerySet[Period]:
    """What these reports speak of, newest first; of what ended on one day, the shortest first."""
    rows = Period.objects.filter(Exists(reports.filter(period=OuterRef("pk"))))
    return rows.order_by("-data_to", "-data_from")


def months_of(reports: MonthlyReportQuerySet) -> QuerySet[Period]:
    """The months among them, newest first."""
    return periods_of(reports).filter(kind=PeriodKind.MONTH)


@dataclass(frozen=True)
class MonthCounts:
    """Where a month's reports stand. The first four add up to those expected; overdue are some of these."""

    not_sent: int
    returned: int
    waiting: int
    accepted: int
    overdue: int

    @property
    def received(self) -> int:
        return self.waiting + self.accepted

    @property
    def missing(self) -> int:
        return self.not_sent + self.returned

    @property
    def expected(self) -> int:
        return self.received + self.missing


def month_counts(reports: MonthlyReportQuerySet, today: dt.date) -> MonthCounts:
    """Counts of these reports, which are of one month. One query."""
    state = ReportState
    return MonthCounts(
        **reports.expected().aggregate(
            not_sent=Count("pk", filter=Q(state=state.EXPECTED)),
            returned=Count("pk", filter=Q(state=state.RETURNED)),
            waiting=Count("pk", filter=Q(state=state.SENT)),
            accepted=Count("pk", filter=Q(state=state.ACCEPTED)),
            overdue=Count("pk", filter=overdue_on(today)),
        )
    )


# --- one report ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FigureLine:
    """One figure of a report beside the last one's and last year's, as those were reported."""

    measure: Measure
    observation: Observation | None
    previous: Figure
    last_year: Figure

    @property
    def figure(self) -> Figure:
        return self.observation.figure if self.observation else None

    @property
    def remark(self) -> str:
        return self.observation.remark if self.observation else ""

    @property
    def change(self) -> Change | None:
        return change(self.figure, self.previous)


def figure_lines(report: MonthlyReport) -> list[FigureLine]:
    """The figures of a report in the order of the form. Two queries, however many there are."""
    now = report.period.named
    found = values_named(report.unit, [now, now.before, now.year_before])
    return [
        FigureLine(
            measure=measure,
            observation=found[now].get(measure.code),
            previous=reported(found[now.before].get(measure.code)),
            last_year=reported(found[now.year_before].get(measure.code)),
        )
        for measure in measures_for(report.unit, report.period)
    ]


def values_named(unit: Unit, periods: Iterable[Named]) -> dict[Named, dict[str, Observation]]:
    """What a unit has written down for some periods, by code of the measure; without measures. One query."""
    found: dict[Named, dict[str, Observation]] = {period: {} for period in periods}
    wanted = Q(pk=None)
    for one in found:
        wanted |= Q(period__kind=one.kind, period__year=one.year, period__ordinal=one.ordinal)
    rows = Observation.objects.filter(wanted, unit=unit, breakdown="total")
    named = {
        "code": F("measure__code"),
        "kind": F("period__kind"),
        "year": F("period__year"),
        "number": F("period__ordinal"),
    }
    for row in rows.annotate(**named):
        found[Named(row.kind, row.year, row.number)][row.code] = row
    return found


def period_before(period: Period) -> Period | None:
    """The last one of its kind, where it exists. One query."""
    before = period.named.before
    return Period.objects.filter(kind=before.kind, year=before.year, ordinal=before.ordinal).first()


def reported(row: Observation | None) -> Figure:
    """What was sent of a measure; drafts of then are nobody's report."""
    return row.figure if row and row.status != ObservationStatus.DRAFT else None


@dataclass(frozen=True)
class WorkLine:
    """One assignment on a report: what the unit is writing of it, and what it has sent of it this month.

    `shown`: its standing with "due soon" as one of its own. `was_set_later`: its document came out after the
    month had ended.
    """

    assignment: Assignment
    draft: ProgressEntry | None
    sent: Sequence[ProgressEntry]
    evidence: Sequence[Evidence] = ()
    standing: Standing = Standing.RUNNING
    shown: str = Standing.RUNNING
    was_set_later: bool = False

    @property
    def is_open(self) -> bool:
        return self.assignment.state == AssignmentState.OPEN

    @property
    def latest(self) -> ProgressEntry | None:
        """What was last said of it this month, sent or not."""
        return self.draft or (self.sent[-1] if self.sent else None)

    @property
    def needs_word(self) -> bool:
        """Open in the month, and nothing said of it then, or nothing since it was sent back."""
        is_said = bool(self.sent) and not self.sent[-1].claims_done
        return self.is_open and not self.was_set_later and self.draft is None and not is_said


def work_lines(report: MonthlyReport, today: dt.date) -> list[WorkLine]:
    """The assignments that a report speaks of, each with standing and files. Three queries.

    What is done of work is said month by month: longer reports speak of none.
    """
    if not report.period.is_month:
        return []
    assignments = list(open_for_month(report.unit, report.period))
    if not assignments:
        return []
    entries: dict[int, list[ProgressEntry]] = {assignment.pk: [] for assignment in assignments}
    for entry in ProgressEntry.objects.filter(assignment__in=entries, period=report.period).order_by("pk"):
        entries[entry.assignment_id].append(entry)
    evidence: dict[int, list[Evidence]] = {assignment.pk: [] for assignment in assignments}
    files = Evidence.objects.filter(assignment__in=evidence, entry__period=report.period)
    for one in files.select_related("file"):
        evidence[one.assignment_id].append(one)
    standings = {one.pk: one.standing_on(today) for one in assignments}
    return [
        WorkLine(
            assignment=assignment,
            draft=next((entry for entry in entries[assignment.pk] if entry.sent_at is None), None),
            sent=[entry for entry in entries[assignment.pk] if entry.sent_at is not None],
            evidence=evidence[assignment.pk],
            standing=standings[assignment.pk],
            shown=shown_standing(
                standings[assignment.pk], assignment.deadline, today, settings.DUE_SOON_DAYS
            ),
            was_set_later=(assignment.task.directive.issued_on or dt.date.min) > report.period.data_to,
        )
        for assignment in assignments
    ]


def reported_done(report: MonthlyReport) -> QuerySet[Assignment]:
    """Work that this report said is done and that still counts as done: what a return may send back."""
    claims = ProgressEntry.objects.filter(
        assignment=OuterRef("pk"), period=report.period_id, claims_done=True, sent_at__isnull=False
    )
    done = Assignment.objects.filter(unit=report.unit_id, state=AssignmentState.DONE)
    return done.filter(Exists(claims)).with_document()
