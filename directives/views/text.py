"""The body of a document written here."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directives import rules
from directives.actions import drafting
from directives.forms import TextForm
from directives.views.access import directive_for
from directives.views.review import is_too_late, kept
from eduportal.base.errors import EditConflict, Refused
from eduportal.base.forms import with_version
from schools.middleware import ActingRequest


@require_http_methods(["GET", "POST"])
def text(request: ActingRequest, pk: int) -> HttpResponse:
    """Edit the body; it is read again, and what was decided about tasks is kept."""
    directive = directive_for(request, pk, rules.may_draft_for)
    if is_too_late(request, directive):
        return kept(request, directive, TextForm(request.POST))
    if not rules.may_submit(request.posting, directive):
        raise PermissionDenied
    initial = {"text": directive.text, "version": directive.version}
    form = TextForm(request.POST or None, initial=initial)
    conflict: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        try:
            drafting.revise_text(
                directive=directive,
                version=form.cleaned_data["version"],
                text=form.cleaned_data["text"],
                by=request.posting,
                today=timezone.localdate(),
            )
        except EditConflict as other:
            conflict = [
                {
                    "label": form.fields["text"].label,
                    "stored": other.current.text,
                    "yours": form.cleaned_data["text"],
                }
            ]
            with_version(form, other.current.version)
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("The text was saved and read again."))
            return redirect("directives:review", pk)
    context = {"directive": directive, "form": form, "conflict": conflict}
    return render(request, "directives/text.html", context, status=422 if form.is_bound else 200)
