"""The page of one unit's share of a task, put together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from directives import rules
from directives.forms import ProgressForm, SendBackForm
from directives.forms.work import AskExtensionForm, DecideExtensionForm, EvidenceForm
from directives.models import Assignment, DataForm, Extension, FormReply, Task
from directives.models.assignment import AssignmentState
from directives.queries import history_of
from directives.queries.documents import links_to_newer
from directives.views.assignments import shown_standing
from directives.views.presenting import told
from directives.views.stepping import offers
from schools.middleware import ActingRequest

EVIDENCE_STATES = (AssignmentState.OPEN, AssignmentState.DONE)


@dataclass(frozen=True)
class Shown:
    """What is not simply the stored state: forms with what was typed, and a conflict."""

    report: forms.BaseForm | None = None
    conflict: list[dict[str, Any]] = field(default_factory=list)
    back: forms.BaseForm | None = None
    files: forms.BaseForm | None = None
    ask: forms.BaseForm | None = None
    decide: forms.BaseForm | None = None
    steps: Mapping[str, forms.BaseForm] = field(default_factory=dict)
    status: int = 200


def page(request: ActingRequest, one: Assignment, shown: Shown | None = None) -> HttpResponse:
    """The page, with forms as they were typed where something is to be put right."""
    shown = shown or Shown()
    by, today = request.posting, timezone.localdate()
    halts = list(one.halts.select_related("begun_by", "accepted_by", "ended_by"))
    halt = next((row for row in halts if row.ended_at is None), None)
    context = {
        "assignment": one,
        "directive": one.task.directive,
        "newer": links_to_newer(request.user, one.task.directive) if one.task.directive.ended else [],
        "quote": quotation(one.task),
        "shown": shown_standing(one, today),
        "today": today,
        "conflict": shown.conflict,
        "halt": halt,
        "past_halts": [row for row in halts if row is not halt],
        "offers": offers(request, one, halt, shown.steps),
        "history": told(history_of(one)),
        "may_steer": rules.may_steer(by, one.task.directive),
        "occurrences": occurrences(one),
        **said(request, one, shown),
        **extensions(request, one, shown),
        **data_form(request, one),
    }
    return render(request, "directives/assignment.html", context, status=shown.status)


def occurrences(one: Assignment) -> list[Assignment]:
    """The unit's shares of the same recurring work, the newest first. One query where it recurs."""
    if one.occurrence_id is None:
        return []
    rows = Assignment.objects.filter(task=one.task_id, unit=one.unit_id, occurrence__isnull=False)
    return list(rows.select_related("occurrence").order_by("-occurrence__first")[:12])


def said(request: ActingRequest, one: Assignment, shown: Shown) -> dict[str, Any]:
    """What was reported and the files beside it, with the forms to add to them. Two queries.

    What is not sent yet is the unit's own: neither the notes nor that there are any is for others.
    """
    by, is_own = request.posting, rules.is_own(request.posting, one)
    entries = one.entries.select_related("period", "written_by")
    evidence = one.evidence.select_related("file", "added_by")
    if not is_own:
        entries, evidence = entries.filter(sent_at__isnull=False), evidence.filter(sent_at__isnull=False)
    report, back, files = shown.report, shown.back, shown.files
    may_report = rules.may_report(by, one)
    if report is None and one.is_open and may_report:
        report = ProgressForm(initial={"version": one.version, "percent": one.percent})
    if back is None and one.is_done and rules.may_send_back(by, one):
        back = SendBackForm(prefix="back")
    if files is None and one.state in EVIDENCE_STATES and rules.may_prepare_work(by, one):
        files = EvidenceForm(prefix="files")
    rows = list(evidence)
    return {
        "entries": entries,
        "evidence": rows,
        "loose_evidence": [row for row in rows if not row.is_sent and row.entry_id is None],
        "form": report,
        "back": back,
        "files": files,
        "may_report": may_report,
    }


def extensions(request: ActingRequest, one: Assignment, shown: Shown) -> dict[str, Any]:
    """The requests for a later day, the open one with the form to decide it. One query."""
    by = request.posting
    rows = list(one.extensions.select_related("asked_by", "decided_by").order_by("-asked_at", "-pk"))
    waiting = next((row for row in rows if not row.is_decided), None)
    may_ask = one.is_open and one.deadline is not None and waiting is None and rules.may_report(by, one)
    ask, decide = shown.ask, shown.decide
    if ask is None and may_ask:
        ask = AskExtensionForm(prefix="ask")
    if decide is None and waiting and one.is_open and rules.may_steer(by, one.task.directive):
        decide = decide_form(waiting)
    decided = [row for row in rows if row.is_decided]
    return {"waiting": waiting, "decided": decided, "ask": ask, "decide": decide}


def decide_form(waiting: Extension) -> DecideExtensionForm:
    return DecideExtensionForm(
        prefix="decide", initial={"version": waiting.version, "until": waiting.asked_deadline}
    )


def data_form(request: ActingRequest, one: Assignment) -> dict[str, Any]:
    """Whether the task asks for a form, and where the unit's answers are. Two queries."""
    if not DataForm.objects.filter(task=one.task_id).exists():
        return {"has_form": False}
    reply = FormReply.objects.filter(assignment=one).select_related("sent_by", "saved_by").first()
    if reply and not rules.may_read(request.posting, one, is_sent=reply.is_sent):
        reply = None
    return {"has_form": True, "reply": reply, "is_own": rules.is_own(request.posting, one)}


def quotation(task: Task) -> str:
    """The words of the document that set the task, where it was found in the text."""
    if task.span_start is None:
        return ""
    return task.directive.text[task.span_start : task.span_end].strip()
