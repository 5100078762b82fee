"""A portal of its own, served as `./run demo` serves it: loaded into a folder, started, stopped."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Cookie

from scripts.steps import ROOT, clean_environment

MANAGE = [sys.executable, str(ROOT / "manage.py")]
# What keeps Chromium from calling home and lets it run as root in a container.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass(frozen=True)
class Portal:
    """A portal that is being served, with the passwords of its accounts by user name.

    `sessions` are the cookies of those who have signed in before, so that each does so only once.
    """

    address: str
    passwords: dict[str, str]
    log: Path
    sessions: dict[str, list[Cookie]] = field(default_factory=dict)


@contextmanager
def served(folder: Path, *size: str) -> Iterator[Portal]:
    """Migrated, loaded with the demo (`size`: options of `load_demo`) and served, site and ticker, on a free
    port in processes of its own; its data and its log are in the folder."""
    env = clean_environment(EDUPORTAL_DATA=str(folder / "data"))
    for arguments in [["migrate", "--verbosity", "0"], ["load_demo", *size]]:
        subprocess.run([*MANAGE, *arguments], env=env, check=True, timeout=300, stdout=subprocess.DEVNULL)
    listed = subprocess.run(
        [*MANAGE, "load_demo", "--accounts"], env=env, check=True, timeout=180, capture_output=True, text=True
    )
    accounts = [line.split() for line in listed.stdout.splitlines() if line.startswith("account ")]
    log = folder / "server.log"
    with (
        log.open("w") as errors,
        subprocess.Popen(
            [*MANAGE, "serve", "--port", "0"], env=env, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as server,
    ):
        try:
            assert server.stdout
            address = next((line.strip() for line in server.stdout if line.startswith("http")), "")
            assert address, log.read_text()
            yield Portal(address, {username: password for _, _, username, password in accounts}, log)
        finally:
            server.terminate()
            try:
                server.wait(20)
            finally:
                server.kill()
