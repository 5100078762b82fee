"""The parts of which a target speaks as "trong đó", beside their whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from targets.models import Indicator, Making, Target
from targets.nesting import Portion, excess, together


@dataclass(frozen=True)
class Nest:
    """A target and its parts, in the order of indicators."""

    whole: Target
    parts: Sequence[Target]

    @property
    def together(self) -> Decimal | None:
        """What the parts of a count come to, as far as they count the same thing."""
        return together(portion_of(self.whole), map(portion_of, self.parts))

    @property
    def excess(self) -> Decimal:
        """By how much they go beyond the whole."""
        return excess(portion_of(self.whole), map(portion_of, self.parts))

    @property
    def left(self) -> Decimal | None:
        """Of a count, what no part speaks of yet."""
        return None if self.together is None else (self.whole.value - self.together).max(Decimal(0))


def nest_of(target: Target) -> Nest:
    """A target with its parts; both are of one unit, so whoever sees the one sees the other.

    Three queries; one without parts.
    """
    parts = target.pieces.shown().prefetch_related("indicator__terms__measure")
    return Nest(target, list(parts.order_by("indicator__position", "pk")))


def wholes_for(target: Target) -> list[Target]:
    """The targets of which this one can be a part: of its unit and period, and no part of it. One query."""
    same = Target.objects.shown().filter(unit=target.unit_id, period=target.period_id)
    rows = list(same.order_by("indicator__position", "pk"))
    above = {row.pk: row.within_id for row in rows}
    return [row for row in rows if not stands_under(row.pk, target.pk, above)]


def stands_under(part: int, whole: int, above: dict[int, int | None]) -> bool:
    """Whether one target is another or, at whatever depth, a part of it."""
    step: int | None = part
    while step is not None:
        if step == whole:
            return True
        step = above.get(step)
    return False


def portion_of(target: Target) -> Portion:
    """A target as the pure rule takes it. Uses the prefetched terms of its indicator."""
    return Portion(
        target.comparator, target.value, frozenset(counted_by(target.indicator)), target.indicator.is_rate
    )


def counted_by(indicator: Indicator) -> Iterable[str]:
    """What the numbers are of; of a rate, what it divides by."""
    if not indicator.is_rate:
        return [indicator.unit]
    if indicator.formula is None:
        return [indicator.making, indicator.level, str(indicator.public_only)]
    of_all = indicator.formula.above if indicator.making == Making.YES_SHARE else indicator.formula.below
    return [indicator.making, *of_all]
