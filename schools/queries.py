"""Reads over units, links and postings."""

import datetime as dt
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from eduportal.base.models import in_force
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
    limited to levels, only the schools that teach one of them. A unit that has closed stays with those it
    stood beneath on its last day, so that its past is not lost from sight. This is the one place where scope
    is decided: every `visible_to` of every app is built on it. Lazy; meant as a subquery.
    """
    if not may_see(user):
        return Unit.objects.none()
    day = on or timezone.localdate()
    own = Q(ancestor__in=units_posted_to(user, day))
    return Unit.objects.filter(beneath(day, own | through_departments(user, day)))


def offices_seen_whole(user: Any, on: dt.date | None = None) -> QuerySet[Unit]:
    """Units in scope without those reached through a department limited to levels.

    What speaks of all levels of an office at once (a briefing, its meeting) is for these people. Lazy.
    """
    if not may_see(user):
        return Unit.objects.none()
    day = on or timezone.localdate()
    own = Q(ancestor__in=units_posted_to(user, day))
    unlimited = departments_of(user, day).filter(child__limits__isnull=True)
    return Unit.objects.filter(beneath(day, own | Q(ancestor__in=unlimited.values("parent"))))


def may_see(user: Any) -> bool:
    return user.is_authenticated and user.is_active


def through_departments(user: Any, day: dt.date) -> Q:
    """Of rows of the closure: what a person reaches through the parents of their internal departments.

    All offices there, and all schools; of a limited department, the schools that teach one of its levels.
    """
    departments = departments_of(user, day)
    taught = SchoolLevel.objects.filter(
        lasting(day, "school"), school=OuterRef(OuterRef("descendant"))
    ).values("level")
    open_to = departments.filter(
        Q(child__limits__isnull=True) | Q(child__limits__level__in=taught), parent=OuterRef("ancestor")
    )
    is_office = ~Q(descendant__kind=UnitKind.SCHOOL)
    return Q(ancestor__in=departments.values("parent")) & (is_office | Q(Exists(open_to)))


def units_posted_to(user: Any, day: dt.date) -> QuerySet:
    return Posting.objects.on(day).filter(user_id=user.pk).values("unit")


def departments_of(user: Any, day: dt.date) -> QuerySet[OfficeLink]:
    """The links to their parents of the internal departments a person is posted to."""
    return OfficeLink.objects.on(day).filter(
        kind=LinkKind.ADMINISTRATIVE,
        child__in=units_posted_to(user, day).filter(unit__kind=UnitKind.INTERNAL),
    )


def beneath(day: dt.date, above: Q) -> Q:
    """Units that stand beneath an ancestor of which `above` is true, or stood there on their last day.

    A list of keys rather than a question about each unit: a database works out the list once, and looks
    up in it, wherever the condition stands in a larger query.
    """
    rows = UnitAncestry.objects.filter(lasting(day, "descendant"), above)
    return Q(pk__in=rows.values("descendant"))


def lasting(day: dt.date, unit: str) -> Q:
    """Dated rows of a unit (named by its field) in force on a day, or on the last of a unit closed before."""
    closed = {f"{unit}__valid_to__lte": day, "valid_to__gte": F(f"{unit}__valid_to")}
    return in_force(day) | Q(**closed)


def schools_beneath(office: Unit, on: dt.date) -> SchoolQuerySet:
    """The schools in an office's subtree on a day, in either line: those it directs and adds up."""
    above = UnitAncestry.objects.on(on).filter(descendant=OuterRef("pk"), ancestor=office)
    return School.objects.on(on).filter(Exists(above))
