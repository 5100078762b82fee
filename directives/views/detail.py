"""A document as issued, with what became of each task; its files and history."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from directives import rules
from directives.documents import KIND_NAMES
from directives.forms import ReasonForm
from directives.marking import pieces
from directives.models import AssigneeRole, Assignment, Directive, DirectiveKind, Task
from directives.queries import citations, cited_by, history_of, is_on_issuing_side, review_tasks
from directives.queries.counting import shown_counts_by, sum_of
from directives.statistics import statistics_sentence
from directives.views.access import visible_directive
from directives.views.presenting import in_role, told
from directives.wording import state_sentence
from schools.middleware import ActingRequest


@dataclass
class TaskLine:
    """A tracked task beside its words: who leads, by when, how it stands with the units one may see."""

    task: Task
    lead: list[str] = field(default_factory=list)
    support: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    only: Assignment | None = None

    @property
    def key(self) -> str:
        """The task's key as text, for the address of its list of units."""
        return str(self.task.pk)


@dataclass(frozen=True)
class Block:
    """A stretch of the text, with the line of the task that it sets."""

    text: str
    line: TaskLine | None = None


@require_GET
def detail(request: ActingRequest, pk: int) -> HttpResponse:
    """The document's page."""
    return detail_page(request, visible_directive(request, pk))


def detail_page(
    request: ActingRequest, directive: Directive, *, back: ReasonForm | None = None, status: int = 200
) -> HttpResponse:
    by = request.posting
    issuing_side = is_on_issuing_side(request.user, directive)
    lines = task_lines(request, directive, issuing_side)
    spans = [
        (line.task.span_start, line.task.span_end, pk)
        for pk, line in lines.items()
        if line.task.span_start is not None and line.task.span_end is not None
    ]
    blocks = [
        Block(piece.text, lines.get(piece.item) if piece.item else None)
        for piece in pieces(directive.text, spans)
    ]
    context: dict[str, Any] = {
        "directive": directive,
        "blocks": blocks,
        "loose": [line for line in lines.values() if line.task.span_end is None],
        "kind_name": KIND_NAMES[DirectiveKind(directive.kind)],
        "sentence": state_sentence(directive),
        "issuing_side": issuing_side,
        "statistics": statistics_sentence(sum_of(line.counts for line in lines.values())),
        "cites": citations(request.user, directive),
        "cited_by": cited_by(request.user, directive),
        "history": told(history_of(directive)) if issuing_side else [],
        "back": back or ReasonForm(initial={"version": directive.version}, prefix="back"),
        "back_open": back is not None,
        "may_edit": rules.may_edit(by, directive),
        "may_approve": rules.may_approve(by, directive),
        "may_return": rules.may_return(by, directive),
        "may_number": rules.may_number(by, directive),
    }
    return render(request, "directives/detail.html", context, status=status)


def task_lines(request: ActingRequest, directive: Directive, issuing_side: bool) -> dict[int, TaskLine]:
    """The line of each tracked task, of this person's units only; the issuing side sees all."""
    assignments = Assignment.objects.visible_to(request.user).filter(task__directive=directive)
    today = timezone.localdate()
    counts = shown_counts_by(assignments, "task", today)
    single = {task for task, found in counts.items() if sum(found.values()) == 1}
    alone = assignments.filter(task__in=single).with_shown(today, settings.DUE_SOON_DAYS)
    only = {one.task_id: one for one in alone.select_related("unit")}
    lines = {}
    for task in review_tasks(directive).filter(is_tracked=True, is_removed=False):
        if not issuing_side and task.pk not in counts:
            continue
        addressees = list(task.addressees.all()) if issuing_side else []
        lines[task.pk] = TaskLine(
            task,
            in_role(addressees, AssigneeRole.LEAD),
            in_role(addressees, AssigneeRole.SUPPORT),
            counts.get(task.pk, {}),
            only.get(task.pk),
        )
    return lines
