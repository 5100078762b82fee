"""One unit's share of a task: what set it, where it stands; reporting on it, and sending it back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from directives import rules
from directives.actions.progress import report_progress, send_back
from directives.forms import ProgressForm, SendBackForm
from directives.models import Assignment
from directives.views.access import visible_assignment
from directives.views.assignment_page import Shown, page
from eduportal.base.acting import or_say_in
from eduportal.base.errors import EditConflict, Refused
from eduportal.base.forms import with_version
from schools.middleware import ActingRequest


@require_GET
def assignment(request: ActingRequest, pk: int) -> HttpResponse:
    """The page of one share."""
    return page(request, visible_assignment(request, pk))


@require_POST
def report(request: ActingRequest, pk: int) -> HttpResponse:
    """The unit says how far its work is; it counts at once."""
    one = visible_assignment(request, pk)
    by = request.posting
    if not rules.may_report(by, one):
        raise PermissionDenied
    form = ProgressForm(request.POST, request.FILES, initial={"percent": one.percent})
    if not form.is_valid():
        return page(request, one, Shown(report=form, status=422))
    try:
        report_progress(
            assignment=one,
            version=form.cleaned_data["version"],
            percent=int(form.cleaned_data["percent"]),
            note=form.cleaned_data["note"],
            claims_done=form.cleaned_data["claims_done"],
            files=form.cleaned_data["evidence"],
            by=by,
            now=timezone.now(),
        )
    except EditConflict as conflict:
        with_version(form, conflict.current.version)
        rows = differences(conflict.current, form.cleaned_data)
        return page(request, visible_assignment(request, pk), Shown(form, rows, status=422))
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return page(request, one, Shown(report=form, status=422))
    messages.success(request, _("Reported. It counts from now on."))
    return redirect("directives:assignment", pk)


def differences(stored: Assignment, typed: dict[str, Any]) -> list[dict[str, Any]]:
    """What was reported meanwhile beside what was typed."""
    last = stored.entries.filter(sent_at__isnull=False).order_by("-sent_at", "-pk").first()
    yours = 100 if typed["claims_done"] else typed["percent"]
    return [
        {
            "label": _("State"),
            "stored": stored.get_state_display(),
            "yours": _("done") if typed["claims_done"] else "–",
        },
        {"label": _("Progress (%)"), "stored": f"{stored.percent}%", "yours": f"{yours}%"},
        {"label": _("What was done"), "stored": last.note if last else "–", "yours": typed["note"] or "–"},
    ]


@require_POST
def reopen(request: ActingRequest, pk: int) -> HttpResponse:
    """The office that set the work sends it back, saying why."""
    one = visible_assignment(request, pk)
    by = request.posting
    if not rules.may_send_back(by, one):
        raise PermissionDenied
    back = SendBackForm(request.POST, prefix="back")
    if not back.is_valid():
        return page(request, one, Shown(back=back, status=422))
    with or_say_in(back) as act:
        send_back(assignment=one, reason=back.cleaned_data["reason"], by=by)
    if not act.done:
        return page(request, one, Shown(back=back, status=422))
    messages.success(request, _("Sent back to the unit. It runs on from the same deadline."))
    return redirect("directives:assignment", pk)
