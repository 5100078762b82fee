"""Filters of lists. What one may not see filters like what does not exist."""

from collections.abc import Callable
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from eduportal.base.ordering import ordered

LARGEST_KEY = 10**18 - 1
"""As many digits as the addresses take."""


class KeyField(forms.IntegerField):
    """The primary key of a row."""

    def __init__(self, **kwargs: Any):
        super().__init__(min_value=1, max_value=LARGEST_KEY, **kwargs)


class KeyFilter(django_filters.NumberFilter):
    """Rows that belong to the row of this key; of an unseen or unknown one, none do."""

    field_class = KeyField


class WholeFilter(django_filters.NumberFilter):
    """A whole number."""

    field_class = forms.IntegerField


class ChosenFilter(KeyFilter):
    """Of rows the person may see, the one with this key: `method` finds it in the filter set's `chosen`.

    A foreign key and one of nothing are refused in the same words.
    """

    def __init__(self, *, among: Callable[[Any], QuerySet], **kwargs: Any):
        super().__init__(**kwargs)
        self.among = among


class Ordering(django_filters.OrderingFilter):
    """By one of the named orders, what is empty last, then by key, so that pages never overlap."""

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        if not value:
            return qs
        return qs.order_by(*[ordered(qs.model, self.get_ordering_value(one)) for one in value], "pk")


class Filters(django_filters.FilterSet):
    """A list's filters; those that choose a row look it up among what the person may see."""

    chosen: dict[str, Any]

    def get_form_class(self) -> Any:
        lookups = {name: one for name, one in self.filters.items() if isinstance(one, ChosenFilter)}
        user = getattr(self.request, "user", None)
        chosen: dict[str, Any] = {}
        self.chosen = chosen

        class Form(super().get_form_class()):  # type: ignore[misc]
            def clean(self) -> dict[str, Any]:
                data = super().clean() or {}
                for name, one in lookups.items():
                    key = data.get(name)
                    row = one.among(user).filter(pk=key).first() if key else None
                    if key and row is None:
                        message = _("There is nothing of this key that you may see.")
                        self.add_error(name, ValidationError(message, code="does_not_exist"))
                    chosen[name] = row
                return data

        return Form
