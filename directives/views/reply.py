"""A unit's answers to the form of its task: on screen, or by way of a workbook."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from directives import rules
from directives.actions.answers import AnswersMissing, return_reply, save_reply, send_reply
from directives.forms.dataforms import AnswerForm, WorkbookForm, name_of, options_of
from directives.forms.work import HaltForm
from directives.models import Assignment, DataForm, FormReply
from directives.models.assignment import AssignmentState
from directives.queries.dataforms import form_of, values_of
from directives.views.access import visible_assignment
from directives.views.presenting import answer_words
from directives.workbooks import Identity, Line, Read, UnreadableWorkbook, form_workbook, read_form
from eduportal.base.downloads import as_download
from eduportal.base.errors import EditConflict, Refused
from eduportal.base.forms import with_version
from eduportal.base.uploads import XLSX
from schools.middleware import ActingRequest

ANSWERABLE = (AssignmentState.OPEN, AssignmentState.DONE)
UNREADABLE = {
    "broken": gettext_lazy("This workbook cannot be opened. Download the form again and fill that in."),
    "other_file": gettext_lazy("This is not the workbook of this form. Download it from this page first."),
    "other_unit": gettext_lazy("This workbook belongs to another unit. Choose the one of your own unit."),
    "other_version": gettext_lazy(
        "The form was changed since this workbook was downloaded. Download it again and copy your answers."
    ),
}


@require_http_methods(["GET", "POST"])
def reply(request: ActingRequest, pk: int) -> HttpResponse:
    """The unit's page of the form; for offices, what it sent."""
    one, form = assignment_with_form(request, pk)
    stored = FormReply.objects.filter(assignment=one).select_related("sent_by", "saved_by").first()
    if request.method == "POST":
        if not rules.may_prepare_work(request.posting, one):
            raise PermissionDenied
        return save(request, one, form, stored)
    if may_answer(request, one, stored):
        return edit_page(request, one, form, stored)
    return read_page(request, one, form, stored)


def assignment_with_form(request: ActingRequest, pk: int) -> tuple[Assignment, DataForm]:
    one = visible_assignment(request, pk)
    if (form := form_of(one.task)) is None:
        raise Http404
    return one, form


def may_answer(request: ActingRequest, one: Assignment, stored: FormReply | None) -> bool:
    is_sent = stored is not None and stored.is_sent
    return not is_sent and one.state in ANSWERABLE and rules.may_prepare_work(request.posting, one)


def answer_form(form: DataForm, stored: FormReply | None, data: Any = None) -> AnswerForm:
    return AnswerForm(data, form=form, stored=values_of(stored), version=stored.version if stored else 0)


def save(request: ActingRequest, one: Assignment, form: DataForm, stored: FormReply | None) -> HttpResponse:
    """Save what is valid and, when asked, send. Whatever is in the way, what was typed stays on the page."""
    sending = "send" in request.POST
    if sending and not rules.may_report(request.posting, one):
        raise PermissionDenied
    typed = answer_form(form, stored, request.POST)
    valid = typed.is_valid()
    if "version" in typed.errors:
        return edit_page(request, one, form, stored, typed=typed, status=422)
    now, by = timezone.now(), request.posting
    try:
        saved = save_reply(
            assignment=one, version=typed.cleaned_data["version"], values=typed.values(), by=by, now=now
        )
    except EditConflict as conflict:
        return overtaken(request, one, form, conflict.current)
    except Refused as refusal:
        return too_late(request, one, form, typed, refusal)
    if not valid:
        kept = _("What is right was saved. What is marked below is not saved yet, but still on this page.")
        messages.warning(request, " ".join([_("Not sent."), kept]) if sending else kept)
        with_version(typed, saved.version)
        return edit_page(request, one, form, saved, typed=typed, status=422)
    return send(request, one, form, saved, typed) if sending else after_saving(request, one)


def after_saving(request: ActingRequest, one: Assignment) -> HttpResponse:
    messages.success(request, _("Saved as a draft; only your unit sees it until it is sent."))
    return redirect("directives:reply", one.pk)


