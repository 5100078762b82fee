"""How lists of documents are narrowed."""

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from directives.models import Direction, Directive, DirectiveKind, DirectiveState, Ended
from directives.queries.documents import holding_words, with_overdue_work, years_of
from schools.models import Office
from schools.queries import units_in_scope


class ShortOffices(django_filters.ModelChoiceFilter):
    """An office in scope, by its short name."""

    class field_class(forms.ModelChoiceField):  # noqa: N801 — django-filter looks for this name
        def __init__(self, *args: Any, null_label: Any = None, null_value: Any = None, **kwargs: Any):
            super().__init__(*args, **kwargs)

        def label_from_instance(self, office: Any) -> str:
            return office.short_name


class DirectiveFilter(django_filters.FilterSet):
    """Documents by words, direction, kind, state, year and office; those thrown away only when asked for."""

    q = django_filters.CharFilter(label=_("Words or number"), method="of_words")
    direction = django_filters.ChoiceFilter(label=_("Direction"), choices=Direction, empty_label=_("all"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=DirectiveKind, empty_label=_("all"))
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[*DirectiveState.choices, *Ended.choices],
        method="in_state",
        empty_label=_("all"),
    )
    year = django_filters.ChoiceFilter(label=_("Year"), method="of_year", empty_label=_("all"))
    office = ShortOffices(label=_("Office"), queryset=Office.objects.none(), empty_label=_("all"))
    overdue = django_filters.BooleanFilter(
        label=_("with overdue tasks"), method="with_overdue", widget=forms.CheckboxInput
    )

    class Meta:
        model = Directive
        fields: list[str] = []

    def __init__(self, *args: Any, user: Any, today: dt.date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user, self.today = user, today
        scope = units_in_scope(user).values("pk")
        issuing = Directive.objects.visible_to(user).values("office")
        offices = Office.objects.filter(Q(pk__in=scope) | Q(pk__in=issuing)).filter(pk__in=issuing)
        self.filters["office"].queryset = offices
        self.filters["year"].extra["choices"] = [(str(year), str(year)) for year in years_of(user)]

    def of_words(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return holding_words(rows, value)

    def in_state(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        if value in Ended.values:
            return rows.filter(ended=value)
        return rows.filter(state=value, ended="")

    def of_year(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(Q(issued_on__year=value) | Q(issued_on__isnull=True, created_at__year=value))

    def with_overdue(self, rows: QuerySet, name: str, value: bool) -> QuerySet:
        return with_overdue_work(rows, self.user, self.today) if value else rows

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Drafts that were thrown away are out of sight until their state is asked for."""
        found = super().filter_queryset(queryset)
        asked_for = self.form.cleaned_data.get("state") == DirectiveState.DISCARDED
        return found if asked_for else found.kept()
