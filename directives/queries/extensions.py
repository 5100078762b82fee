"""Requests for a later day."""

from typing import Any

from django.db.models import QuerySet

from directives.models import Extension
from schools.models import Posting


def waiting_requests(user: Any) -> QuerySet[Extension]:
    """Open requests that a person may see, oldest first."""
    return Extension.objects.visible_to(user).waiting().with_work().order_by("asked_at", "pk")


def decided_requests(user: Any) -> QuerySet[Extension]:
    """Decided ones, newest first."""
    decided = Extension.objects.visible_to(user).filter(decided_at__isnull=False)
    return decided.with_work().order_by("-decided_at", "-pk")


def requests_to_decide(posting: Posting) -> QuerySet[Extension]:
    """Those about work that the office set for which this posting acts."""
    return waiting_requests(posting.user).of_documents_of(posting.acting_unit.pk)  # type: ignore[attr-defined]
