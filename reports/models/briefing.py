"""The office's briefing of a month: figures frozen when built, text that staff may edit."""

from collections.abc import Iterator, Sequence
from typing import Any, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directives.models import Directive
from eduportal.base.models import Versioned
from schools.models import Office, Period
from schools.queries import offices_seen_whole


class BriefingQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Briefings of offices seen with all their levels: a sentence cannot be cut down to some of them."""
        return self.filter(office__in=offices_seen_whole(user).values("pk"))

    def concluded(self) -> Self:
        """Those whose meeting ended in an issued notice: what they say stays as it was read."""
        return self.filter(meeting__notice__in=Directive.objects.issued().values("pk"))


class Briefing(Versioned):
    """What an office reads to its meeting. Rebuilding renews the figures and the built text, never what was
    edited.

    `figures` has the shape of `reports.figures.BriefingFigures`.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="briefings")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="briefings")
    figures = models.JSONField(_("figures as built"), default=dict, encoder=DjangoJSONEncoder)
    built_at = models.DateTimeField(_("built at"))
    built_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = BriefingQuerySet.as_manager()

    class Meta:
        verbose_name = _("briefing")
        verbose_name_plural = _("briefings")
        ordering = ["-period__data_from", "office"]
        constraints = [models.UniqueConstraint(fields=["office", "period"], name="reports_briefing_once")]

    def __str__(self) -> str:
        return f"{self.office.short_name}, {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("reports:briefing", args=[self.pk])

    @property
    def is_concluded(self) -> bool:
        """Whether its meeting ended in an issued notice. Its figures and its text are final then."""
        meeting = getattr(self, "meeting", None)
        return meeting is not None and meeting.is_concluded


def pieces_by_line(
    text: str, links: Sequence[tuple[int, int, str]]
) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each line of a text, cut where a number begins or ends."""
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        pieces, read = [], start
        for begin, stop, code in links:
            if start <= begin and stop <= end:
                pieces += [(text[read:begin], ""), (text[begin:stop], code)]
                read = stop
        yield line, [piece for piece in [*pieces, (text[read:end], "")] if piece[0]]
        start = end + 1


class BriefingSection(Versioned):
    """One part of a briefing. The built text stays beneath what staff made of it."""

    briefing = models.ForeignKey(Briefing, on_delete=models.CASCADE, related_name="sections")
    key = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=200)
    built_text = models.TextField(_("text as built"))
    links = models.JSONField(
        _("numbers that lead to what they count"), default=list, help_text=_("Begin, end and figure of each.")
    )
    edited_text = models.TextField(_("text as edited"), null=True, blank=True)  # noqa: DJ001 (null: not edited)
    edited_over = models.TextField(
        _("built text that was edited"),
        blank=True,
        help_text=_("What stood there as built when it was edited."),
    )
    edited_at = models.DateTimeField(_("edited at"), null=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("section of a briefing")
        verbose_name_plural = _("sections of a briefing")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["briefing", "key"], name="reports_section_once"),
            models.CheckConstraint(
                condition=Q(edited_text__isnull=True, edited_at__isnull=True, edited_by__isnull=True)
                | Q(edited_text__isnull=False, edited_at__isnull=False, edited_by__isnull=False),
                name="reports_section_editing_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def text(self) -> str:
        return self.built_text if self.edited_text is None else self.edited_text

    @property
    def lines(self) -> list[list[tuple[str, str]]]:
        """The paragraphs of the text in pieces, each with the figure that it is a number of, or "".

        Of what people wrote, a paragraph that still stands as it was built has its figures.
        """
        built = dict(pieces_by_line(self.built_text, self.links))
        return [built.get(line, [(line, "")]) for line in self.text.splitlines() if line.strip()]

    @property
    def is_edited(self) -> bool:
        return self.edited_text is not None

    @property
    def built_text_changed(self) -> bool:
        """The figures were built anew since staff edited, and the text beneath is no longer what they
        started from."""
        return self.is_edited and self.edited_over != self.built_text
