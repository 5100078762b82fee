"""Work that recurs: how often it does, and a share for each unit in each of its periods."""

import datetime as dt

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from directives.models import Assignment, Directive, Occurrence, Recurrence, Task
from directives.models.assignment import UNFINISHED
from directives.occurrences import Rule, Span, due_spans
from directives.queries.readiness import recipients_of
from directives.queries.recurring import latest_shares, still_recurring
from eduportal.base.errors import Refused
from schools.models import Posting, Unit
from trail.actions import record

# A rule and days that come to more are a slip: a week is the shortest period.
MOST_OCCURRENCES = 120


@transaction.atomic
def set_recurrence(
    *,
    task: Task,
    version: int,
    rule: Rule,
    since: dt.date,
    until: dt.date,
    by: Posting,
    today: dt.date,
) -> Recurrence:
    """Have a task come again, or otherwise than before; what is due by now is opened at once.

    `version` is that of the recurrence as it was shown, 0 where there was none. Shares that units have
    already become those of the first occurrence; their deadline stays, where they have one. Raises
    EditConflict when somebody set it meanwhile, Refused where the document is out of force.
    """
    refuse_not_in_force(task)
    recurrence = claimed(task, version)
    recurrence.per, recurrence.every, recurrence.times = rule.per, rule.every, rule.times
    recurrence.day, recurrence.month = rule.day, rule.month
    recurrence.since, recurrence.until, recurrence.stopped_at = since, until, None
    recurrence.set_by = by.user
    recurrence.save()
    data = {"item": f"{str(task)[:80]} – {recurrence}", "since": since, "until": until}
    record("task.recurs", about=task.directive, by=by, unit_id=task.directive.office_id, data=data)
    open_occurrences(recurrence=recurrence, today=today)
    return recurrence


def claimed(task: Task, version: int) -> Recurrence:
    """The stored recurrence in its next version, or a new one. The task stays locked meanwhile."""
    Task.objects.select_for_update().get(pk=task.pk)
    stored = Recurrence.objects.filter(task=task).first()
    if stored is not None:
        stored.claim(version)
        return stored
    return Recurrence(task=task)


@transaction.atomic
def stop_recurrence(*, task: Task, version: int, by: Posting) -> None:
    """No occurrence is opened any more; what was opened stays. Raises EditConflict, Refused as above."""
    recurrence = Recurrence.objects.filter(task=task, stopped_at__isnull=True).first()
    if recurrence is None:
        raise Refused(_("This task does not recur any more. Nothing was changed."))
    recurrence.claim(version)
    recurrence.stopped_at = timezone.now()
    recurrence.save(update_fields=["stopped_at"])
    data = {"item": str(task)[:120]}
    record("task.recurs_no_more", about=task.directive, by=by, unit_id=task.directive.office_id, data=data)


def refuse_not_in_force(task: Task) -> None:
    if not task.directive.is_in_force:
        raise Refused(_("Only a task of an issued document that is in force can recur. Nothing was changed."))


def open_due_occurrences(today: dt.date) -> int:
    """Open what is due of all recurring work, each for itself. Gives how many occurrences. Safe to repeat."""
    return sum(open_occurrences(recurrence=one, today=today) for one in still_recurring(today))


@transaction.atomic
def open_occurrences(*, recurrence: Recurrence, today: dt.date) -> int:
    """Open the occurrences of one task that are due by a day. Gives how many; none on a second run.

    The recurrence stays locked meanwhile, so that two processes do not open the same.
    """
    locked = Recurrence.objects.select_for_update().get(pk=recurrence.pk)
    task = Task.objects.select_related("directive").get(pk=locked.task_id)
    if locked.stopped_at or not task.directive.is_in_force:
        return 0
    opened = set(task.occurrences.values_list("first", "last"))
    due = due_spans(locked.rule, since=locked.since, until=locked.until, today=today)
    new = [span for span in due if (span.first, span.last) not in opened][:MOST_OCCURRENCES]
    for span in new:
        open_one(task, locked, span, today)
    return len(new)


def open_one(task: Task, recurrence: Recurrence, span: Span, today: dt.date) -> Occurrence:
    """An occurrence and a share of it for each unit that the task concerns on this day."""
    occurrence = Occurrence.objects.create(
        task=task,
        per=recurrence.per,
        first=span.first,
        last=span.last,
        deadline=span.deadline,
        ordinal=span.ordinal,
        times=span.times,
    )
    adopt_shares(task, occurrence)
    units = concerned(task, today)
    has_it = set(occurrence.assignments.values_list("unit", flat=True))
    Assignment.objects.bulk_create(
        (
            Assignment(
                task=task,
                unit_id=unit,
                role=role,
                occurrence=occurrence,
                deadline=span.deadline,
                first_deadline=span.deadline,
            )
            for unit, role in units.items()
            if unit not in has_it
        ),
        batch_size=1000,
    )
    directive = task.directive
    data = {"item": f"{str(task)[:80]} – {occurrence}", "assignments": occurrence.assignments.count()}
    record("task.occurrence_opened", about=directive, by=None, unit_id=directive.office_id, data=data)
    return occurrence


def adopt_shares(task: Task, occurrence: Occurrence) -> None:
    """Shares handed out on issue, before it was said that the work recurs, are those of its first time."""
    first = Assignment.objects.filter(task=task, occurrence__isnull=True)
    unfinished = Q(state__in=UNFINISHED)
    first.filter(unfinished).update(
        occurrence=occurrence,
        deadline=Coalesce("deadline", occurrence.deadline),
        first_deadline=Coalesce("first_deadline", occurrence.deadline),
        version=F("version") + 1,
    )
    first.exclude(unfinished).update(occurrence=occurrence)


def concerned(task: Task, today: dt.date) -> dict[int, str]:
    """The units that get a share on a day, with their role.

    Those whom the document names then, and those who had the last share, whoever gave it to them; without
    those whose last share stands outside: it was taken off them, or is not theirs.
    """
    directive: Directive = task.directive
    units = dict(recipients_of(directive, today).get(task.pk, {}))
    for unit, (role, state) in latest_shares(task).items():
        if state in ("paused", "cancelled", "refused"):
            units.pop(unit, None)
        else:
            units.setdefault(unit, role)
    existing = Unit.objects.on(today).filter(pk__in=units).values_list("pk", flat=True)
    return {unit: units[unit] for unit in existing}
