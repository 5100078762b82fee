"""What the review page shows: the text with its marks, the items, what is doubtful, how far the check is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from directives.dividing import sentences
from directives.forms import HeaderForm, NewTaskForm, SplitForm, TaskForm, task_initial
from directives.marking import Line, Mark, Passage, marked_lines
from directives.models import Addressee, AssigneeRole, Directive, Task, TypedForm
from directives.queries import addressable_by, citations, review_tasks
from directives.queries.documents import instructions_of, issuer_of, twins_of
from directives.queries.readiness import recipients_of
from directives.queries.review import last_step_of, read_counts, typed_forms
from directives.sheet import roles_of_lines
from directives.views.presenting import addressee_words
from directives.views.review_findings import bases_of, blanks_of, doubts_of_document, doubts_of_items
from directives.wording import EVENTS, explain_doubt, item_name, item_number, state_sentence
from eduportal.base.numbers import whole_number
from schools.middleware import ActingRequest
from schools.models import Level

FOLDED_FROM = 4
# What is marked in the text, with the name of the list of the reading that holds it.
MARKED = {"time": "deadlines", "who": "assignments", "target": "targets", "reference": "references"}


@dataclass(frozen=True)
class Named:
    """Units that the same words name, with those words and where they stand in the text."""

    units: list[str]
    words: str = ""
    place: int | None = None


@dataclass(frozen=True)
class Aimed:
    """A target as printed and where it stands; `whose`: the levels and the scope that were read of it."""

    words: str
    place: int
    whose: str = ""


@dataclass
class ReviewItem:
    """An item of the review: the task, what was read in it, what is doubtful, its form when it is open."""

    task: Task
    depth: int = 0
    doubts: list[str] = field(default_factory=list)
    lead: list[Named] = field(default_factory=list)
    support: list[Named] = field(default_factory=list)
    deadline_place: int | None = None
    targets: list[Aimed] = field(default_factory=list)
    product_recipient: str = ""
    units: int = 0
    form: forms.BaseForm | None = None
    split: forms.BaseForm | None = None
    conflict: list[dict[str, Any]] = field(default_factory=list)
    notice: str = ""
    typed: TypedForm | None = None

    @property
    def number(self) -> str:
        return item_number(self.task.path)

    @property
    def name(self) -> str:
        return item_name(self.task)

    @property
    def first_sentence(self) -> str:
        """What stays in this item whatever is split off."""
        return next(iter(sentences(self.task.text)), "")

    @property
    def is_doubtful(self) -> bool:
        return bool(self.doubts) and not self.task.is_removed

    @property
    def is_quiet(self) -> bool:
        """Nothing to do here: a heading or an assessment, without doubt."""
        task = self.task
        return not (task.is_tracked or task.is_removed or self.is_doubtful or self.form or self.split)


@dataclass(frozen=True)
class Run:
    """Items that follow each other; many quiet ones are folded, so that the work is seen."""

    items: list[ReviewItem]
    is_folded: bool

    @property
    def first(self) -> ReviewItem:
        return self.items[0]

    @property
    def last(self) -> ReviewItem:
        return self.items[-1]


@dataclass(frozen=True)
class SheetLine:
    """A line of the sheet: how it is set, and the items whose words begin on it."""

    line: Line
    role: str
    begins: list[ReviewItem]


@dataclass
class Shown:
    """What is not simply the stored state: forms with what was typed, an opened item, a conflict."""

    header: forms.BaseForm | None = None
    header_conflict: list[dict[str, Any]] = field(default_factory=list)
    item: ReviewItem | None = None
    new_task: forms.BaseForm | None = None
    status: int = 200


# --- items --------------------------------------------------------------------------------------------------


def items_of(directive: Directive, opened: Mapping[int, ReviewItem]) -> list[ReviewItem]:
    """All items in the order of the document, those opened in their place with their form."""
    units = units_by_task(directive)
    items = [opened.get(task.pk) or item_of(task, directive) for task in review_tasks(directive)]
    for item in items:
        item.units = units.get(item.task.pk, 0)
    return items


def units_by_task(directive: Directive) -> dict[int, int]:
    """How many units each task would be handed out to today."""
    recipients = recipients_of(directive, timezone.localdate())
    return {task: len(units) for task, units in recipients.items()}


def runs_of(items: list[ReviewItem]) -> list[Run]:
    """The items in runs of quiet ones and of others."""
    grouped = [(quiet, list(run)) for quiet, run in groupby(items, key=lambda item: item.is_quiet)]
    return [Run(run, quiet and len(run) >= FOLDED_FROM) for quiet, run in grouped]


def item_of(task: Task, directive: Directive | None = None) -> ReviewItem:
    """One item. Uses the addressees that were prefetched with it."""
    reading = (directive or task.directive).reading
    addressees = list(task.addressees.all())
    doubts = [] if task.confirmed else task.doubts
    places = places_of(task)
    deadline = task.read.get("deadline_span") if task.deadline_raw else None
    return ReviewItem(
        task=task,
        depth=min(task.depth, 4),
        doubts=[explain_doubt(doubt["code"], doubt.get("text", "")) for doubt in doubts],
        lead=named_by(addressees, AssigneeRole.LEAD, places),
        support=named_by(addressees, AssigneeRole.SUPPORT, places),
        deadline_place=deadline[0] if deadline else None,
        targets=[
            Aimed(one["raw"], one["span"][0], whose(one))
            for one in found_in(task, reading.get("targets", []))
        ],
        product_recipient=recipient_of(task, reading.get("products", [])),
    )


def whose(target: Mapping[str, Any]) -> str:
    """Whose target it is, as it was read; readings of before told less."""
    levels = [str(Level(level).label) for level in target.get("levels") or []]
    return "; ".join(filter(None, [", ".join(levels), target.get("scope") or ""]))


def recipient_of(task: Task, products: Iterable[Mapping[str, Any]]) -> str:
    """To whom the product of an item goes; nothing once a person has put another product in its place."""
    path = task.read.get("path", task.path)
    for one in products:
        if task.product and one["path"] == path and one["raw"].startswith(task.product):
            return one["recipient"] or ""
    return ""


def places_of(task: Task) -> dict[str, int]:
    """Where the words stand that name somebody."""
    return {one["raw"]: one["span"][0] for one in task.read.get("who", []) if one["span"]}


def named_by(addressees: Iterable[Addressee], role: str, places: Mapping[str, int]) -> list[Named]:
    """Those of a role, together by the words that name them; words that are just the name are left out."""
    by_words: dict[str, list[str]] = {}
    for one in addressees:
        if one.role == role:
            by_words.setdefault(one.raw, []).append(addressee_words(one))
    return [
        Named(units, "" if units == [words] else words, places.get(words))
        for words, units in by_words.items()
    ]


def found_in(task: Task, findings: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was read in the words of an item; footnotes stand elsewhere and are known by its number."""
    if task.span_start is None or task.span_end is None:
        return []
    start, end = task.span_start, task.span_end
    path, whole = task.read.get("path", ""), task.read.get("span") or [start, end]
    return [
        one
        for one in findings
        if start <= one["span"][0] < end
        or (path and one.get("path") == path and not whole[0] <= one["span"][0] < whole[1])
    ]


