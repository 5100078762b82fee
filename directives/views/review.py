"""Checking what was read, beside the original: the head, the items, and the way on."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from directives import rules
from directives.actions import drafting, tasks
from directives.forms import HeaderForm, NewTaskForm, TaskForm, TextForm, task_initial
from directives.models import Directive, Task
from directives.queries import addressable_by, read_counts, review_tasks
from directives.views.access import directive_for, draft_task, visible_directive
from directives.views.presenting import (
    ReviewItem,
    blanks_of,
    doubts_of_document,
    item_of,
    items_of,
    runs_of,
    sheet_of,
    typed_rows,
    work_rows,
)
from directives.wording import state_sentence
from eduportal.base.errors import EditConflict, Refused
from eduportal.base.forms import with_version
from schools.middleware import ActingRequest


@dataclass
class Shown:
    """What is not simply the stored state: forms with what was typed, an opened item, a conflict."""

    header: forms.BaseForm | None = None
    header_conflict: list[dict[str, Any]] = field(default_factory=list)
    item: ReviewItem | None = None
    new_task: forms.BaseForm | None = None
    status: int = 200


@require_http_methods(["GET", "POST"])
def review(request: ActingRequest, pk: int) -> HttpResponse:
    """The review page; posting saves the head of the document."""
    directive = visible_directive(request, pk)
    if is_too_late(request, directive):
        return kept(request, directive, HeaderForm(request.POST, instance=directive))
    if not rules.may_edit(request.posting, directive):
        return redirect("directives:detail", pk)
    if request.method == "GET":
        opened = request.GET.get("item", "")
        task = review_tasks(directive).filter(pk=opened).first() if opened.isdecimal() else None
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
    messages.success(request, _("Saved."))
    return redirect("directives:review", pk)


def page(request: ActingRequest, directive: Directive, shown: Shown) -> HttpResponse:
    items = items_of(directive, shown.item)
    units = addressable_by(directive, timezone.localdate())
    context = {
        "directive": directive,
        "segments": sheet_of(directive, items),
        "runs": runs_of(items),
        "counts": read_counts(directive),
        "blanks": blanks_of(directive),
        "annexes": directive.annexes.all(),
        "sentence": state_sentence(directive) if directive.is_incoming else "",
        "doubts": doubts_of_document(directive),
        "header": shown.header or HeaderForm(instance=directive),
        "header_conflict": shown.header_conflict,
        "new_task": shown.new_task or NewTaskForm(units=units, items=directive.tasks.kept(), prefix="new"),
        "new_task_open": shown.new_task is not None,
    }
    return render(request, "directives/review.html", context, status=shown.status)


def opened_item(directive: Directive, task: Task, form: TaskForm | None = None) -> ReviewItem:
    """An item with its form."""
    units = addressable_by(directive, timezone.localdate())
    item = item_of(task)
    item.form = form or TaskForm(initial=task_initial(task), units=units, prefix=f"t{task.pk}")
    return item


# --- one item -----------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def task(request: ActingRequest, pk: int, task_pk: int) -> HttpResponse:
    """One item's form, in place or, without JavaScript, on the whole page. Posting saves the item."""
    directive = directive_for(request, pk, rules.may_draft_for)
    units = addressable_by(directive, timezone.localdate())
    if is_too_late(request, directive) and f"t{task_pk}-text" in request.POST:
        return kept(request, directive, TaskForm(request.POST, units=units, prefix=f"t{task_pk}"))
    if not directive.is_draft:
        raise PermissionDenied
    if f"t{task_pk}-text" in request.POST and not directive.tasks.filter(pk=task_pk).exists():
        return gone(request, directive, task_pk)
    item = draft_task(directive, task_pk)
    if request.method == "GET":
        if request.htmx and "close" in request.GET:
            return fragment(request, directive, item_of(item))
        if request.htmx:
            return fragment(request, directive, opened_item(directive, item))
        return redirect(f"{reverse('directives:review', args=[pk])}?item={task_pk}#i{task_pk}")
    form = TaskForm(request.POST, units=units, prefix=f"t{task_pk}")
    if not form.is_valid():
        return answer(request, directive, opened_item(directive, item, form), status=422)
    try:
        tasks.revise_task(
            task=item,
            version=form.cleaned_data["version"],
            work=form.work(),
            by=request.posting,
        )
    except EditConflict as conflict:
        with_version(form, conflict.current.version)
        shown = opened_item(directive, conflict.current, form)
        shown.conflict = work_rows(conflict.current, form.work())
        return answer(request, directive, shown, status=422)
    except Refused:
        return kept(request, directive, form)
    return after_save(request, directive, task_pk)


