"""docker-compose.yml, and the very commands in it run against a real PostgreSQL and Redis.

No container engine is needed: each service is started here as its file says, with production settings; only
the addresses of database and broker, and the port, are the test's.
"""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest
import yaml

from scripts.services import POSTGRES, REDIS, free_port, running
from scripts.steps import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ["setup", "web", "worker", "beat"]
HOST = "portal.example.vn"
pytestmark = pytest.mark.xdist_group("compose")  # one stack, not one a worker
VARIABLE = re.compile(r"\$\{(\w+)(?::\?([^}]*))?\}")
POSTGRES_SERVER = os.environ.get(POSTGRES, "postgres://postgres@127.0.0.1:5432")
REDIS_SERVER = os.environ.get(REDIS, "redis://127.0.0.1:6379/15")


def test_nothing_secret_has_a_default():
    text = (ROOT / "docker-compose.yml").read_text()
    variables = VARIABLE.findall(text)
    assert {name for name, _ in variables} == {
        "SECRET_KEY",
        "POSTGRES_PASSWORD",
        "ALLOWED_HOSTS",
        "CSRF_TRUSTED_ORIGINS",
    }
    assert [name for name, message in variables if not message] == []
    assert re.findall(r"\$\{\w+:?-", text) == []


def test_each_service_is_there_and_the_data_outlives_it():
    assert set(SERVICES) == {*OURS, "db", "redis"}
    assert {name for name in SERVICES if "healthcheck" in SERVICES[name]} == {"web", "worker", "db", "redis"}
    assert all(SERVICES[name]["volumes"] == ["data:/data"] for name in OURS)
    assert all(SERVICES[name]["env_file"] == ".env" for name in OURS)
    assert SERVICES["web"]["ports"] == ["127.0.0.1:8000:8000"]
    assert SERVICES["web"]["depends_on"] == {
        "setup": {"condition": "service_completed_successfully"},
        "db": {"condition": "service_healthy"},
        "redis": {"condition": "service_healthy"},
    }


def test_the_image_is_made_from_the_lock_and_runs_as_nobody_special():
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert re.search(r"^FROM python:3\.12-slim", dockerfile, re.M)
    assert (
        "pip install --no-cache-dir --require-hashes --only-binary=:all: -r requirements.lock" in dockerfile
    )
    assert re.search(r"^USER eduportal$", dockerfile, re.M)


@dataclass(frozen=True)
class Stack:
    """The running services: the site's port, and the environment that compose gives to each of ours."""

    port: int
    env: dict[str, str]
    logs: Path

    def command(self, service: str) -> list[str]:
        parts = [part.replace("$$", "$") for part in SERVICES[service]["command"]]
        return [part.replace("0.0.0.0:8000", f"127.0.0.1:{self.port}") for part in parts]

    def run(self, command: list[str], timeout: float = 120) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=timeout, check=False
        )

    def healthcheck(self, service: str) -> subprocess.CompletedProcess[str]:
        kind, *test = SERVICES[service]["healthcheck"]["test"]
        test = [part.replace("$$", "$").replace(":8000/", f":{self.port}/") for part in test]
        return self.run(["sh", "-c", *test] if kind == "CMD-SHELL" else test)

    def manage(self, code: str) -> str:
        """What a piece of code prints inside the portal."""
        result = self.run(["python", "manage.py", "shell", "--no-imports", "-c", code])
        assert result.returncode == 0, result.stderr
        return result.stdout.strip()

    def ask(self, query: str, *values: object) -> object:
        """The one value that a query gives."""
        with closing(psycopg2.connect(self.env["DATABASE_URL"])) as connection, connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchone()[0]

    def get(self, path: str, host: str = HOST, **headers: str) -> tuple[int, dict[str, str], str]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            headers={"Host": host, **{name.replace("_", "-"): value for name, value in headers.items()}},
        )
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}), StayHere)
        try:
            response = direct.open(request, timeout=10)
        except urllib.error.HTTPError as error:
            response = error
        with closing(response):
            return response.status, dict(response.headers), response.read().decode(errors="replace")


class StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


