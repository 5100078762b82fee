"""The fictional past: what the demo plays is dated to the day on which it is said to have happened."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from directives.models import Assignment, Directive, ProgressEntry
from trail.models import AuditEvent, StoredFile

# Where actions note the moment at which they ran.
NOTED = (
    (AuditEvent, "at"),
    (Assignment, "assigned_at"),
    (Directive, "created_at"),
    (Directive, "approved_at"),
    (Directive, "issued_at"),
    (ProgressEntry, "written_at"),
    (StoredFile, "created_at"),
)


@contextmanager
def played_at(moment: dt.datetime) -> Iterator[None]:
    """What the actions within write down as done now becomes done at `moment`.

    The real portal dates its trail by the clock and never changes it. A history that is made up has only the
    moment that its story gives it.
    """
    began = timezone.now()
    yield
    ended = timezone.now()
    for model, field in NOTED:
        model._base_manager.filter(**{f"{field}__range": (began, ended)}).update(**{field: moment})
