"""One unit's share of a task, and what it reports of it."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from directives.models.directive import WHOLE_TEXTS
from directives.models.occurrence import Occurrence
from directives.models.task import AssigneeRole, Task
from directives.standing import DUE_SOON, Standing, standing_of
from eduportal.base.models import Versioned
from eduportal.base.ordering import rising
from schools.models import Period, Unit
from schools.queries import units_in_scope


class AssignmentState(models.TextChoices):
    OPEN = "open", _("in progress")
    DONE = "done", _("done")
    PAUSED = "paused", _("paused")
    CANCELLED = "cancelled", _("cancelled")
    REFUSED = "refused", _("refused")


# What still runs or rests, whatever year it came from.
UNFINISHED = (AssignmentState.OPEN, AssignmentState.PAUSED)


def standing_expression(today: dt.date) -> Case:
    """`directives.standing.standing_of`, said to the database."""
    outside = [When(state=state, then=Value(state)) for state in ("paused", "cancelled", "refused")]
    in_time = Q(deadline__isnull=True) | Q(reported_done_on__lte=F("deadline"))
    return Case(
        *outside,
        When(Q(reported_done_on__isnull=False) & in_time, then=Value(Standing.DONE_ON_TIME.value)),
        When(reported_done_on__isnull=False, then=Value(Standing.DONE_LATE.value)),
        When(deadline__isnull=True, then=Value(Standing.NO_DEADLINE.value)),
        When(deadline__gte=today, then=Value(Standing.RUNNING.value)),
        default=Value(Standing.OVERDUE.value),
        output_field=models.CharField(),
    )


def shown_expression(today: dt.date, days: int) -> Case:
    """`directives.standing.shown_standing`, said to the database."""
    near = Q(standing=Standing.RUNNING.value, deadline__lte=today + dt.timedelta(days=days))
    return Case(When(near, then=Value(DUE_SOON)), default=F("standing"), output_field=models.CharField())


class AssignmentQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Assignments of units in scope: a unit's own, and what lies beneath an office."""
        return self.filter(unit__in=units_in_scope(user).values("pk"))

    def with_standing(self, today: dt.date) -> Self:
        """Annotates `standing` as of a day."""
        return self.annotate(standing=standing_expression(today))

    def with_shown(self, today: dt.date, days: int) -> Self:
        """Annotates `standing`, and `shown`: the same with "due soon" as a part of its own."""
        return self.with_standing(today).annotate(shown=shown_expression(today, days))

    def with_document(self) -> Self:
        """With unit, task, document and occurrence, for lists: without the text and what was read in it."""
        return self.select_related("task__directive", "unit", "occurrence").defer(
            *(f"task__directive__{column}" for column in WHOLE_TEXTS), "task__search_key"
        )

    def open(self) -> Self:
        return self.filter(state=AssignmentState.OPEN)


class Assignment(Versioned):
    """A task given to one unit: its own deadline, state and history. Of recurring work, one an occurrence."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    occurrence = models.ForeignKey(
        Occurrence, null=True, on_delete=models.PROTECT, related_name="assignments"
    )
    role = models.CharField(_("role"), max_length=10, choices=AssigneeRole, default=AssigneeRole.LEAD)
    state = models.CharField(_("state"), max_length=10, choices=AssignmentState, default=AssignmentState.OPEN)
    deadline = models.DateField(_("deadline"), null=True)
    first_deadline = models.DateField(_("first deadline"), null=True)
    percent = models.PositiveSmallIntegerField(_("progress (%)"), default=0)
    reported_done_on = models.DateField(_("reported done on"), null=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    assigned_at = models.DateTimeField(_("assigned at"), auto_now_add=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = [rising("deadline"), "task", "unit"]
        indexes = [models.Index(fields=["unit", "state", "deadline"])]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "unit"],
                condition=Q(occurrence__isnull=True),
                name="directives_assignment_once",
            ),
            models.UniqueConstraint(
                fields=["occurrence", "unit"],
                condition=Q(occurrence__isnull=False),
                name="directives_assignment_once_an_occurrence",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(state="done", accepted_at__isnull=False, accepted_by__isnull=False),
                name="directives_assignment_acceptance_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="done", reported_done_on__isnull=False)
                | ~Q(state="done") & Q(reported_done_on__isnull=True),
                name="directives_assignment_done_has_day",
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="directives_assignment_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.task.path}. {self.unit.short_name}"

    @property
    def is_open(self) -> bool:
        return self.state == AssignmentState.OPEN

    @property
    def is_done(self) -> bool:
        return self.state == AssignmentState.DONE

    def standing_on(self, today: dt.date) -> Standing:
        """As `with_standing` annotates it."""
        return standing_of(
            state=self.state, deadline=self.deadline, reported_done_on=self.reported_done_on, today=today
        )


class ProgressEntry(models.Model):
    """What a unit says of an assignment in a month: a draft until the report is sent, then a record."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="entries")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+")
    percent = models.PositiveSmallIntegerField(_("progress (%)"), default=0)
    note = models.CharField(_("what was done"), max_length=2000, blank=True)
    claims_done = models.BooleanField(_("done"), default=False)
    written_at = models.DateTimeField(_("written at"), auto_now=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sent at"), null=True)

    class Meta:
        verbose_name = _("progress entry")
        verbose_name_plural = _("progress entries")
        ordering = ["-written_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "period"],
                condition=Q(sent_at__isnull=True),
                name="directives_progress_one_draft_a_period",
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="directives_progress_percent"),
        ]
