"""Which schools belong to a group on a day."""

import datetime as dt

from targets.models import Observation, SchoolGroup
from targets.queries.values import Ground, Members
from targets.values import a_year_before


def members(ground: Ground, group: SchoolGroup | None, on: dt.date) -> frozenset[int] | None:
    """The schools beneath a unit that belong to a group on a day; None without a group: whatever is there.

    The same schools are then looked at a year earlier and month by month: like is compared with like.
    Four queries at most, the register's with them.
    """
    if group is None:
        return None
    register = ground.register(on)
    level = group.standard_level
    held = register.holding(level, on) if level is not None else None
    found = frozenset(
        one.pk
        for one in register.schools
        if (held is None or one.pk in held) and group.is_public in (None, one.is_public)
    )
    return found & reporting(found, group.stem, on) if group.stem else found


def reporting(schools: Members, stem: str, on: dt.date) -> frozenset[int]:
    """Those whose newest figure in the year up to a day is above zero, at any level. One query."""
    rows = Observation.objects.counting().filter(
        unit__in=list(schools),
        measure__stem=stem,
        breakdown="total",
        period__data_to__range=(a_year_before(on), on),
    )
    newest = {}
    for unit, measure, value in rows.order_by("period__data_to").values_list("unit", "measure", "value"):
        newest[unit, measure] = value
    return frozenset(unit for (unit, _), value in newest.items() if value)
