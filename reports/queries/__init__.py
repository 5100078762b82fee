"""Reads over monthly reports, briefings and meetings."""

from reports.queries.monthly import (
    FigureLine,
    MonthCounts,
    WorkLine,
    figure_lines,
    month_counts,
    month_to_open,
    months_of,
    months_to_open,
    periods_of,
    reported_done,
    work_lines,
)

__all__ = [
    "FigureLine",
    "MonthCounts",
    "WorkLine",
    "figure_lines",
    "month_counts",
    "month_to_open",
    "months_of",
    "months_to_open",
    "periods_of",
    "reported_done",
    "work_lines",
]
