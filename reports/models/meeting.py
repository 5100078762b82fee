"""The briefing meeting: who was there, and the notice it ends in."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directives.models import Directive
from eduportal.base.models import Versioned
from reports.models.briefing import Briefing
from schools.models import Office, Unit
from schools.queries import offices_seen_whole


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Meetings of offices seen with all their levels, as their briefings are.

        Invited units see the notice when it is issued, not the meeting's papers.
        """
        return self.filter(office__in=offices_seen_whole(user).values("pk"))


class Meeting(Versioned):
    """One meeting of an office over one briefing."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="meetings")
    briefing = models.OneToOneField(Briefing, on_delete=models.PROTECT, related_name="meeting")
    title = models.CharField(_("title"), max_length=300)
    held_at = models.DateTimeField(_("held at"))
    place = models.CharField(_("place"), max_length=200)
    chair = models.CharField(_("concluded by"), max_length=200)
    opinions = models.TextField(_("opinions"), blank=True, max_length=10_000)
    notice = models.OneToOneField(
        Directive,
        verbose_name=_("conclusion notice"),
        null=True,
        on_delete=models.PROTECT,
        related_name="meeting",
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-held_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_concluded(self) -> bool:
        """Whether its conclusion notice is issued."""
        return self.notice is not None and self.notice.is_issued


class Presence(models.TextChoices):
    UNKNOWN = "unknown", _("not noted")
    PRESENT = "present", _("present")
    ABSENT = "absent", _("absent")


class Attendance(models.Model):
    """Whether an invited unit was there. Absence carries its reason."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    presence = models.CharField(_("presence"), max_length=10, choices=Presence, default=Presence.UNKNOWN)
    reason = models.CharField(_("reason for absence"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["unit__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "unit"], name="reports_attendance_once"),
            models.CheckConstraint(
                condition=Q(presence="absent") | Q(reason=""), name="reports_attendance_reason_of_absence"
            ),
        ]
