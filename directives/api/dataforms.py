"""Forms that tasks carry, and what units answer to them."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import django_filters
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from directives.api.work import TaskRefSerializer
from directives.models import Assignment, DataForm, FormAnswer, FormField, FormReply
from directives.models.directive import WHOLE_TEXTS
from directives.queries import readable
from directives.queries.dataforms import asked_units, totals
from eduportal.base.api.fields import DecimalText, decimal_text
from eduportal.base.api.filters import Filters, KeyFilter, Ordering
from eduportal.base.api.views import Reading
from schools.api import UnitRefSerializer

# --- what is asked ------------------------------------------------------------------------------------------


class FormFieldSerializer(serializers.ModelSerializer):
    """One thing asked."""

    options = serializers.ListField(
        source="choices", child=serializers.CharField(), read_only=True, help_text=_("Of kind choice")
    )

    class Meta:
        model = FormField
        fields = ("id", "position", "label", "kind", "is_required", "hint", "unit", "options")


class DataFormSerializer(serializers.ModelSerializer):
    """What a task asks of each unit, field by field."""

    task = TaskRefSerializer(read_only=True)
    fields_asked = FormFieldSerializer(source="fields.all", many=True, read_only=True)

    class Meta:
        model = DataForm
        fields = ("id", "task", "fields_asked", "created_at", "version")


class SumSerializer(serializers.Serializer):
    """A field added up. Percentages and texts add up to nothing."""

    field_id = serializers.IntegerField()
    sum = DecimalText()


class DataFormDetailSerializer(DataFormSerializer):
    """A form with how many units in sight have answered, and the sums of what they sent."""

    asked = serializers.IntegerField(source="totals.asked", read_only=True)
    answered = serializers.IntegerField(source="totals.answered", read_only=True)
    missing = serializers.IntegerField(source="totals.missing", read_only=True)
    sums = SumSerializer(many=True, read_only=True)

    class Meta:
        model = DataForm
        fields = (*DataFormSerializer.Meta.fields, "asked", "answered", "missing", "sums")


class DataFormFilters(Filters):
    directive = KeyFilter(field_name="task__directive", label=_("Key of the document"))
    task = KeyFilter(label=_("Key of the task"))

    class Meta:
        model = DataForm
        fields: tuple[str, ...] = ()


@extend_schema(tags=["forms"])
@extend_schema_view(
    list=extend_schema(summary=_("Forms of tasks: what is asked of each unit")),
    retrieve=extend_schema(summary=_("One form, with who has answered and the sums")),
)
class DataFormView(Reading):
    """Forms of tasks in sight. Three queries a page, five for one."""

    serializer_class = DataFormSerializer
    detail_serializer_class = DataFormDetailSerializer
    filterset_class = DataFormFilters
    queryset = DataForm.objects.none()

    def get_queryset(self) -> QuerySet[DataForm]:
        rows = DataForm.objects.visible_to(self.request.user).select_related("task__directive")
        rows = rows.defer(*(f"task__directive__{column}" for column in WHOLE_TEXTS))
        return rows.prefetch_related("fields").order_by("-task__directive", "task__position", "pk")

    def fill(self, rows: Sequence[Any]) -> None:
        if self.action == "list":
            return
        for form in rows:
            fields = list(form.fields.all())
            seen = Assignment.objects.visible_to(self.request.user).filter(task=form.task_id)
            form.totals = totals(fields, asked_units(seen))
            form.sums = [
                {"field_id": field.pk, "sum": amount}
                for field, amount in zip(fields, form.totals.sums, strict=True)
                if field.is_summed
            ]


# --- what is answered ---------------------------------------------------------------------------------------


class AnswerSerializer(serializers.ModelSerializer):
    """The answer to one field as text: a decimal string, an ISO date, the code of an option, or words."""

    field_id = serializers.IntegerField(read_only=True)
    label = serializers.CharField(source="field.label", read_only=True)
    value = serializers.SerializerMethodField()

    class Meta:
        model = FormAnswer
        fields = ("field_id", "label", "value")

    def get_value(self, answer: FormAnswer) -> str:
        value = answer.value
        if isinstance(value, Decimal):
            return decimal_text(value) or ""
        return value.isoformat() if isinstance(value, dt.date) else str(value)


class FormReplySerializer(serializers.ModelSerializer):
    """One unit's answers. Without sent_at it is a draft, which the unit alone sees."""

    form_id = serializers.IntegerField(read_only=True)
    assignment_id = serializers.IntegerField(read_only=True)
    unit = UnitRefSerializer(source="assignment.unit", read_only=True)
    answers = AnswerSerializer(many=True, read_only=True, help_text=_("What is not answered is not there"))
    saved_by = serializers.CharField(source="saved_by.full_name", read_only=True)
    sent_by = serializers.CharField(source="sent_by.full_name", read_only=True, allow_null=True, default=None)

    class Meta:
        model = FormReply
        fields = (
            "id", "form_id", "assignment_id", "unit", "answers", "saved_at", "saved_by", "sent_at", "sent_by",
            "return_reason", "version",
        )  # fmt: skip


class FormReplyFilters(Filters):
    form = KeyFilter(label=_("Key of the form"))
    assignment = KeyFilter(label=_("Key of the assignment"))
    task = KeyFilter(field_name="assignment__task", label=_("Key of the task"))
    unit = KeyFilter(field_name="assignment__unit", label=_("Key of the unit"))
    is_sent = django_filters.BooleanFilter(field_name="sent_at", lookup_expr="isnull", exclude=True)
    ordering = Ordering(fields=(("assignment__unit__sort_key", "unit"), ("sent_at", "sent_at")))

    class Meta:
        model = FormReply
        fields: tuple[str, ...] = ()


@extend_schema(tags=["forms"])
@extend_schema_view(
    list=extend_schema(summary=_("What units answered to forms of tasks")),
    retrieve=extend_schema(summary=_("The answers of one unit")),
)
class FormReplyView(Reading):
    """Answers of units in sight; drafts of the own unit only. Three queries a page."""

    serializer_class = FormReplySerializer
    filterset_class = FormReplyFilters
    queryset = FormReply.objects.none()

    def get_queryset(self) -> QuerySet[FormReply]:
        rows = readable(FormReply.objects.all(), self.request.user, self.request.posting)
        answers = FormAnswer.objects.select_related("field").order_by("field__position", "field")
        rows = rows.select_related("assignment__unit", "saved_by", "sent_by")
        rows = rows.prefetch_related(Prefetch("answers", answers))
        return rows.order_by("-form", "assignment__unit__sort_key", "pk")
