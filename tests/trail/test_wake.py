"""A broker that is down or deaf costs a request less than a second, after its commit, and no work is lost."""

import logging
import socket
import threading
import time

import pytest
from celery import Celery
from django.db import transaction

from trail import wake
from trail.actions import enqueue
from trail.jobs import tick_embedded
from trail.models import Job, JobState


@pytest.fixture
def broker_at(settings, monkeypatch):
    """Points the portal and its Celery at a broker that listens, or does not, on a port."""

    def point(port):
        settings.REDIS_URL = f"redis://127.0.0.1:{port}/0"
        app = Celery("eduportal-test", broker=settings.REDIS_URL, set_as_current=False)
        app.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
        monkeypatch.setattr("eduportal.celery.app", app)

    return point


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def wait_for_senders():
    """So that no thread of one test writes into the log of the next."""
    for thread in threading.enumerate():
        if thread.name.startswith("wake-"):
            thread.join(30)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestWithoutAnAnswer:
    @pytest.fixture(autouse=True)
    def senders_end(self, caplog):
        caplog.set_level(logging.WARNING)
        yield
        wait_for_senders()

    def seconds_to_enqueue(self):
        with transaction.atomic():
            began = time.monotonic()
            job = enqueue("test.work", key="", args={})
            inside = time.monotonic() - began
            assert Job.objects.filter(pk=job.pk).exists()
        return job, inside, time.monotonic() - began

    def test_redis_down_is_given_up_within_a_second_after_the_commit(self, work, broker_at):
        broker_at(closed_port())
        job, inside, seconds = self.seconds_to_enqueue()
        assert inside < 0.5
        assert seconds < 1.2
        assert Job.objects.get(pk=job.pk).state == JobState.QUEUED

    def test_a_redis_that_accepts_and_says_nothing_is_given_up_too(self, work, broker_at, listener):
        broker_at(listener.getsockname()[1])
        _, _, seconds = self.seconds_to_enqueue()
        assert seconds < 1.2
        listener.close()

    def test_the_row_waits_for_the_sweep(self, work, broker_at, settings):
        broker_at(closed_port())
        job, _, _ = self.seconds_to_enqueue()
        tick_embedded()
        assert Job.objects.get(pk=job.pk).state == JobState.DONE

    def test_what_was_rolled_back_wakes_nobody(self, work, broker_at, monkeypatch):
        woken = []
        monkeypatch.setattr("trail.actions.wake", woken.append)
        with transaction.atomic():
            enqueue("test.work", key="", args={})
            transaction.set_rollback(True)
        assert woken == []


def test_without_a_broker_nobody_is_woken(settings, monkeypatch):
    settings.REDIS_URL = ""
    monkeypatch.setattr(wake, "send", lambda job_id: pytest.fail("nobody is there to be woken"))
    wake.wake(1)


def test_with_one_the_job_is_sent_to_the_task_that_runs_it(broker_at, monkeypatch):
    broker_at(6379)
    sent = []
    monkeypatch.setattr("eduportal.celery.app.send_task", lambda *args, **kwargs: sent.append((args, kwargs)))
    wake.wake(7)
    assert sent == [(("trail.jobs.run",), {"args": [7], "retry": False, "ignore_result": True})]
