"""What pages show of documents and tasks, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from directives.actions.tasks import Who, Work
from directives.forms.dataforms import options_of
from directives.marking import Mark, Segment, head_of, segments
from directives.models import Addressee, AddresseeKind, AssigneeRole, Directive, FormField, Task
from directives.models.dataform import Value
from directives.proposals import PATH_LENGTH
from directives.queries import review_tasks
from directives.wording import EVENTS, explain_doubt, said_of
from eduportal.base.templatetags.eduportal import day
from schools.models import Level
from trail.models import AuditEvent

FOLDED_FROM = 4


@dataclass
class ReviewItem:
    """An item of the review: the task, what is doubtful about it, and its form when it is open."""

    task: Task
    depth: int = 0
    doubts: list[str] = field(default_factory=list)
    lead: list[str] = field(default_factory=list)
    support: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    form: forms.BaseForm | None = None
    conflict: list[dict[str, Any]] = field(default_factory=list)
    notice: str = ""

    @property
    def is_doubtful(self) -> bool:
        return bool(self.doubts) and not self.task.is_removed

    @property
    def is_quiet(self) -> bool:
        """Nothing to do here: a heading or an assessment, without doubt."""
        task = self.task
        return not (task.is_tracked or task.is_removed or self.is_doubtful or self.form)


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


def addressee_words(one: Addressee | Who) -> str:
    """ "tất cả các trường", "các trường tiểu học", or the unit's short name."""
    if one.kind == AddresseeKind.ALL_SCHOOLS:
        return _("all schools")
    if one.kind == AddresseeKind.LEVEL:
        return pgettext("schools of a level", "%(level)s schools") % {"level": Level(one.level).label}
    return one.unit.short_name if one.unit else ""


def in_role(addressees: Iterable[Addressee | Who], role: str) -> list[str]:
    return [addressee_words(one) for one in addressees if one.role == role]


def items_of(directive: Directive, opened: ReviewItem | None = None) -> list[ReviewItem]:
    """All items in the order of the document, `opened` in its place with its form. Three queries."""
    return [
        opened if opened and opened.task.pk == task.pk else item_of(task, directive)
        for task in review_tasks(directive)
    ]


def runs_of(items: list[ReviewItem]) -> list[Run]:
    """The items in runs of quiet ones and of others."""
    grouped = [(quiet, list(run)) for quiet, run in groupby(items, key=lambda item: item.is_quiet)]
    return [Run(run, quiet and len(run) >= FOLDED_FROM) for quiet, run in grouped]


def item_of(task: Task, directive: Directive | None = None) -> ReviewItem:
    """One item. Uses the addressees that were prefetched with it."""
    reading = (directive or task.directive).reading
    addressees = list(task.addressees.all())
    doubts = [] if task.confirmed else task.doubts
    return ReviewItem(
        task=task,
        depth=min(task.depth, 4),
        doubts=[explain_doubt(doubt["code"], doubt.get("text", "")) for doubt in doubts],
        lead=in_role(addressees, AssigneeRole.LEAD),
        support=in_role(addressees, AssigneeRole.SUPPORT),
        times=found_under(task, reading, "deadlines"),
        targets=found_under(task, reading, "targets"),
    )


def found_under(task: Task, reading: dict[str, Any], kind: str) -> list[str]:
    """What was read in an item, as printed."""
    if task.span_start is None:
        return []
    return [one["raw"] for one in reading.get(kind, []) if one["path"][:PATH_LENGTH] == task.path]


def doubts_of_document(directive: Directive) -> list[str]:
    """What is doubtful about the document as a whole, and not settled in its head by now."""
    settled = {
        "number_blank": bool(directive.number) or directive.written_here,
        "number_missing": bool(directive.number) or directive.written_here,
        "date_incomplete": directive.issued_on is not None or directive.written_here,
        "date_missing": directive.issued_on is not None or directive.written_here,
        "type_unknown": directive.kind != "other",
        # Said at the item itself.
        "number_out_of_sequence": True,
    }
    words = []
    for doubt in directive.reading.get("doubts", []):
        if not settled.get(doubt["code"], False):
            start, end = doubt["span"] or (0, 0)
            said = said_of(doubt, " ".join(directive.text[start:end].split())[:120])
            words.append(explain_doubt(doubt["code"], said))
    return list(dict.fromkeys(words))


