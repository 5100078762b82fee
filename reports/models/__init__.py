"""Monthly reports, the briefings built from them, and the meetings that discuss those."""

from reports.models.briefing import Briefing, BriefingSection
from reports.models.meeting import Attendance, Meeting, Presence
from reports.models.monthly import MonthlyReport, ReportState
from reports.models.reminder import Reminder, ReminderLine

__all__ = [
    "Attendance",
    "Briefing",
    "BriefingSection",
    "Meeting",
    "MonthlyReport",
    "Presence",
    "Reminder",
    "ReminderLine",
    "ReportState",
]
