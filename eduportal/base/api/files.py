"""Files as answers of the API. Whoever answers with one has authorised it before."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request

FILE = {(200, "application/octet-stream"): OpenApiTypes.BINARY}
PDF = {
    (200, "application/pdf"): OpenApiTypes.BINARY,
    (422, "application/json"): {"$ref": "#/components/schemas/Problem"},
}


class AsItIs(BaseContentNegotiation):
    """A file is what it is, whatever the caller takes; a refusal is JSON as everywhere."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type
