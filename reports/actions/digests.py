"""One letter a person, way and day with all that they are reminded of; made when it leaves.

A letter that could not leave yesterday takes up what is new today. One that a worker holds is let be, and
what is new waits for the next round: so nothing is told twice, and nobody gets two letters in a day.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from reports.letters import Digest, Item, digest_letter, digest_message, task_words
from reports.models import Reminder, ReminderLine
from reports.queries import reminders as found
from trail.gateway import is_set_up
from trail.kinds import Composed, letter_kind
from trail.models import Channel, Letter, LetterState
from trail.post import composed_letter, write_letters

DIGEST = "reports.digest"
BATCH = 200

Lines = dict[tuple[int, str], list[ReminderLine]]


def write_digests(*, now: dt.datetime) -> int:
    """Put what waits into letters; how many letters are new. Each batch of people is a transaction."""
    waiting = ReminderLine.objects.waiting().order_by("user").values_list("user", flat=True).distinct()
    users = list(waiting)
    written = 0
    for start in range(0, len(users), BATCH):
        written += write_digests_to(users[start : start + BATCH], timezone.localdate(now))
    return written


@transaction.atomic
def write_digests_to(users: Collection[int], today: dt.date) -> int:
    """The same for some people, who are held meanwhile."""
    rows = User.objects.select_for_update(no_key=True, skip_locked=True).filter(pk__in=users)
    people = {user.pk: user for user in rows.order_by("pk")}
    lines = waiting_lines(people, today)
    letters = letters_of(people, today)
    new: list[Letter] = []
    taken: list[ReminderLine] = []
    for (user, channel), listed in lines.items():
        to = address_of(people[user], channel)
        standing = letters.get((user, channel))
        if not to:
            drop(listed)
        elif standing is None:
            key = f"{DIGEST}:{channel}:{user}:{today}"
            new.append(composed_letter(DIGEST, key=key, channel=Channel(channel), to=to, user_id=user))
        elif standing.state == LetterState.WAITING and not standing.is_under_way:
            taken += in_letter(listed, standing)
    for letter in write_letters(new):
        taken += in_letter(lines[letter.user_id or 0, letter.channel], letter)
    ReminderLine.objects.bulk_update(taken, ["letter"], batch_size=500)
    return len(new)


def in_letter(lines: list[ReminderLine], letter: Letter) -> list[ReminderLine]:
    """Lines as they are to be stored."""
    for line in lines:
        line.letter = letter
    return lines


def waiting_lines(people: Collection[int], today: dt.date) -> Lines:
    """What waits for people, by person and way. What was done meanwhile is dropped. Two queries."""
    lines: Lines = defaultdict(list)
    rows = ReminderLine.objects.waiting().filter(user__in=people).order_by("pk")
    listed = list(rows)
    held = found.still_due(today).filter(pk__in={one.reminder_id for one in listed})
    due = set(held.values_list("pk", flat=True))
    drop([one for one in listed if one.reminder_id not in due])
    for one in listed:
        if one.reminder_id in due:
            lines[one.user_id, one.channel].append(one)
    return lines


def letters_of(people: Collection[int], today: dt.date) -> dict[tuple[int, str], Letter]:
    """The letter of each person and way that still waits, or else today's own, by person and way. Held."""
    rows = Letter.objects.select_for_update().filter(kind=DIGEST, user_id__in=people)
    of_today = Q(key__endswith=f":{today}") | Q(sent_at__date=today)
    listed = rows.filter(Q(state=LetterState.WAITING) | of_today).order_by("pk")
    letters: dict[tuple[int, str], Letter] = {}
    for one in sorted(listed, key=lambda letter: letter.state == LetterState.WAITING):
        letters[one.user_id or 0, one.channel] = one
    return letters


def address_of(user: User, channel: str) -> str:
    """Where a person is written to by one way, if they still want that."""
    if not user.is_active:
        return ""
    if channel == Channel.MAIL:
        return user.email if user.remind_by_mail else ""
    return user.phone_key if user.remind_by_message and is_set_up() else ""


def drop(lines: Collection[ReminderLine]) -> None:
    """Nobody is told of these any more."""
    if lines:
        ReminderLine.objects.filter(pk__in=[one.pk for one in lines]).update(is_dropped=True)


# --- when it leaves -----------------------------------------------------------------------------------------


@letter_kind(DIGEST)
def compose(letter: Letter) -> Composed | None:
    """The letter as things are now, without what was done since it was written; None where nothing is left.

    Nobody is told of a unit in which they do not work any more, or by a way that they have turned off.
    """
    today = timezone.localdate()
    user = User.objects.filter(pk=letter.user_id or 0).first() if letter.user_id else None
    if user is None or not address_of(user, letter.channel):
        return None
    lines = list(ReminderLine.objects.filter(letter=letter.pk).order_by("pk"))
    due = found.with_what_it_is_of(
        found.still_due(today).filter(pk__in={one.reminder_id for one in lines})
    ).in_bulk()
    people = found.people_of({one.told_for_id for one in lines}, today)
    here = [
        one
        for one in lines
        if one.reminder_id in due and any(user.pk == posting.user_id for posting in people[one.told_for_id])
    ]
    digest = digest_of(user, here, due, today)
    if not digest.own and not digest.beneath:
        return None
    if letter.channel == Channel.MESSAGE:
        return Composed("", digest_message(digest))
    return Composed(*digest_letter(digest))


def digest_of(user: User, lines: Iterable[ReminderLine], due: dict[int, Reminder], today: dt.date) -> Digest:
    """What a person is told. Of one thing reminded of twice, the later word."""
    own: dict[tuple[int | None, int | None], Item] = {}
    beneath: dict[tuple[int | None, int | None], Item] = {}
    for line in lines:
        one = due[line.reminder_id]
        part = own if line.told_for_id == one.unit_id else beneath
        part[one.report_id, one.assignment_id] = item_of(one)
    return Digest(
        name=user.full_name,
        own=in_order(own.values()),
        beneath=in_order(beneath.values()),
        today=today,
        portal=settings.PORTAL_URL,
    )


def in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: (item.deadline, item.unit, item.what)))


def item_of(reminder: Reminder) -> Item:
    """A line of the letter (no query where it was fetched `with_what_it_is_of`)."""
    report, work = reminder.report, reminder.assignment
    if report is not None:
        what = f"báo cáo {report.period.named.vietnamese}"
        path = reverse("reports:report", args=[report.pk])
    else:
        assert work is not None  # noqa: S101 (one of the two, says a constraint)
        task, occurrence = work.task, str(work.occurrence or "")
        what = task_words(task.text, task.directive.full_number, occurrence)
        path = reverse("directives:assignment", args=[reminder.assignment_id])
    return Item(
        unit=reminder.unit.name,
        what=what,
        deadline=reminder.deadline,
        times=max(reminder.stage, 0),
        url=f"{settings.PORTAL_URL.rstrip('/')}{path}",
    )
