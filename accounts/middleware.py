"""A first password, once used, is changed before anything else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

# Where a person may go meanwhile: the page itself, out, and to the other language.
ALLOWED = {"account_change_password", "account_logout", "set_language", "healthz"}


class FirstPassword:
    """Leads whoever signed in with a first password to the page on which they choose their own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and user.must_change_password and not is_allowed(request.path_info):
            return redirect("account_change_password")
        return self.get_response(request)


def is_allowed(path: str) -> bool:
    try:
        return resolve(path).url_name in ALLOWED
    except Resolver404:
        return False
