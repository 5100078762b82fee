"""The command that reads single phrases."""

import io
import json

import pytest
from django.core.management import CommandError, call_command


def test_phrases_in_json_out(monkeypatch, capsys):
    asked = [
        {"id": "a", "phrase": "trước ngày 20/3/2027", "context": {"doc_date": "2027-01-15"}},
        {"id": "b", "phrase": "15/TB-SGDĐT"},
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(asked)))
    call_command("read_phrases", "--json")
    assert json.loads(capsys.readouterr().out) == [
        {
            "id": "a",
            "dates": [{"role": "deadline", "start": None, "end": "2027-03-19"}],
            "targets": [],
            "references": [],
        },
        {
            "id": "b",
            "dates": [],
            "targets": [],
            "references": [{"number": "15", "symbol": "TB-SGDĐT", "date": None}],
        },
    ]


@pytest.mark.parametrize(
    "said", ["", "{}", "[{}]", "[1]", '[{"id": 1, "phrase": "a", "context": {"doc_date": "x"}}]']
)
def test_what_is_no_list_of_phrases_is_said(said, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(said))
    with pytest.raises(CommandError, match="Not a list of phrases"):
        call_command("read_phrases", "--json")
