"""Who has opened an issued document: one row for each unit that it reached."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from directives.models.directive import Directive
from schools.models import Unit


class Opening(models.Model):
    """The first time that somebody of a unit opened a document issued to it."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="openings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("receipt of a document")
        verbose_name_plural = _("receipts of documents")
        ordering = ["opened_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["directive", "unit"], name="directives_opening_once")]

    def __str__(self) -> str:
        return f"{self.unit}, {self.opened_at:%d/%m/%Y %H:%M}"
