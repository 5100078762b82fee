"""The lock files: every file hashed, every version pinned, for every Python we promise, from any index."""

import re
import tomllib

import pytest

from scripts.steps import ROOT

LOCKS = ["requirements.lock", "requirements-dev.lock"]
PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[^\s;\\]+)(?: ; (?P<marker>[^\\]+?))? \\$")


def pins(lock: str) -> dict[str, tuple[str, int]]:
    """Name to version and number of hashes."""
    found: dict[str, tuple[str, int]] = {}
    name = ""
    for line in (ROOT / lock).read_text().splitlines():
        if match := PIN.match(line):
            name = match["name"]
            found[name] = (match["version"], 0)
        elif line.startswith("    --hash=sha256:"):
            version, hashes = found[name]
            found[name] = (version, hashes + 1)
        else:
            assert line.startswith("    #"), (
                f"{lock} has a line that is no pin, no hash and no comment: {line}"
            )
    return found


def plain_name(requirement: str) -> str:
    name = re.split(r"[\s<>=~!\[;]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def declared() -> tuple[set[str], set[str]]:
    """What pyproject.toml asks for: the portal's packages, and the tools'."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    runtime = {plain_name(text) for text in project["project"]["dependencies"]}
    return runtime, {plain_name(text) for text in project["dependency-groups"]["dev"]}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_version_is_pinned_with_hashes(lock):
    assert {name for name, (_, hashes) in pins(lock).items() if not hashes} == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_an_index(lock):
    text = (ROOT / lock).read_text()
    assert re.findall(r"https?://\S+|(?:index-url|find-links|trusted-host)\S*", text) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_hold_what_python_3_11_2_needs_and_later_ones_do_not(lock):
    # redis asks for async-timeout before 3.11.3 only: a lock made for the Python at hand would leave it out.
    assert re.findall(r"^async-timeout==\S+ ; (.+?) \\$", (ROOT / lock).read_text(), re.M) == [
        "python_full_version < '3.11.3'"
    ]


def test_the_locks_hold_all_that_is_declared_and_agree():
    runtime, tools = declared()
    assert runtime - pins("requirements.lock").keys() == set()
    assert (runtime | tools) - pins("requirements-dev.lock").keys() == set()
    development = pins("requirements-dev.lock")
    assert {name: development.get(name) for name in pins("requirements.lock")} == pins("requirements.lock")


def test_every_dependency_says_why_it_is_there():
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    dependencies = [line for line in lines if re.match(r'    "[A-Za-z0-9._-]+(?:\[|[<>=~])', line)]
    assert len(dependencies) == sum(len(names) for names in declared())
    assert [line for line in dependencies if not re.search(r'",\s+# \S.{10,}', line)] == []
