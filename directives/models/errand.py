"""Parts of a unit's own work that it gives to its people by name."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directives.models.assignment import Assignment, AssignmentState


class ErrandQuerySet(models.QuerySet):
    def given_to(self, user: Any) -> Self:
        """What this person has still to do, of work that runs."""
        return self.filter(person=user.pk, done_at__isnull=True, assignment__state=AssignmentState.OPEN)


class Errand(models.Model):
    """A part of a unit's share, for a colleague: a person with an account here, or a name alone.

    It is the unit's own: neither the office that set the work nor anybody else learns of it.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="errands")
    what = models.CharField(_("what is to be done"), max_length=500)
    name = models.CharField(_("who does it"), max_length=120)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    deadline = models.DateField(_("deadline"), null=True)
    given_at = models.DateTimeField(_("given at"), auto_now_add=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(_("done at"), null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(_("what was done"), max_length=1000, blank=True)

    objects = ErrandQuerySet.as_manager()

    class Meta:
        verbose_name = _("part given to a colleague")
        verbose_name_plural = _("parts given to colleagues")
        ordering = [models.F("deadline").asc(nulls_last=True), "pk"]
        indexes = [models.Index(fields=["person", "done_at"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(name=""), name="directives_errand_says_what_and_who"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="directives_errand_done_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.what[:80]}"

    @property
    def is_done(self) -> bool:
        return self.done_at is not None
