"""Monthly reports, the briefings built from them, and the meetings that discuss those."""

from reports.models.briefing import Briefing, BriefingSection
from reports.models.meeting import Attendance, Meeting, Presence
from reports.models.monthly import MonthlyReport, ReportState
from reports.models.saving import FieldSaving, Outcome

__all__ = [
    "Attendance",
    "Briefing",
    "BriefingSection",
    "FieldSaving",
    "Meeting",
    "MonthlyReport",
    "Outcome",
    "Presence",
    "ReportState",
]
