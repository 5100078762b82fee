"""The work of an office at a glance."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from directives import rules
from directives.models import Assignment, Directive
from directives.queries import office_assignments
from directives.queries.board import DOCUMENT, GROUPS, LEAD, UNIT, Group, groups_of
from directives.queries.counting import school_years, shown_counts
from directives.statistics import statistics_sentence
from directives.views.assignments import Year, bounded, chosen_year, filters
from eduportal.base.templatetags.eduportal import STANDINGS
from schools.middleware import ActingRequest

PAGE = 50
WORDS = {DOCUMENT: _("by document"), UNIT: _("by unit"), LEAD: _("by who leads")}
SHOWN = ("done_on_time", "done_late", "running", "due_soon", "overdue", "no_deadline")
OUTSIDE = ("paused", "cancelled", "refused")


@dataclass(frozen=True)
class Line:
    """A group with the query of its list, and its counts in the order of the columns."""

    group: Group
    name: str
    query: str

    @property
    def cells(self) -> list[tuple[str, int]]:
        return [(code, self.group.counts[code]) for code in SHOWN]

    @property
    def outside(self) -> int:
        return sum(self.group.counts[code] for code in OUTSIDE)


@require_safe
def board(request: ActingRequest) -> HttpResponse:
    """What the person may see, counted by document, unit or lead; each count leads to its tasks."""
    today = timezone.localdate()
    by = request.GET.get("by", "")
    by = by if by in GROUPS else DOCUMENT
    chosen, chips = filters(request)
    office = chosen.pop("office", None)
    beneath = office_assignments(office, today) if office else Assignment.objects.all()
    years = school_years(request.user, today)
    year = chosen_year(request, years)
    found = bounded(beneath.visible_to(request.user).filter(**chosen), year)
    counts = shown_counts(found, today)
    groups = groups_of(found, by, today)
    page = Paginator(groups, PAGE).get_page(request.GET.get("page"))
    context = {
        "by": by,
        "groupings": WORDS,
        "lines": [line_of(group, by, year) for group in page],
        "page_obj": page,
        "counts": counts,
        "statistics": statistics_sentence(counts),
        "chips": chips,
        "may_answer": rules.may_decide_requests(request.posting),
        "year": year,
        "years": [Year(str(one), f"{one}–{one + 1}") for one in years],
        "columns": [(code, STANDINGS[code]) for code in SHOWN],
        "today": today,
    }
    return render(request, "directives/board.html", context)


def line_of(group: Group, by: str, year: str) -> Line:
    row: Any = group.row
    name = f"{row.full_number}: {row.subject}" if isinstance(row, Directive) else row.short_name
    query = f"{'document' if by == DOCUMENT else 'unit'}={row.pk}&year={year or 'all'}"
    return Line(group, name, query + ("&role=lead" if by == LEAD else ""))
