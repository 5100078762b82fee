"""Adopting the targets that were read in a document, one by one."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eduportal.base.errors import Refused
from schools.middleware import ActingRequest
from schools.models import Period
from targets.actions import AlreadySet, adopt_target, skip_target, take_up_again
from targets.forms import code_of, shown
from targets.models import Target
from targets.queries.proposals import Proposal, adoption_counts, proposal_of, proposals_of
from targets.views.access import adoptable_directive, read_target_of
from targets.views.setting import target_form


@require_safe
def document(request: ActingRequest, pk: int) -> HttpResponse:
    """All targets read in a document: those to decide on, those adopted, those left aside."""
    directive = adoptable_directive(request, pk)
    context = {
        "directive": directive,
        "counts": adoption_counts(directive),
        "proposals": [(one, meant_period(one)) for one in proposals_of(directive, timezone.localdate())],
    }
    return render(request, "targets/document.html", context)


def meant_period(proposal: Proposal) -> Period:
    """The period proposed, stored or not."""
    return Period(kind=proposal.period_kind, year=proposal.period_year, ordinal=1)


@require_http_methods(["GET", "POST"])
def adopt(request: ActingRequest, pk: int, read_pk: int) -> HttpResponse:
    """One of them: the sentence above, what is proposed in the form."""
    directive = adoptable_directive(request, pk)
    read = read_target_of(directive, read_pk)
    proposal = proposal_of(read, timezone.localdate())
    if proposal.target and request.method == "GET":
        return redirect("targets:target", proposal.target.pk)
    form = target_form(request, initial_of(proposal))
    twin: Target | None = None
    if request.method == "POST" and form.is_valid():
        try:
            target = adopt_target(read_target=read, by=request.posting, **form.target())
        except AlreadySet as refusal:
            form.add_error(None, str(refusal.message))
            twin = refusal.target
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            address = reverse("targets:target", args=[target.pk])
            words = _("Adopted: %(target)s. Open it")
            messages.success(request, format_html('<a href="{}">{}</a>', address, words % {"target": target}))
            return redirect("targets:document", pk)
    context = {"directive": directive, "read": read, "proposal": proposal, "form": form, "twin": twin}
    return render(request, "targets/adopt.html", context, status=422 if form.is_bound else 200)


def initial_of(proposal: Proposal) -> dict[str, Any]:
    """What was read, as the fields of the form."""
    read = proposal.read
    return {
        "indicator": proposal.indicator.pk if proposal.indicator else None,
        "period": code_of(meant_period(proposal)),
        "comparator": proposal.comparator,
        "value": shown(plainly(read.value)),
        "value_max": shown(plainly(read.value_max)) if proposal.comparator == "between" else "",
    }


def plainly(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.normalize() + 0


@require_POST
def skip(request: ActingRequest, pk: int, read_pk: int) -> HttpResponse:
    """Leave one aside."""
    read = read_target_of(adoptable_directive(request, pk), read_pk)
    try:
        skip_target(read_target=read, by=request.posting)
    except AlreadySet as refusal:
        messages.error(request, str(refusal.message))
    return redirect(reverse("targets:document", args=[pk]) + f"#r{read_pk}")


@require_POST
def take_up(request: ActingRequest, pk: int, read_pk: int) -> HttpResponse:
    """Put one back among those to decide on."""
    take_up_again(read_target=read_target_of(adoptable_directive(request, pk), read_pk), by=request.posting)
    return redirect(reverse("targets:document", args=[pk]) + f"#r{read_pk}")
