"""Two requests under one Idempotency-Key at the same moment, on PostgreSQL."""

import threading
import time

import pytest
from django.db import connection, connections
from django.utils import timezone

from accounts.actions.tokens import Answer, answer_once
from accounts.models import KeptAnswer


@pytest.mark.services
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_later_waits_and_is_answered_as_the_first():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")
    done: list[int] = []
    begun = threading.Event()

    def act() -> Answer:
        begun.set()
        time.sleep(0.3)
        done.append(1)
        return Answer(200, {"n": len(done)})

    answers: list[Answer] = []

    def ask() -> None:
        try:
            answers.append(
                answer_once(caller="token-1", key="k", fingerprint="a", act=act, now=timezone.now())
            )
        finally:
            connections.close_all()

    first = threading.Thread(target=ask)
    first.start()
    begun.wait(5)
    second = threading.Thread(target=ask)
    second.start()
    first.join(10), second.join(10)
    assert (len(done), KeptAnswer.objects.count()) == (1, 1)
    assert answers == [Answer(200, {"n": 1}), Answer(200, {"n": 1}, is_repeated=True)]
