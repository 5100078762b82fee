"""The outbox: letters and messages are rows first, and leave with the job that follows the commit."""

import datetime as dt
import logging
from collections.abc import Iterable
from email.mime.text import MIMEText
from email.utils import parseaddr
from enum import Enum, auto

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from trail.actions import enqueue
from trail.gateway import hand_on
from trail.hours import Hours
from trail.kinds import LETTERS, CalendarEntry, Composed, Progress
from trail.models import Channel, Letter, LetterQuerySet, LetterState

logger = logging.getLogger(__name__)

SEND_LETTERS = "trail.send_letters"
SEND_MESSAGES = "trail.send_messages"
SENDERS = {Channel.MAIL: SEND_LETTERS, Channel.MESSAGE: SEND_MESSAGES}
# Between attempts: for a mail server that is restarted, that is away for a morning, or for a day.
WAITS = (
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=3),
    dt.timedelta(hours=20),
)
# Of what is made anew for each attempt: while it has something to say, it is tried for some weeks.
MOST_ATTEMPTS = 30
# So many failures one after another: the server is away, and the rest waits for the next round.
MOST_FAILURES = 5


class Outcome(Enum):
    """What became of a letter that was to be sent."""

    SENT = auto()
    FAILED = auto()
    LEFT = auto()
    """Not due, another's to send, to wait for the morning, or no longer needed."""


def write_letter(*, to: str, subject: str, body: str, unit_id: int | None) -> Letter:
    """Put a letter into the outbox. It is sent soon after the commit, and again later where that fails."""
    letter = letter_of(to=to, subject=subject, body=body, unit_id=unit_id)
    letter.save()
    enqueue(SEND_LETTERS, key="", args={})
    return letter


def write_letters(letters: Iterable[Letter]) -> list[Letter]:
    """Put many letters (`letter_of` each) into the outbox in a few statements; one job a way sends them."""
    written = Letter.objects.bulk_create(letters, batch_size=500)
    for channel in sorted({letter.channel for letter in written}):
        enqueue(SENDERS[Channel(channel)], key="", args={})
    return written


def letter_of(*, to: str, subject: str, body: str, unit_id: int | None) -> Letter:
    """A letter as `write_letter` takes it, not written yet."""
    return Letter(to=to, subject=" ".join(subject.split())[:300], body=body, unit_id=unit_id)


def message_of(*, to: str, body: str, unit_id: int | None) -> Letter:
    """A message to a telephone, not written yet. At night it waits for the morning."""
    morning = writing_hours().next(timezone.localtime())
    return Letter(channel=Channel.MESSAGE, to=to, body=body, unit_id=unit_id, next_try_at=morning)


def composed_letter(kind: str, *, key: str, channel: Channel, to: str, user_id: int) -> Letter:
    """A letter that is made when it leaves, by its kind; not written yet. One `key`, one letter."""
    if kind not in LETTERS:
        raise KeyError(f"no kind of letter {kind!r} is registered")
    return Letter(kind=kind, key=key, channel=channel, to=to, user_id=user_id)


def send_all(channel: Channel, progress: Progress) -> tuple[int, int]:
    """Send what is due by one way; how many left, and how many failed.

    Looked for anew after each round: whoever wrote one meanwhile found this job running and queued none.
    """
    sent = failed = in_a_row = 0
    while waiting := list(due(channel).values_list("pk", flat=True)):
        for place, pk in enumerate(waiting):
            progress(100 * place // len(waiting))
            outcome = deliver(pk)
            sent += outcome is Outcome.SENT
            failed += outcome is Outcome.FAILED
            if outcome is not Outcome.LEFT:
                in_a_row = in_a_row + 1 if outcome is Outcome.FAILED else 0
            if in_a_row >= MOST_FAILURES:
                return sent, failed
    return sent, failed


def due(channel: Channel) -> LetterQuerySet:
    return Letter.objects.due(timezone.now(), channel)


def deliver(letter_id: int) -> Outcome:
    """Send one letter if it is due. What fails is tried again, each time later.

    Whoever takes the letter moves its next attempt first: of two workers one sends it, no transaction waits
    for a server, and a worker that dies in between leaves it to the next attempt. So none is lost; one goes
    out again only where a worker dies after the server took it and before that was written down, and then
    under the same identity, by which a gateway or a mail box knows it.
    """
    now = timezone.now()
    letter = Letter.objects.due(now).filter(pk=letter_id).first()
    if letter is None or waits_for_morning(letter, now):
        return Outcome.LEFT
    tried = letter.attempts + 1
    wait = WAITS[min(letter.attempts, len(WAITS) - 1)]
    mine = Letter.objects.due(now).filter(pk=letter_id, attempts=letter.attempts)
    if not mine.update(attempts=tried, next_try_at=now + wait, error=""):
        return Outcome.LEFT
    row = Letter.objects.filter(pk=letter_id)
    try:
        text = text_of(letter)
        if text is not None:
            hand_over(letter, text)
    except Exception as problem:  # whatever the server or the way to it answers: later
        logger.warning("letter %s could not be sent: %s", letter_id, problem)
        given_up = tried >= (MOST_ATTEMPTS if letter.kind else len(WAITS) + 1)
        # Unless another attempt has begun, or sent it, while the server kept this one waiting.
        row.filter(state=LetterState.WAITING, attempts=tried).update(
            error=(str(problem) or type(problem).__name__)[:500],
            state=LetterState.FAILED if given_up else LetterState.WAITING,
        )
        return Outcome.FAILED
    if text is None:
        row.filter(attempts=tried).update(state=LetterState.DROPPED)
        return Outcome.LEFT
    row.update(state=LetterState.SENT, sent_at=now, error="")
    return Outcome.SENT


def writing_hours() -> Hours:
    """When people may be written to, in this installation."""
    return Hours(settings.REMIND_FROM_HOUR, settings.REMIND_TO_HOUR)


def waits_for_morning(letter: Letter, now: dt.datetime) -> bool:
    """Nobody is woken by what they did not ask for: outside the hours it waits, which is no attempt."""
    if not letter.kind:
        return False
    local, hours = timezone.localtime(now), writing_hours()
    if hours.hold(local):
        return False
    Letter.objects.due(now).filter(pk=letter.pk).update(next_try_at=hours.next(local))
    return True


def text_of(letter: Letter) -> Composed | None:
    """What it says: as it was written, or as things are now; None where there is nothing to say."""
    return LETTERS[letter.kind](letter) if letter.kind else Composed(letter.subject, letter.body)


def hand_over(letter: Letter, text: Composed) -> None:
    """Give it to the mail server or the gateway, always as the same. Raises where that fails."""
    identity = f"eduportal-{letter.pk}-{int(letter.created_at.timestamp())}"
    if letter.channel == Channel.MESSAGE:
        hand_on(key=identity, to=letter.to, text=text.body)
        return
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{identity}@{domain}>"}
    subject = " ".join(text.subject.split())[:300]
    mail = EmailMessage(subject, text.body, to=[letter.to], headers=headers)
    if text.entry is not None:
        mail.attach(calendar_part(text.entry))
    mail.send()


def calendar_part(entry: CalendarEntry) -> MIMEText:
    """A calendar entry as mail programmes look for it (RFC 6047): its method stands in the part's head."""
    part = MIMEText(entry.content.decode(), "calendar", "utf-8")
    part.set_param("method", entry.method)
    part.add_header("Content-Disposition", "attachment", filename=entry.name)
    return part
