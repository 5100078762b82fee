"""A form that a task carries ("báo cáo theo mẫu"), its fields, and what each unit answers."""

import datetime as dt
from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from directives.models.assignment import Assignment
from directives.models.directive import DirectiveState
from directives.models.task import Task
from eduportal.base.models import Versioned
from schools.queries import units_in_scope


class FieldKind(models.TextChoices):
    WHOLE = "whole", _("whole number")
    DECIMAL = "decimal", _("number with decimals")
    PERCENT = "percent", _("percentage")
    TEXT = "text", _("text")
    DAY = "day", _("day")
    CHOICE = "choice", _("one of several")
    YES_NO = "yes_no", _("yes or no")


NUMBERS = (FieldKind.WHOLE, FieldKind.DECIMAL, FieldKind.PERCENT)
YES, NO = "yes", "no"


class DataFormQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Forms of items in sight: of documents of offices in the person's scope, and of issued ones that
        assigned the item to a unit in it."""
        scope = units_in_scope(user).values("pk")
        assigned = Assignment.objects.filter(task=OuterRef("task"), unit__in=scope)
        handed_out = Q(task__directive__state=DirectiveState.ISSUED) & Exists(assigned)
        return self.filter(Q(task__directive__office__in=scope) | handed_out, task__is_removed=False)


class DataForm(Versioned):
    """What a task asks of each unit, field by field. Its version guards all its fields."""

    task = models.OneToOneField(Task, on_delete=models.CASCADE, related_name="data_form")
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = DataFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("data form")
        verbose_name_plural = _("data forms")

    def __str__(self) -> str:
        return str(self.task)


class FormField(models.Model):
    """One thing asked. Its kind and options stay as they are once a unit has answered."""

    form = models.ForeignKey(DataForm, on_delete=models.CASCADE, related_name="fields")
    position = models.PositiveSmallIntegerField(_("order"))
    label = models.CharField(_("what is asked"), max_length=200)
    kind = models.CharField(_("kind of answer"), max_length=10, choices=FieldKind, default=FieldKind.WHOLE)
    is_required = models.BooleanField(_("must be answered"), default=True)
    hint = models.CharField(_("hint"), max_length=300, blank=True)
    unit = models.CharField(_("unit of measure"), max_length=40, blank=True)
    options = models.TextField(_("options"), blank=True, help_text=_("One a line."))

    class Meta:
        verbose_name = _("field of a form")
        verbose_name_plural = _("fields of a form")
        ordering = ["form", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="choice") & ~Q(options="") | ~Q(kind="choice") & Q(options=""),
                name="directives_field_choice_has_options",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBERS

    @property
    def is_summed(self) -> bool:
        """Percentages are neither summed nor averaged: a rate is a sum over a sum."""
        return self.kind in (FieldKind.WHOLE, FieldKind.DECIMAL) and self.unit != "%"

    @property
    def choices(self) -> list[str]:
        return self.options.splitlines()


class FormReplyQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Replies of units in the person's scope; what is not sent is for the unit alone (rules.is_own)."""
        return self.filter(assignment__unit__in=units_in_scope(user).values("pk"))

    def sent(self) -> Self:
        return self.filter(sent_at__isnull=False)


class FormReply(Versioned):
    """One unit's answers to a form: a draft that is the unit's own, then sent. Its version guards them."""

    form = models.ForeignKey(DataForm, on_delete=models.PROTECT, related_name="replies")
    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="reply")
    saved_at = models.DateTimeField(_("saved at"))
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sent at"), null=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    return_reason = models.CharField(_("reason for sending it back"), max_length=1000, blank=True)

    objects = FormReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("answers to a form")
        verbose_name_plural = _("answers to forms")
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_by__isnull=True)
                | Q(sent_at__isnull=False, sent_by__isnull=False, return_reason=""),
                name="directives_reply_sending_is_whole",
            )
        ]

    def __str__(self) -> str:
        return str(self.assignment)

    @property
    def is_sent(self) -> bool:
        return self.sent_at is not None


Value = Decimal | dt.date | str | None


class FormAnswer(models.Model):
    """The answer to one field, in the column of its kind. A field without an answer has no row."""

    reply = models.ForeignKey(FormReply, on_delete=models.CASCADE, related_name="answers")
    field = models.ForeignKey(FormField, on_delete=models.PROTECT, related_name="answers")
    number = models.DecimalField(_("number"), max_digits=16, decimal_places=4, null=True)
    day = models.DateField(_("day"), null=True)
    text = models.CharField(_("text"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=["reply", "field"], name="directives_answer_once"),
            models.CheckConstraint(
                condition=Q(number__isnull=False, day__isnull=True, text="")
                | Q(number__isnull=True, day__isnull=False, text="")
                | Q(number__isnull=True, day__isnull=True) & ~Q(text=""),
                name="directives_answer_is_one_value",
            ),
        ]

    @property
    def value(self) -> Value:
        if self.number is not None:
            return self.number
        return self.day or self.text
