"""The office's side of invitations: whom a meeting invites, sending, cancelling, the code in the room."""

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from eduportal.base.acting import or_say, or_say_in
from eduportal.base.errors import EditConflict
from reports.actions.attending import renew_code
from reports.actions.inviting import cancel_meeting, invite_units, send_invitations, uninvite_units
from reports.forms.proceedings import CancelForm, InviteForm, VersionForm
from reports.models import Meeting
from reports.queries.meeting import roll_in
from reports.queries.proceedings import invitable
from reports.views.meeting import get_meeting, kept_meeting
from schools.middleware import ActingRequest
from schools.models import Unit, UnitKind


def invited(request: ActingRequest, pk: int) -> HttpResponse:
    """Whom the meeting invites, and who may be added. The button says which of the two lists is meant."""
    meeting = kept_meeting(request, pk)
    leaving = "leave_out" in request.POST
    if request.method != "POST":
        return lists(request, meeting)
    form = form_of(request, meeting, leaving=leaving)
    if not form.is_valid():
        for problem in form.errors.get("units", [_("Nothing was changed. Look at the list as it is now.")]):
            messages.error(request, str(problem))
        return redirect("reports:meeting_invited", pk=pk)
    change = uninvite_units if leaving else invite_units
    units = [unit.pk for unit in form.cleaned_data["units"]]
    try:
        with or_say(request) as act:
            changed = change(
                meeting=meeting,
                version=form.cleaned_data["version"],
                units=units,
                by=request.posting,
                now=timezone.now(),
            )
    except EditConflict:
        say_overtaken(request)
        return redirect("reports:meeting_invited", pk=pk)
    if act.done:
        one = (
            ngettext("%(count)s unit was taken out.", "%(count)s units were taken out.", changed)
            if leaving
            else ngettext("%(count)s unit was added.", "%(count)s units were added.", changed)
        )
        messages.success(request, one % {"count": changed})
    return redirect("reports:meeting_invited", pk=pk)


def form_of(request: ActingRequest, meeting: Meeting, *, leaving: bool) -> InviteForm:
    """The form of the list that was posted; with the button for all communes, as if all were ticked."""
    units = Unit.objects.filter(pk__in=meeting.attendances.values("unit")) if leaving else None
    data, free = request.POST.copy(), invitable(meeting.office, meeting)
    if "communes" in data:
        data.setlist(
            "units", [str(pk) for pk in free.filter(kind=UnitKind.COMMUNE).values_list("pk", flat=True)]
        )
    return InviteForm(data, units=free if units is None else units)


def lists(request: ActingRequest, meeting: Meeting) -> HttpResponse:
    free = list(invitable(meeting.office, meeting))
    context = {
        "meeting": meeting,
        "invited": list(meeting.attendances.select_related("unit").order_by("unit__sort_key", "pk")),
        "communes": [unit for unit in free if unit.kind == UnitKind.COMMUNE],
        "others": [unit for unit in free if unit.kind != UnitKind.COMMUNE],
        "is_to_come": meeting.is_to_come(timezone.now()),
    }
    return render(request, "reports/meeting_invited.html", context)


def say_overtaken(request: ActingRequest) -> None:
    messages.warning(
        request, _("Somebody changed the meeting meanwhile. Look at it as it is now, then press again.")
    )


@require_POST
def invite(request: ActingRequest, pk: int) -> HttpResponse:
    """Send the invitations."""
    meeting = kept_meeting(request, pk)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        with or_say(request) as act:
            letters = send_invitations(
                meeting=meeting, version=version, by=request.posting, now=timezone.now()
            )
    except EditConflict:
        say_overtaken(request)
        return redirect("reports:meeting", pk=pk)
    if act.done:
        text = ngettext(
            "The invitations are on the units' first pages, and %(count)s mail is under way.",
            "The invitations are on the units' first pages, and %(count)s mails are under way.",
            letters,
        )
        messages.success(request, text % {"count": letters})
    return redirect("reports:meeting", pk=pk)


def cancel(request: ActingRequest, pk: int) -> HttpResponse:
    """Say why it does not take place."""
    meeting = kept_meeting(request, pk)
    form = CancelForm(request.POST or None, initial={"version": meeting.version})
    if request.method == "POST" and form.is_valid():
        try:
            with or_say_in(form) as act:
                cancel_meeting(meeting=meeting, by=request.posting, now=timezone.now(), **form.cleaned_data)
        except EditConflict:
            say_overtaken(request)
            return redirect("reports:meeting", pk=pk)
        if act.done:
            messages.success(request, _("The meeting is cancelled. Whoever was invited is told."))
            return redirect("reports:meeting", pk=pk)
    context = {"meeting": meeting, "form": form}
    return render(request, "reports/meeting_cancel.html", context, status=422 if form.is_bound else 200)


# --- in the room --------------------------------------------------------------------------------------------


def code(request: ActingRequest, pk: int) -> HttpResponse:
    """The code for the projector, large, with its QR code; posted to, there is another one."""
    meeting = kept_meeting(request, pk)
    if request.method == "POST":
        with or_say(request):
            renew_code(meeting=meeting, by=request.posting)
        return redirect("reports:meeting_code", pk=pk)
    path = f"{reverse('reports:check_in', args=[pk])}?code={meeting.code}"
    context = {
        "meeting": meeting,
        "qr": qr_code(request.build_absolute_uri(path)) if meeting.code else "",
        "roll": roll_in(meeting),
    }
    return render(request, "reports/meeting_code.html", context)


def qr_code(address: str) -> SafeString:
    """An address as a drawing for the page, without styles of its own."""
    drawn = segno.make(address, error="m").svg_inline(omitsize=True, svgclass="qr", lineclass=None)
    return mark_safe(drawn)  # noqa: S308 — drawn here, of an address of our own


@require_safe
def counts(request: ActingRequest, pk: int) -> HttpResponse:
    """How many are there, asked for again and again by the page."""
    meeting = get_meeting(request, pk)
    return render(request, "reports/_meeting_counts.html", {"meeting": meeting, "roll": roll_in(meeting)})
