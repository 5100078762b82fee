"""Whether a document may be issued, to whom its tasks go then, and what is worth a look before."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Sum
from django.db.models.functions import ExtractYear
from django.utils.text import Truncator

from directives.documents import official_document
from directives.models import (
    Addressee,
    AddresseeKind,
    AssigneeRole,
    Directive,
    Task,
)
from directives.queries import addressable_by
from directives.writing.checks import check
from eduportal.base.templatetags.eduportal import day
from schools.models import School, Unit
from schools.queries.tree import schools_beneath

# Of what `writing.checks` finds. The rest stands in the way of issuing, or is filled in then.
OF_FORM = (
    "symbol_not_of_kind",
    "signer_with_academic_title",
    "list_item_unended",
    "list_unclosed",
    "item_out_of_order",
)


@dataclass(frozen=True)
class Notice:
    """A code for directives.wording, the words it needs, and the task it speaks of."""

    code: str
    text: str = ""
    task: Task | None = None


@dataclass(frozen=True)
class Readiness:
    """What stands in the way of issuing, what to look at before, and who will receive what."""

    blocks: list[Notice]
    warnings: list[Notice]
    recipients: dict[int, dict[int, str]]
    schools: int = 0
    offices: list[Unit] = field(default_factory=list)

    @property
    def tasks(self) -> int:
        return len(self.recipients)


def recipients_of(directive: Directive, on: dt.date) -> dict[int, dict[int, str]]:
    """For each tracked task, the units it goes to on a day and their role: to lead or else to support.

    Queries once for addressees, once for named units, once for all schools and once a level. Named units that
    are no longer in the office's subtree are left out.
    """
    rows = Addressee.objects.filter(task__in=directive.tasks.to_track())
    addressees = list(rows.order_by("task", "pk"))
    named = [one.unit_id for one in addressees if one.kind == AddresseeKind.UNIT]
    present = set(addressable_by(directive, on).filter(pk__in=named).values_list("pk", flat=True))
    schools = schools_beneath(directive.office, on)
    groups: dict[tuple[str, str], list[int]] = {}
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for one in addressees:
        if one.kind == AddresseeKind.UNIT:
            units = [one.unit_id] if one.unit_id in present else []
        elif directive.is_internal:
            units = []
        else:
            key = (one.kind, one.level)
            if key not in groups:
                group = schools.teaching(one.level, on) if one.level else schools
                groups[key] = list(group.values_list("pk", flat=True))
            units = groups[key]
        for unit in units:
            if found[one.task_id].get(unit) != AssigneeRole.LEAD:
                found[one.task_id][unit] = one.role
    return {task: roles for task, roles in found.items() if roles}


def readiness(directive: Directive, on: dt.date) -> Readiness:
    """Whether a document can be issued on a day, and to whom it would go."""
    kept = list(directive.tasks.kept().prefetch_related("addressees__unit"))
    tasks = [task for task in kept if task.is_tracked]
    recipients = recipients_of(directive, on)
    units = Unit.objects.filter(pk__in={unit for roles in recipients.values() for unit in roles})
    schools = School.objects.filter(pk__in=units.values("pk")).count()
    return Readiness(
        blocks=[
            *_missing(directive),
            *_duplicate(directive),
            *_beyond_office(directive, tasks),
            *_without_addressee(tasks, recipients),
        ],
        warnings=[*_worth_a_look(directive, tasks, on), *_of_form(directive), *_doubtful(kept)],
        recipients=recipients,
        schools=schools,
        offices=[unit for unit in units if not unit.is_school],
    )


def tasks_version(directive: Directive) -> int:
    """Grows with every change to an item of a draft: the sum of their versions. One query.

    Reading the text again moves the document's own version; where else an item goes, its version is added to
    that of one that stays.
    """
    return directive.tasks.aggregate(all=Sum("version", default=0))["all"]


def _missing(directive: Directive) -> Iterable[Notice]:
    if not directive.subject:
        yield Notice("subject_missing")
    if directive.written_here:
        return
    if not directive.number:
        yield Notice("number_missing")
    if directive.issued_on is None:
        yield Notice("date_missing")


def _duplicate(directive: Directive) -> Iterable[Notice]:
    twin = issued_twin(directive)
    if twin is not None:
        yield Notice("number_taken", str(twin))


def issued_twin(directive: Directive) -> Directive | None:
    """The issued document of the same office, kind, number, symbol and year. One query."""
    if not directive.number or directive.issued_on is None:
        return None
    return (
        Directive.objects.issued()
        .exclude(pk=directive.pk)
        .annotate(year=ExtractYear("issued_on"))
        .filter(
            office=directive.office_id,
            kind=directive.kind,
            number=directive.number,
            symbol=directive.symbol,
            sender=directive.sender,
            year=directive.issued_on.year,
        )
        .first()
    )


def _beyond_office(directive: Directive, tasks: list[Task]) -> Iterable[Notice]:
    """Items of an internal document that are for schools."""
    for task in tasks if directive.is_internal else ():
        if any(one.kind != AddresseeKind.UNIT for one in task.addressees.all()):
            yield Notice("beyond_office", task=task)


def _without_addressee(tasks: list[Task], recipients: dict[int, dict[int, str]]) -> Iterable[Notice]:
    for task in tasks:
        named = [one.unit for one in task.addressees.all() if one.unit]
        lost = [unit.short_name for unit in named if unit.pk not in recipients.get(task.pk, {})]
        if lost:
            yield Notice("unit_gone", ", ".join(lost), task)
        elif task.pk not in recipients:
            yield Notice("addressee_missing", task=task)


def _worth_a_look(directive: Directive, tasks: list[Task], on: dt.date) -> list[Notice]:
    dated = directive.issued_on or dt.date.min
    due = [(task, task.deadline) for task in tasks if task.deadline]
    early = [Notice("deadline_before_document", task=task) for task, deadline in due if deadline < dated]
    past = [Notice("deadline_passed", task=task) for task, deadline in due if dated <= deadline < on]
    nothing = [] if tasks else [Notice("no_tasks")]
    ahead = [Notice("dated_in_future", day(dated))] if dated > on else []
    return [*nothing, *ahead, *early, *past]


def _of_form(directive: Directive) -> list[Notice]:
    """Where what is printed from here strays from the form of official documents. No queries."""
    if not directive.written_here:
        return []
    faults = check(official_document(directive, None))
    return [Notice(one.code, shortened(one.detail)) for one in faults if one.code in OF_FORM]


def shortened(words: str) -> str:
    return Truncator(words).chars(80, truncate="…")


def _doubtful(kept: list[Task]) -> list[Notice]:
    """Of items that are not tracked as well: that they are not may be what is doubtful."""
    return [Notice("task_doubtful", task=task) for task in kept if task.doubts and not task.confirmed]
