"""What the portal puts on a device that it may be used without network: its service worker, one page."""

import hashlib
from functools import cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from schools.middleware import ActingRequest

FILES = (
    "css/tokens.css",
    "css/base.css",
    "css/layout.css",
    "css/components.css",
    "css/forms.css",
    "css/tables.css",
    "css/administration.css",
    "css/print.css",
    "js/menus.js",
    "js/search.js",
    "js/unsaved.js",
    "js/session.js",
    "js/offline.js",
    "js/drafts.js",
    "js/figures.js",
    "js/month.js",
    "js/portal_line.js",
    "js/saving.js",
    "js/kept_months.js",
    "django_htmx/htmx-2.min.js",
    "manifest.webmanifest",
)
"""What the month's page and the page without network are made of."""


@never_cache
@login_not_required
@require_safe
def service_worker(request: ActingRequest) -> HttpResponse:
    """At the root, so that it may serve all pages. Another release of the files is another worker."""
    context = {"files": FILES, "release": release_now()}
    return render(request, "pages/sw.js", context, content_type="text/javascript; charset=utf-8")


@login_not_required
@require_safe
def offline(request: ActingRequest) -> HttpResponse:
    """Kept on the device and shown in place of a page that cannot be reached. The same for everybody."""
    request.user, request.postings, request.posting = AnonymousUser(), [], None
    return render(request, "pages/offline.html", {"person": None})


@cache
def digest_of_files() -> str:
    """Of the content of these files, as it lies beside the programme."""
    digest = hashlib.sha256()
    for name in FILES:
        if path := finders.find(name):
            with open(path, "rb") as file:
                digest.update(file.read())
    return digest.hexdigest()[:16]


def release_now() -> str:
    """Where files are served as they lie, they may change while the portal runs."""
    if settings.EMBEDDED:
        digest_of_files.cache_clear()
    return digest_of_files()
