"""What there is to remind of, whom, and whether it still holds when a letter leaves."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from directives.models import Assignment, AssignmentState, Extension
from directives.models.assignment import AssignmentQuerySet
from directives.models.directive import WHOLE_TEXTS
from eduportal.base.models import in_force
from reports.models import MonthlyReport, Reminder
from reports.models.monthly import MISSING, MonthlyReportQuerySet
from reports.models.reminder import ReminderQuerySet
from reports.queries.people import Staffing, staffing
from reports.schedule import Plan, Said, last_deadline
from schools.models import LinkKind, OfficeLink, Posting, Unit, UnitKind
from schools.queries import units_in_scope
from schools.queries.accepting import accepting_offices
from schools.queries.tree import existing_beneath
from trail.models import Notification


def plan() -> Plan:
    """The plan of this installation (no query)."""
    return Plan(every=settings.REMIND_OVERDUE_EVERY, patience=settings.REMIND_PATIENCE)


# --- what may be due ----------------------------------------------------------------------------------------


def awaited_reports(today: dt.date) -> MonthlyReportQuerySet:
    """Reports that are still to be sent, of units that exist. What was sent or excused is not among them."""
    return MonthlyReport.objects.missing().filter(in_force(today, "unit__"))


def awaited_work(today: dt.date) -> AssignmentQuerySet:
    """Work that runs, of units that exist: not done, paused, cancelled or refused.

    While a later day is asked for it is the office's turn, and the unit is left in peace.
    """
    asked = Extension.objects.filter(assignment=OuterRef("pk"), decided_at__isnull=True)
    rows = Assignment.objects.open().filter(in_force(today, "unit__"), deadline__isnull=False)
    return rows.filter(~Exists(asked))


def reports_to_look_at(today: dt.date) -> list[int]:
    """Primary keys of reports of which there may be something to say today. One query."""
    said = Reminder.objects.filter(report=OuterRef("pk"), deadline=OuterRef("due_on"))
    rows = awaited_reports(today).filter(due_on__lte=last_deadline(today, plan()))
    return list(rows.filter(~done_today(said, today)).order_by("pk").values_list("pk", flat=True))


def work_to_look_at(today: dt.date) -> list[int]:
    """The same of assignments. One query."""
    said = Reminder.objects.filter(assignment=OuterRef("pk"), deadline=OuterRef("deadline"))
    rows = awaited_work(today).filter(deadline__lte=last_deadline(today, plan()))
    return list(rows.filter(~done_today(said, today)).order_by("pk").values_list("pk", flat=True))


def done_today(said: ReminderQuerySet, today: dt.date) -> Exists:
    """Reminded of today already, or as often as the portal does at all."""
    return Exists(said.filter(Q(on__gte=today) | Q(stage__gte=plan().most_overdue)))


def said_of_reports(reports: Collection[int]) -> dict[int, list[Said]]:
    """What was said of each report's present deadline, by primary key. One query."""
    rows = Reminder.objects.filter(report__in=reports, deadline=F("report__due_on"))
    return by_key(rows.values_list("report", "stage", "on"))


def said_of_work(assignments: Collection[int]) -> dict[int, list[Said]]:
    """The same of assignments. One query."""
    rows = Reminder.objects.filter(assignment__in=assignments, deadline=F("assignment__deadline"))
    return by_key(rows.values_list("assignment", "stage", "on"))


def by_key(rows: Iterable[tuple[int, int, dt.date]]) -> dict[int, list[Said]]:
    found: dict[int, list[Said]] = defaultdict(list)
    for key, stage, on in rows:
        found[key].append(Said(stage, on))
    return found


# --- whether it still holds ---------------------------------------------------------------------------------


def still_due(today: dt.date) -> ReminderQuerySet:
    """Reminders of what is still undone, with the deadline that it still has. Lazy."""
    report = Q(report__state__in=MISSING, report__due_on=F("deadline"))
    asked = Extension.objects.filter(assignment=OuterRef("assignment"), decided_at__isnull=True)
    work = Q(assignment__state=AssignmentState.OPEN, assignment__deadline=F("deadline")) & ~Q(Exists(asked))
    return Reminder.objects.filter(report | work, in_force(today, "unit__"))


def reminders_beneath(office: Unit, on: dt.date) -> ReminderQuerySet:
    """Reminders of units that exist beneath an office on a day, without its own. Lazy."""
    return Reminder.objects.filter(unit__in=existing_beneath(office, on)).exclude(unit=office.pk)


