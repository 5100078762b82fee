"""Every write to units, links, postings, periods and recognitions."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eduportal.base.errors import Refused
from eduportal.base.text import nfc, search_key, sort_key
from schools.closure import FOREVER, CycleFound, Link, ancestries, closure, parents_of
from schools.models import (
    Affiliation,
    Letterhead,
    LinkKind,
    Office,
    OfficeLink,
    Period,
    PeriodKind,
    Posting,
    School,
    SchoolLevel,
    StandardRecognition,
    Unit,
    UnitAncestry,
    UnitKind,
)
from schools.periods import Named
from schools.standards import lapses_on
from trail.actions import record

ANCESTRY_FIELDS = ("ancestor_id", "descendant_id", "kind", "depth", "valid_from", "valid_to")


def named(name: str, short_name: str) -> dict[str, str]:
    """The name fields of a unit with the keys by which it is found and sorted."""
    name, short_name = nfc(name).strip(), nfc(short_name).strip()
    return {
        "name": name,
        "short_name": short_name,
        "search_key": search_key(f"{name} {short_name}")[:300],
        "sort_key": sort_key(name)[:900],
    }


@transaction.atomic
def open_office(
    *,
    kind: UnitKind,
    code: str,
    name: str,
    short_name: str,
    opened_on: dt.date,
    by: Posting | None,
    parents: Iterable[tuple[Office, LinkKind]] = (),
    phone: str = "",
) -> Office:
    """Open an office under its parents, each in one line. Rebuilds the closure."""
    office = Office.objects.create(
        kind=kind, code=code, valid_from=opened_on, phone=phone, **named(name, short_name)
    )
    OfficeLink.objects.bulk_create(
        OfficeLink(child=office, parent=parent, kind=line, valid_from=opened_on) for parent, line in parents
    )
    rebuild_ancestry()
    record("office.opened", about=office, by=by, unit_id=office.pk)
    return office


@transaction.atomic
def open_school(
    *,
    code: str,
    name: str,
    short_name: str,
    levels: Iterable[str],
    opened_on: dt.date,
    affiliations: Iterable[tuple[Office, LinkKind]],
    by: Posting | None,
    is_public: bool = True,
    phone: str = "",
    cluster: str = "",
) -> School:
    """Open a school with its levels, affiliated to offices, each in one line. Adds to the closure."""
    school = School.objects.create(
        kind=UnitKind.SCHOOL,
        code=code,
        valid_from=opened_on,
        is_public=is_public,
        cluster=cluster,
        phone=phone,
        **named(name, short_name),
    )
    SchoolLevel.objects.bulk_create(
        SchoolLevel(school=school, level=level, valid_from=opened_on) for level in levels
    )
    Affiliation.objects.bulk_create(
        Affiliation(school=school, office=office, kind=line, valid_from=opened_on)
        for office, line in affiliations
    )
    add_ancestry(school)
    record("school.opened", about=school, by=by, unit_id=school.pk)
    return school


@transaction.atomic
def set_letterhead(*, office: Office, valid_from: dt.date, by: Posting | None, **lines: str) -> Letterhead:
    """Give an office a letterhead from a day on; the one before ends the day before.

    `lines`: superior, issuer, symbol, place, head_title.
    """
    Letterhead.objects.filter(office=office, valid_to__isnull=True).update(valid_to=valid_from)
    letterhead = Letterhead.objects.create(office=office, valid_from=valid_from, **lines)
    record("office.letterhead_set", about=office, by=by, unit_id=office.pk, data=dict(lines))
    return letterhead


@transaction.atomic
def rebuild_ancestry() -> None:
    """Bring the closure in line with links and affiliations. Rows that are right already stay as they are.

    Computed whole: thousands of units at most. Raises Refused when a unit would stand under itself.
    """
    # The first unit's row is the lock: two closures built side by side would each miss the other's links.
    Unit.objects.select_for_update().order_by("pk").first()
    wanted = {row for line in LinkKind.values for row in ancestries_of(line)}
    stored = {tuple(row): pk for pk, *row in UnitAncestry.objects.values_list("pk", *ANCESTRY_FIELDS)}
    gone = [pk for row, pk in stored.items() if row not in wanted]
    for start in range(0, len(gone), 500):
        UnitAncestry.objects.filter(pk__in=gone[start : start + 500]).delete()
    new = [
        UnitAncestry(**dict(zip(ANCESTRY_FIELDS, row, strict=True))) for row in wanted if row not in stored
    ]
    UnitAncestry.objects.bulk_create(new, batch_size=500)


def add_ancestry(school: School) -> None:
    """Add a new school to the closure. Nothing stands beneath it, so nothing else changes.

    Opening thousands of schools one by one, as an import does, would otherwise compute all for each.
    """
    Unit.objects.select_for_update().order_by("pk").first()  # the lock, as in rebuild_ancestry
    rows = [(school.pk, line, 0, school.valid_from, school.valid_to) for line in LinkKind.values]
    for line in LinkKind.values:
        offices = OfficeLink.objects.filter(kind=line).values_list(
            "child", "parent", "valid_from", "valid_to"
        )
        own = school.affiliations.filter(kind=line).values_list("school", "office", "valid_from", "valid_to")
        links = [Link(child, parent, start, end or FOREVER) for child, parent, start, end in [*offices, *own]]
        parents = parents_of(links)
        rows += [
            (row.ancestor, line, row.depth, row.start, None if row.end == FOREVER else row.end)
            for row in ancestries(school.pk, parents)
        ]
    UnitAncestry.objects.bulk_create(
        UnitAncestry(
            ancestor_id=ancestor, descendant=school, kind=line, depth=depth, valid_from=start, valid_to=end
        )
        for ancestor, line, depth, start, end in rows
    )


def ancestries_of(line: str) -> Iterator[tuple[Any, ...]]:
    """The closure of one line as rows of ANCESTRY_FIELDS. Each unit is its own ancestor while it exists."""
    for pk, valid_from, valid_to in Unit.objects.values_list("pk", "valid_from", "valid_to"):
        yield pk, pk, line, 0, valid_from, valid_to
    try:
        found = closure(links_of(line))
    except CycleFound as cycle:
        message = _(
            "%(unit)s would stand under itself from %(day)s on. Check its higher units; nothing was changed."
        )
        unit = Unit.objects.get(pk=cycle.unit)
        raise Refused(message % {"unit": unit.name, "day": f"{cycle.day:%d/%m/%Y}"}) from cycle
    for row in found:
        yield (
            row.ancestor,
            row.descendant,
            line,
            row.depth,
            row.start,
            None if row.end == FOREVER else row.end,
        )


def links_of(line: str) -> list[Link]:
    offices = OfficeLink.objects.filter(kind=line).values_list(
        "child_id", "parent_id", "valid_from", "valid_to"
    )
    schools = Affiliation.objects.filter(kind=line).values_list(
        "school_id", "office_id", "valid_from", "valid_to"
    )
    return [Link(child, parent, start, end or FOREVER) for child, parent, start, end in [*offices, *schools]]


@transaction.atomic
def post(
    *,
    user: Any,
    unit: Unit,
    role: str,
    valid_from: dt.date,
    by: Posting | None,
    valid_to: dt.date | None = None,
) -> Posting:
    """Give a person a role in a unit from a day on, up to, and without, another where that is known."""
    posting = Posting.objects.create(
        user=user, unit_id=unit.pk, role=role, valid_from=valid_from, valid_to=valid_to
    )
    record("posting.begun", about=posting, by=by, unit_id=unit.pk, data={"role": role})
    return posting


@transaction.atomic
def end_posting(*, posting: Posting, last_day: dt.date, by: Posting | None) -> None:
    """End a posting after a last day. Rights and sight end with it.

    Raises Refused for one that has ended and would run again: what lies between would look like its own.
    """
    ended = posting.valid_to
    if ended is not None and ended <= timezone.localdate() and last_day >= ended:
        raise Refused(_("This posting has ended. To go on, enter a new posting. Nothing was changed."))
    posting.valid_to = last_day + dt.timedelta(days=1)
    posting.save(update_fields=["valid_to"])
    record("posting.ended", about=posting, by=by, unit_id=posting.unit_id)


# --- periods ------------------------------------------------------------------------------------------------


def period_named(kind: PeriodKind | str, year: int, ordinal: int) -> Period:
    """The period of that kind, year and number by the installation's rule, made when first asked for."""
    data_from, data_to = Named(kind, year, ordinal).bounds(settings.MONTH_STARTS_ON)
    period, _made = Period.objects.get_or_create(
        kind=kind, year=year, ordinal=ordinal, defaults={"data_from": data_from, "data_to": data_to}
    )
    return period


