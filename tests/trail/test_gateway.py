"""Messages to telephones: signed, under one identity, by a gateway of the office's own."""

import datetime as dt
import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from trail import kinds
from trail.gateway import GatewayRefused, hand_on, is_set_up
from trail.hours import Hours
from trail.jobs import send_letters, send_messages
from trail.kinds import Composed
from trail.models import Channel, Job, Letter
from trail.post import MOST_FAILURES, composed_letter, deliver, message_of, write_letters

SECRET = "mot-bi-mat-chung-voi-cong-tin-nhan-2026"
NOON = dt.datetime(2026, 12, 2, 5, tzinfo=dt.UTC)


class Gateway:
    """A gateway that keeps what it was given and answers as it is told to."""

    def __init__(self):
        self.taken, self.status = [], 200
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                gateway.taken.append((self.path, dict(self.headers), body))
                self.send_response(gateway.status)
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
                self.end_headers()

            def log_message(self, *args):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/tin-nhan?kenh=zalo"


@pytest.fixture
def gateway(settings, time_machine):
    time_machine.move_to(NOON, tick=False)
    found = Gateway()
    thread = threading.Thread(target=found.server.serve_forever, daemon=True)
    thread.start()
    settings.MESSAGE_WEBHOOK_URL, settings.MESSAGE_WEBHOOK_SECRET = found.url, SECRET
    yield found
    found.server.shutdown()
    found.server.server_close()
    thread.join()


def test_what_the_gateway_is_given_and_how_it_is_signed(gateway):
    hand_on(key="eduportal-7-1", to="0912000111", text="Nhắc việc: báo cáo tháng 11/2026")
    ((path, headers, body),) = gateway.taken
    assert path == "/tin-nhan?kenh=zalo"
    assert json.loads(body) == {
        "id": "eduportal-7-1",
        "to": "0912000111",
        "text": "Nhắc việc: báo cáo tháng 11/2026",
    }
    stamp = headers["X-Eduportal-Timestamp"]
    assert (stamp, headers["Idempotency-Key"]) == (str(int(NOON.timestamp())), "eduportal-7-1")
    proof = hmac.new(SECRET.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    assert headers["X-Eduportal-Signature"] == f"sha256={proof}"


@pytest.mark.parametrize("status", [200, 202, 409])
def test_what_counts_as_taken(gateway, status):
    gateway.status = status
    hand_on(key="a", to="0912000111", text="x")


@pytest.mark.parametrize("status", [302, 400, 401, 500])
def test_what_does_not_and_no_redirect_is_followed(gateway, status):
    gateway.status = status
    with pytest.raises(GatewayRefused, match=str(status)):
        hand_on(key="a", to="0912000111", text="x")
    assert len(gateway.taken) == 1


def test_without_an_address_there_is_none():
    assert not is_set_up()
    with pytest.raises(GatewayRefused, match="MESSAGE_WEBHOOK_URL"):
        hand_on(key="a", to="0912000111", text="x")


# --- the outbox of both ways --------------------------------------------------------------------------------


@pytest.fixture
def asked(monkeypatch):
    """A kind of letter that says what it is told to, or nothing."""
    said = {"text": Composed("Nhắc", "Nội dung")}
    monkeypatch.setitem(kinds.LETTERS, "test.kind", lambda letter: said["text"])
    return said


def written(channel: Channel, number: int = 1) -> list[Letter]:
    return write_letters(
        composed_letter("test.kind", key=f"k{channel}{n}", channel=channel, to=f"091200011{n}", user_id=n)
        for n in range(number)
    )


@pytest.mark.django_db
def test_messages_and_letters_leave_by_jobs_of_their_own(gateway, asked, mailoutbox):
    written(Channel.MESSAGE)
    written(Channel.MAIL)
    assert set(Job.objects.values_list("kind", flat=True)) == {"trail.send_letters", "trail.send_messages"}
    assert send_letters(lambda *_: None) == {"sent": 1, "failed": 0}
    assert (len(mailoutbox), len(gateway.taken)) == (1, 0)
    assert send_messages(lambda *_: None) == {"sent": 1, "failed": 0}
    assert send_messages(lambda *_: None) == {"sent": 0, "failed": 0}
    assert len(gateway.taken) == 1


@pytest.mark.django_db
def test_a_gateway_that_is_away_delays_and_each_attempt_has_one_identity(gateway, asked, time_machine):
    gateway.status = 503
    (letter,) = written(Channel.MESSAGE)
    for _ in range(3):
        send_messages(lambda *_: None)
        time_machine.shift(dt.timedelta(hours=1))
    gateway.status = 200
    time_machine.shift(dt.timedelta(hours=3))
    assert send_messages(lambda *_: None) == {"sent": 1, "failed": 0}
    assert len({headers["Idempotency-Key"] for _, headers, _ in gateway.taken}) == 1
    letter.refresh_from_db()
    assert (letter.state, letter.error) == ("sent", "")


@pytest.mark.django_db
def test_a_server_that_is_away_is_not_asked_by_hundreds(gateway, asked):
    gateway.status = 503
    written(Channel.MESSAGE, MOST_FAILURES + 4)
    assert send_messages(lambda *_: None) == {"sent": 0, "failed": MOST_FAILURES}
    gateway.status = 200
    assert send_messages(lambda *_: None) == {"sent": 4, "failed": 0}


@pytest.mark.django_db
def test_what_has_nothing_to_say_any_more_is_dropped(asked, time_machine, mailoutbox):
    time_machine.move_to(NOON, tick=False)
    (letter,) = written(Channel.MAIL)
    asked["text"] = None
    assert send_letters(lambda *_: None) == {"sent": 0, "failed": 0}
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at, mailoutbox) == ("dropped", None, [])


@pytest.mark.django_db
def test_nobody_is_woken_and_waiting_is_no_attempt(asked, time_machine, mailoutbox):
    time_machine.move_to(NOON, tick=False)
    (letter,) = written(Channel.MAIL)
    time_machine.move_to(dt.datetime(2026, 12, 2, 15, tzinfo=dt.UTC), tick=False)  # 22:00
    deliver(letter.pk)
    letter.refresh_from_db()
    assert (letter.attempts, letter.next_try_at) == (0, dt.datetime(2026, 12, 3, 0, tzinfo=dt.UTC))
    night = message_of(to="0912000111", body="x", unit_id=None)
    assert night.next_try_at == dt.datetime(2026, 12, 3, 0, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_of_one_key_there_is_one_letter(asked):
    from django.db import IntegrityError, transaction

    written(Channel.MAIL)
    with pytest.raises(IntegrityError), transaction.atomic():
        written(Channel.MAIL)
    with pytest.raises(KeyError):
        composed_letter("test.unknown", key="x", channel=Channel.MAIL, to="a@b.example", user_id=1)


@pytest.mark.parametrize(
    ("hour", "holds", "next_hour"),
    [(6, False, 7), (7, True, 7), (19, True, 19), (20, False, 31), (23, False, 31)],
)
def test_hours(hour, holds, next_hour):
    day = dt.datetime(2026, 12, 2, tzinfo=dt.UTC)
    moment = day + dt.timedelta(hours=hour)
    hours = Hours(7, 20)
    assert (hours.hold(moment), hours.next(moment)) == (holds, day + dt.timedelta(hours=next_hour))
