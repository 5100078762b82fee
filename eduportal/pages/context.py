"""What the frame around every page needs."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _


def frame(request: HttpRequest) -> dict[str, Any]:
    """The sections of the navigation for the acting posting, and the postings to switch between. No queries."""
    posting = getattr(request, "posting", None)
    if posting is None:
        return {"sections": [], "postings": []}
    places = [(_("Home"), "home", "/"), (_("Documents"), "directives:list", "/documents/")]
    places.append((_("Tasks"), "directives:assignments", "/tasks/"))
    places.append((_("Monthly reports"), "reports:months", "/reports/"))
    if not posting.unit.is_school:
        places.append((_("Briefings"), "reports:briefings", "/briefings/"))
    sections = [
        {"label": label, "url": reverse(name), "current": is_current(request.path, prefix)}
        for label, name, prefix in places
    ]
    return {"sections": sections, "postings": request.postings}  # type: ignore[attr-defined]


def is_current(path: str, prefix: str) -> bool:
    return path == prefix if prefix == "/" else path.startswith(prefix)
