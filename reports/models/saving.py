"""What was typed into a report field by field: what it took the place of, and what came second."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.monthly import MonthlyReport


class Outcome(models.TextChoices):
    SAVED = "saved", _("saved")
    ASKED = "asked", _("kept, not taken over: somebody else had saved another value")
    LATE = "late", _("kept, not taken over: the report was sent before")


class FieldSaving(models.Model):
    """One saving of one field of a month's page. Nothing of it is ever changed or taken away.

    `key` is made by the page that sends it, once for what was typed: sent again, it is not done again.
    Values are texts as the page's fields hold them; of files, their names.
    """

    report = models.ForeignKey(MonthlyReport, on_delete=models.CASCADE, related_name="field_savings")
    key = models.UUIDField(_("key"))
    field = models.CharField(_("field"), max_length=80)
    stood = models.TextField(_("what stood there"), blank=True)
    typed = models.TextField(_("what was typed"), blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("saving of a field")
        verbose_name_plural = _("savings of fields")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="reports_field_saved_once")]

    def __str__(self) -> str:
        return f"{self.field}: {self.typed}"
