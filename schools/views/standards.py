"""The register of schools recognised as meeting the national standard."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from eduportal.base.acting import or_say_in
from eduportal.base.errors import EditConflict, Refused
from eduportal.base.forms import with_version
from schools import rules
from schools.actions import (
    correct_recognition,
    enter_recognition,
    renew_recognition,
    revoke_recognition,
)
from schools.forms.standards import (
    NewRecognitionForm,
    RecognitionForm,
    RegisterFilter,
    RevokeForm,
    initial_of,
)
from schools.middleware import ActingRequest
from schools.models import StandardRecognition
from schools.queries.recognitions import (
    Standing,
    recognitions_kept_by,
    recognitions_standing,
    recognitions_visible_to,
    register,
    schools_to_recognise,
)
from schools.standards import rule_on
from trail.models import AuditEvent

PAGE = 50
EVENTS = {
    "recognition.entered": gettext_lazy("entered the decision"),
    "recognition.renewed": gettext_lazy("entered the decision that renews"),
    "recognition.corrected": gettext_lazy("corrected the decision"),
    "recognition.revoked": gettext_lazy("revoked the recognition"),
}


@require_safe
def standards(request: ActingRequest) -> HttpResponse:
    """The recognitions a person may see, those that lapse first on top."""
    today = timezone.localdate()
    form = RegisterFilter(request.GET)
    chosen = form.chosen()
    found = register(user=request.user, today=today, **chosen)
    context = {
        "form": form,
        "counts": [(code, label, found.counts[code]) for code, label in Standing.choices],
        "chips": [(name, form.words(name, value)) for name, value in chosen.items()],
        "page_obj": Paginator(found.rows, PAGE).get_page(request.GET.get("page")),
        "is_empty": not any(found.counts.values()),
        "may_keep": rules.may_keep_standards(request.posting),
        "rule": rule_on(today),
    }
    return render(request, "schools/standards.html", context)


def visible_recognition(request: ActingRequest, pk: int) -> StandardRecognition:
    """A recognition that this person may see; to all others there is none."""
    rows = recognitions_standing(recognitions_visible_to(request.user), timezone.localdate())
    return get_object_or_404(rows.select_related("school", "renews", "renewed_by"), pk=pk)


def kept_recognition(request: ActingRequest, pk: int) -> StandardRecognition:
    """A recognition that this person may change."""
    row = visible_recognition(request, pk)
    if not may_keep(request, row):
        raise PermissionDenied
    return row


def may_keep(request: ActingRequest, row: StandardRecognition) -> bool:
    """By right, and within the reach of the office acted for. A query for those who have the right."""
    posting = request.posting
    if not rules.may_keep_standards(posting):
        return False
    return recognitions_kept_by(posting, timezone.localdate()).filter(pk=row.pk).exists()


@require_http_methods(["GET", "POST"])
def new(request: ActingRequest) -> HttpResponse:
    """Enter the decision that recognises a school."""
    posting = request.posting
    if not rules.may_keep_standards(posting):
        raise PermissionDenied
    schools = schools_to_recognise(request.user, posting.acting_unit, timezone.localdate())
    form = NewRecognitionForm(request.POST or None, schools=schools, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        with or_say_in(form) as act:
            row = enter_recognition(by=posting, **form.cleaned_data)
        if act.done:
            messages.success(request, _("Entered. It counts from the day of the decision."))
            return redirect("schools:standard", row.pk)
    context = {"form": form, "rule": rule_on(timezone.localdate())}
    return render(request, "schools/standard_new.html", context, status=422 if form.is_bound else 200)


@require_safe
def standard(request: ActingRequest, pk: int) -> HttpResponse:
    return page(request, visible_recognition(request, pk))


@require_POST
def correct(request: ActingRequest, pk: int) -> HttpResponse:
    """Put right what was mistyped."""
    return changed(request, pk, RecognitionForm(request.POST, prefix="correct"), correct_recognition)


@require_POST
def renew(request: ActingRequest, pk: int) -> HttpResponse:
    """Enter the decision that takes its place."""
    return changed(request, pk, RecognitionForm(request.POST, prefix="renew"), renew_recognition)


@require_POST
def revoke(request: ActingRequest, pk: int) -> HttpResponse:
    """End it before its time."""
    return changed(request, pk, RevokeForm(request.POST, prefix="revoke"), revoke_recognition)


def changed(
    request: ActingRequest, pk: int, form: RecognitionForm | RevokeForm, action: Callable[..., Any]
) -> HttpResponse:
    """Do what a form asks with a recognition, or show it again as it was typed, saying why not."""
    row = kept_recognition(request, pk)
    shown: dict[str, Any] = {str(form.prefix): form}
    if not form.is_valid():
        return page(request, row, status=422, **shown)
    try:
        result = action(recognition=row, by=request.posting, **form.cleaned_data)
    except EditConflict as conflict:
        with_version(form, conflict.current.version)
        rows = list(form.differences(conflict.current)) if isinstance(form, RecognitionForm) else []
        return page(request, visible_recognition(request, pk), status=409, conflict=rows, **shown)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return page(request, visible_recognition(request, pk), status=422, **shown)
    messages.success(request, _("Saved. Targets on recognised schools count it from now on."))
    return redirect("schools:standard", result.pk)


def page(
    request: ActingRequest,
    row: StandardRecognition,
    *,
    correct: forms.Form | None = None,
    renew: forms.Form | None = None,
    revoke: forms.Form | None = None,
    conflict: list[dict[str, Any]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """One recognition with what came before and after it, and forms as they were typed."""
    initial = initial_of(row)
    version = {"version": row.version}
    context = {
        "row": row,
        "rule": rule_on(row.valid_from),
        "may_keep": row.is_open and may_keep(request, row),
        "correct": correct or RecognitionForm(initial=initial, prefix="correct"),
        "renew": renew or RecognitionForm(initial=version | {"level": row.level}, prefix="renew"),
        "revoke": revoke or RevokeForm(initial=version, prefix="revoke"),
        "conflict": conflict,
        "history": [
            (event, str(EVENTS[event.verb]))
            for event in AuditEvent.objects.about(row)
            if event.verb in EVENTS
        ],
    }
    return render(request, "schools/standard.html", context, status=status)
