"""Work given to another unit than it was given to at first."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directives import rules
from directives.actions.handing import reassign
from directives.forms.work import ReassignForm
from directives.models import Assignment
from directives.queries import addressable_by
from directives.views.access import visible_assignment
from directives.views.steps import moved_meanwhile
from eduportal.base.errors import EditConflict, Refused
from eduportal.base.forms import with_version
from schools.middleware import ActingRequest
from schools.models import Unit


@require_http_methods(["GET", "POST"])
def reassigning(request: ActingRequest, pk: int) -> HttpResponse:
    """The office that set the work gives it to another unit, saying why."""
    one = visible_assignment(request, pk)
    if not rules.may_steer(request.posting, one.task.directive):
        raise PermissionDenied
    today = timezone.localdate()
    units = units_without(one)
    if request.method == "GET":
        return reassign_page(request, one, ReassignForm(units=units, initial={"version": one.version}))
    form = ReassignForm(request.POST, units=units)
    if not form.is_valid():
        return reassign_page(request, one, form, status=422)
    data = form.cleaned_data
    try:
        made = reassign(
            assignment=one,
            version=data["version"],
            to=data["unit"],
            reason=data["reason"],
            until=data["until"],
            by=request.posting,
            today=today,
        )
    except EditConflict as conflict:
        with_version(form, conflict.current.version)
        form.add_error(None, moved_meanwhile(conflict.current))
        return reassign_page(request, one, form, status=409)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return reassign_page(request, one, form, status=422)
    messages.success(request, _("Given to %(unit)s.") % {"unit": made.unit.short_name})
    return redirect("directives:assignment", made.pk)


def units_without(one: Assignment) -> QuerySet[Unit]:
    """The units that the document may name and that have no share of this work. Lazy."""
    theirs = Assignment.objects.filter(task=one.task_id, occurrence=one.occurrence_id).values("unit")
    return addressable_by(one.task.directive, timezone.localdate()).exclude(pk__in=theirs)


def reassign_page(
    request: ActingRequest, one: Assignment, form: ReassignForm, *, status: int = 200
) -> HttpResponse:
    context = {"assignment": one, "directive": one.task.directive, "form": form}
    return render(request, "directives/reassign.html", context, status=status)
