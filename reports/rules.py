"""Who may do what with a report, a briefing, a meeting. Sight is decided before, by `visible_to`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.roles import Permission

if TYPE_CHECKING:
    from reports.models import Attendance, Briefing, Meeting, MonthlyReport
    from schools.models import Office, Posting, Unit


# --- the month ----------------------------------------------------------------------------------------------


def may_prepare(by: Posting | None, report: MonthlyReport) -> bool:
    """Write in the report of one's own unit."""
    return is_of_own_unit(by, report) and by is not None and by.may(Permission.PREPARE_REPORTS)


def may_send(by: Posting | None, report: MonthlyReport, *, has_head: bool) -> bool:
    """Send it in the unit's name: the principal, not the clerk; the commune's leader, or its staff where it
    has none (`has_head`: somebody is posted there who sends by right)."""
    if by is None or not is_of_own_unit(by, report):
        return False
    return by.may(Permission.SEND_REPORTS) or (not has_head and by.may(Permission.SEND_WITHOUT_HEAD))


def is_of_own_unit(by: Posting | None, report: MonthlyReport) -> bool:
    """Whether the report is that of the unit in whose name this person acts."""
    return by is not None and by.acting_unit.pk == report.unit_id


def may_review(by: Posting | None, report: MonthlyReport) -> bool:
    """Accept or return: only the office that held the unit when the month was opened. Others just see."""
    return by is not None and by.may(Permission.REVIEW_REPORTS) and by.acting_unit.pk == report.office_id


def may_comment(by: Posting | None, report: MonthlyReport) -> bool:
    """Write at its figures: the office that accepts it, once it is in."""
    return may_review(by, report) and report.state in ("sent", "accepted")


def may_close_comment(by: Posting | None, report: MonthlyReport) -> bool:
    """Say that a comment was seen, as the unit; take it back, as the office."""
    return may_prepare(by, report) or may_review(by, report)


def may_accept_jointly(by: Posting | None, office: Office | Unit) -> bool:
    """Accept an office's reports together, and take that back."""
    return may_keep_list(by) and by is not None and by.acting_unit.pk == office.pk


def may_excuse(by: Posting | None, report: MonthlyReport) -> bool:
    """Take a unit off the month's expected list: whoever would accept its report."""
    return may_review(by, report)


def may_keep_list(by: Posting | None) -> bool:
    """Add to the month's expected list, remind those who have not sent: people who review for an office."""
    return by is not None and by.may(Permission.REVIEW_REPORTS) and not by.acting_unit.is_school


def may_open_month(by: Posting | None) -> bool:
    """Open a month before the daily job does. It opens for every school, so a commune does not."""
    return by is not None and by.may(Permission.REVIEW_REPORTS) and by.acting_unit.kind == "department"


# --- briefing and meeting -----------------------------------------------------------------------------------


def may_hold_briefings(by: Posting | None, office: Office | Unit) -> bool:
    """Build and edit an office's briefings, hold its meetings: the staff who act for it."""
    return by is not None and by.may(Permission.HOLD_BRIEFINGS) and by.acting_unit.pk == office.pk


def may_edit_briefing(by: Posting | None, briefing: Briefing) -> bool:
    """Edit its text or build it anew, until its meeting's conclusion is issued. Those above see and no
    more."""
    return may_hold_briefings(by, briefing.office) and not briefing.is_concluded


def may_keep_meeting(by: Posting | None, meeting: Meeting) -> bool:
    """Correct a meeting, take its attendance, draft its notice. Once that is issued, they stay as they
    were."""
    return may_hold_briefings(by, meeting.office) and not meeting.is_concluded


def may_keep_papers(by: Posting | None, meeting: Meeting) -> bool:
    """Keep a meeting's files and minutes, and publish them: its conclusion may be issued already."""
    return may_hold_briefings(by, meeting.office)


def may_answer(by: Posting | None, attendance: Attendance) -> bool:
    """Check in, or announce an absence, in the name of the unit that is invited."""
    return by is not None and by.may(Permission.PREPARE_REPORTS) and by.acting_unit.pk == attendance.unit_id
