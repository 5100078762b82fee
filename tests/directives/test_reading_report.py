"""The command that says how well each rule has read."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from directives.actions.issuing import issue_directive
from directives.actions.tasks import remove_task
from directives.queries.learning import RuleAccuracy, accuracy_by_rule, confirmed_lessons
from tests.conftest import TODAY


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command("reading_report", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def issued(letter, cast):
    """The letter, issued after its fourth item was taken out."""
    remove_task(task=letter.tasks.get(path="4"), version=1, by=cast.staff)
    issue_directive(directive=letter, version=1, by=cast.staff, today=TODAY)
    return letter


def test_rules_are_counted_with_what_was_left_as_they_read_it(issued):
    rules = {(one.kind, one.rule): one for one in accuracy_by_rule(confirmed_lessons())}
    assert rules["item", "arabic"] == RuleAccuracy("item", "arabic", 5, 4)
    assert rules["item", "arabic"].share == 0.8
    assert rules["work", "is_task"] == RuleAccuracy("work", "is_task", 4, 4)


def test_drafts_are_not_counted(letter, cast):
    remove_task(task=letter.tasks.get(path="4"), version=1, by=cast.staff)
    assert accuracy_by_rule(confirmed_lessons()) == []
    assert printed() == "No document has been issued yet of which the reading was kept.\n"


def test_the_table_and_the_last_corrections(issued):
    lines = printed("--corrections", "5").splitlines()
    assert "item       arabic                            5      4   0.80" in lines
    start = issued.text.index("4. Trường THCS Duyên Hải")
    assert lines[-1].startswith(f"215/SGDĐT-GDPT at {start}–")
    assert lines[-1].endswith("→ ✕")


def test_json_holds_the_same(issued):
    report = json.loads(printed("--json", "--corrections", "1"))
    assert {"kind": "item", "rule": "arabic", "found": 5, "right": 4} in report["rules"]
    assert report["corrections"][0]["directive_id"] == issued.pk


def test_one_office_and_one_time(issued, province):
    assert "arabic" in printed("--office", province.department.code, "--since", "2026-01-01")
    assert "arabic" not in printed("--office", province.foreign_department.code)
    assert "arabic" not in printed("--since", "2999-01-01")
    with pytest.raises(CommandError):
        printed("--office", "XX")
