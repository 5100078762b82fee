"""Reads over monthly reports, briefings and meetings."""

from reports.queries.monthly import missing_measures, month_to_open

__all__ = ["missing_measures", "month_to_open"]
