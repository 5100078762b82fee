"""Every write to monthly reports, briefings and meetings."""

from reports.actions.answering import AnswersMissing
from reports.actions.correcting import call_back, correct_report
from reports.actions.monthly import (
    Basis,
    DoubtsUnexplained,
    FiguresMissing,
    ProgressDraft,
    Sending,
    accept_report,
    already_sent,
    return_report,
    save_and_send,
    save_report,
    send_report,
)
from reports.actions.opening import Opened, open_due_periods, open_month

__all__ = [
    "AnswersMissing",
    "Basis",
    "DoubtsUnexplained",
    "FiguresMissing",
    "Opened",
    "ProgressDraft",
    "Sending",
    "accept_report",
    "already_sent",
    "call_back",
    "correct_report",
    "open_due_periods",
    "open_month",
    "return_report",
    "save_and_send",
    "save_report",
    "send_report",
]
