"""A meeting's files, minutes and invitation on paper, for the office that holds it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from eduportal.base.acting import or_say, or_say_in
from eduportal.base.errors import EditConflict
from reports import rules
from reports.actions.proceedings import (
    add_files,
    draft_minutes,
    publish_papers,
    remove_file,
    save_minutes,
    set_audience,
    take_back_papers,
)
from reports.forms.proceedings import MeetingFilesForm, MinutesForm, VersionForm
from reports.invitations import invitation_document
from reports.minutes import minutes_document
from reports.models import Meeting, MeetingFile, Minutes
from reports.queries.proceedings import agenda_lines, head_of, invited_of
from reports.views.meeting import get_meeting, show
from reports.views.papers import printed
from schools.middleware import ActingRequest
from trail.downloads import attachment


def papers_of(request: ActingRequest, pk: int) -> Meeting:
    """A meeting whose papers this person keeps."""
    meeting = get_meeting(request, pk)
    if not rules.may_keep_papers(request.posting, meeting):
        raise PermissionDenied
    return meeting


# --- files --------------------------------------------------------------------------------------------------


@require_POST
def files(request: ActingRequest, pk: int) -> HttpResponse:
    """Keep files with the meeting."""
    meeting = papers_of(request, pk)
    form = MeetingFilesForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, meeting, form)
    with or_say_in(form) as act:
        added = add_files(
            meeting=meeting,
            files=form.cleaned_data["uploads"],
            for_invited=form.cleaned_data["for_invited"],
            by=request.posting,
        )
    if not act.done:
        return show(request, meeting, form)
    text = ngettext("%(count)s file was added.", "%(count)s files were added.", len(added))
    messages.success(request, text % {"count": len(added)})
    return redirect("reports:meeting", pk=pk)


@require_safe
def file(request: ActingRequest, pk: int, file_pk: int) -> FileResponse:
    """A file of the meeting, to be saved."""
    return attachment(file_of(get_meeting(request, pk), file_pk).file)


@require_POST
def change_file(request: ActingRequest, pk: int, file_pk: int) -> HttpResponse:
    """Take a file away, or say who reads it; the button says which."""
    one = file_of(papers_of(request, pk), file_pk)
    if "remove" in request.POST:
        remove_file(file=one, by=request.posting)
        messages.success(request, _("Taken away: %(file)s.") % {"file": one.file.name})
    else:
        set_audience(file=one, for_invited="show" in request.POST, by=request.posting)
        messages.success(request, _("Saved."))
    return redirect("reports:meeting", pk=pk)


def file_of(meeting: Meeting, file_pk: int) -> MeetingFile:
    return get_object_or_404(meeting.files.select_related("file", "meeting"), pk=file_pk)


# --- minutes ------------------------------------------------------------------------------------------------


def minutes(request: ActingRequest, pk: int) -> HttpResponse:
    """Draft the minutes, or correct their text."""
    meeting = papers_of(request, pk)
    stored = Minutes.objects.filter(meeting=meeting).select_related("saved_by").first()
    if stored is None:
        if request.method != "POST":
            return redirect("reports:meeting", pk=pk)
        with or_say(request) as act:
            draft_minutes(meeting=meeting, by=request.posting, now=timezone.now())
        if not act.done:
            return redirect("reports:meeting", pk=pk)
        messages.success(request, _("The minutes are drafted. Read them through and correct them."))
        return redirect("reports:meeting_minutes", pk=pk)
    form = MinutesForm(request.POST or None, initial={"version": stored.version, "text": stored.text})
    if request.method != "POST" or not form.is_valid():
        return minutes_page(request, meeting, stored, form, status=422 if form.is_bound else 200)
    try:
        with or_say_in(form) as act:
            save_minutes(minutes=stored, by=request.posting, now=timezone.now(), **form.cleaned_data)
    except EditConflict as conflict:
        again = MinutesForm(initial={**form.cleaned_data, "version": conflict.current.version})
        differing = list(form.differences(conflict.current))
        return minutes_page(request, meeting, conflict.current, again, differing, status=409)
    if not act.done:
        return minutes_page(request, meeting, stored, form, status=422)
    messages.success(request, _("Saved."))
    return redirect("reports:meeting_minutes", pk=pk)


def minutes_page(
    request: ActingRequest,
    meeting: Meeting,
    stored: Minutes,
    form: MinutesForm,
    conflicts: list | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"meeting": meeting, "minutes": stored, "form": form, "conflicts": conflicts}
    return render(request, "reports/meeting_minutes.html", context, status=status)


@require_POST
def publish(request: ActingRequest, pk: int) -> HttpResponse:
    """Let the invited units read opinions and minutes, or take that back; the button says which."""
    meeting = papers_of(request, pk)
    if "take_back" in request.POST:
        take_back_papers(meeting=meeting, by=request.posting)
        messages.success(request, _("Opinions and minutes are the office's own again."))
        return redirect("reports:meeting_minutes", pk=pk)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        with or_say(request) as act:
            publish_papers(meeting=meeting, version=version, by=request.posting, now=timezone.now())
    except EditConflict:
        messages.warning(request, _("The minutes were changed meanwhile. Read them, then publish them."))
        return redirect("reports:meeting_minutes", pk=pk)
    if act.done:
        messages.success(request, _("The invited units can read opinions and minutes now."))
    return redirect("reports:meeting_minutes" if act.done else "reports:meeting", pk=pk)


@require_safe
def minutes_pdf(request: ActingRequest, pk: int) -> HttpResponse:
    """The minutes on paper."""
    meeting = get_meeting(request, pk)
    return minutes_printed(request, meeting, ("reports:meeting", pk))


def minutes_printed(request: ActingRequest, meeting: Meeting, back: tuple[str, int]) -> HttpResponse:
    """The minutes as PDF; a draft until they are published. 404 where there are none."""
    stored = Minutes.objects.filter(meeting=meeting).first()
    if stored is None:
        raise Http404
    held_on = timezone.localdate(meeting.held_at)
    document = minutes_document(
        head_of(meeting, held_on),
        stored.text,
        title=meeting.title,
        chair=meeting.chair,
        secretary=meeting.secretary,
        held_on=held_on,
        is_draft=meeting.published_at is None,
    )
    return printed(request, document, f"bien-ban-{meeting.pk}.pdf", back)


@require_safe
def invitation_pdf(request: ActingRequest, pk: int) -> HttpResponse:
    """The invitation on paper, to all units; a draft until the invitations are sent."""
    meeting = get_meeting(request, pk)
    told_on = timezone.localdate(meeting.told_at) if meeting.told_at else None
    document = invitation_document(
        head_of(meeting, told_on),
        invited_of(meeting, None, agenda_lines(meeting.agenda.all())),
        is_draft=not meeting.is_told,
    )
    return printed(request, document, f"giay-moi-{meeting.pk}.pdf", ("reports:meeting", pk))
