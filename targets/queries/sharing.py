"""The units among which a target is shared out, with what each has and had."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q

from schools.models import Unit, UnitKind
from schools.queries import units_in_scope
from targets.models import Target
from targets.models.target import TargetQuerySet
from targets.queries.board import span_before
from targets.queries.breakdown import Breakdown, parts_of
from targets.queries.values import span_of
from targets.sharing import Piece, whole
from targets.values import Value


@dataclass(frozen=True)
class Share:
    """A unit beneath: its value so far, that of a year earlier, and its own target where it has one."""

    unit: Unit
    now: Value
    before: Value
    target: Target | None

    @property
    def goal(self) -> Decimal | None:
        return self.target.value if self.target else None


@dataclass(frozen=True)
class Sharing:
    """A target and the units directly beneath its own, in the order of their names."""

    target: Target
    shares: list[Share]

    @property
    def pieces(self) -> list[Piece]:
        return [Piece(one.unit.pk, weight_of(one, self.is_rate), one.before.value) for one in self.shares]

    @property
    def is_rate(self) -> bool:
        return self.target.indicator.is_rate

    @property
    def given(self) -> dict[int, Decimal]:
        """The values of the targets that there are."""
        return {one.unit.pk: one.goal for one in self.shares if one.goal is not None}

    def together(self, values: Mapping[int, Decimal]) -> Decimal | None:
        """What values of the units come to."""
        return whole(self.pieces, values, is_rate=self.is_rate)


def weight_of(share: Share, is_rate: bool) -> Decimal | None:
    """What a unit weighs: the newest figures known, of a rate what it divides by."""
    values = (share.now, share.before)
    known = [one.denominator if is_rate else one.value for one in values]
    return next((one for one in known if one is not None), None)


def sharing(target: Target, today: dt.date, user: Any) -> Sharing:
    """Among whom a target is shared out: communes and the schools that hang on no commune, of a commune its
    schools; of those the indicator speaks of and the person sees. Some 25 queries, however many units."""
    now = parts_of(target, span_of(target.period), today)
    before = parts_of(target, span_before(target.period), today)
    former = {part.unit.pk: part.value for part in (*before.communes, *before.schools)}
    units = {part.unit.pk: part for part in beneath(now, target)}
    seen = set(units_in_scope(user).filter(pk__in=list(units)).values_list("pk", flat=True))
    same = same_of(target, units).shown()
    set_already = {one.unit_id: one for one in same}
    return Sharing(
        target,
        [
            Share(part.unit, part.value, former.get(pk, Value()), set_already.get(pk))
            for pk, part in units.items()
            if pk in seen
        ],
    )


def same_of(target: Target, units: Collection[int]) -> TargetQuerySet:
    """What some units beneath are to reach of the same thing. Lazy.

    The part of a commune in a target of a group speaks of that group, too; a school belongs to it or not.
    """
    of_group = Q(unit__kind=UnitKind.SCHOOL, group=None)
    of_group |= ~Q(unit__kind=UnitKind.SCHOOL) & Q(group=target.group_id)
    return Target.objects.filter(
        of_group, indicator=target.indicator, period=target.period, unit__in=list(units)
    )


def beneath(parts: Breakdown, target: Target) -> list[Any]:
    """The parts directly beneath the unit of a target. A school alone has no rate over residents."""
    own = target.unit_id
    over_residents = target.indicator.terms.filter(measure__reporter="commune").exists()
    communes = [part for part in parts.communes if part.unit.pk != own]
    schools = [part for part in parts.schools if parts.commune_of.get(part.unit.pk) in (None, own)]
    return communes if over_residents else [*communes, *schools]
