"""Pages of the meeting over a briefing: entering it, its roll, and the way to its notice."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from eduportal.base.acting import or_say, or_say_in
from eduportal.base.errors import EditConflict, Refused
from reports import rules
from reports.actions.meeting import draft_notice, hold_meeting, revise_meeting, take_attendance
from reports.forms.meeting import AttendanceForm, MeetingForm, ReviseMeetingForm, as_stored, fields_of
from reports.forms.proceedings import MeetingFilesForm
from reports.models import Briefing, Meeting, Minutes, Presence
from reports.notice import meeting_title
from reports.queries.meeting import chair_of, roll_in
from reports.views.briefing import get_briefing
from schools.middleware import ActingRequest

USUAL_HOUR = dt.time(8)
PAGE_SIZE = 50


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
        with or_say_in(form) as act:
            meeting = hold_meeting(briefing=briefing, by=request.posting, **form.words())
        if act.done:
            messages.success(
                request, _("The meeting is entered. Invite the units, or take the attendance below.")
            )
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
            revise_meeting(meeting=meeting, by=request.posting, now=timezone.now(), **form.words())
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
    return show(request, get_meeting(request, pk))


def show(request: ActingRequest, row: Meeting, files_form: MeetingFilesForm | None = None) -> HttpResponse:
    """The meeting with its roll as stored; with a form for files that was not in order, that."""
    rows = roll_page(request, row)
    form = AttendanceForm(rows=list(rows), version=row.version)
    context = page_of(request, row, rows, form, files_form)
    return render(request, "reports/meeting.html", context, status=422 if files_form else 200)


def roll_page(request: ActingRequest, row: Meeting) -> Page:
    """The part of the roll that is shown, and noted, at once."""
    invited = row.attendances.select_related("unit", "said_by").order_by("unit__sort_key", "pk")
    page = Paginator(invited, PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    return page


def page_of(
    request: ActingRequest,
    row: Meeting,
    rows: Page,
    form: AttendanceForm,
    files_form: MeetingFilesForm | None = None,
) -> dict[str, Any]:
    return {
        "meeting": row,
        "form": form,
        "page_obj": rows,
        "roll": roll_in(row),
        "may_keep": rules.may_keep_meeting(request.posting, row),
        "may_keep_papers": rules.may_keep_papers(request.posting, row),
        "agenda": list(row.agenda.all()),
        "heard": list(row.heard.all()),
        "files": list(row.files.select_related("file")),
        "minutes": Minutes.objects.filter(meeting=row).first(),
        "files_form": files_form or MeetingFilesForm(),
        "is_to_come": row.is_to_come(timezone.now()),
        "is_today": not row.is_past_day(timezone.now()),
    }


@require_POST
def attendance(request: ActingRequest, pk: int) -> HttpResponse:
    """Note who was there."""
    row = kept_meeting(request, pk)
    rows = roll_page(request, row)
    form = AttendanceForm(request.POST, rows=list(rows), version=row.version)
    if not form.is_valid():
        return render(request, "reports/meeting.html", page_of(request, row, rows, form), status=422)
    try:
        take_attendance(
            meeting=row,
            version=form.cleaned_data["version"],
            marks=form.marks(),
            rest=Presence.PRESENT if form.cleaned_data["rest"] else None,
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
    page = f"?page={rows.number}" if rows.has_other_pages() else ""
    return redirect(reverse("reports:meeting", args=[pk]) + page)


def roll_overtaken(request: ActingRequest, current: Meeting, form: AttendanceForm) -> HttpResponse:
    """Somebody was quicker: the differing units side by side, what was noted here still in the form."""
    rows = roll_page(request, current)
    typed = request.POST.dict() | {"version": str(current.version)} | as_stored(form, list(rows))
    again = AttendanceForm(typed, rows=list(rows), version=current.version)
    context = page_of(request, current, rows, again)
    context |= {"conflicts": list(form.differences(list(rows)))}
    return render(request, "reports/meeting.html", context, status=409)


@require_POST
def notice(request: ActingRequest, pk: int) -> HttpResponse:
    """Draft the conclusion notice, or go to the one that is there."""
    row = kept_meeting(request, pk)
    is_new = row.notice is None
    with or_say(request) as act:
        drafted = draft_notice(meeting=row, by=request.posting, today=timezone.localdate())
    if not act.done:
        return redirect("reports:meeting", pk=pk)
    if is_new:
        messages.success(request, _("The notice is drafted. Read it through, correct it, then submit it."))
    return redirect("directives:review" if drafted.is_draft else "directives:detail", drafted.pk)
