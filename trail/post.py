"""The outbox: letters are rows first, and leave with the job that follows the commit."""

import datetime as dt
import logging
from collections.abc import Iterable

from django.core.mail import EmailMessage
from django.utils import timezone

from trail.actions import enqueue
from trail.models import Letter, LetterState

logger = logging.getLogger(__name__)

SEND_LETTERS = "trail.send_letters"
# Between attempts: for a mail server that is restarted, that is away for a morning, or for a day.
WAITS = (
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=3),
    dt.timedelta(hours=20),
)


def write_letter(*, to: str, subject: str, body: str, unit_id: int | None) -> Letter:
    """Put a letter into the outbox. It is sent soon after the commit, and again later where that fails."""
    letter = letter_of(to=to, subject=subject, body=body, unit_id=unit_id)
    letter.save()
    enqueue(SEND_LETTERS, key="", args={})
    return letter


def write_letters(letters: Iterable[Letter]) -> None:
    """Put many letters (`letter_of` each) into the outbox in a few statements; one job sends them."""
    if Letter.objects.bulk_create(letters, batch_size=500):
        enqueue(SEND_LETTERS, key="", args={})


def letter_of(*, to: str, subject: str, body: str, unit_id: int | None) -> Letter:
    """A letter as `write_letter` takes it, not written yet."""
    return Letter(to=to, subject=" ".join(subject.split())[:300], body=body, unit_id=unit_id)


def send_letter(letter_id: int) -> bool:
    """Send one letter if it is due; whether it left. What fails is tried again, five times in all.

    Whoever takes the letter moves its next attempt first: of two workers one sends it, no transaction waits
    for a mail server, and a worker that dies in between leaves it to the next attempt. So none is lost; one
    is sent twice only where a worker dies after the mail server took it and before that was written down.
    """
    now = timezone.now()
    letter = Letter.objects.due(now).filter(pk=letter_id).first()
    if letter is None:
        return False
    tried = letter.attempts + 1
    wait = WAITS[min(letter.attempts, len(WAITS) - 1)]
    mine = Letter.objects.due(now).filter(pk=letter_id, attempts=letter.attempts)
    if not mine.update(attempts=tried, next_try_at=now + wait):
        return False
    row = Letter.objects.filter(pk=letter_id)
    try:
        EmailMessage(letter.subject, letter.body, to=[letter.to]).send()
    except Exception as problem:  # whatever the mail server or the way to it answers: later
        logger.warning("letter %s could not be sent: %s", letter_id, problem)
        given_up = tried > len(WAITS)
        # Unless another attempt has begun, or sent it, while the mail server kept this one waiting.
        row.filter(state=LetterState.WAITING, attempts=tried).update(
            error=str(problem)[:500], state=LetterState.FAILED if given_up else LetterState.WAITING
        )
        return False
    row.update(state=LetterState.SENT, sent_at=now, error="")
    return True
