"""Every write to monthly reports, briefings and meetings."""

from reports.actions.answering import AnswersMissing
from reports.actions.correcting import call_back, correct_report
from reports.actions.monthly import (
    Basis,
    DoubtsUnexplained,
    FiguresMissing,
    OpenedMonth,
    ProgressDraft,
    Sending,
    accept_report,
    already_sent,
    open_due_months,
    open_month,
    return_report,
    save_and_send,
    save_report,
    send_report,
)

__all__ = [
    "AnswersMissing",
    "Basis",
    "DoubtsUnexplained",
    "FiguresMissing",
    "OpenedMonth",
    "ProgressDraft",
    "Sending",
    "accept_report",
    "already_sent",
    "call_back",
    "correct_report",
    "open_due_months",
    "open_month",
    "return_report",
    "save_and_send",
    "save_report",
    "send_report",
]
