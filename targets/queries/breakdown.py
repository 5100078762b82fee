"""What an indicator of an office is made of: commune by commune and school by school."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import QuerySet, prefetch_related_objects

from schools.models import LinkKind, School, Unit, UnitAncestry, UnitKind
from schools.models.unit import SchoolQuerySet
from schools.queries.tree import existing_beneath, lasting
from targets.models import Indicator, Target
from targets.queries.groups import members
from targets.queries.making import levels_of, needs_communes
from targets.queries.registered import recognition_value
from targets.queries.remembered import amounts_in
from targets.queries.sums import (
    Key,
    Span,
    Total,
    added_up,
    figures_given,
    said_not_applicable,
    totals_by_unit,
)
from targets.queries.values import (
    Communes,
    Ground,
    Members,
    combined,
    communes_giving,
    exempt,
    given_by,
    left_out,
    some_of,
)
from targets.recognised import StandardSchool, concerned
from targets.values import Lack, Value

Parts = Mapping[Key, Total]


@dataclass(frozen=True)
class Part:
    """A commune or school with what it comes to. `left_out`: known, and not in the whole."""

    unit: Unit
    value: Value
    left_out: bool = False


@dataclass(frozen=True)
class Breakdown:
    """`schools` have the commune that they belong to by `commune_of`; the rest are the office's own."""

    communes: list[Part]
    schools: list[Part]
    commune_of: dict[int, int]

    @property
    def missing(self) -> list[Unit]:
        """Who gave nothing, communes first."""
        parts = [*self.communes, *self.schools]
        return [part.unit for part in parts if part.value.lack in (Lack.NO_FIGURES, Lack.NO_POPULATION)]

    def schools_of(self, commune: int) -> list[Part]:
        return [part for part in self.schools if self.commune_of.get(part.unit.pk) == commune]


def breakdown(
    unit: Unit, indicator: Indicator, span: Span, today: dt.date, *, among: Members | None = None
) -> Breakdown:
    """The communes and schools behind an indicator of a unit. Thirteen queries at most; a row a school.

    `among`: of some schools of the unit only.
    """
    on, ground = min(span.last, today), Ground(unit)
    communes = list(Unit.objects.filter(pk__in=existing_beneath(unit, on), kind=UnitKind.COMMUNE))
    if indicator.is_recognition:
        return recognition_breakdown(ground, indicator, communes, on, among)
    prefetch_related_objects([indicator], "terms__measure")  # each school's part is made of them anew
    terms = list(indicator.terms.all())
    whose = added_up(unit, on)
    given = given_by(amounts_in(figures_given(whose, terms, span), ground.tree(on)), among)
    free = exempt(indicator, given, said_not_applicable(whose, terms, span))
    giving = communes_giving(unit, [indicator], given, on)
    by_unit = totals_by_unit(given, terms)
    counted = by_unit.keys() - left_out(giving, on).get(indicator.pk, frozenset())
    schools = schools_reporting(unit, indicator, on, by_unit)
    if among is not None:
        schools = schools.filter(pk__in=among)
    commune_of = communes_of(schools, on)
    communes_in_it = giving.get(indicator.pk, Communes())
    listed = list(schools)
    parts = [
        Part(one, Value(lack=Lack.NOT_APPLICABLE))
        if one.pk in free
        else school_part(indicator, one, by_unit.get(one.pk, {}), counted)
        for one in listed
    ]
    groups = grouped(listed, commune_of)
    return Breakdown(
        [
            commune_part(indicator, one, groups.get(one.pk, []), by_unit, communes_in_it, free)
            for one in communes
            if one.pk in groups or needs_communes(indicator)
        ],
        parts,
        commune_of,
    )


def parts_of(target: Target, span: Span, today: dt.date) -> Breakdown:
    """`breakdown` of what a target speaks of, over its period or another. Of a group, of the schools that
    belong to it on the last day of the target's period, or today; four queries more, then."""
    on = min(target.period.data_to, today)
    among = members(Ground(target.unit), target.group, on)
    return breakdown(target.unit, target.indicator, span, today, among=among)


