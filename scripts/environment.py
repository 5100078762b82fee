"""The virtual environment `.venv`, made from a lock and made again when the lock changes."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from scripts.steps import ROOT, Step, Trouble

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RUNTIME = ROOT / "requirements.lock"
DEVELOPMENT = ROOT / "requirements-dev.lock"  # holds all of the runtime lock, and the tools


BROWSERS = VENV / "browsers"


def digest(*paths: Path) -> str:
    """One fingerprint of the names and contents of files."""
    sum_ = hashlib.sha256()
    for path in sorted(paths):
        sum_.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return sum_.hexdigest()


def python_of_the_environment() -> str:
    """Its full version, or nothing if it does not start (its Python was removed or replaced)."""
    try:
        answer = subprocess.run(
            [PYTHON, "-c", "import sys; print(*sys.version_info[:3], sep='.')"],
            capture_output=True,
            text=True,
        )
    except OSError:
        return ""
    return answer.stdout.strip()


def stamp_of(lock: Path) -> Path:
    return VENV / f"installed-{lock.name}"


def mark(lock: Path) -> str:
    """What the stamp says once a lock is installed. It names the folder, since scripts in it do not move.

    The folder behind a link, that is: checkouts side by side may share one environment, and the second is not
    to clear what the first installed.
    """
    return f"{digest(lock)}\n{python_of_the_environment()}\n{VENV.resolve()}\n"


def is_installed(lock: Path) -> bool:
    stamp = stamp_of(lock)
    return stamp.exists() and stamp.read_text() == mark(lock)


def install(step: Step, lock: Path) -> None:
    """Bring `.venv` to what the lock says, with a hash for every file.

    A lock names all there is, so pip is not to look for more: the pip of Debian 12 takes `coverage[toml]`,
    which another package asks for, for the newest release instead of the pin, and fails once there is one.
    What a lock has left out is told by `pip check`.
    """
    if is_installed(lock):
        step.outcome = "as before"
        return
    if not is_installed(RUNTIME):
        step.run([sys.executable, "-m", "venv", "--clear", VENV])
    step.run(
        [PYTHON, "-m", "pip", "install", "--no-deps", "--require-hashes", "--only-binary=:all:", "--no-input",
         "--disable-pip-version-check", "--progress-bar=off", "-r", lock],
        hint="Packages come from the index that pip is set to use: is there a network?",
    )  # fmt: skip
    step.run(
        [PYTHON, "-m", "pip", "check", "--disable-pip-version-check"],
        hint=f"{lock.name} lacks a package: make it anew with ./run lock.",
    )
    for satisfied in {RUNTIME, lock}:
        stamp_of(satisfied).write_text(mark(satisfied))


def has_own_browser() -> bool:
    return (BROWSERS / "installed").exists()


def install_own_browser(step: Step) -> None:
    """Playwright's own Chromium, with the libraries it needs, for systems that have none we can use.

    It comes from Playwright's servers, which not every network lets one reach: then there is none.
    """
    if has_own_browser():
        step.outcome = "as before"
        return
    env = os.environ | {"PLAYWRIGHT_BROWSERS_PATH": str(BROWSERS)}
    try:
        step.run([PYTHON, "-m", "playwright", "install", "--with-deps", "chromium"], env=env)
    except Trouble:
        step.outcome = "none to be had: not on this system, and Playwright's could not be fetched"
        return
    (BROWSERS / "installed").touch()
