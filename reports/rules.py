"""Who may do what with a report, a briefing, a meeting. Sight is decided before, by `visible_to`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.roles import Permission

if TYPE_CHECKING:
    from reports.models import MonthlyReport
    from schools.models import Posting


# --- the month --------------------------------------------------------------------------------


def may_prepare(by: Posting | None, report: MonthlyReport) -> bool:
    """Write in the report of one's own unit."""
    return by is not None and by.unit_id == report.unit_id and by.may(Permission.PREPARE_REPORTS)


def may_send(by: Posting | None, report: MonthlyReport) -> bool:
    """Send it in the unit's name: the principal, not the clerk."""
    return by is not None and by.unit_id == report.unit_id and by.may(Permission.SEND_REPORTS)


def may_review(by: Posting | None, report: MonthlyReport) -> bool:
    """Accept or return: only the office that held the unit when the month was opened. Others just see."""
    return by is not None and by.may(Permission.REVIEW_REPORTS) and by.acting_unit.pk == report.office_id


def may_open_month(by: Posting | None) -> bool:
    """Open a month before the daily job does. It opens for every school, so a commune does not."""
    return by is not None and by.may(Permission.REVIEW_REPORTS) and by.acting_unit.kind == "department"
