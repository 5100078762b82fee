"""Keeping units right after they were opened: names, levels, higher offices, closing."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils import timezone
from django.utils.translation import gettext as _

from eduportal.base.errors import Refused
from eduportal.base.models import DatedQuerySet
from schools.actions import named, rebuild_ancestry
from schools.models import (
    Affiliation,
    DepartmentLevel,
    Letterhead,
    LinkKind,
    Office,
    OfficeLink,
    Posting,
    School,
    SchoolLevel,
    Unit,
    UnitAncestry,
)
from schools.reorganisation import carry_over
from trail.actions import record

# What belongs to a unit itself and goes with it; whatever else refers to a unit is its history.
OWN_PARTS = {
    (Affiliation, "school"),
    (DepartmentLevel, "office"),
    (Letterhead, "office"),
    (OfficeLink, "child"),
    (SchoolLevel, "school"),
    (UnitAncestry, "ancestor"),
    (UnitAncestry, "descendant"),
}


def changed(row: models.Model, fields: dict[str, Any]) -> dict[str, list[Any]]:
    """Former and new value of each field that differs."""
    return {
        name: [getattr(row, name), value] for name, value in fields.items() if getattr(row, name) != value
    }


@transaction.atomic
def edit_unit(
    *, unit: Unit, version: int, name: str, short_name: str, phone: str, by: Posting | None, **more: Any
) -> None:
    """Correct what a unit is called and how it is reached; `more`: code, of a school is_public, cluster."""
    fields = {**named(name, short_name), "phone": phone.strip(), **more}
    changes = changed(unit, fields)
    if not changes:
        return
    unit.claim(version)
    for field, value in fields.items():
        setattr(unit, field, value)
    try:
        with transaction.atomic():
            unit.save(update_fields=list(fields))
    except IntegrityError as problem:
        raise Refused(_("Another unit has this code already.")) from problem
    told = {field: values for field, values in changes.items() if not field.endswith("_key")}
    record("unit.edited", about=unit, by=by, unit_id=unit.pk, data=told)


@transaction.atomic
def set_levels(*, school: School, levels: Iterable[str], since: dt.date, by: Posting | None) -> None:
    """From a day on, a school teaches these levels and no others, whatever was planned for later.

    Earlier days keep theirs.
    """
    wanted, held = set(levels), set(school.levels_on(since))
    rows = SchoolLevel.objects.filter(school=school)
    if wanted == held and not changes_later(rows, school, since):
        return
    end(rows.exclude(level__in=wanted), since)
    go_on(rows, school, since)
    SchoolLevel.objects.bulk_create(
        SchoolLevel(school=school, level=level, valid_from=since, valid_to=school.valid_to)
        for level in sorted(wanted - held)
    )
    data = {"levels": [sorted(held), sorted(wanted)], "since": since}
    record("school.levels_set", about=school, by=by, unit_id=school.pk, data=data)


def end(rows: models.QuerySet, day: dt.date) -> None:
    """Dated rows in force on a day end before it; those that had only just begun, or were to begin, go."""
    rows.filter(valid_from__gte=day).delete()
    rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day)).update(valid_to=day)


def changes_later(rows: DatedQuerySet, unit: Unit, day: dt.date) -> bool:
    """Whether something else is planned than that the dated rows of a unit in force on a day go on."""
    begin = rows.filter(valid_from__gt=day)
    return begin.exists() or rows.on(day).exclude(valid_to=unit.valid_to).exists()


def go_on(rows: DatedQuerySet, unit: Unit, day: dt.date) -> None:
    """Those in force on a day last as long as the unit; what was to begin later goes."""
    rows.filter(valid_from__gt=day).delete()
    rows.on(day).update(valid_to=unit.valid_to)


@transaction.atomic
def place_under(
    *, unit: Unit, office: Office | None, line: LinkKind, since: dt.date, by: Posting | None
) -> None:
    """From a day on, a unit stands under this office in one line, or under none.

    What was planned for later goes. Rebuilds the closure.
    """
    links, wanted = links_of_unit(unit, line), [office.pk] if office else []
    before = offices_on(unit, line, since)
    if before == wanted:
        if not changes_later(links, unit, since):
            return
        go_on(links, unit, since)
    else:
        end(links, since)
        if office is not None:
            add_link(unit, office, line, since)
    rebuild_ancestry()
    data = {"line": str(line), "office": [before, office.pk if office else None], "since": since}
    record("unit.placed", about=unit, by=by, unit_id=unit.pk, data=data)


def links_of_unit(unit: Unit, line: str) -> Any:
    """The rows that place a unit under others in a line."""
    if unit.is_school:
        return Affiliation.objects.filter(school=unit.pk, kind=line)
    return OfficeLink.objects.filter(child=unit.pk, kind=line)


def offices_on(unit: Unit, line: str, day: dt.date) -> list[int]:
    """The offices that a unit stands directly under in a line on a day, by primary keys. One query."""
    links = links_of_unit(unit, line).on(day)
    return list(links.values_list("office_id" if unit.is_school else "parent_id", flat=True))


def add_link(unit: Unit, office: Office, line: str, since: dt.date) -> None:
    span = {"kind": line, "valid_from": since, "valid_to": unit.valid_to}
    if unit.is_school:
        Affiliation.objects.create(school_id=unit.pk, office=office, **span)
    else:
        OfficeLink.objects.create(child_id=unit.pk, parent=office, **span)


@transaction.atomic
def limit_department(*, office: Office, levels: Iterable[str], by: Posting | None) -> None:
    """The levels that an internal department works on; none named: all."""
    wanted, held = set(levels), set(office.limits.values_list("level", flat=True))
    if wanted == held:
        return
    office.limits.filter(level__in=held - wanted).delete()
    DepartmentLevel.objects.bulk_create(
        DepartmentLevel(office=office, level=one) for one in sorted(wanted - held)
    )
    data = {"levels": [sorted(held), sorted(wanted)]}
    record("office.limited", about=office, by=by, unit_id=office.pk, data=data)


@transaction.atomic
def close_unit(*, unit: Unit, last_day: dt.date, by: Posting | None, successor: Unit | None = None) -> None:
    """A unit exists up to and with a last day. Its links, levels and postings end then; nothing is lost.

    What it leaves open then goes to the successor, or ends (`schools.reorganisation`): at once where the day
    is past, otherwise in the night after it. Raises Refused while other units stand beneath it after that
    day, and for a successor that could not carry its work on.
    """
    ends = last_day + dt.timedelta(days=1)
    if ends <= unit.valid_from:
        raise Refused(_("The last day lies before the day on which the unit was opened."))
    refuse_unfit_successor(unit, successor, ends)
    refuse_while_holding(unit, ends)
    unit.claim(unit.version)
    unit.valid_to, unit.successor = ends, successor
    unit.save(update_fields=["valid_to", "successor"])
    for line in LinkKind.values:
        end(links_of_unit(unit, line), ends)
    end(SchoolLevel.objects.filter(school=unit.pk), ends)
    end(Letterhead.objects.filter(office=unit.pk), ends)
    end(Posting.objects.filter(unit=unit.pk), ends)
    rebuild_ancestry()
    data = {"last_day": last_day, "successor": successor.name if successor else ""}
    record("unit.closed", about=unit, by=by, unit_id=unit.pk, data=data)
    if ends <= timezone.localdate():
        carry_over(unit, by)


def refuse_unfit_successor(unit: Unit, successor: Unit | None, ends: dt.date) -> None:
    if successor is None:
        return
    fits = successor.pk != unit.pk and successor.is_school == unit.is_school
    if not fits or not successor.is_in_force(ends):
        message = _("%(unit)s cannot carry on: choose a unit of the same kind that exists after that day.")
        raise Refused(message % {"unit": successor.name})


def refuse_while_holding(unit: Unit, ends: dt.date) -> None:
    later = Q(valid_to__isnull=True) | Q(valid_to__gt=ends)
    beneath = UnitAncestry.objects.filter(later, ancestor=unit.pk, depth=1)
    if other := beneath.select_related("descendant").first():
        message = _(
            "%(unit)s still stands beneath it on that day. Move or close what stands beneath it first."
        )
        raise Refused(message % {"unit": other.descendant.name})


def has_history(unit: Unit) -> bool:
    """Whether anything besides its own parts refers to a unit. A query for each kind of row at most."""
    return any(
        model._base_manager.filter(**{field: unit.pk}).exists() for model, field in references_to(unit)
    )


def references_to(unit: Unit) -> Iterator[tuple[Any, str]]:
    """Every model and field through which other rows refer to a unit."""
    for relation in unit._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel):
            continue
        model, field = relation.related_model, relation.field
        is_child_table = getattr(field.remote_field, "parent_link", False)
        if not is_child_table and (model, field.name) not in OWN_PARTS:
            yield model, field.name


@transaction.atomic
def remove_unit(*, unit: Unit, by: Posting | None) -> None:
    """Take away a unit that was opened by mistake. Raises Refused as soon as it has any history."""
    if has_history(unit):
        message = _(
            "%(unit)s has a history and cannot be removed. Give it a last day instead: it closes then."
        )
        raise Refused(message % {"unit": unit.name})
    record("unit.removed", about=unit, by=by, unit_id=unit.pk)
    for model, field in OWN_PARTS:
        model._base_manager.filter(**{field: unit.pk}).delete()
    unit.delete()
