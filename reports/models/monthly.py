"""The expected list of a month, quarter, term or year, and what became of each row of it."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from eduportal.base.models import Versioned
from schools.models import Office, Period, Posting, Unit
from schools.queries import offices_seen_whole, units_in_scope
from schools.queries.tree import stood_beneath


class ReportState(models.TextChoices):
    EXPECTED = "expected", _("not sent")
    SENT = "sent", _("sent, waiting for review")
    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", _("accepted")
    EXCUSED = "excused", _("excused")


MISSING = (ReportState.EXPECTED, ReportState.RETURNED)
"""With the school: to be sent, or to be sent again."""


def overdue_on(today: dt.date) -> Q:
    """Not in, and the due day is over."""
    return Q(state__in=MISSING, due_on__lt=today)


class MonthlyReportQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Reports of units in scope, and those that an office in scope accepts, wherever the units stand now.

        Of an office that a person sees for some levels only, the units decide.
        """
        of_units = Q(unit__in=units_in_scope(user).values("pk"))
        return self.filter(of_units | Q(office__in=offices_seen_whole(user).values("pk")))

    def of_own_school(self, by: Posting | None) -> Self:
        """Those of the school in which a posting stands, which are in its holder's sight without a look
        through the tree."""
        return self.filter(unit=by.unit_id) if by is not None and by.unit.is_school else self.none()

    def beneath(self, office: Unit) -> Self:
        """Those that an office, or one beneath it, was to accept when the month was opened.

        What becomes of a unit afterwards changes no list. A commune's own report is not
        among its own: the department accepts that.
        """
        return self.filter(stood_beneath(office, unit="office", on="period__data_to"))

    def expected(self) -> Self:
        """The rows that count: everything opened or added, without those excused."""
        return self.exclude(state=ReportState.EXCUSED)

    def received(self) -> Self:
        return self.filter(state__in=[ReportState.SENT, ReportState.ACCEPTED])

    def missing(self) -> Self:
        return self.filter(state__in=MISSING)

    def overdue(self, today: dt.date) -> Self:
        return self.filter(overdue_on(today))

    def with_overdue(self, today: dt.date) -> Self:
        """Annotates `is_overdue` as of a day."""
        return self.annotate(is_overdue=overdue_on(today))


class MonthlyReport(Versioned):
    """One unit's report of one period, which is a month as a rule.

    The rows of a period are its expected list, frozen when it is opened.

    The version guards the whole report: its figures and progress entries are written under it.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="monthly_reports")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="monthly_reports")
    office = models.ForeignKey(
        Office,
        verbose_name=_("accepting office"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The office that held the unit when the month was opened."),
    )
    due_on = models.DateField(_("due on"))
    state = models.CharField(_("state"), max_length=10, choices=ReportState, default=ReportState.EXPECTED)
    difficulties = models.TextField(_("difficulties"), blank=True, max_length=5000)
    proposals = models.TextField(_("proposals"), blank=True, max_length=5000)
    nothing_to_report = models.BooleanField(
        _("nothing to report"), default=False, help_text=_("Said with a report in which nothing else is.")
    )
    saved_at = models.DateTimeField(_("saved at"), null=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(_("sent at"), null=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    first_sent_at = models.DateTimeField(_("first sent at"), null=True)
    signed_as = models.CharField(
        _("signed as"),
        max_length=200,
        blank=True,
        help_text=_("The lines above the signature, as they were when it was sent."),
    )
    added_at = models.DateTimeField(_("added at"), null=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    added_reason = models.CharField(_("reason for adding"), max_length=1000, blank=True)
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("reason for returning or excusing"), max_length=1000, blank=True)
    correction = models.CharField(
        _("reason of the correction"),
        max_length=1000,
        blank=True,
        help_text=_("Of a report that was sent anew after it had been accepted."),
    )

    objects = MonthlyReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("monthly report")
        verbose_name_plural = _("monthly reports")
        ordering = ["-period__data_from", "unit__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "period"], name="reports_monthly_once"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_by__isnull=True)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="reports_monthly_sending_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "accepted"]) | Q(sent_at__isnull=False),
                name="reports_monthly_sent_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "excused"]) | ~Q(reason=""),
                name="reports_monthly_return_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(added_at__isnull=True, added_by__isnull=True, added_reason="")
                | Q(added_at__isnull=False, added_by__isnull=False) & ~Q(added_reason=""),
                name="reports_monthly_adding_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit.short_name}, {self.period}"

    @property
    def is_editable(self) -> bool:
        return self.state in MISSING

    @property
    def was_begun(self) -> bool:
        """Something is saved of what is still to be sent."""
        return self.is_editable and self.saved_at is not None

    @property
    def was_sent_late(self) -> bool:
        """The first sending counts: whoever corrects what was returned is not late by that."""
        sent = self.first_sent_at
        return sent is not None and timezone.localtime(sent).date() > self.due_on
