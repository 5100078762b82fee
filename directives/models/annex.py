"""What belongs to a document beside its text."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from directives.models.directive import Directive
from trail.models import StoredFile


class Annex(models.Model):
    """A file that is part of the legal text: a form, a list, a scanned page."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="annexes")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=255)
    position = models.PositiveSmallIntegerField(_("place among the annexes"))
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("annex")
        verbose_name_plural = _("annexes")
        ordering = ["position", "pk"]