def environment_of_ours(data: Path, database: str) -> dict[str, str]:
    values = {
        "SECRET_KEY": "only-for-this-test-" + "x" * 50,
        "POSTGRES_PASSWORD": "unused",
        "ALLOWED_HOSTS": HOST,
        "CSRF_TRUSTED_ORIGINS": f"https://{HOST}",
    }
    written = {
        name: VARIABLE.sub(lambda match: values[match[1]], text)
        for name, text in SERVICES["web"]["environment"].items()
    }
    assert all(SERVICES[name]["environment"] == SERVICES["web"]["environment"] for name in OURS)
    assert (written["EDUPORTAL_MODE"], written["EDUPORTAL_DATA"]) == ("production", "/data")
    here = {
        "DATABASE_URL": f"{POSTGRES_SERVER}/{database}",
        "REDIS_URL": REDIS_SERVER,
        "EDUPORTAL_DATA": str(data),
    }
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": programs, "HOME": str(data), "HOSTNAME": socket.gethostname()} | written | here


def in_server(statement: str) -> None:
    with closing(psycopg2.connect(f"{POSTGRES_SERVER}/postgres")) as connection:
        connection.autocommit = True
        connection.cursor().execute(statement)


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    database = f"eduportal_compose_{os.getpid()}"
    try:
        in_server(f"CREATE DATABASE {database}")
    except psycopg2.OperationalError as error:
        pytest.skip(f"no PostgreSQL to run the services against: {error}")
    logs = tmp_path_factory.mktemp("logs")
    stack = Stack(free_port(), environment_of_ours(tmp_path_factory.mktemp("data"), database), logs)
    try:
        with ExitStack() as started:
            prepared = stack.run(stack.command("setup"))
            assert prepared.returncode == 0, prepared.stderr
            for name in ["web", "worker", "beat"]:
                started.enter_context(running(stack.command(name), logs / name, cwd=ROOT, env=stack.env))
            yield stack
    finally:
        in_server(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


def eventually_well(stack: Stack, service: str) -> None:
    deadline = time.monotonic() + 60
    while (result := stack.healthcheck(service)).returncode:
        log = (stack.logs / service).read_text()
        assert time.monotonic() < deadline, f"{result.stdout}{result.stderr}\n{log}"
        time.sleep(0.5)


@pytest.mark.services
def test_the_site_is_well_and_safe(stack):
    eventually_well(stack, "web")
    status, headers, body = stack.get("/healthz")
    assert (status, body) == (200, "ok")
    status, headers, _ = stack.get("/")
    assert (status, headers["Location"]) == (301, f"https://{HOST}/")
    status, headers, _ = stack.get("/", X_Forwarded_Proto="https")
    assert (status, headers["Location"].split("?")[0]) == (302, "/account/login/")
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert stack.get("/", host="elsewhere.example", X_Forwarded_Proto="https")[0] == 400


@pytest.mark.services
def test_static_files_are_collected_under_names_that_change_with_them(stack):
    eventually_well(stack, "web")
    _, _, page = stack.get("/account/login/", X_Forwarded_Proto="https")
    sheets = re.findall(r'href="(/static/[^"]+\.css)"', page)
    assert sheets
    for sheet in sheets:
        assert re.search(r"\.[0-9a-f]{12}\.css$", sheet)
        status, headers, _ = stack.get(sheet, X_Forwarded_Proto="https")
        assert (status, "immutable" in headers["Cache-Control"]) == (200, True)


@pytest.mark.services
def test_the_worker_does_a_job_that_the_site_enqueues(stack):
    eventually_well(stack, "worker")
    job = stack.manage(
        "from trail import actions, kinds\n"
        "kind = min(kind.name for kind in kinds.KINDS.values() if kind.next_run)\n"
        "print(actions.enqueue(kind, key='compose', args={}).pk)"
    )
    deadline = time.monotonic() + 30
    query = "SELECT state FROM trail_job WHERE id = %s"
    while (state := stack.ask(query, job)) in {"queued", "running"} and time.monotonic() < deadline:
        time.sleep(0.2)
    assert state == "done", (stack.logs / "worker").read_text()


@pytest.mark.services
def test_the_clock_puts_periodic_work_on_the_calendar(stack):
    """Beat ticks every half minute; the worker then finds what is due and gives each kind its next time."""
    query = "SELECT count(*) FROM trail_schedule WHERE last_run_at IS NOT NULL"
    deadline = time.monotonic() + 60
    while (count := stack.ask(query)) == 0 and time.monotonic() < deadline:
        time.sleep(0.5)
    assert count > 0, (stack.logs / "beat").read_text() + (stack.logs / "worker").read_text()