def schools_reporting(unit: Unit, indicator: Indicator, on: dt.date, gave: Iterable[int]) -> SchoolQuerySet:
    """The schools beneath a unit that teach a level of an indicator, and whoever else `gave` a figure that is
    counted, though gone by now; in the order of names. Lazy."""
    taught = School.objects.on(on).filter(pk__in=existing_beneath(unit, on))
    levels = levels_of(indicator)
    reporting = School.objects.filter(pk__in=list(gave))
    for level in levels:
        reporting = reporting | taught.teaching(level, on)
    return reporting.order_by("sort_key")


def communes_of(schools: QuerySet[School], on: dt.date) -> dict[int, int]:
    """The commune that holds each school administratively, or held it last, by primary keys. One query."""
    rows = UnitAncestry.objects.filter(
        lasting(on, "descendant"),
        descendant__in=schools.order_by().values("pk"),
        ancestor__kind=UnitKind.COMMUNE,
        kind=LinkKind.ADMINISTRATIVE,
    )
    return dict(rows.values_list("descendant", "ancestor"))


def grouped(schools: Iterable[Unit], commune_of: Mapping[int, int]) -> dict[int, list[int]]:
    """The schools of each commune, by primary keys."""
    groups: dict[int, list[int]] = {}
    for school in schools:
        if commune := commune_of.get(school.pk):
            groups.setdefault(commune, []).append(school.pk)
    return groups


def school_part(indicator: Indicator, school: Unit, own: Parts, counted: Collection[int]) -> Part:
    """A school by itself. Of a rate over residents it has only the part above the line."""
    value = combined(indicator, own, 1, Communes())
    if needs_communes(indicator) and value.numerator is not None:
        value = replace(value, lack=Lack.NOT_FOR_SCHOOL)
    return Part(school, value, left_out=bool(own) and school.pk not in counted)


def commune_part(
    indicator: Indicator,
    commune: Unit,
    schools: Sequence[int],
    by_unit: Mapping[int, Parts],
    giving: Communes,
    free: Collection[int],
) -> Part:
    """A commune's schools added up, over its own count of residents where that is what is divided by."""
    own = Communes(giving.all & {commune.pk}, giving.giving & {commune.pk})
    found = added(by_unit[pk] for pk in [commune.pk, *schools] if pk in by_unit)
    awaited = sum(pk not in free for pk in schools)
    return Part(commune, combined(indicator, found, awaited, own))


def added(units: Iterable[Parts]) -> dict[Key, Total]:
    """The sides of several units added up."""
    found: dict[Key, Total] = {}
    for parts in units:
        for key, part in parts.items():
            sofar = found.get(key)
            found[key] = part if sofar is None else plus(sofar, part)
    return found


def plus(one: Total, other: Total) -> Total:
    return Total(
        one.value + other.value,
        one.units + other.units,
        max(one.as_of, other.as_of),
        one.provisional or other.provisional,
        one.answers + other.answers,
    )


def recognition_breakdown(
    ground: Ground, indicator: Indicator, communes: Sequence[Unit], on: dt.date, among: Members | None
) -> Breakdown:
    """The schools that an indicator of the register speaks of. Four queries."""
    register = ground.register(on)
    meant = concerned(some_of(register, among), level=indicator.level, public_only=indicator.public_only)
    of = {one.pk: one for one in meant}
    schools = School.objects.filter(pk__in=of).order_by("sort_key")
    commune_of = communes_of(schools, on)
    listed = list(schools)
    groups = grouped(listed, commune_of)

    def part(whose: Unit, standing: Iterable[StandardSchool]) -> Part:
        return Part(whose, recognition_value(indicator, register, on, among=list(standing)))

    return Breakdown(
        [part(one, (of[pk] for pk in groups[one.pk])) for one in communes if one.pk in groups],
        [part(one, [of[one.pk]]) for one in listed],
        commune_of,
    )


def held(part: Part) -> bool:
    """Whether a school counts as recognised."""
    return part.value.numerator == Decimal(1)
