"""A meeting as an invited unit sees it: its invitation, its own attendance, and what is meant for it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from eduportal.base.acting import or_say, or_say_in
from eduportal.base.downloads import as_download
from reports import rules
from reports.actions.attending import announce_absence, check_in, take_back_absence
from reports.actions.meeting_telling import FILE_NAME
from reports.calendars import PUBLISH, calendar_of
from reports.forms.proceedings import AbsenceForm, CheckInForm
from reports.invitations import invitation_document
from reports.models import Attendance
from reports.queries.proceedings import agenda_lines, ends_at, entry_of, head_of, invited_of
from reports.views.papers import printed
from reports.views.proceedings import file_of, minutes_printed
from schools.middleware import ActingRequest
from trail.downloads import attachment


def get_invitation(request: ActingRequest, pk: int) -> Attendance:
    """The invitation of the unit in whose name this person acts; without one, the meeting does not exist."""
    if request.posting is None:
        raise Http404
    rows = Attendance.objects.told_to(request.posting.acting_unit)
    return get_object_or_404(
        rows.select_related("meeting__office", "meeting__notice", "unit", "said_by"), meeting=pk
    )


def answering(request: ActingRequest, pk: int) -> Attendance:
    """An invitation that this person may answer."""
    row = get_invitation(request, pk)
    if not rules.may_answer(request.posting, row):
        raise PermissionDenied
    return row


@require_safe
def invitation(request: ActingRequest, pk: int) -> HttpResponse:
    return page(request, get_invitation(request, pk))


def page(
    request: ActingRequest,
    row: Attendance,
    *,
    absence: AbsenceForm | None = None,
    check: CheckInForm | None = None,
) -> HttpResponse:
    """The unit's own page, with a form that was not in order where there is one."""
    meeting, now = row.meeting, timezone.now()
    agenda = agenda_lines(meeting.agenda.all())
    is_published = meeting.published_at is not None
    may_answer = rules.may_answer(request.posting, row) and meeting.is_told and not meeting.is_concluded
    context: dict[str, Any] = {
        "invitation": row,
        "meeting": meeting,
        "agenda": agenda,
        "ends_at": ends_at(meeting, agenda),
        "files": list(meeting.files.filter(for_invited=True).select_related("file")),
        "heard": list(meeting.heard.all()) if is_published else [],
        "is_published": is_published,
        "may_answer": may_answer,
        "is_to_come": meeting.is_to_come(now),
        "is_open": meeting.opens_at <= now and not meeting.is_past_day(now),
        "absence": absence or AbsenceForm(initial={"reason": row.reason}),
        "check": check or CheckInForm(initial={"code": request.GET.get("code", "")[:20]}),
    }
    status = 422 if absence or check else 200
    return render(request, "reports/invitation.html", context, status=status)


def check(request: ActingRequest, pk: int) -> HttpResponse:
    """Where the QR code leads: the page with the code filled in. Pressing the button checks in."""
    if request.method != "POST":
        return page(request, get_invitation(request, pk))
    row = answering(request, pk)
    form = CheckInForm(request.POST)
    if not form.is_valid():
        return page(request, row, check=form)
    before = row.is_present
    with or_say_in(form, "code") as act:
        check_in(attendance=row, code=form.cleaned_data["code"], by=request.posting, now=timezone.now())
    if not act.done:
        return page(request, row, check=form)
    if before:
        messages.info(request, _("Your unit was noted as present before. Nothing was changed."))
    else:
        messages.success(request, _("Your unit is noted as present."))
    return redirect("reports:invitation", pk=pk)


@require_POST
def absence(request: ActingRequest, pk: int) -> HttpResponse:
    """Say that nobody can come, or that somebody comes after all; the button says which."""
    row = answering(request, pk)
    if "take_back" in request.POST:
        with or_say(request) as act:
            take_back_absence(attendance=row, by=request.posting, now=timezone.now())
        if act.done:
            messages.success(request, _("The office reads that your unit comes."))
        return redirect("reports:invitation", pk=pk)
    form = AbsenceForm(request.POST)
    if not form.is_valid():
        return page(request, row, absence=form)
    reason = form.cleaned_data["reason"]
    with or_say_in(form) as act:
        announce_absence(attendance=row, reason=reason, by=request.posting, now=timezone.now())
    if not act.done:
        return page(request, row, absence=form)
    messages.success(request, _("The office reads that nobody of your unit can come, and why."))
    return redirect("reports:invitation", pk=pk)


@require_safe
def calendar(request: ActingRequest, pk: int) -> HttpResponse:
    """The entry for a calendar, to be saved."""
    row = get_invitation(request, pk)
    invited = invited_of(row.meeting, row.unit, agenda_lines(row.meeting.agenda.all()))
    content = calendar_of(entry_of(row.meeting, invited), method=PUBLISH)
    return as_download(content, FILE_NAME, "text/calendar; charset=utf-8")


@require_safe
def pdf(request: ActingRequest, pk: int) -> HttpResponse:
    """The invitation on paper."""
    row = get_invitation(request, pk)
    meeting = row.meeting
    document = invitation_document(
        head_of(meeting, timezone.localdate(meeting.told_at or meeting.held_at)),
        invited_of(meeting, row.unit, agenda_lines(meeting.agenda.all())),
        is_draft=False,
    )
    return printed(request, document, f"giay-moi-{pk}.pdf", ("reports:invitation", pk))


@require_safe
def file(request: ActingRequest, pk: int, file_pk: int) -> FileResponse:
    """A file that is meant for the invited units; any other does not exist for them."""
    one = file_of(get_invitation(request, pk).meeting, file_pk)
    if not one.for_invited:
        raise Http404
    return attachment(one.file)


@require_safe
def minutes_pdf(request: ActingRequest, pk: int) -> HttpResponse:
    """The minutes, once they are published."""
    row = get_invitation(request, pk)
    if row.meeting.published_at is None:
        raise Http404
    return minutes_printed(request, row.meeting, ("reports:invitation", pk))
