"""Reads over units, links and postings."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from schools.models import (
    LinkKind,
    OfficeLink,
    Posting,
    School,
    SchoolLevel,
    Unit,
    UnitAncestry,
    UnitKind,
)
from schools.models.unit import SchoolQuerySet


def units_in_scope(user: Any, on: dt.date | None = None) -> QuerySet[Unit]:
    """The units a person may see on a day (today): the subtree of each of their postings, in either line.

    A posting to an internal department reaches what its parent office reaches; where the department is
    limited to levels, only the schools that teach one of them. This is the one place where scope is decided:
    every `visible_to` of every app is built on it. Lazy; meant as a subquery.
    """
    if not user.is_authenticated or not user.is_active:
        return Unit.objects.none()
    day = on or timezone.localdate()
    posted_to = Posting.objects.on(day).filter(user_id=user.pk).values("unit")
    beneath = UnitAncestry.objects.on(day).filter(descendant=OuterRef("pk"))
    departments = OfficeLink.objects.on(day).filter(
        kind=LinkKind.ADMINISTRATIVE, child__kind=UnitKind.INTERNAL, child__in=posted_to
    )
    unlimited = departments.filter(child__limits__isnull=True)
    taught = SchoolLevel.objects.on(day).filter(school=OuterRef(OuterRef(OuterRef("pk")))).values("level")
    limited_to_its_levels = departments.filter(child__limits__level__in=taught)
    return Unit.objects.filter(
        Exists(beneath.filter(ancestor__in=posted_to))
        | Exists(beneath.filter(ancestor__in=unlimited.values("parent")))
        | Exists(beneath.filter(ancestor__in=limited_to_its_levels.values("parent")))
        | ~Q(kind=UnitKind.SCHOOL) & Exists(beneath.filter(ancestor__in=departments.values("parent")))
    )


def schools_beneath(office: Unit, on: dt.date) -> SchoolQuerySet:
    """The schools in an office's subtree on a day, in either line: those it directs and adds up."""
    above = UnitAncestry.objects.on(on).filter(descendant=OuterRef("pk"), ancestor=office)
    return School.objects.on(on).filter(Exists(above))
