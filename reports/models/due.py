"""On which day an office awaits the reports that it accepts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from eduportal.base.models import Versioned
from schools.models import Office

LAST_DAY = 31


class DueDay(Versioned):
    """An office's own day of the month in which reports are due. No row: the installation's day.

    A period that is open keeps the day with which it was opened.
    """

    office = models.OneToOneField(Office, on_delete=models.CASCADE, related_name="+")
    day = models.PositiveSmallIntegerField(_("due on day of the month"))

    class Meta:
        verbose_name = _("due day of reports")
        verbose_name_plural = _("due days of reports")
        constraints = [
            models.CheckConstraint(
                condition=Q(day__gte=1, day__lte=LAST_DAY), name="reports_due_day_of_a_month"
            )
        ]

    def __str__(self) -> str:
        return f"{self.office}: {self.day}"
