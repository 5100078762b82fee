"""What people were reminded of: a row for each deadline and stage, a line for each who is written to."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directives.models import Assignment
from reports.models.monthly import MonthlyReport
from schools.models import Unit
from trail.models import Channel, Letter


class ReminderQuerySet(models.QuerySet):
    def overdue(self) -> Self:
        """Those given after the deadline."""
        return self.filter(stage__gt=0)


class Reminder(models.Model):
    """A unit was reminded of a report or of an assignment, at a stage of its deadline (`reports.schedule`).

    The constraints are what "once each" stands on: however often the sweep runs, or where it was cut off, a
    deadline has each stage once. A deadline that moves has stages of its own.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(MonthlyReport, null=True, on_delete=models.CASCADE, related_name="reminders")
    assignment = models.ForeignKey(Assignment, null=True, on_delete=models.CASCADE, related_name="reminders")
    deadline = models.DateField(_("deadline"))
    stage = models.SmallIntegerField(
        _("stage"), help_text=_("Working days before it, below 0; 1, 2 … overdue.")
    )
    level = models.PositiveSmallIntegerField(_("how far up it was told"), default=0)
    on = models.DateField(_("reminded on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["unit", "on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(report__isnull=True, assignment__isnull=False)
                | Q(report__isnull=False, assignment__isnull=True),
                name="reports_reminder_of_one_thing",
            ),
            models.UniqueConstraint(fields=["report", "deadline", "stage"], name="reports_reminder_once"),
            models.UniqueConstraint(
                fields=["assignment", "deadline", "stage"], name="reports_reminder_of_work_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report or self.assignment}: {self.stage}"


class ReminderLineQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Those that are in no letter yet."""
        return self.filter(letter__isnull=True, is_dropped=False)


class ReminderLine(models.Model):
    """One person is to be told of a reminder by one way, in a letter with all else of that day.

    `told_for`: in whose name they are told, their own unit or an office above it.
    """

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="lines")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    told_for = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(_("way"), max_length=10, choices=Channel)
    letter = models.ForeignKey(Letter, null=True, on_delete=models.PROTECT, related_name="+")
    is_dropped = models.BooleanField(_("no longer needed"), default=False)

    objects = ReminderLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a reminder")
        verbose_name_plural = _("lines of reminders")
        indexes = [
            models.Index(
                fields=["user"],
                condition=Q(letter__isnull=True, is_dropped=False),
                name="reports_line_waiting",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["reminder", "user", "channel"], name="reports_reminder_line_once")
        ]
