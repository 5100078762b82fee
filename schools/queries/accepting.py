"""To whom a unit answers: where its reports and what it registers go up."""

import datetime as dt
from collections.abc import Collection

from schools.models import Affiliation, LinkKind, Office, OfficeLink, Unit, UnitKind


def accepting_offices(on: dt.date, units: Collection[int] | None = None) -> dict[int, int]:
    """The office that accepts each unit's report on a day, by primary keys; of some units only. Two queries.

    A school's is the office that holds it administratively. A commune stands administratively under its own
    People's Committee, not under the department: its report goes up the professional line.
    """
    held = Affiliation.objects.on(on).filter(kind=LinkKind.ADMINISTRATIVE)
    directed = OfficeLink.objects.on(on).filter(
        kind=LinkKind.PROFESSIONAL, child__kind=UnitKind.COMMUNE, parent__kind=UnitKind.DEPARTMENT
    )
    if units is not None:
        held, directed = held.filter(school__in=units), directed.filter(child__in=units)
    return dict([*held.values_list("school", "office"), *directed.values_list("child", "parent")])


def accepting_office(unit: Unit, on: dt.date) -> Office | None:
    """The office that accepts what a unit sends on a day; None: it answers to nobody here. Three queries."""
    return Office.objects.filter(pk__in=accepting_offices(on, [unit.pk]).values()).first()
