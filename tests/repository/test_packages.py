"""Missing system packages: installed where we may, otherwise the line to type."""

import subprocess

import pytest

from scripts import packages
from scripts.packages import Need
from scripts.steps import Step, Trouble

MISSING = Need("a thing", ("libthing1", "thing-data"), lambda: False)
PRESENT = Need("another thing", ("other",), lambda: True)


class Recorder(Step):
    """A step that writes down what it would run."""

    def __init__(self) -> None:
        super().__init__("[1/1] system packages")
        self.commands: list[list[str]] = []

    def run(self, command, *, env=None, hint=""):
        self.commands.append([str(part) for part in command])
        return ""


@pytest.fixture
def step(monkeypatch):
    monkeypatch.setattr(packages.shutil, "which", lambda name: f"/usr/bin/{name}")
    return Recorder()


def test_nothing_is_run_when_all_is_there(step):
    packages.install_missing(step, [PRESENT])
    assert (step.commands, step.outcome) == ([], "all there")


def test_without_the_right_the_line_to_type_is_told(step, monkeypatch):
    monkeypatch.setattr(packages, "right_to_install", lambda: None)
    monkeypatch.setattr(packages.os, "geteuid", lambda: 1000)
    with pytest.raises(Trouble) as told:
        packages.install_missing(step, [MISSING, PRESENT])
    assert step.commands == []
    assert str(told.value).splitlines()[1:] == [
        "    a thing (libthing1, thing-data)",
        "Type this line, then start again:",
        "",
        "    sudo apt-get update && sudo apt-get install -y --no-install-recommends libthing1 thing-data",
    ]


@pytest.mark.parametrize(
    ("user", "sudo", "line"),
    [
        (0, None, "apt-get update && apt-get install -y --no-install-recommends a b"),
        (1000, None, "su -c 'apt-get update && apt-get install -y --no-install-recommends a b'"),
        (1000, "/usr/bin/sudo", "sudo apt-get update && sudo apt-get install -y --no-install-recommends a b"),
    ],
)
def test_the_line_fits_who_has_to_type_it(monkeypatch, user, sudo, line):
    monkeypatch.setattr(packages.os, "geteuid", lambda: user)
    monkeypatch.setattr(packages.shutil, "which", lambda name: sudo)
    assert packages.line_to_type(["a", "b"]) == line


@pytest.mark.parametrize("before", [[], ["sudo", "-n"]])
def test_with_the_right_missing_packages_are_installed(step, monkeypatch, before):
    monkeypatch.setattr(packages, "right_to_install", lambda: before)
    present = iter([False, True])
    need = Need("a thing", ("libthing1",), lambda: next(present))
    packages.install_missing(step, [need, PRESENT])
    quiet = [*before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    assert step.commands == [
        [*quiet, "update"],
        [*quiet, "install", "-y", "--no-install-recommends", "libthing1"],
    ]
    assert step.outcome == "installed libthing1"


def test_a_package_that_does_not_help_is_told(step, monkeypatch):
    monkeypatch.setattr(packages, "right_to_install", list)
    with pytest.raises(Trouble, match="and yet this is still missing: a thing"):
        packages.install_missing(step, [MISSING])


@pytest.mark.parametrize(
    ("release", "package"),
    [
        ({"ID": "debian", "VERSION_CODENAME": "bookworm"}, "fonts-liberation2"),
        ({"ID": "ubuntu", "VERSION_CODENAME": "noble"}, "fonts-liberation"),
        ({}, "fonts-liberation"),
    ],
)
def test_the_fonts_with_vietnamese_letters_have_two_names(monkeypatch, release, package):
    monkeypatch.setattr(packages, "system", lambda: release)
    assert packages.font_package() == package


@pytest.mark.parametrize(
    ("programs", "languages", "missing"),
    [
        (["tesseract", "soffice"], "List of languages:\neng\nvie\n", []),
        (["tesseract"], "List of languages:\neng\n", ["tesseract-ocr", "libreoffice-writer-nogui"]),
        ([], "", ["tesseract-ocr", "libreoffice-writer-nogui"]),
    ],
)
def test_the_readers_programs_are_asked_for_with_vietnamese(monkeypatch, programs, languages, missing):
    monkeypatch.setattr(packages.shutil, "which", lambda name: name if name in programs else None)
    answer = subprocess.CompletedProcess([], 0, stdout=languages)
    monkeypatch.setattr(packages.subprocess, "run", lambda *args, **kwargs: answer)
    assert [need.packages[0] for need in packages.needs_of_the_reader() if not need.is_there()] == missing


def test_ubuntu_is_not_asked_for_a_chromium_that_is_a_snap(monkeypatch):
    monkeypatch.setattr(packages, "system", lambda: {"ID": "ubuntu"})
    assert "Chromium" not in [need.what for need in packages.needs_of_the_tests()]
    monkeypatch.setattr(packages, "system", lambda: {"ID": "debian"})
    assert "Chromium" in [need.what for need in packages.needs_of_the_tests()]
