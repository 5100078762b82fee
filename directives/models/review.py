"""What goes with the check of a read document: steps to take back, unsaved words, what was learnt."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from directives.models.directive import Directive
from directives.models.task import Task


class ReviewStep(models.Model):
    """One change to the items of a draft, kept so that whoever made it can take it back.

    `changed`: for the key of each item it touched, the item before and after (see actions.undoing); None
    where there was none. Rows go when the document leaves its draft.
    """

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="review_steps")
    verb = models.CharField(_("what was done"), max_length=40)
    item = models.CharField(_("to which item"), max_length=120, blank=True)
    changed = models.JSONField(default=dict)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("step of a review")
        verbose_name_plural = _("steps of a review")
        ordering = ["-pk"]


class TypedForm(models.Model):
    """What a person has typed into a form of the review page and not saved yet, as the browser sends it."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="typed_forms")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("form"), max_length=40, help_text=_("header, new, or t and the item's key."))
    data = models.TextField(_("what was typed"))
    typed_at = models.DateTimeField(_("typed at"), auto_now=True)

    class Meta:
        verbose_name = _("form being typed")
        verbose_name_plural = _("forms being typed")
        constraints = [
            models.UniqueConstraint(fields=["directive", "user", "name"], name="directives_typed_once")
        ]


class LessonKind(models.TextChoices):
    """What was read: a field of the head, an item, whether it is work, and what it says."""

    HEAD = "head", _("head of the document")
    ITEM = "item", _("item")
    WORK = "work", _("whether it is a task")
    DEADLINE = "deadline", _("deadline")
    LEAD = "lead", _("who must act")
    SUPPORT = "support", _("who supports")
    PRODUCT = "product", _("expected product")
    TARGET = "target", _("target")


class Lesson(models.Model):
    """One thing that was read, and what a person made of it: left as it was, or corrected.

    `rule` is the reader's name of the rule that found it, empty where nothing was found and a person added
    it. The span is empty where the thing has no place of its own in the text.
    """

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="lessons")
    task = models.ForeignKey(Task, null=True, on_delete=models.CASCADE, related_name="lessons")
    kind = models.CharField(_("kind"), max_length=10, choices=LessonKind)
    rule = models.CharField(_("rule"), max_length=60, blank=True)
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    read = models.TextField(_("read"), blank=True)
    corrected = models.TextField(_("corrected"), blank=True)
    is_right = models.BooleanField(_("left as it was read"))
    learnt_at = models.DateTimeField(_("learnt at"), auto_now_add=True)

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["directive", "pk"]
        indexes = [models.Index(fields=["kind", "rule"])]
