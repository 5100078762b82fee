"""From draft to issued: each step by the person whose step it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from directives import rules
from directives.actions import issuing
from directives.actions.registers import is_typed
from directives.forms import NumberForm, ReasonForm, StepForm
from directives.models import Directive
from directives.queries import next_number
from directives.queries.documents import last_step
from directives.queries.readiness import Readiness, readiness, tasks_version
from directives.views.access import visible_directive
from directives.views.detail import detail_page
from directives.views.document_steps import take_step
from directives.wording import explain
from directives.writing.words import padded
from eduportal.base.errors import EditConflict, Refused
from eduportal.base.forms import with_version
from eduportal.base.templatetags.eduportal import moment, number
from schools.middleware import ActingRequest


@dataclass(frozen=True)
class Step:
    """A step that is asked about once, saying what will happen."""

    title: Any
    button: Any
    rule: Callable[[Any, Directive], bool]
    action: Callable[..., None]
    done: Any
    consequence: Any
    repeat: "Repeat"
    form: type[StepForm] = StepForm


@dataclass(frozen=True)
class Repeat:
    """When a step is taken once more: those whose step it is are told that it is done, and by whom.

    `right` leaves out the state; `after` are the states behind the step, `verb` its event.
    """

    right: Callable[[Any, Directive], bool]
    after: frozenset[str]
    verb: str
    words: Any

    def answer(self, request: ActingRequest, directive: Directive) -> HttpResponse | None:
        if directive.state not in self.after or not self.right(request.posting, directive):
            return None
        event = last_step(directive, self.verb)
        if event is None:
            return None
        who = {"who": event.actor_name or _("the portal"), "when": moment(event.at)}
        messages.info(request, f"{self.words} " + _("(%(who)s, %(when)s)") % who)
        return redirect("directives:detail", directive.pk)


ISSUE = Step(
    gettext_lazy("Issue the document"),
    gettext_lazy("Issue"),
    rules.may_issue,
    issuing.issue_directive,
    gettext_lazy("The document is issued and its tasks are handed out."),
    gettext_lazy("This cannot be undone."),
    Repeat(
        rules.may_draft_for,
        frozenset({"issued"}),
        "directive.issued",
        gettext_lazy("This document is already issued. Nothing was done a second time."),
    ),
)
SUBMIT = Step(
    gettext_lazy("Submit for approval"),
    gettext_lazy("Submit"),
    rules.may_submit,
    issuing.submit_directive,
    gettext_lazy("Submitted. It is the leader's turn."),
    gettext_lazy("Not yet: first the leader approves and the records officer numbers the document."),
    Repeat(
        rules.may_draft_for,
        frozenset({"submitted", "approved", "issued"}),
        "directive.submitted",
        gettext_lazy("This document is already submitted. Nothing was done a second time."),
    ),
)
NUMBER = Step(
    gettext_lazy("Number and issue"),
    gettext_lazy("Number and issue"),
    rules.may_number,
    issuing.number_and_issue,
    gettext_lazy("The document is numbered and issued, and its tasks are handed out."),
    gettext_lazy("This cannot be undone."),
    Repeat(
        rules.may_decide_number,
        frozenset({"issued"}),
        "directive.issued",
        gettext_lazy("This document is already numbered and issued. Nothing was done a second time."),
    ),
    NumberForm,
)
APPROVED_ALREADY = Repeat(
    rules.may_decide,
    frozenset({"approved", "issued"}),
    "directive.approved",
    gettext_lazy("This document is already approved. Nothing was done a second time."),
)
RETURNED_ALREADY = Repeat(
    rules.may_decide,
    frozenset({"draft"}),
    "directive.returned",
    gettext_lazy("This document is already sent back. Nothing was done a second time."),
)


@require_http_methods(["GET", "POST"])
def issue(request: ActingRequest, pk: int) -> HttpResponse:
    """Issue a document that was signed elsewhere."""
    return asked(request, pk, ISSUE)


@require_http_methods(["GET", "POST"])
def submit(request: ActingRequest, pk: int) -> HttpResponse:
    """Put a document written here before the leader."""
    return asked(request, pk, SUBMIT)


@require_http_methods(["GET", "POST"])
def number_and_issue(request: ActingRequest, pk: int) -> HttpResponse:
    """Give an approved document its number and issue it; it is printed in the background."""
    return asked(request, pk, NUMBER)


def no_right() -> HttpResponse:
    raise PermissionDenied


def asked(request: ActingRequest, pk: int, step: Step) -> HttpResponse:
    """The question before a step, and the step itself when it is posted."""
    directive = visible_directive(request, pk)
    if not step.rule(request.posting, directive):
        return step.repeat.answer(request, directive) or no_right()
    today = timezone.localdate()
    if request.method == "POST":
        form = step.form(request.POST)
        if not form.is_valid() and not {"version", "tasks_version"} & set(form.errors):
            return question(request, directive, step, form)
        shown = form.cleaned_data if form.is_valid() else {"version": 0, "tasks_version": None}
        try:
            step.action(directive=directive, by=request.posting, today=today, **shown)
        except EditConflict:
            messages.warning(
                request, _("The document was changed meanwhile. Look at it again, then repeat this step.")
            )
            return redirect(request.path)
        except Refused as refusal:
            messages.error(request, str(refusal.message))
            if shown.get("number"):
                return question(request, directive, step, form)
            return redirect(request.path)
        messages.success(request, str(step.done))
        return redirect("directives:detail", pk)
    return question(request, directive, step, step.form(initial={"dated": today}))


def question(request: ActingRequest, directive: Directive, step: Step, form: StepForm) -> HttpResponse:
    """The page that asks, with what was typed where something of it was wrong."""
    today = timezone.localdate()
    typed = step is NUMBER and is_typed(directive)
    # Counted first: an item saved while the rest is read is then noticed.
    as_shown = tasks_version(directive)
    ready = readiness(directive, today)
    context = {
        "directive": directive,
        "tasks_version": as_shown,
        "step": step,
        "blocks": [(explain(block), block.task) for block in ready.blocks],
        "warnings": [(explain(warning), warning.task) for warning in ready.warnings],
        "sentence": outcome(ready),
        "form": form,
        "typed": typed,
        "numbers": step is NUMBER,
        "next_number": padded(next_number(directive, today.year)) if step is NUMBER and not typed else "",
        "may_edit": rules.may_edit(request.posting, directive),
    }
    return render(request, "directives/step.html", context, status=422 if form.is_bound else 200)


def outcome(ready: Readiness) -> str:
    """Who will receive how much: "12 trường và Sở GDĐT sẽ nhận 14 nhiệm vụ"."""
    if not ready.tasks:
        return _("Nobody will receive a task.")
    schools = ngettext("%(amount)s school", "%(amount)s schools", ready.schools) % {
        "amount": number(ready.schools)
    }
    parts = [schools] if ready.schools else []
    parts += [unit.short_name for unit in ready.offices]
    work = ngettext("%(amount)s task", "%(amount)s tasks", ready.tasks) % {"amount": number(ready.tasks)}
    who = _(" and ").join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]
    return _("%(who)s will receive %(what)s.") % {"who": who, "what": work}


@require_POST
def approve(request: ActingRequest, pk: int) -> HttpResponse:
    """The leader approves what stands on the page."""
    directive = visible_directive(request, pk)
    if not rules.may_approve(request.posting, directive):
        return APPROVED_ALREADY.answer(request, directive) or no_right()
    done = _("Approved. It is the records officer's turn.")
    take_step(request, issuing.approve_directive, done, directive=directive)
    return redirect("directives:detail", pk)


@require_POST
def send_back(request: ActingRequest, pk: int) -> HttpResponse:
    """The leader sends it back, saying why."""
    directive = visible_directive(request, pk)
    if not rules.may_return(request.posting, directive):
        return RETURNED_ALREADY.answer(request, directive) or no_right()
    form = ReasonForm(request.POST, prefix="back")
    if not form.is_valid():
        return detail_page(request, directive, back=form, status=422)
    try:
        issuing.return_directive(
            directive=directive,
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            by=request.posting,
        )
    except EditConflict as conflict:
        messages.warning(
            request, _("The document was changed meanwhile. Look at it again, then repeat this step.")
        )
        with_version(form, conflict.current.version)
        return detail_page(request, conflict.current, back=form, status=422)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("directives:detail", pk)
    messages.success(request, _("Sent back to the drafting staff."))
    return redirect("directives:detail", pk)
