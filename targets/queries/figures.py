"""Reads over measures and observations."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from schools.models import Period, SchoolLevel, Unit, UnitKind
from targets.arithmetic import plain, rate
from targets.models import Measure, Observation, Reporter


def measures_for(unit: Unit, period: Period) -> list[Measure]:
    """What a unit reports of a period, in the order of the form. One query.

    A school: the measures of the levels that it teaches at the period's end. A commune: what only it knows.
    """
    taught = SchoolLevel.objects.on(period.data_to).filter(school=unit.pk).values("level")
    asked_of_communes = Q(reporter=Reporter.COMMUNE) if unit.kind == UnitKind.COMMUNE else Q(pk=None)
    return asked_in(Q(level__in=taught) | asked_of_communes, period)


def measures_of_level(level: str, period: Period) -> list[Measure]:
    """What schools of a level report of a period; without a level, what communes do. One query."""
    return asked_in(Q(level=level), period)


def asked_in(asked: Q, period: Period) -> list[Measure]:
    rows = Measure.objects.on(period.data_to).filter(asked).select_related("section")
    return [measure for measure in rows if measure.is_asked_in(period)]


def values_of(unit: Unit, period: Period) -> dict[str, Observation]:
    """What a unit has written down for a period, sent or not, by code of the measure; without measures."""
    return values_in(unit, [period])[period.pk]


def values_in(unit: Unit, periods: Iterable[Period]) -> dict[int, dict[str, Observation]]:
    """The same for several periods in one query, by primary key of the period."""
    found: dict[int, dict[str, Observation]] = {period.pk: {} for period in periods}
    rows = Observation.objects.filter(unit=unit, period__in=found, breakdown="total")
    # The code alone: there are many rows, and whoever asks has the measures.
    for row in rows.annotate(code=F("measure__code")):
        found[row.period_id][row.code] = row
    return found


def counted(units: QuerySet, period: Period) -> QuerySet[Observation]:
    """The totals that count, of these units in a period: sent or accepted, and numbers."""
    return counted_in(period).filter(unit__in=units.values("pk"))


def said_not_applicable(units: QuerySet, period: Period) -> QuerySet[Observation]:
    """The answers, sent or accepted, by which these units say that a measure does not apply to them."""
    said = Observation.objects.counting().filter(period=period, breakdown="total", not_applicable=True)
    return said.filter(unit__in=units.values("pk"))


def counted_in(period: Period) -> QuerySet[Observation]:
    """The same of all units. To be asked about a row of which the unit is known to be among those meant:
    a subquery about each row is to hold no other."""
    return Observation.objects.counting().filter(period=period, breakdown="total", value__isnull=False)


def rates(*, units: QuerySet, period: Period, of: str, out_of: str) -> dict[str, Decimal | None]:
    """For each level, one kind of figure over another ("attending" over "pupils"), as a fraction.

    A sum over a sum, of those units that gave both. Levels of which nothing is known are not there.
    """
    stems = [of, out_of]
    both = counted(units, period).filter(measure__stem__in=stems)
    other = counted_in(period).filter(
        measure__stem__in=stems, unit=OuterRef("unit"), measure__level=OuterRef("measure__level")
    )
    rows = (
        both.filter(Exists(other.exclude(measure=OuterRef("measure"))))
        .values_list("measure__level", "measure__stem")
        .annotate(value=models.Sum("value"))
        .order_by("measure__level")
    )
    found: dict[str, dict[str, Decimal]] = {}
    for level, stem, value in rows:
        found.setdefault(level, {})[stem] = plain(value)
    return {level: rate(parts.get(of), parts.get(out_of)) for level, parts in found.items()}
