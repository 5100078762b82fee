"""What an indicator of measures comes to month by month, of what was added up in each. Without queries."""

from collections.abc import Mapping
from decimal import Decimal

from targets.models import Indicator, Making, Side
from targets.queries.sums import Months, Pair, pair_of
from targets.values import Point, percentage

# A month with fewer figures than this share of the fullest is no point: a count would seem to fall.
FULL_ENOUGH = Decimal("0.9")


def points_of(indicator: Indicator, by_month: Mapping[Pair, Months]) -> list[Point]:
    """The months in which nearly all that ever report it did. Uses the prefetched terms."""
    above = full_months(indicator, Side.NUMERATOR, by_month)
    if indicator.making == Making.COUNT:
        return [Point(month, amount) for month, (amount, _) in sorted(above.items())]
    if indicator.making == Making.YES_SHARE:
        rates = {month: percentage(amount, Decimal(answers)) for month, (amount, answers) in above.items()}
    else:
        below = full_months(indicator, Side.DENOMINATOR, by_month)
        rates = {month: percentage(above[month][0], below[month][0]) for month in above if month in below}
    return [Point(month, stated) for month, stated in sorted(rates.items()) if stated is not None]


def full_months(indicator: Indicator, side: Side, by_month: Mapping[Pair, Months]) -> Months:
    """One side of an indicator in each month that was reported fully enough, and by how many figures."""
    added: Months = {}
    for term in indicator.terms.all():
        if term.side == side:
            for month, (amount, given) in by_month.get(pair_of(term), {}).items():
                sofar, number = added.get(month, (Decimal(0), 0))
                added[month] = (sofar + amount, number + given)
    most = max((given for _, given in added.values()), default=0)
    return {month: found for month, found in added.items() if found[1] >= FULL_ENOUGH * most}
