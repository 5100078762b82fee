"""Getters that authorise: an object in hand is an object this person may see, or may do this with."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from directives.models import Directive, ReadTarget
from schools.middleware import ActingRequest
from targets import rules
from targets.models import Pledge, Target


def visible_target(request: ActingRequest, pk: int) -> Target:
    """A target the person may see; any other does not exist for them."""
    return get_object_or_404(Target.objects.visible_to(request.user).shown(), pk=pk)


def target_to_revise(request: ActingRequest, pk: int) -> Target:
    """A target that the person may change."""
    target = visible_target(request, pk)
    if not rules.may_revise(request.posting, target):
        raise PermissionDenied
    return target


def visible_pledge(request: ActingRequest, pk: int) -> Pledge:
    """A registered target that the person may see; any other does not exist for them."""
    return get_object_or_404(Pledge.objects.visible_to(request.user).shown(), pk=pk)


def adoptable_directive(request: ActingRequest, pk: int) -> Directive:
    """An issued document of the person's own office, whose targets they may adopt."""
    directives = Directive.objects.visible_to(request.user)
    directive = get_object_or_404(directives.select_related("office").defer("text", "search_key"), pk=pk)
    if not rules.may_adopt(request.posting, directive):
        raise PermissionDenied
    return directive


def read_target_of(directive: Directive, pk: int) -> ReadTarget:
    """A target read in a document in hand."""
    reads = directive.read_targets.select_related("skipped", "target", "mention__target")
    read = get_object_or_404(reads, pk=pk)
    read.directive = directive
    return read
