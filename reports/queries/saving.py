"""Reads over what was typed into a report, field by field."""

from collections.abc import Iterable

from reports.models import FieldSaving, MonthlyReport, Outcome


def last_savings(report: MonthlyReport, fields: Iterable[str]) -> dict[str, FieldSaving]:
    """The newest saving of each of these fields, with who it was by. One query."""
    rows = FieldSaving.objects.filter(report=report, field__in=list(fields), outcome=Outcome.SAVED)
    return {row.field: row for row in rows.select_related("by").order_by("pk")}


def savings_of(report: MonthlyReport, most: int) -> list[FieldSaving]:
    """The newest savings of a report, newest first. One query."""
    return list(FieldSaving.objects.filter(report=report).select_related("by")[:most])
