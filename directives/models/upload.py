"""A document that was handed in and is no draft yet."""

from typing import Any, Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from directives.models.directive import Directive
from schools.models import Office


def held_path(held: "HeldFile", filename: str) -> str:
    """Of its own each, so that a file can be forgotten without asking who else has the same."""
    return f"held/{uuid4().hex}"


class UploadQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own: nobody else waits for it, and what it is nobody has looked at yet."""
        return self.filter(created_by=user.pk)

    def open(self) -> Self:
        """Those that did not become a document."""
        return self.filter(directive=None)


class Upload(models.Model):
    """What somebody handed in and what was read of it so far: it waits to be read in the background, or it
    could not be read and waits for its text to be put right.

    `given`: what was typed beside it. `problem`: the reader's code, where it stopped, `place` where that was.
    """

    office = models.ForeignKey(
        Office, verbose_name=_("office"), on_delete=models.PROTECT, related_name="uploads"
    )
    given = models.JSONField(default=dict)
    text = models.TextField(_("text"), blank=True)
    problem = models.CharField(max_length=30, blank=True)
    place = models.JSONField(default=dict)
    directive = models.ForeignKey(Directive, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(_("entered at"), auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("uploaded document")
        verbose_name_plural = _("uploaded documents")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        held = self.document
        return held.name if held else f"{self.pk}"

    @property
    def document(self) -> "HeldFile | None":
        """The file of the document itself."""
        return next((held for held in self.files.all() if not held.is_annex), None)


class HeldFile(models.Model):
    """A file of an upload, kept apart from those of documents and gone with it."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(_("name"), max_length=255)
    content_type = models.CharField(max_length=100)
    file = models.FileField(upload_to=held_path, max_length=200)
    is_annex = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("held file")
        verbose_name_plural = _("held files")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def content(self) -> bytes:
        with self.file.open("rb") as file:
            return file.read()
