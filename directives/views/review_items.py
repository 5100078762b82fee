"""One item of the review: its form, accepting, taking out, moving, joining, splitting, adding."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from directives import rules
from directives.actions import outline, proposing, tasks, typing
from directives.dividing import place_of, sentences
from directives.forms import NewTaskForm, SplitForm, TaskForm, proposal_initial, task_initial
from directives.models import Directive, Task
from directives.outlining import MOVES
from directives.proposals import NOBODY_NAMED
from directives.queries import review_tasks
from directives.views.access import directive_for, draft_task
from directives.views.presenting import work_rows
from directives.views.review import is_too_late, kept, no_draft_any_more
from directives.views.review_page import (
    ReviewItem,
    Shown,
    fragment,
    item_of,
    new_task_part,
    opened_item,
    page,
    place_on_page,
    split_item,
    units_of,
    whole_part,
    with_document,
)
from eduportal.base.errors import EditConflict, Refused
from eduportal.base.forms import with_version
from eduportal.base.numbers import whole_number
from schools.middleware import ActingRequest


@require_http_methods(["GET", "POST"])
def task(request: ActingRequest, pk: int, task_pk: int) -> HttpResponse:
    """One item's form, in place or, without JavaScript, on the whole page. Posting saves the item."""
    directive = directive_for(request, pk, rules.may_draft_for)
    is_sent = f"t{task_pk}-text" in request.POST
    if is_too_late(request, directive) and is_sent:
        return kept(request, directive, form_of(request, directive, task_pk))
    if not directive.is_draft:
        raise PermissionDenied
    if is_sent and not directive.tasks.filter(pk=task_pk).exists():
        return gone(request, directive, task_pk)
    item = draft_task(directive, task_pk)
    if request.method == "GET":
        if request.htmx:
            return fragment(request, directive, opened_item(directive, item))
        return redirect(f"{reverse('directives:review', args=[pk])}?item={task_pk}#i{task_pk}")
    form = form_of(request, directive, task_pk)
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
        shown = opened_item(directive, with_document(conflict.current, directive), form)
        shown.conflict = work_rows(conflict.current, form.work())
        return answer(request, directive, shown, status=422)
    except Refused:
        return kept(request, directive, form)
    typing.forget_typed(directive=directive, name=f"t{task_pk}", by=request.posting)
    return after_save(request, directive, task_pk)


def form_of(request: ActingRequest, directive: Directive, task_pk: int) -> TaskForm:
    return TaskForm(request.POST, units=units_of(directive), prefix=f"t{task_pk}")


@require_POST
def leave(request: ActingRequest, pk: int, task_pk: int) -> HttpResponse:
    """Close an item's form and let go of what was typed into it."""
    directive = directive_for(request, pk, rules.may_edit)
    draft_task(directive, task_pk)
    typing.forget_typed(directive=directive, name=f"t{task_pk}", by=request.posting)
    return after_save(request, directive, task_pk)


