"""What units have to do, what they say of it, and what comes back."""

from typing import Any

import django_filters
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import Writing
from accounts.models import Scope
from directives import rules
from directives.actions.progress import report_progress, send_back
from directives.forms import ProgressForm, SendBackForm
from directives.models import Assignment, AssignmentState, Occurrence, ProgressEntry, Task
from directives.models.assignment import AssignmentQuerySet
from directives.queries import office_assignments, readable, search_assignments
from directives.queries.dataforms import answered, asked_units, not_answered
from directives.standing import DUE_SOON, Standing, is_due_soon
from eduportal.base.api.fields import VersionInputSerializer
from eduportal.base.api.filters import ChosenFilter, Filters, KeyFilter, Ordering
from eduportal.base.api.pages import form_problems
from eduportal.base.api.views import Reading
from schools.api import PeriodSerializer, UnitRefSerializer
from schools.models import Unit, UnitKind
from schools.queries import units_in_scope

STANDINGS = [(one.value, one.value) for one in Standing]
STANDINGS_SHOWN = [*STANDINGS, (DUE_SOON, DUE_SOON)]
ANSWERS = {"answered": answered, "missing": not_answered}

# --- assignments --------------------------------------------------------------------------------------------


class TaskRefSerializer(serializers.ModelSerializer):
    """The task of an assignment, and the document that sets it."""

    directive_id = serializers.IntegerField(read_only=True)
    directive_number = serializers.CharField(source="directive.full_number", read_only=True)

    class Meta:
        model = Task
        fields = ("id", "path", "text", "directive_id", "directive_number")


class OccurrenceSerializer(serializers.ModelSerializer):
    """The period of recurring work that an assignment is of."""

    name = serializers.CharField(source="__str__", read_only=True, help_text=_("As people call it"))

    class Meta:
        model = Occurrence
        fields = ("id", "name", "first", "last")


class AssignmentSerializer(serializers.ModelSerializer):
    """A task given to one unit."""

    task = TaskRefSerializer(read_only=True)
    unit = UnitRefSerializer(read_only=True)
    occurrence = OccurrenceSerializer(read_only=True, allow_null=True)
    standing = serializers.ChoiceField(choices=STANDINGS, read_only=True, help_text=_("As of today"))
    due_soon = serializers.SerializerMethodField(help_text=_("Runs in time, and its last day is near"))

    class Meta:
        model = Assignment
        fields = (
            "id", "task", "unit", "occurrence", "role", "state", "standing", "due_soon", "deadline",
            "first_deadline", "percent", "reported_done_on", "accepted_at", "assigned_at", "version",
        )  # fmt: skip

    def get_due_soon(self, one: Any) -> bool:
        return is_due_soon(one.standing, one.deadline, timezone.localdate(), settings.DUE_SOON_DAYS)


def offices_in_scope(user: Any) -> QuerySet[Unit]:
    return units_in_scope(user).exclude(kind=UnitKind.SCHOOL)


class AssignmentFilters(Filters):
    """Those of the page of tasks, and a span of deadlines."""

    standing = django_filters.ChoiceFilter(choices=STANDINGS_SHOWN, method="standing_so")
    state = django_filters.ChoiceFilter(choices=AssignmentState.choices)
    unit = KeyFilter(label=_("Key of the unit"))
    office = ChosenFilter(
        among=offices_in_scope,
        method="of_office",
        label=_("Of units beneath this office (key), and what its own documents assign"),
    )
    directive = KeyFilter(field_name="task__directive", label=_("Key of the document"))
    task = KeyFilter(label=_("Key of the task"))
    deadline_from = django_filters.DateFilter(field_name="deadline", lookup_expr="gte")
    deadline_to = django_filters.DateFilter(field_name="deadline", lookup_expr="lte")
    search = django_filters.CharFilter(
        method="worded", label=_("Words of task or unit, with or without diacritics")
    )
    answers = django_filters.ChoiceFilter(
        choices=[(one, one) for one in ANSWERS],
        method="with_form",
        label=_("The form of its task is answered, or not"),
    )
    ordering = Ordering(fields=(("deadline", "deadline"), ("unit__sort_key", "unit"), ("percent", "percent")))

    class Meta:
        model = Assignment
        fields: tuple[str, ...] = ()

    def standing_so(self, rows: AssignmentQuerySet, name: str, standing: str) -> AssignmentQuerySet:
        if standing == DUE_SOON:
            return rows.with_shown(timezone.localdate(), settings.DUE_SOON_DAYS).filter(shown=DUE_SOON)
        return rows.filter(standing=standing)

    def with_form(self, rows: AssignmentQuerySet, name: str, part: str) -> AssignmentQuerySet:
        return ANSWERS[part](asked_units(rows.filter(task__data_form__isnull=False)))

    def of_office(self, rows: AssignmentQuerySet, name: str, key: Any) -> AssignmentQuerySet:
        theirs = office_assignments(self.chosen[name], timezone.localdate())
        return rows.filter(pk__in=theirs.values("pk"))

    def worded(self, rows: AssignmentQuerySet, name: str, words: str) -> AssignmentQuerySet:
        return search_assignments(rows, words)