def month_period(year: int, month: int) -> Period:
    return period_named(PeriodKind.MONTH, year, month)


def school_year_period(year: int) -> Period:
    """That of the school year that begins in a year."""
    return period_named(PeriodKind.SCHOOL_YEAR, year, 1)


def calendar_year_period(year: int) -> Period:
    return period_named(PeriodKind.CALENDAR_YEAR, year, 1)


def term_period(year: int, ordinal: int) -> Period:
    """That of a term of the school year that begins in a year."""
    return period_named(PeriodKind.TERM, year, ordinal)


def stored_period(period: Period) -> Period:
    """A period that was only named (kind, year, number), as it is stored; made when first needed."""
    return period if period.pk else period_named(period.kind, period.year, period.ordinal)


# --- national standard --------------------------------------------------------------------------------------


@transaction.atomic
def enter_recognition(
    *, school: School, level: int, decision_number: str, decided_on: dt.date, by: Posting | None
) -> StandardRecognition:
    """Enter a decision that recognises a school; it lapses by the rule of its day.

    Raises Refused when another is in force at the same time: that one is renewed or corrected instead.
    """
    row = StandardRecognition(school=school)
    write_recognition(row, level, decision_number, decided_on)
    record("recognition.entered", about=row, by=by, unit_id=school.pk, data=said_of(row))
    return row


