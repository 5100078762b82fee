"""Where the numbers of outgoing documents come from: each register has one source."""

import re
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directives.models import Directive, DirectiveKind, NumberRegister, TypedRegister
from eduportal.base.errors import Refused
from schools.models import Office, Posting
from trail.actions import record

NUMBER = re.compile(r"\d{1,6}[a-zđ]?", re.IGNORECASE)
"""A number as registers write it; a letter behind it for one that was put in between (12a)."""


@transaction.atomic
def type_numbers_in(*, office: Office, kind: DirectiveKind, by: Posting) -> None:
    """From now on the numbers of a register are those that another system gives. Done twice, it is once."""
    _row, is_new = TypedRegister.objects.get_or_create(office=office, kind=kind, defaults={"set_by": by.user})
    if is_new:
        said(office, kind, "typed", by)


@transaction.atomic
def give_numbers_here(*, office: Office, kind: DirectiveKind, by: Posting) -> None:
    """From now on the portal gives the numbers of a register, after the highest of this year."""
    if not TypedRegister.objects.filter(office=office, kind=kind).delete()[0]:
        return
    key: dict[str, Any] = {"office": office, "kind": kind, "year": timezone.localdate().year}
    NumberRegister.objects.get_or_create(**key)
    register = NumberRegister.objects.select_for_update().get(**key)
    issued = Directive.objects.issued().filter(
        office=office, kind=kind, sender="", issued_on__year=key["year"], written_here=True
    )
    given = [int(one) for one in issued.values_list("number", flat=True) if one.isdecimal()]
    register.last_number = max([register.last_number, *given])
    register.save(update_fields=["last_number"])
    said(office, kind, "here", by)


def said(office: Office, kind: DirectiveKind, source: str, by: Posting) -> None:
    data = {"kind": str(kind), "source": source}
    record("register.source_set", about=office, by=by, unit_id=office.pk, data=data)


def is_typed(directive: Directive) -> bool:
    """Whether the numbers of a document's register are typed in. One query."""
    return TypedRegister.objects.filter(office=directive.office_id, kind=directive.kind).exists()


def typed_number(directive: Directive, number: str) -> str:
    """A number from elsewhere as the register writes it.

    Raises Refused where it is none, or where the portal gives the numbers of this register itself.
    """
    number = "".join(number.split())
    if not is_typed(directive):
        raise Refused(
            _(
                "The portal gives the numbers of this register itself; “%(number)s” was not taken. Leave the "
                "number out, or change where the register's numbers come from."
            )
            % {"number": number},
            code="number_given_here",
        )
    if not NUMBER.fullmatch(number):
        raise Refused(
            _("“%(number)s” is no number of a document. Type it as the register has it: 07, 112.")
            % {"number": number},
            code="number_malformed",
        )
    return number.lower()
