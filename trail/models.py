"""Rows that outlive what they speak of: no foreign keys to other apps, only names, ids and their unit."""

import datetime as dt
from typing import Any, Self

from django.core.files.storage import Storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditEventQuerySet(models.QuerySet):
    def about(self, row: models.Model) -> Self:
        """The history of one row, newest first."""
        return self.filter(object_type=row._meta.label_lower, object_id=row.pk)


class AuditEvent(models.Model):
    """Who did what to which row, for which unit. Written by actions, never changed."""

    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)
    verb = models.CharField(_("what happened"), max_length=80)
    actor_id = models.BigIntegerField(_("user"), null=True)
    actor_name = models.CharField(_("acting person"), max_length=200, blank=True)
    actor_role = models.CharField(_("acting as"), max_length=20, blank=True)
    unit_id = models.BigIntegerField(_("unit"), null=True, db_index=True)
    object_type = models.CharField(max_length=100)
    object_id = models.BigIntegerField()
    object_label = models.CharField(_("about"), max_length=300)
    search_key = models.CharField(max_length=520, editable=False, default="")
    data = models.JSONField(_("details"), default=dict, encoder=DjangoJSONEncoder)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["object_type", "object_id", "-at"])]


class JobState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class JobQuerySet(models.QuerySet):
    def unended(self) -> Self:
        return self.filter(state__in=[JobState.QUEUED, JobState.RUNNING])

    def due(self, now: dt.datetime) -> Self:
        return self.filter(state=JobState.QUEUED, run_at__lte=now).order_by("run_at", "pk")

    def lost(self, now: dt.datetime) -> Self:
        """Running jobs that gave no sign of life for ten minutes: their process is gone."""
        return self.filter(state=JobState.RUNNING, heartbeat_at__lt=now - dt.timedelta(minutes=10))


class Job(models.Model):
    """One piece of background work. The row is the queue; a broker, if there is one, only wakes workers."""

    kind = models.CharField(_("kind"), max_length=80)
    key = models.CharField(_("what it works on"), max_length=200, blank=True)
    args = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    state = models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.QUEUED)
    run_at = models.DateTimeField(_("due at"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    progress = models.PositiveSmallIntegerField(_("progress (%)"), default=0)
    note = models.CharField(_("what is being done"), max_length=200, blank=True)
    cancel_requested = models.BooleanField(default=False)
    result = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    error = models.TextField(_("what to tell the person"), blank=True)
    fault = models.TextField(_("what to tell the administrator"), blank=True)
    unit_id = models.BigIntegerField(_("unit"), null=True, db_index=True)
    requested_by_id = models.BigIntegerField(_("requested by"), null=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "run_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(state__in=["queued", "running"]),
                name="trail_job_one_at_a_time",
            )
        ]

    @property
    def is_ended(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


class Schedule(models.Model):
    """When a piece of periodic work is due next."""

    kind = models.CharField(_("kind"), max_length=80, unique=True)
    due_at = models.DateTimeField(_("due at"))
    last_run_at = models.DateTimeField(_("last run at"), null=True)

    class Meta:
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")


def storage_path(stored: "StoredFile", filename: str) -> str:
    """By content, so that a name typed by a user never becomes a path."""
    return f"files/{stored.sha256[:2]}/{stored.sha256}"


class StoredFileQuerySet(models.QuerySet):
    def unused(self) -> Self:
        """Those that no row of any app refers to, nor a job by its argument `file_id`. Two queries."""
        worked_on = Job.objects.filter(args__file_id__isnull=False).values_list("args__file_id", flat=True)
        rows = self.exclude(pk__in=list(worked_on))
        for link in StoredFile._meta.get_fields(include_hidden=True):
            if isinstance(link, models.ManyToOneRel):
                pointing: Any = link.related_model
                to_it = pointing._base_manager.filter(**{link.field.name: OuterRef("pk")})
                rows = rows.filter(~Exists(to_it))
        return rows


class StoredFile(models.Model):
    """A file as it came or was made. Whoever refers to it decides who may read it.

    `unused_since`: when it was first seen that nothing refers to it (trail.unused).
    """

    name = models.CharField(_("name"), max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to=storage_path, max_length=200, db_index=True)
    unit_id = models.BigIntegerField(_("unit"), null=True, db_index=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    unused_since = models.DateTimeField(_("unused since"), null=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def storage(cls) -> Storage:
        """Where all files lie."""
        column: Any = cls._meta.get_field("file")
        return column.storage


class NotificationQuerySet(models.QuerySet):
    def open(self) -> Self:
        """What still asks for something."""
        return self.filter(settled_at__isnull=True)

    def about(self, row: models.Model) -> Self:
        return self.filter(object_type=row._meta.label_lower, object_id=row.pk)


class Notification(models.Model):
    """A word to a unit, on the first page of its people until what it asks for is done.

    Its words come from `trail.kinds.NOTICES` by `kind` and `data`, in the language of whoever reads.
    """

    unit_id = models.BigIntegerField(_("unit"), db_index=True)
    kind = models.CharField(_("kind"), max_length=80)
    data = models.JSONField(_("details"), default=dict, encoder=DjangoJSONEncoder)
    url = models.CharField(_("address"), max_length=300, blank=True)
    object_type = models.CharField(max_length=100)
    object_id = models.BigIntegerField()
    actor_id = models.BigIntegerField(_("user"), null=True)
    actor_name = models.CharField(_("acting person"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    settled_at = models.DateTimeField(_("settled at"), null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["object_type", "object_id", "-created_at"])]


class LetterState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    FAILED = "failed", _("given up")
    DROPPED = "dropped", _("no longer needed")


class Channel(models.TextChoices):
    """By which way a letter leaves. Messages go to the office's own gateway for SMS or Zalo."""

    MAIL = "mail", _("mail")
    MESSAGE = "message", _("message to the telephone")


class LetterQuerySet(models.QuerySet):
    def due(self, now: dt.datetime, *channels: str) -> Self:
        rows = self.filter(channel__in=channels) if channels else self
        return rows.filter(state=LetterState.WAITING, next_try_at__lte=now).order_by("next_try_at", "pk")


class Letter(models.Model):
    """A mail or message to be sent: the row is the outbox, so that none is lost while a server is away.

    With a `kind` its text is made when it leaves (`trail.kinds.letter_kind`), from what is true then, and it
    waits for the hours in which people may be written to. `key`: at most one letter has it.
    """

    channel = models.CharField(_("way"), max_length=10, choices=Channel, default=Channel.MAIL)
    kind = models.CharField(_("kind"), max_length=80, blank=True)
    key = models.CharField(max_length=200, blank=True)
    user_id = models.BigIntegerField(_("user"), null=True, db_index=True)
    to = models.CharField(_("to"), max_length=254)
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"))
    unit_id = models.BigIntegerField(_("unit"), null=True, db_index=True)
    state = models.CharField(_("state"), max_length=10, choices=LetterState, default=LetterState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    error = models.CharField(_("what went wrong"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "next_try_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at__isnull=True),
                name="trail_letter_sent_has_time",
            ),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="trail_letter_once"),
        ]

    @property
    def is_under_way(self) -> bool:
        """Taken by a worker that has not said how it ended: it may have left already."""
        return self.state == LetterState.WAITING and self.attempts > 0 and not self.error
