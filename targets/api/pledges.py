"""Targets that units registered, and what became of them."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from eduportal.base.api.filters import Filters, KeyFilter
from eduportal.base.api.views import Reading
from schools.api import PeriodSerializer, UnitRefSerializer
from targets.api.targets import GOAL_FIELDS, GoalSerializer
from targets.models import Pledge, PledgeState


class PledgeSerializer(GoalSerializer):
    """What a unit registered for itself: approved, it is the target of `target_id`."""

    unit = UnitRefSerializer(read_only=True)
    indicator = serializers.SlugRelatedField(slug_field="code", read_only=True)
    period = PeriodSerializer(read_only=True)
    office = UnitRefSerializer(read_only=True, help_text=_("Decides"))
    target_id = serializers.IntegerField(read_only=True, allow_null=True)

    class Meta:
        model = Pledge
        fields = (
            "id", "unit", "indicator", "period", *GOAL_FIELDS, "office", "note", "state", "answer", "sent_at",
            "decided_at", "target_id", "version",
        )  # fmt: skip


class PledgeFilters(Filters):
    unit = KeyFilter(label=_("Key of the unit"))
    office = KeyFilter(label=_("Key of the office that decides"))
    period = KeyFilter(label=_("Key of the period"))
    indicator = django_filters.CharFilter(field_name="indicator__code", label=_("Code of the indicator"))
    state = django_filters.ChoiceFilter(choices=PledgeState.choices)

    class Meta:
        model = Pledge
        fields: tuple[str, ...] = ()


@extend_schema(tags=["targets"])
@extend_schema_view(
    list=extend_schema(summary=_("Targets that units registered")),
    retrieve=extend_schema(summary=_("One registered target")),
)
class PledgeView(Reading):
    """Of units in sight, in the order in which they were sent. Three queries a page."""

    serializer_class = PledgeSerializer
    filterset_class = PledgeFilters
    queryset = Pledge.objects.none()

    def get_queryset(self) -> QuerySet[Pledge]:
        return Pledge.objects.visible_to(self.request.user).shown().order_by("sent_at", "pk")
