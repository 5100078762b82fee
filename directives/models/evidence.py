"""Files that show what was done."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from directives.models.assignment import Assignment, ProgressEntry
from schools.queries import units_in_scope
from trail.models import StoredFile


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Files of assignments in the person's scope; unsent ones are for the unit alone (rules.is_own)."""
        return self.filter(assignment__unit__in=units_in_scope(user).values("pk"))

    def drafts(self) -> Self:
        return self.filter(sent_at__isnull=True)


class Evidence(models.Model):
    """A file beside an assignment: the unit's own until it is sent, then a record for all who see the work.

    With `entry`, it belongs to what was said in a month and goes with that; without, it stands by itself.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="evidence")
    entry = models.ForeignKey(ProgressEntry, null=True, on_delete=models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, verbose_name=_("file"), on_delete=models.PROTECT, related_name="+")
    # A small picture of a photo, to be shown on the page; other files have none.
    thumbnail = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sent at"), null=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["added_at", "pk"]
        indexes = [models.Index(fields=["assignment", "sent_at"])]

    def __str__(self) -> str:
        return self.file.name

    @property
    def is_sent(self) -> bool:
        return self.sent_at is not None
