"""Reads over the month's expected list: who must report, to whom, and who may be added."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from reports.models import MonthlyReport, ReportState
from schools.models import Period, Unit, UnitKind
from schools.queries.accepting import accepting_offices

REPORTING = (UnitKind.SCHOOL, UnitKind.COMMUNE)
"""Kinds of unit that report each month; departments and internal departments do not."""


def units_to_report(period: Period, today: dt.date) -> QuerySet[Unit]:
    """Schools and communes in existence at the end of a month and opened by now. Lazy."""
    return Unit.objects.on(period.data_to).filter(kind__in=REPORTING, valid_from__lte=today)


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
