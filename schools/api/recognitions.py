"""The register of schools recognised as meeting the national standard."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from eduportal.base.api.filters import ChosenFilter, Filters, KeyFilter, Ordering
from eduportal.base.api.views import Reading
from schools.api.units import UnitRefSerializer
from schools.models import Level, School, StandardLevel, StandardRecognition, UnitAncestry
from schools.models.recognition import RecognitionQuerySet
from schools.queries import units_in_scope
from schools.queries.recognitions import (
    Standing,
    recognitions_holding,
    recognitions_standing,
    recognitions_visible_to,
)


class RecognitionSerializer(serializers.ModelSerializer):
    """A decision that recognises a school, and where it stands today."""

    school = UnitRefSerializer(read_only=True)
    decided_on = serializers.DateField(source="valid_from", read_only=True)
    last_day = serializers.DateField(read_only=True, help_text=_("On which it still counts"))
    standing = serializers.ChoiceField(choices=Standing.choices, read_only=True, help_text=_("As of today"))
    renews_id = serializers.IntegerField(read_only=True, allow_null=True)
    renewed_by_id = serializers.IntegerField(
        source="renewed_by.pk", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = StandardRecognition
        fields = (
            "id", "school", "level", "decision_number", "decided_on", "last_day", "standing", "renews_id",
            "renewed_by_id", "revoked_on", "revoke_reason", "version",
        )  # fmt: skip


class RecognitionFilters(Filters):
    """Those of the register, and a school or what stands beneath an office."""

    standing = django_filters.ChoiceFilter(choices=Standing.choices)
    level = django_filters.ChoiceFilter(
        choices=StandardLevel.choices, method="of_level", label=_("At least of this level")
    )
    teaching = django_filters.ChoiceFilter(
        choices=Level.choices, method="of_teaching", label=_("Of schools that teach it")
    )
    school = KeyFilter(label=_("Key of the school"))
    under = ChosenFilter(
        among=units_in_scope, method="beneath", label=_("Of units beneath this one (key), itself included")
    )
    search = django_filters.CharFilter(
        method="worded", label=_("Words of the school's name or the number of the decision")
    )
    ordering = Ordering(
        fields=(("valid_to", "last_day"), ("valid_from", "decided_on"), ("school__sort_key", "school"))
    )

    class Meta:
        model = StandardRecognition
        fields: tuple[str, ...] = ()

    def of_level(self, rows: RecognitionQuerySet, name: str, level: str) -> RecognitionQuerySet:
        return rows.of_level(int(level))

    def of_teaching(self, rows: RecognitionQuerySet, name: str, level: str) -> RecognitionQuerySet:
        return rows.filter(school__in=School.objects.teaching(level, timezone.localdate()).values("pk"))

    def beneath(self, rows: RecognitionQuerySet, name: str, key: Any) -> RecognitionQuerySet:
        found = UnitAncestry.objects.on(timezone.localdate()).filter(ancestor=self.chosen[name])
        return rows.filter(school__in=found.values("descendant"))

    def worded(self, rows: RecognitionQuerySet, name: str, words: str) -> RecognitionQuerySet:
        return recognitions_holding(rows, words)


@extend_schema(tags=["standards"])
@extend_schema_view(
    list=extend_schema(summary=_("Recognitions of the national standard, those that lapse first on top")),
    retrieve=extend_schema(summary=_("One recognition")),
)
class RecognitionView(Reading):
    """Recognitions of schools in sight, former ones too. Two queries a page."""

    serializer_class = RecognitionSerializer
    filterset_class = RecognitionFilters
    queryset = StandardRecognition.objects.none()

    def get_queryset(self) -> QuerySet[StandardRecognition]:
        rows = recognitions_standing(recognitions_visible_to(self.request.user), timezone.localdate())
        return rows.select_related("school", "renewed_by").order_by("valid_to", "school__sort_key", "pk")
