"""The explicit changes of a month's expected list: who was excused, who was added, and adding one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from eduportal.base.errors import EditConflict, Refused
from reports import queries, rules
from reports.actions.expected import add_unit
from reports.forms.missing import AddForm
from reports.models import MonthlyReport
from reports.queries.expected import addable_units, changes_of_list
from reports.queries.figures import code_of
from schools.middleware import ActingRequest
from schools.models import Period
from schools.queries import units_in_scope


def expected(request: ActingRequest) -> HttpResponse:
    """The month's changes, and a form to add a unit."""
    by, today = request.posting, timezone.localdate()
    if not rules.may_keep_list(by):
        raise PermissionDenied
    period = chosen_period(request)
    units = addable_units(by.acting_unit, period, today).filter(
        pk__in=units_in_scope(request.user).values("pk")
    )
    form = AddForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            add_unit(
                unit=form.cleaned_data["unit"],
                period=period,
                reason=form.cleaned_data["reason"],
                by=by,
                today=today,
                now=timezone.now(),
            )
        except EditConflict:
            form.add_error(
                None, _("Somebody changed this row at the same moment. Look at it, then try again.")
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            text = _("%(unit)s is expected to report %(period)s.")
            messages.success(request, text % {"unit": form.cleaned_data["unit"].name, "period": period})
            return redirect(f"{reverse('reports:expected')}?period={code_of(period)}")
    context = {
        "form": form,
        "has_addable": units.exists(),
        "period": period,
        "code": code_of(period),
        "changes": changes_of_list(request.user, by.acting_unit, period),
    }
    return render(request, "reports/expected.html", context, status=422 if form.errors else 200)


def chosen_period(request: ActingRequest) -> Period:
    """The month asked for, or the newest, among those opened for what the person sees."""
    opened = queries.months_of(MonthlyReport.objects.visible_to(request.user))
    months = {code_of(period): period for period in opened}
    code = request.GET.get("period", next(iter(months), ""))
    if code not in months:
        raise Http404
    return months[code]
