"""Units and periods."""

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from eduportal.base.api.filters import ChosenFilter, Filters, Ordering, WholeFilter
from eduportal.base.api.pages import form_problems
from eduportal.base.api.views import Reading
from eduportal.base.forms import EARLIEST_DAY, LATEST_DAY
from eduportal.base.text import search_key
from schools.models import (
    Affiliation,
    Level,
    LinkKind,
    OfficeLink,
    Period,
    PeriodKind,
    SchoolLevel,
    Unit,
    UnitAncestry,
    UnitKind,
)
from schools.queries import units_in_scope

ON = OpenApiParameter(
    "on", OpenApiTypes.DATE, description=_("As it stood on this day (2026-11-22); today when left out.")
)


class UnitRefSerializer(serializers.ModelSerializer):
    """A unit where something speaks of it."""

    class Meta:
        model = Unit
        fields = ("id", "kind", "code", "name", "short_name")


class PeriodSerializer(serializers.ModelSerializer):
    """A span of days that figures speak of, both days included."""

    name = serializers.CharField(source="__str__", read_only=True, help_text=_("In the language asked for"))

    class Meta:
        model = Period
        fields = ("id", "kind", "year", "ordinal", "name", "data_from", "data_to")


class ParentSerializer(serializers.Serializer):
    """A unit above this one, in one of the two lines, for a time."""

    unit = UnitRefSerializer()
    line = serializers.ChoiceField(choices=LinkKind.choices, source="kind")
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True, help_text=_("Not included"))


class UnitSerializer(serializers.ModelSerializer):
    """An office or a school, with its levels and what it stands beneath on the day asked for."""

    is_public = serializers.SerializerMethodField(help_text=_("Of schools; null for offices"))
    levels = serializers.SerializerMethodField(help_text=_("Of schools: levels taught on that day"))
    parents = serializers.SerializerMethodField()

    class Meta:
        model = Unit
        fields = (
            "id", "kind", "code", "name", "short_name", "phone", "valid_from", "valid_to", "is_public",
            "levels", "parents", "version",
        )  # fmt: skip

    def get_is_public(self, unit: Unit) -> bool | None:
        return unit.school.is_public if unit.is_school else None

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(choices=Level.choices)))
    def get_levels(self, unit: Unit) -> list[str]:
        taught = {row.level for row in unit.school.levels.all()} if unit.is_school else set()
        return [level for level in Level.values if level in taught]

    @extend_schema_field(ParentSerializer(many=True))
    def get_parents(self, unit: Unit) -> Any:
        return ParentSerializer(links_above(unit), many=True).data


def links_above(unit: Unit) -> list[dict[str, Any]]:
    """The links that were prefetched for the day, administrative first."""
    if unit.is_school:
        rows = [(row.office, row) for row in unit.school.affiliations.all()]
    else:
        rows = [(row.parent, row) for row in unit.office.parent_links.all()]
    return [
        {"unit": above, "kind": row.kind, "valid_from": row.valid_from, "valid_to": row.valid_to}
        for above, row in sorted(rows, key=lambda pair: (pair[1].kind, pair[0].sort_key))
    ]


class UnitFilters(Filters):
    kind = django_filters.ChoiceFilter(choices=UnitKind.choices)
    code = django_filters.CharFilter(label=_("Exactly this code"))
    level = django_filters.ChoiceFilter(
        choices=Level.choices, method="teaching", label=_("Schools that teach it")
    )
    under = ChosenFilter(
        among=units_in_scope, method="beneath", label=_("Units beneath this one (key), itself included")
    )
    search = django_filters.CharFilter(
        method="named", label=_("Words of the name, with or without diacritics")
    )
    ordering = Ordering(fields=(("sort_key", "name"), ("code", "code"), ("valid_from", "valid_from")))

    class Meta:
        model = Unit
        fields: tuple[str, ...] = ()

    @property
    def day(self) -> dt.date:
        return day_asked_for(self.request)

    def teaching(self, units: QuerySet[Unit], name: str, level: str) -> QuerySet[Unit]:
        return units.filter(
            Exists(SchoolLevel.objects.on(self.day).filter(school=OuterRef("pk"), level=level))
        )

    def beneath(self, units: QuerySet[Unit], name: str, key: Any) -> QuerySet[Unit]:
        rows = UnitAncestry.objects.on(self.day).filter(descendant=OuterRef("pk"))
        return units.filter(Exists(rows.filter(ancestor=self.chosen[name])))

    def named(self, units: QuerySet[Unit], name: str, words: str) -> QuerySet[Unit]:
        for word in search_key(words).split():
            units = units.filter(search_key__contains=word)
        return units


class DayForm(forms.Form):
    on = forms.DateField(required=False, input_formats=["%Y-%m-%d"])

    def clean_on(self) -> dt.date | None:
        day = self.cleaned_data["on"]
        if day and not EARLIEST_DAY <= day <= LATEST_DAY:
            raise forms.ValidationError(_("This day cannot be right. Check the year."), code="absurd")
        return day


def day_asked_for(request: Any) -> dt.date:
    """The day of `on`, or today."""
    form = DayForm(request.query_params)
    if not form.is_valid():
        raise ValidationError(form_problems(form))
    return form.cleaned_data["on"] or timezone.localdate()


@extend_schema(tags=["units"])
@extend_schema_view(
    list=extend_schema(summary=_("Offices and schools in sight"), parameters=[ON]),
    retrieve=extend_schema(summary=_("One office or school"), parameters=[ON]),
)
class UnitView(Reading):
    """Units in sight. Four queries a page. A list shows those in existence on the day, one alone also before
    and after."""

    serializer_class = UnitSerializer
    filterset_class = UnitFilters
    parameters = ("on",)
    queryset = Unit.objects.none()

    def get_queryset(self) -> QuerySet[Unit]:
        day = day_asked_for(self.request)
        units = units_in_scope(self.request.user)
        if self.action == "list":
            units = Unit.objects.on(day).filter(pk__in=units.values("pk"))
        return (
            units.select_related("school", "office")
            .prefetch_related(
                Prefetch("school__levels", SchoolLevel.objects.on(day)),
                Prefetch("school__affiliations", Affiliation.objects.on(day).select_related("office")),
                Prefetch("office__parent_links", OfficeLink.objects.on(day).select_related("parent")),
            )
            .order_by("sort_key", "pk")
        )


class PeriodFilters(Filters):
    kind = django_filters.ChoiceFilter(choices=PeriodKind.choices)
    year = WholeFilter(min_value=2000, max_value=2100)
    ordering = Ordering(fields=("data_from", "data_to"))

    class Meta:
        model = Period
        fields: tuple[str, ...] = ()


@extend_schema(tags=["periods"])
@extend_schema_view(
    list=extend_schema(summary=_("Periods of figures, newest first")),
    retrieve=extend_schema(summary=_("One period")),
)
class PeriodView(Reading):
    """The installation's months, terms and years: the same for everybody."""

    serializer_class = PeriodSerializer
    filterset_class = PeriodFilters
    queryset = Period.objects.order_by("-data_from", "pk")
