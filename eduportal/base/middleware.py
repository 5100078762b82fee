"""The language of a request, and what becomes of one whose session has ended or that no page answers."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.urls import is_valid_path
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from eduportal.base.keeping import handed_back, told_in_place, typed_fields


class ChosenLanguage:
    """Vietnamese, unless the person has switched.

    What the browser asks for is not heard: many an office computer was set up in English, and its user still
    works in Vietnamese. A programme has no switch: of the API it may ask by Accept-Language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        asked = chosen or (language_asked(request) if is_for_programmes(request) else "")
        language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def is_for_programmes(request: HttpRequest) -> bool:
    """The API, but not the page that describes it."""
    return request.path.startswith("/api/") and "text/html" not in request.headers.get("Accept", "")


def language_asked(request: HttpRequest) -> str:
    """The first of Accept-Language that is known here."""
    header = request.headers.get("Accept-Language", "")
    wanted = (code.partition("-")[0] for code, _weight in parse_accept_lang_header(header.lower()))
    return next((code for code in wanted if code in dict(settings.LANGUAGES)), "")


class SessionEnded:
    """Answers a form whose session has ended by saying so, and keeps what was typed.

    The browser would follow the way to sign-in and put that page in the place of a form, and with it would go
    what was typed. The notice has its own place on the page (templates/base.html); the form stays. A whole
    page that was sent without scripts is handed back with what it held.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not leads_to_sign_in(request, response):
            return response
        if "HX-Request" not in request.headers:
            # The browser drops the cookie of a session that is over: having none says nothing about the form.
            if request.method == "POST" and typed_fields(request):
                return handed_back(request, status=401, signed_in=False)
            return response
        return told_in_place(request)


def leads_to_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether it leads to signing in and from there back here, as whoever asked should have been signed in.

    Switching the language on the page of signing in leads to that page too, and is no session's end.
    """
    way = urlsplit(response.headers.get("Location", ""))
    is_to_sign_in = response.status_code == 302 and way.path == resolve_url(settings.LOGIN_URL)
    return is_to_sign_in and QueryDict(way.query).get("next") == request.get_full_path()


class AddressesOfForms:
    """Leads whoever opens an address that only takes a form to the page above it.

    A refused form leaves the browser at the form's own address. Loading it anew, switching the language and
    signing in again all come back to it with GET. Any other method that an address does not take is told so
    on a page of the portal. The API answers for itself: its answers are of another class.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        if request.method in ("GET", "HEAD"):
            query = request.META["QUERY_STRING"]
            return redirect(page_above(request.path) + (f"?{query}" if query else ""))
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page


def page_above(path: str) -> str:
    """The nearest address above: /tasks/7/ of /tasks/7/step/pause/."""
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        if is_valid_path(path):
            return path
    return path
