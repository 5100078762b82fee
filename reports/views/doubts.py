"""Figures that want a second look: for whoever reviews the months of several units."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports import queries
from reports.forms.doubts import DoubtsForm
from reports.labels import doubt_in_words, level_in_words
from reports.queries.doubts import Doubtful, doubtful, names_of_measures
from reports.queries.figures import code_of
from reports.views.missing import offices_accepting, reports_beneath
from schools.middleware import ActingRequest

PAGE_SIZE = 100


@dataclass(frozen=True)
class Said:
    """A doubt in words."""

    doubtful: Doubtful
    level: str
    words: str


@require_safe
def doubts(request: ActingRequest) -> HttpResponse:
    """The doubtful figures of a month, of all offices beneath or of one; none for people of schools."""
    beneath = reports_beneath(request)
    form = DoubtsForm(request.GET, periods=queries.periods_of(beneath), offices=offices_accepting(beneath))
    if not form.is_valid():
        raise Http404
    period, office = form.chosen, form.cleaned_data["office"]
    reports = beneath.filter(office=office.pk) if office else beneath
    found = doubtful(reports, period) if period else []
    listed = [one for one in found if form.lets_through(one)]
    page = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    measures = names_of_measures() if listed else {}
    context = {
        "form": form,
        "period": period,
        "code": code_of(period) if period else "",
        "found": len(found),
        "total": len(listed),
        "unexplained": sum(not one.remark for one in found),
        "page": page,
        "rows": [Said(one, level_in_words(one.doubt.level), doubt_in_words(one, measures)) for one in page],
    }
    return render(request, "reports/doubts.html", context)
