"""The virtual environment, and when it counts as installed."""

from scripts import environment


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
