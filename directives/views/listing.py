"""The list of documents."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from directives import rules
from directives.forms.filters import DirectiveFilter
from directives.models import Direction
from directives.queries.documents import (
    NEWEST_FIRST,
    ORDERS,
    awaiting_instruction,
    in_order,
    listed_directives,
)
from eduportal.base.lists import chips_of, columns_of, page_of, sorting
from schools.middleware import ActingRequest

SORTABLE = {
    "number": _("Number and symbol"),
    "date": _("Date"),
    "arrival": _("Arrival"),
    "deadline": _("Nearest deadline"),
}

# The same for a phone, where the heads of columns are not shown.
ORDERS_IN_WORDS = [
    ("-date", _("newest first")),
    ("date", _("oldest first")),
    ("deadline", _("nearest deadline first")),
    ("-number", _("highest number first")),
    ("-arrival", _("last arrived first")),
]


@require_GET
def documents(request: ActingRequest) -> HttpResponse:
    """What the person may see, newest first, narrowed and sorted as asked."""
    today = timezone.localdate()
    posting = request.posting
    narrowed = DirectiveFilter(request.GET, listed_directives(request.user), user=request.user, today=today)
    name, down = sorting(request.GET, ORDERS, NEWEST_FIRST)
    page, sizes = page_of(request, in_order(narrowed.qs, name, down=down))
    context = {
        "page_obj": page,
        "sizes": sizes,
        "filter": narrowed.form,
        "chips": chips_of(narrowed.form, request.GET),
        "columns": columns_of(SORTABLE, request.GET, NEWEST_FIRST),
        "show_arrival": any(one.arrival_number for one in page)
        or request.GET.get("direction") == Direction.INCOMING,
        "orders": ORDERS_IN_WORDS,
        "sort": f"-{name}" if down else name,
        "editable": {one.pk for one in page if rules.may_edit(posting, one)},
        "waiting": waiting_arrivals(request),
        "may_enter": rules.may_enter(posting),
        "today": today,
    }
    return render(request, "directives/list.html", context)


def waiting_arrivals(request: ActingRequest) -> int:
    """How many incoming documents nobody was told to handle yet, for those who see to them."""
    by = request.posting
    return awaiting_instruction(request.user, by.acting_unit).count() if rules.sees_to_arrivals(by) else 0
