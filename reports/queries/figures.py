"""Reads over the month's figures: each level of an office against the month before, and the schools behind
a number."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from reports.figures import (
    Figure,
    LevelFigures,
    MeasureSum,
    Month,
    beside_a_year_ago,
    compare,
    compare_rates,
    stated,
)
from reports.models import MonthlyReport
from reports.models.monthly import MonthlyReportQuerySet
from schools.models import Level, Period, PeriodKind, School, SchoolLevel, Unit
from schools.models.unit import SchoolQuerySet
from schools.periods import Named
from schools.periods import month_of as month_of_day
from schools.queries import units_in_scope
from schools.queries.tree import schools_beneath
from targets.arithmetic import plain, rate
from targets.models import Measure, ObservationStatus
from targets.queries import counted, counted_in, rates, said_not_applicable

STEMS = ("classes", "pupils", "teachers")
RATE = "attendance_rate"

SchoolsOn = Callable[[dt.date], SchoolQuerySet]
"""Whose figures are meant, as the tree stood on a day: all schools of an office, or those in sight."""


def month_of(period: Period) -> Month:
    return Month(period.year, period.ordinal)


def code_of(period: Period) -> str:
    return period.named.code


def period_of(month: Month) -> Period | None:
    """The period of a month, if figures were ever asked for it. One query."""
    return period_by_name(Named(PeriodKind.MONTH, month.year, month.month))


def period_by_name(named: Named) -> Period | None:
    """A period by its name, if figures were ever asked for it. One query."""
    return Period.objects.filter(kind=named.kind, year=named.year, ordinal=named.ordinal).first()


def month_counted(office: Unit, period: Period) -> Period | None:
    """The month whose figures a briefing of a period counts: of a longer one, the newest opened in it.

    None where none of it was opened. One query, or none for a month.
    """
    if period.is_month:
        return period
    opened = MonthlyReport.objects.beneath(office).filter(period__kind=PeriodKind.MONTH)
    months = Period.objects.filter(pk__in=opened.values("period"), data_to__lte=period.data_to)
    return months.filter(data_from__gte=period.data_from).order_by("-data_from").first()


def named_before(period: Period, month: Period) -> Named:
    """The month that the figures of a briefing are compared with: of a longer one, that before it began."""
    if period.is_month:
        return month.named.before
    return Named(
        PeriodKind.MONTH, *month_of_day(period.data_from - dt.timedelta(days=1), settings.MONTH_STARTS_ON)
    )


def schools_in_sight(user: Any, office: Unit, on: dt.date) -> SchoolQuerySet:
    """The schools beneath an office on a day, without those that the person may not see. Lazy.

    They are fewer than the office's where the person sits in a department limited to levels.
    """
    return schools_beneath(office, on).filter(pk__in=units_in_scope(user).values("pk"))


def expected_of(units: QuerySet, period: Period) -> MonthlyReportQuerySet:
    """The rows of a month's expected list that are of these units. Lazy."""
    return MonthlyReport.objects.filter(period=period, unit__in=units.values("pk")).expected()


def reports_beneath(office: Unit, period: Period) -> MonthlyReportQuerySet:
    """The expected list of a period, as it was opened for an office and those beneath it. Lazy."""
    return MonthlyReport.objects.beneath(office).filter(period=period).expected()


def reports_within(office: Unit, period: Period) -> MonthlyReportQuerySet:
    """The same, with the lists of the shorter periods that lie in a longer one. Lazy."""
    if period.is_month:
        return reports_beneath(office, period)
    rows = MonthlyReport.objects.beneath(office).expected()
    return rows.filter(period__data_from__gte=period.data_from, period__data_to__lte=period.data_to)


@dataclass(frozen=True)
class Coverage:
    """How many schools were to report a level in a month, and how many did."""

    schools: int
    reported: int

    @property
    def is_whole(self) -> bool:
        return 0 < self.schools == self.reported


NOBODY = Coverage(0, 0)


def coverage(schools: SchoolsOn, period: Period) -> dict[str, Coverage]:
    """For each level that these schools teach, who was to report and who did. One query."""
    taught_by = schools(period.data_to)
    expected = expected_of(taught_by, period)
    is_expected = Q(school__in=expected.values("unit"))
    has_reported = Q(school__in=expected.received().values("unit"))
    rows = (
        SchoolLevel.objects.on(period.data_to)
        .filter(school__in=taught_by.values("pk"))
        .values("level")
        .annotate(
            schools=Count("school", distinct=True, filter=is_expected),
            reported=Count("school", distinct=True, filter=has_reported),
        )
        .order_by()
    )
    return {row["level"]: Coverage(row["schools"], row["reported"]) for row in rows}


