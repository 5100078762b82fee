"""Getters that authorise: an object in hand is an object this person may see, or may do this with."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from directives.models import Annex, Assignment, Directive, Task
from schools.middleware import ActingRequest

Rule = Callable[[Any, Directive], bool]


def visible_directive(request: ActingRequest, pk: int) -> Directive:
    """A document the person may see; any other does not exist for them."""
    documents = Directive.objects.visible_to(request.user)
    return get_object_or_404(
        documents.select_related("office", "original", "print_file", "created_by"), pk=pk
    )


def visible_annex(request: ActingRequest, pk: int, annex_pk: int) -> Annex:
    """An annex of a document the person may see."""
    return get_object_or_404(visible_directive(request, pk).annexes.select_related("file"), pk=annex_pk)


def directive_for(request: ActingRequest, pk: int, rule: Rule) -> Directive:
    """A document the person sees and may do this with."""
    directive = visible_directive(request, pk)
    if not rule(request.posting, directive):
        raise PermissionDenied
    return directive


def draft_task(directive: Directive, task_pk: int) -> Task:
    """An item of a draft in hand."""
    task = get_object_or_404(directive.tasks.prefetch_related("addressees__unit"), pk=task_pk)
    task.directive = directive
    return task


def visible_assignment(request: ActingRequest, pk: int) -> Assignment:
    """An assignment the person may see."""
    assignments = Assignment.objects.visible_to(request.user)
    return get_object_or_404(
        assignments.select_related("task__directive__office", "unit", "occurrence"), pk=pk
    )


def visible_task(request: ActingRequest, pk: int) -> Task:
    """An item of a document that the person sees, given to a unit in sight or set by an office in it."""
    tasks = Task.objects.visible_to(request.user).filter(directive__in=seen_documents(request))
    return get_object_or_404(tasks.select_related("directive__office"), pk=pk)


def seen_documents(request: ActingRequest) -> Any:
    return Directive.objects.visible_to(request.user).values("pk")


def handed_out_task(request: ActingRequest, pk: int) -> Task:
    """One of an issued document."""
    task = visible_task(request, pk)
    if not task.directive.is_issued:
        raise Http404
    return task
