"""An incoming document on its way through the office: corrected, instructed, taken over within."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from directives.actions.drafting import stored_text, write_fields
from directives.actions.files import expect_draft
from directives.actions.issuing import mark_issued, refuse_unready
from directives.models import Addressee, AddresseeKind, Directive, Instruction, Task
from eduportal.base.errors import Refused
from eduportal.base.text import search_key
from schools.models import Posting, Unit
from trail.actions import record

REGISTRATION_FIELDS = ("sender", "arrived_on", "number", "symbol", "issued_on", "subject")


@transaction.atomic
def revise_registration(
    *, directive: Directive, version: int, values: Mapping[str, Any], by: Posting
) -> None:
    """Correct what the register says of an arrival. `values`: any of REGISTRATION_FIELDS.

    The number stays: it is not given twice, and the day stays within its year. Raises EditConflict, Refused.
    """
    directive.claim(version)
    expect_draft(directive)
    arrived_on = values.get("arrived_on", directive.arrived_on)
    if directive.arrived_on is None or arrived_on.year != directive.arrived_on.year:
        raise Refused(
            _("The arrival number belongs to the register of its year. Keep the arrival date in it.")
        )
    changed = write_fields(directive, REGISTRATION_FIELDS, values)
    if changed:
        record(
            "directive.registration_revised",
            about=directive,
            by=by,
            unit_id=directive.office_id,
            data=changed,
        )


@transaction.atomic
def instruct(
    *, directive: Directive, version: int, unit: Unit, text: str, deadline: dt.date | None, by: Posting
) -> Instruction:
    """Say who handles an incoming document, how, and until when. Said again, the newer word counts."""
    directive.claim(version)
    expect_draft(directive)
    given = Instruction.objects.create(
        directive=directive,
        unit=unit,
        text=stored_text(text).strip()[:1000],
        deadline=deadline,
        given_by=by.user,
    )
    data = {"item": unit.short_name, "reason": given.text, "deadline": deadline}
    record("directive.instructed", about=directive, by=by, unit_id=directive.office_id, data=data)
    return given


@transaction.atomic
def hand_over(*, directive: Directive, version: int, by: Posting, today: dt.date) -> None:
    """The unit that was instructed handles it within the office: the instruction is its one task.

    What was read in the document is handed to nobody else. Raises EditConflict, Refused.
    """
    directive.claim(version)
    expect_draft(directive)
    said = directive.instructions.first()
    if said is None:
        raise Refused(_("Nobody was told to handle this document yet. Give the instruction first."))
    directive.tasks.to_track().update(is_tracked=False, version=F("version") + 1)
    last = directive.tasks.order_by("-position").first()
    task = Task.objects.create(
        directive=directive,
        position=last.position + 1 if last else 0,
        text=said.text,
        deadline=said.deadline,
        confirmed=True,
        search_key=search_key(said.text),
    )
    Addressee.objects.create(task=task, kind=AddresseeKind.UNIT, unit=said.unit)
    refuse_unready(directive, today)
    mark_issued(directive, by, today)
    data = {"item": said.unit.short_name}
    record("directive.handed_over", about=directive, by=by, unit_id=directive.office_id, data=data)
