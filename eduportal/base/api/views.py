"""Views of the API: get, authorise, call one action or query, answer in JSON."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from eduportal.base.api.pages import form_problems

READ = "read"
OF_PAGES = {"limit", "offset"}


class Private:
    """Mixed into a view: nobody on the way keeps what one person may see, or hands it to another."""

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class Reading(Private, GenericViewSet):
    """Lists rows and shows one. Subclasses give the rows that the person may see.

    `fill` completes the rows of a page with what takes queries of its own: a fixed number, however many rows.
    """

    detail_serializer_class: Any = None
    lookup_value_regex = r"[0-9]{1,18}"
    parameters: Sequence[str] = ()
    """Query parameters besides filters and pages."""
    scopes: dict[str, str] = {}
    """The scope that an action needs of a token, where it is not reading."""

    @property
    def scope_needed(self) -> str:
        return self.scopes.get(self.action or "", READ)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.refuse_unknown_parameters(request)

    def refuse_unknown_parameters(self, request: Request) -> None:
        """A filter with a slip of the pen would answer with everything."""
        known = {*self.parameters}
        if not self.detail:
            filters = getattr(self, "filterset_class", None)
            known |= set(filters.base_filters if filters else ())
            known |= OF_PAGES if self.paginator else set()
        unknown = sorted(set(request.query_params) - known)
        if unknown:
            message = _("This address knows no such parameter.")
            raise ValidationError({name: [message] for name in unknown}, code="unknown_parameter")

    def get_serializer_class(self) -> Any:
        is_one = self.action != "list" and self.detail_serializer_class
        return self.detail_serializer_class if is_one else self.serializer_class

    def get_object(self) -> Any:
        """A row that this person may see; to all others there is none."""
        key = self.lookup_url_kwarg or self.lookup_field
        return get_object_or_404(self.get_queryset(), **{self.lookup_field: self.kwargs[key]})

    def asked(self) -> dict[str, Any]:
        """What the parameters name, checked: for answers that are no list to be filtered."""
        filters = self.filterset_class(self.request.query_params, self.queryset, request=self.request)
        if not filters.is_valid():
            raise ValidationError(form_problems(filters.form))
        return filters.form.cleaned_data | filters.chosen

    def fill(self, rows: Sequence[Any]) -> None:
        """Nothing, unless a subclass has something to add."""

    def list(self, request: Request) -> Response:
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        self.fill(rows)
        return self.get_paginated_response(self.get_serializer(rows, many=True).data)

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        return self.answer(self.get_object())

    def answer(self, row: Any, status: int = 200) -> Response:
        return Response(self.represent(row), status=status, headers=etag(row))

    def represent(self, row: Any) -> Any:
        """The row as it is shown alone."""
        self.fill([row])
        shown = self.detail_serializer_class or self.serializer_class
        return shown(row, context=self.get_serializer_context()).data

    def stored_now(self) -> Any:
        """The row of this request as it is stored, for whoever saved second."""
        return self.represent(self.get_object())


def etag(row: Model) -> dict[str, str]:
    """The version of an editable row, to be sent back as If-Match instead of `version`."""
    version = getattr(row, "version", None)
    return {} if version is None else {"ETag": f'"{version}"'}
