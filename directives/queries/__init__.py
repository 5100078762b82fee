"""Reads over documents, tasks and assignments."""

import datetime as dt
from typing import Any, TypeVar

from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet

from directives.models import (
    Assignment,
    AssignmentState,
    Directive,
    DirectiveState,
    Evidence,
    FormReply,
    NumberRegister,
    ProgressEntry,
    Reference,
    Task,
)
from directives.models.assignment import AssignmentQuerySet
from directives.models.directive import WHOLE_TEXTS
from directives.naming import NamedUnit
from directives.proposals import TrackedTask
from directives.standing import Standing
from directives.writing.words import padded
from eduportal.base.text import search_key
from schools.models import Letterhead, Period, Posting, Unit, UnitKind
from schools.queries import units_in_scope
from schools.queries.tree import existing_beneath
from trail.models import AuditEvent

# --- standings ----------------------------------------------------------------------------------------------


def standing_counts(assignments: AssignmentQuerySet, today: dt.date) -> dict[str, int]:
    """How many stand where on a day, every standing named; the first five add up. One query."""
    rows = (
        assignments.with_standing(today)
        .order_by()
        .values_list("standing")
        .annotate(Count("pk", distinct=True))
    )
    return {standing.value: 0 for standing in Standing} | dict(rows)


def counts_by(assignments: AssignmentQuerySet, by: str, today: dt.date) -> dict[Any, dict[str, int]]:
    """The same for each value of a path from the assignment ("task__directive", "unit"). One query."""
    counts: dict[Any, dict[str, int]] = {}
    rows = (
        assignments.with_standing(today)
        .order_by()
        .values_list(by, "standing")
        .annotate(Count("pk", distinct=True))
    )
    for key, standing, count in rows:
        counts.setdefault(key, {one.value: 0 for one in Standing})[standing] = count
    return counts


def office_assignments(office: Unit, on: dt.date) -> AssignmentQuerySet:
    """What units in the subtree of an office have to do on a day, and what its own documents assign."""
    theirs = Q(unit__in=existing_beneath(office, on))
    return Assignment.objects.filter(theirs | Q(task__directive__office=office.pk))


def open_for_month(unit: Unit, period: Period) -> AssignmentQuerySet:
    """What the unit's page of a month shows: work that is open, and work it reported on in that month."""
    reported = ProgressEntry.objects.filter(assignment=OuterRef("pk"), period=period)
    return (
        Assignment.objects.filter(unit=unit)
        .filter(Q(state=AssignmentState.OPEN) | Exists(reported))
        .with_document()
        .order_by(F("deadline").asc(nulls_last=True), "task__directive", "task__position")
    )


# --- units --------------------------------------------------------------------------------------------------


def addressable_units(office: Unit, on: dt.date) -> QuerySet[Unit]:
    """The units an office may address by name on a day: its subtree, itself included."""
    return Unit.objects.on(on).filter(pk__in=existing_beneath(office, on))


def units_within(office: Unit, on: dt.date) -> QuerySet[Unit]:
    """The office itself and its internal departments on a day."""
    return addressable_units(office, on).filter(Q(pk=office.pk) | Q(kind=UnitKind.INTERNAL))


def addressable_by(directive: Directive, on: dt.date) -> QuerySet[Unit]:
    """The units a document may name: an internal one stays within its office."""
    units = units_within if directive.is_internal else addressable_units
    return units(directive.office, on)


def named_units(directive: Directive, on: dt.date) -> list[NamedUnit]:
    """The same as names to look up, with those that they bore before. Two queries."""
    units = addressable_by(directive, on)
    former = former_names(units)
    return [
        NamedUnit(*row, former=tuple(former.get(row[0], ())))
        for row in units.values_list("pk", "name", "short_name", "kind")
    ]


def former_names(units: QuerySet[Unit]) -> dict[int, list[str]]:
    """What units were called before, by unit, the latest first: from the trail. One query."""
    found: dict[int, list[str]] = {}
    edits = AuditEvent.objects.filter(verb="unit.edited", unit_id__in=units.order_by().values("pk"))
    for unit, data in edits.values_list("unit_id", "data"):
        found.setdefault(unit, []).extend(data[name][0] for name in ("name", "short_name") if name in data)
    return found


def letterhead_of(office: Unit, on: dt.date) -> Letterhead | None:
    """The letterhead in force on a day. One query."""
    return Letterhead.objects.on(on).filter(office=office.pk).first()


def is_on_issuing_side(user: Any, directive: Directive) -> bool:
    """Whether the person sees the issuing office itself, and with it the document's history. One query."""
    return units_in_scope(user).filter(pk=directive.office_id).exists()


