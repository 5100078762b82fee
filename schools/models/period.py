"""Periods of figures: one row for each month, term or year of an installation."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schools.periods import Named


class PeriodKind(models.TextChoices):
    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")
    TERM = "term", _("term")
    SCHOOL_YEAR = "school_year", _("school year")
    CALENDAR_YEAR = "calendar_year", _("calendar year")


EACH = {
    PeriodKind.MONTH: _("every month"),
    PeriodKind.QUARTER: _("every quarter"),
    PeriodKind.TERM: _("every term"),
    PeriodKind.SCHOOL_YEAR: _("every school year"),
    PeriodKind.CALENDAR_YEAR: _("every calendar year"),
}
"""How often something of a kind comes round, in words."""


class Period(models.Model):
    """A span of days that figures speak of, both days included."""

    kind = models.CharField(_("kind"), max_length=20, choices=PeriodKind)
    year = models.PositiveSmallIntegerField(_("year"))
    ordinal = models.PositiveSmallIntegerField(_("number in the year"))
    data_from = models.DateField(_("first day"))
    data_to = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        ordering = ["data_from"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "ordinal"], name="schools_period_once"),
            models.CheckConstraint(
                condition=Q(data_to__gte=F("data_from")), name="schools_period_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        if self.kind == PeriodKind.MONTH:
            return _("month %(month)s/%(year)s") % {"month": f"{self.ordinal:02d}", "year": self.year}
        years = {"year": self.year, "next": self.year + 1, "ordinal": self.ordinal}
        if self.kind == PeriodKind.SCHOOL_YEAR:
            return _("school year %(year)s–%(next)s") % years
        if self.kind == PeriodKind.TERM:
            return _("term %(ordinal)s of the school year %(year)s–%(next)s") % years
        if self.kind == PeriodKind.CALENDAR_YEAR:
            return _("year %(year)s") % years
        return _("quarter %(roman)s/%(year)s") % {"roman": self.named.roman, "year": self.year}

    @property
    def named(self) -> Named:
        """Its name alone."""
        return Named(self.kind, self.year, self.ordinal)

    @property
    def is_month(self) -> bool:
        return self.kind == PeriodKind.MONTH
