"""The virtual environment, and when it counts as installed."""

import hashlib
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

from scripts import environment
from scripts.steps import Step, Trouble


def made_wheel(folder: Path, name: str, version: str, *needs: str) -> str:
    """A wheel of nothing but its metadata, and its pin as a lock has it."""
    path = folder / f"{name}-{version}-py3-none-any.whl"
    about = f"{name}-{version}.dist-info"
    with ZipFile(path, "w") as wheel:
        wheel.writestr(
            f"{about}/METADATA",
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nProvides-Extra: more\n"
            + "".join(f"Requires-Dist: {need}\n" for need in needs),
        )
        wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{about}/RECORD", "")
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture
def wheels(monkeypatch, tmp_path):
    """An index of wheels made here and an environment of its own."""
    monkeypatch.setattr(environment, "VENV", tmp_path / "venv")
    monkeypatch.setattr(environment, "PYTHON", tmp_path / "venv" / "bin" / "python")
    monkeypatch.setattr(environment, "RUNTIME", tmp_path / "requirements.lock")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "wheels"))
    (tmp_path / "wheels").mkdir()
    return tmp_path / "wheels"


def test_a_release_newer_than_the_lock_changes_nothing(wheels):
    """As coverage 7.17.5 did, which pytest-cov asks for as `coverage[toml]`, under the pip of Debian 12."""
    lock = made_wheel(wheels, "asking", "1.0", "asked[more]>=1")
    lock += made_wheel(wheels, "asked", "1.0")
    made_wheel(wheels, "asked", "1.1")
    environment.RUNTIME.write_text(lock)
    environment.install(Step(""), environment.RUNTIME)
    listed = subprocess.run(
        [environment.PYTHON, "-m", "pip", "freeze"], capture_output=True, text=True, check=True
    ).stdout
    assert sorted(listed.split()) == ["asked==1.0", "asking==1.0"]
    assert environment.is_installed(environment.RUNTIME)


def test_a_lock_that_lacks_a_package_is_told(wheels):
    environment.RUNTIME.write_text(made_wheel(wheels, "asking", "1.0", "asked>=1"))
    with pytest.raises(Trouble, match=r"asked.*\n.*requirements\.lock lacks a package"):
        environment.install(Step(""), environment.RUNTIME)
    assert not environment.is_installed(environment.RUNTIME)


def test_an_environment_behind_a_link_counts_as_installed(monkeypatch, tmp_path):
    """Two checkouts share one; the second would otherwise clear it under the first."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "linked").symlink_to(tmp_path / "shared")
    monkeypatch.setattr(environment, "VENV", tmp_path / "shared")
    environment.stamp_of(environment.RUNTIME).write_text(environment.mark(environment.RUNTIME))
    monkeypatch.setattr(environment, "VENV", tmp_path / "linked")
    assert environment.is_installed(environment.RUNTIME)


def test_another_lock_or_a_moved_folder_is_installed_anew(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "VENV", tmp_path)
    assert not environment.is_installed(environment.RUNTIME)
    environment.stamp_of(environment.RUNTIME).write_text(environment.mark(environment.DEVELOPMENT))
    assert not environment.is_installed(environment.RUNTIME)
    environment.stamp_of(environment.RUNTIME).write_text(environment.mark(environment.RUNTIME))
    assert environment.is_installed(environment.RUNTIME)
    (tmp_path / "moved").mkdir()
    (tmp_path / "installed-requirements.lock").rename(tmp_path / "moved" / "installed-requirements.lock")
    monkeypatch.setattr(environment, "VENV", tmp_path / "moved")
    assert not environment.is_installed(environment.RUNTIME)
