"""Reads over monthly reports, briefings and meetings."""

from reports.queries.monthly import (
    FigureLine,
    MonthCounts,
    WorkLine,
    figure_lines,
    is_open,
    missing_measures,
    month_counts,
    month_to_open,
    months_of,
    reported_done,
    senders,
    work_lines,
)

__all__ = [
    "FigureLine",
    "MonthCounts",
    "WorkLine",
    "figure_lines",
    "is_open",
    "missing_measures",
    "month_counts",
    "month_to_open",
    "months_of",
    "reported_done",
    "senders",
    "work_lines",
]