def units_of(directive: Directive) -> Any:
    return addressable_by(directive, timezone.localdate())


def opened_item(directive: Directive, task: Task, form: TaskForm | None = None) -> ReviewItem:
    """An item with its form."""
    item = item_of(task)
    item.form = form or TaskForm(initial=task_initial(task), units=units_of(directive), prefix=f"t{task.pk}")
    return item


def split_item(task: Task, form: SplitForm) -> ReviewItem:
    """An item with its sentences, to be split."""
    item = item_of(task)
    item.split = form
    return item


# --- what was typed and not saved ---------------------------------------------------------------------------


def typed_header(directive: Directive, typed: TypedForm) -> HeaderForm:
    return not_judged(HeaderForm(QueryDict(typed.data), instance=directive))


def typed_item(directive: Directive, task: Task, typed: TypedForm) -> ReviewItem:
    """An item opened with what was typed into it. A version it was typed on that is past asks on saving."""
    form = TaskForm(QueryDict(typed.data), units=units_of(directive), prefix=f"t{task.pk}")
    item = opened_item(directive, task, not_judged(form))
    item.typed = typed
    return item


def not_judged(form: Any) -> Any:
    """A form with what was typed, of which nothing is said to be wrong before it is sent."""
    form._errors = forms.utils.ErrorDict()
    return form


# --- the text -----------------------------------------------------------------------------------------------


def sheet_of(directive: Directive, items: Iterable[ReviewItem]) -> list[SheetLine]:
    """The text line by line with its marks, each item where its words begin."""
    there = {item.task.pk: item for item in items if item.task.span_end is not None}
    passages = [
        Passage(item.task.span_start or 0, item.task.span_end or 0, key)
        for key, item in there.items()
        if not item.task.is_removed
    ]
    marks = [
        Mark(one["span"][0], one["span"][1], kind)
        for kind, name in MARKED.items()
        for one in directive.reading.get(name, [])
    ]
    headings = {tuple(one["span"]) for one in directive.reading.get("outline", []) if one["is_heading"]}
    roles = roles_of_lines(directive.text, [(one.start, one.end) for one in passages], headings)
    return [
        SheetLine(line, roles.get(line.start, ""), [there[key] for key in line.begins])
        for line in marked_lines(directive.text, passages, marks)
    ]


