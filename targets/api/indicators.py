"""Indicators: what targets are set on, and what each is made of."""

import django_filters
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from eduportal.base.api.filters import Filters
from eduportal.base.api.views import Reading
from schools.models import Level
from targets.models import Indicator, IndicatorTerm, Making


class TermSerializer(serializers.ModelSerializer):
    """A measure that goes into an indicator, above or below the line."""

    measure = serializers.CharField(source="measure.code", read_only=True)
    beside = serializers.CharField(
        source="beside.code",
        read_only=True,
        allow_null=True,
        default=None,
        help_text=_("Counts only where the unit reported this measure too"),
    )

    class Meta:
        model = IndicatorTerm
        fields = ("side", "measure", "beside")


class IndicatorSerializer(serializers.ModelSerializer):
    """What a target is set on, with its rule and legal source."""

    name = serializers.CharField(read_only=True, help_text=_("In the language asked for"))
    definition = serializers.CharField(read_only=True, help_text=_("In the language asked for"))
    synonyms = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text=_("As documents word it, in Vietnamese.")
    )
    terms = TermSerializer(many=True, read_only=True)
    formula = serializers.SerializerMethodField(
        help_text=_("As it is typed; null where the register is counted")
    )

    def get_formula(self, indicator: Indicator) -> str | None:
        return str(indicator.formula) if indicator.formula else None

    class Meta:
        model = Indicator
        fields = (
            "code", "name", "name_vi", "name_en", "unit", "direction", "making", "level", "standard_level",
            "public_only", "definition", "definition_vi", "definition_en", "source", "synonyms", "terms",
            "formula",
            "position", "valid_from", "valid_to",
        )  # fmt: skip


class IndicatorFilters(Filters):
    level = django_filters.ChoiceFilter(choices=Level.choices)
    making = django_filters.ChoiceFilter(choices=Making.choices)

    class Meta:
        model = Indicator
        fields: tuple[str, ...] = ()


@extend_schema(tags=["targets"])
@extend_schema_view(
    list=extend_schema(summary=_("Indicators: what targets are set on")),
    retrieve=extend_schema(summary=_("One indicator, by its code")),
)
class IndicatorView(Reading):
    """The installation's indicators: the same for everybody. Three queries a page."""

    serializer_class = IndicatorSerializer
    filterset_class = IndicatorFilters
    lookup_field = "code"
    lookup_value_regex = r"[a-z0-9_.]{1,60}"
    queryset = Indicator.objects.prefetch_related("terms__measure", "terms__beside").order_by(
        "position", "pk"
    )
