"""Every write to monthly reports, briefings and meetings."""

from reports.actions.monthly import (
    DoubtsUnexplained,
    FiguresMissing,
    OpenedMonth,
    ProgressDraft,
    accept_report,
    already_sent,
    open_due_months,
    open_month,
    return_report,
    save_report,
    send_report,
)

__all__ = [
    "DoubtsUnexplained",
    "FiguresMissing",
    "OpenedMonth",
    "ProgressDraft",
    "accept_report",
    "already_sent",
    "open_due_months",
    "open_month",
    "return_report",
    "save_report",
    "send_report",
]
