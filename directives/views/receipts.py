"""Whom an issued document reached, who has opened it, and a word to those who have not."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from directives import rules
from directives.actions.opening import remind_to_open
from directives.models import Directive
from directives.queries.opening import reached_units, receipts_of, unopened_units
from directives.views.access import visible_directive
from schools.middleware import ActingRequest

PAGE = 100


def issued_here(request: ActingRequest, pk: int) -> Directive:
    """A document that the office issued for which this person acts; to others there are no receipts."""
    directive = visible_directive(request, pk)
    if not rules.may_see_receipts(request.posting, directive):
        raise Http404
    return directive


@require_safe
def receipts(request: ActingRequest, pk: int) -> HttpResponse:
    """The units that a document reached; with `?opened=no` those that have not opened it."""
    directive = issued_here(request, pk)
    only_unopened = request.GET.get("opened") == "no"
    units = unopened_units(directive) if only_unopened else reached_units(directive)
    context = {
        "directive": directive,
        "receipts": receipts_of(directive),
        "only_unopened": only_unopened,
        "page_obj": Paginator(units, PAGE).get_page(request.GET.get("page")),
        "may_remind": rules.may_steer(request.posting, directive),
    }
    return render(request, "directives/receipts.html", context)


@require_POST
def remind(request: ActingRequest, pk: int) -> HttpResponse:
    """Put a word on the first page of each unit that has not opened it."""
    directive = issued_here(request, pk)
    if not rules.may_steer(request.posting, directive):
        raise PermissionDenied
    told = remind_to_open(directive=directive, by=request.posting, today=timezone.localdate())
    if told:
        words = ngettext("%(count)s unit was reminded.", "%(count)s units were reminded.", told)
        messages.success(request, words % {"count": told})
    else:
        messages.info(request, _("Nobody was reminded: all have opened it, or were reminded today."))
    return redirect("directives:receipts", pk)
