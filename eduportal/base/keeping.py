"""What was typed into a form that could not be taken, handed back: for browsers without scripts."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_CSRF_TOKEN_MISSING
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.csrf import csrf_failure

NOT_KEPT = ("csrfmiddlewaretoken", "password")


def typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Names and values as they were sent, without the token and without passwords."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if not any(word in name for word in NOT_KEPT)
        for value in values
    ]


def handed_back(request: HttpRequest, *, status: int, signed_in: bool) -> HttpResponse:
    """A page that holds what was typed and sends it to the same address once more."""
    context: dict[str, Any] = {
        "fields": typed_fields(request),
        "files": list(request.FILES),
        "address": request.get_full_path(),
        "signed_in": signed_in,
    }
    return render(request, "session_kept.html", context, status=status)


def told_in_place(request: HttpRequest) -> HttpResponse:
    """The word that the session has ended, for a form sent without leaving its page: it has a place there
    (templates/base.html), and the form stays with what was typed."""
    # What asks by itself (the progress of a job) does not scroll the page.
    swap = "innerHTML" if request.method == "GET" else "innerHTML show:#session-ended:top"
    return HttpResponse(
        render_to_string("components/session_ended.html"),
        status=401,
        headers={"HX-Retarget": "#session-ended", "HX-Reselect": "unset", "HX-Reswap": swap},
    )


def token_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form with another session's token.

    Whoever signed in again in another tab has a new token there. Where the form came from this very portal
    and the person is signed in, it is handed back with the new one, to be sent by a press of theirs. A
    browser that has dropped all cookies is told like one whose session has ended: a page of another site
    cannot send htmx's header. Anything else is refused as always.
    """
    if "HX-Request" in request.headers and not request.user.is_authenticated:
        return told_in_place(request)
    is_ours = urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()
    is_stale = "incorrect" in reason and reason != REASON_CSRF_TOKEN_MISSING
    if is_ours and is_stale and request.user.is_authenticated and typed_fields(request):
        return handed_back(request, status=403, signed_in=True)
    return csrf_failure(request, reason)
