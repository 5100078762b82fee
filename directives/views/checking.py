"""The page on which anybody with the paper in hand checks a document: its number, its date, its files."""

import hashlib
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from directives.checking import grouped, typed_code
from directives.models import Directive
from directives.queries import letterhead_of
from schools.models import Letterhead
from trail.models import StoredFile

MOST_WRONG = 20
MINUTE = 60


def quiet(response: HttpResponse) -> HttpResponse:
    """Not for search engines."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@login_not_required
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Where a code is typed."""
    typed = request.GET.get("code", "")
    if code := typed_code(typed):
        return redirect("check_document", code=grouped(code))
    problem = _("This is no check code. It has 12 letters and digits, as ABCD-EFGH-JKMN.") if typed else ""
    return quiet(render(request, "directives/check.html", {"typed": typed, "problem": problem}))


@login_not_required
@never_cache
def check(request: HttpRequest, code: str) -> HttpResponse:
    """What the portal knows of the document with a code, and nothing of what is in it.

    A file may be handed in: it is compared and not kept. Who asks for unknown codes again and again is told
    to wait, so that none is found by trying.
    """
    if tries(request) >= MOST_WRONG:
        return quiet(render(request, "429.html", status=429))
    directive = document_with(code)
    if directive is None or directive.issued_on is None:
        count_wrong(request)
        problem = _("No document has this code. Compare it with the paper, letter by letter.")
        unknown = {"typed": code, "problem": problem}
        return quiet(render(request, "directives/check.html", unknown, status=404))
    files = {name: hash_of(one) for name, one in files_of(directive) if one is not None}
    letterhead = letterhead_of(directive.office, directive.issued_on)
    code = grouped(typed_code(code))
    context: dict[str, Any] = {
        "directive": directive,
        "code": code,
        "issuer": issuer_of(letterhead) or directive.office.name,
        "files": files.items(),
        "compared": compared(request, files),
        "address": reverse("check_document", args=[code]),
    }
    return quiet(render(request, "directives/check.html", context))


def issuer_of(letterhead: Letterhead | None) -> str:
    """As it stands at the head of the paper, the superior office first."""
    parts = (letterhead.superior, letterhead.issuer) if letterhead else ()
    return ", ".join(part for part in parts if part)


def document_with(code: str) -> Directive | None:
    """One query, or none for what is no code."""
    wanted = typed_code(code)
    if not wanted:
        return None
    rows = Directive.objects.issued().select_related("office", "original", "print_file")
    return rows.filter(check_code=wanted).first()


def files_of(directive: Directive) -> list[tuple[str, StoredFile | None]]:
    return [(_("printed by the portal"), directive.print_file), (_("as it was entered"), directive.original)]


def hash_of(stored: StoredFile) -> str:
    with stored.file.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def compared(request: HttpRequest, known: dict[str, str]) -> dict[str, str] | None:
    """Whether the file that was handed in is one of the document's; None where none was."""
    given = request.FILES.get("file")
    if given is None:
        return None
    digest = hashlib.sha256()
    for chunk in given.chunks():
        digest.update(chunk)
    found = next((name for name, one in known.items() if one == digest.hexdigest()), "")
    return {"name": given.name or "", "found": found}


# --- not by trying ------------------------------------------------------------------------------------------


def key_of(request: HttpRequest) -> str:
    return f"check:{request.META.get('REMOTE_ADDR', '')}"


def tries(request: HttpRequest) -> int:
    """How many unknown codes an address has asked for in this minute."""
    return int(cache.get(key_of(request), 0))


def count_wrong(request: HttpRequest) -> None:
    if not cache.add(key_of(request), 1, MINUTE):
        cache.incr(key_of(request))
