"""Measures and observations. Figures are written through the month's report."""

from typing import Any

import django_filters
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from eduportal.base.api.fields import decimal_text
from eduportal.base.api.filters import ChosenFilter, Filters, KeyFilter, Ordering
from eduportal.base.api.views import Reading
from schools.api import PeriodSerializer, UnitRefSerializer
from schools.models import Level
from schools.queries import units_in_scope
from targets.arithmetic import number_of
from targets.models import Measure, Observation, ObservationStatus
from targets.models.measure import ObservationQuerySet


class MeasureSerializer(serializers.ModelSerializer):
    """What is counted."""

    name = serializers.CharField(read_only=True, help_text=_("In the language asked for"))
    at_most = serializers.CharField(
        source="at_most.code",
        read_only=True,
        allow_null=True,
        default=None,
        help_text=_("Code of the measure that it cannot be above"),
    )

    class Meta:
        model = Measure
        fields = (
            "code", "stem", "level", "name", "name_vi", "name_en", "is_stock", "at_most", "highest",
            "position", "valid_from", "valid_to",
        )  # fmt: skip


class MeasureFilters(Filters):
    level = django_filters.ChoiceFilter(choices=Level.choices)
    stem = django_filters.CharFilter()

    class Meta:
        model = Measure
        fields: tuple[str, ...] = ()


@extend_schema(tags=["figures"])
@extend_schema_view(
    list=extend_schema(summary=_("Measures: what is counted")),
    retrieve=extend_schema(summary=_("One measure, by its code")),
)
class MeasureView(Reading):
    """The installation's measures: the same for everybody."""

    serializer_class = MeasureSerializer
    filterset_class = MeasureFilters
    lookup_field = "code"
    lookup_value_regex = r"[a-z0-9_.]{1,60}"
    queryset = Measure.objects.select_related("at_most").order_by("position", "pk")


class ObservationSerializer(serializers.ModelSerializer):
    """What a unit reported of a measure in a period. No row: missing. Zero and not applicable are said."""

    unit = UnitRefSerializer(read_only=True)
    measure = serializers.SlugRelatedField(slug_field="code", read_only=True)
    period = PeriodSerializer(read_only=True)
    value = serializers.SerializerMethodField(help_text=_("A decimal string; null: not applicable"))

    class Meta:
        model = Observation
        fields = (
            "id", "unit", "measure", "breakdown", "period", "value", "not_applicable", "remark", "status",
            "version",
        )  # fmt: skip

    def get_value(self, row: Observation) -> str | None:
        return decimal_text(number_of(row.figure))


class ObservationFilters(Filters):
    unit = KeyFilter(label=_("Key of the unit"))
    under = ChosenFilter(
        among=units_in_scope, method="beneath", label=_("Of units beneath this one (key), itself included")
    )
    period = KeyFilter(label=_("Key of the period"))
    measure = django_filters.CharFilter(field_name="measure__code", label=_("Code of the measure"))
    level = django_filters.ChoiceFilter(field_name="measure__level", choices=Level.choices)
    status = django_filters.ChoiceFilter(choices=ObservationStatus.choices)
    ordering = Ordering(
        fields=(
            ("period__data_from", "period"), ("unit__sort_key", "unit"), ("measure__position", "measure"),
            ("value", "value"),
        )
    )  # fmt: skip

    class Meta:
        model = Observation
        fields: tuple[str, ...] = ()

    def beneath(self, rows: ObservationQuerySet, name: str, key: Any) -> ObservationQuerySet:
        return rows.beneath(self.chosen[name], timezone.localdate())


@extend_schema(tags=["figures"])
@extend_schema_view(
    list=extend_schema(summary=_("Figures as units reported them")),
    retrieve=extend_schema(summary=_("One figure")),
)
class ObservationView(Reading):
    """Figures of units in sight; what is not sent yet is shown to the unit alone. Two queries a page."""

    serializer_class = ObservationSerializer
    filterset_class = ObservationFilters
    queryset = Observation.objects.none()

    def get_queryset(self) -> QuerySet[Observation]:
        posting = self.request.posting
        rows = Observation.objects.visible_to(self.request.user).sent_or_own(
            posting.acting_unit.pk if posting else None
        )
        return rows.select_related("unit", "measure", "period").order_by(
            F("period__data_from").desc(), "unit__sort_key", "measure__position", "pk"
        )
