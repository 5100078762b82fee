"""A real worker process, woken through a real Redis, runs a job that a web request queued."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
REDIS = os.environ.get("EDUPORTAL_TEST_REDIS", "")
IN_A_PROCESS = "import django; django.setup(); import tests.trail.worker; from trail.models import Job; "
ENQUEUE = "from trail.actions import enqueue; print(enqueue('test.worker', key='', args={'n': 21}).pk)"
LOOK = "print(Job.objects.get().state, Job.objects.get().result)"

pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif(not REDIS, reason="no Redis: EDUPORTAL_TEST_REDIS names one; ./run test starts one"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def env(tmp_path):
    """A database that processes share: PostgreSQL's test database, or a file."""
    if connection.vendor == "postgresql":
        address = urlsplit(settings.DATABASE_URL)
        database = urlunsplit(address._replace(path=f"/{connection.settings_dict['NAME']}"))
    else:
        database = f"sqlite:///{tmp_path / 'db.sqlite3'}"
    # Numbered 15, so that no other worker of this Redis takes the message.
    redis = urlunsplit(urlsplit(REDIS)._replace(path="/15"))
    env = os.environ | {
        "DATABASE_URL": database,
        "REDIS_URL": redis,
        "EDUPORTAL_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "eduportal.settings",
    }
    if connection.vendor != "postgresql":
        manage = [sys.executable, "manage.py", "migrate", "--verbosity=0", "trail"]
        subprocess.run(manage, cwd=ROOT, env=env, check=True)
    return env


@pytest.fixture
def worker(env, tmp_path):
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "tests.trail.worker",
        "worker",
        "--pool=solo",
        "-l",
        "info",
    ]
    with (tmp_path / "worker.log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT)
        yield process
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def python(code, env):
    command = [sys.executable, "-c", IN_A_PROCESS + code]
    process = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True)
    return process.stdout.strip()


def test_a_worker_runs_what_was_queued(env, worker, tmp_path):
    python(ENQUEUE, env)
    deadline = time.monotonic() + 40
    while (outcome := python(LOOK, env)).startswith(("queued", "running")) and time.monotonic() < deadline:
        assert worker.poll() is None, (tmp_path / "worker.log").read_text()
        time.sleep(0.2)
    assert outcome == f"done {{'twice': 42, 'process': {worker.pid}}}", (tmp_path / "worker.log").read_text()
