"""Pages of months, briefings and meetings."""

from reports.views import monthly

__all__ = ["monthly"]
