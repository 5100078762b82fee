"""Which unit a person works for, and who acts as principal of one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from eduportal.base.acting import or_say_in
from schools.actions.postings import name_acting_principal, stop_acting
from schools.forms.postings import ActingForm
from schools.middleware import SESSION_KEY, ActingRequest
from schools.models import Unit, UnitKind
from schools.queries import units_in_scope
from schools.queries.acting import acting_postings, may_name_acting, possible_deputies


@require_POST
def act_as(request: ActingRequest) -> HttpResponse:
    """Act through another of one's current postings from now on; then `next`, within this portal, or home."""
    wanted = request.POST.get("posting")
    posting = next((mine for mine in request.postings if str(mine.pk) == wanted), None)
    if posting is None:
        raise Http404
    request.session[SESSION_KEY] = posting.pk
    target = request.POST.get("next", "")
    is_here = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if is_here else "home")


def school_to_hand_over(request: ActingRequest, pk: int) -> Unit:
    """404 for a school one does not see, 403 for one whose principal's office is not one's to hand on."""
    school = get_object_or_404(units_in_scope(request.user).filter(kind=UnitKind.SCHOOL), pk=pk)
    if not may_name_acting(request.posting, school):
        raise PermissionDenied
    return school


@require_http_methods(["GET", "POST"])
def acting(request: ActingRequest, pk: int) -> HttpResponse:
    """Name a deputy as acting principal from a day to a day; below, who acts already."""
    school, today = school_to_hand_over(request, pk), timezone.localdate()
    people = possible_deputies(school, today)
    form = ActingForm(request.POST or None, people=people, today=today)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with or_say_in(form) as act:
            name_acting_principal(
                school=school,
                user=data["person"],
                first_day=data["first_day"],
                last_day=data["last_day"],
                by=request.posting,
            )
        if act.done:
            messages.success(
                request, _("Named. It begins and ends by itself; both of you may send meanwhile.")
            )
            return redirect("schools:acting", pk)
    context = {
        "school": school,
        "form": form,
        "has_people": people.exists(),
        "acting": acting_postings(school, today),
        "today": today,
    }
    return render(request, "schools/acting.html", context, status=422 if form.errors else 200)


@require_POST
def acting_stop(request: ActingRequest, pk: int, posting_pk: int) -> HttpResponse:
    """End an acting time with today, or take back one that has not begun."""
    school, today = school_to_hand_over(request, pk), timezone.localdate()
    posting = get_object_or_404(acting_postings(school, today), pk=posting_pk)
    stop_acting(posting=posting, by=request.posting, today=today)
    messages.success(request, _("Ended: today is the last day."))
    return redirect("schools:acting", pk)
