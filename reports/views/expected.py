"""The explicit changes of a period's expected list, adding a unit to it, and an office's own due day."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from eduportal.base.errors import EditConflict, Refused
from eduportal.base.forms import with_version
from reports import queries, rules
from reports.actions.expected import add_unit
from reports.actions.opening import set_due_day
from reports.forms.listed import newest_of
from reports.forms.missing import AddForm, DueDayForm
from reports.models import MonthlyReport
from reports.queries.expected import addable_units, changes_of_list
from reports.queries.figures import code_of
from schools.middleware import ActingRequest
from schools.models import Office, Period, Posting, Unit
from schools.queries import units_in_scope


def expected(request: ActingRequest) -> HttpResponse:
    """The changes of a period's list, a form to add a unit, and the day on which reports are due here."""
    by, today = list_keeper(request), timezone.localdate()
    period = chosen_period(request)
    units = units_to_add(request, period)
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
            return back_to(period)
    return show(request, period, form, DueDayForm(office=by.acting_unit))


@require_POST
def due_day(request: ActingRequest) -> HttpResponse:
    """Set the day on which the reports of periods that are opened from now on are due to one's office."""
    by, period = list_keeper(request), chosen_period(request)
    form = DueDayForm(request.POST, office=by.acting_unit)
    if form.is_valid():
        try:
            row = set_due_day(
                office=get_object_or_404(Office, pk=by.acting_unit.pk),
                day=int(form.cleaned_data["day"]),
                version=form.cleaned_data["version"],
                by=by,
            )
        except EditConflict as conflict:
            words = _("Somebody else set it to day %(day)s meanwhile. Look, then set it again.")
            form.add_error("day", words % {"day": conflict.current.day})
            with_version(form, conflict.current.version)
        else:
            text = _("Reports are due on day %(day)s; what is open already keeps its day.")
            messages.success(request, text % {"day": row.day})
            return back_to(period)
    return show(request, period, AddForm(units=units_to_add(request, period)), form)


def list_keeper(request: ActingRequest) -> Posting:
    if request.posting is None or not rules.may_keep_list(request.posting):
        raise PermissionDenied
    return request.posting


def units_to_add(request: ActingRequest, period: Period) -> QuerySet[Unit]:
    units = addable_units(request.posting.acting_unit, period, timezone.localdate())
    return units.filter(pk__in=units_in_scope(request.user).values("pk"))


def back_to(period: Period) -> HttpResponse:
    return redirect(f"{reverse('reports:expected')}?period={code_of(period)}")


def show(request: ActingRequest, period: Period, form: AddForm, due: DueDayForm) -> HttpResponse:
    context = {
        "form": form,
        "due": due,
        "usual": settings.MONTHLY_REPORT_DUE_DAY,
        "has_addable": form.fields["unit"].queryset.exists(),  # type: ignore[attr-defined]
        "period": period,
        "code": code_of(period),
        "changes": changes_of_list(request.user, request.posting.acting_unit, period),
    }
    is_wrong = form.errors or due.errors
    return render(request, "reports/expected.html", context, status=422 if is_wrong else 200)


def chosen_period(request: ActingRequest) -> Period:
    """What is asked for, or the newest month, among the periods opened for what the person sees."""
    opened = queries.periods_of(MonthlyReport.objects.visible_to(request.user))
    periods = {code_of(period): period for period in opened}
    chosen = periods.get(request.GET["period"]) if "period" in request.GET else newest_of(periods.values())
    if chosen is None:
        raise Http404
    return chosen
