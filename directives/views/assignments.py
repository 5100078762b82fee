"""Tasks as they were assigned to units: the list."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from directives.models import AssigneeRole, Assignment, AssignmentState, Directive, Occurrence, Task
from directives.models.assignment import AssignmentQuerySet
from directives.queries import listed_assignments, office_assignments, search_assignments
from directives.queries.counting import (
    SHOWN,
    in_school_year,
    in_school_year_or_open,
    school_years,
    shown_counts,
)
from directives.queries.errands import errands_for
from directives.standing import shown_standing as shown
from directives.standing import standing_of
from directives.statistics import statistics_sentence
from directives.wording import item_name
from directives.workbooks import book_workbook
from eduportal.base.downloads import as_download
from eduportal.base.lists import Chip, without
from eduportal.base.numbers import whole_number
from eduportal.base.templatetags.eduportal import STANDINGS, day
from eduportal.base.uploads import XLSX
from schools.middleware import ActingRequest
from schools.models import Unit, UnitKind
from schools.periods import school_year_of
from schools.queries import units_in_scope

PAGE = 50
# Of a workbook: more are looked at by document or by unit.
MOST_ROWS = 20_000
ALL_YEARS = "all"
KEPT = ("office", "unit", "document", "task", "occurrence", "role", "accepted")


@dataclass(frozen=True)
class Year:
    """A school year to choose, as it travels in the address and as people write it."""

    value: str
    words: str


@dataclass(frozen=True)
class Asked:
    """What the address asks for: all that the filters leave, those of the standing, the filters in words."""

    found: AssignmentQuerySet
    rows: AssignmentQuerySet
    chips: list[Chip]
    q: str
    standing: str
    year: str
    years: list[int]


def asked_for(request: ActingRequest, today: dt.date) -> Asked:
    chosen, chips = filters(request)
    q, standing = request.GET.get("q", "").strip(), request.GET.get("standing", "")
    office = chosen.pop("office", None)
    beneath = office_assignments(office, today) if office else Assignment.objects.all()
    years = school_years(request.user, today)
    year = chosen_year(request, years)
    found = search_assignments(beneath.visible_to(request.user).filter(**chosen), q)
    found = bounded(found, year)
    rows = found.with_shown(today, settings.DUE_SOON_DAYS)
    if standing in SHOWN:
        rows = rows.filter(shown=standing)
    return Asked(found, listed_assignments(rows), chips, q, standing, year, years)


@require_GET
def assignments(request: ActingRequest) -> HttpResponse:
    """What the person may see, most urgent first, by standing, unit, document, task and words."""
    today = timezone.localdate()
    asked = asked_for(request, today)
    counts = shown_counts(asked.found, today)
    page = Paginator(asked.rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": [(one, shown_standing(one, today)) for one in page],
        "counts": counts,
        "statistics": statistics_sentence(counts),
        "year": asked.year,
        "years": [Year(str(year), f"{year}–{year + 1}") for year in asked.years],
        "counts_link": "?" + without(request.GET, "standing"),
        "chips": asked.chips,
        "q": asked.q,
        "standing": asked.standing,
        "standings": STANDINGS,
        "kept": {name: request.GET[name] for name in KEPT if request.GET.get(name)},
        "errands": errands_for(request.user),
        "one_unit": request.posting is not None and request.posting.unit.is_school,
        "today": today,
    }
    return render(request, "directives/assignments.html", context)


@require_GET
def workbook(request: ActingRequest) -> HttpResponse:
    """The same rows, all of them, as a workbook."""
    today = timezone.localdate()
    rows = list(asked_for(request, today).rows[:MOST_ROWS])
    if not rows:
        return redirect(f"{reverse('directives:assignments')}?{request.GET.urlencode()}")  # which says so
    content = book_workbook(
        title=_("Tasks"),
        subtitle=_("As of %(day)s") % {"day": day(today)},
        columns=[
            (_("No."), 6),
            (_("Task"), 60),
            (_("Period"), 22),
            (_("Unit"), 30),
            (_("Code"), 14),
            (_("Role"), 12),
            (_("Standing"), 24),
            (_("Deadline"), 14),
            (_("First deadline"), 14),
            (_("Progress"), 10),
            (_("Reported done on"), 14),
            (_("Document"), 24),
        ],
        rows=(cells_of(number, one) for number, one in enumerate(rows, start=1)),
    )
    return as_download(content, f"nhiem-vu-{today:%Y%m%d}.xlsx", XLSX.content_type)


def cells_of(number: int, one: Any) -> list[str]:
    """One share, in the order of the columns."""
    return [
        str(number),
        " ".join(one.task.text.split()),
        str(one.occurrence or ""),
        one.unit.name,
        one.unit.code,
        one.get_role_display(),
        str(STANDINGS[one.shown]),
        day(one.deadline) if one.deadline else "",
        day(one.first_deadline) if one.first_deadline else "",
        f"{one.percent}%",
        day(one.reported_done_on) if one.reported_done_on else "",
        one.task.directive.full_number,
    ]


def chosen_year(request: ActingRequest, years: list[int]) -> str:
    """ "" for this school year and all that is open, a year, or all. One document bounds itself."""
    year = request.GET.get("year", "")
    if year == ALL_YEARS or whole_number(year) in years:
        return year
    return ALL_YEARS if any(request.GET.get(name) for name in ("document", "task", "occurrence")) else ""


def bounded(found: AssignmentQuerySet, year: str) -> AssignmentQuerySet:
    if year == ALL_YEARS:
        return found
    if year:
        return in_school_year(found, int(year))
    return in_school_year_or_open(found, school_year_of(timezone.localdate()))


def filters(request: ActingRequest) -> tuple[dict[str, Any], list[Chip]]:
    """The filters that name a row, each of which the person must be able to see, and all of them in words."""
    chosen: dict[str, Any] = {}
    chips = []
    standing = request.GET.get("standing", "")
    if standing in STANDINGS:
        chips.append(Chip(str(STANDINGS[standing]), without(request.GET, "standing")))
    if (role := request.GET.get("role", "")) in AssigneeRole.values:
        chosen["role"] = role
        chips.append(Chip(str(AssigneeRole(role).label), without(request.GET, "role")))
    if request.GET.get("accepted") == "no":
        chosen |= {"state": AssignmentState.DONE, "accepted_at": None}
        chips.append(Chip(_("done, not accepted yet"), without(request.GET, "accepted")))
    units = units_in_scope(request.user)
    rows = {
        "office": ("office", units.exclude(kind=UnitKind.SCHOOL)),
        "unit": ("unit", units),
        "document": ("task__directive", Directive.objects.visible_to(request.user)),
        "task": ("task", Task.objects.visible_to(request.user)),
        "occurrence": ("occurrence", seen_occurrences(request)),
    }
    for name, (path, visible) in rows.items():
        if value := request.GET.get(name, ""):
            row = get_object_or_404(visible, pk=whole_number(value) or 0)
            chosen[path] = row
            words = whose(row) if name == "office" else name_of(row)
            chips.append(Chip(words, without(request.GET, name)))
    if q := request.GET.get("q", "").strip():
        chips.append(Chip(_("“%(words)s”") % {"words": q}, without(request.GET, "q")))
    return chosen, chips


def seen_occurrences(request: ActingRequest) -> Any:
    """Those of tasks in sight."""
    tasks = Task.objects.visible_to(request.user).values("pk")
    return Occurrence.objects.filter(task__in=tasks).select_related("task")


def whose(office: Unit) -> str:
    return _("of %(office)s and its schools") % {"office": office.short_name}


def name_of(row: Unit | Directive | Task | Occurrence) -> str:
    if isinstance(row, Unit):
        return row.short_name
    if isinstance(row, Occurrence):
        return _("item %(item)s, %(occurrence)s") % {"item": item_name(row.task), "occurrence": row}
    if isinstance(row, Task):
        return _("item %(item)s") % {"item": item_name(row)}
    return row.full_number or row.subject[:60]


def shown_standing(one: Assignment, today: Any) -> str:
    """The standing, with "due soon" as the part of "in time" that needs attention."""
    standing = standing_of(
        state=one.state, deadline=one.deadline, reported_done_on=one.reported_done_on, today=today
    )
    return shown(standing, one.deadline, today, settings.DUE_SOON_DAYS)
