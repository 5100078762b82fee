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

from directives.models import Directive
from eduportal.base.errors import EditConflict, Refused
from eduportal.base.forms import with_version
from schools.middleware import ActingRequest
from schools.models import Period
from targets import rules
from targets.actions import (
    AdoptedAlready,
    AlreadySet,
    BeyondTheWhole,
    adopt_target,
    keep_target,
    revise_for_read,
    skip_target,
    take_up_again,
)
from targets.forms import ExistingForm, code_of, shown
from targets.models import Target
from targets.queries.proposals import Proposal, adoption_counts, proposal_of, proposals_of
from targets.views.access import adoptable_directive, read_target_of, visible_target
from targets.views.setting import target_form
from targets.wording import wanted_words


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
    of_document = Target.objects.visible_to(request.user).filter(directive=directive.pk).shown()
    form = target_form(request, initial_of(proposal), of_document)
    context = {"directive": directive, "read": read, "proposal": proposal, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            target = adopt_target(read_target=read, by=request.posting, **form.target())
        except AdoptedAlready as refusal:
            form.add_error(None, str(refusal.message))
            context["twin"] = refusal.target
        except AlreadySet as refusal:
            return beside_existing(request, context, refusal)
        except BeyondTheWhole as refusal:
            form.ask_beyond(str(refusal.message))
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            return adopted(request, directive, target, _("Adopted: %(target)s. Open it"))
    return render(request, "targets/adopt.html", context, status=422 if form.is_bound else 200)


def adopted(request: ActingRequest, directive: Directive, target: Target, words: str) -> HttpResponse:
    address = reverse("targets:target", args=[target.pk])
    messages.success(request, format_html('<a href="{}">{}</a>', address, words % {"target": target}))
    return redirect("targets:document", directive.pk)


def beside_existing(request: ActingRequest, context: dict[str, Any], refusal: AlreadySet) -> HttpResponse:
    """The target that is there beside the one proposed: it is kept, or changed, or the page is left."""
    existing, form = refusal.target, context["form"]
    has_chosen = "existing-target" in request.POST
    choice = ExistingForm(
        request.POST if has_chosen else None,
        existing=existing,
        may_revise=rules.may_revise(request.posting, existing),
    )
    status = 422
    if not has_chosen:
        form.add_error(None, str(refusal.message))
    elif choice.is_valid():
        try:
            return settled(request, context, choice)
        except Refused as reason:
            form.add_error(None, str(reason.message))
        except EditConflict as conflict:
            existing, status = visible_target(request, existing.pk), 409
            with_version(choice, conflict.current.version)
            form.add_error(
                None, _("Somebody changed that target meanwhile. Look at it again; nothing was saved.")
            )
    context |= {
        "existing": existing,
        "existing_words": wanted_words(existing, existing.indicator),
        "proposed_words": wanted_words(form.goal(), existing.indicator),
        "choice": choice,
    }
    return render(request, "targets/adopt.html", context, status=status)


def settled(request: ActingRequest, context: dict[str, Any], choice: ExistingForm) -> HttpResponse:
    """What was chosen for the target that is there, done."""
    chosen, form = choice.cleaned_data, context["form"]
    sentence = {"read_target": context["read"], "target": choice.existing, "by": request.posting}
    if chosen["choice"] == ExistingForm.KEEP:
        target = keep_target(**sentence)
        return adopted(request, context["directive"], target, _("Kept and linked: %(target)s. Open it"))
    target = revise_for_read(
        **sentence,
        version=chosen["version"],
        goal=form.goal(),
        note=form.cleaned_data["note"] or choice.existing.note,
        reason=chosen["reason"],
    )
    return adopted(request, context["directive"], target, _("Changed and linked: %(target)s. Open it"))


def initial_of(proposal: Proposal) -> dict[str, Any]:
    """What was read, as the fields of the form."""
    read = proposal.read
    return {
        "indicator": proposal.indicator.pk if proposal.indicator else None,
        "period": code_of(meant_period(proposal)),
        "group": proposal.group.pk if proposal.group else None,
        "within": proposal.within.pk if proposal.within else None,
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
