"""Reads over units, links, postings and recognitions."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from eduportal.base.text import nfc, search_key
from schools.models import (
    DepartmentLevel,
    LinkKind,
    OfficeLink,
    Posting,
    School,
    SchoolLevel,
    StandardRecognition,
    Unit,
    UnitKind,
)
from schools.models.recognition import RecognitionQuerySet
from schools.models.unit import SchoolQuerySet
from schools.queries.tree import lasting, lasting_beneath, lasting_under, schools_beneath
from schools.standards import SOON_DAYS
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
    own = Q(ancestor__in=units_posted_to(user, day))
    return Unit.objects.filter(pk__in=lasting_under(own | through_departments(user, day), day))


def offices_seen_whole(user: Any, on: dt.date | None = None) -> QuerySet[Unit]:
    """Units in scope without those reached through a department limited to levels.

    What speaks of all levels of an office at once (a briefing, its meeting) is for these people. Lazy.
    """
    if not may_see(user):
        return Unit.objects.none()
    day = on or timezone.localdate()
    own = Q(ancestor__in=units_posted_to(user, day))
    unlimited = departments_of(user, day).filter(child__limits__isnull=True)
    reached = own | Q(ancestor__in=unlimited.values("parent"))
    return Unit.objects.filter(pk__in=lasting_under(reached, day))


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


# --- national standard --------------------------------------------------------------------------------------


class Standing(models.TextChoices):
    """Where a recognition stands on a day."""

    IN_FORCE = "in_force", _("in force")
    SOON = "soon", _("lapses within a year")
    LAPSED = "lapsed", _("lapsed, not renewed")
    ENDED = "ended", _("renewed or revoked")


def recognitions_visible_to(user: Any) -> RecognitionQuerySet:
    """Recognitions of schools in the person's scope. Lazy."""
    return StandardRecognition.objects.filter(school__in=units_in_scope(user).values("pk"))


def recognitions_standing(rows: RecognitionQuerySet, today: dt.date) -> RecognitionQuerySet:
    """Annotates `standing` as of a day; what is in force and lapses within a year is told apart."""
    soon = today + dt.timedelta(days=SOON_DAYS)
    return rows.annotate(
        standing=Case(
            When(valid_to__gt=soon, then=Value(Standing.IN_FORCE.value)),
            When(valid_to__gt=today, then=Value(Standing.SOON.value)),
            When(Q(revoked_on__isnull=False) | Q(renewed_by__isnull=False), then=Value(Standing.ENDED.value)),
            default=Value(Standing.LAPSED.value),
            output_field=models.CharField(),
        )
    )


@dataclass(frozen=True)
class Register:
    """Recognitions as the register lists them, and how many stand where."""

    rows: RecognitionQuerySet
    counts: dict[str, int]


def register(
    *, user: Any, today: dt.date, q: str = "", level: str = "", teaching: str = "", standing: str = ""
) -> Register:
    """The recognitions a person may see, those that lapse first on top. One query for the counts.

    `level`: of at least that standard level; `teaching`: of schools that teach a level; `q`: words in the
    school's name or in the number of the decision. `standing` limits the rows, not the counts.
    """
    rows = recognitions_holding(recognitions_visible_to(user), q)
    if level:
        rows = rows.of_level(int(level))
    if teaching:
        rows = rows.filter(school__in=School.objects.teaching(teaching, today).values("pk"))
    rows = recognitions_standing(rows, today)
    counts = dict(rows.order_by().values_list("standing").annotate(Count("pk")))
    if standing:
        rows = rows.filter(standing=standing)
    in_order = rows.select_related("school", "renewed_by").order_by("valid_to", "school__sort_key", "pk")
    return Register(in_order, {one.value: counts.get(one.value, 0) for one in Standing})


def recognitions_holding(rows: RecognitionQuerySet, q: str) -> RecognitionQuerySet:
    """Those with every word in the school's name, with or without diacritics, or in the decision's number."""
    for word in q.split():
        named = Q(school__search_key__contains=search_key(word))
        rows = rows.filter(named | Q(decision_number__icontains=nfc(word)))
    return rows


def recognitions_kept_by(by: Posting, on: dt.date) -> RecognitionQuerySet:
    """Those of schools beneath the office that a posting acts for, closed ones with them. Lazy.

    What another posting lets the person see is for reading.
    """
    return recognitions_visible_to(by.user).filter(school__in=lasting_beneath(by.acting_unit, on))


def schools_to_recognise(user: Any, office: Unit, on: dt.date) -> SchoolQuerySet:
    """The schools whose recognitions an office keeps, of those the person may see. Lazy."""
    return schools_beneath(office, on).filter(pk__in=units_in_scope(user, on).values("pk"))


# --- what belongs to units, of apps beneath -----------------------------------------------------------------


def jobs_visible_to(user: Any) -> QuerySet[Job]:
    """Work that the person asked for, or that is done for a unit in their scope."""
    scope = units_in_scope(user).values("pk")
    return Job.objects.filter(Q(requested_by_id=user.pk) | Q(unit_id__in=scope))
