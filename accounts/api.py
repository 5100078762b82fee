"""What views of the API that write share: validated input, versions, and being safe to ask twice."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actions.tokens import MARK, Answer, answer_once
from accounts.authentication import caller_of
from eduportal.base.api.views import Reading, etag

SAFE_KEY = re.compile(r"[\x21-\x7e]{1,200}")
IF_MATCH = re.compile(r'"(\d{1,9})"')


class TokenScheme(OpenApiAuthenticationExtension):
    """How the description tells of tokens."""

    target_class = "accounts.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": f"{MARK}_xxxxxxxx_…"}


class Writing(Reading):
    """Also lets an action be called, once for each Idempotency-Key."""

    def checked(self, serializer_class: Any, request: Request, **context: Any) -> dict[str, Any]:
        """What was sent, validated; the version may come as If-Match."""
        data = request.data
        match = IF_MATCH.fullmatch(request.headers.get("If-Match", ""))
        if match and isinstance(data, dict) and "version" not in data:
            data = {**data, "version": int(match[1])}
        serializer = serializer_class(data=data, context=self.get_serializer_context() | context)
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data

    def write(self, request: Request, act: Callable[[], Any]) -> Response:
        """Call an action; the answer is the row as it stands after it."""

        def done() -> Answer:
            act()
            row = self.get_object()
            return Answer(200, {"row": self.represent(row), "headers": etag(row)})

        answer = once(request, done)
        replayed = {"Idempotency-Replayed": "true"} if answer.is_repeated else {}
        headers = answer.body["headers"] | replayed
        return Response(answer.body["row"], status=answer.status, headers=headers)


def once(request: Request, act: Callable[[], Answer]) -> Answer:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return act()
    if not SAFE_KEY.fullmatch(key):
        message = _("An Idempotency-Key has 1 to 200 letters, digits and signs without spaces.")
        raise ValidationError({"Idempotency-Key": [message]})
    return answer_once(
        caller=caller_of(request), key=key, fingerprint=fingerprint(request), act=act, now=timezone.now()
    )


def fingerprint(request: Request) -> str:
    """The same for the same request: method, address, content."""
    asked = [request.method, request.path, request.data]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
