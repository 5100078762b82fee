"""Setting, changing and taking away targets by hand."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from eduportal.base.errors import EditConflict, Refused
from eduportal.base.forms import with_version
from eduportal.base.numbers import whole_number
from schools.middleware import ActingRequest
from targets import rules
from targets.actions import (
    AlreadySet,
    BeyondTheWhole,
    place_within,
    remove_target,
    revise_target,
    set_target,
)
from targets.forms import PlaceForm, RemoveForm, ReviseForm, TargetForm, goal_initial, usual_code
from targets.models import Target
from targets.models.target import TargetQuerySet
from targets.queries.board import indicators_to_set, units_to_set
from targets.queries.nesting import wholes_for
from targets.views.access import target_to_revise, visible_target
from targets.views.board import target_page


def target_form(
    request: ActingRequest, initial: dict[str, Any], wholes: TargetQuerySet | None = None
) -> TargetForm:
    """The form of a new target, with the units and indicators that this person may choose.

    `wholes`: the targets of which it may be a part.
    """
    today, by = timezone.localdate(), request.posting
    return TargetForm(
        request.POST or None,
        units=units_to_set(by, today),
        indicators=indicators_to_set(by, today),
        wholes=Target.objects.none() if wholes is None else wholes,
        today=today,
        initial={"unit": by.acting_unit.pk, "period": usual_code(today)} | initial,
    )


@require_http_methods(["GET", "POST"])
def new(request: ActingRequest) -> HttpResponse:
    """Set a target for the own office or a unit beneath it."""
    if not rules.may_set(request.posting):
        raise PermissionDenied
    form = target_form(request, asked_for(request), whole_asked_for(request))
    twin: Target | None = None
    if request.method == "POST" and form.is_valid():
        try:
            target = set_target(by=request.posting, **form.target())
        except AlreadySet as refusal:
            form.add_error(None, str(refusal.message))
            twin = refusal.target
        except BeyondTheWhole as refusal:
            form.ask_beyond(str(refusal.message))
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("The target is set."))
            return redirect("targets:target", target.pk)
    context = {"form": form, "twin": twin}
    return render(request, "targets/new.html", context, status=422 if form.is_bound else 200)


def asked_for(request: ActingRequest) -> dict[str, str]:
    """What an address fills in."""
    return {name: request.GET[name] for name in ("unit", "period", "within") if name in request.GET}


def whole_asked_for(request: ActingRequest) -> TargetQuerySet:
    """The target that the address names, of which the new one is to say a part; none without. Lazy."""
    wanted = whole_number(request.POST.get("within") or request.GET.get("within", "")) or 0
    return Target.objects.visible_to(request.user).filter(pk=wanted).shown()


@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Change what is to be reached, saying why."""
    target = target_to_revise(request, pk)
    today = timezone.localdate()
    form = ReviseForm(request.POST or None, target=target, today=today, initial=goal_initial(target))
    conflict: list[dict[str, Any]] | None = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            revise_target(
                target=target,
                version=data["version"],
                goal=form.goal(),
                note=data["note"],
                reason=data["reason"],
                by=request.posting,
                although_beyond=data["although_beyond"],
            )
        except EditConflict:
            stored = visible_target(request, pk)
            with_version(form, stored.version)
            conflict = list(form.differences(stored))
        except BeyondTheWhole as refusal:
            form.ask_beyond(str(refusal.message))
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("Changed. The former value stands in the history."))
            return redirect("targets:target", pk)
    context = {"target": target, "form": form, "conflict": conflict}
    return render(request, "targets/edit.html", context, status=status_of(form, conflict))


def status_of(form: ReviseForm, conflict: list[dict[str, Any]] | None) -> int:
    if conflict is not None:
        return 409
    return 422 if form.is_bound else 200


@require_POST
def place(request: ActingRequest, pk: int) -> HttpResponse:
    """Make a target a part of another of its unit and period, or of none."""
    target = target_to_revise(request, pk)
    form = PlaceForm(request.POST, target=target, wholes=wholes_for(target))
    if not form.is_valid():
        return target_page(request, target, place=form, status=422)
    data = form.cleaned_data
    try:
        place_within(
            target=target,
            version=data["version"],
            whole=data["within"],
            by=request.posting,
            although_beyond=data["although_beyond"],
        )
    except EditConflict as conflict:
        with_version(form, conflict.current.version)
        form.add_error(
            None, _("Somebody changed this target meanwhile. Look at it again; nothing was saved.")
        )
        return target_page(request, visible_target(request, pk), place=form, status=409)
    except BeyondTheWhole as refusal:
        form.ask_beyond(str(refusal.message))
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
    else:
        messages.success(request, _("Saved."))
        return redirect("targets:target", pk)
    return target_page(request, visible_target(request, pk), place=form, status=422)


@require_POST
def remove(request: ActingRequest, pk: int) -> HttpResponse:
    """Take a target away that was set by mistake."""
    target = target_to_revise(request, pk)
    form = RemoveForm(request.POST, prefix="remove")
    if not form.is_valid():
        return target_page(request, target, remove=form, status=422)
    try:
        remove_target(target=target, by=request.posting, **form.cleaned_data)
    except EditConflict as conflict:
        with_version(form, conflict.current.version)
        form.add_error(
            None, _("Somebody changed this target meanwhile. Look at it again; nothing was removed.")
        )
        return target_page(request, visible_target(request, pk), remove=form, status=409)
    messages.success(request, _("The target is taken away. The trail keeps what it was and why it went."))
    return redirect("targets:board")
