"""Monthly reports, their figures, briefings and meetings for other programmes."""

from reports.api.meetings import BriefingView, MeetingView
from reports.api.monthly import MonthlyReportView
from reports.api.observations import ObservationView

__all__ = ["BriefingView", "MeetingView", "MonthlyReportView", "ObservationView"]
