"""Parts of a unit's work given to its people."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from directives.models import Errand
from directives.queries import units_within
from schools.models import Posting, Unit
from schools.queries import units_in_scope

MOST_SHOWN = 20


def colleagues_of(unit: Unit, today: dt.date) -> QuerySet[User]:
    """Who works in a unit or in one of its internal departments on a day, by name. Lazy."""
    postings = Posting.objects.on(today).filter(unit__in=units_within(unit, today).values("pk"))
    users = User.objects.filter(pk__in=postings.values("user"), is_active=True)
    return users.order_by("full_name", "pk")


def errands_for(user: Any) -> QuerySet[Errand]:
    """What this person has still to do for their unit, the nearest day first. Lazy."""
    rows = Errand.objects.given_to(user).filter(assignment__unit__in=units_in_scope(user).values("pk"))
    return rows.select_related("assignment__task", "given_by")[:MOST_SHOWN]
