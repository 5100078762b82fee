"""What the month's form asks besides figures, and what is answered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from eduportal.base.models import Dated, DatedQuerySet, Versioned
from reports.models.monthly import MonthlyReport
from schools.models import EACH, Level, Period, PeriodKind
from targets.models import FormSection, Reporter
from targets.models.indicator import in_vietnamese
from targets.models.measure import askings

LONGEST_ANSWER = 5000


class QuestionKind(models.TextChoices):
    """How a question is answered. What is a number is a measure."""

    TEXT = "text", _("in words")
    YES_NO = "yes_no", _("yes or no")
    CHOICE = "choice", _("one of several answers")


YES, NO = "có", "không"
"""As answers are stored: papers are in Vietnamese, whatever language the page had."""


class Question(Versioned, Dated):
    """Asked of schools, of those that teach a level, or of communes; every month, in some, or for longer."""

    text_vi = models.CharField(_("question in Vietnamese"), max_length=300)
    text_en = models.CharField(_("question in English"), max_length=300)
    help_vi = models.CharField(_("help in Vietnamese"), max_length=300, blank=True)
    help_en = models.CharField(_("help in English"), max_length=300, blank=True)
    kind = models.CharField(
        _("kind of answer"), max_length=10, choices=QuestionKind, default=QuestionKind.TEXT
    )
    choices = models.JSONField(_("answers to choose from"), default=list, blank=True)
    reporter = models.CharField(_("asked of"), max_length=10, choices=Reporter, default=Reporter.SCHOOL)
    level = models.CharField(_("level"), max_length=20, choices=Level, blank=True)
    asked_every = models.CharField(
        _("asked for"), max_length=20, choices=list(EACH.items()), default=PeriodKind.MONTH
    )
    asked_in = models.JSONField(
        _("asked in the months"),
        default=list,
        blank=True,
        help_text=_("Numbers of the months, for example [1, 5, 9]; empty: every month."),
    )
    is_required = models.BooleanField(_("must be answered"), default=False)
    section = models.ForeignKey(
        FormSection,
        verbose_name=_("section of the form"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="questions",
    )
    position = models.PositiveSmallIntegerField(_("place on the form"))

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("question of the form")
        verbose_name_plural = _("questions of the form")
        ordering = ["position", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(reporter="school") | Q(reporter="commune", level=""),
                name="reports_question_level_of_schools",
            ),
            models.CheckConstraint(
                condition=Q(asked_every=PeriodKind.MONTH) | Q(asked_in=[]),
                name="reports_question_months_of_a_monthly_one",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """In the language of the page."""
        return self.text_vi if in_vietnamese() else self.text_en

    @property
    def name(self) -> str:
        """As tables of the catalogue call a row."""
        return self.text

    @property
    def help(self) -> str:
        return self.help_vi if in_vietnamese() else self.help_en

    def is_asked_in(self, period: Period) -> bool:
        """Whether the report of a period asks it."""
        return (period.kind, period.ordinal) in askings(self.asked_every, self.asked_in)

    @property
    def answers_offered(self) -> list[str]:
        """As they are stored; none where it is answered in words."""
        return [YES, NO] if self.kind == QuestionKind.YES_NO else list(self.choices)


class Answer(models.Model):
    """What a report says to a question. No row: nothing."""

    report = models.ForeignKey(MonthlyReport, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(_("answer"), max_length=LONGEST_ANSWER)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=["report", "question"], name="reports_answer_once"),
            models.CheckConstraint(condition=~Q(text=""), name="reports_answer_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:80]
