"""Reads of documents: the list, and what belongs to one beside its text."""

import datetime as dt
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import ExtractYear, Length

from directives.models import (
    Assignment,
    Direction,
    Directive,
    DirectiveLink,
    DirectiveState,
    Instruction,
    ProgressEntry,
)
from directives.models.assignment import AssignmentQuerySet
from directives.sheet import sheet_of_text
from directives.standing import Standing
from eduportal.base.text import search_key
from schools.models import Unit
from trail.models import AuditEvent

# How a list may be sorted; each falls back on the newest first.
ORDERS = ("date", "number", "arrival", "deadline")
NEWEST_FIRST = "-date"


def find_directives(user: Any, q: str = "") -> QuerySet[Directive]:
    """What a person may see and nobody threw away, newest first; `q` with or without diacritics."""
    return in_order(
        holding_words(Directive.objects.visible_to(user).for_lists().kept(), q), "date", down=True
    )


def listed_directives(user: Any) -> QuerySet[Directive]:
    """What a person may see, with office and the nearest day of open work in sight."""
    nearest = (
        Assignment.objects.visible_to(user)
        .open()
        .filter(task__directive=OuterRef("pk"), deadline__isnull=False)
        .order_by("deadline")
        .values("deadline")[:1]
    )
    rows = Directive.objects.visible_to(user).for_lists().select_related("office")
    return rows.annotate(next_deadline=Subquery(nearest))


def holding_words(rows: QuerySet[Directive], q: str) -> QuerySet[Directive]:
    """Those that hold every word, as people type it."""
    for word in search_key(q).split():
        rows = rows.filter(search_key__contains=word)
    return rows


def with_overdue_work(rows: QuerySet[Directive], user: Any, today: dt.date) -> QuerySet[Directive]:
    """Documents with work in sight that is overdue."""
    late = Assignment.objects.visible_to(user).with_standing(today).filter(standing=Standing.OVERDUE.value)
    return rows.filter(Exists(late.filter(task__directive=OuterRef("pk"))))


def in_order(rows: QuerySet[Directive], name: str, *, down: bool) -> QuerySet[Directive]:
    """By date, number, arrival or nearest deadline; what has none comes first in dates and last in others."""
    if name == "number":
        length, number = Length("number"), F("number")
        order = [length.desc(), number.desc()] if down else [length.asc(), number.asc()]
        return rows.order_by(*order, "-pk")
    column = {"date": F("issued_on"), "arrival": F("arrival_number"), "deadline": F("next_deadline")}[name]
    nulls: dict[str, Any] = {"nulls_first": True} if name == "date" and down else {"nulls_last": True}
    return rows.order_by(column.desc(**nulls) if down else column.asc(**nulls), "-pk")


def years_of(user: Any) -> list[int]:
    """The years of the documents in sight, newest first. One query."""
    rows = Directive.objects.visible_to(user).filter(issued_on__isnull=False)
    years = rows.order_by().values_list(ExtractYear("issued_on"), flat=True).distinct()
    return sorted(years, reverse=True)


# --- one document -------------------------------------------------------------------------------------------


def links_to_newer(user: Any, directive: Directive) -> QuerySet[DirectiveLink]:
    """What amended, replaced or withdrew a document; plans are for those who see the newer one."""
    visible = Directive.objects.visible_to(user).kept().values("pk")
    return directive.links_to_newer.filter(
        Q(effective_at__isnull=False) | Q(newer__in=visible)
    ).select_related("newer", "made_by")


def links_to_older(user: Any, directive: Directive) -> QuerySet[DirectiveLink]:
    """What a document does to others that the person sees: the reason was given for the readers of those."""
    visible = Directive.objects.visible_to(user).values("pk")
    return directive.links_to_older.filter(older__in=visible).select_related("older", "made_by")


def twins_of(user: Any, directive: Directive) -> list[Directive]:
    """Documents of the same office in sight that are the same once more, the oldest first: by number, symbol,
    date and issuer, or by the very same file. Two queries at most.

    One written here takes its number from the register and is no copy of anything.
    """
    is_same = Q()
    if directive.number and directive.issued_on:
        is_same |= Q(number=directive.number, symbol=directive.symbol, issued_on=directive.issued_on)
    if directive.original is not None:
        is_same |= Q(original__sha256=directive.original.sha256)
    if not is_same or directive.written_here:
        return []
    rows = Directive.objects.visible_to(user).kept().filter(is_same, office=directive.office_id)
    others = rows.exclude(pk=directive.pk).select_related("original", "created_by").defer("reading")
    return [one for one in others.order_by("pk") if same_file(one, directive) or same_issuer(one, directive)]


def same_file(one: Directive, other: Directive) -> bool:
    return bool(one.original and other.original and one.original.sha256 == other.original.sha256)


def same_issuer(one: Directive, other: Directive) -> bool:
    """Senders are typed in more ways than one, so the letterheads count as well. What is not told agrees."""
    senders = {search_key(one.sender), search_key(other.sender)}
    issuers = {search_key(issuer) for issuer in (issuer_of(one), issuer_of(other)) if issuer}
    return len(senders) == 1 or len(issuers) < 2


def issuer_of(directive: Directive) -> str:
    """Who issued it, as its letterhead says."""
    return sheet_of_text(directive.text).issuer


def instructions_of(directive: Directive) -> QuerySet[Instruction]:
    """What was said on an incoming document about who handles it; for those within the office."""
    said = directive.instructions.select_related("unit", "given_by")
    return said if directive.is_incoming else said.none()


def change_candidates(user: Any, directive: Directive) -> QuerySet[Directive]:
    """The office's own documents, not dated before it, that may amend or replace one; newest first."""
    rows = Directive.objects.visible_to(user).for_lists().kept().filter(office=directive.office_id, ended="")
    rows = rows.exclude(direction=Direction.INCOMING)
    fitting = rows.exclude(pk=directive.pk).exclude(issued_on__lt=directive.issued_on)
    return fitting.exclude(links_to_older__older=directive).order_by("-created_at")


def units_of_task(assignments: AssignmentQuerySet, today: dt.date) -> AssignmentQuerySet:
    """Who has done what of a task: one row a unit, with the last word that it sent as `note`."""
    sent = ProgressEntry.objects.filter(assignment=OuterRef("pk"), sent_at__isnull=False)
    note = sent.order_by("-sent_at", "-pk").values("note")[:1]
    rows = assignments.with_standing(today).annotate(note=Subquery(note))
    return rows.select_related("unit", "occurrence").order_by("unit__sort_key", "pk")


def last_step(directive: Directive, *verbs: str) -> AuditEvent | None:
    """The newest of some events of a document. One query."""
    return AuditEvent.objects.about(directive).filter(verb__in=verbs).first()


def awaiting_instruction(user: Any, office: Unit) -> QuerySet[Directive]:
    """What came in and was given to nobody yet."""
    return Directive.objects.visible_to(user).filter(
        office=office.pk, state=DirectiveState.DRAFT, arrival_number__isnull=False, instructions__isnull=True
    )
