"""Who acts as principal, and how such a person signs."""

import datetime as dt
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from accounts.models import RoleCode
from accounts.roles import Permission
from schools.models import Posting, Unit
from schools.queries.administering import units_administered
from schools.rules import heads


def acting_postings(school: Unit, today: dt.date) -> QuerySet[Posting]:
    """Who acts as the school's principal now or later, the first to begin first. Lazy."""
    rows = Posting.objects.filter(unit=school.pk, is_acting=True, valid_to__gt=today)
    return rows.select_related("user", "unit").order_by("valid_from", "pk")


def possible_deputies(school: Unit, today: dt.date) -> QuerySet:
    """The school's people who are not its principal anyway."""
    posted = Posting.objects.on(today).filter(unit=school.pk)
    principals = posted.filter(role=RoleCode.PRINCIPAL, is_acting=False)
    people = get_user_model().objects.filter(is_active=True, pk__in=posted.values("user"))
    return people.exclude(pk__in=principals.values("user")).order_by("search_key", "pk")


def may_name_acting(posting: Any, school: Unit) -> bool:
    """The principal of the school; an administrator or leader of an office above it. At most one query."""
    if posting is None or not posting.may(Permission.NAME_ACTING):
        return False
    if posting.unit.is_school:
        return heads(posting, school)
    return units_administered(posting).filter(pk=school.pk).exists()
