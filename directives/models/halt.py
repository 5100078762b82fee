"""Why an assignment stands outside the five standings: paused, cancelled or refused, and how that ended."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directives.models.assignment import Assignment
from eduportal.base.models import Versioned


class HaltKind(models.TextChoices):
    """The states of an assignment that stand outside; the same words."""

    PAUSED = "paused", _("paused")
    CANCELLED = "cancelled", _("cancelled")
    REFUSED = "refused", _("refused")


class HaltQuerySet(models.QuerySet):
    def current(self) -> Self:
        """Those that hold now."""
        return self.filter(ended_at__isnull=True)


class Halt(Versioned):
    """One time that an assignment did not run, with the reason, who said so and how it ended.

    A refusal is the unit's word; the office that set the work accepts it (then it stays refused) or turns it
    down, which ends it.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="halts")
    kind = models.CharField(_("kind"), max_length=10, choices=HaltKind)
    reason = models.CharField(_("reason"), max_length=1000)
    begun_at = models.DateTimeField(_("since"), auto_now_add=True)
    # None: the portal, in the night after a unit closed.
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_at = models.DateTimeField(_("accepted at"), null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.CharField(_("answer"), max_length=1000, blank=True)

    objects = HaltQuerySet.as_manager()

    class Meta:
        verbose_name = _("time outside")
        verbose_name_plural = _("times outside")
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(ended_at__isnull=True), name="directives_halt_one_current"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="directives_halt_has_reason"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, answer="")
                | Q(ended_at__isnull=False),
                name="directives_halt_end_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(kind="refused", accepted_at__isnull=False, accepted_by__isnull=False),
                name="directives_halt_acceptance_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.get_kind_display()}"

    @property
    def waits_for_office(self) -> bool:
        """A refusal that the office has neither accepted nor turned down."""
        return self.kind == HaltKind.REFUSED and self.accepted_at is None and self.ended_at is None
