"""The pictures of the board as coordinates: value against target, and the way it came. Pure.

Coordinates are text: templates would write them with a decimal comma.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from targets.arithmetic import plain
from targets.values import Point

WIDE, HIGH = Decimal(100), Decimal(20)
MARGIN = Decimal(2)


@dataclass(frozen=True)
class Bullet:
    """A bar of the value and a band of the year before, from `low` to `high`; marks of the target on it."""

    low: Decimal
    high: Decimal
    value: str
    before: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """The months as a line, the newest as a dot; the target as a level line where it lies in sight."""

    points: str
    x: str
    y: str
    goal: str


def bullet(
    value: Decimal | None, before: Decimal | None, marks: Sequence[Decimal], *, is_rate: bool
) -> Bullet:
    """Widths and places on a scale that holds them all.

    A count starts at zero. Rates that all lie high start at 50 or 80, else nothing could be told apart;
    both ends are written below.
    """
    known = [number for number in (value, before, *marks) if number is not None]
    low, high = scale(known, is_rate=is_rate)
    return Bullet(
        low,
        high,
        "0" if value is None else at(value, low, high),
        "0" if before is None else at(before, low, high),
        tuple(at(mark, low, high) for mark in marks),
    )


def scale(known: Sequence[Decimal], *, is_rate: bool) -> tuple[Decimal, Decimal]:
    least, most = min(known, default=Decimal(0)), max(known, default=Decimal(1))
    if not is_rate:
        return Decimal(0), rounded_up(most)
    start = next((start for start in (80, 50) if least >= start + 5), 0)
    return Decimal(start), max(Decimal(100), rounded_up(most) if most > WIDE else Decimal(100))


def rounded_up(most: Decimal) -> Decimal:
    """The next number in halves of its first digit's unit.

    >>> rounded_up(Decimal(12843))
    Decimal('15000')
    """
    if most <= 0:
        return Decimal(1)
    half = Decimal(10) ** most.adjusted() / 2
    return plain((most / half).to_integral_value(ROUND_CEILING) * half)


def at(number: Decimal, low: Decimal, high: Decimal) -> str:
    """A number's place between the ends, out of 100."""
    share = (number - low) / (high - low) if high > low else Decimal(0)
    return f"{min(max(share, Decimal(0)), Decimal(1)) * WIDE:.2f}"


def line(trend: Sequence[Point], goal: Decimal | None, last: dt.date, days: int = 730) -> Line | None:
    """The points of two years up to a day, joined over months without one. None: nothing to draw."""
    if not trend:
        return None
    numbers = [point.value for point in trend]
    in_sight = [*numbers, goal] if goal is not None else numbers
    low, high = min(in_sight), max(in_sight)

    def x(day: dt.date) -> str:
        return f"{WIDE - WIDE * Decimal((last - day).days) / Decimal(days):.2f}"

    def y(number: Decimal) -> str:
        share = (number - low) / (high - low) if high > low else Decimal("0.5")
        return f"{HIGH - MARGIN - share * (HIGH - 2 * MARGIN):.2f}"

    return Line(
        points=" ".join(f"{x(point.on)},{y(point.value)}" for point in trend),
        x=x(trend[-1].on),
        y=y(trend[-1].value),
        goal="" if goal is None else y(goal),
    )
