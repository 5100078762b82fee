"""The portal's own reminders: a row for each deadline and stage, a word on the first page, lines for letters.

Run every few minutes in working hours, and as often as one likes: what is written is not written again, and
what a killed run left out the next one does. The letters themselves: reports.actions.digests.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from directives.models import Assignment
from reports.models import MonthlyReport, Reminder, ReminderLine
from reports.notices import (
    CHASED_BENEATH,
    OF_DEADLINES,
    REMINDER,
    REPORT_DUE,
    REPORT_OVERDUE,
    TASK_DUE,
    TASK_OVERDUE,
)
from reports.queries import reminders as found
from reports.schedule import due_stage, level_of
from reports.wording import excerpt
from schools.models import Posting, Unit
from schools.periods import is_working_day
from trail.actions import notification_of, notify_all
from trail.gateway import is_set_up
from trail.models import Channel, Notification

BATCH = 200


def remind_of_deadlines(*, now: dt.datetime) -> int:
    """Write down every reminder that is due today; how many were new. Each batch is a transaction."""
    today = timezone.localdate(now)
    if not is_working_day(today):
        return 0
    written = 0
    for keys in batches(found.reports_to_look_at(today)):
        written += remind_of_reports(keys, today)
    for keys in batches(found.work_to_look_at(today)):
        written += remind_of_work(keys, today)
    tell_offices(today)
    return written


def batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


@transaction.atomic
def remind_of_reports(keys: Collection[int], today: dt.date) -> int:
    """Remind of some reports, as they are once they are held: whoever sends at this moment waits or is left
    to the next round."""
    rows = found.awaited_reports(today).filter(pk__in=keys)
    locked = rows.select_for_update(of=("self",), skip_locked=True)
    reports = list(locked.select_related("unit", "period").order_by("pk"))
    said = found.said_of_reports([one.pk for one in reports])
    due = []
    for one in reports:
        stage = due_stage(
            one.due_on, today=today, since=given_on(one), said=said.get(one.pk, ()), plan=found.plan()
        )
        if stage is not None:
            due.append(reminder_of(one.unit, stage, one.due_on, today, report=one))
    return write(due, today)


@transaction.atomic
def remind_of_work(keys: Collection[int], today: dt.date) -> int:
    """The same of some assignments."""
    rows = found.awaited_work(today).filter(pk__in=keys)
    locked = rows.select_for_update(of=("self",), skip_locked=True)
    work = list(locked.with_document().order_by("pk"))
    said = found.said_of_work([one.pk for one in work])
    due = []
    for one in work:
        deadline: dt.date = one.deadline  # filtered on
        since = timezone.localdate(one.assigned_at)
        stage = due_stage(deadline, today=today, since=since, said=said.get(one.pk, ()), plan=found.plan())
        if stage is not None:
            due.append(reminder_of(one.unit, stage, deadline, today, assignment=one))
    return write(due, today)


def given_on(report: MonthlyReport) -> dt.date:
    """The day from which a report is awaited: when it was given back or added, else long ago."""
    moments = [report.added_at, report.reviewed_at]
    days = [timezone.localdate(moment) for moment in moments if moment is not None]
    return max(days, default=dt.date.min)


def reminder_of(
    unit: Unit,
    stage: int,
    deadline: dt.date,
    today: dt.date,
    *,
    report: MonthlyReport | None = None,
    assignment: Assignment | None = None,
) -> Reminder:
    """A reminder, not written yet."""
    level = level_of(stage, found.plan())
    return Reminder(
        unit=unit,
        report=report,
        assignment=assignment,
        deadline=deadline,
        stage=stage,
        level=level,
        on=today,
    )


# --- writing ------------------------------------------------------------------------------------------------


def write(reminders: list[Reminder], today: dt.date) -> int:
    """Write reminders with the words on first pages and the lines of who is to be written to."""
    if not reminders:
        return 0
    written = Reminder.objects.bulk_create(reminders)
    settle_former(written)
    notify_all(word_of(one) for one in written)
    ReminderLine.objects.bulk_create(lines_of(written, today), batch_size=500)
    return len(written)


def settle_former(reminders: Iterable[Reminder]) -> None:
    """What was said of the same things before gives way: one word each on the first page."""
    for model, name in ((MonthlyReport, "report_id"), (Assignment, "assignment_id")):
        keys = [key for one in reminders if (key := getattr(one, name))]
        former = Notification.objects.open().filter(
            kind__in=(*OF_DEADLINES, REMINDER), object_type=model._meta.label_lower, object_id__in=keys
        )
        if keys:
            former.update(settled_at=timezone.now())


def word_of(reminder: Reminder) -> Notification:
    """The word on the first page of the unit."""
    overdue = reminder.stage > 0
    said = {"due_on": f"{reminder.deadline:%d/%m/%Y}", "times": reminder.stage}
    report, work = reminder.report, reminder.assignment
    if report is not None:
        kind = REPORT_OVERDUE if overdue else REPORT_DUE
        said |= {"period": report.period.named.code}
        url = reverse("reports:report", args=[report.pk])
        return notification_of(kind, unit_id=reminder.unit_id, about=report, by=None, url=url, data=said)
    assert work is not None  # noqa: S101 (one of the two, says a constraint)
    said |= {"what": excerpt(work.task.text), "number": work.task.directive.full_number}
    url = reverse("directives:assignment", args=[work.pk])
    kind = TASK_OVERDUE if overdue else TASK_DUE
    return notification_of(kind, unit_id=reminder.unit_id, about=work, by=None, url=url, data=said)


def lines_of(reminders: Sequence[Reminder], today: dt.date) -> list[ReminderLine]:
    """Who is to be written to, and by which ways: the unit, and the higher offices once it is told so far up.

    Ten queries, however many there are.
    """
    above = found.offices_above({one.unit_id for one in reminders if one.level}, today)
    told = {one.pk: [one.unit_id, *above.get(one.unit_id, [])[: one.level]] for one in reminders}
    people = found.people_of({unit for units in told.values() for unit in units}, today)
    lines: dict[tuple[int, int, str], ReminderLine] = {}
    for one in reminders:
        for unit in told[one.pk]:
            for posting in people[unit]:
                for channel in ways_to(posting):
                    line = ReminderLine(reminder=one, user=posting.user, told_for_id=unit, channel=channel)
                    lines.setdefault((one.pk, posting.user_id, channel), line)
    return list(lines.values())


def ways_to(posting: Posting) -> list[Channel]:
    """By which ways a person wants to be written to and can be."""
    user = posting.user
    ways = [Channel.MAIL] if user.remind_by_mail and user.email else []
    return ways + ([Channel.MESSAGE] if is_set_up() and user.remind_by_message and user.phone_key else [])


# --- the offices above --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Beneath:
    """How much of what lies beneath an office was asked for in vain."""

    reports: int
    tasks: int


def tell_offices(today: dt.date) -> None:
    """Say on the first page of each higher office how much beneath it stays undone; once it is done, no more.

    A word of today that says the same is left as it stands. Only what was told so far up counts.
    """
    counts = beneath_offices(today)
    words = Notification.objects.open().filter(kind=CHASED_BENEATH)
    standing = {one.unit_id: one for one in words}
    offices = Unit.objects.in_bulk([*counts, *standing])
    new = []
    with transaction.atomic():
        for unit, office in offices.items():
            count = counts.get(unit)
            said = {"reports": count.reports, "tasks": count.tasks} if count else {}
            former = standing.get(unit)
            if former is not None and former.data == said:
                continue
            words.filter(unit_id=unit).update(settled_at=timezone.now())
            if count:
                url = reverse("reports:chased")
                new.append(
                    notification_of(CHASED_BENEATH, unit_id=unit, about=office, by=None, url=url, data=said)
                )
        notify_all(new)


def beneath_offices(today: dt.date) -> dict[int, Beneath]:
    """By office, how much beneath it was told as far up as to it and is still undone."""
    rows = found.chased(Reminder.objects.filter(level__gt=0), today)
    listed = list(rows.values_list("unit", "level", "report"))
    above = found.offices_above({unit for unit, _, _ in listed}, today)
    counts: dict[int, Beneath] = {}
    for unit, level, report in listed:
        for office in above[unit][:level]:
            before = counts.get(office, Beneath(0, 0))
            counts[office] = Beneath(before.reports + bool(report), before.tasks + (not report))
    return counts
