"""What people type about months, briefings and meetings."""

from reports.forms.monthly import MonthForm
from reports.forms.review import AcceptForm, MonthsForm, ReturnForm

__all__ = ["AcceptForm", "MonthForm", "MonthsForm", "ReturnForm"]
