"""A later deadline: asked for on the page of the work, decided there or in the list of requests."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from directives import rules
from directives.actions.extensions import (
    Granted,
    ask_extension,
    grant_extension,
    grant_extensions,
    refuse_extension,
)
from directives.forms.work import AskExtensionForm, DecideExtensionForm, GrantSeveralForm
from directives.models import Extension
from directives.queries.extensions import decided_requests, requests_to_decide, waiting_requests
from directives.views.access import visible_assignment
from directives.views.assignment_page import Shown, page
from eduportal.base.acting import or_say_in
from eduportal.base.errors import EditConflict, Refused
from eduportal.base.templatetags.eduportal import day
from schools.middleware import ActingRequest

PAGE = 50
DECIDED = "decided"


@require_POST
def ask(request: ActingRequest, pk: int) -> HttpResponse:
    """The unit asks for a later day, saying why."""
    one = visible_assignment(request, pk)
    if not rules.may_report(request.posting, one):
        raise PermissionDenied
    form = AskExtensionForm(request.POST, prefix="ask")
    if not form.is_valid():
        return page(request, one, Shown(ask=form, status=422))
    with or_say_in(form) as act:
        ask_extension(assignment=one, by=request.posting, today=timezone.localdate(), **form.cleaned_data)
    if not act.done:
        return page(request, one, Shown(ask=form, status=422))
    messages.success(
        request, _("Sent. The office that set the work decides; until then the deadline stays as it is.")
    )
    return redirect("directives:assignment", pk)


@require_POST
def decide(request: ActingRequest, pk: int) -> HttpResponse:
    """The office that set the work grants or refuses one request."""
    extension = get_object_or_404(Extension.objects.visible_to(request.user).with_work(), pk=pk)
    one = visible_assignment(request, extension.assignment_id)
    if not rules.may_steer(request.posting, one.task.directive):
        raise PermissionDenied
    if extension.is_decided:
        messages.warning(request, already_decided(extension))
        return redirect("directives:assignment", one.pk)
    refusing = "refuse" in request.POST
    form = DecideExtensionForm(request.POST, prefix="decide", refusing=refusing)
    if not form.is_valid():
        return page(request, one, Shown(decide=form, status=422))
    typed, by = form.cleaned_data, request.posting
    try:
        if refusing:
            refuse_extension(extension=extension, version=typed["version"], answer=typed["answer"], by=by)
        else:
            grant_extension(extension=extension, by=by, today=timezone.localdate(), **typed)
    except EditConflict as conflict:
        messages.warning(request, already_decided(conflict.current))
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return page(request, one, Shown(decide=form, status=422))
    else:
        messages.success(request, _("Refused, with your reason.") if refusing else granted_words(extension))
    return redirect("directives:assignment", one.pk)


def granted_words(extension: Extension) -> str:
    return _("Granted: the deadline is now %(day)s.") % {"day": day(extension.granted_deadline)}


def already_decided(current: Extension) -> str:
    """For whoever decides second: what it is now, and that nothing of theirs was done."""
    words = {"who": current.decided_by, "day": day(current.granted_deadline)}
    if current.is_granted:
        return (
            _("%(who)s granted this request meanwhile, until %(day)s. Your decision was not saved.") % words
        )
    return _("%(who)s refused this request meanwhile. Your decision was not saved.") % words


# --- the list -----------------------------------------------------------------------------------------------


@require_GET
def requests(request: ActingRequest) -> HttpResponse:
    """Open requests that the person may see; those of the acting office can be ticked and granted."""
    return list_page(request)


def list_page(
    request: ActingRequest, *, form: GrantSeveralForm | None = None, status: int = 200
) -> HttpResponse:
    decided = request.GET.get("state") == DECIDED
    rows = decided_requests(request.user) if decided else waiting_requests(request.user)
    found = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    by, may_decide = request.posting, rules.may_decide_requests(request.posting) and not decided
    lines: list[dict[str, Any]] = [
        {
            "row": row,
            "mine": may_decide and rules.may_steer(by, row.assignment.task.directive),
            "ticked": str(row.pk) in request.POST.getlist("chosen"),
        }
        for row in found
    ]
    context = {
        "page_obj": found,
        "lines": lines,
        "decided": decided,
        "may_decide": any(line["mine"] for line in lines),
        "form": form or GrantSeveralForm(requests=Extension.objects.none()),
        "today": timezone.localdate(),
    }
    return render(request, "directives/extensions.html", context, status=status)


@require_POST
def grant(request: ActingRequest) -> HttpResponse:
    """Grant the ticked requests at once, with one reason. Where one could not be granted, day, reason and
    its tick stay on the page."""
    by, today = request.posting, timezone.localdate()
    if not rules.may_decide_requests(by):
        raise PermissionDenied
    form = GrantSeveralForm(request.POST, requests=requests_to_decide(by))
    if not form.is_valid():
        return list_page(request, form=form, status=422)
    typed = form.cleaned_data
    try_until: dt.date | None = typed["until"]
    result = grant_extensions(shown=form.shown(), until=try_until, answer=typed["answer"], by=by, today=today)
    tell(request, result)
    if result.skipped:
        return list_page(request, form=form, status=422)
    return redirect("directives:extensions")


def tell(request: ActingRequest, result: Granted) -> None:
    """What was granted, and of each that was not, why."""
    if count := len(result.granted):
        text = ngettext("%(count)s request was granted.", "%(count)s requests were granted.", count)
        messages.success(request, text % {"count": count})
    for extension, why in result.skipped:
        words = {"unit": extension.assignment.unit.short_name, "why": why}
        messages.warning(request, _("Not granted for %(unit)s: %(why)s") % words)
