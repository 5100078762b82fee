"""The fictional past: what the demo plays is dated to the day on which it is said to have happened."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import Max
from django.utils import timezone

from directives.models import Assignment, Directive, ProgressEntry
from trail.models import AuditEvent, StoredFile

# Where actions note the moment at which they ran: on rows that come, and on documents that move on.
ON_NEW_ROWS = (
    (AuditEvent, "at"),
    (Assignment, "assigned_at"),
    (Directive, "created_at"),
    (ProgressEntry, "written_at"),
    (StoredFile, "created_at"),
)
ON_DOCUMENTS = ("approved_at", "issued_at")


@contextmanager
def played_at(moment: dt.datetime) -> Iterator[None]:
    """What the actions within write down as done now becomes done at `moment`.

    The real portal dates its trail by the clock and never changes it. A history that is made up has only the
    moment that its story gives it.
    """
    began = timezone.now()
    newest = {
        model: model._base_manager.aggregate(newest=Max("pk"))["newest"] or 0 for model, _ in ON_NEW_ROWS
    }
    yield
    for model, field in ON_NEW_ROWS:
        model._base_manager.filter(pk__gt=newest[model]).update(**{field: moment})
    for field in ON_DOCUMENTS:
        Directive.objects.filter(**{f"{field}__gte": began}).update(**{field: moment})
