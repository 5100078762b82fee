"""Tasks as they were assigned to units: the list."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from directives.models import Assignment, Directive, Task
from directives.queries import (
    due_soon,
    listed_assignments,
    office_assignments,
    search_assignments,
    standing_counts,
)
from directives.standing import Standing, is_due_soon, standing_of
from directives.wording import item_name
from eduportal.base.lists import Chip, without
from eduportal.base.templatetags.eduportal import STANDINGS
from schools.middleware import ActingRequest
from schools.models import Unit, UnitKind
from schools.queries import units_in_scope

PAGE = 50
DUE_SOON = "due_soon"
KEPT = ("office", "unit", "document", "task")


@require_GET
def assignments(request: ActingRequest) -> HttpResponse:
    """What the person may see, most urgent first, by standing, unit, document, task and words."""
    today = timezone.localdate()
    chosen, chips = filters(request)
    q, standing = request.GET.get("q", "").strip(), request.GET.get("standing", "")
    office = chosen.pop("office", None)
    beneath = office_assignments(office, today) if office else Assignment.objects.all()
    found = search_assignments(beneath.visible_to(request.user).filter(**chosen), q)
    counts = standing_counts(found, today)
    rows = found.with_standing(today)
    if standing == DUE_SOON:
        rows = due_soon(rows, today, settings.DUE_SOON_DAYS)
    elif standing in set(Standing):
        rows = rows.filter(standing=standing)
    page = Paginator(listed_assignments(rows), PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": [(one, shown_standing(one, today)) for one in page],
        "counts": counts,
        "counts_link": "?" + without(request.GET, "standing"),
        "chips": chips,
        "q": q,
        "standing": standing,
        "standings": STANDINGS,
        "kept": {name: request.GET[name] for name in KEPT if request.GET.get(name)},
        "one_unit": request.posting is not None and request.posting.unit.is_school,
        "today": today,
    }
    return render(request, "directives/assignments.html", context)


def filters(request: ActingRequest) -> tuple[dict[str, Any], list[Chip]]:
    """The filters that name a row, each of which the person must be able to see, and all of them in words."""
    chosen: dict[str, Any] = {}
    chips = []
    standing = request.GET.get("standing", "")
    if standing in STANDINGS:
        chips.append(Chip(str(STANDINGS[standing]), without(request.GET, "standing")))
    units = units_in_scope(request.user)
    rows = {
        "office": ("office", units.exclude(kind=UnitKind.SCHOOL)),
        "unit": ("unit", units),
        "document": ("task__directive", Directive.objects.visible_to(request.user)),
        "task": ("task", Task.objects.visible_to(request.user)),
    }
    for name, (path, visible) in rows.items():
        if value := request.GET.get(name, ""):
            row = get_object_or_404(visible, pk=value if value.isdecimal() else 0)
            chosen[path] = row
            words = whose(row) if name == "office" else name_of(row)
            chips.append(Chip(words, without(request.GET, name)))
    if q := request.GET.get("q", "").strip():
        chips.append(Chip(_("“%(words)s”") % {"words": q}, without(request.GET, "q")))
    return chosen, chips


def whose(office: Unit) -> str:
    return _("of %(office)s and its schools") % {"office": office.short_name}


def name_of(row: Unit | Directive | Task) -> str:
    if isinstance(row, Unit):
        return row.short_name
    if isinstance(row, Task):
        return _("item %(item)s") % {"item": item_name(row)}
    return row.full_number or row.subject[:60]


def shown_standing(one: Assignment, today: Any) -> str:
    """The standing, with "due soon" as the part of "in time" that needs attention."""
    standing = standing_of(
        state=one.state, deadline=one.deadline, reported_done_on=one.reported_done_on, today=today
    )
    return DUE_SOON if is_due_soon(standing, one.deadline, today, settings.DUE_SOON_DAYS) else standing.value
