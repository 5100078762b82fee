"""Reads over receipts: whom a document reached, and who has opened it."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from directives.models import Assignment, Directive, Opening
from schools.models import Unit


def reached_units(directive: Directive) -> QuerySet[Unit]:
    """The units to which a document's tasks were given, without the issuing office, in the order of names.

    Annotated with `opened_at` and `opened_by_name`, None where nobody of the unit has opened it.
    """
    given = Assignment.objects.filter(task__directive=directive, unit=OuterRef("pk"))
    opening = opening_of(directive)
    units = Unit.objects.filter(Exists(given)).exclude(pk=directive.office_id)
    return units.annotate(
        opened_at=Subquery(opening.values("opened_at")[:1]),
        opened_by_name=Subquery(opening.values("opened_by__full_name")[:1]),
    ).order_by("sort_key", "pk")


def opening_of(directive: Directive) -> QuerySet[Opening]:
    """The receipt of a unit in whose query this stands. Lazy."""
    return Opening.objects.filter(directive=directive, unit=OuterRef("pk"))


def unopened_units(directive: Directive) -> QuerySet[Unit]:
    return reached_units(directive).filter(~Exists(opening_of(directive)))


@dataclass(frozen=True)
class Receipts:
    """How many units a document reached, and how many of them have opened it."""

    reached: int
    opened: int

    @property
    def unopened(self) -> int:
        return self.reached - self.opened


def receipts_of(directive: Directive) -> Receipts:
    """Two queries."""
    units = reached_units(directive)
    return Receipts(units.count(), units.filter(Exists(opening_of(directive))).count())
