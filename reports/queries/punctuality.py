"""Who kept which month, by the frozen lists: units by accepting office, over a year of months."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directives.models import Assignment, AssignmentState, ProgressEntry
from reports.models import ReportState
from reports.models.monthly import MISSING, MonthlyReportQuerySet
from reports.punctuality import MonthKept, Tally, month_kept, tally_of
from reports.queries.missing import COMMUNES, in_cluster
from schools.models import Period, School, SchoolLevel, UnitKind
from targets.models import Observation, ObservationStatus

MONTHS = 12
REPORTS, FIGURES, TASKS = "", "figures", "tasks"
CONTENTS = {
    REPORTS: _("the report as a whole"),
    FIGURES: _("figures that carry a number"),
    TASKS: _("tasks with a word on progress"),
}

Content = dict[tuple[int, int], tuple[int, int]]
"""Given and asked, by unit and period."""


@dataclass(frozen=True)
class UnitKept:
    """A unit over the months; None where a month did not expect it."""

    unit_id: int
    name: str
    months: tuple[MonthKept | None, ...]

    @property
    def tally(self) -> Tally:
        return reduce(add, (tally_of(one) for one in self.months if one), Tally())


@dataclass(frozen=True)
class OfficeKept:
    """The units whose reports an office accepted last, and what they add up to."""

    name: str
    units: tuple[UnitKept, ...]

    @property
    def tally(self) -> Tally:
        return reduce(add, (one.tally for one in self.units), Tally())


def part_of(
    reports: MonthlyReportQuerySet, *, on: dt.date, level: str, cluster: str
) -> MonthlyReportQuerySet:
    """The reports of schools that teach a level on a day, of communes, of a cluster. Lazy."""
    if level == COMMUNES:
        reports = reports.filter(unit__kind=UnitKind.COMMUNE)
    elif level:
        taught = SchoolLevel.objects.on(on).filter(school=OuterRef("unit"), level=level)
        reports = reports.filter(Exists(taught))
    return in_cluster(reports, cluster)


def clusters_of(reports: MonthlyReportQuerySet) -> list[str]:
    """The clusters to which the schools of these reports belong. One query."""
    schools = School.objects.filter(pk__in=reports.order_by().values("unit")).exclude(cluster="")
    return list(schools.order_by("cluster").values_list("cluster", flat=True).distinct())


def kept_by_office(
    reports: MonthlyReportQuerySet, periods: Sequence[Period], *, content: str, today: dt.date
) -> list[OfficeKept]:
    """The months of each unit that these reports are of, by office. Three queries at most.

    Excused months are among them: the list was frozen with them.
    """
    rows = list(
        reports.filter(period__in=periods)
        .order_by("office__sort_key", "unit__sort_key", "pk")
        .values_list(
            "unit", "unit__name", "period", "office", "office__name", "state", "due_on", "first_sent_at"
        )
    )
    units = {row[0] for row in rows}
    counted = content_of(units, periods, content)
    months: dict[int, dict[int, MonthKept]] = defaultdict(dict)
    names: dict[int, str] = {}
    newest: dict[int, tuple[dt.date, str]] = {}
    begins = {one.pk: one.data_from for one in periods}
    for unit, name, period, _office, office_name, state, due_on, sent_at in rows:
        given, asked = counted.get((unit, period), (0, 0))
        months[unit][period] = month_kept(
            is_excused=state == ReportState.EXCUSED,
            is_missing=state in MISSING,
            due_on=due_on,
            first_sent_on=timezone.localdate(sent_at) if sent_at else None,
            today=today,
            given=given,
            asked=asked,
        )
        names[unit] = name
        newest[unit] = max(newest.get(unit, (dt.date.min, "")), (begins[period], office_name))
    of_office: dict[str, list[UnitKept]] = defaultdict(list)
    for unit, name in names.items():
        line = tuple(months[unit].get(period.pk) for period in periods)
        of_office[newest[unit][1]].append(UnitKept(unit, name, line))
    return [OfficeKept(name, tuple(listed)) for name, listed in of_office.items()]


def content_of(units: Collection[int], periods: Sequence[Period], content: str) -> Content:
    """How much of a content each unit gave in each month. No query for the report as a whole."""
    if content == FIGURES:
        return figures_given(units, periods)
    return tasks_told(units, periods) if content == TASKS else {}


def figures_given(units: Collection[int], periods: Sequence[Period]) -> Content:
    """Figures with a number of all that were answered, in what was sent. One query."""
    rows = Observation.objects.filter(period__in=periods, unit__in=units, breakdown="total")
    sent = rows.exclude(status=ObservationStatus.DRAFT).order_by().values_list("unit", "period")
    counts = sent.annotate(given=Count("pk", filter=Q(value__isnull=False)), asked=Count("pk"))
    return {(unit, period): (given, asked) for unit, period, given, asked in counts}


def tasks_told(units: Collection[int], periods: Sequence[Period]) -> Content:
    """Of the work that a unit had in a month, on how much it sent a word in it. Two queries."""
    if not periods:
        return {}
    work = Assignment.objects.filter(unit__in=units).exclude(
        state__in=[AssignmentState.CANCELLED, AssignmentState.REFUSED]
    )
    asked: dict[tuple[int, int], set[int]] = defaultdict(set)
    for key, unit, given_at, done_on in work.values_list("pk", "unit", "assigned_at", "reported_done_on"):
        given_on = timezone.localdate(given_at)
        for period in periods:
            if given_on <= period.data_to and (done_on is None or done_on >= period.data_from):
                asked[unit, period.pk].add(key)
    said = ProgressEntry.objects.filter(
        assignment__unit__in=units, period__in=periods, sent_at__isnull=False
    ).values_list("assignment__unit", "period", "assignment")
    told: dict[tuple[int, int], set[int]] = defaultdict(set)
    for unit, month, key in said:
        told[unit, month].add(key)
    return {pair: (len(keys & told.get(pair, set())), len(keys)) for pair, keys in asked.items()}


def months_up_to(periods: Sequence[Period], last: Period) -> list[Period]:
    """The year of months that ends with one, oldest first, of opened ones newest first (no query)."""
    earlier = [one for one in periods if one.data_from <= last.data_from]
    return sorted(earlier[:MONTHS], key=lambda period: period.data_from)
