"""What the frame around every page needs."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from eduportal.base.sealing import owner_of
from reports.queries.briefing import sees_whole
from schools.middleware import ActingRequest
from schools.rules import may_administer


def frame(request: ActingRequest) -> dict[str, Any]:
    """The sections of the navigation for the acting posting, and the postings to choose from.

    One query for people of internal departments, none for all others.
    """
    posting = getattr(request, "posting", None)
    if posting is None:
        return {"sections": [], "postings": [], "person": owner_of(getattr(request, "user", None))}
    places: list[tuple[str, str, tuple[str, ...]]] = [
        (_("Home"), "home", ("/",)),
        (_("Documents"), "directives:list", ("/documents/",)),
        (_("Tasks"), "directives:assignments", ("/tasks/",)),
        (_("Targets"), "targets:board", ("/targets/", "/units/standards/")),
        (_("Monthly reports"), "reports:months", ("/reports/",)),
    ]
    if not posting.unit.is_school and sees_whole(posting):
        places.append((_("Briefings"), "reports:briefings", ("/briefings/", "/meetings/")))
    if not posting.unit.is_school:
        places.append((_("Schools"), "school_list", ("/schools/",)))
    if may_administer(posting):
        places += [
            (_("People"), "administration:people", ("/administration/people/",)),
            (_("Lists in and out"), "administration:sheets", ("/administration/lists/",)),
            (_("Tables"), "admin:index", ("/administration/tables/",)),
        ]
    sections = [
        {"label": label, "url": reverse(name), "current": is_current(request.path, prefixes)}
        for label, name, prefixes in places
    ]
    if posting.unit.is_school:
        own = reverse("school", args=[posting.unit_id])
        sections.append({"label": _("Our school"), "url": own, "current": is_current(request.path, (own,))})
    return {"sections": sections, "postings": request.postings, "person": owner_of(request.user)}


def is_current(path: str, prefixes: tuple[str, ...]) -> bool:
    return path == "/" if prefixes == ("/",) else path.startswith(prefixes)
