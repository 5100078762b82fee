"""The headings under which a form asks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from eduportal.base.models import Dated, DatedQuerySet, Versioned
from targets.models.indicator import in_vietnamese


class FormSection(Versioned, Dated):
    """A heading of the month's form: measures and questions that belong together stand under it."""

    name_vi = models.CharField(_("name in Vietnamese"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    position = models.PositiveSmallIntegerField(_("place on the form"))

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("section of the form")
        verbose_name_plural = _("sections of the form")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the language of the page."""
        return self.name_vi if in_vietnamese() else self.name_en
