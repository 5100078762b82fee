"""A task that was handed out, over all units in sight: how it stands, and what to do for all of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from directives import rules
from directives.models import Assignment, Recurrence, Task
from directives.queries.counting import shown_counts
from directives.queries.dataforms import asked_units, form_of, totals
from directives.queries.recurring import occurrence_counts, recurrences_read
from directives.statistics import statistics_sentence
from directives.views.access import handed_out_task
from directives.views.assignment_page import quotation
from directives.views.stepping import task_offers
from schools.middleware import ActingRequest


@dataclass(frozen=True)
class TaskShown:
    """Forms with what was typed, where something is to be put right."""

    steps: Mapping[str, forms.BaseForm] = field(default_factory=dict)
    status: int = 200


@require_GET
def task(request: ActingRequest, pk: int) -> HttpResponse:
    """The task's page."""
    return task_page(request, handed_out_task(request, pk))


def task_page(request: ActingRequest, task: Task, shown: TaskShown | None = None) -> HttpResponse:
    shown = shown or TaskShown()
    assignments = Assignment.objects.visible_to(request.user).filter(task=task)
    counts = shown_counts(assignments, timezone.localdate())
    form = form_of(task)
    context = {
        "task": task,
        "task_key": str(task.pk),
        "directive": task.directive,
        "quote": quotation(task),
        "counts": counts,
        "statistics": statistics_sentence(counts),
        "data_form": form,
        "answers": totals([], asked_units(assignments)) if form else None,
        "may_shape": rules.may_shape_form(request.posting, task.directive),
        "may_steer": rules.may_steer(request.posting, task.directive),
        "recurrence": Recurrence.objects.filter(task=task).first(),
        "recurrence_read": recurrences_read(task.directive, [task]).get(task.pk),
        "occurrences": occurrence_counts(assignments, timezone.localdate()),
        "offers": task_offers(request.posting, task, counts, shown.steps),
    }
    return render(request, "directives/task.html", context, status=shown.status)
