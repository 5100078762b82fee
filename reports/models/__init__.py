"""Monthly reports, the briefings built from them, and the meetings that discuss those."""

from reports.models.briefing import Briefing, BriefingSection
from reports.models.due import DueDay
from reports.models.meeting import Attendance, Meeting, Presence
from reports.models.monthly import MonthlyReport, ReportState
from reports.models.plan import LONGER_KINDS, BriefingPlan
from reports.models.proceedings import AgendaItem, MeetingFile, Minutes, Opinion
from reports.models.question import Answer, Question, QuestionKind
from reports.models.reminder import Reminder, ReminderLine
from reports.models.review import FigureComment, JointAcceptance, JointOutcome, JointRow
from reports.models.saving import FieldSaving, Outcome
from reports.models.version import ReportVersion, VersionOutcome

__all__ = [
    "LONGER_KINDS",
    "AgendaItem",
    "Answer",
    "Attendance",
    "Briefing",
    "BriefingPlan",
    "BriefingSection",
    "DueDay",
    "FieldSaving",
    "FigureComment",
    "JointAcceptance",
    "JointOutcome",
    "JointRow",
    "Meeting",
    "MeetingFile",
    "Minutes",
    "MonthlyReport",
    "Opinion",
    "Outcome",
    "Presence",
    "Question",
    "QuestionKind",
    "Reminder",
    "ReminderLine",
    "ReportState",
    "ReportVersion",
    "VersionOutcome",
]
