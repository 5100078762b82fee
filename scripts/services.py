"""A PostgreSQL and a Redis of their own for the tests: empty, fast, on free ports, gone afterwards."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from scripts.packages import postgresql_programs
from scripts.steps import Step, Trouble

POSTGRES = "EDUPORTAL_TEST_POSTGRES"  # postgres://user:password@host:port, without a database
REDIS = "EDUPORTAL_TEST_REDIS"  # redis://host:port/0
SECONDS_TO_START = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(answers: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, name: str) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while not answers():
        if process.poll() is not None or time.monotonic() > deadline:
            raise Trouble(f"{name} for the tests did not start:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.1)


@contextmanager
def running(command: list[str], log: Path, **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A server that is stopped at the end. Its own session, so that Ctrl-C stops the tests before it."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True, **options
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown; Redis's only one
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def postgres_account() -> dict[str, Any]:
    """PostgreSQL will not run as root: then it runs as the account that its package made."""
    if os.geteuid() != 0:
        return {}
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        raise Trouble("PostgreSQL does not run as root, and there is no account `postgres` for it.") from None
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


def make_cluster(folder: Path, programs: Path, account: dict[str, Any]) -> str:
    """Make an empty cluster in `folder`/data. Returns the password of its only user, eduportal."""
    password = secrets.token_hex(16)
    (folder / "password").write_text(password)
    if account:
        for path in (folder, folder / "password"):
            shutil.chown(path, account["user"])
    command: list[str | Path] = [
        programs / "initdb", "--pgdata", folder / "data", "--username=eduportal", "--auth=scram-sha-256",
        f"--pwfile={folder / 'password'}", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
    ]  # fmt: skip
    made = subprocess.run(command, capture_output=True, text=True, cwd=folder, **account)
    if made.returncode:
        raise Trouble(f"initdb failed:\n{made.stderr}")
    return password


@contextmanager
def postgresql() -> Iterator[str]:
    """A fresh cluster. Yields its address, without a database name."""
    programs = postgresql_programs()
    if programs is None:
        raise Trouble("PostgreSQL's programs (initdb, postgres) are not there.")
    account = postgres_account()
    folder = Path(tempfile.mkdtemp(prefix="eduportal-postgresql-"))
    try:
        password = make_cluster(folder, programs, account)
        port = free_port()
        # Nothing here outlives the tests, so nothing waits for the disk.
        settings = ["listen_addresses=127.0.0.1", f"port={port}", "unix_socket_directories=",
                    "fsync=off", "synchronous_commit=off", "full_page_writes=off"]  # fmt: skip
        command = [str(programs / "postgres"), "-D", str(folder / "data")]
        for setting in settings:
            command += ["-c", setting]
        log = folder / "log"
        with running(command, log, cwd=folder, **account) as process:
            ready = [str(programs / "pg_isready"), "--quiet", "--host=127.0.0.1", f"--port={port}"]
            wait_until(lambda: subprocess.run(ready).returncode == 0, process, log, "PostgreSQL")
            yield f"postgres://eduportal:{password}@127.0.0.1:{port}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def redis() -> Iterator[str]:
    """A Redis that keeps nothing. Yields its address."""
    with tempfile.TemporaryDirectory(prefix="eduportal-redis-") as folder:
        port = free_port()
        command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", ""]
        log = Path(folder) / "log"
        with running(command, log, cwd=folder) as process:
            wait_until(lambda: answers_ping(port), process, log, "Redis")
            yield f"redis://127.0.0.1:{port}/0"


def answers_ping(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def services(step: Step, stack: ExitStack) -> dict[str, str]:
    """The addresses of both for the tests, as environment variables; given ones are taken as they are."""
    given = {name: os.environ[name] for name in (POSTGRES, REDIS) if os.environ.get(name)}
    if POSTGRES not in given:
        given[POSTGRES] = stack.enter_context(postgresql())
    if REDIS not in given:
        given[REDIS] = stack.enter_context(redis())
    step.outcome = "running"
    return given
