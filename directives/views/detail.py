"""A document as issued, with what became of each task; what belongs to it, and its history."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from directives import rules
from directives.actions.opening import note_opening
from directives.documents import KIND_NAMES
from directives.forms import ReasonForm
from directives.forms.entering import AnnexesForm
from directives.marking import pieces
from directives.models import AssigneeRole, Assignment, Directive, DirectiveKind, Task
from directives.queries import (
    citations,
    cited_by,
    history_of,
    is_on_issuing_side,
    letterhead_of,
    review_tasks,
)
from directives.queries.counting import shown_counts_by, sum_of
from directives.queries.documents import (
    instructions_of,
    links_to_newer,
    links_to_older,
    twins_of,
    units_of_task,
)
from directives.queries.recurring import unconfirmed
from directives.sheet import Sheet, sheet_of_text
from directives.statistics import statistics_sentence
from directives.views.access import visible_directive
from directives.views.presenting import in_role, told
from directives.wording import item_name, state_sentence
from schools.middleware import ActingRequest

# Of one task, on a page.
UNITS = 100

RIGHTS = {
    "may_edit": rules.may_edit,
    "may_approve": rules.may_approve,
    "may_return": rules.may_return,
    "may_number": rules.may_number,
    "may_annex": rules.may_annex,
    "may_register": rules.may_correct_registration,
    "may_instruct": rules.may_instruct,
    "may_hand_over": rules.may_hand_over,
    "may_change": rules.may_change_issued,
    "may_discard": rules.may_discard,
    "may_bring_back": rules.may_bring_back,
    "may_see_receipts": rules.may_see_receipts,
}


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
    """The document's page. A unit that it reached has opened it then."""
    directive = visible_directive(request, pk)
    note_opening(directive, request.posting)
    return detail_page(request, directive)


def detail_page(
    request: ActingRequest, directive: Directive, *, back: ReasonForm | None = None, status: int = 200
) -> HttpResponse:
    by = request.posting
    issuing_side = is_on_issuing_side(request.user, directive)
    lines = task_lines(request, directive, issuing_side)
    sheet = sheet_of(directive, lines)
    blocks = blocks_of(directive, lines, sheet)
    in_text = {block.line.task.pk for block in blocks if block.line}
    context: dict[str, Any] = {
        "directive": directive,
        "sheet": sheet,
        "blocks": blocks,
        # Added by hand, or made from words within another item.
        "loose": [line for line in lines.values() if line.task.pk not in in_text],
        "kind_name": KIND_NAMES[DirectiveKind(directive.kind)],
        "sentence": state_sentence(directive),
        "issuing_side": issuing_side,
        "doubtful": directive.tasks.doubtful().count() if rules.may_approve(by, directive) else 0,
        "statistics": statistics_sentence(sum_of(line.counts for line in lines.values())),
        "recurring": unconfirmed(directive)
        if rules.may_steer(by, directive) and directive.is_in_force
        else [],
        "annexes": directive.annexes.select_related("file"),
        "annexes_form": AnnexesForm(initial={"version": directive.version}, prefix="annex"),
        "instructions": instructions_of(directive) if issuing_side else [],
        "twins": twins_of(request.user, directive) if issuing_side and directive.is_draft else [],
        "newer": links_to_newer(request.user, directive),
        "older": links_to_older(request.user, directive),
        "cites": citations(request.user, directive),
        "cited_by": cited_by(request.user, directive),
        "history": told(history_of(directive)) if issuing_side else [],
        "back": back or ReasonForm(initial={"version": directive.version}, prefix="back"),
        "back_open": back is not None,
        **{name: rule(by, directive) for name, rule in RIGHTS.items()},
    }
    return render(request, "directives/detail.html", context, status=status)


def sheet_of(directive: Directive, lines: dict[int, TaskLine]) -> Sheet:
    """The parts as on paper: those of the text, or for one written here, of the office's letterhead."""
    if not directive.written_here:
        tasks = [(line.task.span_start or 0, line.task.span_end) for line in lines.values()]
        items = [tuple(item["span"]) for item in directive.reading.get("outline", [])]
        return sheet_of_text(directive.text, [*items, *((start, end) for start, end in tasks if end)])
    letterhead = letterhead_of(directive.office, directive.issued_on or timezone.localdate())
    left = [letterhead.superior, letterhead.issuer] if letterhead else [directive.office.name.upper()]
    day = directive.issued_on
    dated = f"ngày {day:%d} tháng {day.month if day.month > 2 else f'{day:%m}'} năm {day.year}" if day else ""
    signer = [*directive.signer_authority.splitlines(), directive.signer_title, directive.signer_name]
    return Sheet(
        left=(*left, f"Số: {directive.full_number}"),
        right=(
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            ", ".join(filter(None, (directive.place, dated))),
        ),
        title=(KIND_NAMES[DirectiveKind(directive.kind)].upper(), directive.subject),
        body_end=len(directive.text),
        recipients=("Nơi nhận:", *(f"- {line.strip(' -;.')};" for line in directive.recipients.splitlines())),
        signature=tuple(line for line in signer if line),
    )


def blocks_of(directive: Directive, lines: dict[int, TaskLine], sheet: Sheet) -> list[Block]:
    """The body, cut where a task begins and ends."""
    start = sheet.body_start
    spans = [
        (line.task.span_start - start, line.task.span_end - start, pk)
        for pk, line in lines.items()
        if line.task.span_start is not None and line.task.span_end is not None
    ]
    return [
        Block(piece.text, lines.get(piece.item) if piece.item else None)
        for piece in pieces(directive.text[start : sheet.body_end], spans)
    ]


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


@require_GET
def units(request: ActingRequest, pk: int, task_pk: int) -> HttpResponse:
    """Who has done what of one task; opened in its place, or as a page of its own."""
    directive = visible_directive(request, pk)
    task = get_object_or_404(directive.tasks, pk=task_pk)
    today = timezone.localdate()
    rows = units_of_task(Assignment.objects.visible_to(request.user).filter(task=task), today)
    if not rows.exists() and not is_on_issuing_side(request.user, directive):
        raise Http404
    page = Paginator(rows, UNITS).get_page(request.GET.get("page"))
    context = {
        "directive": directive,
        "task": task,
        "item": item_name(task),
        "page_obj": page,
        "rows": page.object_list,
        "today": today,
    }
    name = "_units_open" if request.htmx else "units"
    return render(request, f"directives/{name}.html", context)
