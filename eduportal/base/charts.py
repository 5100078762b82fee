"""From figures to coordinates: lines over time, drawn on the server as SVG. Pure.

Coordinates are text with a decimal point, as SVG wants them; templates would write a decimal comma.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

MOST_TICKS = 4
STEPS = (Decimal(1), Decimal(2), Decimal(5))


@dataclass(frozen=True)
class Tick:
    """A value on the axis, and how far down it lies."""

    value: Decimal
    y: str


@dataclass(frozen=True)
class Dot:
    """One figure of the line: its place among the figures, and where it is drawn."""

    place: int
    value: Decimal
    x: str
    y: str
    is_whole: bool


@dataclass(frozen=True)
class LineChart:
    """A line over time. Whole figures are joined; those that lack a part stand alone, for a sum over fewer
    schools is no fall. `places` gives the x of every figure, known or not."""

    width: int
    height: int
    ticks: tuple[Tick, ...]
    dots: tuple[Dot, ...]
    lines: tuple[str, ...]
    places: tuple[str, ...]


def line_chart(
    values: Sequence[Decimal | None],
    *,
    whole: Sequence[bool],
    width: int = 640,
    height: int = 160,
    margin: int = 8,
) -> LineChart:
    """Lay out figures from left to right, the axis cut to where they lie. `whole`: which lack nothing."""
    known = [value for value in values if value is not None]
    ticks = axis(min(known), max(known)) if known else ()
    low, high = (ticks[0], ticks[-1]) if ticks else (Decimal(0), Decimal(1))
    across = Decimal(width - 2 * margin) / max(len(values) - 1, 1)

    def x(place: int) -> str:
        return f"{margin + across * place:.1f}"

    def y(value: Decimal) -> str:
        return f"{margin + (height - 2 * margin) * (high - value) / (high - low):.1f}"

    dots = tuple(
        Dot(place, value, x(place), y(value), whole[place])
        for place, value in enumerate(values)
        if value is not None
    )
    return LineChart(
        width=width,
        height=height,
        ticks=tuple(Tick(value, y(value)) for value in ticks),
        dots=dots,
        lines=tuple(joined(dots)),
        places=tuple(x(place) for place in range(len(values))),
    )


def joined(dots: Sequence[Dot]) -> list[str]:
    """The points of each unbroken run of whole figures, as a polyline takes them."""
    runs: list[list[Dot]] = []
    for dot in dots:
        if not dot.is_whole:
            continue
        if runs and runs[-1][-1].place == dot.place - 1:
            runs[-1].append(dot)
        else:
            runs.append([dot])
    return [" ".join(f"{dot.x},{dot.y}" for dot in run) for run in runs if len(run) > 1]


def axis(low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    """Round values, two to five of them, that hold all figures between them."""
    if low == high:
        low, high = low - abs(low) / 20, high + abs(high) / 20
        if low == high:
            high = low + 1
    step = step_for(high - low)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    return tuple((first + n) * step for n in range(int(last - first) + 1))


def step_for(span: Decimal) -> Decimal:
    """The smallest of 1, 2, 5, 10, 20 … that needs few ticks."""
    size = Decimal(1).scaleb((span / MOST_TICKS).adjusted())
    wanted = span / MOST_TICKS
    return next((size * step for step in STEPS if size * step >= wanted), size * 10)
