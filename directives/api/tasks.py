"""Tasks: the numbered items of documents, and how the units' work on them stands."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers

from directives.models import Addressee, Assignment, Task
from directives.queries import counts_by
from directives.standing import Standing
from eduportal.base.api.filters import Filters, KeyFilter, Ordering
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
