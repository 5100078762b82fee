"""A meeting's agenda and opinions, edited as rows that are put into order by numbers."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from eduportal.base.errors import EditConflict, Refused
from eduportal.base.forms import with_version
from reports.actions.proceedings import save_agenda, save_opinions
from reports.forms.proceedings import (
    AgendaForm,
    AgendaFormSet,
    OpinionFormSet,
    OpinionsForm,
    agenda_fields,
    agenda_words,
    opinion_fields,
    opinion_words,
    opinions_typed,
)
from reports.models import Meeting
from reports.queries.proceedings import agenda_lines, opinion_texts
from reports.views.meeting import get_meeting, kept_meeting
from schools.middleware import ActingRequest


def agenda(request: ActingRequest, pk: int) -> HttpResponse:
    """The agenda: rows as they stand, and lines for more."""
    meeting = kept_meeting(request, pk)
    stored = agenda_lines(meeting.agenda.all())
    if request.method != "POST":
        rows, form = (
            AgendaFormSet(initial=agenda_fields(stored)),
            AgendaForm(initial={"version": meeting.version}),
        )
        return page(request, "agenda", meeting, rows, form)
    rows, form = AgendaFormSet(request.POST, initial=agenda_fields(stored)), AgendaForm(request.POST)
    if not (rows.is_valid() & form.is_valid()):
        return page(request, "agenda", meeting, rows, form, status=422)
    items = form.items(rows)
    try:
        save_agenda(meeting=meeting, version=form.cleaned_data["version"], items=items, by=request.posting)
    except EditConflict:
        current = get_meeting(request, pk)
        words = (agenda_words(agenda_lines(current.agenda.all())), agenda_words(items))
        with_version(form, current.version)
        return page(request, "agenda", current, rows, form, beside(_("Agenda"), *words), status=409)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("reports:meeting", pk=pk)
    messages.success(request, _("The agenda is saved."))
    return redirect("reports:meeting", pk=pk)


def opinions(request: ActingRequest, pk: int) -> HttpResponse:
    """What was said at the meeting, speaker by speaker."""
    meeting = kept_meeting(request, pk)
    stored = opinion_texts(meeting.heard.all())
    if request.method != "POST":
        rows = OpinionFormSet(initial=opinion_fields(stored))
        form = OpinionsForm(initial={"version": meeting.version, "remarks": meeting.opinions})
        return page(request, "opinions", meeting, rows, form)
    rows, form = OpinionFormSet(request.POST, initial=opinion_fields(stored)), OpinionsForm(request.POST)
    if not (rows.is_valid() & form.is_valid()):
        return page(request, "opinions", meeting, rows, form, status=422)
    typed, said = opinions_typed(rows), form.cleaned_data
    try:
        save_opinions(
            meeting=meeting,
            version=said["version"],
            opinions=typed,
            remarks=said["remarks"],
            by=request.posting,
        )
    except EditConflict:
        current = get_meeting(request, pk)
        heard = opinion_words(opinion_texts(current.heard.all()))
        conflicts = beside(_("Opinions"), heard, opinion_words(typed))
        conflicts += beside(form["remarks"].label, current.opinions, said["remarks"])
        with_version(form, current.version)
        return page(request, "opinions", current, rows, form, conflicts, status=409)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("reports:meeting", pk=pk)
    messages.success(request, _("The opinions are saved."))
    return redirect("reports:meeting", pk=pk)


def beside(label: Any, stored: str, yours: str) -> list[dict[str, Any]]:
    """Both for the page of a conflict, where they differ."""
    return [{"label": label, "stored": stored, "yours": yours}] if stored != yours else []


def page(
    request: ActingRequest,
    name: str,
    meeting: Meeting,
    rows: Any,
    form: Any,
    conflicts: list[dict[str, Any]] | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"meeting": meeting, "rows": rows, "form": form, "conflicts": conflicts}
    if name == "opinions":
        context["units"] = meeting.attendances.order_by("unit__sort_key").values_list(
            "unit__short_name", flat=True
        )
    return render(request, f"reports/meeting_{name}.html", context, status=status)
