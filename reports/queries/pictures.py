"""What the leader's pictures are drawn from: a figure over the months, and who reported in each."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Sum

from eduportal.base.charts import LineChart, line_chart
from eduportal.base.models import in_force
from reports.figures import stated
from reports.models import MonthlyReport
from reports.models.monthly import MISSING, MonthlyReportQuerySet, overdue_on
from reports.queries.figures import RATE, code_of
from reports.queries.monthly import months_of
from schools.models import Level, Period, SchoolLevel, Unit, UnitKind
from schools.queries import units_in_scope
from schools.queries.tree import stood_beneath
from targets.arithmetic import plain, rate
from targets.models import Observation, ObservationStatus

MONTHS_OF_A_TREND = 14
MONTHS_OF_THE_GRID = 12
STEMS = ("pupils", "classes", "teachers", RATE)


# --- one figure over the months -----------------------------------------------------------------------------


@dataclass(frozen=True)
class MonthValue:
    """A figure of one month: over `reported` of the `schools` that were to report it. None: nobody has."""

    period: Period
    value: Decimal | None
    schools: int
    reported: int
    provisional: bool

    @property
    def is_whole(self) -> bool:
        return self.value is not None and self.reported >= self.schools

    @property
    def code(self) -> str:
        return code_of(self.period)


@dataclass(frozen=True)
class Trend:
    """A figure of a level over the months, oldest first. Of a rate, values are fractions."""

    level: str
    stem: str
    months: list[MonthValue]

    @property
    def code(self) -> str:
        return f"{self.level}.{self.stem}"

    @property
    def is_rate(self) -> bool:
        return self.stem == RATE

    @property
    def latest(self) -> MonthValue | None:
        """The newest month of which something is known."""
        return next((month for month in reversed(self.months) if month.value is not None), None)

    @property
    def has_gaps(self) -> bool:
        return any(not month.is_whole for month in self.months)

    @property
    def chart(self) -> LineChart:
        values = [month.value for month in self.months]
        return line_chart(values, whole=[month.is_whole for month in self.months])


def trend(*, user: Any, office: Unit, level: str, stem: str, periods: Sequence[Period]) -> Trend:
    """A figure of a level in each of these months, as the tree stood at the month's end. Two queries.

    `stem`: one of STEMS; the rate is pupils present over pupils, a sum over a sum of those that gave both.
    Schools that the person may not see are left out, as on the page that each number leads to.
    """
    stems = ["attending", "pupils"] if stem == RATE else [stem]
    rows = in_sight_then(observed(level, stems, periods), user, office)
    if stem == RATE:
        other = Observation.objects.counting().filter(
            unit=OuterRef("unit"), period=OuterRef("period"), breakdown="total", value__isnull=False
        )
        rows = rows.filter(
            Exists(
                other.filter(measure__level=level, measure__stem__in=stems).exclude(
                    measure=OuterRef("measure")
                )
            )
        )
    sums = rows.values("period", "measure__stem").annotate(
        sum=Sum("value"), unaccepted=Count("pk", filter=~Q(status=ObservationStatus.ACCEPTED))
    )
    found: dict[int, dict[str, Decimal]] = {}
    provisional = set()
    for row in sums.order_by():
        found.setdefault(row["period"], {})[row["measure__stem"]] = plain(row["sum"])
        if row["unaccepted"]:
            provisional.add(row["period"])
    expected = reporting_schools(user, office, level, periods)
    months = [
        MonthValue(
            period,
            value_of(found.get(period.pk, {}), stem),
            *expected.get(period.pk, (0, 0)),
            provisional=period.pk in provisional,
        )
        for period in periods
    ]
    return Trend(level, stem, months)


def value_of(sums: dict[str, Decimal], stem: str) -> Decimal | None:
    if stem == RATE:
        return stated(rate(sums.get("attending"), sums.get("pupils")))
    return sums.get(stem)


def observed(level: str, stems: Iterable[str], periods: Iterable[Period]) -> QuerySet[Observation]:
    return Observation.objects.counting().filter(
        period__in=[period.pk for period in periods],
        measure__level=level,
        measure__stem__in=stems,
        breakdown="total",
        value__isnull=False,
    )


def in_sight_then(rows: Any, user: Any, office: Unit) -> Any:
    """Rows with a unit and a period: those of schools beneath an office at the period's end, and in sight."""
    return rows.filter(
        stood_beneath(office, unit="unit", on="period__data_to"),
        in_force(F("period__data_to"), "unit__"),
        unit__kind=UnitKind.SCHOOL,
        unit__in=units_in_scope(user).values("pk"),
    )


