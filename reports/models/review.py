"""What an office says at a figure of a report, and reports that it accepted together."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.models.monthly import MonthlyReport
from schools.models import Office, Period, Posting
from targets.models import Measure


class FigureCommentQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)


class FigureComment(models.Model):
    """A word of the accepting office at one figure of a report. Its text is never changed.

    Open until the unit says that it has seen it, or the office takes it back.
    """

    report = models.ForeignKey(MonthlyReport, on_delete=models.CASCADE, related_name="comments")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("comment"), max_length=1000)
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = FigureCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment at a figure")
        verbose_name_plural = _("comments at figures")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="reports_comment_says_something"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="reports_comment_closing_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}, {self.measure}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class JointOutcome(models.TextChoices):
    WAITING = "waiting", _("not worked on yet")
    ACCEPTED = "accepted", _("accepted")
    LEFT = "left", _("changed meanwhile, left as it is")
    UNDONE = "undone", _("waiting for review again")
    KEPT = "kept", _("changed since, stays as it is")


class JointAcceptance(models.Model):
    """Reports of a month that an office accepts with one word: which, is settled when it is said.

    `done_at`: all were worked on. `undone_at`: from then on they are worked on backwards.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+")
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    done_at = models.DateTimeField(_("done at"), null=True)
    undone_at = models.DateTimeField(_("undone at"), null=True)
    undone_by = models.ForeignKey(Posting, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("joint acceptance")
        verbose_name_plural = _("joint acceptances")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="reports_joint_undoing_is_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.office}, {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("reports:joint", args=[self.pk])


class JointRow(models.Model):
    """One report of a joint acceptance. `version`: as it was shown, then as it was accepted."""

    acceptance = models.ForeignKey(JointAcceptance, on_delete=models.CASCADE, related_name="rows")
    report = models.ForeignKey(MonthlyReport, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField(_("version"))
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=JointOutcome, default=JointOutcome.WAITING
    )

    class Meta:
        verbose_name = _("report of a joint acceptance")
        verbose_name_plural = _("reports of a joint acceptance")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["acceptance", "report"], name="reports_joint_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.acceptance}: {self.report_id}"