def tracked_tasks(directive: Directive, numbers: set[str]) -> list[TrackedTask]:
    """The tasks that issued documents of the same office and of these numbers have set. One query at most."""
    plain = {number.partition("/")[0] for number in numbers}
    if not plain:
        return []
    tasks = Task.objects.to_track().filter(
        directive__office=directive.office_id, directive__state=DirectiveState.ISSUED
    )
    quoted = tasks.filter(directive__number__in=plain).exclude(directive=directive.pk)
    listed = quoted.select_related("directive").defer(*(f"directive__{name}" for name in WHOLE_TEXTS))
    rows = [TrackedTask(task.directive.full_number, task.path, task.text) for task in listed]
    return [row for row in rows if row.number in numbers]


# --- pages --------------------------------------------------------------------------------------------------


def next_number(directive: Directive, year: int) -> int:
    """The next number of the register of a document's office and kind; 1 where none was given. Two queries.

    Numbers under which the office's own documents were entered are passed over: those of the same symbol.
    What a higher office signed (01/TB-BGDĐT) stands in another register.
    """
    office, kind = directive.office_id, directive.kind
    issued = Directive.objects.issued().filter(
        office=office, kind=kind, symbol=directive.symbol, sender="", issued_on__year=year
    )
    taken = set(issued.values_list("number", flat=True))
    register = NumberRegister.objects.filter(office=office, kind=kind, year=year).first()
    number = register.last_number + 1 if register else 1
    while padded(number) in taken:
        number += 1
    return number


def review_tasks(directive: Directive) -> QuerySet[Task]:
    """All items of a document in its order, those taken out included, with whom they concern."""
    rows = directive.tasks.select_related("data_form").prefetch_related("addressees__unit")
    return rows.order_by("position")


def citations(user: Any, directive: Directive) -> list[tuple[Reference, Directive | None]]:
    """What a document cites, each with the issued document here that it means, if the person may see it.

    Two queries.
    """
    references = list(directive.references.all())
    numbers = {one.number for one in references if one.number and one.symbol}
    candidates = Directive.objects.visible_to(user).for_lists().issued().filter(number__in=numbers)
    known = list(candidates.exclude(pk=directive.pk).order_by("-issued_on", "-pk"))
    return [(one, next((other for other in known if _means(one, other)), None)) for one in references]


def _means(reference: Reference, other: Directive) -> bool:
    """Numbers begin anew each year: the day that is cited tells the document, else its year, if any is."""
    same = (reference.number, reference.symbol) == (other.number, other.symbol)
    if not same or other.issued_on is None:
        return False
    if reference.dated:
        return reference.dated == other.issued_on
    return reference.year in (None, other.issued_on.year)


def cited_by(user: Any, directive: Directive) -> QuerySet[Directive]:
    """Documents that cite this one, of those the person may see, the newest first. One query."""
    if not directive.number or not directive.symbol or directive.issued_on is None:
        return Directive.objects.none()
    day = directive.issued_on
    citing = Reference.objects.filter(
        Q(dated=day) | Q(dated__isnull=True) & (Q(year=day.year) | Q(year__isnull=True)),
        directive=OuterRef("pk"),
        number=directive.number,
        symbol=directive.symbol,
    )
    rows = Directive.objects.visible_to(user).for_lists().kept().filter(Exists(citing))
    return rows.exclude(pk=directive.pk).order_by(F("issued_on").desc(nulls_first=True), "-pk")


def history_of(row: Model, limit: int = 50) -> QuerySet[AuditEvent]:
    """What happened to a row, newest first."""
    return AuditEvent.objects.about(row)[:limit]


# --- the list of assignments --------------------------------------------------------------------------------


def search_assignments(assignments: AssignmentQuerySet, q: str) -> AssignmentQuerySet:
    """Those whose task or unit holds every word, with or without diacritics; a number finds its document."""
    for word in search_key(q).split():
        assignments = assignments.filter(
            Q(task__search_key__contains=word)
            | Q(unit__search_key__contains=word)
            | Q(task__directive__number=word.partition("/")[0])
        )
    return assignments


def listed_assignments(assignments: AssignmentQuerySet) -> AssignmentQuerySet:
    """Open work first, by its last day, with what a row of the list shows."""
    return assignments.with_document().order_by(
        F("reported_done_on").asc(nulls_first=True),
        F("deadline").asc(nulls_last=True),
        "task__directive",
        "task__position",
        "unit__sort_key",
    )


# --- what units say of their assignments --------------------------------------------------------------------

Said = TypeVar("Said", ProgressEntry, Evidence, FormReply)


def readable(rows: QuerySet[Said], user: Any, by: Posting | None) -> QuerySet[Said]:
    """What was sent of assignments in sight, and what the own unit has not sent yet. Lazy.

    `rules.may_read`, said to the database: of progress, evidence and answers to forms alike.
    """
    own = [by.unit_id, by.acting_unit.pk] if by else []
    seen = rows.filter(assignment__unit__in=units_in_scope(user).values("pk"))
    return seen.filter(Q(sent_at__isnull=False) | Q(assignment__unit__in=own))
