"""What `./run` remembers, and what it keeps away from."""

import pytest

from scripts import checks, environment, portal
from scripts.steps import Step, Trouble, clean_environment


class Recorder(Step):
    """A step that writes down what it would run, and answers as the demo's account list does."""

    def __init__(self) -> None:
        super().__init__("[1/1] step")
        self.commands: list[list[str]] = []

    def run(self, command, *, env=None, hint=""):
        self.commands.append([str(part) for part in command[2:]])
        return "some warning\naccount leader lanhdao secret\naccount staff chuyenvien secret"


@pytest.fixture
def data(monkeypatch, tmp_path):
    monkeypatch.setattr(portal, "DATA", tmp_path)
    monkeypatch.setattr(portal, "DATABASE", tmp_path / "db.sqlite3")
    monkeypatch.setattr(portal, "STAMPS", tmp_path / "stamps")
    return tmp_path


def migrate(env: dict[str, str]) -> tuple[list[list[str]], str]:
    step = Recorder()
    portal.migrate(step, env)
    return step.commands, step.outcome


def test_a_database_is_migrated_once_and_again_when_migrations_change(data, monkeypatch):
    once = ([["migrate", "--noinput"]], "done")
    assert migrate({}) == once
    assert migrate({}) == once, "there is a stamp, but no database"
    portal.DATABASE.touch()
    assert migrate({}) == ([], "as before")
    monkeypatch.setattr(environment, "RUNTIME", environment.DEVELOPMENT)  # packages bring migrations too
    assert migrate({}) == once


def test_a_database_elsewhere_is_always_migrated(data):
    portal.DATABASE.touch()
    env = {"DATABASE_URL": "postgres://somewhere/else"}
    assert [migrate(env)[1], migrate(env)[1]] == ["done", "done"]
    assert not (portal.STAMPS / "migrated").exists()


def test_the_demo_is_loaded_once_and_its_accounts_are_kept(data):
    first, later = Recorder(), Recorder()
    portal.load_demo(first, {})
    portal.load_demo(later, {})
    assert first.commands == [["load_demo"], ["load_demo", "--accounts"]]
    assert (later.commands, later.outcome) == ([], "kept as you left it")
    assert portal.accounts_file().read_text() == (
        "account leader lanhdao secret\naccount staff chuyenvien secret\n"
    )


def test_the_demo_keeps_away_from_data_that_is_not_its_own(data):
    portal.require_folder_for_demo()
    portal.DATABASE.touch()
    with pytest.raises(Trouble, match="holds data that the demo did not put there"):
        portal.require_folder_for_demo()
    portal.write_stamp(portal.STAMPS / "demo", "the demo's")
    portal.require_folder_for_demo()


def test_starting_over_removes_the_data(data):
    portal.DATABASE.touch()
    portal.start_over()
    assert not data.exists()
    portal.start_over()


def test_nothing_in_the_environment_points_the_demo_at_a_real_portal(monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL", "EDUPORTAL_MODE", "SECRET_KEY", "ALLOWED_HOSTS", "DEBUG"):
        monkeypatch.setenv(name, "real")
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    env = clean_environment(EDUPORTAL_DATA="here")
    assert "real" not in env.values()
    assert (env["LANG"], env["EDUPORTAL_DATA"]) == ("vi_VN.UTF-8", "here")


def test_an_error_in_a_fixture_counts_as_a_failure(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(
        "<testsuites><testsuite><testcase/><testcase/><testcase><failure/></testcase>"
        "<testcase><error/></testcase><testcase><skipped/></testcase></testsuite></testsuites>"
    )
    tally = checks.read_tally("SQLite", 1, 12.3, report)
    assert str(tally) == "SQLite: 2 passed, 2 failed, 1 skipped (12 s)"
    assert not tally.is_well


def test_a_run_that_broke_off_is_no_success(tmp_path):
    tally = checks.read_tally("SQLite", 4, 1, tmp_path / "never written")
    assert str(tally) == "SQLite: 0 passed, 0 failed, 0 skipped, pytest ended with exit code 4 (1 s)"
    assert not tally.is_well
