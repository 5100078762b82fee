"""Parts of a unit's own work, given to colleagues by name."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from directives import rules
from directives.actions.errands import finish_errand, give_errand, reopen_errand, take_back_errand
from directives.forms.work import ErrandDoneForm, ErrandForm
from directives.models import Assignment, Errand
from directives.queries.errands import colleagues_of
from directives.views.access import visible_assignment
from directives.views.assignment_page import Shown, page
from eduportal.base.acting import or_say, or_say_in
from schools.middleware import ActingRequest


@require_POST
def give(request: ActingRequest, pk: int) -> HttpResponse:
    """Give a part of the own unit's work to somebody by name."""
    one = visible_assignment(request, pk)
    if not rules.may_prepare_work(request.posting, one):
        raise PermissionDenied
    form = ErrandForm(request.POST, prefix="errand")
    if not form.is_valid():
        return page(request, one, Shown(errand=form, status=422))
    with or_say_in(form) as act:
        made = give_errand(
            assignment=one,
            what=form.cleaned_data["what"],
            name=form.cleaned_data["name"],
            colleagues=list(colleagues_of(request.posting.acting_unit, timezone.localdate())),
            deadline=form.cleaned_data["deadline"],
            by=request.posting,
        )
    if not act.done:
        return page(request, one, Shown(errand=form, status=422))
    if made.person_id:
        messages.success(request, _("Given to %(name)s, who finds it among the tasks.") % {"name": made.name})
    else:
        text = _("Noted for %(name)s, who has no account here: tell them, and tick it off when it is done.")
        messages.success(request, text % {"name": made.name})
    return redirect(address(one))


@require_POST
def done(request: ActingRequest, pk: int) -> HttpResponse:
    """A colleague says that a part is done; so may whoever prepares the unit's work."""
    errand = own_errand(request, pk)
    if not rules.may_finish_errand(request.posting, errand):
        raise PermissionDenied
    form = ErrandDoneForm(request.POST, prefix=f"done-{pk}")
    if not form.is_valid():
        return page(request, errand.assignment, Shown(done={pk: form}, status=422))
    with or_say(request) as act:
        finish_errand(errand=errand, note=form.cleaned_data["note"], by=request.posting)
    if act.done:
        messages.success(request, _("Noted as done."))
    return redirect(address(errand.assignment))


@require_POST
def reopen(request: ActingRequest, pk: int) -> HttpResponse:
    """It is not done after all."""
    errand = prepared_errand(request, pk)
    with or_say(request) as act:
        reopen_errand(errand=errand, by=request.posting)
    if act.done:
        messages.success(request, _("Open again."))
    return redirect(address(errand.assignment))


@require_POST
def take_back(request: ActingRequest, pk: int) -> HttpResponse:
    """Take a part back that is not done."""
    errand = prepared_errand(request, pk)
    with or_say(request) as act:
        take_back_errand(errand=errand, by=request.posting)
    if act.done:
        messages.success(request, _("Taken back: %(errand)s.") % {"errand": errand})
    return redirect(address(errand.assignment))


def own_errand(request: ActingRequest, pk: int) -> Errand:
    """A part of the own unit's work; that of another unit does not exist for anybody else."""
    rows = Errand.objects.filter(assignment__in=Assignment.objects.visible_to(request.user).values("pk"))
    errand = get_object_or_404(
        rows.select_related("assignment__task__directive__office", "assignment__unit"), pk=pk
    )
    if not rules.is_own(request.posting, errand.assignment):
        raise Http404
    return errand


def prepared_errand(request: ActingRequest, pk: int) -> Errand:
    errand = own_errand(request, pk)
    if not rules.may_prepare_work(request.posting, errand.assignment):
        raise PermissionDenied
    return errand


def address(one: Assignment) -> str:
    return f"{reverse('directives:assignment', args=[one.pk])}#errands"
