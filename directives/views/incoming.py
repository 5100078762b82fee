"""What came in: its registration, who handles it, and handing it over within the office."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directives import rules
from directives.actions import incoming
from directives.forms.changing import InstructionForm
from directives.forms.entering import RegistrationForm
from directives.queries import units_within
from directives.queries.readiness import readiness
from directives.views.access import directive_for
from directives.views.document_steps import take_step
from directives.wording import explain
from eduportal.base.errors import EditConflict, Refused
from eduportal.base.forms import with_version
from schools.middleware import ActingRequest


@require_http_methods(["GET", "POST"])
def registration(request: ActingRequest, pk: int) -> HttpResponse:
    """Correct what the register says of an arrival."""
    directive = directive_for(request, pk, rules.may_correct_registration)
    form = RegistrationForm(request.POST or None, instance=directive)
    conflict: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        try:
            incoming.revise_registration(
                directive=directive, version=form.cleaned_data["version"], values=values, by=request.posting
            )
        except EditConflict as other:
            conflict = form.changes()
            with_version(form, other.current.version)
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("Saved."))
            return redirect("directives:detail", pk)
    context = {"directive": directive, "form": form, "conflict": conflict}
    return render(request, "directives/registration.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def instruct(request: ActingRequest, pk: int) -> HttpResponse:
    """Say who handles it."""
    directive = directive_for(request, pk, rules.may_instruct)
    units = units_within(directive.office, timezone.localdate()).order_by("-kind", "sort_key")
    form = InstructionForm(request.POST or None, units=units, initial={"version": directive.version})
    if request.method == "POST" and form.is_valid():
        try:
            incoming.instruct(directive=directive, by=request.posting, **form.cleaned_data)
        except EditConflict as other:
            with_version(form, other.current.version)
            words = _("The document was changed meanwhile. Look at it, then send this once more.")
            form.add_error(None, words)
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("The instruction is given."))
            return redirect("directives:detail", pk)
    context = {
        "directive": directive,
        "form": form,
        "said": directive.instructions.select_related("unit", "given_by"),
    }
    return render(request, "directives/instruct.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def hand_over(request: ActingRequest, pk: int) -> HttpResponse:
    """Asked once, saying what will happen; then the instruction is the one task of the unit named in it."""
    directive = directive_for(request, pk, rules.may_hand_over)
    today = timezone.localdate()
    if request.method == "POST":
        done = _("Handed over. The instruction is now a task of its own.")
        if take_step(request, incoming.hand_over, done, directive=directive, today=today):
            return redirect("directives:detail", pk)
        return redirect(request.path)
    said = directive.instructions.select_related("unit").first()
    if said is None:
        messages.info(request, _("Say first who handles it."))
        return redirect("directives:instruct", pk)
    blocks = [block for block in readiness(directive, today).blocks if block.task is None]
    context = {
        "directive": directive,
        "said": said,
        "blocks": [explain(block) for block in blocks],
    }
    return render(request, "directives/hand_over.html", context)
