"""Reads over units, links and postings."""

import datetime as dt
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import ApiToken
from accounts.roles import Permission
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
from trail.models import Job


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
    return Unit.objects.filter(seen_whole(user, day) | seen_in_part(user, day))


def offices_seen_whole(user: Any, on: dt.date | None = None) -> QuerySet[Unit]:
    """Units in scope without those reached through a department limited to levels.

    What speaks of all levels of an office at once (a briefing, its meeting) is for these people. Lazy.
    """
    if not may_see(user):
        return Unit.objects.none()
    return Unit.objects.filter(seen_whole(user, on or timezone.localdate()))


def may_see(user: Any) -> bool:
    return user.is_authenticated and user.is_active


def seen_whole(user: Any, day: dt.date) -> Exists:
    """Units beneath an own posting, or beneath the parent of an internal department without limits."""
    unlimited = departments_of(user, day).filter(child__limits__isnull=True)
    above = Q(ancestor__in=units_posted_to(user, day)) | Q(ancestor__in=unlimited.values("parent"))
    return Exists(standing_beneath(day).filter(above))


def seen_in_part(user: Any, day: dt.date) -> Q:
    """Beneath the parent of a limited department: its offices, and the schools that teach a level of it."""
    departments = departments_of(user, day)
    school = OuterRef(OuterRef(OuterRef("pk")))
    taught = SchoolLevel.objects.filter(lasting(day, "school"), school=school).values("level")
    within_limits = departments.filter(child__limits__level__in=taught)
    schools = Exists(standing_beneath(day).filter(ancestor__in=within_limits.values("parent")))
    offices = Exists(standing_beneath(day).filter(ancestor__in=departments.values("parent")))
    return Q(schools) | ~Q(kind=UnitKind.SCHOOL) & Q(offices)


def units_posted_to(user: Any, day: dt.date) -> QuerySet:
    return Posting.objects.on(day).filter(user_id=user.pk).values("unit")


def departments_of(user: Any, day: dt.date) -> QuerySet[OfficeLink]:
    """The links to their parents of the internal departments a person is posted to."""
    return OfficeLink.objects.on(day).filter(
        kind=LinkKind.ADMINISTRATIVE,
        child__kind=UnitKind.INTERNAL,
        child__in=units_posted_to(user, day),
    )


def standing_beneath(day: dt.date) -> QuerySet[UnitAncestry]:
    """For a subquery on units: the rows that say whom the unit stands beneath, or stood on its last day."""
    return UnitAncestry.objects.filter(lasting(day, "descendant"), descendant=OuterRef("pk"))


def lasting(day: dt.date, unit: str) -> Q:
    """Dated rows of a unit (named by its field) in force on a day, or on the last of a unit closed before."""
    closed = {f"{unit}__valid_to__lte": day, "valid_to__gte": F(f"{unit}__valid_to")}
    return in_force(day) | Q(**closed)


def schools_beneath(office: Unit, on: dt.date) -> SchoolQuerySet:
    """The schools in an office's subtree on a day, in either line: those it directs and adds up."""
    above = UnitAncestry.objects.on(on).filter(descendant=OuterRef("pk"), ancestor=office)
    return School.objects.on(on).filter(Exists(above))


# --- what belongs to units, of apps beneath -----------------------------------------------------------------


def jobs_visible_to(user: Any) -> QuerySet[Job]:
    """Work that the person asked for, or that is done for a unit in their scope."""
    scope = units_in_scope(user).values("pk")
    return Job.objects.filter(Q(requested_by_id=user.pk) | Q(unit_id__in=scope))


def tokens_visible_to(user: Any, by: Posting | None) -> QuerySet[ApiToken]:
    """A person's own tokens; for who administers, those that act for a unit in their scope as well."""
    tokens = ApiToken.objects.select_related("posting__unit", "posting__user", "user")
    if by is None or not by.may(Permission.ADMINISTER):
        return tokens.filter(user=user.pk)
    return tokens.filter(Q(user=user.pk) | Q(posting__unit__in=units_in_scope(user).values("pk")))
