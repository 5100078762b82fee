"""Translations: collect message ids, and see that each has its Vietnamese."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from scripts.environment import PYTHON
from scripts.steps import ROOT, clean_environment

LANGUAGE = "vi"
COLLECT = [
    "makemessages", f"--locale={LANGUAGE}", "--add-location=file", "--no-obsolete",
    "--ignore=.venv", "--ignore=var", "--ignore=tests", "--ignore=scripts",
]  # fmt: skip
NOT_COPIED = (
    ".git",
    ".venv",
    "var",
    "var-*",
    "tests",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".hypothesis",
)


def faults() -> str:
    """What is missing, empty or fuzzy, in gettext's own words; empty when the catalogue is complete.

    Works in a copy of the source, so that the catalogue itself is not touched.
    """
    catalogue = Path("locale") / LANGUAGE / "LC_MESSAGES" / "django.po"
    with tempfile.TemporaryDirectory(prefix="eduportal-messages-") as folder:
        copy = Path(folder) / "source"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*NOT_COPIED))
        collected = subprocess.run(
            [PYTHON, "manage.py", *COLLECT, "--keep-pot"],
            cwd=copy,
            env=clean_environment(EDUPORTAL_DATA=folder),
            capture_output=True,
            text=True,
        )
        if collected.returncode:
            return collected.stdout + collected.stderr
        compared = subprocess.run(
            ["msgcmp", ROOT / catalogue, copy / "locale" / "django.pot"], capture_output=True, text=True
        )
    return compared.stderr if compared.returncode else ""
