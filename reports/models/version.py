"""Versions of a report that stand no longer: what was corrected after it was accepted."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.monthly import MonthlyReport


class VersionOutcome(models.TextChoices):
    CORRECTED = "corrected", _("accepted, corrected since")
    REFUSED = "refused", _("correction not accepted")
    CALLED_BACK = "called_back", _("correction called back")


class ReportVersion(models.Model):
    """What a report said in one sending. Nothing of it is ever changed.

    `content`: figures by code of the measure ({"value", "remark"}; value null: it does not apply), answers by
    question, difficulties, proposals. `reason`: with which it was sent as a correction; of the first, none.
    """

    report = models.ForeignKey(MonthlyReport, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    content = models.JSONField(_("content"), encoder=DjangoJSONEncoder)
    reason = models.CharField(_("reason of the correction"), max_length=1000, blank=True)
    sent_at = models.DateTimeField(_("sent at"))
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_as = models.CharField(_("signed as"), max_length=200, blank=True)
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(_("outcome"), max_length=12, choices=VersionOutcome)
    word = models.CharField(_("what the office said"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("version of a report")
        verbose_name_plural = _("versions of reports")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="reports_version_once")]

    def __str__(self) -> str:
        return f"{self.report}, {self.number}"