def reporting_schools(
    user: Any, office: Unit, level: str, periods: Sequence[Period]
) -> dict[int, tuple[int, int]]:
    """By period, how many schools were to report a level and how many did. One query."""
    taught = SchoolLevel.objects.filter(
        in_force(OuterRef("period__data_to")), school=OuterRef("unit"), level=level
    )
    reports = MonthlyReport.objects.expected().filter(period__in=[period.pk for period in periods])
    rows = in_sight_then(reports, user, office).filter(Exists(taught)).order_by().values("period")
    received = ~Q(state__in=MISSING)
    counts = rows.annotate(schools=Count("pk"), reported=Count("pk", filter=received))
    return {row["period"]: (row["schools"], row["reported"]) for row in counts}


# --- who reported, month by month ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """The reports of one row in one month. `late` of those received came after their day; `first` is the
    key of the one report where there is just one."""

    expected: int
    received: int
    late: int
    overdue: int
    first: int | None = None

    @property
    def state(self) -> str:
        """all_in_time, all_in, overdue, waiting or none: nothing was expected."""
        if not self.expected:
            return "none"
        if self.received == self.expected:
            return "all_in" if self.late else "all_in_time"
        return "overdue" if self.overdue else "waiting"


NOTHING = Cell(0, 0, 0, 0)


@dataclass(frozen=True)
class GridRow:
    """An accepting office with its units, or one unit, in each month of the grid."""

    unit_id: int
    name: str
    cells: tuple[Cell, ...]

    @property
    def lacking(self) -> tuple[tuple[int, int], ...]:
        """Month by month, newest first, how many reports are overdue and how many came late."""
        return tuple((cell.overdue, cell.late) for cell in reversed(self.cells))


@dataclass(frozen=True)
class Grid:
    """Months as columns, oldest first. `by_office`: rows are offices; their cells are counts."""

    periods: tuple[Period, ...]
    rows: tuple[GridRow, ...]
    by_office: bool

    def foremost(self, most: int) -> "Grid":
        """So many rows at most: those that lack most reports of the newest months, in their own order."""
        worst = {row.unit_id for row in sorted(self.rows, key=lambda row: row.lacking, reverse=True)[:most]}
        return replace(self, rows=tuple(row for row in self.rows if row.unit_id in worst))


def grid(
    reports: MonthlyReportQuerySet, periods: Sequence[Period], *, by_office: bool, today: dt.date
) -> Grid:
    """Who reported in each of these months: by accepting office, or by unit where one office holds them all.

    One query. `reports`: those in sight that were expected.
    """
    key = "office" if by_office else "unit"
    received, late = ~Q(state__in=MISSING), Q(first_sent_at__date__gt=F("due_on"))
    counts = (
        reports.filter(period__in=[period.pk for period in periods])
        .order_by()
        .values(key, f"{key}__short_name", f"{key}__sort_key", "period")
        .annotate(
            expected=Count("pk"),
            received=Count("pk", filter=received),
            late=Count("pk", filter=received & late),
            overdue=Count("pk", filter=overdue_on(today)),
            first=Min("pk"),
        )
    )
    cells: dict[tuple[str, int, str], dict[int, Cell]] = {}
    for row in counts:
        name = (row[f"{key}__sort_key"], row[key], row[f"{key}__short_name"])
        cell = Cell(*(row[part] for part in ("expected", "received", "late", "overdue", "first")))
        cells.setdefault(name, {})[row["period"]] = cell
    return Grid(
        periods=tuple(periods),
        rows=tuple(
            GridRow(pk, name, tuple(found.get(period.pk, NOTHING) for period in periods))
            for (_, pk, name), found in sorted(cells.items())
        ),
        by_office=by_office,
    )


def levels_reported(user: Any, office: Unit, period: Period) -> list[str]:
    """The levels of which schools in sight were to report in a month, lowest first. One query."""
    expected = in_sight_then(MonthlyReport.objects.expected().filter(period=period), user, office)
    taught = SchoolLevel.objects.on(period.data_to).filter(school__in=expected.values("unit"))
    held = set(taught.values_list("level", flat=True).distinct())
    return [level for level in Level.values if level in held]


# --- all of it ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pictures:
    """What a leader's page draws. `levels`: those of which a figure may be chosen."""

    trend: Trend | None
    levels: list[str]
    grid: Grid


def pictures(*, user: Any, office: Unit, chosen: str, today: dt.date) -> Pictures:
    """The pictures of an office for a person who may see it. `chosen`: a figure as "primary.pupils"; where it
    is none, pupils of the lowest level. Five queries."""
    reports = MonthlyReport.objects.visible_to(user).beneath(office).expected()
    periods = list(reversed(months_of(reports)[:MONTHS_OF_A_TREND]))
    levels = levels_reported(user, office, periods[-1]) if periods else []
    level, _, stem = chosen.partition(".")
    if level not in levels or stem not in STEMS:
        level, stem = levels[0] if levels else "", STEMS[0]
    return Pictures(
        trend=trend(user=user, office=office, level=level, stem=stem, periods=periods) if level else None,
        levels=levels,
        grid=grid(
            reports,
            periods[-MONTHS_OF_THE_GRID:],
            by_office=office.kind == UnitKind.DEPARTMENT,
            today=today,
        ),
    )
