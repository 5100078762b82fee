"""How a target is shared out to the units beneath, and what the parts come to. Pure.

A count is divided without remainder: the largest fractions get what is left over (Hare-Niemeyer). A rate is
never divided: each unit gets a rate of its own, and what they come to is weighted by what each divides by,
never a mean of percentages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum

from targets.arithmetic import plain
from targets.values import TENTH, percentage

HUNDRED = Decimal(100)
NOTHING = Decimal(0)


class Way(StrEnum):
    """How to propose the parts; each may be changed by hand afterwards."""

    SAME = "same"
    """Each unit the same value as the whole. Of rates."""
    SHARE = "share"
    """Each by its share of the newest figures. Of counts."""
    STEP = "step"
    """Each what it came to a year earlier, and its part of the step that is still needed."""


WAYS_OF_RATES = (Way.SAME, Way.STEP)
WAYS_OF_COUNTS = (Way.SHARE, Way.STEP)


@dataclass(frozen=True)
class Piece:
    """A unit beneath, by its key.

    `weight` is what its rate divides by, or of a count what it has now; `before` what it came to a year
    earlier. None: not known.
    """

    pk: int
    weight: Decimal | None = None
    before: Decimal | None = None


def proposed(way: Way, pieces: Sequence[Piece], goal: Decimal, *, is_rate: bool) -> dict[int, Decimal]:
    """The value for each unit for which there is something to propose it from."""
    if way == Way.SAME:
        return {one.pk: goal for one in pieces}
    if way == Way.SHARE:
        return divided(goal, {one.pk: one.weight for one in pieces if one.weight})
    return stepped_rates(pieces, goal) if is_rate else stepped_counts(pieces, goal)


def divided(total: Decimal, weights: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """A whole number in parts by weight, which add up to it.

    >>> divided(Decimal(10), {1: Decimal(1), 2: Decimal(1), 3: Decimal(1)})
    {1: Decimal('4'), 2: Decimal('3'), 3: Decimal('3')}
    """
    whole = sum(weights.values(), NOTHING)
    if not whole:
        return {}
    exact = {pk: total * weight / whole for pk, weight in weights.items()}
    parts = {pk: part.to_integral_value(ROUND_FLOOR) for pk, part in exact.items()}
    left = int((total - sum(parts.values(), NOTHING)).to_integral_value(ROUND_HALF_UP))
    # Of equal fractions whoever comes first: the order of names, which everybody can check.
    for pk in sorted(parts, key=lambda pk: parts[pk] - exact[pk])[:left]:
        parts[pk] += 1
    return {pk: plain(part) for pk, part in parts.items()}


def stepped_counts(pieces: Sequence[Piece], goal: Decimal) -> dict[int, Decimal]:
    """What each had a year earlier and its share of what is missing to the goal; less where that is below."""
    before = {one.pk: one.before for one in pieces if one.before is not None}
    had = sum(before.values(), NOTHING)
    if not had:
        return {}
    step = goal - had
    shares = divided(abs(step), before)
    return {pk: plain(former + (shares[pk] if step > 0 else -shares[pk])) for pk, former in before.items()}


def stepped_rates(pieces: Sequence[Piece], goal: Decimal) -> dict[int, Decimal]:
    """What each came to a year earlier and the points that all together are short of, within 0 to 100."""
    known = {one.pk: one.before for one in pieces if one.before is not None}
    together = whole(pieces, known, is_rate=True)
    if together is None:
        return {}
    step = goal - together
    return {pk: within(former + step) for pk, former in known.items()}


def within(rate: Decimal) -> Decimal:
    return plain(min(max(rate, NOTHING), HUNDRED).quantize(TENTH, rounding=ROUND_HALF_UP))


def whole(pieces: Sequence[Piece], values: Mapping[int, Decimal], *, is_rate: bool) -> Decimal | None:
    """What the values of units come to together: of counts the sum, of rates weighted by what they divide by.

    None where nothing is known: no value, or no weight for any of them.
    """
    given = [(values[one.pk], one.weight) for one in pieces if one.pk in values]
    if not given:
        return None
    if not is_rate:
        return plain(sum((value for value, _ in given), NOTHING))
    weighed = [(value, weight) for value, weight in given if weight]
    above = sum((value * weight / HUNDRED for value, weight in weighed), NOTHING)
    below = sum((weight for _, weight in weighed), NOTHING)
    return percentage(above, below)


def holds(comparator: str, together: Decimal | None, goal: Decimal) -> bool:
    """Whether parts that are all reached reach the whole. What is not known is not said to fall short."""
    if together is None:
        return True
    if comparator in ("ge", "gt"):
        return together >= goal
    if comparator in ("le", "lt"):
        return together <= goal
    return together == goal
