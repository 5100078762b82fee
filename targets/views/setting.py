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
from schools.middleware import ActingRequest
from targets import rules
from targets.actions import AlreadySet, remove_target, revise_target, set_target
from targets.forms import RemoveForm, ReviseForm, TargetForm, goal_initial, usual_code
from targets.models import Target
from targets.queries.board import indicators_to_set, units_to_set
from targets.views.access import target_to_revise, visible_target
from targets.views.board import target_page


def target_form(request: ActingRequest, initial: dict[str, Any]) -> TargetForm:
    """The form of a new target, with the units and indicators that this person may choose."""
    today, by = timezone.localdate(), request.posting
    return TargetForm(
        request.POST or None,
        units=units_to_set(by, today),
        indicators=indicators_to_set(by, today),
        today=today,
        initial={"unit": by.acting_unit.pk, "period": usual_code(today)} | initial,
    )


@require_http_methods(["GET", "POST"])
def new(request: ActingRequest) -> HttpResponse:
    """Set a target for the own office or a unit beneath it."""
    if not rules.may_set(request.posting):
        raise PermissionDenied
    form = target_form(
        request, {name: request.GET[name] for name in ("unit", "period") if name in request.GET}
    )
    twin: Target | None = None
    if request.method == "POST" and form.is_valid():
        try:
            target = set_target(by=request.posting, **form.target())
        except AlreadySet as refusal:
            form.add_error(None, str(refusal.message))
            twin = refusal.target
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("The target is set."))
            return redirect("targets:target", target.pk)
    context = {"form": form, "twin": twin}
    return render(request, "targets/new.html", context, status=422 if form.is_bound else 200)


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
            )
        except EditConflict:
            stored = visible_target(request, pk)
            with_version(form, stored.version)
            conflict = list(form.differences(stored))
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
