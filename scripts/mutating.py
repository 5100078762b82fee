"""Whether the tests notice a changed rule: mutation testing of the modules that everything leans on.

mutmut changes one function at a time and runs the tests of its module. It works in a copy of the source, so
that nothing is left in the checkout and each run starts afresh.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.environment import PYTHON
from scripts.steps import ROOT, Trouble, clean_environment
from scripts.translations import NOT_COPIED

MOST_ALIVE = 15  # per cent
KILLED = ("killed", "timeout", "segfault", "caught by type check")


@dataclass(frozen=True)
class Scope:
    """A module, and the tests that are to notice whatever is changed in it."""

    name: str
    module: str
    tests: tuple[str, ...]


SCOPES = [
    Scope("standing", "directives/standing.py", ("tests/directives/test_standing.py",)),
    Scope("occurrences", "directives/occurrences.py", ("tests/directives/test_occurrences.py",)),
    Scope("arithmetic", "targets/arithmetic.py", ("tests/targets/test_arithmetic.py",)),
    Scope("visibility", "schools/queries/__init__.py", ("tests/schools/test_queries.py",)),
    Scope("register", "schools/queries/recognitions.py", ("tests/schools/test_recognitions.py",)),
    Scope(
        "deadlines",
        "directives/reading/deadlines.py",
        ("tests/directives/reading/test_deadlines.py",),
    ),
    Scope(
        "dates",
        "directives/reading/dates.py",
        ("tests/directives/reading/test_dates.py", "tests/directives/reading/test_deadlines.py"),
    ),
    Scope("reminders", "reports/schedule.py", ("tests/reports/test_schedule.py",)),
    Scope("numbers", "eduportal/base/numbers.py", ("tests/eduportal/base/test_numbers.py",)),
]


@dataclass(frozen=True)
class Outcome:
    """What became of each mutant of a module; `alive` are the changes that no test noticed, as diffs."""

    name: str
    killed: int
    alive: tuple[str, ...]

    @property
    def total(self) -> int:
        return self.killed + len(self.alive)

    @property
    def is_well(self) -> bool:
        return 100 * len(self.alive) < MOST_ALIVE * self.total

    def __str__(self) -> str:
        percent = 100 * len(self.alive) / self.total if self.total else 0
        return (
            f"{self.name}: {self.total} mutants, {self.killed} killed, {len(self.alive)} alive"
            f" ({percent:.1f} %)"
        )


def chosen(names: list[str]) -> list[Scope]:
    """The scopes of these names; all of them where none is named."""
    by_name = {scope.name: scope for scope in SCOPES}
    unknown = [name for name in names if name not in by_name]
    if unknown:
        raise Trouble(f"There is no {', '.join(unknown)} to mutate. There are: {', '.join(by_name)}.")
    return [by_name[name] for name in names] or SCOPES


def settings_of(scope: Scope, copied: list[str]) -> str:
    """mutmut's settings: what is changed, what is copied beside it, and the tests to run."""
    lists = {
        "source_paths": [scope.module],
        "also_copy": copied,
        "pytest_add_cli_args_test_selection": list(scope.tests),
        # Tables made from the models take a tenth of the time that all migrations take; no measure is needed.
        "pytest_add_cli_args": ["--no-migrations", "--hypothesis-seed=0", "-p", "no:cacheprovider"],
    }
    lines = ["[mutmut]"]
    for name, entries in lists.items():
        lines += [f"{name} =", *(f"    {entry}" for entry in entries)]
    return "\n".join(lines) + "\n"


@contextmanager
def workshop(scope: Scope) -> Iterator[Path]:
    """A copy of the source with mutmut's settings in it."""
    with tempfile.TemporaryDirectory(prefix="eduportal-mutations-") as folder:
        copy = Path(folder) / "source"
        kept_out = shutil.ignore_patterns(*(name for name in NOT_COPIED if name != "tests"))
        shutil.copytree(ROOT, copy, ignore=kept_out)
        copied = sorted(path.name for path in copy.iterdir())
        (copy / "setup.cfg").write_text(settings_of(scope, copied))
        yield copy


def mutmut(folder: Path, *arguments: str) -> str:
    """Run mutmut, at a low priority since it takes long. Raises Trouble when it could not do its work."""
    with tempfile.TemporaryDirectory(prefix="eduportal-mutations-data-") as data:
        result = subprocess.run(
            [PYTHON, "-m", "mutmut", *arguments],
            cwd=folder,
            env=clean_environment(EDUPORTAL_DATA=data, PYTHONDONTWRITEBYTECODE="1"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=lambda: os.nice(10),
        )
    if result.returncode:
        raise Trouble(f"mutmut {' '.join(arguments)} failed:\n{result.stdout[-4000:]}")
    return result.stdout


def states_of(listing: str) -> dict[str, str]:
    """What `mutmut results` says of each mutant: killed, survived, no tests, timeout …"""
    pairs = [line.strip().rpartition(": ") for line in listing.splitlines() if "__mutmut_" in line]
    return {name: state for name, _, state in pairs}


def mutate(scope: Scope) -> Outcome:
    """Try every mutant of a module against its tests."""
    with workshop(scope) as folder:
        mutmut(folder, "run")
        states = states_of(mutmut(folder, "results", "--all", "true"))
        alive = [name for name, state in states.items() if state not in KILLED]
        shown = tuple(mutmut(folder, "show", name) for name in alive)
    return Outcome(scope.name, len(states) - len(alive), shown)


def run(scopes: list[Scope]) -> int:
    """Mutate these modules; a failure when one of them has too many mutants alive."""
    outcomes = []
    for scope in scopes:
        print(f"{scope.name} … ", end="", flush=True)
        outcome = mutate(scope)
        outcomes.append(outcome)
        print(f"\r{outcome}", flush=True)
        for diff in outcome.alive:
            print(diff)
    failed = [outcome.name for outcome in outcomes if not outcome.is_well]
    if failed:
        print(f"\n{MOST_ALIVE} % or more are alive in {', '.join(failed)}.")
    return 1 if failed else 0
