"""The fictional past: what the demo plays is dated to the day on which it is said to have happened."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeAlias

from django.db.models import Model
from django.utils import timezone

from directives.models import (
    Annex,
    Assignment,
    DataForm,
    Directive,
    Evidence,
    Extension,
    Halt,
    Instruction,
    ProgressEntry,
)
from trail.models import AuditEvent, StoredFile

Noted: TypeAlias = Sequence[tuple[type[Model], str]]
# Where actions note the moment at which they ran: those on a month's report, and all.
BY_REPORTS: Noted = ((AuditEvent, "at"), (ProgressEntry, "written_at"))
BY_ALL: Noted = (
    *BY_REPORTS,
    (Assignment, "assigned_at"),
    (Directive, "created_at"),
    (Directive, "approved_at"),
    (Directive, "issued_at"),
    (StoredFile, "created_at"),
    (Annex, "added_at"),
    (DataForm, "created_at"),
    (Extension, "asked_at"),
    (Extension, "decided_at"),
    (Halt, "begun_at"),
    (Halt, "accepted_at"),
    (Instruction, "given_at"),
)
# The same of reports with files.
BY_FILES: Noted = (*BY_REPORTS, (StoredFile, "created_at"), (Evidence, "added_at"))


@contextmanager
def played_at(moment: dt.datetime, noted: Noted = BY_ALL) -> Iterator[None]:
    """What the actions within write down as done now becomes done at `moment`.

    The real portal dates its trail by the clock and never changes it. A history that is made up has only the
    moment that its story gives it. `noted`: where to look; fewer places are quicker.
    """
    began = timezone.now()
    yield
    ended = timezone.now()
    for model, field in noted:
        model._base_manager.filter(**{f"{field}__range": (began, ended)}).update(**{field: moment})
