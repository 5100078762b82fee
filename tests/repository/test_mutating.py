"""`./run mutations`: what is mutated, how mutmut is told, and how its answers are counted."""

import configparser

import pytest

from scripts import mutating
from scripts.mutating import SCOPES, Outcome, Scope
from scripts.steps import ROOT, Trouble

LISTING = """
    directives.standing.x_standing_of__mutmut_1: killed
    directives.standing.x_standing_of__mutmut_2: survived
    directives.standing.x_is_due_soon__mutmut_1: timeout
    directives.standing.x_is_due_soon__mutmut_2: no tests
"""


def test_every_module_and_its_tests_are_there():
    named = [path for scope in SCOPES for path in (scope.module, *scope.tests)]
    assert [path for path in named if not (ROOT / path).exists()] == []
    assert {"standing", "arithmetic", "visibility", "deadlines"} <= {scope.name for scope in SCOPES}


def test_without_a_name_all_are_chosen():
    assert mutating.chosen([]) == SCOPES
    assert [scope.name for scope in mutating.chosen(["deadlines", "standing"])] == ["deadlines", "standing"]


def test_a_name_that_is_none_is_told():
    with pytest.raises(Trouble, match=r"There is no standings to mutate\. There are: standing, .*arithmetic"):
        mutating.chosen(["standing", "standings"])


def test_mutmut_is_told_what_to_change_and_what_to_run():
    scope = Scope("one", "directives/standing.py", ("tests/one.py", "tests/other.py"))
    told = configparser.ConfigParser()
    told.read_string(mutating.settings_of(scope, ["accounts", "manage.py"]))
    lists = {name: value.split() for name, value in told["mutmut"].items()}
    assert lists["source_paths"] == ["directives/standing.py"]
    assert lists["also_copy"] == ["accounts", "manage.py"]
    assert lists["pytest_add_cli_args_test_selection"] == ["tests/one.py", "tests/other.py"]


def test_a_workshop_has_the_source_and_nothing_of_a_portal():
    with mutating.workshop(SCOPES[0]) as folder:
        assert (folder / SCOPES[0].module).read_text() == (ROOT / SCOPES[0].module).read_text()
        assert (folder / "tests" / "conftest.py").exists()
        assert [name for name in (".git", ".venv", "var") if (folder / name).exists()] == []
    assert not folder.exists()


def test_what_no_test_noticed_is_alive(monkeypatch):
    def mutmut(folder, *arguments):
        return LISTING if arguments[0] == "results" else f"diff of {arguments[-1].rpartition('.')[2]}"

    monkeypatch.setattr(mutating, "mutmut", mutmut)
    outcome = mutating.mutate(SCOPES[0])
    assert outcome.alive == (
        "diff of x_standing_of__mutmut_2",
        "diff of x_is_due_soon__mutmut_2",
    )
    assert str(outcome) == "standing: 4 mutants, 2 killed, 2 alive (50.0 %)"


@pytest.mark.parametrize(("killed", "alive", "well"), [(86, 14, True), (85, 15, False), (0, 0, False)])
def test_too_many_alive_is_a_failure(monkeypatch, capsys, killed, alive, well):
    outcome = Outcome("standing", killed, ("a diff",) * alive)
    monkeypatch.setattr(mutating, "mutate", lambda scope: outcome)
    assert outcome.is_well == well
    assert mutating.run(SCOPES[:1]) == (0 if well else 1)
    assert ("15 % or more are alive in standing." in capsys.readouterr().out) != well
