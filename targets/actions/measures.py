"""What is counted, and the indicators made of it: begun, corrected in how they are called, retired."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from eduportal.base.errors import Refused
from schools.models import Posting
from targets.models import Indicator, Measure, Target
from trail.actions import record


@transaction.atomic
def define_measure(*, by: Posting | None, stem: str, level: str, **fields: Any) -> Measure:
    """Begin to count something, from the day given on. Forms of months that begin later ask for it."""
    measure = Measure.objects.create(code=f"{level}.{stem}", stem=stem, level=level, **fields)
    record("measure.defined", about=measure, by=by, unit_id=by.unit_id if by else None)
    return measure


@transaction.atomic
def edit_measure(*, measure: Measure, version: int, by: Posting | None, **fields: Any) -> Measure:
    """Correct how a measure is called, placed and bounded; with `valid_to`, retire it from that day on.

    What it counts stays: figures stand on it. Raises Refused while an indicator in force is made of it,
    EditConflict when somebody saved since `version`.
    """
    measure.claim(version)
    if ends := sooner(measure, fields):
        refuse_if_counted(measure, ends)
    told = write_changes(measure, fields)
    if told:
        record("measure.edited", about=measure, by=by, unit_id=by.unit_id if by else None, data=told)
    return measure


@transaction.atomic
def edit_indicator(*, indicator: Indicator, version: int, by: Posting | None, **fields: Any) -> Indicator:
    """Correct an indicator's words, legal source and place; with `valid_to`, retire it from that day on.

    How it is counted stays: targets stand on it. Raises Refused while targets run on beyond that day,
    EditConflict when somebody saved since `version`.
    """
    indicator.claim(version)
    if ends := sooner(indicator, fields):
        refuse_if_aimed_at(indicator, ends)
    told = write_changes(indicator, fields)
    if told:
        record("indicator.edited", about=indicator, by=by, unit_id=by.unit_id if by else None, data=told)
    return indicator


def sooner(row: Measure | Indicator, fields: dict[str, Any]) -> dt.date | None:
    """The first day without it, where it is now to end before it would have."""
    ends = fields.get("valid_to", row.valid_to)
    return ends if ends and ends < (row.valid_to or dt.date.max) else None


def write_changes(row: Measure | Indicator, fields: dict[str, Any]) -> dict[str, list[str]]:
    """Store what differs. Gives it as words, before and after, by field."""
    changes = {name: value for name, value in fields.items() if getattr(row, name) != value}
    told = {name: [str(getattr(row, name)), str(value)] for name, value in changes.items()}
    for name, value in changes.items():
        setattr(row, name, value)
    if changes:
        row.save(update_fields=list(changes))
    return told


def refuse_if_counted(measure: Measure, ends: dt.date) -> None:
    made_of_it = Q(terms__measure=measure) | Q(terms__beside=measure)
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gt=ends)
    if names := [one.name for one in Indicator.objects.filter(made_of_it, lasting).distinct()]:
        raise Refused(
            _("This is counted by indicators in force: %(names)s. Retire these first; nothing was changed.")
            % {"names": ", ".join(names)}
        )


def refuse_if_aimed_at(indicator: Indicator, ends: dt.date) -> None:
    running = Target.objects.filter(indicator=indicator, period__data_to__gte=ends)
    if last := running.aggregate(last=Max("period__data_to"))["last"]:
        raise Refused(
            _("Targets stand on this indicator until %(day)s. Choose that day or a later one.")
            % {"day": f"{last:%d/%m/%Y}"}
        )
