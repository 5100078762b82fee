"""The registers of numbers of an office: how far each is, and where its numbers come from."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from directives import rules
from directives.actions.registers import give_numbers_here, type_numbers_in
from directives.forms import SourceForm
from directives.models import DirectiveKind
from directives.queries.registers import registers_of
from schools.middleware import ActingRequest
from schools.models import Office, Posting


def keeper(request: ActingRequest) -> Posting:
    """Whoever gives the numbers of the office that they act for."""
    if not rules.may_keep_registers(request.posting):
        raise PermissionDenied
    return request.posting


@require_safe
def registers(request: ActingRequest) -> HttpResponse:
    by, year = keeper(request), timezone.localdate().year
    context = {"registers": registers_of(by.acting_unit, year), "year": year, "office": by.acting_unit}
    return render(request, "directives/registers.html", context)


SOURCES = {"typed": type_numbers_in, "here": give_numbers_here}


@require_POST
def source(request: ActingRequest) -> HttpResponse:
    """Say where the numbers of a register come from."""
    by = keeper(request)
    form = SourceForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was changed: choose a register of the list."))
        return redirect("directives:registers")
    kind = DirectiveKind(form.cleaned_data["kind"])
    office = get_object_or_404(Office, pk=by.acting_unit.pk)
    SOURCES[form.cleaned_data["source"]](office=office, kind=kind, by=by)
    messages.success(request, _("Saved: %(kind)s.") % {"kind": kind.label})
    return redirect("directives:registers")
