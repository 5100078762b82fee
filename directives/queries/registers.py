"""Reads over the registers of numbers."""

from dataclasses import dataclass

from directives.models import DirectiveKind, NumberRegister, TypedRegister
from schools.models import Unit


@dataclass(frozen=True)
class Register:
    """A register of an office in a year: the last number that the portal gave, and whether others do."""

    kind: DirectiveKind
    last_number: int
    is_typed: bool


def registers_of(office: Unit, year: int) -> list[Register]:
    """One for each kind of document. Two queries."""
    last = dict(NumberRegister.objects.filter(office=office.pk, year=year).values_list("kind", "last_number"))
    typed = set(TypedRegister.objects.filter(office=office.pk).values_list("kind", flat=True))
    return [Register(kind, last.get(kind.value, 0), kind.value in typed) for kind in DirectiveKind]
