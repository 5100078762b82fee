"""Who stands beneath an office on a day: the readings of the closure on which everything else is built.

Each says in its name what becomes of units that closed before that day: `existing` leaves them out, `lasting`
keeps them with those they stood beneath on their last day.
"""

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from eduportal.base.models import in_force
from schools.models import School, Unit, UnitAncestry
from schools.models.unit import SchoolQuerySet


def existing_beneath(office: Unit, on: dt.date) -> QuerySet:
    """Primary keys of an office and of all that exists beneath it on a day, in either line. A subquery."""
    return UnitAncestry.objects.on(on).filter(ancestor=office.pk).values("descendant")


def lasting_beneath(office: Unit, on: dt.date) -> QuerySet:
    """The same with what had closed by that day: what it did stays with the office. A subquery."""
    return lasting_under(Q(ancestor=office.pk), on)


def lasting_under(above: Q, on: dt.date) -> QuerySet:
    """The same beneath any ancestor of which `above` is true: beneath several offices at once.

    A list of keys rather than a question about each unit: a database works out the list once, and looks
    up in it, wherever it stands in a larger query.
    """
    return UnitAncestry.objects.filter(lasting(on, "descendant"), above).values("descendant")


def stood_beneath(office: Unit, *, unit: str, on: str) -> Exists:
    """Of rows with a unit and a day (named by their fields): whether it stood beneath the office that day.

    A unit that closed before the day counts as on its last.
    """
    then = lasting(OuterRef(on), "descendant")
    return Exists(UnitAncestry.objects.filter(then, ancestor=office.pk, descendant=OuterRef(unit)))


def schools_beneath(office: Unit, on: dt.date) -> SchoolQuerySet:
    """The schools in an office's subtree on a day: those it directs and adds up."""
    return School.objects.on(on).filter(pk__in=existing_beneath(office, on))


def lasting(day: dt.date | F, unit: str) -> Q:
    """Dated rows of a unit (named by its field) in force on a day, or on the last of a unit closed before."""
    closed = {f"{unit}__valid_to__lte": day, "valid_to__gte": F(f"{unit}__valid_to")}
    return in_force(day) | Q(**closed)
