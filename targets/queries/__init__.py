"""Reads over measures and observations, indicators and targets."""

from targets.queries.figures import counted, measures_for, rates, values_in, values_of

__all__ = ["counted", "measures_for", "rates", "values_in", "values_of"]