def chased(rows: ReminderQuerySet, today: dt.date) -> ReminderQuerySet:
    """Of reminders, the newest of each thing that was asked for in vain as often as patience lasts. Lazy.

    Each stands for its report or assignment; its stage is how often that was reminded of once overdue.
    """
    newer = Reminder.objects.filter(
        Q(report=OuterRef("report")) | Q(assignment=OuterRef("assignment")),
        deadline=OuterRef("deadline"),
        stage__gt=OuterRef("stage"),
    )
    held = still_due(today).filter(stage__gte=settings.REMIND_PATIENCE)
    return rows.filter(pk__in=held.values("pk")).filter(~Exists(newer))


def holding(notifications: Collection[Notification]) -> set[int]:
    """Of words about deadlines of work, those whose work still runs to that deadline. One query."""
    today = timezone.localdate()
    keys = [one.object_id for one in notifications]
    deadlines = dict(awaited_work(today).filter(pk__in=keys).values_list("pk", "deadline"))
    return {
        one.pk
        for one in notifications
        if (deadline := deadlines.get(one.object_id)) and one.data.get("due_on") == f"{deadline:%d/%m/%Y}"
    }


# --- whom to tell -------------------------------------------------------------------------------------------


def people_of(units: Iterable[int], on: dt.date) -> dict[int, list[Posting]]:
    """Who is written to for each unit, by primary key: those who work on its reports, with open accounts.

    Of a department only who sits in the department itself, not all its divisions. Three queries.
    """
    staffed = staffing(units, on)
    departments = set(
        Unit.objects.filter(pk__in=staffed, kind=UnitKind.DEPARTMENT).values_list("pk", flat=True)
    )
    return {
        unit: [
            one
            for one in people.everybody
            if one.user.is_active and (unit not in departments or one.unit_id == unit)
        ]
        for unit, people in staffed.items()
    }


def offices_above(units: Collection[int], on: dt.date) -> dict[int, list[int]]:
    """For each unit the office that accepts its reports, and the one above that, as far as there are any.

    An internal department answers to the office that it is part of. Six queries.
    """
    first = directly_above(units, on)
    second = directly_above(set(first.values()), on)
    return {
        unit: [office for office in (first.get(unit), second.get(first.get(unit, 0))) if office is not None]
        for unit in units
    }


def directly_above(units: Collection[int], on: dt.date) -> dict[int, int]:
    links = OfficeLink.objects.on(on).filter(
        child__in=units, child__kind=UnitKind.INTERNAL, kind=LinkKind.ADMINISTRATIVE
    )
    return dict(links.values_list("child", "parent")) | accepting_offices(on, units)


# --- for letters and lists ----------------------------------------------------------------------------------


def with_what_it_is_of(rows: QuerySet[Reminder]) -> QuerySet[Reminder]:
    """With unit, month, task and document, for letters and lists."""
    parts = ("unit", "report__period", "assignment__task__directive", "assignment__occurrence")
    texts = (f"assignment__task__directive__{column}" for column in WHOLE_TEXTS)
    return rows.select_related(*parts).defer(*texts)


@dataclass(frozen=True)
class ChasedRow:
    """What was asked for in vain, and whom to call: the head, or whoever else works there."""

    reminder: Reminder
    people: Staffing

    @property
    def contacts(self) -> list[Posting]:
        return self.people.heads or self.people.others

    @property
    def head(self) -> str:
        return ", ".join(one.user.full_name for one in self.contacts)

    @property
    def phones(self) -> list[str]:
        """The unit's own telephone first, each once."""
        numbers = [self.reminder.unit.phone, *(one.user.phone for one in self.contacts)]
        return list(dict.fromkeys(number for number in numbers if number))


def chased_beneath(user: Any, office: Unit, today: dt.date) -> list[ChasedRow]:
    """What the units beneath an office were reminded of in vain, of those in sight. Four queries."""
    rows = chased(reminders_beneath(office, today), today).filter(unit__in=units_in_scope(user).values("pk"))
    listed = list(with_what_it_is_of(rows).order_by("unit__sort_key", "deadline", "pk"))
    people = staffing({one.unit_id for one in listed}, today)
    return [ChasedRow(one, people[one.unit_id]) for one in listed]
