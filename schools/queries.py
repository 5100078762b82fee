"""Reads over units, links and postings."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from schools.models import (
    DepartmentLevel,
    LinkKind,
    OfficeLink,
    Posting,
    School,
    SchoolLevel,
    Unit,
    UnitAncestry,
    UnitKind,
)


def units_in_scope(user: Any, on: dt.date | None = None) -> QuerySet[Unit]:
    """The units a person may see on a day (today): the subtree of each of their postings, in either line.

    A posting to an internal department reaches what its parent office reaches; where the department is limited
    to levels, only the schools that teach one of them. This is the one place where scope is decided: every
    `visible_to` of every app is built on it. Lazy; meant as a subquery.
    """
    if not user.is_authenticated or not user.is_active:
        return Unit.objects.none()
    day = on or timezone.localdate()
    postings = Posting.objects.on(day).filter(user_id=user.pk)
    beneath = UnitAncestry.objects.on(day).filter(descendant=OuterRef("pk"))
    own = beneath.filter(ancestor__in=postings.exclude(unit__kind=UnitKind.INTERNAL).values("unit"))
    departments = OfficeLink.objects.on(day).filter(
        kind=LinkKind.ADMINISTRATIVE, child__in=postings.filter(unit__kind=UnitKind.INTERNAL).values("unit")
    )
    unlimited = departments.filter(child__limits__isnull=True)
    taught = SchoolLevel.objects.on(day).filter(school=OuterRef(OuterRef("pk"))).values("level")
    limits_met = DepartmentLevel.objects.filter(office__in=departments.values("child"), level__in=taught)
    return Unit.objects.filter(
        Exists(own)
        | Exists(beneath.filter(ancestor__in=unlimited.values("parent")))
        | Exists(beneath.filter(ancestor__in=departments.values("parent")))
        & (~Q(kind=UnitKind.SCHOOL) | Exists(limits_met))
    )


def schools_beneath(office: Unit, on: dt.date) -> QuerySet[School]:
    """The schools in an office's subtree on a day, in either line: whom it directs, and whose figures it adds up."""
    above = UnitAncestry.objects.on(on).filter(descendant=OuterRef("pk"), ancestor=office)
    return School.objects.on(on).filter(Exists(above))