def measure_sums(
    schools: SchoolsOn, period: Period, other: Period | None, stems: Iterable[str]
) -> dict[tuple[str, str], MeasureSum]:
    """By level and stem, each measure added up over these schools. One query.

    `paired` takes in the schools that reported the measure in the `other` month too and were among these
    then.
    """
    rows = counted(schools(period.data_to), period).filter(measure__stem__in=stems)
    if other is None:
        in_both = Q(pk__in=[])
    else:
        theirs = counted_in(other).filter(unit=OuterRef("unit"), measure=OuterRef("measure"))
        in_both = Q(unit__in=schools(other.data_to).values("pk")) & Q(Exists(theirs))
    sums = rows.values("measure__level", "measure__stem").annotate(
        sum=Sum("value"),
        units=Count("pk"),
        paired=Sum("value", filter=in_both),
        paired_units=Count("pk", filter=in_both),
        unaccepted=Count("pk", filter=~Q(status=ObservationStatus.ACCEPTED)),
    )
    return {
        (row["measure__level"], row["measure__stem"]): MeasureSum(
            value=plain(row["sum"]),
            units=row["units"],
            paired=plain(row["paired"] or Decimal(0)),
            paired_units=row["paired_units"],
            provisional=row["unaccepted"] > 0,
        )
        for row in sums.order_by()
    }


def not_applicable_to(schools: SchoolsOn, period: Period, stems: Iterable[str]) -> dict[tuple[str, str], int]:
    """By level and stem, how many of these schools said that a measure does not apply to them. One query."""
    said = said_not_applicable(schools(period.data_to), period).filter(measure__stem__in=stems)
    counts = said.order_by().values_list("measure__level", "measure__stem").annotate(Count("pk"))
    return {(level, stem): count for level, stem, count in counts}


def compared_measures(
    schools: SchoolsOn, period: Period, before: Period | None, stems: Iterable[str]
) -> tuple[dict[tuple[str, str], Figure], dict[str, Coverage]]:
    """By level and stem, each measure of a month beside the month before, and who was to report
    it. Five queries."""
    now = measure_sums(schools, period, before, stems)
    then = measure_sums(schools, before, period, stems) if before else {}
    free = not_applicable_to(schools, period, stems)
    expected = coverage(schools, period)
    expected_before = coverage(schools, before) if before else {}
    figures = {
        (level, stem): compare(
            f"{level}.{stem}",
            stem,
            now.get((level, stem)),
            then.get((level, stem)),
            both_months_whole=expected[level].is_whole and expected_before.get(level, NOBODY).is_whole,
            not_applicable=free.get((level, stem), 0),
        )
        for level in expected
        for stem in stems
    }
    return figures, expected


def level_figures(office: Unit, period: Period) -> tuple[LevelFigures, ...]:
    """Every level taught beneath the office, lowest first; of a longer period, as its last month has them.

    Figures of schools are stocks: over time the last one counts.
    """
    month = month_counted(office, period)
    if month is None:
        return ()
    schools = partial(schools_beneath, office)
    before = period_by_name(named_before(period, month))
    year_ago = period_by_name(month.named.year_before)
    figures, expected = compared_measures(schools, month, before, STEMS)
    years = compared_measures(schools, month, year_ago, STEMS)[0] if year_ago else {}
    figures = {
        key: beside_a_year_ago(one, years.get(key, one)) if years else one for key, one in figures.items()
    }
    now = attendance(office, month)
    then, in_year = (attendance(office, one) if one else {} for one in (before, year_ago))
    return tuple(
        LevelFigures(
            level=level,
            schools=expected[level].schools,
            reported=expected[level].reported,
            classes=figures[level, "classes"],
            pupils=figures[level, "pupils"],
            teachers=figures[level, "teachers"],
            attendance=compare_rates(
                f"{level}.{RATE}",
                now.get(level),
                then.get(level),
                in_year.get(level),
                provisional=figures[level, "pupils"].provisional,
            ),
            counted_in=None if period.is_month else month.named,
            compared_with=None if period.is_month else named_before(period, month),
        )
        for level in Level.values
        if level in expected
    )


