"""Real worker processes, woken through a real Redis: nothing is lost when a worker or the broker dies."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection
from redis import Redis

from tests.brokers import numbered

ROOT = Path(__file__).resolve().parents[2]
REDIS = os.environ.get("EDUPORTAL_TEST_REDIS", "")
IN_A_PROCESS = "import django; django.setup(); import tests.trail.worker; from trail.models import Job; "
ENQUEUE = "from trail.actions import enqueue; print(enqueue('test.worker', key='', args={'n': 21}).pk)"
THE_JOB = "Job.objects.get(kind__startswith='test.')"  # beside whatever is periodic
HOLD = (
    "from trail.actions import enqueue; print(enqueue('test.held', key='', args={{'folder': '{folder}'}}).pk)"
)
TICK = "from trail.jobs import tick; tick()"
LOOK = f"job = {THE_JOB}; print(job.state, job.result)"

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
    redis = numbered(REDIS, 0)
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


@contextmanager
def working(env, folder):
    """A worker process, stopped at the end unless it is gone by then."""
    command = ["-m", "celery", "-A", "tests.trail.worker", "worker", "--pool=solo", "-l", "info"]
    with (folder / "worker.log").open("a") as log:
        process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def python(code, env):
    command = [sys.executable, "-c", IN_A_PROCESS + code]
    process = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True)
    return process.stdout.strip()


def ended(env, folder):
    """State and result of the one job, once it has ended."""
    deadline = time.monotonic() + 40
    while (outcome := python(LOOK, env)).startswith(("queued", "running")):
        assert time.monotonic() < deadline, (folder / "worker.log").read_text()
        time.sleep(0.2)
    return outcome


def let_pass(minutes, env):
    """As if the job had been waiting, or silent, for so long."""
    python(
        "import datetime as dt; from django.db.models import F;"
        f"ago = dt.timedelta(minutes={minutes});"
        "Job.objects.update(run_at=F('run_at') - ago, heartbeat_at=F('heartbeat_at') - ago)",
        env,
    )


def test_a_worker_runs_what_was_queued(env, tmp_path):
    with working(env, tmp_path) as worker:
        python(ENQUEUE, env)
        assert ended(env, tmp_path) == f"done {{'twice': 42, 'process': {worker.pid}}}"


def test_what_a_restarted_broker_forgot_is_found_by_the_sweep(env, tmp_path):
    """The message is gone, the row is not."""
    python(ENQUEUE, env)
    Redis.from_url(env["REDIS_URL"]).flushdb()
    with working(env, tmp_path) as worker:
        python(TICK, env)
        assert python(LOOK, env) == "queued None"  # its message may only be late
        let_pass(2, env)
        python(TICK, env)
        assert ended(env, tmp_path) == f"done {{'twice': 42, 'process': {worker.pid}}}"


def test_what_a_killed_worker_had_in_hand_is_done_by_another_once(env, tmp_path):
    with working(env, tmp_path) as first:
        python(HOLD.format(folder=tmp_path), env)
        deadline = time.monotonic() + 40
        while not python(LOOK, env).startswith("running"):
            assert time.monotonic() < deadline, (tmp_path / "worker.log").read_text()
            time.sleep(0.2)
        first.kill()
    (tmp_path / "gate").touch()
    with working(env, tmp_path) as second:
        python(TICK, env)
        assert python(LOOK, env) == "running None"  # silent for a moment, perhaps only busy
        let_pass(11, env)
        python(TICK, env)
        assert ended(env, tmp_path) == f"done {{'process': {second.pid}}}"
    assert (tmp_path / "ledger").read_text() == f"{second.pid}\n"
    assert python(f"print({THE_JOB}.attempts)", env) == "2"
