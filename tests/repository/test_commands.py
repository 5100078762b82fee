"""`./run` and what the README says about it."""

import os
import re
import socket
import subprocess
import sys

import pytest

from scripts import commands
from scripts.steps import ROOT

# No site-packages and no environment: as on a machine where nothing is installed yet.
BARE = [sys.executable, "-S", "-E", "run"]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*BARE, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60)


def test_alone_it_lists_every_command_with_a_line_on_it():
    result = run()
    listed = re.findall(r"^  \./run (\w+) +(\S.*)$", result.stdout, re.M)
    assert result.returncode == 0
    assert [name for name, _ in listed] == [command.__name__ for command in commands.COMMANDS]
    assert {"demo", "test", "lint", "types", "serve", "manage", "messages", "lock", "benchmark"} <= {
        name for name, _ in listed
    }


def test_an_unknown_command_shows_the_list():
    result = run("dmeo")
    assert result.returncode == 2
    assert result.stderr.startswith("There is no `./run dmeo`.\n\neduportal's commands:\n")


def test_a_port_in_use_is_told_before_any_work():
    with socket.create_server(("127.0.0.1", 0)) as occupied:
        port = occupied.getsockname()[1]
        result = run("demo", "--port", str(port))
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.strip().splitlines() == [
        f"Port {port} on 127.0.0.1 is in use by another program, perhaps an eduportal.",
        f"Stop that program, or choose another port: --port {port + 1}",
    ]


def test_a_port_that_is_none_is_told():
    result = run("demo", "--port", "80000")
    assert result.returncode == 2
    assert "'80000' is not a port; ports are numbers from 1 to 65535" in result.stderr


def test_the_readme_names_no_command_that_is_not_there():
    names = {command.__name__ for command in commands.COMMANDS}
    mentioned = set(re.findall(r"\./run ([a-z_]+)", (ROOT / "README.md").read_text()))
    assert {"demo", "test"} <= mentioned
    assert mentioned - names == set()


@pytest.mark.xdist_group("together")
def test_a_group_of_tests_stays_with_one_worker(request):
    """xdist says nothing where it cannot group: each worker then loads the whole demo."""
    if os.environ.get("PYTEST_XDIST_WORKER") is None:
        pytest.skip("the tests run in one process")
    assert request.node.nodeid.endswith("@together")
