"""What stands beside the course of work: later deadlines asked for, and times when it did not run."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers

from directives.models import Extension, Halt, HaltKind
from directives.models.extension import ExtensionQuerySet
from directives.models.halt import HaltQuerySet
from eduportal.base.api.filters import Filters, KeyFilter, Ordering
from eduportal.base.api.views import Reading
from schools.api import UnitRefSerializer

WAITING, GRANTED, REFUSED = "waiting", "granted", "refused"
STATES = [(one, one) for one in (WAITING, GRANTED, REFUSED)]


class OfAssignment(serializers.ModelSerializer):
    """What is said of one assignment."""

    assignment_id = serializers.IntegerField(read_only=True)
    task_id = serializers.IntegerField(source="assignment.task_id", read_only=True)
    unit = UnitRefSerializer(source="assignment.unit", read_only=True)


class OfAssignmentFilters(Filters):
    assignment = KeyFilter(label=_("Key of the assignment"))
    unit = KeyFilter(field_name="assignment__unit", label=_("Key of the unit"))
    task = KeyFilter(field_name="assignment__task", label=_("Key of the task"))
    directive = KeyFilter(field_name="assignment__task__directive", label=_("Key of the document"))


# --- later deadlines ----------------------------------------------------------------------------------------


class ExtensionSerializer(OfAssignment):
    """A later deadline asked for, and what the office that set the work said."""

    state = serializers.SerializerMethodField()
    asked_by = serializers.CharField(source="asked_by.full_name", read_only=True)
    decided_by = serializers.CharField(
        source="decided_by.full_name", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = Extension
        fields = (
            "id", "assignment_id", "task_id", "unit", "state", "deadline_before", "asked_deadline", "reason",
            "asked_at", "asked_by", "granted_deadline", "answer", "decided_at", "decided_by", "version",
        )  # fmt: skip

    @extend_schema_field(serializers.ChoiceField(choices=STATES))
    def get_state(self, row: Extension) -> str:
        if not row.is_decided:
            return WAITING
        return GRANTED if row.is_granted else REFUSED


class ExtensionFilters(OfAssignmentFilters):
    state = django_filters.ChoiceFilter(
        choices=STATES, method="standing_so", label=_("waiting: of work that still runs")
    )
    ordering = Ordering(fields=("asked_at", "decided_at", "asked_deadline"))

    class Meta:
        model = Extension
        fields: tuple[str, ...] = ()

    def standing_so(self, rows: ExtensionQuerySet, name: str, state: str) -> ExtensionQuerySet:
        if state == WAITING:
            return rows.waiting()
        return rows.filter(decided_at__isnull=False, granted_deadline__isnull=state == REFUSED)


@extend_schema(tags=["requests"])
@extend_schema_view(
    list=extend_schema(summary=_("Later deadlines asked for, granted and refused, newest first")),
    retrieve=extend_schema(summary=_("One request for a later deadline")),
)
class ExtensionView(Reading):
    """Requests about assignments in sight. Two queries a page."""

    serializer_class = ExtensionSerializer
    filterset_class = ExtensionFilters
    queryset = Extension.objects.none()

    def get_queryset(self) -> QuerySet[Extension]:
        rows = Extension.objects.visible_to(self.request.user)
        return rows.select_related("assignment__unit", "asked_by", "decided_by").order_by("-asked_at", "-pk")


# --- times outside ------------------------------------------------------------------------------------------


class HaltSerializer(OfAssignment):
    """A time when an assignment did not run: paused, cancelled or refused, why, and how it ended."""

    begun_by = serializers.CharField(source="begun_by.full_name", read_only=True)
    accepted_by = serializers.CharField(
        source="accepted_by.full_name", read_only=True, allow_null=True, default=None
    )
    ended_by = serializers.CharField(
        source="ended_by.full_name", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = Halt
        fields = (
            "id", "assignment_id", "task_id", "unit", "kind", "reason", "begun_at", "begun_by", "accepted_at",
            "accepted_by", "ended_at", "ended_by", "answer", "version",
        )  # fmt: skip


class HaltFilters(OfAssignmentFilters):
    kind = django_filters.ChoiceFilter(choices=HaltKind.choices)
    is_current = django_filters.BooleanFilter(field_name="ended_at", lookup_expr="isnull")
    waits_for_office = django_filters.BooleanFilter(
        method="waiting", label=_("Refusals that the office has not answered")
    )
    ordering = Ordering(fields=("begun_at", "ended_at"))

    class Meta:
        model = Halt
        fields: tuple[str, ...] = ()

    def waiting(self, rows: HaltQuerySet, name: str, wanted: Any) -> HaltQuerySet:
        waits = Q(kind=HaltKind.REFUSED, accepted_at__isnull=True, ended_at__isnull=True)
        return rows.filter(waits if wanted else ~waits)


@extend_schema(tags=["requests"])
@extend_schema_view(
    list=extend_schema(summary=_("Work paused, cancelled or refused, newest first")),
    retrieve=extend_schema(summary=_("One time when work did not run")),
)
class HaltView(Reading):
    """Of assignments in sight. Two queries a page."""

    serializer_class = HaltSerializer
    filterset_class = HaltFilters
    queryset = Halt.objects.none()

    def get_queryset(self) -> QuerySet[Halt]:
        rows = Halt.objects.visible_to(self.request.user)
        rows = rows.select_related("assignment__unit", "begun_by", "accepted_by", "ended_by")
        return rows.order_by("-begun_at", "-pk")
