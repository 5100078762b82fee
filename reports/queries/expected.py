"""Reads over the expected list of a period: who must report, to whom, until when, and who may be added."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from reports.models import DueDay, MonthlyReport, Question, ReportState
from schools.models import Period, PeriodKind, SchoolLevel, Unit, UnitKind
from schools.periods import Named, newest_ended, report_due_on
from schools.queries.accepting import accepting_offices
from targets.models import Measure, Reporter

REPORTING = (UnitKind.SCHOOL, UnitKind.COMMUNE)
"""Kinds of unit that report; departments and internal departments do not."""

LATEST_OPENING = dt.timedelta(days=31)
"""How long after its end a quarter, term or year is still opened."""


def units_to_report(period: Period, today: dt.date) -> QuerySet[Unit]:
    """Schools and communes in existence at the end of a period and opened by now. Lazy.

    All of them report each month; of longer periods those do that are asked something (`asked_units`).
    """
    units = Unit.objects.on(period.data_to).filter(kind__in=REPORTING, valid_from__lte=today)
    return units if period.is_month else units.filter(asked_units(period))


def asked_units(period: Period) -> Q:
    """The units of whose form at least one measure or question is, of a period. Two queries."""
    asked = [*reporters(Measure, period), *reporters(Question, period)]
    levels = {level for reporter, level in asked if reporter == Reporter.SCHOOL}
    taught = SchoolLevel.objects.on(period.data_to).filter(level__in=levels)
    units = Q(pk__in=taught.values("school"))
    if "" in levels:  # a question to all schools
        units |= Q(kind=UnitKind.SCHOOL)
    if Reporter.COMMUNE in {reporter for reporter, _level in asked}:
        units |= Q(kind=UnitKind.COMMUNE)
    return units


def reporters(model: type[Measure] | type[Question], period: Period) -> set[tuple[str, str]]:
    """Who is asked, and of which level, by the measures or the questions of a period. One query."""
    rows = model.objects.on(period.data_to).filter(asked_every=period.kind)
    return {(one.reporter, one.level) for one in rows if one.is_asked_in(period)}


def longer_to_open(today: dt.date) -> list[Named]:
    """Of quarters, terms and years each the newest whose opening day has come, if it asks anybody anything.

    What ended long ago, before anybody thought of asking for it, is owed by nobody. Two queries each.
    """
    by, starts_on = today + dt.timedelta(days=settings.MONTH_OPENS_DAYS_BEFORE_END), settings.MONTH_STARTS_ON
    kinds = [kind for kind in PeriodKind.values if kind != PeriodKind.MONTH]
    newest = [newest_ended(kind, by, starts_on) for kind in kinds]
    recent = [one for one in map(meant, newest) if one.data_to >= today - LATEST_OPENING]
    return [one.named for one in recent if reporters(Measure, one) or reporters(Question, one)]


def meant(named: Named) -> Period:
    """A period of that name, stored or not."""
    first, last = named.bounds(settings.MONTH_STARTS_ON)
    return Period(kind=named.kind, year=named.year, ordinal=named.ordinal, data_from=first, data_to=last)


def due_days() -> dict[int, int]:
    """By primary key of the office, the day on which it awaits reports, where that is its own. One query."""
    return dict(DueDay.objects.values_list("office", "day"))


def due_on(period: Period, office: int, own: Mapping[int, int]) -> dt.date:
    """When the reports of a period are due to an office. `own`: the days of offices with one of theirs."""
    return report_due_on(period.data_to, own.get(office, settings.MONTHLY_REPORT_DUE_DAY))


def addable_units(office: Unit, period: Period, today: dt.date) -> QuerySet[Unit]:
    """Units whose report an office would accept and that a month does not expect: left out when it was
    opened, or excused since. Two queries, the last one lazy."""
    offices = accepting_offices(min(today, period.data_to))
    own = [unit for unit, accepting in offices.items() if accepting == office.pk]
    expected = MonthlyReport.objects.filter(period=period, unit=OuterRef("pk"))
    return units_of(own).filter(~Exists(expected.exclude(state=ReportState.EXCUSED)))


def units_of(pks: Iterable[int]) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=list(pks)).order_by("sort_key")


def changes_of_list(user: object, office: Unit, period: Period) -> QuerySet[MonthlyReport]:
    """The explicit rows of a month's list: added to it, or excused. One query."""
    rows = MonthlyReport.objects.visible_to(user).filter(period=period, office=office.pk)
    changed = rows.filter(Q(added_at__isnull=False) | Q(state=ReportState.EXCUSED))
    return changed.select_related("unit", "added_by", "reviewed_by").order_by("unit__sort_key")
