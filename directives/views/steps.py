"""Work paused, taken up again, cancelled or refused: for one unit, or for all units of a task."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from directives import rules
from directives.models import Assignment
from directives.views.access import handed_out_task, visible_assignment
from directives.views.assignment_page import Shown, page
from directives.views.stepping import ANSWERS, STEPS, TASK_STEPS, arguments, step_form
from directives.views.task import TaskShown, task_page
from eduportal.base.acting import or_say_in
from eduportal.base.errors import EditConflict, Refused
from eduportal.base.forms import with_version
from schools.middleware import ActingRequest


@require_POST
def one(request: ActingRequest, pk: int, name: str) -> HttpResponse:
    """Take a step with one unit's work."""
    assignment = visible_assignment(request, pk)
    if (step := (STEPS | ANSWERS).get(name)) is None:
        raise Http404
    if not step.rule(request.posting, assignment):
        raise PermissionDenied
    form = step_form(name, step.form, request.POST)
    if not form.is_valid():
        return page(request, assignment, Shown(steps={name: form}, status=422))
    typed = arguments(form)
    try:
        step.action(assignment=assignment, by=request.posting, **typed | {"version": typed["version"] or 0})
    except EditConflict as conflict:
        with_version(form, conflict.current.version)
        form.add_error(None, moved_meanwhile(conflict.current))
        return page(request, visible_assignment(request, pk), Shown(steps={name: form}, status=409))
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return page(request, visible_assignment(request, pk), Shown(steps={name: form}, status=422))
    messages.success(request, step.done)
    return redirect("directives:assignment", pk)


def moved_meanwhile(current: Assignment) -> str:
    """For whoever comes second: what became of the work, and that nothing of theirs was done."""
    return _(
        "This work changed while you were writing; it is now “%(state)s”. Nothing was done. Look at the "
        "page, then decide again."
    ) % {"state": current.get_state_display()}


@require_POST
def all_units(request: ActingRequest, pk: int, name: str) -> HttpResponse:
    """Take a step with the work of all units of a task."""
    task = handed_out_task(request, pk)
    if (step := TASK_STEPS.get(name)) is None:
        raise Http404
    if not rules.may_steer(request.posting, task.directive):
        raise PermissionDenied
    form = step_form(name, step.form, request.POST)
    if not form.is_valid():
        return task_page(request, task, TaskShown(steps={name: form}, status=422))
    typed = arguments(form)
    typed.pop("version", None)
    with or_say_in(form) as act:
        count = step.action(task=task, by=request.posting, **typed)
    if not act.done:
        return task_page(request, task, TaskShown(steps={name: form}, status=422))
    text = ngettext("Done for %(count)s unit.", "Done for %(count)s units.", count)
    messages.success(request, text % {"count": count})
    return redirect("directives:task_of_all", pk)
