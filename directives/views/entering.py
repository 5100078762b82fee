"""Entering a document: pasted or uploaded, of every direction."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directives import rules
from directives.actions import uploads
from directives.actions.drafting import WholeReading, draft_directive, read_whole
from directives.forms.entering import NewDirectiveForm
from directives.models import Directive, Upload
from directives.reading import UnreadableFile
from directives.wording import explain_doubt, refused_file, said_of
from eduportal.base.acting import or_say_in
from eduportal.base.numbers import whole_number
from schools.middleware import ActingRequest


@require_http_methods(["GET", "POST"])
def new(request: ActingRequest) -> HttpResponse:
    """Paste or upload a document; it is read at once, or in the background, and put up for review."""
    posting = request.posting
    if not rules.may_enter(posting):
        raise PermissionDenied
    held = held_upload(request)
    form = NewDirectiveForm(
        request.POST or None,
        request.FILES or None,
        today=timezone.localdate(),
        incoming_only=not rules.may_draft(posting),
        held=held,
    )
    if request.method == "POST":
        with or_say_in(form):
            if form.is_valid():
                return read_later(request, form) if "later" in form.cleaned_data else read_now(request, form)
            keep_for_next_try(request, form)
    context: dict[str, Any] = {"form": form, "held": form.held, "others": other_uploads(request, form.held)}
    if held is not None and held.problem and not form.is_bound:
        context["problem"] = refused_file(held.problem, held.place)
    return render(request, "directives/new.html", context, status=422 if form.is_bound else 200)


def held_upload(request: ActingRequest) -> Upload | None:
    """What an attempt before left behind, by the number that the form or the address carries."""
    number = whole_number(request.POST.get("upload") or request.GET.get("upload"))
    if number is None:
        return None
    return own_uploads(request).filter(pk=number).first()


def own_uploads(request: ActingRequest) -> QuerySet[Upload]:
    return Upload.objects.visible_to(request.user).open().prefetch_related("files")


def other_uploads(request: ActingRequest, held: Upload | None) -> list[Upload]:
    return [upload for upload in own_uploads(request) if upload != held]


def read_now(request: ActingRequest, form: NewDirectiveForm) -> HttpResponse:
    given = form.cleaned_data
    whole = read_whole(
        text=given["text"],
        today=timezone.localdate(),
        original=given.get("original"),
        annexes=given["annexes"],
    )
    with transaction.atomic():
        directive = entered(request, form, whole)
        if form.held is not None:
            uploads.forget_upload(upload=form.held)
    return to_next_step(request, directive)


def read_later(request: ActingRequest, form: NewDirectiveForm) -> HttpResponse:
    # One after the other: what is held and never asked for shows as stopped, with both ways on.
    upload = hold(request, form, form.cleaned_data["later"])
    uploads.ask_for_reading(upload=upload, by=request.posting)
    return redirect("directives:upload", upload.pk)


def keep_for_next_try(request: ActingRequest, form: NewDirectiveForm) -> None:
    """A browser does not keep a chosen file beside an error; the portal does."""
    if form.cleaned_data.get("original") is not None:
        form.show_held(hold(request, form, form.unread))


def hold(request: ActingRequest, form: NewDirectiveForm, problem: UnreadableFile | None) -> Upload:
    return uploads.hold_upload(
        document=form.cleaned_data["original"],
        annexes=form.cleaned_data.get("annexes", []),
        given=form.given(),
        by=request.posting,
        text=form.cleaned_data.get("text", ""),
        problem=problem,
        instead_of=form.held,
    )


def entered(request: ActingRequest, form: NewDirectiveForm, whole: WholeReading) -> Directive:
    posting = request.posting
    return draft_directive(
        office=posting.acting_unit,
        text=form.cleaned_data["text"],
        whole=whole,
        original=form.cleaned_data.get("original"),
        warnings=form.cleaned_data.get("warnings", ()),
        annexes=form.cleaned_data["annexes"],
        direction=form.cleaned_data["direction"],
        arrival=form.arrival(),
        by=posting,
        today=timezone.localdate(),
    )


def to_next_step(request: ActingRequest, directive: Directive) -> HttpResponse:
    """Staff go on to the check; who only registers sees what was registered, and what to correct."""
    if directive.arrival_number:
        words = _("Registered under arrival number %(number)s.")
        messages.success(request, words % {"number": directive.arrival_number})
    if rules.may_edit(request.posting, directive):
        messages.success(request, _("The document was read. Compare what was found with the text."))
        return redirect("directives:review", directive.pk)
    for doubt in directive.reading.get("doubts", []):
        if doubt["span"] is None:
            messages.warning(request, explain_doubt(doubt["code"], said_of(doubt, "")))
    return redirect("directives:detail", directive.pk)
