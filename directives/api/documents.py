"""Documents with their text, what they cite, and the tasks that they set."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers

from directives.models import (
    Addressee,
    Assignment,
    Directive,
    DirectiveKind,
    DirectiveState,
    ReadTarget,
    Task,
)
from directives.models.directive import Direction
from directives.queries import citations, cited_by, counts_by
from directives.queries.documents import find_directives
from directives.standing import Standing
from eduportal.base.api.fields import decimal_text
from eduportal.base.api.filters import ChosenFilter, Filters, KeyFilter, Ordering
from eduportal.base.api.views import Reading
from eduportal.base.text import search_key
from schools.api import UnitRefSerializer
from schools.queries import units_in_scope

COUNTS = {
    "type": "object",
    "properties": {one.value: {"type": "integer", "minimum": 0} for one in Standing},
    "additionalProperties": False,
}
NO_COUNTS = {one.value: 0 for one in Standing}

# --- tasks --------------------------------------------------------------------------------------------------


class AddresseeSerializer(serializers.ModelSerializer):
    """Whom a task concerns, as the issuing office chose."""

    unit = UnitRefSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Addressee
        fields = ("role", "kind", "level", "unit")
        extra_kwargs = {"level": {"help_text": _("Empty unless kind is level")}}


class TaskSerializer(serializers.ModelSerializer):
    """A numbered item of a document."""

    directive_id = serializers.IntegerField(read_only=True)
    addressees = serializers.SerializerMethodField(help_text=_("For the issuing side; empty for others"))
    standings = serializers.SerializerMethodField(
        help_text=_("How many assignments stand where, of the units that you see")
    )

    class Meta:
        model = Task
        fields = (
            "id", "directive_id", "position", "path", "text", "is_tracked", "deadline", "deadline_raw",
            "product", "addressees", "standings", "version",
        )  # fmt: skip

    @extend_schema_field(AddresseeSerializer(many=True))
    def get_addressees(self, task: Any) -> Any:
        rows = task.addressees.all() if task.is_ours else []
        return AddresseeSerializer(rows, many=True).data

    @extend_schema_field(COUNTS)
    def get_standings(self, task: Any) -> dict[str, int]:
        return task.standings


def tasks_seen_by(user: Any) -> QuerySet[Task]:
    """Items that nobody took out, of documents of offices in sight, or assigned to a unit in sight."""
    ours = units_in_scope(user).filter(pk=OuterRef("directive__office"))
    tasks = Task.objects.visible_to(user).kept().annotate(is_ours=Exists(ours))
    return tasks.prefetch_related("addressees__unit")


def count_standings(user: Any, tasks: Sequence[Any]) -> None:
    """Where the assignments in sight of these tasks stand today. One query."""
    assignments = Assignment.objects.visible_to(user).filter(task__in=[task.pk for task in tasks])
    counts = counts_by(assignments, "task", timezone.localdate())
    for task in tasks:
        task.standings = counts.get(task.pk, NO_COUNTS)


class TaskFilters(Filters):
    directive = KeyFilter(label=_("Key of the document"))
    is_tracked = django_filters.BooleanFilter()
    deadline_from = django_filters.DateFilter(field_name="deadline", lookup_expr="gte")
    deadline_to = django_filters.DateFilter(field_name="deadline", lookup_expr="lte")
    search = django_filters.CharFilter(method="worded", label=_("Words, with or without diacritics"))
    ordering = Ordering(fields=("deadline", "directive", "position"))

    class Meta:
        model = Task
        fields: tuple[str, ...] = ()

    def worded(self, tasks: QuerySet[Task], name: str, words: str) -> QuerySet[Task]:
        for word in search_key(words).split():
            tasks = tasks.filter(search_key__contains=word)
        return tasks


@extend_schema(tags=["tasks"])
@extend_schema_view(
    list=extend_schema(summary=_("Tasks: numbered items of documents")),
    retrieve=extend_schema(summary=_("One task")),
)
class TaskView(Reading):
    """Tasks in sight with their counts. Five queries a page."""

    serializer_class = TaskSerializer
    filterset_class = TaskFilters
    queryset = Task.objects.none()

    def get_queryset(self) -> QuerySet[Task]:
        return tasks_seen_by(self.request.user).order_by("-directive", "position", "pk")

    def fill(self, rows: Sequence[Task]) -> None:
        count_standings(self.request.user, rows)


# --- documents ----------------------------------------------------------------------------------------------


class ReferenceSerializer(serializers.Serializer):
    """Another document that is cited, and its key here if you may see it."""

    number = serializers.CharField()
    symbol = serializers.CharField()
    dated = serializers.DateField(allow_null=True)
    raw = serializers.CharField(help_text=_("As printed"))
    directive_id = serializers.IntegerField(allow_null=True)


class ReadTargetSerializer(serializers.ModelSerializer):
    """A target as it was read in the text: a proposal."""

    value = serializers.SerializerMethodField()
    value_max = serializers.SerializerMethodField()

    class Meta:
        model = ReadTarget
        fields = ("id", "path", "raw", "comparator", "value", "value_max", "unit")

    def get_value(self, row: ReadTarget) -> str | None:
        return decimal_text(row.value)

    def get_value_max(self, row: ReadTarget) -> str | None:
        return decimal_text(row.value_max)


ROW_FIELDS = (
    "id", "office", "direction", "state", "kind", "written_here", "number", "symbol", "full_number",
    "issued_on", "subject", "version",
)  # fmt: skip


class DirectiveRowSerializer(serializers.ModelSerializer):
    """A document in a list."""

    office = UnitRefSerializer(read_only=True)
    full_number = serializers.CharField(read_only=True)

    class Meta:
        model = Directive
        fields = ROW_FIELDS


class DirectiveSerializer(DirectiveRowSerializer):
    """A document with its text and what belongs to it."""

    tasks = serializers.SerializerMethodField()
    references = serializers.SerializerMethodField()
    cited_by = serializers.SerializerMethodField(help_text=_("Keys of documents in sight that cite this one"))
    read_targets = ReadTargetSerializer(many=True, read_only=True)

    class Meta:
        model = Directive
        fields = (
            *ROW_FIELDS, "place", "signer_authority", "signer_title", "signer_name", "recipients", "text",
            "issued_at", "tasks", "references", "cited_by", "read_targets",
        )  # fmt: skip

    @extend_schema_field(TaskSerializer(many=True))
    def get_tasks(self, directive: Any) -> Any:
        return TaskSerializer(directive.seen_tasks, many=True).data

    @extend_schema_field(ReferenceSerializer(many=True))
    def get_references(self, directive: Any) -> Any:
        return ReferenceSerializer(directive.cites, many=True).data

    @extend_schema_field({"type": "array", "items": {"type": "integer"}})
    def get_cited_by(self, directive: Any) -> list[int]:
        return directive.cited_by


class DirectiveFilters(Filters):
    office = KeyFilter(label=_("Key of the issuing office"))
    direction = django_filters.ChoiceFilter(choices=Direction.choices)
    state = django_filters.ChoiceFilter(choices=DirectiveState.choices)
    kind = django_filters.ChoiceFilter(choices=DirectiveKind.choices)
    number = django_filters.CharFilter()
    symbol = django_filters.CharFilter()
    issued_from = django_filters.DateFilter(field_name="issued_on", lookup_expr="gte")
    issued_to = django_filters.DateFilter(field_name="issued_on", lookup_expr="lte")
    unit = ChosenFilter(
        among=units_in_scope, method="assigned_to", label=_("Gives work to the unit of this key")
    )
    search = django_filters.CharFilter(
        method="worded", label=_("Words of number, subject and text, with or without diacritics")
    )
    ordering = Ordering(fields=("issued_on", "number"))

    class Meta:
        model = Directive
        fields: tuple[str, ...] = ()

    def assigned_to(self, rows: QuerySet[Directive], name: str, key: Any) -> QuerySet[Directive]:
        given = Assignment.objects.filter(task__directive=OuterRef("pk"), unit=self.chosen[name])
        return rows.filter(Exists(given))

    def worded(self, rows: QuerySet[Directive], name: str, words: str) -> QuerySet[Directive]:
        return rows.filter(pk__in=find_directives(self.request.user, words).order_by().values("pk"))


@extend_schema(tags=["directives"])
@extend_schema_view(
    list=extend_schema(summary=_("Documents, newest first")),
    retrieve=extend_schema(summary=_("One document with its text, tasks and references")),
)
class DirectiveView(Reading):
    """Documents in sight. Two queries a page; about ten for one."""

    serializer_class = DirectiveRowSerializer
    detail_serializer_class = DirectiveSerializer
    filterset_class = DirectiveFilters
    queryset = Directive.objects.none()

    def get_queryset(self) -> QuerySet[Directive]:
        rows = Directive.objects.visible_to(self.request.user).select_related("office")
        if self.action == "list":
            rows = rows.for_lists()
        return rows.order_by(F("issued_on").desc(nulls_first=True), "-pk")

    def fill(self, rows: Sequence[Any]) -> None:
        if self.action == "list":
            return
        user = self.request.user
        for directive in rows:
            directive.seen_tasks = list(tasks_seen_by(user).filter(directive=directive).order_by("position"))
            count_standings(user, directive.seen_tasks)
            directive.cites = [cited(*pair) for pair in citations(user, directive)]
            directive.cited_by = list(cited_by(user, directive).order_by("pk").values_list("pk", flat=True))


def cited(reference: Any, directive: Directive | None) -> dict[str, Any]:
    return {
        "number": reference.number,
        "symbol": reference.symbol,
        "dated": reference.dated,
        "raw": reference.raw,
        "directive_id": directive.pk if directive else None,
    }