def gone(request: ActingRequest, directive: Directive, task_pk: int) -> HttpResponse:
    """Somebody took the item's sentence out of the document: what was typed is offered as a new task."""
    own = f"t{task_pk}-"
    typed = request.POST.copy()
    for name in [name for name in typed if name.startswith(own)]:
        typed.setlist(f"new-{name.removeprefix(own)}", typed.pop(name))
    form = NewTaskForm(
        typed,
        units=units_of(directive),
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


def step(request: ActingRequest, pk: int, task_pk: int, action: Callable[..., Any]) -> HttpResponse:
    item = draft_task(directive_for(request, pk, rules.may_edit), task_pk)
    try:
        action(task=item, version=version_shown(request), by=request.posting)
    except EditConflict:
        return changed_meanwhile(request, item)
    except Refused as refusal:
        return no_draft_any_more(request, item.directive, refusal)
    return after_save(request, item.directive, task_pk)


def version_shown(request: ActingRequest) -> int:
    return whole_number(request.POST.get("version")) or 0


def changed_meanwhile(request: ActingRequest, item: Task) -> HttpResponse:
    shown = item_of(stored(item.directive, item.pk))
    shown.notice = _("Somebody changed this item while you were looking at it. See what it says now.")
    return answer(request, item.directive, shown, status=422)


# --- its place in the outline -------------------------------------------------------------------------------


@require_POST
def move(request: ActingRequest, pk: int, task_pk: int) -> HttpResponse:
    """Deeper, higher, earlier, later; or joined with the item before it."""
    item = draft_task(directive_for(request, pk, rules.may_edit), task_pk)
    wanted = request.POST.get("move", "")
    chosen = task_pk
    try:
        if wanted == "join":
            chosen = outline.join_task(task=item, version=version_shown(request), by=request.posting).pk
        elif wanted in MOVES:
            outline.move_task(task=item, version=version_shown(request), move=wanted, by=request.posting)
    except EditConflict:
        return changed_meanwhile(request, item)
    except Refused as refusal:
        shown = item_of(stored(item.directive, task_pk))
        shown.notice = str(refusal.message)
        return answer(request, item.directive, shown, status=422)
    return after_moving(request, item.directive, chosen)


@require_http_methods(["GET", "POST"])
def split(request: ActingRequest, pk: int, task_pk: int) -> HttpResponse:
    """Ask before which of its sentences an item is split, and split it there."""
    directive = directive_for(request, pk, rules.may_edit)
    item = draft_task(directive, task_pk)
    said, prefix = sentences(item.text), f"split{task_pk}"
    if request.method == "GET":
        form = SplitForm(initial={"version": item.version}, said=said, prefix=prefix)
        return answer(request, directive, split_item(item, form), status=200)
    form = SplitForm(request.POST, said=said, prefix=prefix)
    if not form.is_valid():
        return answer(request, directive, split_item(item, form), status=422)
    try:
        outline.split_task(
            task=item,
            version=form.cleaned_data["version"] or 0,
            begins=form.cleaned_data["begins"],
            by=request.posting,
            today=timezone.localdate(),
        )
    except EditConflict:
        return changed_meanwhile(request, item)
    except Refused as refusal:
        return no_draft_any_more(request, directive, refusal)
    return after_moving(request, directive, task_pk)


# --- what was not found -------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def add(request: ActingRequest, pk: int) -> HttpResponse:
    """Add a task that was not found; asked with words of the text, the form holds what is read in them."""
    directive = directive_for(request, pk, rules.may_draft_for)
    if request.method == "GET":
        return from_selection(request, directive)
    form = NewTaskForm(request.POST, units=units_of(directive), items=directive.tasks.kept(), prefix="new")
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
            span=span_of_words(directive, form),
            by=request.posting,
        )
    except Refused:
        return kept(request, directive, form)
    typing.forget_typed(directive=directive, name="new", by=request.posting)
    return redirect(place_on_page(directive, added.pk))


def from_selection(request: ActingRequest, directive: Directive) -> HttpResponse:
    """The form with the selected words, and who must act and by when as they say.

    Where they name nobody, those are proposed whom the item before them concerns.
    """
    if not directive.is_draft:
        raise PermissionDenied
    start, end = (whole_number(request.GET.get(name)) for name in ("start", "end"))
    words = "" if start is None or end is None else " ".join(directive.text[start:end].split())
    if not words:
        return redirect(f"{reverse('directives:review', args=[directive.pk])}#add")
    proposal = proposing.read_by_itself(directive, [words], timezone.localdate())[0]
    kept_items = directive.tasks.kept()
    after = kept_items.filter(span_start__lte=start).order_by("-span_start").first()
    initial = proposal_initial(proposal)
    if after and after.is_tracked and any(doubt.code == NOBODY_NAMED for doubt in proposal.doubts):
        initial = task_initial(after) | {"deadline": proposal.deadline}
    initial |= {"text": words, "start": start, "end": end, "after": after, "product": proposal.product}
    form = NewTaskForm(
        initial=initial,
        units=units_of(directive),
        items=kept_items,
        prefix="new",
    )
    if request.htmx:
        context = {"directive": directive, **new_task_part(directive, form)}
        return render(request, "directives/_add_form.html", context)
    return page(request, directive, Shown(new_task=form))


def span_of_words(directive: Directive, form: NewTaskForm) -> tuple[int, int] | None:
    """The words that were selected, else where the text of the task stands in the document."""
    start, end = form.cleaned_data["start"], form.cleaned_data["end"]
    if start is not None and end is not None and start < end <= len(directive.text):
        return start, end
    return place_of(form.cleaned_data["text"], directive.text, 0, len(directive.text))


# --- answers ------------------------------------------------------------------------------------------------


def stored(directive: Directive, task_pk: int) -> Task:
    return with_document(review_tasks(directive).get(pk=task_pk), directive)


def answer(request: ActingRequest, directive: Directive, item: ReviewItem, status: int) -> HttpResponse:
    """The item alone for htmx, the whole page otherwise."""
    if request.htmx:
        response = fragment(request, directive, item, status)
        # A step over all items was asked for, and this one alone is answered.
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = f"#i{item.task.pk}", "outerHTML"
        return response
    return page(request, directive, Shown(item=item, status=status))


def after_save(request: ActingRequest, directive: Directive, task_pk: int) -> HttpResponse:
    if request.htmx:
        return fragment(request, directive, item_of(stored(directive, task_pk)))
    return redirect(place_on_page(directive, task_pk))


def after_moving(request: ActingRequest, directive: Directive, task_pk: int) -> HttpResponse:
    if request.htmx:
        return whole_part(request, directive, task_pk)
    return redirect(place_on_page(directive, task_pk))
