"""What units ask of the office that set their work: a later day, or to be rid of it."""

from typing import Any

from django.db.models import QuerySet

from directives.models import Extension, Halt, HaltKind
from directives.models.extension import ExtensionQuerySet
from schools.models import Posting


def waiting_requests(user: Any) -> ExtensionQuerySet:
    """Open requests that a person may see, oldest first."""
    return Extension.objects.visible_to(user).waiting().with_work().order_by("asked_at", "pk")


def decided_requests(user: Any) -> ExtensionQuerySet:
    """Decided ones, newest first."""
    decided = Extension.objects.visible_to(user).filter(decided_at__isnull=False)
    return decided.with_work().order_by("-decided_at", "-pk")


def requests_to_decide(posting: Posting) -> ExtensionQuerySet:
    """Those about work that the office set for which this posting acts."""
    return waiting_requests(posting.user).of_documents_of(posting.acting_unit.pk)


def refusals_to_answer(posting: Posting) -> QuerySet[Halt]:
    """Refusals of such work that were neither accepted nor turned down."""
    seen = Halt.objects.visible_to(posting.user).current()
    waiting = seen.filter(kind=HaltKind.REFUSED, accepted_at__isnull=True)
    return waiting.filter(assignment__task__directive__office=posting.acting_unit.pk)
