"""docker-compose.yml as it would run, without a container engine.

Each service is started as the file says, with the environment that the file gives it; only the addresses of
database and broker, the port and the folder of data are the test's.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
import yaml

from scripts.services import POSTGRES, REDIS, free_port
from scripts.steps import ROOT
from tests.brokers import numbered

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ["setup", "web", "worker", "beat"]
HOST = "portal.example.vn"
VARIABLE = re.compile(r"\$\{(\w+)(?::\?([^}]*))?\}")
SECRET_KEY = "only-for-this-test-" + "x9" * 25
DATABASE_PASSWORD = "mat-khau-cua-co-so-du-lieu"
POSTGRES_SERVER = os.environ.get(POSTGRES, f"postgres://postgres:{DATABASE_PASSWORD}@127.0.0.1:5432")
REDIS_SERVER = numbered(os.environ.get(REDIS, "redis://127.0.0.1:6379"), 1)
PATIENCE = 60  # seconds


@dataclass
class Stack:
    """The services: the site's port, the environment that compose gives to each of ours, and what runs."""

    port: int
    env: dict[str, str]
    logs: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    # --- starting and stopping ------------------------------------------------------------------------------

    def command(self, service: str) -> list[str]:
        parts = [part.replace("$$", "$") for part in SERVICES[service]["command"]]
        return [part.replace("0.0.0.0:8000", f"127.0.0.1:{self.port}") for part in parts]

    def start(self, service: str, *more: str, name: str = "") -> None:
        """Start a service as compose would; `name` tells a second one from the first."""
        name = name or service
        with (self.logs / name).open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [*self.command(service), *more],
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, name: str) -> None:
        """As if its machine lost power: nothing of it gets to say a last word."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self, name: str) -> int:
        """Ask it to stop, as compose does, and wait as long as compose would. Its exit code."""
        process = self.processes.pop(name)
        process.send_signal(signal.SIGTERM)
        try:
            return process.wait(30)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

    def stop_all(self) -> None:
        for name in list(self.processes):
            with suppress(subprocess.TimeoutExpired):
                self.stop(name)

    # --- looking --------------------------------------------------------------------------------------------

    def run(self, command: list[str], timeout: float = 300) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=timeout, check=False
        )

    def healthcheck(self, service: str) -> subprocess.CompletedProcess[str]:
        kind, *test = SERVICES[service]["healthcheck"]["test"]
        test = [part.replace("$$", "$").replace(":8000/", f":{self.port}/") for part in test]
        return self.run(["sh", "-c", *test] if kind == "CMD-SHELL" else test)

    def is_well(self, service: str) -> bool:
        return self.healthcheck(service).returncode == 0

    def log(self, name: str) -> str:
        return (self.logs / name).read_text(errors="replace")

    def everything_logged(self) -> str:
        return "\n".join(path.read_text(errors="replace") for path in self.logs.iterdir())

    def python(self, code: str) -> str:
        """What a piece of code prints inside the portal."""
        result = self.run(["python", "-c", f"import django; django.setup(); {code}"])
        assert result.returncode == 0, result.stderr
        return result.stdout.strip()

    @contextmanager
    def database(self) -> Iterator[psycopg2.extensions.cursor]:
        """A transaction of the test's own."""
        with closing(psycopg2.connect(self.env["DATABASE_URL"])) as connection, connection:
            yield connection.cursor()

    def ask(self, query: str, *values: object) -> object:
        """The one value that a query gives; None where there is no row."""
        with self.database() as cursor:
            cursor.execute(query, values)
            row = cursor.fetchone()
            return row[0] if row else None

    def tick(self) -> None:
        """What beat sends every half minute, now."""
        self.python("from eduportal.celery import app; app.send_task('trail.jobs.tick')")


def eventually(happens: Callable[[], object], told: Callable[[], str], seconds: float = PATIENCE) -> object:
    """What comes true in time; otherwise the test fails with what is told."""
    deadline = time.monotonic() + seconds
    while not (found := happens()):
        assert time.monotonic() < deadline, told()
        time.sleep(0.1)
    return found


def environment_of_ours(data: Path, database: str) -> dict[str, str]:
    """The environment that the file gives to each of our services, with the test's addresses."""
    values = {
        "SECRET_KEY": SECRET_KEY,
        "POSTGRES_PASSWORD": DATABASE_PASSWORD,
        "ALLOWED_HOSTS": HOST,
        "CSRF_TRUSTED_ORIGINS": f"https://{HOST}",
    }
    written = {
        name: VARIABLE.sub(lambda match: values[match[1]], text)
        for name, text in SERVICES["web"]["environment"].items()
    }
    here = {
        "DATABASE_URL": f"{POSTGRES_SERVER}/{database}",
        "REDIS_URL": REDIS_SERVER,
        "EDUPORTAL_DATA": str(data),
    }
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    of_a_container = {"PATH": programs, "HOME": str(data), "HOSTNAME": socket.gethostname()}
    of_the_test = {"DJANGO_SETTINGS_MODULE": "eduportal.settings"}
    return of_a_container | of_the_test | written | here


def in_server(statement: str) -> None:
    with closing(psycopg2.connect(f"{POSTGRES_SERVER}/postgres")) as connection:
        connection.autocommit = True
        connection.cursor().execute(statement)


@contextmanager
def prepared(folder: Path) -> Iterator[Stack]:
    """A database of its own, and the service `setup` run on it to its end. Nothing is left afterwards."""
    database = f"eduportal_compose_{os.getpid()}"
    in_server(f"CREATE DATABASE {database}")
    for name in ("data", "logs"):
        (folder / name).mkdir()
    stack = Stack(free_port(), environment_of_ours(folder / "data", database), folder / "logs")
    with ExitStack() as ending:
        ending.callback(in_server, f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        ending.callback(stack.stop_all)
        done = stack.run(stack.command("setup"))
        assert done.returncode == 0, done.stderr
        (stack.logs / "setup").write_text(done.stdout + done.stderr)
        yield stack
