"""Pages of the meeting over a briefing: entering it, its roll, its opinions, and the way to its notice."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from eduportal.base.errors import EditConflict, Refused
from reports import rules
from reports.actions.meeting import draft_notice, hold_meeting, revise_meeting, take_attendance
from reports.forms.meeting import AttendanceForm, MeetingForm, ReviseMeetingForm, fields_of
from reports.models import Attendance, Briefing, Meeting
from reports.notice import meeting_title
from reports.queries.meeting import chair_of, roll_of
from reports.views.briefing import get_briefing
from schools.middleware import ActingRequest

USUAL_HOUR = dt.time(8)


def get_meeting(request: ActingRequest, pk: int) -> Meeting:
    """A meeting that this person may see; to all others there is none."""
    rows = Meeting.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("office", "briefing__period", "notice"), pk=pk)


def kept_meeting(request: ActingRequest, pk: int) -> Meeting:
    """A meeting that this person may correct."""
    meeting = get_meeting(request, pk)
    if not rules.may_keep_meeting(request.posting, meeting):
        raise PermissionDenied
    return meeting


# --- entering and correcting --------------------------------------------------------------------------------


def new(request: ActingRequest, pk: int) -> HttpResponse:
    """Enter the meeting over a briefing, prefilled with what is usual."""
    briefing = get_briefing(request, pk)
    if not rules.may_edit_briefing(request.posting, briefing):
        raise PermissionDenied
    form = MeetingForm(request.POST or None, initial=usual(briefing))
    if request.method == "POST" and form.is_valid():
        try:
            meeting = hold_meeting(briefing=briefing, by=request.posting, **form.words())
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("The meeting is entered. Take the attendance below."))
            return redirect("reports:meeting", pk=meeting.pk)
    context = {"briefing": briefing, "form": form}
    return render(request, "reports/meeting_new.html", context, status=422 if form.is_bound else 200)


def usual(briefing: Briefing) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "title": meeting_title(today),
        "day": today,
        "time": USUAL_HOUR,
        "place": briefing.office.name,
        "chair": chair_of(briefing.office, today),
    }


def edit(request: ActingRequest, pk: int) -> HttpResponse:
    meeting = kept_meeting(request, pk)
    initial = fields_of(meeting) | {"version": meeting.version}
    form = ReviseMeetingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            revise_meeting(meeting=meeting, by=request.posting, **form.words())
        except EditConflict:
            return overtaken(request, form, get_meeting(request, pk))
        except Refused as refusal:
            messages.error(request, str(refusal.message))
            return redirect("reports:meeting", pk=pk)
        messages.success(request, _("Saved."))
        return redirect("reports:meeting", pk=pk)
    context = {"meeting": meeting, "form": form}
    return render(request, "reports/meeting_edit.html", context, status=422 if form.is_bound else 200)


def overtaken(request: ActingRequest, form: ReviseMeetingForm, stored: Meeting) -> HttpResponse:
    """Somebody was quicker: both side by side, what was typed in the form, saving again a decision."""
    again = ReviseMeetingForm(initial={**form.cleaned_data, "version": stored.version})
    context = {"meeting": stored, "form": again, "conflicts": list(form.differences(stored))}
    return render(request, "reports/meeting_edit.html", context, status=409)


# --- the meeting and its roll -------------------------------------------------------------------------------


@require_safe
def meeting(request: ActingRequest, pk: int) -> HttpResponse:
    row = get_meeting(request, pk)
    attendances = roll_rows(row)
    form = AttendanceForm(rows=attendances, version=row.version)
    return render(request, "reports/meeting.html", page_of(request, row, attendances, form))


def roll_rows(row: Meeting) -> list[Attendance]:
    return list(row.attendances.select_related("unit"))


def page_of(
    request: ActingRequest, row: Meeting, attendances: Sequence[Attendance], form: AttendanceForm
) -> dict[str, Any]:
    roll = roll_of(attendances)
    return {
        "meeting": row,
        "form": form,
        "attendances": attendances,
        "roll": roll,
        "may_keep": rules.may_keep_meeting(request.posting, row),
    }


@require_POST
def attendance(request: ActingRequest, pk: int) -> HttpResponse:
    """Note who was there."""
    row = kept_meeting(request, pk)
    attendances = roll_rows(row)
    form = AttendanceForm(request.POST, rows=attendances, version=row.version)
    if not form.is_valid():
        return render(request, "reports/meeting.html", page_of(request, row, attendances, form), status=422)
    try:
        take_attendance(
            meeting=row,
            version=form.cleaned_data["version"],
            marks=form.marks(),
            by=request.posting,
        )
    except EditConflict:
        return roll_overtaken(request, get_meeting(request, pk), form)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("reports:meeting", pk=pk)
    messages.success(request, _("Attendance saved."))
    if without := form.absent_without_reason():
        text = ngettext(
            "%(count)s absence has no reason yet: %(units)s.",
            "%(count)s absences have no reason yet: %(units)s.",
            len(without),
        )
        messages.warning(request, text % {"count": len(without), "units": ", ".join(without)})
    return redirect("reports:meeting", pk=pk)


def roll_overtaken(request: ActingRequest, current: Meeting, form: AttendanceForm) -> HttpResponse:
    """Somebody was quicker: the differing units side by side, what was noted here still in the form."""
    attendances = roll_rows(current)
    typed = request.POST.dict() | {"version": str(current.version)}
    again = AttendanceForm(typed, rows=attendances, version=current.version)
    context = page_of(request, current, attendances, again)
    context |= {"conflicts": list(form.differences(attendances))}
    return render(request, "reports/meeting.html", context, status=409)


@require_POST
def notice(request: ActingRequest, pk: int) -> HttpResponse:
    """Draft the conclusion notice, or go to the one that is there."""
    row = kept_meeting(request, pk)
    is_new = row.notice is None
    try:
        drafted = draft_notice(meeting=row, by=request.posting, today=timezone.localdate())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("reports:meeting", pk=pk)
    if is_new:
        messages.success(request, _("The notice is drafted. Read it through, correct it, then submit it."))
    return redirect("directives:review" if drafted.is_draft else "directives:detail", drafted.pk)
