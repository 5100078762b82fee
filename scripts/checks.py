"""Lint, types and tests."""

import subprocess
import tempfile
import time
import xml.etree.ElementTree as ET
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from scripts import translations
from scripts.environment import BROWSERS, PYTHON, has_own_browser
from scripts.packages import CHROMIUM, chromium
from scripts.portal import MANAGE
from scripts.services import POSTGRES, services
from scripts.steps import ROOT, Progress, Trouble, clean_environment

Check = tuple[str, list[str | Path]]
NOTHING_COLLECTED = 5  # pytest's exit code
TYPES: Check = ("types", [PYTHON, "-m", "mypy", "."])
LINT: list[Check] = [
    ("style", [PYTHON, "-m", "ruff", "check", "."]),
    ("format", [PYTHON, "-m", "ruff", "format", "--check", "."]),
    (
        "layers",
        [PYTHON, "-c", "from importlinter.cli import lint_imports_command as main; main()", "--no-cache"],
    ),
    TYPES,
    ("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"]),
]


def run_check(name: str, command: list[str | Path]) -> bool:
    """Run one checker; what it says is shown only when it finds something."""
    began = time.monotonic()
    print(f"{name} … ", end="", flush=True)
    with tempfile.TemporaryDirectory(prefix="eduportal-lint-") as data:
        result = subprocess.run(
            command,
            cwd=ROOT,
            env=clean_environment(EDUPORTAL_DATA=data),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    return told(name, result.stdout if result.returncode else "", began)


def told(name: str, findings: str, began: float) -> bool:
    print(f"{'FAILED' if findings else 'ok'} ({time.monotonic() - began:.0f} s)", flush=True)
    if findings:
        print(findings.rstrip(), end="\n\n", flush=True)
    return not findings


def types() -> int:
    return 0 if run_check(*TYPES) else 1


def lint() -> int:
    """Every check, also after one has failed, so that all there is to mend is seen at once."""
    passed = {name: run_check(name, command) for name, command in LINT}
    began = time.monotonic()
    print("translations … ", end="", flush=True)
    passed["translations"] = told("translations", translations.faults(), began)
    failed = [name for name, ok in passed.items() if not ok]
    print(f"lint: {', '.join(failed)} failed" if failed else "lint: all is well")
    return 1 if failed else 0


@dataclass(frozen=True)
class Tally:
    """The outcome of one run of the tests. An error in a fixture counts as a failure."""

    name: str
    exit_code: int
    seconds: float
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    @property
    def is_well(self) -> bool:
        return self.exit_code == 0

    def __str__(self) -> str:
        note = "" if self.is_well or self.failed else f", pytest ended with exit code {self.exit_code}"
        return (
            f"{self.name}: {self.passed} passed, {self.failed} failed, {self.skipped} skipped{note}"
            f" ({self.seconds:.0f} s)"
        )


def read_tally(name: str, exit_code: int, seconds: float, report: Path) -> Tally:
    if not report.exists():
        return Tally(name, exit_code, seconds)
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for case in ET.parse(report).iter("testcase"):  # noqa: S314 - pytest wrote it a moment ago
        kinds = {child.tag for child in case}
        outcome = "failed" if kinds & {"failure", "error"} else "skipped" if "skipped" in kinds else "passed"
        counts[outcome] += 1
    return Tally(name, exit_code, seconds, **counts)


def run_pytest(name: str, arguments: list[str], env: dict[str, str]) -> Tally:
    """One run of pytest in a data folder of its own, so that no test touches the portal's data."""
    print(f"\n── {name} " + "─" * (76 - len(name)), flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="eduportal-tests-") as folder:
        report = Path(folder) / "report.xml"
        code = subprocess.run(
            [PYTHON, "-m", "pytest", f"--junitxml={report}", *arguments],
            cwd=ROOT,
            env=env | {"EDUPORTAL_DATA": folder},
            stdin=subprocess.DEVNULL,
        ).returncode
        return read_tally(name, code, time.monotonic() - began, report)


NO_BROWSER = (
    "The browser tests were left out, for there is no Chromium here that they can drive.\n"
    "Once there is one, name its path in EDUPORTAL_CHROMIUM and start again."
)


def has_browser() -> bool:
    return bool(chromium()) or has_own_browser()


def environment_of_tests(**extra: str) -> dict[str, str]:
    """What the tests are told: nothing of a real portal, and which Chromium to drive."""
    env = clean_environment(**extra, PLAYWRIGHT_BROWSERS_PATH=str(BROWSERS))
    found = chromium()
    return env | {CHROMIUM: found} if found else env


def pictures(folder: Path) -> int:
    """The main pages of the full demo, each in both languages."""
    if not has_browser():
        raise Trouble(NO_BROWSER)
    with tempfile.TemporaryDirectory(prefix="eduportal-pictures-") as data:
        env = environment_of_tests(EDUPORTAL_DATA=data, DJANGO_SETTINGS_MODULE="eduportal.settings")
        command: list[str | Path] = [PYTHON, "-m", "tests.browser.pictures", folder, data]
        code = subprocess.run(command, cwd=ROOT, env=env).returncode
    print(f"pictures: {folder}", flush=True)
    return code


def pictures_of_the_tests(folder: Path) -> int:
    """The browser tests alone, leaving a picture of every page they look at."""
    if not has_browser():
        raise Trouble(NO_BROWSER)
    folder.mkdir(parents=True, exist_ok=True)
    tally = run_pytest("Chromium", ["-m", "browser"], environment_of_tests(EDUPORTAL_SHOTS=str(folder)))
    print(f"\n{tally}\npictures: {folder}", flush=True)
    return 0 if tally.is_well else 1


def test(arguments: list[str], progress: Progress) -> int:
    """All tests on SQLite, then on PostgreSQL all that a database can make a difference to."""
    given = arguments or ["-n", "2", "--dist", "loadgroup"]
    with ExitStack() as stack:
        with progress.step("PostgreSQL and Redis for the tests") as step:
            addresses = services(step, stack)
        env = environment_of_tests(**addresses)
        on_postgresql = env | {"DATABASE_URL": f"{addresses[POSTGRES].rstrip('/')}/eduportal"}
        first = given if has_browser() else ["-m", "not browser", *given]
        tallies = [run_pytest("SQLite", first, env)]
        again = ["-m", "database and not browser", "--ignore=tests/repository", *given]
        second = run_pytest("PostgreSQL", again, on_postgresql)
        if not (arguments and second.exit_code == NOTHING_COLLECTED and tallies[0].is_well):
            tallies.append(second)
    print("" if has_browser() else f"\n{NO_BROWSER}\n")
    for tally in tallies:
        print(tally)
    print(f"{sum(t.passed for t in tallies)} passed, {sum(t.failed for t in tallies)} failed", flush=True)
    return 0 if all(tally.is_well for tally in tallies) else 1


LEAST_COVERED = 90  # per cent of all lines
COVERAGE = [
    *(
        f"--cov={app}"
        for app in ("accounts", "directives", "eduportal", "reports", "schools", "targets", "trail")
    ),
    "--cov-report=term-missing:skip-covered",
    f"--cov-fail-under={LEAST_COVERED}",
]


def coverage(progress: Progress) -> int:
    """All tests on SQLite, then each file with the lines that none of them reached."""
    with ExitStack() as stack:
        with progress.step("PostgreSQL and Redis for the tests") as step:
            addresses = services(step, stack)
        env = environment_of_tests(**addresses)
        chosen = [] if has_browser() else ["-m", "not browser"]
        tally = run_pytest("SQLite", [*chosen, "-n", "2", "--dist", "loadgroup", *COVERAGE], env)
    print("" if has_browser() else f"\n{NO_BROWSER}\n")
    print(tally, flush=True)
    return 0 if tally.is_well else 1
