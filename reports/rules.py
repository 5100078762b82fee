"""Who may do what with a report, a briefing, a meeting. Sight is decided before, by `visible_to`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.roles import Permission

if TYPE_CHECKING:
    from reports.models import Briefing, Meeting, MonthlyReport
    from schools.models import Office, Posting, Unit


# --- the month ----------------------------------------------------------------------------------------------


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


# --- briefing and meeting -----------------------------------------------------------------------------------


def may_hold_briefings(by: Posting | None, office: Office | Unit) -> bool:
    """Build and edit an office's briefings, hold its meetings: the staff who act for it."""
    return by is not None and by.may(Permission.HOLD_BRIEFINGS) and by.acting_unit.pk == office.pk


def may_edit_briefing(by: Posting | None, briefing: Briefing) -> bool:
    """Edit its text or build it anew. Those above see and no more."""
    return may_hold_briefings(by, briefing.office)


def may_keep_meeting(by: Posting | None, meeting: Meeting) -> bool:
    """Correct a meeting, take its attendance, draft its notice. Once that is issued, they stay as they
    were."""
    is_closed = meeting.notice is not None and meeting.notice.is_issued
    return may_hold_briefings(by, meeting.office) and not is_closed
