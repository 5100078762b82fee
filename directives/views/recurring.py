"""How often a task comes again: set as the document says it, changed, stopped."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from directives import rules
from directives.actions.recurring import set_recurrence, stop_recurrence
from directives.forms import VersionForm
from directives.forms.recurring import RecurrenceForm, initial_of
from directives.models import Recurrence, Task
from directives.queries.recurring import recurrences_read
from directives.views.access import handed_out_task
from directives.views.assignment_page import quotation
from eduportal.base.acting import or_say
from eduportal.base.errors import EditConflict, Refused
from eduportal.base.forms import with_version
from schools.middleware import ActingRequest


@require_http_methods(["GET", "POST"])
def recurrence(request: ActingRequest, pk: int) -> HttpResponse:
    """Say how often the task is done; each time, its units get it anew."""
    task = steered_task(request, pk)
    if request.method == "GET":
        return recurrence_page(request, task)
    form = RecurrenceForm(request.POST)
    if not form.is_valid():
        return recurrence_page(request, task, form, status=422)
    data = form.cleaned_data
    try:
        set_recurrence(
            task=task,
            version=data["version"] or 0,
            rule=form.rule,
            since=data["since"],
            until=data["until"],
            by=request.posting,
            today=timezone.localdate(),
        )
    except EditConflict as conflict:
        with_version(form, conflict.current.version)
        form.add_error(
            None,
            _(
                "Somebody set this while you were writing: %(stored)s. Nothing was saved; save again to "
                "replace it."
            )
            % {"stored": conflict.current},
        )
        return recurrence_page(request, task, form, status=409)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return recurrence_page(request, task, form, status=422)
    messages.success(request, _("Set. Each time, the units get the task anew, with its own deadline."))
    return redirect("directives:task_of_all", pk)


@require_POST
def stop(request: ActingRequest, pk: int) -> HttpResponse:
    """No further occurrences; those that were handed out stay."""
    task = steered_task(request, pk)
    form = VersionForm(request.POST)
    try:
        with or_say(request) as act:
            stop_recurrence(
                task=task,
                version=form.cleaned_data["version"] if form.is_valid() else 0,
                by=request.posting,
            )
    except EditConflict:
        messages.error(request, _("Somebody changed this meanwhile. Nothing was stopped; look at it anew."))
        return redirect("directives:recurrence", pk)
    if act.done:
        messages.success(request, _("Stopped. What was handed out stays as it is."))
    return redirect("directives:task_of_all", pk)


def steered_task(request: ActingRequest, pk: int) -> Task:
    task = handed_out_task(request, pk)
    if not rules.may_steer(request.posting, task.directive):
        raise PermissionDenied
    return task


def recurrence_page(
    request: ActingRequest, task: Task, form: RecurrenceForm | None = None, *, status: int = 200
) -> HttpResponse:
    stored = Recurrence.objects.filter(task=task).select_related("set_by").first()
    read = recurrences_read(task.directive, [task]).get(task.pk)
    context = {
        "task": task,
        "directive": task.directive,
        "quote": quotation(task),
        "form": form or RecurrenceForm(initial=initial_of(stored, read, timezone.localdate())),
        "stored": stored,
        "read": read,
        "occurrences": task.occurrences.order_by("-first")[:24],
    }
    return render(request, "directives/recurrence.html", context, status=status)
