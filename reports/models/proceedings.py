"""What a meeting goes through and leaves behind: agenda, opinions, files, minutes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from eduportal.base.models import Versioned
from reports.models.meeting import Meeting
from trail.models import StoredFile


class AgendaItem(models.Model):
    """One item of an agenda, in its order. The meeting's version guards the whole agenda."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("content"), max_length=300)
    speaker = models.CharField(_("speaker"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True)

    class Meta:
        verbose_name = _("item of an agenda")
        verbose_name_plural = _("items of agendas")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="reports_agenda_position_once"),
            models.CheckConstraint(condition=~Q(title=""), name="reports_agenda_says_something"),
        ]

    def __str__(self) -> str:
        return self.title


class Opinion(models.Model):
    """What somebody said at a meeting. Speaker and unit are words: they stay as they were on the day."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="heard")
    position = models.PositiveSmallIntegerField(_("order"))
    speaker = models.CharField(_("speaker"), max_length=200, blank=True)
    unit = models.CharField(_("unit"), max_length=200, blank=True)
    text = models.TextField(_("opinion"), max_length=4000)

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="reports_opinion_position_once"),
            models.CheckConstraint(condition=~Q(text=""), name="reports_opinion_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:100]


class MeetingFile(models.Model):
    """A file of a meeting: the office's own, or also `for_invited` units."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, verbose_name=_("file"), on_delete=models.PROTECT, related_name="+")
    for_invited = models.BooleanField(_("for the invited units"), default=False)
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("file of a meeting")
        verbose_name_plural = _("files of meetings")
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.file.name


class Minutes(Versioned):
    """The minutes of a meeting (biên bản): drafted from what was noted, then the text that people wrote."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="minutes")
    text = models.TextField(_("text"), max_length=60_000)
    saved_at = models.DateTimeField(_("saved at"))
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("minutes of a meeting")
        verbose_name_plural = _("minutes of meetings")

    def __str__(self) -> str:
        return str(self.meeting)