class ProgressInputSerializer(VersionInputSerializer):
    """How far the own unit's work is."""

    percent = serializers.IntegerField(min_value=0, max_value=100)
    note = serializers.CharField(max_length=2000, allow_blank=True, default="")
    claims_done = serializers.BooleanField(default=False, help_text=_("Stops the clock today"))


SOME_PROGRESS = OpenApiExample(
    "progress", request_only=True, value={"version": 1, "percent": 60, "note": "Đã họp tổ chuyên môn"}
)


class SendBackInputSerializer(serializers.Serializer):
    """Why work that was reported done is not done yet."""

    reason = serializers.CharField(max_length=1000, help_text=_("The unit reads this."))


@extend_schema(tags=["tasks"])
@extend_schema_view(
    list=extend_schema(summary=_("Assignments: what each unit has to do")),
    retrieve=extend_schema(summary=_("One assignment")),
)
class AssignmentView(Writing):
    """Assignments in sight. Two queries a page."""

    serializer_class = AssignmentSerializer
    filterset_class = AssignmentFilters
    queryset = Assignment.objects.none()
    scopes = {"progress": Scope.WRITE_PROGRESS, "send_back": Scope.WRITE_REVIEWS}

    def get_queryset(self) -> QuerySet[Assignment]:
        rows = Assignment.objects.visible_to(self.request.user).with_standing(timezone.localdate())
        return rows.with_document().order_by(
            F("reported_done_on").asc(nulls_first=True), F("deadline").asc(nulls_last=True), "pk"
        )

    @extend_schema(
        summary=_("Report progress in the unit's name; it counts at once"),
        request=ProgressInputSerializer,
        responses=AssignmentSerializer,
        examples=[SOME_PROGRESS],
    )
    @action(detail=True, methods=["post"])
    def progress(self, request: Request, pk: str) -> Response:
        one = self.get_object()
        if not rules.may_report(request.posting, one):
            raise PermissionDenied
        given = self.checked(ProgressInputSerializer, request)
        form = ProgressForm(as_typed(given), initial={"percent": one.percent})

        def act() -> None:
            valid(form)
            report_progress(
                assignment=one,
                version=given["version"],
                percent=int(form.cleaned_data["percent"]),
                note=form.cleaned_data["note"],
                claims_done=form.cleaned_data["claims_done"],
                by=request.posting,
                now=timezone.now(),
            )

        return self.write(request, act)

    @extend_schema(
        summary=_("Open work again that was reported done, saying why"),
        request=SendBackInputSerializer,
        responses=AssignmentSerializer,
    )
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request: Request, pk: str) -> Response:
        one = self.get_object()
        if not rules.may_send_back(request.posting, one):
            raise PermissionDenied
        form = SendBackForm(self.checked(SendBackInputSerializer, request))

        def act() -> None:
            valid(form)
            send_back(assignment=one, reason=form.cleaned_data["reason"], by=request.posting)

        return self.write(request, act)


def as_typed(given: dict[str, Any]) -> dict[str, str]:
    """Validated JSON as the screen's form takes it. Whole numbers read the same either way."""
    ticked = {name: "on" if value is True else str(value) for name, value in given.items()}
    return {name: text for name, text in ticked.items() if given[name] is not False}


def valid(form: Any) -> None:
    """The screen's own form has the last word."""
    if not form.is_valid():
        raise ValidationError(form_problems(form))


# --- what units say -----------------------------------------------------------------------------------------


class ProgressEntrySerializer(serializers.ModelSerializer):
    """What a unit said of an assignment. Without sent_at it is a draft, which the unit alone sees."""

    assignment_id = serializers.IntegerField(read_only=True)
    unit = UnitRefSerializer(source="assignment.unit", read_only=True)
    period = PeriodSerializer(read_only=True)
    written_by = serializers.CharField(source="written_by.full_name", read_only=True)

    class Meta:
        model = ProgressEntry
        fields = (
            "id", "assignment_id", "unit", "period", "percent", "note", "claims_done", "written_at",
            "written_by", "sent_at",
        )  # fmt: skip


class ProgressFilters(Filters):
    assignment = KeyFilter(label=_("Key of the assignment"))
    unit = KeyFilter(field_name="assignment__unit", label=_("Key of the unit"))
    period = KeyFilter(label=_("Key of the period"))
    ordering = Ordering(fields=("written_at", "sent_at"))

    class Meta:
        model = ProgressEntry
        fields: tuple[str, ...] = ()


@extend_schema(tags=["tasks"])
@extend_schema_view(
    list=extend_schema(summary=_("What units said of their assignments, newest first")),
    retrieve=extend_schema(summary=_("One entry")),
)
class ProgressView(Reading):
    """Entries of assignments in sight; drafts of the own unit only. Two queries a page."""

    serializer_class = ProgressEntrySerializer
    filterset_class = ProgressFilters
    queryset = ProgressEntry.objects.none()

    def get_queryset(self) -> QuerySet[ProgressEntry]:
        rows = readable(ProgressEntry.objects.all(), self.request.user, self.request.posting)
        return rows.select_related("assignment__unit", "period", "written_by").order_by("-written_at", "-pk")
