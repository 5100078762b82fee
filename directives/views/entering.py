"""Entering a document: pasted or uploaded, of every direction."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directives import rules
from directives.actions.drafting import draft_directive
from directives.forms.entering import NewDirectiveForm
from directives.models import Directive
from directives.wording import explain_doubt
from eduportal.base.errors import Refused
from schools.middleware import ActingRequest


@require_http_methods(["GET", "POST"])
def new(request: ActingRequest) -> HttpResponse:
    """Paste or upload a document; it is read at once and put up for review."""
    posting = request.posting
    if not rules.may_enter(posting):
        raise PermissionDenied
    form = NewDirectiveForm(
        request.POST or None,
        request.FILES or None,
        today=timezone.localdate(),
        incoming_only=not rules.may_draft(posting),
    )
    if request.method == "POST" and form.is_valid():
        try:
            directive = entered(request, form)
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            return to_next_step(request, directive)
    status = 422 if form.is_bound else 200
    return render(request, "directives/new.html", {"form": form}, status=status)


def entered(request: ActingRequest, form: NewDirectiveForm) -> Directive:
    posting = request.posting
    return draft_directive(
        office=posting.acting_unit,
        text=form.cleaned_data["text"],
        original=form.cleaned_data.get("original"),
        annexes=form.cleaned_data["annexes"],
        direction=form.cleaned_data["direction"],
        arrival=form.arrival(),
        by=posting,
        today=timezone.localdate(),
    )


def to_next_step(request: ActingRequest, directive: Directive) -> HttpResponse:
    """Staff go on to the check; who only registers sees what was registered, and what to correct."""
    if directive.arrival_number:
        words = _("Registered under arrival number %(number)s.")
        messages.success(request, words % {"number": directive.arrival_number})
    if rules.may_edit(request.posting, directive):
        messages.success(request, _("The document was read. Compare what was found with the text."))
        return redirect("directives:review", directive.pk)
    for doubt in directive.reading.get("doubts", []):
        if doubt["span"] is None:
            messages.warning(request, explain_doubt(doubt["code"], doubt["args"].get("pages", "")))
    return redirect("directives:detail", directive.pk)