# --- answers ------------------------------------------------------------------------------------------------


def state_of(request: ActingRequest, directive: Directive) -> dict[str, Any]:
    """What every answer of the page brings along: how far the check is, and the step to take back."""
    counts = read_counts(directive)
    step = last_step_of(directive, request.posting) if request.posting else None
    about_all = doubts_of_document(directive)
    return {
        "directive": directive,
        "counts": counts,
        "blanks": blanks_of(directive),
        "doubted": doubts_of_items(counts.doubtful),
        "document_doubts": about_all,
        "doubts_amount": len(about_all) + counts.doubts,
        "step": step,
        "step_words": f"{EVENTS[step.verb]} {step.item}".strip() if step else "",
    }


def page(request: ActingRequest, directive: Directive, shown: Shown) -> HttpResponse:
    """The whole page, with what the person had typed and not saved where nothing newer is shown."""
    typed = typed_forms(directive, request.posting) if request.posting else {}
    opened = typed_items(directive, typed)
    if shown.item:
        opened[shown.item.task.pk] = shown.item
    cited = citations(request.user, directive)
    header = shown.header or (typed_header(directive, typed["header"]) if "header" in typed else None)
    context = (
        state_of(request, directive)
        | read_part(directive, opened)
        | {
            "annexes": directive.annexes.all(),
            "sentence": state_sentence(directive) if directive.is_incoming else "",
            "instructions": instructions_of(directive),
            "twins": twins_of(request.user, directive),
            "header": header or HeaderForm(instance=directive),
            "header_open": header is not None or bool(blanks_of(directive)),
            "header_conflict": shown.header_conflict,
            "header_typed": typed.get("header") if not shown.header else None,
            "references": cited,
            "bases": bases_of(directive, cited),
            "issuer": directive.office.name if directive.written_here else issuer_of(directive),
            **new_task_part(directive, shown.new_task, typed.get("new")),
        }
    )
    return render(request, "directives/review.html", context, status=shown.status)


def typed_items(directive: Directive, typed: Mapping[str, TypedForm]) -> dict[int, ReviewItem]:
    numbers = {whole_number(name[1:]): one for name, one in typed.items() if name[:1] == "t"}
    keys = {number: one for number, one in numbers.items() if number is not None}
    tasks = review_tasks(directive).filter(pk__in=keys, is_removed=False) if keys else []
    return {task.pk: typed_item(directive, with_document(task, directive), keys[task.pk]) for task in tasks}


def with_document(task: Task, directive: Directive) -> Task:
    task.directive = directive
    return task


def read_part(directive: Directive, opened: Mapping[int, ReviewItem]) -> dict[str, Any]:
    """The items and the text beside them."""
    items = items_of(directive, opened)
    return {"runs": runs_of(items), "lines": sheet_of(directive, items)}


def new_task_part(directive: Directive, form: Any, typed: TypedForm | None = None) -> dict[str, Any]:
    """The form for a task that was not found, open where something was typed into it."""
    given: dict[str, Any] = {"units": units_of(directive), "items": directive.tasks.kept(), "prefix": "new"}
    if form is None and typed is not None:
        form = not_judged(NewTaskForm(QueryDict(typed.data), **given))
    return {
        "new_task": form or NewTaskForm(**given),
        "new_task_open": form is not None,
        "new_task_typed": typed if form is not None else None,
    }


def fragment(
    request: ActingRequest, directive: Directive, item: ReviewItem, status: int = 200
) -> HttpResponse:
    """One item in its place, with the state of the check."""
    item.units = units_by_task(directive).get(item.task.pk, 0)
    context = state_of(request, directive) | {"item": item, "in_place": True}
    return render(request, "directives/_review_item.html", context, status=status)


def whole_part(
    request: ActingRequest, directive: Directive, chosen: int | None, opened: ReviewItem | None = None
) -> HttpResponse:
    """All items and the text anew, with the state of the check; `chosen` says which item has the focus."""
    shown = {opened.task.pk: opened} if opened else {}
    context = state_of(request, directive) | read_part(directive, shown)
    context |= {"in_place": True, "chosen": chosen}
    return render(request, "directives/_review_read.html", context)


def place_on_page(directive: Directive, task_pk: int) -> str:
    return f"{reverse('directives:review', args=[directive.pk])}#i{task_pk}"
