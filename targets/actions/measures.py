"""What is counted: begun, and corrected in how it is called and bounded."""

from typing import Any

from django.db import transaction

from schools.models import Posting
from targets.models import Measure
from trail.actions import record


@transaction.atomic
def define_measure(*, by: Posting | None, stem: str, level: str, **fields: Any) -> Measure:
    """Begin to count something, from the day given on. Forms of months that begin later ask for it."""
    measure = Measure.objects.create(code=f"{level}.{stem}", stem=stem, level=level, **fields)
    record("measure.defined", about=measure, by=by, unit_id=by.unit_id if by else None)
    return measure


@transaction.atomic
def edit_measure(*, measure: Measure, by: Posting | None, **fields: Any) -> Measure:
    """Correct how a measure is called, placed and bounded. What it counts stays: figures stand on it."""
    changes = {name: value for name, value in fields.items() if getattr(measure, name) != value}
    if changes:
        told = {name: [str(getattr(measure, name)), str(value)] for name, value in changes.items()}
        for name, value in changes.items():
            setattr(measure, name, value)
        measure.save(update_fields=list(changes))
        record("measure.edited", about=measure, by=by, unit_id=by.unit_id if by else None, data=told)
    return measure
