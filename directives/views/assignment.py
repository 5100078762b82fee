"""One unit's share of a task: what set it, where it stands; reporting on it, and sending it back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from directives import rules
from directives.actions.progress import report_progress, send_back
from directives.forms import ProgressForm, SendBackForm, with_version
from directives.models import Assignment, Task
from directives.queries import history_of
from directives.queries.documents import links_to_newer
from directives.views.access import visible_assignment
from directives.views.assignments import shown_standing
from directives.views.presenting import told
from eduportal.base.errors import EditConflict, Refused
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
    form = ProgressForm(request.POST, initial={"percent": one.percent})
    if not form.is_valid():
        return page(request, one, form=form, status=422)
    try:
        report_progress(
            assignment=one,
            version=form.cleaned_data["version"],
            percent=int(form.cleaned_data["percent"]),
            note=form.cleaned_data["note"],
            claims_done=form.cleaned_data["claims_done"],
            by=by,
            now=timezone.now(),
        )
    except EditConflict as conflict:
        with_version(form, conflict.current.version)
        rows = differences(conflict.current, form.cleaned_data)
        return page(request, visible_assignment(request, pk), form=form, conflict=rows, status=422)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return page(request, one, form=form, status=422)
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
        return page(request, one, back=back, status=422)
    try:
        send_back(assignment=one, reason=back.cleaned_data["reason"], by=by)
    except Refused as refusal:
        back.add_error(None, str(refusal.message))
        return page(request, one, back=back, status=422)
    messages.success(request, _("Sent back to the unit. It runs on from the same deadline."))
    return redirect("directives:assignment", pk)


def page(
    request: ActingRequest,
    one: Assignment,
    *,
    form: forms.BaseForm | None = None,
    conflict: list[dict[str, Any]] | None = None,
    back: forms.BaseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with forms as they were typed where something is to be put right."""
    by = request.posting
    today = timezone.localdate()
    entries = one.entries.select_related("period", "written_by")
    if not rules.is_own(by, one):
        # What is not sent yet is the unit's own: neither the notes nor that there are any is for others.
        entries = entries.filter(sent_at__isnull=False)
    if form is None and one.is_open and rules.may_report(by, one):
        form = ProgressForm(initial={"version": one.version, "percent": one.percent})
    if back is None and one.is_done and rules.may_send_back(by, one):
        back = SendBackForm(prefix="back")
    context = {
        "assignment": one,
        "directive": one.task.directive,
        "newer": links_to_newer(request.user, one.task.directive) if one.task.directive.ended else [],
        "quote": quotation(one.task),
        "shown": shown_standing(one, today),
        "entries": entries,
        "today": today,
        "form": form,
        "conflict": conflict,
        "back": back,
        "history": told(history_of(one)),
    }
    return render(request, "directives/assignment.html", context, status=status)


def quotation(task: Task) -> str:
    """The words of the document that set the task, where it was found in the text."""
    if task.span_start is None:
        return ""
    return task.directive.text[task.span_start : task.span_end].strip()
