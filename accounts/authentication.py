"""Who calls the API, how often, and what for: tokens of other programmes, or who has signed in.

Apart from `accounts.api`, because the framework loads this before its own views.
"""

import re
from hmac import compare_digest
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied, Throttled
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from accounts.actions.tokens import MARK, digest_of, note_use
from accounts.models import ApiToken

KEYWORD = "Bearer"
SECRET = re.compile(rf"({MARK}_[0-9a-f]{{8}})_[\w-]{{43}}", re.ASCII)
NOBODY = digest_of("")
"""Compared with where no token begins so: the answer takes as long."""


# --- who asks -----------------------------------------------------------------------------------------------


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer edu_…`: the token's person, acting through its posting.

    Two queries, and a third once a minute. The posting lends `via` to the trail.
    """

    def authenticate_header(self, request: Request) -> str:
        return f'{KEYWORD} realm="eduportal"'

    def authenticate(self, request: Request) -> tuple[Any, ApiToken] | None:
        scheme, _space, given = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != KEYWORD.lower():
            return None
        token = token_of(given.strip())
        if token is None:
            count_failure(request)
            raise AuthenticationFailed
        refuse_spent(token)
        posting = token.posting
        posting.via = str(token)
        # Pages and rules look for the posting where the middleware puts it.
        request._request.posting, request._request.postings = posting, [posting]
        note_use(token, timezone.now())
        return posting.user, token


def token_of(given: str) -> ApiToken | None:
    """The token that this is the secret of. Compares in constant time, found or not. One query."""
    match = SECRET.fullmatch(given)
    tokens = ApiToken.objects.select_related("posting__user", "posting__unit")
    found = tokens.filter(prefix=match[1] if match else "").first()
    is_right = compare_digest(found.digest if found else NOBODY, digest_of(given))
    return found if is_right else None


def refuse_spent(token: ApiToken) -> None:
    """Whoever holds the secret may know why it opens nothing any more."""
    if token.revoked_at is not None:
        raise AuthenticationFailed(_("This token was revoked. Make another."), code="token_revoked")
    if token.is_expired:
        raise AuthenticationFailed(_("This token has expired. Make another."), code="token_expired")
    if not token.posting.user.is_active or not token.posting.is_in_force(timezone.localdate()):
        raise AuthenticationFailed(
            _("The posting or account that this token acts for has ended."), code="token_posting_ended"
        )


# --- how often ----------------------------------------------------------------------------------------------


class CallerThrottle(SimpleRateThrottle):
    """So many requests a token, or a person in the browser."""

    scope = "caller"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        return f"api-{caller_of(request)}" if request.user.is_authenticated else None


class FailureThrottle(SimpleRateThrottle):
    """So many wrong tokens an address. Right ones behind the same address are not shut out."""

    scope = "failure"

    def get_cache_key(self, request: Request, view: Any) -> str:
        return f"api-failure-{self.get_ident(request)}"


def count_failure(request: Request) -> None:
    failures = FailureThrottle()
    if not failures.allow_request(request, None):
        raise Throttled(wait=failures.wait())


def caller_of(request: Request) -> str:
    """The token, or the person who has signed in."""
    if isinstance(request.auth, ApiToken):
        return f"token-{request.auth.pk}"
    return f"user-{request.user.pk}"


# --- what for -----------------------------------------------------------------------------------------------


class HasScope(BasePermission):
    """A token is used for what it was made for. Who has signed in needs no scope."""

    def has_permission(self, request: Request, view: Any) -> bool:
        needed = getattr(view, "scope_needed", "read")
        if isinstance(request.auth, ApiToken) and needed not in request.auth.scopes:
            message = _("This token was made without the scope “%(scope)s”.") % {"scope": needed}
            raise PermissionDenied(message, code="scope_missing")
        return True
