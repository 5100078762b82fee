"""Lists come in pages of bounded size; what is asked beyond the bounds is told, not quietly cut."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request

MOST = 200
FURTHEST = 1_000_000


class PageForm(forms.Form):
    limit = forms.IntegerField(min_value=1, max_value=MOST, required=False)
    offset = forms.IntegerField(min_value=0, max_value=FURTHEST, required=False)


class Pages(LimitOffsetPagination):
    """`limit` rows from `offset` on, with the count of all and the addresses of the next and former page."""

    default_limit = 50
    max_limit = MOST

    def paginate_queryset(self, queryset: QuerySet, request: Request, view: Any = None) -> list[Any]:
        form = PageForm(request.query_params)
        if not form.is_valid():
            raise ValidationError(form_problems(form))
        self.request = request
        self.limit = form.cleaned_data["limit"] or self.default_limit
        self.offset = form.cleaned_data["offset"] or 0
        self.count = self.get_count(queryset)
        return list(queryset[self.offset : self.offset + self.limit])

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            whole("limit", _("How many rows; 50 when left out."), minimum=1, maximum=MOST),
            whole("offset", _("From which row on; 0 is the first."), minimum=0, maximum=FURTHEST),
        ]


def whole(name: str, description: Any, **bounds: int) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": str(description),
        "schema": {"type": "integer", **bounds},
    }


def form_problems(form: forms.BaseForm) -> dict[str, list[ValidationError]]:
    """The errors of a Django form, as DRF carries them."""
    return {
        "non_field_errors" if name == "__all__" else name: [
            problem for one in errors.get_json_data() for problem in as_details(one)
        ]
        for name, errors in form.errors.items()
    }


def as_details(one: dict[str, str]) -> list[Any]:
    return ValidationError(one["message"], code=one["code"] or "invalid").detail
