"""What was reminded of again and again and is still not done: whom to call next."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.queries.reminders import chased_beneath
from schools.middleware import ActingRequest

PAGE_SIZE = 100


@require_safe
def chased(request: ActingRequest) -> HttpResponse:
    """The list that goes into the briefing as well: by unit, with telephone and the number of reminders."""
    posting = request.posting
    if posting is None or posting.unit.is_school:
        raise Http404
    today = timezone.localdate()
    rows = chased_beneath(request.user, posting.acting_unit, today)
    context = {
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "total": len(rows),
        "office": posting.acting_unit,
        "today": today,
    }
    return render(request, "reports/chased.html", context)
