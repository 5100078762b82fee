"""The outbox: a letter is a row first, leaves once, and is tried again where it could not leave."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from trail.actions import notify, run_job, settle
from trail.jobs import send_letters
from trail.kinds import NOTICES, Words, every
from trail.models import Job, Letter, LetterState, Notification
from trail.post import SEND_LETTERS, WAITS, Outcome, deliver, write_letter

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 8, tzinfo=dt.UTC)


@pytest.fixture
def letter(time_machine) -> Letter:
    time_machine.move_to(NOW, tick=False)
    return write_letter(to="hoa@ngocson.example", subject="Nhắc\nnộp", body="Kính gửi", unit_id=7)


@pytest.fixture
def no_mail_server(monkeypatch):
    def refuse(self):
        raise ConnectionRefusedError("no server")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)


def stored(letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


def test_a_letter_leaves_with_the_job_that_was_asked_for(letter):
    job = Job.objects.get(kind=SEND_LETTERS)
    run_job(job.pk)
    job.refresh_from_db()
    assert job.result == {"sent": 1, "failed": 0}
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["hoa@ngocson.example"], "Nhắc nộp", "Kính gửi")
    assert (stored(letter).state, stored(letter).sent_at, stored(letter).attempts) == (
        LetterState.SENT,
        NOW,
        1,
    )


def test_it_leaves_once(letter):
    assert [deliver(letter.pk), deliver(letter.pk)] == [Outcome.SENT, Outcome.LEFT]
    assert len(mail.outbox) == 1


def test_nobody_sends_what_another_is_sending(letter, monkeypatch):
    second = []
    monkeypatch.setattr("django.core.mail.EmailMessage.send", lambda self: second.append(deliver(letter.pk)))
    assert deliver(letter.pk) is Outcome.SENT
    assert second == [Outcome.LEFT]


def test_what_fails_is_tried_again_later_and_given_up_in_the_end(letter, no_mail_server, time_machine):
    tried = []
    for wait in (*WAITS, WAITS[-1]):
        assert send_letters(lambda *_: None) == {"sent": 0, "failed": 1}
        assert send_letters(lambda *_: None) == {"sent": 0, "failed": 0}  # not due yet
        tried.append((stored(letter).state, stored(letter).error))
        time_machine.shift(wait)
    assert tried == [("waiting", "no server")] * len(WAITS) + [("failed", "no server")]
    assert stored(letter).attempts == len(WAITS) + 1


def test_it_leaves_when_the_server_is_back(letter, monkeypatch, time_machine):
    with monkeypatch.context() as away:
        away.setattr("django.core.mail.EmailMessage.send", lambda self: 1 / 0)
        send_letters(lambda *_: None)
    time_machine.shift(WAITS[0])
    assert send_letters(lambda *_: None) == {"sent": 1, "failed": 0}
    assert (stored(letter).state, stored(letter).error) == (LetterState.SENT, "")


def test_a_notification_is_open_until_it_is_settled(letter, monkeypatch):
    monkeypatch.setitem(NOTICES, "test", Words("%(what)s"))
    notify("test", unit_id=7, about=letter, by=None, data={"what": "Việc"})
    assert [one.unit_id for one in Notification.objects.open().about(letter)] == [7]
    settle(about=letter)
    assert (Notification.objects.open().count(), Notification.objects.get().settled_at) == (0, NOW)


def test_an_unknown_kind_is_a_slip_of_the_programmer(letter):
    with pytest.raises(KeyError):
        notify("no.such", unit_id=7, about=letter, by=None)


def test_every_so_many_minutes():
    at = timezone.localtime(NOW)
    assert every(minutes=5)(at) - at == dt.timedelta(minutes=5)


def test_one_written_while_letters_are_being_sent_leaves_with_them(letter, monkeypatch):
    """Its writer finds the job running and queues no other."""
    late = []

    def send(self):
        if not late:
            late.append(write_letter(to="nga@ngocson.example", subject="Nhắc", body="Kính gửi", unit_id=7))

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)
    job = Job.objects.get(kind=SEND_LETTERS)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.result, Job.objects.count()) == ({"sent": 2, "failed": 0}, 1)


def test_an_attempt_that_fails_late_does_not_speak_for_one_that_sent(letter, monkeypatch):
    def fail_late(self):
        Letter.objects.update(state=LetterState.SENT, sent_at=NOW, attempts=2)
        raise TimeoutError("the mail server did not answer")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail_late)
    assert deliver(letter.pk) is Outcome.FAILED
    assert (stored(letter).state, stored(letter).error) == (LetterState.SENT, "")
