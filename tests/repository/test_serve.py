"""`manage.py serve`: site and ticker as one, up together and down together."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from scripts.steps import ROOT, clean_environment

pytestmark = [
    pytest.mark.xdist_group("serve"),  # one migrated database for all of them
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes the Linux way"),
]
MANAGE = [sys.executable, str(ROOT / "manage.py")]


@pytest.fixture(scope="module")
def env(tmp_path_factory) -> dict[str, str]:
    """The environment of an embedded portal with an empty database of its own."""
    env = clean_environment(EDUPORTAL_DATA=str(tmp_path_factory.mktemp("portal")))
    subprocess.run([*MANAGE, "migrate", "--verbosity", "0"], env=env, check=True, timeout=300)
    return env


@contextmanager
def serving(env: dict[str, str], *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The running process and the address it told."""
    process = subprocess.Popen(
        [*MANAGE, "serve", "--port", "0", *arguments],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        address = ""
        while not address.startswith("http"):
            line = process.stdout.readline()
            assert line, process.stderr.read() if process.stderr else ""
            address = line.strip()
        yield process, address
    finally:
        process.kill()
        process.communicate()


def answer(address: str) -> tuple[int, str]:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with direct.open(address, timeout=5) as response:
        return response.status, response.read().decode()


def children(process: subprocess.Popen[str]) -> dict[str, int]:
    """The process ids of site and ticker. Gunicorn renames itself where it can (with setproctitle)."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            pid, name, _, parent = re.match(r"(\d+) \((.*)\) (\w) (\d+)", stat.read_text()).groups()
            if int(parent) == process.pid:
                found[name.removeprefix("portal-").replace("gunicorn: maste", "site")] = int(pid)
    return found


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def eventually(happens: Callable[[], bool], seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while not happens():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def test_site_answers_ticker_works_and_ctrl_c_stops_both(env, tmp_path):
    accounts = tmp_path / "accounts"
    accounts.write_text("account leader someone something\n")
    with serving(env, f"--closing={accounts}") as (process, address):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        assert process.stdout.readline() == "account leader someone something\n"
        assert answer(f"{address}healthz") == (200, "ok")
        assert eventually(lambda: periodic_work(env) > 0)
        pids = children(process)
        assert pids.keys() == {"site", "ticker"}
        process.send_signal(signal.SIGINT)
        assert process.wait(15) == 0
        assert process.stderr.read() == ""
    assert {name: is_alive(pid) for name, pid in pids.items()} == {"site": False, "ticker": False}


def periodic_work(env: dict[str, str]) -> int:
    """How many kinds of periodic work the ticker has put on the calendar."""
    with closing(sqlite3.connect(Path(env["EDUPORTAL_DATA"]) / "db.sqlite3")) as connection:
        return connection.execute("SELECT count(*) FROM trail_schedule").fetchone()[0]


@pytest.mark.parametrize("victim", ["ticker", "site"])
def test_if_one_ends_the_other_is_stopped_and_it_is_told(env, victim):
    with serving(env) as (process, _):
        assert eventually(lambda: children(process).keys() == {"site", "ticker"})
        pids = children(process)
        os.kill(pids[victim], signal.SIGKILL)
        assert process.wait(15) == 1
        assert process.stderr.read().splitlines()[-1] == (
            f"CommandError: The {victim} ended by itself (exit code -9); everything is stopped."
        )
    assert [pid for pid in pids.values() if is_alive(pid)] == []


@pytest.mark.skipif(
    sys.platform != "linux", reason="Linux tells children of their parent's death, others do not"
)
def test_nothing_is_left_behind_when_it_is_killed_outright(env):
    with serving(env) as (process, _):
        pids = children(process)
        process.kill()
        assert eventually(lambda: not any(is_alive(pid) for pid in pids.values()))


def test_data_in_use_is_not_thrown_away(env):
    with serving(env):
        result = subprocess.run(
            [sys.executable, "-c", "from scripts import portal; portal.start_over()"],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
        )
    assert result.stderr.splitlines()[-1].endswith("Stop it (Ctrl-C) before starting over.")
    assert (Path(env["EDUPORTAL_DATA"]) / "db.sqlite3").exists()


def test_an_embedded_portal_answers_on_this_machine_only(env):
    result = subprocess.run(
        [*MANAGE, "serve", "--port", "0", "--bind", "0.0.0.0"],  # noqa: S104 - what it has to refuse
        env=env, capture_output=True, text=True, timeout=180,
    )  # fmt: skip
    assert result.returncode == 1
    assert "An embedded portal answers on this machine only, not on 0.0.0.0." in result.stderr


def test_a_port_in_use_is_told(env):
    with socket.create_server(("127.0.0.1", 0)) as occupied:
        port = occupied.getsockname()[1]
        result = subprocess.run(
            [*MANAGE, "serve", "--port", str(port)], env=env, capture_output=True, text=True, timeout=180
        )
    assert result.returncode == 1
    assert f"Cannot listen on 127.0.0.1:{port}: Address already in use. Choose another" in result.stderr
