"""System packages: looked for by what they give, and installed with apt where we may."""

import ctypes
import importlib.util
import os
import platform
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scripts.steps import Step, Trouble

CHROMIUM = "EDUPORTAL_CHROMIUM"
INSTALL = ["apt-get", "install", "-y", "--no-install-recommends"]


@dataclass(frozen=True)
class Need:
    """Something the system has to have, and the packages of Debian and Ubuntu that bring it."""

    what: str
    packages: tuple[str, ...]
    is_there: Callable[[], bool]


def has_library(*names: str) -> bool:
    try:
        for name in names:
            ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_vietnamese_serif() -> bool:
    """Liberation Serif with Vietnamese letters: version 1 of the fonts has none."""
    if not shutil.which("fc-match"):
        return False
    pattern = ["fc-match", "--format=%{family}|%{lang}", "Liberation Serif:lang=vi"]
    family, _, languages = subprocess.run(pattern, capture_output=True, text=True).stdout.partition("|")
    return "Liberation Serif" in family and "vi" in languages.split("|")


def has_vietnamese_tesseract() -> bool:
    if not shutil.which("tesseract"):
        return False
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True)
    return "vie" in listed.stdout.split()


def system() -> dict[str, str]:
    try:
        return platform.freedesktop_os_release()
    except OSError:
        return {}


def font_package() -> str:
    """Debian 12 calls the fonts with Vietnamese letters fonts-liberation2; later systems dropped the 2."""
    return "fonts-liberation2" if system().get("VERSION_CODENAME") == "bookworm" else "fonts-liberation"


def postgresql_programs() -> Path | None:
    """The folder that holds initdb and postgres: Debian keeps them off the PATH."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return found[-1].parent if found else None


def chromium() -> str | None:
    """The Chromium to test with: the one that EDUPORTAL_CHROMIUM names, or the system's if it is not a snap.

    A snap sees neither our temporary folders nor the sockets Playwright talks through.
    """
    if named := os.environ.get(CHROMIUM):
        return named
    for name in ("chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        if path and "snap" not in Path(path).read_bytes()[:4000].decode("ascii", "ignore"):
            return path
    return None


def needs_of_the_portal() -> list[Need]:
    return [
        Need(
            "Python's venv module",
            ("python3-venv",),
            lambda: importlib.util.find_spec("ensurepip") is not None,
        ),
        Need(
            "Pango, which sets official documents as PDF",
            ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
            lambda: has_library("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"),
        ),
        Need("the typeface of official documents", ("fontconfig", font_package()), has_vietnamese_serif),
        Need("gettext, which compiles translations", ("gettext",), lambda: bool(shutil.which("msgfmt"))),
    ]


def needs_of_the_reader() -> list[Need]:
    """What lets it read scans and files of an old Word. Nothing else waits for it."""
    return [
        Need(
            "Tesseract with Vietnamese, which recognises scans",
            ("tesseract-ocr", "tesseract-ocr-vie"),
            has_vietnamese_tesseract,
        ),
        Need(
            "LibreOffice Writer, which reads .doc",
            ("libreoffice-writer-nogui",),
            lambda: bool(shutil.which("soffice")),
        ),
    ]


def needs_of_the_benchmarks() -> list[Need]:
    server = Need("PostgreSQL", ("postgresql",), lambda: postgresql_programs() is not None)
    return [*needs_of_the_portal(), server]


def needs_of_the_tests() -> list[Need]:
    needs = [
        *needs_of_the_benchmarks(),
        Need("Redis", ("redis-server",), lambda: bool(shutil.which("redis-server"))),
    ]
    if system().get("ID") != "ubuntu":  # Ubuntu has Chromium as a snap only: there Playwright brings its own
        needs.append(Need("Chromium", ("chromium",), lambda: chromium() is not None))
    return needs


def line_to_type(packages: list[str]) -> str:
    """The line that installs packages, as whoever is at the terminal has to type it."""
    update, install = "apt-get update", " ".join([*INSTALL, *packages])
    if os.geteuid() == 0:
        return f"{update} && {install}"
    if shutil.which("sudo"):
        return f"sudo {update} && sudo {install}"
    return f"su -c '{update} && {install}'"


def right_to_install() -> list[str] | None:
    """What to put before apt-get: nothing for root, sudo if it asks no password, None without the right."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None


def install_missing(step: Step, needs: list[Need]) -> None:
    """See that every need is met, with apt if packages are missing. Raises Trouble with the line to type."""
    missing = [need for need in needs if not need.is_there()]
    if not missing:
        step.outcome = "all there"
        return
    packages = [package for need in missing for package in need.packages]
    listed = "\n".join(f"    {need.what} ({', '.join(need.packages)})" for need in missing)
    if not shutil.which("apt-get"):
        raise Trouble(f"These are missing, and there is no apt-get here to install them with:\n{listed}")
    before = right_to_install()
    if before is None:
        raise Trouble(
            f"These are missing, and installing them takes rights that you do not have:\n{listed}\n"
            f"Type this line, then start again:\n\n    {line_to_type(packages)}\n"
        )
    hint = f"To see it at length, type:\n\n    {line_to_type(packages)}\n"
    # `env` because sudo does not hand our environment on.
    quiet = [*before, "env", "DEBIAN_FRONTEND=noninteractive"]
    step.run([*quiet, "apt-get", "update"], hint=hint)
    step.run([*quiet, *INSTALL, *packages], hint=hint)
    importlib.invalidate_caches()
    left = [need.what for need in missing if not need.is_there()]
    if left:
        raise Trouble(f"Installed {' '.join(packages)}, and yet this is still missing: {', '.join(left)}.")
    step.outcome = f"installed {' '.join(packages)}"
