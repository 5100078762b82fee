"""Reads over measures and observations, indicators and targets."""

from targets.queries.figures import (
    counted,
    counted_in,
    measures_for,
    measures_of_level,
    rates,
    said_not_applicable,
    values_in,
    values_of,
)

__all__ = [
    "counted",
    "counted_in",
    "measures_for",
    "measures_of_level",
    "rates",
    "said_not_applicable",
    "values_in",
    "values_of",
]