def blanks_of(directive: Directive) -> list[str]:
    """Parts of the head that are still empty and must not be when the document is issued."""
    if directive.written_here:
        return [] if directive.subject else [_("subject")]
    parts = [
        (_("number"), directive.number),
        (_("date"), directive.issued_on),
        (_("subject"), directive.subject),
    ]
    return [label for label, value in parts if not value]


def sheet_of(directive: Directive, items: list[ReviewItem]) -> list[Segment]:
    """The text with its marks: the beginning of each item, times, targets and those who must act."""
    by_path: dict[str, ReviewItem] = {}
    marks = []
    for item in items:
        task = item.task
        if task.span_start is None or task.span_end is None or task.is_removed:
            continue
        by_path[task.path] = item
        head = head_of(directive.text, task.span_start, task.span_end)
        marks.append(Mark(task.span_start, head, task.pk, True, item.is_doubtful))
    for kind in ("deadlines", "assignments", "targets"):
        for found in directive.reading.get(kind, []):
            if owner := by_path.get(found["path"][:PATH_LENGTH]):
                marks.append(Mark(found["span"][0], found["span"][1], owner.task.pk))
    return segments(directive.text, marks)


@dataclass(frozen=True)
class Told:
    """An event of a history in words, and what it was about or why it was done."""

    event: AuditEvent
    words: str
    note: str


def told(events: Iterable[AuditEvent]) -> list[Told]:
    """A history as people read it: what has no words is the portal's own book-keeping."""
    return [
        Told(event, str(EVENTS[event.verb]), note_of(event.data)) for event in events if event.verb in EVENTS
    ]


def note_of(data: dict[str, Any]) -> str:
    percent = f"{data['percent']}%" if "percent" in data else ""
    return data.get("item") or data.get("reason") or percent


def work_rows(task: Task, work: Work) -> list[dict[str, Any]]:
    """Stored and typed values of a task that differ, for the person whose save came second."""
    stored = task.addressees.all()
    rows: list[dict[str, Any]] = [
        {"label": _("Text"), "stored": task.text, "yours": work.text},
        {"label": _("Track as a task"), "stored": yes_no(task.is_tracked), "yours": yes_no(work.is_tracked)},
        {"label": _("Deadline"), "stored": day(task.deadline), "yours": day(work.deadline)},
    ]
    for label, role in ((_("Leads"), AssigneeRole.LEAD), (_("Supports"), AssigneeRole.SUPPORT)):
        rows.append(
            {
                "label": label,
                "stored": "; ".join(sorted(in_role(stored, role))) or "–",
                "yours": "; ".join(sorted(in_role(work.addressees, role))) or "–",
            }
        )
    return [row for row in rows if row["stored"] != row["yours"]]


def yes_no(value: bool) -> str:
    return _("yes") if value else _("no")


def typed_rows(form: forms.BaseForm) -> list[tuple[str, str]]:
    """What was typed or chosen in a form, field by field in words, whether it is right or not."""
    rows = [(str(bound.label), typed_words(bound)) for bound in form if not bound.is_hidden]
    return [row for row in rows if row[1]]


def typed_words(bound: forms.BoundField) -> str:
    if isinstance(bound.field, forms.BooleanField):
        return yes_no(True) if bound.value() else ""
    if isinstance(bound.field, forms.ChoiceField):
        chosen = bound.value() or []
        keys = {str(key) for key in (chosen if isinstance(chosen, list) else [chosen])}
        return "; ".join(str(label) for key, label in bound.field.widget.choices if str(key) in keys)
    return str(bound.value() or "")


def answer_words(field: FormField, value: Value) -> Any:
    """An answer for a table: numbers and days as they are, codes as words, nothing as None."""
    if value is None:
        return None
    return str(dict(options_of(field)).get(str(value), value)) if isinstance(value, str) else value