def send(
    request: ActingRequest, one: Assignment, form: DataForm, saved: FormReply, typed: AnswerForm
) -> HttpResponse:
    try:
        send_reply(reply=saved, version=saved.version, by=request.posting, now=timezone.now())
    except AnswersMissing as refusal:
        typed.require(refusal.missing)
        with_version(typed, saved.version)
        messages.warning(request, str(refusal.message))
        return edit_page(request, one, form, saved, typed=typed, status=422)
    except (EditConflict, Refused):
        return overtaken(request, one, form, FormReply.objects.get(pk=saved.pk))
    messages.success(request, _("The form was sent. Thank you."))
    return redirect("directives:reply", one.pk)


def overtaken(request: ActingRequest, one: Assignment, form: DataForm, current: FormReply) -> HttpResponse:
    """Somebody of the unit was quicker: what is stored and what was typed, side by side."""
    typed = answer_form(form, current, request.POST)
    typed.is_valid()
    rows = typed.differences()
    with_version(typed, current.version)
    if current.is_sent:
        return read_page(request, one, form, current, unsaved=rows, status=409)
    return edit_page(request, one, form, current, typed=typed, conflict=rows, status=409)


def too_late(
    request: ActingRequest, one: Assignment, form: DataForm, typed: AnswerForm, refusal: Refused
) -> HttpResponse:
    """It was sent before, or the work does not run any more: what was typed is shown, to be copied."""
    messages.error(request, str(refusal.message))
    stored = FormReply.objects.filter(assignment=one).select_related("sent_by").first()
    return read_page(request, one, form, stored, unsaved=typed.differences(), status=409)


