"""What people type about months, briefings and meetings."""

from reports.forms.monthly import AcceptForm, MonthForm, MonthsForm, ReturnForm

__all__ = ["AcceptForm", "MonthForm", "MonthsForm", "ReturnForm"]
