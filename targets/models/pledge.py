"""What a unit means to reach of its own accord: registered with the office above, which decides."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from eduportal.base.models import Versioned
from schools.models import Office, Period, Unit
from schools.queries import units_in_scope
from targets.models.indicator import Indicator
from targets.models.target import Goal, Target


class PledgeState(models.TextChoices):
    SENT = "sent", _("waits for the office")
    RETURNED = "returned", _("returned")
    APPROVED = "approved", _("approved")
    WITHDRAWN = "withdrawn", _("withdrawn")


OPEN = (PledgeState.SENT, PledgeState.RETURNED)


class PledgeQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those of units in the person's scope."""
        return self.filter(unit__in=units_in_scope(user).values("pk"))

    def waiting(self) -> Self:
        return self.filter(state=PledgeState.SENT)

    def open(self) -> Self:
        """Not decided: with the office, or back with the unit."""
        return self.filter(state__in=OPEN)

    def shown(self) -> Self:
        """With what a row of a list shows."""
        return self.select_related(
            "unit", "indicator", "period", "baseline_period", "office", "sent_by", "decided_by"
        )


class Pledge(Versioned, Goal):
    """A target that a unit registers for itself. Approved, it is the unit's target, set by the office."""

    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="pledges")
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.PROTECT, related_name="pledges"
    )
    period = models.ForeignKey(
        Period, verbose_name=_("period"), on_delete=models.PROTECT, related_name="pledges"
    )
    office = models.ForeignKey(
        Office, verbose_name=_("decided by"), on_delete=models.PROTECT, related_name="pledges_to_decide"
    )
    note = models.CharField(_("note"), max_length=1000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=PledgeState, default=PledgeState.SENT)
    sent_at = models.DateTimeField(_("sent at"))
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    target = models.ForeignKey(
        Target,
        verbose_name=_("target"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="pledges",
        help_text=_("What it became."),
    )

    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("registered target")
        verbose_name_plural = _("registered targets")
        ordering = ["sent_at", "pk"]
        indexes = [models.Index(fields=["office", "state"])]
        constraints = [
            *Goal.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "indicator", "period"],
                condition=Q(state__in=["sent", "returned"]),
                name="targets_pledge_one_open",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["approved", "returned"], decided_at__isnull=False, decided_by__isnull=False
                )
                | Q(state__in=["sent", "withdrawn"], decided_at__isnull=True, decided_by__isnull=True),
                name="targets_pledge_decision_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(answer=""), name="targets_pledge_return_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | Q(state="approved"), name="targets_pledge_became_a_target"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.name}, {self.unit.short_name}, {self.period}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_waiting(self) -> bool:
        return self.state == PledgeState.SENT