def edit_page(
    request: ActingRequest,
    one: Assignment,
    form: DataForm,
    stored: FormReply | None,
    *,
    typed: AnswerForm | None = None,
    conflict: list[dict[str, Any]] | None = None,
    upload: forms.BaseForm | None = None,
    cells: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    version = stored.version if stored else 0
    context = {
        "assignment": one,
        "reply": stored,
        "form": typed or answer_form(form, stored),
        "conflict": conflict,
        "upload": upload or WorkbookForm(initial={"version": version}, prefix="upload"),
        "cells": cells,
        "may_send": rules.may_report(request.posting, one),
    }
    return render(request, "directives/form_edit.html", context, status=status)


def read_page(
    request: ActingRequest,
    one: Assignment,
    form: DataForm,
    stored: FormReply | None,
    *,
    unsaved: list[dict[str, Any]] | None = None,
    back: forms.BaseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    by = request.posting
    shown = stored is not None and rules.may_read(by, one, is_sent=stored.is_sent)
    values = values_of(stored) if shown else {}
    may_return = stored is not None and stored.is_sent and rules.may_steer(by, one.task.directive)
    if back is None and may_return and stored is not None:
        back = HaltForm(prefix="back", initial={"version": stored.version})
    context = {
        "assignment": one,
        "reply": stored if shown else None,
        "lines": [(field, answer_words(field, values.get(field.pk))) for field in form.fields.all()],
        "unsaved": unsaved,
        "back": back,
    }
    return render(request, "directives/form_read.html", context, status=status)


@require_POST
def send_back(request: ActingRequest, pk: int) -> HttpResponse:
    """The office that set the work gives the form back to be corrected, saying why."""
    one, form = assignment_with_form(request, pk)
    if not rules.may_steer(request.posting, one.task.directive):
        raise PermissionDenied
    stored = FormReply.objects.sent().filter(assignment=one).select_related("sent_by").first()
    back = HaltForm(request.POST, prefix="back")
    if not back.is_valid() or stored is None:
        return read_page(request, one, form, stored, back=back, status=422)
    typed = back.cleaned_data
    try:
        return_reply(reply=stored, version=typed["version"] or 0, reason=typed["reason"], by=request.posting)
    except (EditConflict, Refused):
        messages.warning(
            request, _("This form changed meanwhile. Nothing was done; look at it as it is now.")
        )
    else:
        messages.success(request, _("Returned to the unit with your reason."))
    return redirect("directives:reply", pk)


# --- by way of a workbook -----------------------------------------------------------------------------------


@require_GET
def download(request: ActingRequest, pk: int) -> HttpResponse:
    """The unit's own form as a workbook, with what is saved so far."""
    one, form = assignment_with_form(request, pk)
    if not rules.is_own(request.posting, one):
        raise PermissionDenied
    values = values_of(FormReply.objects.filter(assignment=one).first())
    content = form_workbook(
        title=str(one.task),
        unit=one.unit.name,
        words=[_("No."), _("What is asked"), _("Unit of measure"), _("Answer"), _("Hint")],
        lines=[
            Line(
                key=field.pk,
                label=f"{field.label} *" if field.is_required else field.label,
                unit=field.unit,
                hint=field.hint,
                value=answer_words(field, values.get(field.pk)),
                options=[str(words) for _code, words in options_of(field)] if has_options(field) else (),
            )
            for field in form.fields.all()
        ],
        identity=identity_of(form, one),
    )
    return as_download(content, f"bieu-mau-{one.unit.code}.xlsx", XLSX.content_type)


def has_options(field: Any) -> bool:
    return field.kind in ("choice", "yes_no")


def identity_of(form: DataForm, one: Assignment) -> Identity:
    return Identity(form.pk, one.pk, form.version)


@require_POST
def upload(request: ActingRequest, pk: int) -> HttpResponse:
    """Take a workbook that was filled in, as a draft. One wrong cell, and nothing is saved."""
    one, form = assignment_with_form(request, pk)
    stored = FormReply.objects.filter(assignment=one).first()
    if not may_answer(request, one, stored):
        raise PermissionDenied
    uploaded = WorkbookForm(request.POST, request.FILES, prefix="upload")
    if not uploaded.is_valid():
        return edit_page(request, one, form, stored, upload=uploaded, status=422)
    try:
        found = read_form(uploaded.cleaned_data["workbook"], identity_of(form, one))
    except UnreadableWorkbook as problem:
        uploaded.add_error("workbook", UNREADABLE[problem.code])
        return edit_page(request, one, form, stored, upload=uploaded, status=422)
    typed = answer_form(form, stored, data_of(form, found, uploaded.cleaned_data["version"]))
    if not typed.is_valid():
        cells = cell_errors(typed, found)
        return edit_page(request, one, form, stored, upload=uploaded, cells=cells, status=422)
    return keep_uploaded(request, one, form, typed)


def data_of(form: DataForm, found: dict[int, Read], version: int) -> dict[str, str]:
    known = {field.pk: name_of(field) for field in form.fields.all()}
    typed = {known[pk]: read.text for pk, read in found.items() if pk in known}
    return typed | {"version": str(version)}


def cell_errors(typed: AnswerForm, found: dict[int, Read]) -> list[str]:
    """Each mistake with the cell it is in: "D7, Số lớp: …"."""
    return [
        f"{found[field.pk].cell}, {field.label}: {error}"
        for field in typed.asked
        for error in typed.errors.get(name_of(field), ())
        if field.pk in found
    ]


def keep_uploaded(request: ActingRequest, one: Assignment, form: DataForm, typed: AnswerForm) -> HttpResponse:
    try:
        save_reply(
            assignment=one,
            version=typed.cleaned_data["version"],
            values=typed.values(),
            by=request.posting,
            now=timezone.now(),
        )
    except EditConflict as conflict:
        rows = answer_form(form, conflict.current, typed.data)
        rows.is_valid()
        with_version(rows, conflict.current.version)
        return edit_page(
            request, one, form, conflict.current, typed=rows, conflict=rows.differences(), status=409
        )
    except Refused as refusal:
        return too_late(request, one, form, typed, refusal)
    messages.success(request, _("The workbook was read and saved as a draft. Look through it, then send it."))
    return redirect("directives:reply", one.pk)
