"""Everybody's home, work that takes longer than a page, and the sign of life."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from directives.models import DirectiveState
from directives.models.directive import WHOLE_TEXTS
from directives.queries.documents import awaiting_instruction
from directives.rules import may_enter
from eduportal.pages import queries
from eduportal.pages.administration.queries import admin_desk
from eduportal.pages.goals import goals_of
from eduportal.pages.pictures import shown_pictures
from reports.queries.dashboard import dashboard
from reports.queries.figures import code_of
from reports.queries.pictures import pictures
from reports.queries.proceedings import invitations_to
from schools.middleware import ActingRequest
from schools.models import Posting, Unit
from schools.queries import jobs_visible_to
from schools.queries.acting import acting_postings
from schools.rules import heads
from trail.actions import cancel_job
from trail.beside import as_told
from trail.kinds import KINDS
from trail.models import Job

logger = logging.getLogger(__name__)


@login_not_required
def healthz(request: ActingRequest) -> HttpResponse:
    """200 and "ok" while the site itself answers, whatever has become of its database. No query."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
def readyz(request: ActingRequest) -> HttpResponse:
    """200 and "ok" when the database answers too, otherwise 503. For load balancers; says nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("not ready: the database does not answer")
        return HttpResponse("the database does not answer", content_type="text/plain", status=503)
    return HttpResponse("ok", content_type="text/plain")


# --- home -------------------------------------------------------------------------------------


@require_safe
def home(request: ActingRequest) -> HttpResponse:
    """Each role lands on its own work."""
    posting = request.posting
    return desk_of(posting)(request)


def desk_of(posting: Posting | None) -> Callable[[ActingRequest], HttpResponse]:
    """The first page of whoever acts through this posting."""
    if posting is None:
        return without_posting
    if posting.unit.is_school:
        return school
    if posting.may(Permission.READ_DASHBOARD):
        return leader
    if posting.may(Permission.ADMINISTER):
        return administrator
    return registrar if posting.may(Permission.NUMBER_DIRECTIVES) else staff


def without_posting(request: ActingRequest) -> HttpResponse:
    return render(request, "pages/home_nobody.html")


def leader(request: ActingRequest) -> HttpResponse:
    today, office = timezone.localdate(), request.posting.acting_unit
    shown = dashboard(user=request.user, office=office, today=today)
    code = code_of(shown.reporting.period) if shown.reporting else ""
    drawn = pictures(user=request.user, office=office, chosen=request.GET.get("trend", ""), today=today)
    context = {"shown": shown, "office": office, "code": code, "now": timezone.now(), "today": today}
    context["owed"] = queries.by_age(shown.owed, today)
    context["goals"] = goals_of(user=request.user, office=office, today=today)
    context |= lists_of(office) | of_unit(request.posting)
    context |= shown_pictures(drawn, office, whole_grid=request.GET.get("rows") == "all")
    return render(request, "pages/home_leader.html", context)


def lists_of(office: Unit) -> dict[str, str]:
    """The addresses of the lists behind the numbers of an office, each with its first filter."""
    return {
        "tasks_url": f"{reverse('directives:assignments')}?office={office.pk}&year=all",
        "months_url": f"{reverse('reports:months')}?office={office.pk}",
        "missing_url": reverse("reports:missing"),
    }


def of_unit(posting: Posting) -> dict[str, Any]:
    """What asks something of the unit itself: its own reports, meetings, notifications. Three queries."""
    return {
        "meetings": invitations_to(posting, timezone.now()),
        "own": queries.own_months_to_send(posting),
        "sends_reports": posting.may(Permission.SEND_REPORTS),
        "notices": queries.notices_to(posting),
    }


def staff(request: ActingRequest) -> HttpResponse:
    posting, today = request.posting, timezone.localdate()
    office = posting.acting_unit
    desk = queries.staff_desk(posting, today)
    context = {
        "desk": desk,
        "office": office,
        "review_code": code_of(desk.review_period) if desk.review_period else "",
        "briefing_code": code_of(desk.briefing.period) if desk.briefing else "",
        "today": today,
    }
    return render(request, "pages/home_staff.html", context | lists_of(office) | of_unit(posting))


def registrar(request: ActingRequest) -> HttpResponse:
    office = request.posting.acting_unit
    to_number = queries.documents_of(request.user, office, DirectiveState.APPROVED)
    arrived = awaiting_instruction(request.user, office).defer(*WHOLE_TEXTS).order_by("arrived_on", "pk")
    context = {
        "to_number": to_number,
        "arrived": arrived[: queries.MOST_SHOWN],
        "office": office,
        "may_enter": may_enter(request.posting),
    }
    return render(request, "pages/home_registrar.html", context)


def school(request: ActingRequest) -> HttpResponse:
    today, posting = timezone.localdate(), request.posting
    context = {
        "desk": queries.school_desk(posting, today),
        "notices": queries.notices_to(posting),
        "meetings": invitations_to(posting, timezone.now()),
        "may_send": posting.may(Permission.SEND_REPORTS),
        "acting": list(acting_postings(posting.unit, today)),
        "heads": heads(posting, posting.unit),
        "tasks_url": f"{reverse('directives:assignments')}?unit={posting.unit_id}&year=all",
        "today": today,
    }
    return render(request, "pages/home_school.html", context)


def administrator(request: ActingRequest) -> HttpResponse:
    desk = admin_desk(request.posting, timezone.localdate())
    return render(request, "pages/home_admin.html", {"desk": desk})


# --- work that takes longer than a page -------------------------------------------------------


def job(request: ActingRequest, pk: int) -> HttpResponse:
    """How far a piece of work is. Polled by itself; posted to, it is cancelled by whoever asked for it."""
    row = get_object_or_404(jobs_visible_to(request.user), pk=pk)
    if request.method == "POST":
        if not may_cancel(request, row):
            raise PermissionDenied
        cancel_job(row, by=request.posting)
        messages.info(request, _("The work is being stopped. What was there before stays as it was."))
        return redirect("job", pk=pk)
    template = "components/job.html" if request.htmx else "pages/job.html"
    return render(request, template, progress_of(request, row))


def may_cancel(request: ActingRequest, row: Job) -> bool:
    """Whoever asked for the work, while they are posted: the trail names in whose name it was stopped."""
    return request.posting is not None and row.requested_by_id == request.user.pk


def progress_of(request: ActingRequest, row: Job) -> dict[str, Any]:
    address = reverse("job", args=[row.pk])
    return {
        "job": as_told(row),
        "title": KINDS[row.kind].label if row.kind in KINDS else row.kind,
        "poll_url": address,
        "cancel_url": address if may_cancel(request, row) else "",
        "result_url": (row.result or {}).get("url", ""),
    }
