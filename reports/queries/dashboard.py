"""What a leader sees first. Every number here is that of the list it leads to, because both count what is the
acting office's and what the person may see of it."""

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone

from directives.models import Assignment, Directive, DirectiveState
from directives.queries import office_assignments
from directives.queries.counting import shown_counts
from directives.standing import COUNTED, DUE_SOON, Standing
from reports.figures import Figure
from reports.models import MonthlyReport
from reports.models.monthly import MonthlyReportQuerySet
from reports.queries.figures import (
    Coverage,
    SchoolsOn,
    code_of,
    compared_measures,
    month_of,
    schools_in_sight,
)
from reports.queries.monthly import MonthCounts, month_counts, months_of
from schools.models import Level, Period, Unit

MOST_SHOWN = 5


@dataclass(frozen=True)
class Reporting:
    """The reports of a month, beside the month before on the same day of its cycle."""

    period: Period
    counts: MonthCounts
    before: Period | None
    received_before: int
    """How many of the month before had come by the same number of days after its end."""


@dataclass(frozen=True)
class PupilRow:
    """Pupils of one level, and how many of the schools that are to report them did."""

    level: str
    figure: Figure
    coverage: Coverage

    @property
    def level_name(self) -> str:
        return str(Level(self.level).label)


@dataclass(frozen=True)
class Overdue:
    """Overdue assignments of one document or one unit; `since` is the oldest of their deadlines."""

    pk: int
    name: str
    count: int
    since: dt.date


@dataclass(frozen=True)
class OwedMonth:
    """A month of which reports are still owed, and the day on which they are due, or were."""

    period: Period
    count: int
    due_on: dt.date

    @property
    def code(self) -> str:
        return code_of(self.period)


@dataclass(frozen=True)
class Dashboard:
    reporting: Reporting | None
    standing: dict[str, int]
    pupils: list[PupilRow]
    owed: list[OwedMonth]
    overdue_documents: list[Overdue]
    overdue_units: list[Overdue]
    to_approve: list[Directive]

    @property
    def assigned(self) -> int:
        return sum(self.standing[code] for code in (*COUNTED, DUE_SOON))

    @property
    def overdue(self) -> int:
        return self.standing[Standing.OVERDUE]

    @property
    def has_attention(self) -> bool:
        return bool(self.owed or self.overdue_documents or self.to_approve)


def dashboard(*, user: Any, office: Unit, today: dt.date) -> Dashboard:
    """The figures of an office for a person who may see it. Twelve queries at most."""
    reports = MonthlyReport.objects.visible_to(user).beneath(office).expected()
    assignments = office_assignments(office, today).visible_to(user)
    period, before = newest_two(reports)
    overdue = assignments.with_standing(today).filter(standing=Standing.OVERDUE)
    return Dashboard(
        reporting=reporting(reports, period, before, today) if period else None,
        standing=shown_counts(assignments, today),
        pupils=pupils(partial(schools_in_sight, user, office), period, before) if period else [],
        owed=owed_months(reports.overdue(today)),
        overdue_documents=overdue_documents(overdue),
        overdue_units=overdue_units(overdue),
        to_approve=to_approve(user, office),
    )


def newest_two(reports: MonthlyReportQuerySet) -> tuple[Period | None, Period | None]:
    """The newest opened month, and the month before if that was opened too. One query."""
    period, before = [*months_of(reports)[:2], None, None][:2]
    follows = period and before and month_of(period).before == month_of(before)
    return period, before if follows else None


def reporting(
    reports: MonthlyReportQuerySet, period: Period, before: Period | None, today: dt.date
) -> Reporting:
    """The newest month's reports, and what had come by the same day of the month before. Two queries."""
    received_before = 0
    if before:
        same_day = before.data_to + (today - period.data_to)
        end_of_day = timezone.make_aware(dt.datetime.combine(same_day, dt.time.max))
        received_before = reports.filter(period=before, first_sent_at__lte=end_of_day).count()
    counts = month_counts(reports.filter(period=period), today)
    return Reporting(period, counts, before, received_before)


def pupils(schools: SchoolsOn, period: Period, before: Period | None) -> list[PupilRow]:
    """Pupils of each level in a month beside the month before. Four queries."""
    figures, expected = compared_measures(schools, period, before, ["pupils"])
    return [
        PupilRow(level, figures[level, "pupils"], expected[level])
        for level in Level.values
        if level in expected
    ]


def owed_months(owed_reports: MonthlyReportQuerySet) -> list[OwedMonth]:
    """The months of reports that are owed, newest first, with how many. One query."""
    owed = Period.objects.filter(monthly_reports__in=owed_reports)
    months = owed.annotate(owed=Count("monthly_reports"), due_on=Min("monthly_reports__due_on"))
    return [OwedMonth(one, one.owed, one.due_on) for one in months.order_by("-data_from")]


def overdue_documents(overdue: QuerySet[Assignment]) -> list[Overdue]:
    """The documents with most overdue assignments. One query."""
    rows = (
        overdue.order_by()
        .values("task__directive", "task__directive__number", "task__directive__symbol")
        .annotate(subject=F("task__directive__subject"), n=Count("pk"), since=Min("deadline"))
        .order_by("-n", "since")
    )
    return [
        Overdue(
            row["task__directive"],
            f"{row['task__directive__number']}/{row['task__directive__symbol']} ({row['subject']})",
            row["n"],
            row["since"],
        )
        for row in rows[:MOST_SHOWN]
    ]


def overdue_units(overdue: QuerySet[Assignment]) -> list[Overdue]:
    """The units with most overdue assignments. One query."""
    rows = (
        overdue.order_by().values("unit", "unit__short_name").annotate(n=Count("pk"), since=Min("deadline"))
    )
    return [
        Overdue(row["unit"], row["unit__short_name"], row["n"], row["since"])
        for row in rows.order_by("-n", "since", "unit__short_name")[:MOST_SHOWN]
    ]


def to_approve(user: Any, office: Unit) -> list[Directive]:
    """Documents of the office that wait for its leader, oldest first. One query."""
    waiting = Q(office=office.pk, state=DirectiveState.SUBMITTED)
    return list(Directive.objects.visible_to(user).for_lists().filter(waiting).order_by("pk"))
