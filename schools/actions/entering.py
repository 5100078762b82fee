"""What an administrator enters of an office or a school, as a whole: opened, corrected, moved, closed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from schools.actions import open_office, open_school
from schools.actions.upkeep import (
    close_unit,
    edit_unit,
    limit_department,
    offices_on,
    place_under,
    set_levels,
)
from schools.models import LinkKind, Office, Posting, School, Unit, UnitKind


@dataclass(frozen=True)
class UnitEntry:
    """A unit as it stands in a form or in a row of a spreadsheet."""

    code: str
    name: str
    short_name: str
    phone: str
    opened_on: dt.date
    last_day: dt.date | None
    changes_on: dt.date | None
    version: int | None
    offices: Mapping[LinkKind, Office | None] = field(default_factory=dict)
    successor: Unit | None = None

    @property
    def links(self) -> list[tuple[Office, LinkKind]]:
        return [(office, line) for line, office in self.offices.items() if office]


@dataclass(frozen=True)
class SchoolEntry(UnitEntry):
    levels: tuple[str, ...] = ()
    is_public: bool = True
    cluster: str = ""


@dataclass(frozen=True)
class OfficeEntry(UnitEntry):
    kind: str = UnitKind.COMMUNE
    limits: tuple[str, ...] = ()


@transaction.atomic
def enter_school(*, school: School | None, entry: SchoolEntry, by: Posting | None) -> School:
    """Open a school, or bring one in line with what was entered. What is right already stays untouched."""
    if school is None:
        school = open_school(
            code=entry.code,
            name=entry.name,
            short_name=entry.short_name,
            levels=entry.levels,
            opened_on=entry.opened_on,
            affiliations=entry.links,
            is_public=entry.is_public,
            cluster=entry.cluster,
            phone=entry.phone,
            by=by,
        )
    else:
        correct(school, entry, by, is_public=entry.is_public, cluster=entry.cluster)
        day = since(school, entry)
        if set(entry.levels) != set(school.levels_on(day)):
            set_levels(school=school, levels=entry.levels, since=day, by=by)
    close_if_said(school, entry, by)
    return school


@transaction.atomic
def enter_office(*, office: Office | None, entry: OfficeEntry, by: Posting | None) -> Office:
    """Open an office, or bring one in line with what was entered."""
    if office is None:
        office = open_office(
            kind=UnitKind(entry.kind),
            code=entry.code,
            name=entry.name,
            short_name=entry.short_name,
            opened_on=entry.opened_on,
            parents=entry.links,
            phone=entry.phone,
            by=by,
        )
    else:
        correct(office, entry, by)
    limit_department(office=office, levels=entry.limits, by=by)
    close_if_said(office, entry, by)
    return office


def correct(unit: Unit, entry: UnitEntry, by: Posting | None, **more: object) -> None:
    """Name, code and telephone, and from the day of the change the higher offices.

    What holds on that day anyway is left as it is, with what is planned for later.
    """
    edit_unit(
        unit=unit,
        version=unit.version if entry.version is None else entry.version,
        name=entry.name,
        short_name=entry.short_name,
        phone=entry.phone,
        code=entry.code,
        by=by,
        **more,
    )
    day = since(unit, entry)
    for line, office in entry.offices.items():
        if offices_on(unit, line, day) != ([office.pk] if office else []):
            place_under(unit=unit, office=office, line=line, since=day, by=by)


def since(unit: Unit, entry: UnitEntry) -> dt.date:
    """From when changes hold: the day entered, else today; within the days on which the unit exists."""
    day = max(entry.changes_on or timezone.localdate(), unit.valid_from)
    return min(day, unit.valid_to - dt.timedelta(days=1)) if unit.valid_to else day


def close_if_said(unit: Unit, entry: UnitEntry, by: Posting | None) -> None:
    if entry.last_day and unit.valid_to is None:
        close_unit(unit=unit, last_day=entry.last_day, successor=entry.successor, by=by)
