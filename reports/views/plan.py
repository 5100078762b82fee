"""How an office has its briefings: the page on which it chooses day, longer periods and parts."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from eduportal.base.errors import EditConflict
from eduportal.base.forms import with_version
from reports import rules
from reports.actions.plan import plan_days, plan_parts
from reports.figures import from_json
from reports.forms.briefing import PartsForm, PlanForm
from reports.models import Briefing
from reports.queries.briefing import gather, opened_months, sees_whole
from reports.queries.plan import plan_of
from reports.wording import sections, titles_of
from reports.wording.parts import names
from schools.middleware import ActingRequest
from schools.models import Office, Posting
from schools.periods import Named


def planner(request: ActingRequest) -> Posting:
    """Staff who hold the briefings of the office they act for, and see all of it."""
    posting = request.posting
    if (
        posting is None
        or not rules.may_hold_briefings(posting, posting.acting_unit)
        or not sees_whole(posting)
    ):
        raise PermissionDenied
    return posting


def acting_office(by: Posting) -> Office:
    return get_object_or_404(Office, pk=by.acting_unit.pk)


@require_safe
def plan(request: ActingRequest) -> HttpResponse:
    by = planner(request)
    row = plan_of(by.acting_unit)
    return show(request, by, PlanForm(plan=row), parts_form(by))


@require_POST
def days(request: ActingRequest) -> HttpResponse:
    """Set on which day briefings are built by themselves, and of which longer periods."""
    by = planner(request)
    form = PlanForm(request.POST, plan=plan_of(by.acting_unit))
    if form.is_valid():
        given = {"day": form.chosen_day, "kinds": form.cleaned_data["kinds"]}
        version = form.cleaned_data["version"]
        try:
            plan_days(office=acting_office(by), version=version, by=by, **given)
        except EditConflict as conflict:
            form.add_error(None, changed_meanwhile())
            with_version(form, conflict.current.version)
        else:
            messages.success(request, _("Saved. It counts from the next building on."))
            return redirect("reports:briefing_plan")
    return show(request, by, form, parts_form(by))


@require_POST
def parts(request: ActingRequest) -> HttpResponse:
    """Set the parts of the office's briefings, or show what a briefing of them would say."""
    by = planner(request)
    form = parts_form(by, request.POST)
    row = PlanForm(plan=plan_of(by.acting_unit))
    if form.is_valid():
        if "preview" in request.POST:
            return show(request, by, row, form, preview=preview_of(by, form))
        try:
            version = form.cleaned_data["version"]
            plan_parts(office=acting_office(by), parts=form.chosen(), version=version, by=by)
        except EditConflict as conflict:
            form.add_error(None, changed_meanwhile())
            with_version(form, conflict.current.version)
        else:
            messages.success(request, _("Saved. Briefings have these parts from the next building on."))
            return redirect("reports:briefing_plan")
    return show(request, by, row, form)


@require_POST
def usual_parts(request: ActingRequest) -> HttpResponse:
    """Take the portal's own parts again."""
    by = planner(request)
    row = plan_of(by.acting_unit)
    plan_parts(office=acting_office(by), parts=[], version=row.version if row else None, by=by)
    messages.success(request, _("Briefings have the usual parts again."))
    return redirect("reports:briefing_plan")


def changed_meanwhile() -> str:
    return _("Somebody else changed this meanwhile. What you typed is still here: look, then save again.")


def parts_form(by: Posting, data: Any = None) -> PartsForm:
    row = plan_of(by.acting_unit)
    return PartsForm(
        data,
        usual=titles_of(period_shown(by)),
        parts=row.composed if row else [],
        version=row.version if row else None,
    )


def period_shown(by: Posting) -> Named:
    """The newest month, as whose briefing the parts are shown."""
    newest = opened_months(by.acting_unit).first()
    today = timezone.localdate()
    return newest.named if newest else Named("month", today.year, today.month)


def preview_of(by: Posting, form: PartsForm) -> dict[str, Any] | None:
    """What the newest briefing, or one of the newest month, would say; None before a month was opened."""
    office = acting_office(by)
    newest = Briefing.objects.filter(office=office).select_related("period").first()
    if newest is not None:
        figures = from_json(newest.figures)
    elif month := opened_months(office).first():
        figures = gather(office=office, period=month, today=timezone.localdate())
    else:
        return None
    return {"period": figures.period.vietnamese, "sections": sections(figures, form.chosen())}


def show(
    request: ActingRequest,
    by: Posting,
    form: PlanForm,
    parts_form: PartsForm,
    preview: dict[str, Any] | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "parts": parts_form,
        "names": names(),
        "office": by.acting_unit,
        "preview": preview,
        "previewing": "preview" in request.POST,
        "is_own": bool((row := plan_of(by.acting_unit)) and row.parts),
    }
    status = 422 if form.errors or parts_form.errors else 200
    return render(request, "reports/briefing_plan.html", context, status=status)
