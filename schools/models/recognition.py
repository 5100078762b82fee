"""Which schools reached the national standard, by whose decision, and until when."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from eduportal.base.models import Dated, DatedQuerySet, Versioned
from schools.models.unit import School


class StandardLevel(models.IntegerChoices):
    ONE = 1, _("level 1")
    TWO = 2, _("level 2")


class RecognitionQuerySet(DatedQuerySet):
    def of_level(self, level: int) -> Self:
        """Of at least this level: whoever reached level 2 has reached level 1."""
        return self.filter(level__gte=level)


class StandardRecognition(Versioned, Dated):
    """A decision that recognises a school as meeting the national standard.

    In force from the day of the decision until it lapses (`schools.standards`), is renewed by another or is
    revoked: `valid_to` is the first day on which it no longer counts. Of one school two are never in force.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="recognitions")
    level = models.PositiveSmallIntegerField(_("standard level"), choices=StandardLevel)
    decision_number = models.CharField(_("number of the decision"), max_length=60)
    search_key = models.CharField(max_length=60, editable=False, default="")
    renews = models.OneToOneField(
        "self",
        verbose_name=_("renews"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="renewed_by",
    )
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revoke_reason = models.CharField(_("reason for revoking"), max_length=500, blank=True)

    objects = RecognitionQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("national standard recognition")
        verbose_name_plural = _("national standard recognitions")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_to__isnull=False), name="schools_recognition_lapses_some_day"
            ),
            models.CheckConstraint(condition=Q(level__in=[1, 2]), name="schools_recognition_level"),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True, revoke_reason="")
                | Q(revoked_on__isnull=False, revoked_on=F("valid_to")) & ~Q(revoke_reason=""),
                name="schools_recognition_revoking_is_whole",
            ),
            models.UniqueConstraint(
                fields=["school", "decision_number", "valid_from"], name="schools_recognition_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_number}, {self.get_level_display()}"

    @property
    def last_day(self) -> dt.date:
        """The last day on which it counts."""
        return (self.valid_to or dt.date.max) - dt.timedelta(days=1)

    @property
    def is_open(self) -> bool:
        """Neither revoked nor renewed: it may still be changed. Queries for the renewal."""
        return self.revoked_on is None and not hasattr(self, "renewed_by")
