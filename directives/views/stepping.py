"""What may be done to work besides reporting on it: pause, resume, cancel, refuse, answer a refusal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directives import rules
from directives.actions import accepting, halting
from directives.forms import VersionForm
from directives.forms.work import AllForm, HaltForm, ResumeForm
from directives.models import Assignment, Halt, Task
from directives.models.assignment import AssignmentState
from schools.middleware import ActingRequest

OPEN, PAUSED, CANCELLED = AssignmentState.OPEN, AssignmentState.PAUSED, AssignmentState.CANCELLED


def steers(by: Any, one: Assignment) -> bool:
    return rules.may_steer(by, one.task.directive)


@dataclass(frozen=True)
class Step:
    """One such step: what it is called, who takes it and in which states, and what is said after it."""

    title: Any
    button: Any
    done: Any
    action: Callable[..., Any]
    rule: Callable[[Any, Assignment], bool]
    states: tuple[str, ...]
    form: type[forms.Form] = HaltForm
    is_grave: bool = False

    def is_offered(self, by: Any, one: Assignment) -> bool:
        return one.state in self.states and self.rule(by, one)


STEPS = {
    "pause": Step(
        _("Pause it…"), _("Pause"), _("Paused. The unit reads your reason."), halting.pause, steers, (OPEN,)
    ),
    "resume": Step(
        _("Let it run again…"),
        _("Let it run again"),
        _("The work runs again."),
        halting.resume,
        steers,
        (PAUSED, CANCELLED),
        form=ResumeForm,
    ),
    "cancel": Step(
        _("Cancel it…"),
        _("Cancel the work"),
        _("Cancelled. The unit reads your reason."),
        halting.cancel,
        steers,
        (OPEN, PAUSED),
        is_grave=True,
    ),
    "accept": Step(
        _("Accept the finished work"),
        _("Accept the finished work"),
        _("Accepted: the work is finished."),
        accepting.accept_work,
        rules.may_accept_work,
        (AssignmentState.DONE,),
        form=VersionForm,
    ),
    "refuse": Step(
        _("Not ours? Refuse it…"),
        _("Refuse the work"),
        _("Refused. The office that set the work reads your reason and answers."),
        halting.refuse,
        rules.may_report,
        (OPEN,),
        is_grave=True,
    ),
}
ANSWERS = {
    "accept-refusal": Step(
        _("Accept the refusal"),
        _("Accept the refusal"),
        _("Accepted: the work stays refused."),
        halting.accept_refusal,
        steers,
        (AssignmentState.REFUSED,),
        form=VersionForm,
    ),
    "turn-down": Step(
        _("Turn it down…"),
        _("Turn down"),
        _("Turned down: the work runs again, to the same deadline."),
        halting.turn_down_refusal,
        steers,
        (AssignmentState.REFUSED,),
    ),
}


@dataclass(frozen=True)
class TaskStep:
    """The same for all units of a task at once."""

    title: Any
    button: Any
    action: Callable[..., int]
    form: type[forms.Form] = HaltForm
    is_grave: bool = False


TASK_STEPS = {
    "pause": TaskStep(_("Pause it for all…"), _("Pause for all units"), halting.pause_task),
    "resume": TaskStep(
        _("Let it run again for all…"), _("Let it run again for all units"), halting.resume_task, ResumeForm
    ),
    "accept": TaskStep(
        _("Accept all finished work"),
        _("Accept the finished work of all units"),
        accepting.accept_task,
        AllForm,
    ),
    "cancel": TaskStep(
        _("Cancel it for all…"), _("Cancel for all units"), halting.cancel_task, is_grave=True
    ),
}


@dataclass(frozen=True)
class Offer:
    """A step on the page, with its form as it is to be shown."""

    name: str
    step: Step | TaskStep
    form: forms.BaseForm


def step_form(name: str, form: type[forms.Form], data: Any = None, **initial: Any) -> forms.Form:
    """The form of a step under its own name, so that several stand on one page."""
    more: dict[str, Any] = {"today": timezone.localdate()} if issubclass(form, ResumeForm) else {}
    return form(data, prefix=name, initial=initial, **more)


def offers(
    request: ActingRequest, one: Assignment, halt: Halt | None, typed: Mapping[str, forms.BaseForm]
) -> list[Offer]:
    """The steps that this person may take now, and those just tried, as they were typed."""
    waits = halt is not None and halt.waits_for_office
    table = STEPS | (ANSWERS if waits else {})
    return [
        Offer(name, step, typed.get(name) or step_form(name, step.form, version=one.version))
        for name, step in table.items()
        if name in typed or step.is_offered(request.posting, one)
    ]


def task_offers(
    by: Any, task: Task, counts: Mapping[str, int], typed: Mapping[str, forms.BaseForm]
) -> list[Offer]:
    """What may be done to the work of all units: pausing what runs, resuming what rests, cancelling both,
    accepting what is done. One query."""
    if not rules.may_steer(by, task.directive):
        return []
    running = sum(counts[code] for code in ("running", "due_soon", "overdue", "no_deadline"))
    waiting = Assignment.objects.waiting_for_acceptance().filter(task=task).count()
    amount = {
        "pause": running,
        "resume": counts["paused"],
        "accept": waiting,
        "cancel": running + counts["paused"],
    }
    return [
        Offer(name, step, typed.get(name) or step_form(name, step.form))
        for name, step in TASK_STEPS.items()
        if name in typed or amount[name]
    ]


def arguments(form: forms.BaseForm) -> dict[str, Any]:
    """What was typed, as the action takes it: the reason of taking up again is a note."""
    typed = dict(form.cleaned_data)
    if isinstance(form, ResumeForm):
        typed["note"] = typed.pop("reason")
        typed["today"] = form.today
    return typed
