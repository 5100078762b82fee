"""Monthly reports, briefings and meetings for other programmes."""

from reports.api.meetings import BriefingView, MeetingView
from reports.api.monthly import MonthlyReportView

__all__ = ["BriefingView", "MeetingView", "MonthlyReportView"]
