"""Who sees which units, and what belongs to them."""

import datetime as dt
from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from schools.models import (
    DepartmentLevel,
    LinkKind,
    OfficeLink,
    Posting,
    SchoolLevel,
    Unit,
    UnitKind,
)
from schools.queries.tree import lasting, lasting_under
from trail.models import Job


def units_in_scope(user: Any, on: dt.date | None = None) -> QuerySet[Unit]:
    """The units a person may see on a day (today): the subtree of each of their postings, in either line.

    A posting to an internal department reaches what its parent office reaches; where the department is
    limited to levels, only the schools that teach one of them. A unit that has closed stays with those it
    stood beneath on its last day, so that its past is not lost from sight. This is the one place where scope
    is decided: every `visible_to` of every app is built on it. Lazy; meant as a subquery.
    """
    return units_among(reaching(user, on), on)


def offices_seen_whole(user: Any, on: dt.date | None = None) -> QuerySet[Unit]:
    """Units in scope without those reached through a department limited to levels.

    What speaks of all levels of an office at once (a briefing, its meeting) is for these people. Lazy.
    """
    return units_among(reaching_whole(user, on), on)


def sees(user: Any, unit: Unit) -> bool:
    """Whether a unit is in a person's scope today. One query, which asks about that unit only."""
    return stands_among(reaching(user), unit)


def sees_whole(user: Any, unit: Unit) -> bool:
    """Whether a person sees all of a unit today, not some levels. One query, as above."""
    return stands_among(reaching_whole(user), unit)


def reaching(user: Any, on: dt.date | None = None) -> list[Q]:
    """What is true of rows of the closure beneath somebody's own units, and of those beneath further ones."""
    if not may_see(user):
        return []
    day = on or timezone.localdate()
    return [Q(ancestor__in=units_posted_to(user, day)), through_departments(user, day)]


def reaching_whole(user: Any, on: dt.date | None = None) -> list[Q]:
    """The same without departments limited to levels."""
    if not may_see(user):
        return []
    day = on or timezone.localdate()
    unlimited = departments_of(user, day).filter(child__limits__isnull=True)
    return [Q(ancestor__in=units_posted_to(user, day)), Q(ancestor__in=unlimited.values("parent"))]


def units_among(above: Sequence[Q], on: dt.date | None) -> QuerySet[Unit]:
    """The units beneath ancestors of which one of some conditions is true.

    A list for each, not one for either: a database starts each from its few ancestors, and would go through
    the whole closure for both together.
    """
    day = on or timezone.localdate()
    lists = (Q(pk__in=lasting_under(one, day)) for one in above)
    return Unit.objects.filter(reduce(or_, lists)) if above else Unit.objects.none()


def stands_among(above: Sequence[Q], unit: Unit) -> bool:
    if not above:
        return False
    return lasting_under(reduce(or_, above), timezone.localdate()).filter(descendant=unit.pk).exists()


def levels_in_part(user: Any, on: dt.date | None = None) -> QuerySet:
    """The levels to which a person's departments are limited. Lazy, as a subquery of codes."""
    departments = departments_of(user, on or timezone.localdate()).values("child")
    return DepartmentLevel.objects.filter(office__in=departments).values("level")


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


# --- what belongs to units, of apps beneath -----------------------------------------------------------------


def jobs_visible_to(user: Any) -> QuerySet[Job]:
    """Work that the person asked for, or that is done for a unit in their scope."""
    scope = units_in_scope(user).values("pk")
    return Job.objects.filter(Q(requested_by_id=user.pk) | Q(unit_id__in=scope))
