"""How figures are added, compared and put in proportion. Pure.

A figure is a Decimal, or missing (None), or said not to apply (NOT_APPLICABLE). Zero is a figure like any
other: the three are never taken for one another. A rate is a sum over a sum; percentages are never averaged.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final, TypeAlias


class NotApplicable(Enum):
    """Said by a unit of a figure that makes no sense for it: an answer, though no number."""

    NOT_APPLICABLE = "not_applicable"


NOT_APPLICABLE: Final = NotApplicable.NOT_APPLICABLE
Figure: TypeAlias = Decimal | NotApplicable | None


@dataclass(frozen=True)
class Change:
    """A figure against a former one."""

    current: Decimal
    previous: Decimal

    @property
    def difference(self) -> Decimal:
        return self.current - self.previous

    @property
    def share(self) -> Decimal | None:
        """The difference as a fraction of the former figure; None when that was zero."""
        return rate(self.difference, self.previous)

    def is_beyond(self, limit: Decimal) -> bool:
        """Whether the change is a greater part of the former figure, up or down; from zero any change is."""
        return abs(self.difference) > limit * abs(self.previous)


def number_of(figure: Figure) -> Decimal | None:
    """The number in a figure, or None."""
    return figure if isinstance(figure, Decimal) else None


def change(current: Figure, previous: Figure) -> Change | None:
    """A figure against a former one; None unless both are numbers."""
    if isinstance(current, Decimal) and isinstance(previous, Decimal):
        return Change(current, previous)
    return None


def rate(numerator: Figure, denominator: Figure) -> Decimal | None:
    """One sum over another, as a fraction; None when either is no number or the denominator is zero."""
    if isinstance(numerator, Decimal) and isinstance(denominator, Decimal) and denominator:
        return numerator / denominator
    return None


def plain(value: Decimal) -> Decimal:
    """The same number without trailing zeros, never in powers of ten: databases differ in how they give it.

    >>> plain(Decimal("8410.0000"))
    Decimal('8410')
    """
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
