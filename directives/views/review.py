"""Checking what was read, beside the original: the page, the head, and steps over all of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from directives import rules
from directives.actions import drafting, tasks, typing, undoing
from directives.forms import HeaderForm, VersionForm
from directives.models import Directive
from directives.queries import review_tasks
from directives.queries.review import last_step_of
from directives.views.access import directive_for, visible_directive
from directives.views.presenting import typed_rows
from directives.views.review_page import Shown, opened_item, page, whole_part
from directives.wording import state_sentence
from eduportal.base.errors import EditConflict, Refused
from eduportal.base.forms import with_version
from eduportal.base.keeping import NOT_KEPT
from eduportal.base.numbers import whole_number
from schools.middleware import ActingRequest


@require_http_methods(["GET", "POST"])
def review(request: ActingRequest, pk: int) -> HttpResponse:
    """The review page; posting saves the head of the document."""
    directive = visible_directive(request, pk)
    if is_too_late(request, directive):
        return kept(request, directive, HeaderForm(request.POST, instance=directive))
    if not rules.may_edit(request.posting, directive):
        return redirect("directives:detail", pk)
    if request.method == "GET":
        opened = whole_number(request.GET.get("item"))
        task = review_tasks(directive).filter(pk=opened).first() if opened is not None else None
        return page(request, directive, Shown(item=opened_item(directive, task) if task else None))
    form = HeaderForm(request.POST, instance=directive)
    if not form.is_valid():
        return page(request, directive, Shown(header=form, status=422))
    try:
        drafting.revise_header(
            directive=directive,
            version=form.cleaned_data["version"],
            values={name: value for name, value in form.cleaned_data.items() if name != "version"},
            by=request.posting,
        )
    except EditConflict as conflict:
        with_version(form, conflict.current.version)
        return page(request, conflict.current, Shown(form, form.changes(), status=422))
    except Refused:
        return kept(request, directive, form)
    typing.forget_typed(directive=directive, name="header", by=request.posting)
    if request.POST.get("then") == "issue":
        return redirect("directives:submit" if directive.written_here else "directives:issue", pk)
    messages.success(request, _("Saved."))
    return redirect("directives:review", pk)


@require_POST
def accept_sure(request: ActingRequest, pk: int) -> HttpResponse:
    """Accept all tasks in which nothing is doubtful."""
    directive = directive_for(request, pk, rules.may_edit)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else -1
    try:
        amount = tasks.confirm_sure(directive=directive, version=version, by=request.posting)
    except EditConflict:
        said = _("Somebody changed an item meanwhile, so nothing was accepted. Look at the items again.")
        return anew(request, directive, said, level="warning")
    except Refused as refusal:
        return no_draft_any_more(request, directive, refusal)
    words = ngettext("%(amount)s task accepted.", "%(amount)s tasks accepted.", amount) % {"amount": amount}
    return anew(request, directive, words)


@require_POST
def undo(request: ActingRequest, pk: int) -> HttpResponse:
    """Take back one's own last change to the items."""
    directive = directive_for(request, pk, rules.may_edit)
    step = last_step_of(directive, request.posting)
    if step is None or str(step.pk) != request.POST.get("step", ""):
        return anew(request, directive, _("There is nothing to take back."), level="warning")
    try:
        undoing.undo_step(step=step, by=request.posting)
    except Refused as refusal:
        return anew(request, directive, str(refusal.message), level="warning")
    keys = [int(key) for key in step.changed]
    return anew(request, directive, _("Taken back."), chosen=keys[0] if keys else None)


@require_POST
def keep(request: ActingRequest, pk: int) -> HttpResponse:
    """Keep what is being typed, without saving it; the browser sends it as the person goes."""
    directive = directive_for(request, pk, rules.may_edit)
    typed = request.POST.copy()
    name = typed.pop("form", [""])[-1]
    for field in NOT_KEPT:
        typed.pop(field, None)
    try:
        row = typing.keep_typed(directive=directive, name=name, data=typed.urlencode(), by=request.posting)
    except Refused as refusal:
        return JsonResponse({"kept": "", "why": str(refusal.message)}, status=422)
    return JsonResponse({"kept": f"{timezone.localtime(row.typed_at):%H:%M}"})


@require_POST
def let_go(request: ActingRequest, pk: int) -> HttpResponse:
    """Forget what was typed into the head or into the form for a new task."""
    directive = directive_for(request, pk, rules.may_edit)
    typing.forget_typed(directive=directive, name=request.POST.get("form", ""), by=request.posting)
    return redirect("directives:review", pk)


def anew(
    request: ActingRequest,
    directive: Directive,
    words: str,
    *,
    level: str = "success",
    chosen: int | None = None,
) -> HttpResponse:
    """All items as they are now, with what is said about it: in place, or on the whole page."""
    if request.htmx:
        response = whole_part(request, directive, chosen)
        return with_word(response, words)
    getattr(messages, level)(request, words)
    return redirect("directives:review", directive.pk)


def with_word(response: HttpResponse, words: str) -> HttpResponse:
    """Words that the page says aloud and shows for a while."""
    response.headers["HX-Trigger"] = json_of({"said": {"words": words}})
    return response


def json_of(value: Any) -> str:
    """JSON for a header: ASCII alone may stand there."""
    return JsonResponse(value, json_dumps_params={"ensure_ascii": True}).content.decode()


def is_too_late(request: ActingRequest, directive: Directive) -> bool:
    """Whether somebody who may draft for the office saves into a document that left its draft meanwhile."""
    by = request.posting
    return request.method == "POST" and rules.may_draft_for(by, directive) and not directive.is_draft


def kept(request: ActingRequest, directive: Directive, form: forms.BaseForm) -> HttpResponse:
    """What was typed, to be copied: the document went on its way meanwhile and nothing was saved."""
    stored = visible_directive(request, directive.pk)
    context = {"directive": stored, "sentence": state_sentence(stored), "typed": typed_rows(form)}
    name = "_kept_item" if request.htmx else "kept"
    return render(request, f"directives/{name}.html", context, status=422)


def no_draft_any_more(request: ActingRequest, directive: Directive, refusal: Refused) -> HttpResponse:
    messages.error(request, str(refusal.message))
    url = reverse("directives:detail", args=[directive.pk])
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)
