"""The source as a whole: rooms that stay small, layers, migrations, translations, nothing of one machine."""

import ast
import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from scripts import translations
from scripts.steps import ROOT

LONGEST_FILE = 450  # lines; a room that outgrows about 400 becomes a package
OF_ONE_MACHINE = re.compile(
    r"(?<![\w.~-])/(?:work|root|home/\w+|Users/\w+|tmp/brief)/|(?:index|find-links)-?(?:url)?\s*=\s*\S*://"
    r"|files\.pythonhosted|pypi\.org/simple"
)
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "npgettext"}


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listing.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_outgrows_its_room():
    code = [
        path for path in tracked() if path.suffix in {".py", ".html", ".css", ".js"} or path.name == "run"
    ]
    exempt = {"migrations", "tests"}
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in code
        if not exempt & set(path.relative_to(ROOT).parts)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_nothing_names_one_machine():
    found = []
    for path in tracked():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue  # a picture
        if path != Path(__file__):
            found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in OF_ONE_MACHINE.finditer(text)]
    assert found == []


def test_what_run_makes_is_not_tracked():
    names = {str(path.relative_to(ROOT)) for path in tracked()}
    assert {
        name for name in names if name.startswith((".venv/", "var/")) or name.endswith((".mo", ".pyc"))
    } == set()


def test_imports_follow_the_layers():
    command = "from importlinter.cli import lint_imports_command as main; main()"
    result = subprocess.run(
        [sys.executable, "-c", command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    told = io.StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=told, stderr=told)
    except SystemExit:
        pytest.fail(told.getvalue())


def test_every_message_has_its_vietnamese():
    assert translations.faults() == ""


def test_no_message_hides_in_an_f_string():
    """makemessages reads no f-string before Python 3.12: what stands in one would stay English."""
    found = [
        f"{path.relative_to(ROOT)}:{part.lineno}"
        for path in tracked()
        if path.suffix == ".py"
        for string in ast.walk(ast.parse(path.read_text()))
        if isinstance(string, ast.JoinedStr)
        for part in ast.walk(string)
        if isinstance(part, ast.Call) and getattr(part.func, "id", "") in GETTEXT
    ]
    assert found == []


def test_a_message_without_vietnamese_is_found(monkeypatch, tmp_path):
    copy = tmp_path / "portal"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*translations.NOT_COPIED))
    page = '{% load i18n %}{% translate "Nobody has translated this." %}'
    (copy / "templates" / "new.html").write_text(page)
    monkeypatch.setattr(translations, "ROOT", copy)
    assert '#: templates/new.html\nmsgid "Nobody has translated this."\nmsgstr ""\n' in translations.faults()


def test_the_catalogue_keeps_its_placeholders():
    catalogues = sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po"))
    assert catalogues
    for catalogue in catalogues:
        checked = subprocess.run(
            ["msgfmt", "--check-format", "-o", "/dev/null", catalogue], capture_output=True, text=True
        )
        assert (checked.returncode, checked.stderr) == (0, "")


def test_what_empties_the_tables_puts_back_what_migrations_put_there():
    """After a test that commits, the measures that a migration laid down are there for the next one."""
    forgetful = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for line in path.read_text().splitlines()
        if re.search(r"django_db\((?!.*serialized_rollback=True).*transaction=True", line)
    ]
    assert forgetful == []
