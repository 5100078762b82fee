"""What invited units are told of a meeting: on their first page at once, and by mail with a calendar entry.

A mail is made when it leaves, from what is true then. One that could not leave before the next word gives
way to that, so nobody is told of a time that is no longer; a key for each word and person keeps it from going
twice.
"""

import datetime as dt
from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from reports.calendars import CANCEL, REQUEST, calendar_of
from reports.invitations import cancelling_letter, invitation_letter
from reports.models import Meeting
from reports.notices import MEETING_WITHDRAWN
from reports.queries.proceedings import agenda_lines, entry_of, invited_of
from reports.queries.reminders import people_of
from schools.models import Posting, Unit
from trail.actions import notification_of, notify_all, settle
from trail.kinds import CalendarEntry, Composed, letter_kind
from trail.models import Channel, Letter, LetterState, Notification
from trail.post import composed_letter, write_letters

MEETING_LETTER = "reports.meeting"
FILE_NAME = "hop-giao-ban.ics"


def tell(
    kind: str,
    meeting: Meeting,
    *,
    units: Collection[int],
    by: Posting,
    now: dt.datetime,
    but: Collection[int] = (),
) -> int:
    """Tell units of a meeting that is locked; gives how many letters were written.

    Each word has its number in the meeting's sequence. People who also work in one of the units `but` are
    not written to. Whatever stood on the units' first pages of this meeting gives way. Eight queries or so,
    however many units.
    """
    if meeting.invited_at is None:
        meeting.invited_at = now
    else:
        meeting.sequence += 1
    meeting.told_at = now
    meeting.save(update_fields=["invited_at", "told_at", "sequence"])
    settle(about=meeting, units=units)
    notify_all(word_to(kind, meeting, unit, by) for unit in units)
    people = people_of([*units, *but], timezone.localdate(now))
    spared = {posting.user_id for unit in but for posting in people[unit]}
    chosen: dict[int, tuple[User, int]] = {}
    for unit in units:
        for posting in people[unit]:
            if posting.user.email and posting.user_id not in spared:
                chosen.setdefault(posting.user_id, (posting.user, unit))
    return len(write_letters([letter_to(user, unit, meeting) for user, unit in chosen.values()]))


def word_to(kind: str, meeting: Meeting, unit: int, by: Posting) -> Notification:
    data = {
        "office": meeting.office.name,
        "title": meeting.title,
        "at": f"{timezone.localtime(meeting.held_at):%H:%M %d/%m/%Y}",
        "place": meeting.place,
        "reason": meeting.cancel_reason,
    }
    # Who is no longer invited has no page to go to.
    url = "" if kind == MEETING_WITHDRAWN else reverse("reports:invitation", args=[meeting.pk])
    return notification_of(kind, unit_id=unit, about=meeting, by=by, url=url, data=data)


def letter_to(user: User, unit: int, meeting: Meeting) -> Letter:
    key = f"{words_to(meeting.pk, user.pk)}{meeting.sequence}"
    letter = composed_letter(MEETING_LETTER, key=key, channel=Channel.MAIL, to=user.email, user_id=user.pk)
    letter.unit_id = unit
    return letter


def words_to(meeting: int, user: int) -> str:
    """How the keys of all letters to one person about one meeting begin."""
    return f"{MEETING_LETTER}:{meeting}:{user}:"


def still_to_come(rows: Iterable[Notification]) -> set[int]:
    """Of words about meetings those whose day is not over, by primary key. One query."""
    listed = list(rows)
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    coming = Meeting.objects.filter(pk__in={row.object_id for row in listed}, held_at__gte=today)
    keys = set(coming.values_list("pk", flat=True))
    return {row.pk for row in listed if row.object_id in keys}


# --- when it leaves -----------------------------------------------------------------------------------------


@letter_kind(MEETING_LETTER)
def compose(letter: Letter) -> Composed | None:
    """The mail as things are now. None where a later word is on its way, where the day is over, or where the
    person has left the unit."""
    meeting_pk = int(letter.key.split(":")[1])
    about_it = Letter.objects.filter(
        kind=MEETING_LETTER, key__startswith=words_to(meeting_pk, letter.user_id or 0)
    )
    meeting = Meeting.objects.select_related("office").filter(pk=meeting_pk).first()
    unit = Unit.objects.filter(pk=letter.unit_id or 0).first()
    now = timezone.now()
    if meeting is None or unit is None or meeting.is_past_day(now):
        return None
    here = people_of([unit.pk], timezone.localdate(now))[unit.pk]
    if about_it.filter(pk__gt=letter.pk).exists() or letter.user_id not in {one.user_id for one in here}:
        return None
    stands = meeting.is_told and meeting.attendances.filter(unit=unit).exists()
    was_told = about_it.filter(state=LetterState.SENT).exists()
    invited = invited_of(meeting, unit, agenda_lines(meeting.agenda.all()), is_changed=was_told)
    method = REQUEST if stands else CANCEL
    words = invitation_letter(invited) if stands else cancelling_letter(invited)
    content = calendar_of(entry_of(meeting, invited), method=method, attendee=letter.to)
    return Composed(*words, entry=CalendarEntry(content, method, FILE_NAME))
