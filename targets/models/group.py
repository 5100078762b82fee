"""Groups of schools that a target may speak of alone: "trường chuẩn mức độ 2", "trường công lập"."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from eduportal.base.models import Dated, DatedQuerySet, Versioned
from targets.models.indicator import in_vietnamese


class SchoolGroup(Versioned, Dated):
    """Schools of which all that is said here is true; what is left empty is not asked.

    Who belongs to it is not kept but found on the day that is asked about (`targets.queries.groups`): a
    school that loses its standard is no school of that standard any more.
    """

    code = models.CharField(_("code"), max_length=60, unique=True)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    synonyms = models.JSONField(
        _("other wordings"), default=list, blank=True, help_text=_("As documents word it, in Vietnamese.")
    )
    standard_level = models.PositiveSmallIntegerField(_("at least of standard level"), null=True, blank=True)
    is_public = models.BooleanField(_("public"), null=True, blank=True)
    stem = models.CharField(
        _("figure that it reports"),
        max_length=30,
        blank=True,
        help_text=_("Its newest figure of a year is above zero: boarding_need"),
    )
    position = models.PositiveSmallIntegerField(_("place in lists"))

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("group of schools")
        verbose_name_plural = _("groups of schools")
        ordering = ["position"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(standard_level__isnull=False) | Q(is_public__isnull=False) | ~Q(stem=""),
                name="targets_schoolgroup_is_some_schools",
            ),
            models.CheckConstraint(
                condition=Q(standard_level__isnull=True) | Q(standard_level__in=[1, 2]),
                name="targets_schoolgroup_standard_level",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the language of the page."""
        return self.name_vi if in_vietnamese() else self.name_en
