"""A later deadline, asked for by the unit and granted or refused by the office that set the work."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directives.models.assignment import Assignment, AssignmentState
from directives.models.directive import WHOLE_TEXTS
from eduportal.base.models import Versioned
from schools.queries import units_in_scope


class ExtensionQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Requests about assignments of units in the person's scope."""
        return self.filter(assignment__unit__in=units_in_scope(user).values("pk"))

    def waiting(self) -> Self:
        """Not decided, about work that still runs: what was done meanwhile needs no later day."""
        return self.filter(decided_at__isnull=True, assignment__state=AssignmentState.OPEN)

    def of_documents_of(self, office: Any) -> Self:
        """About work that this office set: its to decide. `office` is a unit or its key."""
        return self.filter(assignment__task__directive__office=office)

    def with_work(self) -> Self:
        """With unit, task, document and people, for lists and for deciding."""
        return self.select_related(
            "assignment__unit", "assignment__task__directive", "asked_by", "decided_by"
        ).defer(*(f"assignment__task__directive__{column}" for column in WHOLE_TEXTS))


class Extension(Versioned):
    """A request for a later deadline: open, then granted with a day, or refused with a reason."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="extensions")
    deadline_before = models.DateField(_("deadline when asked"))
    asked_deadline = models.DateField(_("deadline asked for"))
    reason = models.CharField(_("reason"), max_length=1000)
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_deadline = models.DateField(_("deadline granted"), null=True)
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(decided_at__isnull=True),
                name="directives_extension_one_open",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="directives_extension_decision_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=False)
                | Q(decided_at__isnull=True, granted_deadline__isnull=True, answer=""),
                name="directives_extension_undecided_says_nothing",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | Q(granted_deadline__isnull=False) | ~Q(answer=""),
                name="directives_extension_refusal_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(asked_deadline__gt=models.F("deadline_before")),
                name="directives_extension_is_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.asked_deadline:%d/%m/%Y}"

    @property
    def is_decided(self) -> bool:
        return self.decided_at is not None

    @property
    def is_granted(self) -> bool:
        return self.granted_deadline is not None

    @property
    def is_refused(self) -> bool:
        return self.is_decided and not self.is_granted
