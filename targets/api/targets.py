"""Targets: what is to be reached, the board that says how far it is, and what one is made of."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.core.exceptions import ValidationError as FormProblem
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from directives.models import Directive
from eduportal.base.api.fields import DecimalText, decimal_text
from eduportal.base.api.filters import ChosenFilter, Filters, KeyField, KeyFilter, Ordering
from eduportal.base.api.views import OF_PAGES, Reading
from schools.api import PeriodSerializer, UnitRefSerializer
from schools.models import Level, Period
from schools.queries import units_in_scope
from targets.models import Target, TargetRevision
from targets.models.target import TargetQuerySet
from targets.queries.board import Board, BoardRow, board, periods_with_targets, rows_of, usual_period
from targets.queries.breakdown import Breakdown, parts_of
from targets.queries.values import span_of
from targets.standing import TargetStanding, Why
from targets.values import Lack
from targets.wording import reason, wanted_words

STANDINGS = [(one.value, one.value) for one in TargetStanding]
GOAL_FIELDS = (
    "comparator", "value", "value_max", "baseline_value", "baseline_period", "in_percent", "wanted",
)  # fmt: skip

# --- what is to be reached ----------------------------------------------------------------------------------


class GoalSerializer(serializers.ModelSerializer):
    """What is, or was, to be reached: in parts, and in words."""

    value = DecimalText()
    value_max = DecimalText(help_text=_("Of a range"))
    baseline_value = DecimalText(help_text=_("Where “up by” and “down by” start"))
    baseline_period = PeriodSerializer(read_only=True, allow_null=True)
    wanted = serializers.SerializerMethodField(help_text=_("In the language asked for"))

    def get_wanted(self, goal: Any) -> str:
        return wanted_words(
            goal, goal.target.indicator if isinstance(goal, TargetRevision) else goal.indicator
        )


class TargetSerializer(GoalSerializer):
    """What an indicator of a unit is to reach in a year or term."""

    unit = UnitRefSerializer(read_only=True)
    indicator = serializers.SlugRelatedField(slug_field="code", read_only=True)
    indicator_name = serializers.CharField(source="indicator.name", read_only=True)
    level = serializers.ChoiceField(
        source="indicator.level", choices=[("", ""), *Level.choices], read_only=True
    )
    period = PeriodSerializer(read_only=True)
    group = serializers.SlugRelatedField(
        slug_field="code",
        read_only=True,
        allow_null=True,
        help_text=_("The group of schools it speaks of alone; null: all"),
    )
    within_id = serializers.IntegerField(
        read_only=True,
        allow_null=True,
        help_text=_("Key of the target of the same unit that it says a part of"),
    )
    office = UnitRefSerializer(read_only=True, help_text=_("Set it"))
    directive_id = serializers.SerializerMethodField(help_text=_("Key of its document, if you may see that"))

    class Meta:
        model = Target
        fields = (
            "id", "unit", "indicator", "indicator_name", "level", "period", "group", "within_id",
            *GOAL_FIELDS, "office", "directive_id", "quote", "note", "set_at", "version",
        )  # fmt: skip

    def get_directive_id(self, target: Any) -> int | None:
        return target.directive_id if target.is_document_seen else None


class RevisionSerializer(GoalSerializer):
    """What a target was before it was changed, and why it was."""

    revised_by = serializers.CharField(
        source="revised_by.full_name", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = TargetRevision
        fields = (*GOAL_FIELDS, "reason", "revised_at", "revised_by")


# --- how far it is ------------------------------------------------------------------------------------------


class ValueSerializer(serializers.Serializer):
    """What an indicator comes to: a percentage or a count, and what it is made of."""

    value = DecimalText(help_text=_("A decimal string; null: lack says why"))
    numerator = DecimalText()
    denominator = DecimalText()
    counted = serializers.IntegerField(help_text=_("Units that are in it"))
    expected = serializers.IntegerField(help_text=_("Units that should be in it"))
    provisional = serializers.BooleanField(help_text=_("Some of it is not accepted yet"))
    as_of = serializers.DateField(allow_null=True, help_text=_("Last day of the newest month in it"))
    lack = serializers.ChoiceField(choices=[(one.value, one.value) for one in Lack])


class PointSerializer(serializers.Serializer):
    """A value at the end of a month."""

    on = serializers.DateField()
    value = DecimalText()


class ReachedSerializer(serializers.Serializer):
    """A target as it stands today: its value, the gap to what is wanted, its way and its standing."""

    value = ValueSerializer()
    before = ValueSerializer(help_text=_("In the same period a year earlier"))
    gap = serializers.SerializerMethodField(
        help_text=_("The value less what is wanted: below zero it falls short of the line")
    )
    trend = PointSerializer(many=True)
    standing = serializers.ChoiceField(choices=STANDINGS)
    why = serializers.ChoiceField(source="judged.why", choices=[(one.value, one.value) for one in Why])
    reason = serializers.SerializerMethodField(help_text=_("In the language asked for"))
    due = DecimalText(source="judged.due", help_text=_("Where the value should be by now"))

    @extend_schema_field(DecimalText)
    def get_gap(self, row: BoardRow) -> str | None:
        return None if row.value.value is None else decimal_text(row.wanted.gap(row.value.value))

    def get_reason(self, row: BoardRow) -> str:
        return reason(row)


class BoardRowSerializer(ReachedSerializer):
    """A row of a board."""

    target = TargetSerializer()


class BoardSerializer(serializers.Serializer):
    """The targets of a unit for a period. Without a period there are none."""

    unit = UnitRefSerializer()
    period = PeriodSerializer(allow_null=True)
    counts = serializers.SerializerMethodField(help_text=_("Of the whole board, whatever is filtered"))
    rows = BoardRowSerializer(many=True)

    @extend_schema_field(
        {
            "type": "object",
            "properties": {one.value: {"type": "integer", "minimum": 0} for one in TargetStanding},
            "additionalProperties": False,
        }
    )
    def get_counts(self, shown: dict[str, Any]) -> dict[str, int]:
        return {standing.value: count for standing, count in shown["board"].counts.items()}


class TargetDetailSerializer(TargetSerializer):
    """A target with how far it is, and what it was."""

    reached = ReachedSerializer(read_only=True)
    revisions = RevisionSerializer(source="former", many=True, read_only=True)

    class Meta:
        model = Target
        fields = (*TargetSerializer.Meta.fields, "reached", "revisions")


class PartSerializer(serializers.Serializer):
    """A commune or school behind a value. left_out: known, and not in the whole."""

    unit = UnitRefSerializer()
    commune_id = serializers.IntegerField(
        allow_null=True, help_text=_("Of schools: the commune that holds it")
    )
    value = ValueSerializer()
    left_out = serializers.BooleanField()


# --- addresses ----------------------------------------------------------------------------------------------


class TargetFilters(Filters):
    unit = KeyFilter(label=_("Key of the unit"))
    under = ChosenFilter(
        among=units_in_scope, method="beneath", label=_("Of units beneath this one (key), itself included")
    )
    period = KeyFilter(label=_("Key of the period"))
    indicator = django_filters.CharFilter(field_name="indicator__code", label=_("Code of the indicator"))
    level = django_filters.ChoiceFilter(field_name="indicator__level", choices=Level.choices)
    group = django_filters.CharFilter(field_name="group__code", label=_("Code of the group of schools"))
    directive = ChosenFilter(among=Directive.objects.visible_to, label=_("Set by the document of this key"))
    ordering = Ordering(
        fields=(
            ("period__data_from", "period"), ("unit__sort_key", "unit"), ("indicator__position", "indicator"),
        )
    )  # fmt: skip

    class Meta:
        model = Target
        fields: tuple[str, ...] = ()

    def beneath(self, rows: TargetQuerySet, name: str, key: Any) -> TargetQuerySet:
        return rows.beneath(self.chosen[name], timezone.localdate())


def periods_of_targets_seen(user: Any) -> QuerySet[Period]:
    return periods_with_targets(Target.objects.visible_to(user))


class BoardFilters(Filters):
    """Which board, and which of its rows."""

    unit = ChosenFilter(among=units_in_scope, label=_("Key of the unit; your own when left out"))
    period = ChosenFilter(
        among=periods_of_targets_seen, label=_("Key of the period; the one that runs when left out")
    )
    standing = django_filters.ChoiceFilter(choices=STANDINGS)
    level = django_filters.ChoiceFilter(choices=Level.choices)


@extend_schema(tags=["targets"])
@extend_schema_view(
    list=extend_schema(summary=_("Targets: what is to be reached")),
    retrieve=extend_schema(summary=_("One target with its value, gap, trend, standing and former values")),
)
class TargetView(Reading):
    """Targets in sight. Three queries a page; for one, and for a board, some twenty."""

    serializer_class = TargetSerializer
    detail_serializer_class = TargetDetailSerializer
    filterset_class = TargetFilters
    queryset = Target.objects.none()

    def get_queryset(self) -> QuerySet[Target]:
        rows = Target.objects.visible_to(self.request.user).shown()
        return rows.order_by("-period__data_from", "unit__sort_key", "indicator__position", "pk")

    def fill(self, rows: Sequence[Any]) -> None:
        mark_documents_seen(self.request.user, rows)
        if self.action == "list":
            return
        for target in rows:
            target.reached = rows_of(target.unit, target.period, [target], timezone.localdate())[0]
            target.former = target.revisions.select_related(
                "target__indicator", "baseline_period", "revised_by"
            )

    @extend_schema(
        summary=_("The board of a unit and a period: value, gap, trend and standing of each target"),
        filters=True,
        responses=BoardSerializer,
    )
    @action(detail=False, filterset_class=BoardFilters, pagination_class=None)
    def board(self, request: Request) -> Response:
        asked, today = self.asked(), timezone.localdate()
        posting = request.posting
        unit = asked["unit"] or (posting.acting_unit if posting else None)
        period: Period | None = asked["period"] or usual_period(
            list(periods_of_targets_seen(request.user)), today
        )
        if unit is None:
            raise Http404
        shown = board(unit=unit, period=period, today=today, user=request.user) if period else Board([])
        mark_documents_seen(request.user, [row.target for row in shown.rows])
        rows = rows_asked_for(shown, standing=asked["standing"], level=asked["level"])
        answer = {"unit": unit, "period": period, "board": shown, "rows": rows}
        return Response(BoardSerializer(answer).data)

    @extend_schema(
        summary=_("What a target's value is made of: communes, then schools"),
        parameters=[
            OpenApiParameter("commune", OpenApiTypes.INT, description=_("Schools of the commune of this key"))
        ],
        responses=PartSerializer(many=True),
    )
    @action(detail=True, filterset_class=None, parameters=(*OF_PAGES, "commune"))
    def parts(self, request: Request, pk: str) -> Response:
        commune = commune_asked_for(request)
        target = self.get_object()
        parts = parts_of(target, span_of(target.period), timezone.localdate())
        rows = self.paginate_queryset(shown_parts(parts, commune))
        return self.get_paginated_response(PartSerializer(rows, many=True).data)


def mark_documents_seen(user: Any, targets: Sequence[Any]) -> None:
    """Which of these targets' documents the person may read. One query."""
    named = {target.directive_id for target in targets if target.directive_id}
    seen = set(Directive.objects.visible_to(user).filter(pk__in=named).values_list("pk", flat=True))
    for target in targets:
        target.is_document_seen = target.directive_id in seen


def rows_asked_for(shown: Board, *, standing: str, level: str) -> list[BoardRow]:
    """The rows that the filters leave; empty filters leave all."""
    return [
        row
        for row in shown.rows
        if standing in ("", row.standing) and level in ("", row.target.indicator.level)
    ]


def commune_asked_for(request: Request) -> int | None:
    """The key in `commune`, or none. Raises ValidationError for what is no key."""
    try:
        return KeyField(required=False).clean(request.query_params.get("commune"))
    except FormProblem as problem:
        raise ValidationError({"commune": problem.messages}) from problem


def shown_parts(parts: Breakdown, commune: int | None) -> list[dict[str, Any]]:
    """Communes first, then schools; of one commune its schools alone."""
    listed = [*parts.communes, *parts.schools] if commune is None else parts.schools_of(commune)
    return [
        {
            "unit": part.unit,
            "commune_id": parts.commune_of.get(part.unit.pk),
            "value": part.value,
            "left_out": part.left_out,
        }
        for part in listed
    ]
