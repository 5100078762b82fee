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
    """The messages without a Vietnamese, or with a doubtful (fuzzy) one, as a catalogue shows them; or what
    keeps the catalogue from being compiled: a place for a number that is spelt wrong.

    Works in a copy of the source, so that the catalogue itself is not touched.
    """
    catalogue = ROOT / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
    with tempfile.TemporaryDirectory(prefix="eduportal-messages-") as folder:
        copy, merged = Path(folder) / "source", Path(folder) / "merged.po"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*NOT_COPIED))
        template = copy / "locale" / "django.pot"
        show: list[str | Path] = ["msgattrib", "--no-obsolete", "--no-wrap", merged]
        try:
            output(copy, PYTHON, "manage.py", *COLLECT, "--keep-pot")
            output(copy, "msgmerge", "--quiet", "--no-fuzzy-matching", "-o", merged, catalogue, template)
            output(copy, "msgfmt", "--check-format", "-o", Path(folder) / "compiled.mo", catalogue)
            return without_head(output(copy, *show, "--untranslated")) + without_head(
                output(copy, *show, "--only-fuzzy")
            )
        except subprocess.CalledProcessError as error:
            return f"{error.stdout}{error.stderr}"


def output(folder: Path, *command: str | Path) -> str:
    """What a program prints when run in a folder. Raises CalledProcessError when it fails."""
    env = clean_environment(EDUPORTAL_DATA=str(folder / "var"))
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=True).stdout


def without_head(catalogue: str) -> str:
    """A catalogue's messages, without the entry on top that describes the catalogue."""
    _, _, messages = catalogue.partition("\n\n")
    return messages
