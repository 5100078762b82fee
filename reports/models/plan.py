"""How an office has its briefings: on which day, of which periods, in which parts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from eduportal.base.models import Versioned
from reports.models.due import LAST_DAY
from reports.wording.parts import Part
from schools.models import Office

LONGER_KINDS = ("quarter", "term", "school_year", "calendar_year")


class BriefingPlan(Versioned):
    """An office's own way with briefings. No row: as soon as all reports were due, months only, all parts.

    `parts` are dictionaries with the fields of `reports.wording.parts.Part`, in their order; none: those that
    the portal writes by itself.
    """

    office = models.OneToOneField(Office, on_delete=models.CASCADE, related_name="+")
    day = models.PositiveSmallIntegerField(_("built on day of the month"), null=True, blank=True)
    kinds = models.JSONField(_("longer periods"), default=list, blank=True)
    parts = models.JSONField(_("parts"), default=list, blank=True)

    class Meta:
        verbose_name = _("plan of briefings")
        verbose_name_plural = _("plans of briefings")
        constraints = [
            models.CheckConstraint(
                condition=Q(day__isnull=True) | Q(day__gte=1, day__lte=LAST_DAY),
                name="reports_briefing_day_of_a_month",
            )
        ]

    def __str__(self) -> str:
        return str(self.office)

    @property
    def composed(self) -> list[Part]:
        return [Part(**one) for one in self.parts]
