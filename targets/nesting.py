"""Targets within a target: "9 trường, trong đó mầm non 3, tiểu học 4". Pure.

Counts of parts add up to the whole. A rate is never added to another; but among those of whom the whole is a
rate, a part of them cannot be more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

NOTHING = Decimal(0)
# What is kept within a range, or counted from a start of its own, is compared with nothing.
PLAIN = frozenset({"ge", "gt", "le", "lt", "eq"})


@dataclass(frozen=True)
class Portion:
    """A target as far as it is compared. `counted`: what its numbers are of ("schools"), of a rate what it
    divides by."""

    comparator: str
    value: Decimal
    counted: frozenset[str]
    is_rate: bool = False

    @property
    def is_plain(self) -> bool:
        return self.comparator in PLAIN


def compared(whole: Portion, parts: Iterable[Portion]) -> list[Portion]:
    """The parts whose numbers can be held against the whole's."""
    if not whole.is_plain:
        return []
    return [one for one in parts if one.is_plain and one.counted == whole.counted]


def together(whole: Portion, parts: Iterable[Portion]) -> Decimal | None:
    """What the parts of a count come to; None of a rate, and where nothing can be compared."""
    found = compared(whole, parts)
    if whole.is_rate or not found:
        return None
    return sum((one.value for one in found), NOTHING)


def excess(whole: Portion, parts: Iterable[Portion]) -> Decimal:
    """By how much the parts go beyond the whole; 0: they do not.

    >>> schools = frozenset({"schools"})
    >>> excess(Portion("ge", Decimal(9), schools), [Portion("ge", Decimal(n), schools) for n in (3, 4, 4)])
    Decimal('2')
    """
    found = compared(whole, parts)
    if whole.is_rate:
        return max((one.value - whole.value for one in found), default=NOTHING).max(NOTHING)
    return (sum((one.value for one in found), NOTHING) - whole.value).max(NOTHING)
