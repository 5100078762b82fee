"""The briefing meeting: whom it invites, who was there, and the notice it ends in."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directives.models import Directive
from eduportal.base.models import Versioned
from reports.models.briefing import Briefing
from schools.models import Office, Unit
from schools.queries import offices_seen_whole


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Meetings of offices seen with all their levels, as their briefings are.

        Invited units see their invitation (`Attendance.objects.told_to`), not the meeting's papers.
        """
        return self.filter(office__in=offices_seen_whole(user).values("pk"))

    def with_counts(self) -> Self:
        """With the numbers of the roll: invited, present, absent, not_noted."""

        def count(**which: str) -> Coalesce:
            rows = Attendance.objects.filter(meeting=OuterRef("pk"), **which).order_by()
            counted = rows.values("meeting").annotate(n=Count("pk")).values("n")
            return Coalesce(Subquery(counted), 0)

        return self.annotate(
            invited=count(),
            present=count(presence=Presence.PRESENT),
            absent=count(presence=Presence.ABSENT),
            not_noted=count(presence=Presence.UNKNOWN),
        )


# A unit may check itself in from so long before the meeting until the end of its day.
OPENS_BEFORE = dt.timedelta(hours=1)
# How long a meeting lasts in a calendar whose agenda gives no minutes.
USUAL_LENGTH = dt.timedelta(hours=2)


class Meeting(Versioned):
    """One meeting of an office over one briefing.

    The units of its roll learn of it when invitations are sent (`invited_at`). `sequence` counts how often
    they were told; calendars know by it which word is the newest. `published_at`: since when they also read
    opinions and minutes.
    """

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
    secretary = models.CharField(_("secretary"), max_length=200, blank=True)
    invited_at = models.DateTimeField(_("invitations sent at"), null=True)
    told_at = models.DateTimeField(_("units last told at"), null=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True)
    cancel_reason = models.CharField(_("reason for cancelling"), max_length=300, blank=True)
    code = models.CharField(_("check-in code"), max_length=6, blank=True)
    published_at = models.DateTimeField(_("opinions and minutes published at"), null=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-held_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(invited_at__isnull=True, told_at__isnull=True)
                | Q(invited_at__isnull=False, told_at__isnull=False),
                name="reports_meeting_invited_means_told",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=False) | Q(cancel_reason=""),
                name="reports_meeting_reason_of_cancelling",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_concluded(self) -> bool:
        """Whether its conclusion notice is issued."""
        return self.notice is not None and self.notice.is_issued

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def is_told(self) -> bool:
        """Whether the invited units have been told, and it still takes place."""
        return self.invited_at is not None and not self.is_cancelled

    @property
    def opens_at(self) -> dt.datetime:
        """From when units may check themselves in."""
        return self.held_at - OPENS_BEFORE

    def is_to_come(self, now: dt.datetime) -> bool:
        return now < self.held_at

    def is_past_day(self, now: dt.datetime) -> bool:
        """Whether the day of the meeting is over."""
        return timezone.localdate(now) > timezone.localdate(self.held_at)


class Presence(models.TextChoices):
    UNKNOWN = "unknown", _("not noted")
    PRESENT = "present", _("present")
    ABSENT = "absent", _("absent")


class AttendanceQuerySet(models.QuerySet):
    def told_to(self, unit: Unit) -> Self:
        """The invitations that a unit has been told of, those to cancelled meetings as well."""
        return self.filter(unit=unit.pk, meeting__invited_at__isnull=False)


class Attendance(models.Model):
    """Whether an invited unit was there. Absence carries its reason.

    What the unit said itself, checking in or announcing its absence, has its time and its person; what the
    office notes has not. `wrong_codes`: how often it typed a code that was not the meeting's.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    presence = models.CharField(_("presence"), max_length=10, choices=Presence, default=Presence.UNKNOWN)
    reason = models.CharField(_("reason for absence"), max_length=300, blank=True)
    said_at = models.DateTimeField(_("said by the unit at"), null=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("said by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    wrong_codes = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["unit__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "unit"], name="reports_attendance_once"),
            models.CheckConstraint(
                condition=Q(presence="absent") | Q(reason=""), name="reports_attendance_reason_of_absence"
            ),
            models.CheckConstraint(
                condition=Q(said_at__isnull=True, said_by__isnull=True)
                | Q(said_at__isnull=False, said_by__isnull=False),
                name="reports_attendance_saying_is_whole",
            ),
        ]

    @property
    def is_present(self) -> bool:
        return self.presence == Presence.PRESENT

    @property
    def is_absent(self) -> bool:
        return self.presence == Presence.ABSENT
