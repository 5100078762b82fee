"""How the API says no: one shape for everything, in the person's words and with a code for the programme.

{"code": "…", "detail": "…", "errors": [{"field": "…", "code": "…", "detail": "…"}], …}
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from eduportal.base.errors import EditConflict, Refused

# Said here and not by the library, whose Vietnamese speaks of other fields of life.
WORDS = {
    "authentication_failed": _("This token is not valid. Check that it was copied whole."),
    "not_authenticated": _("Sign in, or send a token: Authorization: Bearer edu_…"),
    "permission_denied": _("You may see this, but not do this with it."),
    "not_found": _("There is nothing here, or nothing that you may see."),
    "method_not_allowed": _("This address does not take this method."),
    "not_acceptable": _("The API answers in JSON (application/json) only."),
    "unsupported_media_type": _("Send JSON, with Content-Type: application/json."),
    "parse_error": _("What was sent is no valid JSON. Nothing was done."),
    "throttled": _("Too many requests. Wait the seconds that Retry-After names, then go on."),
    "invalid": _("Something in the request is not right; each place is named. Nothing was done."),
    "edit_conflict": _(
        "Somebody saved this since the version you sent. Nothing was done: compare with what is stored now, "
        "then send again with its version."
    ),
}


class Unprocessable(exceptions.APIException):
    """Understood and well formed, but something is still missing for it to be done."""

    status_code = 422
    default_code = "unprocessable"

    def __init__(self, detail: Any, code: str, **more: Any):
        super().__init__(str(detail), code)
        self.more = more


def answer_problem(problem: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. What it does not know is a fault of ours, and goes on to be logged."""
    if isinstance(problem, EditConflict):
        current = context["view"].stored_now()
        return said(409, "edit_conflict", WORDS["edit_conflict"], current=current)
    if isinstance(problem, Refused):
        return said(409, problem.code, problem.message)
    if isinstance(problem, Unprocessable):
        return said(422, problem.get_codes(), problem.detail, **problem.more)
    if isinstance(problem, Http404):
        problem = exceptions.NotFound()
    elif isinstance(problem, DjangoPermissionDenied):
        problem = exceptions.PermissionDenied()
    response = exception_handler(problem, context)
    if response is not None and isinstance(problem, exceptions.APIException):
        response.data = worded(problem)
    return response


def said(status: int, code: Any, detail: Any, **more: Any) -> Response:
    return Response({"code": code, "detail": str(detail), **more}, status=status)


def worded(problem: exceptions.APIException) -> dict[str, Any]:
    if isinstance(problem, exceptions.ValidationError):
        return {
            "code": "invalid",
            "detail": str(WORDS["invalid"]),
            "errors": [*places(problem.get_full_details())],
        }
    code = str(problem.get_codes())
    said_by_us = code not in WORDS or problem.detail != problem.default_detail
    keeps_own = said_by_us and not isinstance(problem, BY_LIBRARY)
    return {"code": code, "detail": str(problem.detail if keeps_own else WORDS[code])}


# What the library puts together itself ("Expected available in 3 seconds.").
BY_LIBRARY = (
    exceptions.MethodNotAllowed,
    exceptions.NotAcceptable,
    exceptions.ParseError,
    exceptions.Throttled,
    exceptions.UnsupportedMediaType,
)


def places(details: Any, path: str = "") -> Iterator[dict[str, str]]:
    """The tree of a validation error as a list of paths."""
    if isinstance(details, dict) and set(details) == {"message", "code"}:
        yield {"field": path, "code": str(details["code"]), "detail": str(details["message"])}
    elif isinstance(details, dict):
        for name, inner in details.items():
            step = "" if name == "non_field_errors" else str(name)
            yield from places(inner, ".".join(part for part in (path, step) if part))
    else:
        for number, inner in enumerate(details):
            is_leaf = isinstance(inner, dict) and set(inner) == {"message", "code"}
            yield from places(inner, path if is_leaf else f"{path}.{number}".lstrip("."))