def gone(request: ActingRequest, directive: Directive, task_pk: int) -> HttpResponse:
    """Somebody took the item's sentence out of the document: what was typed is offered as a new task."""
    own = f"t{task_pk}-"
    typed = request.POST.copy()
    for name in [name for name in typed if name.startswith(own)]:
        typed.setlist(f"new-{name.removeprefix(own)}", typed.pop(name))
    form = NewTaskForm(
        typed,
        units=addressable_by(directive, timezone.localdate()),
        items=directive.tasks.kept(),
        prefix="new",
        auto_id=f"id_gone{task_pk}_%s",
    )
    form.add_error(
        None,
        _(
            "This item is no longer in the document. What you typed is kept here: "
            "add it as a new task, or leave it."
        ),
    )
    if request.htmx:
        context = {"directive": directive, "new_task": form}
        return render(request, "directives/_gone_item.html", context, status=422)
    return page(request, directive, Shown(new_task=form, status=422))


@require_POST
def confirm(request: ActingRequest, pk: int, task_pk: int) -> HttpResponse:
    """Accept what was read."""
    return step(request, pk, task_pk, tasks.confirm_task)


@require_POST
def remove(request: ActingRequest, pk: int, task_pk: int) -> HttpResponse:
    """Take an item out; its place offers to put it back."""
    return step(request, pk, task_pk, tasks.remove_task)


@require_POST
def restore(request: ActingRequest, pk: int, task_pk: int) -> HttpResponse:
    """Put it back."""
    return step(request, pk, task_pk, tasks.restore_task)


def step(request: ActingRequest, pk: int, task_pk: int, action: Any) -> HttpResponse:
    item = draft_task(directive_for(request, pk, rules.may_edit), task_pk)
    version = request.POST.get("version", "")
    try:
        action(task=item, version=int(version) if version.isdecimal() else 0, by=request.posting)
    except EditConflict:
        shown = item_of(review_tasks(item.directive).get(pk=task_pk))
        shown.notice = _("Somebody changed this item while you were looking at it. See what it says now.")
        return answer(request, item.directive, shown, status=422)
    except Refused as refusal:
        return no_draft_any_more(request, item.directive, refusal)
    return after_save(request, item.directive, task_pk)


@require_POST
def add(request: ActingRequest, pk: int) -> HttpResponse:
    """Add a task that was not found."""
    directive = directive_for(request, pk, rules.may_draft_for)
    units = addressable_by(directive, timezone.localdate())
    form = NewTaskForm(request.POST, units=units, items=directive.tasks.kept(), prefix="new")
    if is_too_late(request, directive):
        return kept(request, directive, form)
    if not form.is_valid():
        return page(request, directive, Shown(new_task=form, status=422))
    try:
        added = tasks.add_task(
            directive=directive,
            path=form.cleaned_data["path"],
            after=form.cleaned_data["after"],
            work=form.work(),
            by=request.posting,
        )
    except Refused:
        return kept(request, directive, form)
    return redirect(f"{reverse('directives:review', args=[pk])}#i{added.pk}")


def fragment(
    request: ActingRequest, directive: Directive, item: ReviewItem, status: int = 200
) -> HttpResponse:
    context = {
        "directive": directive,
        "item": item,
        "counts": read_counts(directive),
        "blanks": blanks_of(directive),
        "in_place": True,
    }
    return render(request, "directives/_review_item.html", context, status=status)


def answer(request: ActingRequest, directive: Directive, item: ReviewItem, status: int) -> HttpResponse:
    """The item alone for htmx, the whole page otherwise."""
    if request.htmx:
        return fragment(request, directive, item, status)
    return page(request, directive, Shown(item=item, status=status))


def after_save(request: ActingRequest, directive: Directive, task_pk: int) -> HttpResponse:
    if request.htmx:
        return fragment(request, directive, item_of(review_tasks(directive).get(pk=task_pk)))
    return redirect(f"{reverse('directives:review', args=[directive.pk])}#i{task_pk}")


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


# --- the body of a document written here --------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def text(request: ActingRequest, pk: int) -> HttpResponse:
    """Edit the body; it is read again, and what was decided about tasks is kept."""
    directive = directive_for(request, pk, rules.may_draft_for)
    if is_too_late(request, directive):
        return kept(request, directive, TextForm(request.POST))
    if not rules.may_submit(request.posting, directive):
        raise PermissionDenied
    initial = {"text": directive.text, "version": directive.version}
    form = TextForm(request.POST or None, initial=initial)
    conflict: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        try:
            drafting.revise_text(
                directive=directive,
                version=form.cleaned_data["version"],
                text=form.cleaned_data["text"],
                by=request.posting,
                today=timezone.localdate(),
            )
        except EditConflict as other:
            conflict = [
                {
                    "label": form.fields["text"].label,
                    "stored": other.current.text,
                    "yours": form.cleaned_data["text"],
                }
            ]
            with_version(form, other.current.version)
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("The text was saved and read again."))
            return redirect("directives:review", pk)
    context = {"directive": directive, "form": form, "conflict": conflict}
    return render(request, "directives/text.html", context, status=422 if form.is_bound else 200)