def attendance(office: Unit, period: Period) -> dict[str, Decimal | None]:
    """By level, pupils present over pupils of an office's schools. One query."""
    return rates(
        units=schools_beneath(office, period.data_to), period=period, of="attending", out_of="pupils"
    )


# --- the schools behind a number ----------------------------------------------------------------------------


@dataclass(frozen=True)
class FigureRow:
    """What one school reported of a measure, this month and the month before. None: no number that counts.

    `not_applicable`: it said this month that there is none to give.
    """

    unit: School
    value: Decimal | None
    previous: Decimal | None
    provisional: bool
    not_applicable: bool

    @property
    def change(self) -> Decimal | None:
        return None if self.value is None or self.previous is None else self.value - self.previous

    @property
    def points(self) -> Decimal | None:
        """The change of a rate in percentage points."""
        return None if self.change is None else plain(self.change * 100)


@dataclass(frozen=True)
class FigureRows:
    """The schools behind a number, to be read in part; `total` is what all of them add up to now."""

    measure: Measure
    schools: QuerySet[School]
    now: dict[int, "SchoolValue"]
    then: dict[int, "SchoolValue"]
    free: frozenset[int]
    total: Decimal | None
    previous: Decimal | None
    is_rate: bool

    def of(self, school: School) -> FigureRow:
        now, then = self.now.get(school.pk), self.then.get(school.pk)
        return FigureRow(
            unit=school,
            value=now.value if now else None,
            previous=then.value if then else None,
            provisional=now is not None and now.provisional,
            not_applicable=school.pk in self.free,
        )


def rows_behind(code: str, schools: QuerySet[School], period: Period) -> FigureRows | None:
    """The schools that teach the measure's level or reported it, with both months' values; None: no such
    measure.

    `code` is that of a measure, or "<level>.attendance_rate". Five queries at most, whatever the number of
    schools, and those of the part that is read.
    """
    level, _, stem = code.partition(".")
    is_rate = stem == RATE
    measure = Measure.objects.filter(level=level, stem="attending" if is_rate else stem).first()
    if measure is None:
        return None
    before = period_of(month_of(period).before)
    now = values_by_school(measure, schools, period, is_rate=is_rate)
    then = values_by_school(measure, schools, before, is_rate=is_rate) if before else {}
    teaching = School.objects.teaching(level, period.data_to)
    told = Q(pk__in=counted(schools, period).filter(measure=measure).values("unit"))
    if before:
        told |= Q(pk__in=counted(schools, before).filter(measure=measure).values("unit"))
    shown = schools.filter(Q(pk__in=teaching.values("pk")) | told)
    return FigureRows(
        measure=measure,
        schools=shown.order_by("sort_key", "pk"),
        now=now,
        then=then,
        free=frozenset(
            said_not_applicable(schools, period).filter(measure=measure).values_list("unit", flat=True)
        ),
        total=total_of(now.values(), is_rate),
        previous=total_of(then.values(), is_rate),
        is_rate=is_rate,
    )


@dataclass(frozen=True)
class SchoolValue:
    """A school's number; of a rate, its two parts."""

    part: Decimal
    whole: Decimal | None
    provisional: bool

    @property
    def value(self) -> Decimal | None:
        return self.part if self.whole is None else stated(rate(self.part, self.whole))


def values_by_school(
    measure: Measure, schools: QuerySet[School], period: Period, *, is_rate: bool
) -> dict[int, SchoolValue]:
    """Each school's number that counts. Of a rate, the schools that gave both parts. One query."""
    whole = measure.at_most_id if is_rate else None
    wanted = {measure.pk, whole} - {None}
    found: dict[int, dict[int, Decimal]] = {}
    unaccepted = set()
    rows = counted(schools, period).filter(measure__in=wanted)
    for unit, number, value, status in rows.values_list("unit", "measure", "value", "status"):
        found.setdefault(unit, {})[number] = plain(value or Decimal(0))
        if status != ObservationStatus.ACCEPTED:
            unaccepted.add(unit)
    return {
        unit: SchoolValue(parts[measure.pk], None if whole is None else parts[whole], unit in unaccepted)
        for unit, parts in found.items()
        if len(parts) == len(wanted)
    }


def total_of(values: Iterable[SchoolValue], is_rate: bool) -> Decimal | None:
    listed = list(values)
    if not listed:
        return None
    part = sum((one.part for one in listed), Decimal(0))
    if not is_rate:
        return part
    return stated(rate(part, sum((one.whole or Decimal(0) for one in listed), Decimal(0))))
