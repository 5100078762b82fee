"""Targets that units register: the list, one of them, sending, changing, deciding."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eduportal.base.acting import or_say_in
from eduportal.base.errors import EditConflict, Refused
from eduportal.base.forms import with_version
from schools.middleware import ActingRequest
from targets import rules
from targets.actions import (
    approve_pledge,
    approve_pledges,
    change_pledge,
    return_pledge,
    send_pledge,
    withdraw_pledge,
)
from targets.forms import usual_code
from targets.forms.pledging import (
    ApproveSeveralForm,
    ChangePledgeForm,
    DecideForm,
    PledgeForm,
    WithdrawForm,
)
from targets.models import Pledge, PledgeState
from targets.queries.pledges import beside, indicators_to_pledge, pledges_listed, pledges_to_decide
from targets.views.access import visible_pledge
from targets.wording import amount, gap_words, reason, wanted_words

PAGE = 50
SENT = gettext_lazy("Sent to %(office)s, which approves it or gives it back.")
MEANWHILE = gettext_lazy("This was changed or decided meanwhile. Look at it again; nothing was saved.")


# --- the list -----------------------------------------------------------------------------------------------


@require_safe
def pledges(request: ActingRequest) -> HttpResponse:
    """What a person sees of it; what waits for the own office can be ticked and approved."""
    if request.posting is None:
        return redirect("home")
    return list_page(request)


def list_page(
    request: ActingRequest, *, form: ApproveSeveralForm | None = None, status: int = 200
) -> HttpResponse:
    state, by = request.GET.get("state", ""), request.posting
    found = Paginator(pledges_listed(request.user, state), PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "row": row,
            "wanted": wanted_words(row, row.indicator),
            "mine": rules.may_decide_pledge(by, row),
            "ticked": str(row.pk) in request.POST.getlist("chosen"),
        }
        for row in found
    ]
    context = {
        "page_obj": found,
        "lines": lines,
        "state": state if state in PledgeState.values else "",
        "states": PledgeState.choices,
        "may_decide": any(line["mine"] for line in lines),
        "may_pledge": may_send(request),
        "form": form or ApproveSeveralForm(pledges=Pledge.objects.none()),
    }
    return render(request, "targets/pledges.html", context, status=status)


def may_send(request: ActingRequest) -> bool:
    """Whether there is an office above to send it to: the department stands at the head."""
    by = request.posting
    return by is not None and rules.may_pledge(by) and by.acting_unit.kind in ("school", "commune")


@require_POST
def approve_several(request: ActingRequest) -> HttpResponse:
    """Approve the ticked ones. Of one that could not be approved the list says why."""
    if not rules.may_set(request.posting):
        raise PermissionDenied
    form = ApproveSeveralForm(request.POST, pledges=pledges_to_decide(request.posting).shown())
    if not form.is_valid():
        return list_page(request, form=form, status=422)
    result = approve_pledges(shown=form.shown(), by=request.posting)
    if count := len(result.approved):
        words = ngettext("%(count)s target was approved.", "%(count)s targets were approved.", count)
        messages.success(request, words % {"count": count})
    for pledge, why in result.skipped:
        said = {"unit": pledge.unit.short_name, "what": pledge.indicator.name, "why": why}
        messages.warning(request, _("Not approved for %(unit)s, %(what)s: %(why)s") % said)
    if result.skipped:
        return list_page(request, form=form, status=422)
    return redirect("targets:pledges")


# --- sending ------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def new(request: ActingRequest) -> HttpResponse:
    """Register a target of the own unit with the office above."""
    if not may_send(request):
        raise PermissionDenied
    by, today = request.posting, timezone.localdate()
    form = PledgeForm(
        request.POST or None,
        indicators=indicators_to_pledge(by.acting_unit, today),
        today=today,
        initial={"period": usual_code(today)},
    )
    if request.method == "POST" and form.is_valid():
        with or_say_in(form) as act:
            pledge = send_pledge(unit=by.acting_unit, by=by, today=today, **form.pledge())
        if act.done:
            messages.success(request, SENT % {"office": pledge.office.name})
            return redirect("targets:pledge", pledge.pk)
    status = 422 if form.is_bound else 200
    return render(request, "targets/pledge_new.html", {"form": form, "unit": by.acting_unit}, status=status)


# --- one of them --------------------------------------------------------------------------------------------


@require_safe
def pledge(request: ActingRequest, pk: int) -> HttpResponse:
    """What was registered, beside what the unit has come to and what the office is to reach."""
    return pledge_page(request, visible_pledge(request, pk))


def pledge_page(
    request: ActingRequest,
    one: Pledge,
    *,
    change: ChangePledgeForm | None = None,
    decide: DecideForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    about = beside(one, today)
    context = {
        "pledge": one,
        "indicator": one.indicator,
        "wanted": wanted_words(one, one.indicator),
        "row": about.row,
        "value": amount(about.row.value.value, one.indicator),
        "before": amount(about.row.before.value, one.indicator),
        "gap": gap_words(about.row),
        "reason": reason(about.row),
        "own": about.own and wanted_words(about.own, one.indicator),
        "of_office": about.of_office and wanted_words(about.of_office, one.indicator),
        "own_target": about.own,
        "office_target": about.of_office,
        "sees_office": request.posting is not None and request.posting.acting_unit.pk == one.office_id,
    }
    if rules.may_keep_pledge(request.posting, one):
        context |= {
            "change": change or ChangePledgeForm(pledge=one, today=today),
            "withdraw": WithdrawForm(initial={"version": one.version}),
        }
    if rules.may_decide_pledge(request.posting, one):
        context["decide"] = decide or DecideForm(initial={"version": one.version})
    return render(request, "targets/pledge.html", context, status=status)


@require_POST
def change(request: ActingRequest, pk: int) -> HttpResponse:
    """Correct it, and send it anew."""
    one = pledge_to_keep(request, pk)
    form = ChangePledgeForm(request.POST, pledge=one, today=timezone.localdate())
    if not form.is_valid():
        return pledge_page(request, one, change=form, status=422)
    data = form.cleaned_data
    try:
        change_pledge(
            pledge=one, version=data["version"], goal=form.goal(), note=data["note"], by=request.posting
        )
    except EditConflict:
        return changed_meanwhile(request, pk, form)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return pledge_page(request, visible_pledge(request, pk), change=form, status=422)
    messages.success(request, SENT % {"office": one.office.name})
    return redirect("targets:pledge", pk)


def changed_meanwhile(request: ActingRequest, pk: int, form: forms.Form) -> HttpResponse:
    """What was typed stays, where it still can be sent."""
    current = visible_pledge(request, pk)
    with_version(form, current.version)
    form.add_error(None, MEANWHILE)
    if isinstance(form, ChangePledgeForm):
        return pledge_page(request, current, change=form, status=409)
    return pledge_page(request, current, decide=form if isinstance(form, DecideForm) else None, status=409)


@require_POST
def withdraw(request: ActingRequest, pk: int) -> HttpResponse:
    """Take it back."""
    one = pledge_to_keep(request, pk)
    form = WithdrawForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        withdraw_pledge(pledge=one, version=version, by=request.posting)
    except EditConflict:
        messages.warning(request, MEANWHILE)
    else:
        messages.success(request, _("Taken back."))
    return redirect("targets:pledge", pk)


def pledge_to_keep(request: ActingRequest, pk: int) -> Pledge:
    """One of the own unit that this person may change; who decided it meanwhile is told by its page."""
    one = visible_pledge(request, pk)
    if not (rules.may_pledge(request.posting) and request.posting.acting_unit.pk == one.unit_id):
        raise PermissionDenied
    return one


@require_POST
def decide(request: ActingRequest, pk: int) -> HttpResponse:
    """Approve it or give it back."""
    one = visible_pledge(request, pk)
    if not (rules.may_set(request.posting) and request.posting.acting_unit.pk == one.office_id):
        raise PermissionDenied
    returning = "return" in request.POST
    form = DecideForm(request.POST, returning=returning)
    if not form.is_valid():
        return pledge_page(request, one, decide=form, status=422)
    data: dict[str, Any] = form.cleaned_data
    try:
        if returning:
            return_pledge(pledge=one, version=data["version"], answer=data["answer"], by=request.posting)
        else:
            approve_pledge(pledge=one, version=data["version"], by=request.posting)
    except EditConflict:
        return changed_meanwhile(request, pk, form)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return pledge_page(request, visible_pledge(request, pk), decide=form, status=422)
    words = _("Given back, with your reason.") if returning else _("Approved: it is the unit's target now.")
    messages.success(request, words)
    return redirect("targets:pledges")
