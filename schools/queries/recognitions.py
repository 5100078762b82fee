"""The register of schools recognised as meeting the national standard: who sees it, and where each stands."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Case, Count, Q, Value, When
from django.utils.translation import gettext_lazy as _

from eduportal.base.text import search_key
from schools.models import Posting, School, StandardRecognition, Unit
from schools.models.recognition import RecognitionQuerySet
from schools.models.unit import SchoolQuerySet
from schools.queries import units_in_scope
from schools.queries.tree import lasting_beneath, schools_beneath
from schools.standards import SOON_DAYS


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
    """Those with every word in the school's name, with or without diacritics, or in that of the decision."""
    for word in search_key(q).split():
        rows = rows.filter(Q(school__search_key__contains=word) | Q(search_key__contains=word))
    return rows


def recognitions_kept_by(by: Posting, on: dt.date) -> RecognitionQuerySet:
    """Those of schools beneath the office that a posting acts for, closed ones with them. Lazy.

    What another posting lets the person see is for reading.
    """
    return recognitions_visible_to(by.user).filter(school__in=lasting_beneath(by.acting_unit, on))


def schools_to_recognise(user: Any, office: Unit, on: dt.date) -> SchoolQuerySet:
    """The schools whose recognitions an office keeps, of those the person may see. Lazy."""
    return schools_beneath(office, on).filter(pk__in=units_in_scope(user, on).values("pk"))