@transaction.atomic
def renew_recognition(
    *,
    recognition: StandardRecognition,
    version: int,
    level: int,
    decision_number: str,
    decided_on: dt.date,
    by: Posting | None,
) -> StandardRecognition:
    """A new decision takes the place of one, at the same or another level; the former ends on its day.

    One that has lapsed meanwhile may be renewed too; it stays lapsed in between.
    """
    recognition.claim(version)
    refuse_unless_open(recognition)
    if decided_on <= recognition.valid_from:
        raise Refused(_("The new decision must be later than the one that it renews. Nothing was changed."))
    recognition.valid_to = min(recognition.valid_to or decided_on, decided_on)
    recognition.save(update_fields=["valid_to"])
    row = StandardRecognition(school=recognition.school, renews=recognition)
    write_recognition(row, level, decision_number, decided_on)
    record("recognition.renewed", about=row, by=by, unit_id=row.school_id, data=said_of(row))
    return row


@transaction.atomic
def correct_recognition(
    *,
    recognition: StandardRecognition,
    version: int,
    level: int,
    decision_number: str,
    decided_on: dt.date,
    by: Posting | None,
) -> StandardRecognition:
    """Put right what was mistyped. The former values go to the trail."""
    recognition.claim(version)
    refuse_unless_open(recognition)
    before = said_of(recognition)
    former = recognition.renews
    if former and decided_on <= former.valid_from:
        raise Refused(_("The new decision must be later than the one that it renews. Nothing was changed."))
    if former:
        former.valid_to = min(lapses_on(former.valid_from), decided_on)
        former.save(update_fields=["valid_to"])
    write_recognition(recognition, level, decision_number, decided_on)
    data = {"before": before, **said_of(recognition)}
    record("recognition.corrected", about=recognition, by=by, unit_id=recognition.school_id, data=data)
    return recognition


@transaction.atomic
def revoke_recognition(
    *, recognition: StandardRecognition, version: int, revoked_on: dt.date, reason: str, by: Posting | None
) -> StandardRecognition:
    """End a recognition before its time. It counts up to the day before."""
    recognition.claim(version)
    refuse_unless_open(recognition)
    ends = recognition.valid_to
    if revoked_on <= recognition.valid_from or (ends and revoked_on > ends):
        raise Refused(
            _("A recognition can only be revoked on a day while it is in force. Nothing was changed.")
        )
    recognition.valid_to = recognition.revoked_on = revoked_on
    recognition.revoke_reason = nfc(reason).strip()
    recognition.save(update_fields=["valid_to", "revoked_on", "revoke_reason"])
    data = {"on": revoked_on, "reason": recognition.revoke_reason}
    record("recognition.revoked", about=recognition, by=by, unit_id=recognition.school_id, data=data)
    return recognition


def write_recognition(
    row: StandardRecognition, level: int, decision_number: str, decided_on: dt.date
) -> None:
    """Store what a decision says, unless another of the school is in force within its time."""
    # Two people who enter the same decision side by side: the school's row is the lock.
    Unit.objects.select_for_update().get(pk=row.school_id)
    row.level, row.decision_number = level, nfc(decision_number).strip()
    row.search_key = search_key(row.decision_number)
    row.valid_from, row.valid_to = decided_on, lapses_on(decided_on)
    others = StandardRecognition.objects.filter(
        school=row.school_id, valid_from__lt=row.valid_to, valid_to__gt=row.valid_from
    )
    if other := others.exclude(pk=row.pk).first():
        raise Refused(
            _(
                "%(school)s already has a recognition in force within this time: %(other)s of %(day)s. "
                "Renew or correct that one; nothing was changed."
            )
            % {"school": row.school.name, "other": other, "day": f"{other.valid_from:%d/%m/%Y}"}
        )
    row.save()


def refuse_unless_open(recognition: StandardRecognition) -> None:
    """One that was renewed or revoked is a record and stays as it is."""
    if not recognition.is_open:
        raise Refused(_("This recognition was renewed or revoked already. Nothing was changed."))


def said_of(row: StandardRecognition) -> dict[str, Any]:
    return {"level": row.level, "decision": row.decision_number, "on": row.valid_from}
