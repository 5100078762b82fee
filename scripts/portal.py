"""The embedded portal: translations, database, demo data, server. What was done is not done again."""

import contextlib
import fcntl
import os
import shutil
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from scripts import environment
from scripts.steps import ROOT, Step, Trouble

DATA = Path(os.environ.get("EDUPORTAL_DATA", ROOT / "var")).resolve()
DATABASE = DATA / "db.sqlite3"
STAMPS = DATA / "stamps"
MANAGE = [environment.PYTHON, ROOT / "manage.py"]
NOT_OURS = (".venv", ".git", "var")


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two `./run` in two terminals make the environment one after the other."""
    descriptor = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another ./run is getting this folder ready; waiting for it.", flush=True)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def require_free_port(port: int) -> None:
    """Raises Trouble when something listens on the port already: better now than after minutes of work."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise Trouble(f"Port {port} is for root only. Choose one from 1024 up: --port 8001") from None
        except OSError:
            raise Trouble(
                f"Port {port} on 127.0.0.1 is in use by another program, perhaps an eduportal.\n"
                f"Stop that program, or choose another port: --port {port + 1 if port < 65535 else 8001}"
            ) from None


def compile_messages(step: Step) -> None:
    """Compile each catalogue that is newer than what was compiled from it."""
    stale = []
    for catalogue in sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po")):
        compiled = catalogue.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime:
            stale.append((catalogue, compiled))
    for catalogue, compiled in stale:
        step.run(["msgfmt", "--check-format", "--output-file", compiled, catalogue])
    step.outcome = "done" if stale else "as before"


def migrations() -> list[Path]:
    """Every migration of the project, and the lock, since packages bring migrations too."""
    ours = [path for path in ROOT.glob("*/migrations/*.py") if path.parts[len(ROOT.parts)] not in NOT_OURS]
    return [*ours, environment.RUNTIME]


def migrate(step: Step, env: dict[str, str]) -> None:
    """Bring the database up to date. An embedded one that is so already is left alone."""
    state = environment.digest(*migrations())
    stamp = STAMPS / "migrated"
    embedded = "DATABASE_URL" not in env
    if embedded and DATABASE.exists() and stamp.exists() and stamp.read_text() == state:
        step.outcome = "as before"
        return
    step.run([*MANAGE, "migrate", "--noinput"], env=env)
    if embedded:
        write_stamp(stamp, state)


def write_stamp(stamp: Path, text: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(text)


def require_folder_for_demo() -> None:
    """The demo's fictional province goes into a data folder of its own, never among somebody's real data."""
    if DATABASE.exists() and not (STAMPS / "demo").exists():
        raise Trouble(
            f"{DATA} holds data that the demo did not put there; the demo keeps away from it.\n"
            "Give the demo another folder:\n\n    EDUPORTAL_DATA=var-demo ./run demo\n"
        )


def start_over() -> None:
    """Remove the demo's data, unless a server is using it."""
    if not DATA.exists():
        return
    descriptor = os.open(DATA, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)  # `serve` holds it shared
    except BlockingIOError:
        raise Trouble(f"An eduportal is running on {DATA}. Stop it (Ctrl-C) before starting over.") from None
    finally:
        os.close(descriptor)
    shutil.rmtree(DATA)


def load_demo(step: Step, env: dict[str, str]) -> None:
    """Load the fictional province once, and keep the account lines for later starts."""
    if accounts_file().exists():
        step.outcome = "kept as you left it"
        return
    step.run([*MANAGE, "load_demo"], env=env)
    lines = step.run([*MANAGE, "load_demo", "--accounts"], env=env).splitlines()
    accounts = [line for line in lines if line.startswith("account ")]
    write_stamp(accounts_file(), "\n".join(accounts) + "\n")


def accounts_file() -> Path:
    return STAMPS / "demo-accounts"


def become_server(port: int, env: dict[str, str], *arguments: str) -> NoReturn:
    """Turn this process into the server, so that Ctrl-C and signals reach it directly."""
    command = [*map(str, MANAGE), "serve", f"--port={port}", *arguments]
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execve(command[0], command, env)
