"""The command that prints a reading."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.directives.conftest import SHARED
from tests.directives.samples import LETTER


def printed(capsys, file) -> dict:
    call_command("read_document", str(file), "--json")
    return json.loads(capsys.readouterr().out)


def test_it_prints_one_json_object_and_nothing_else(tmp_path, capsys):
    file = tmp_path / "a.txt"
    file.write_text(LETTER, encoding="utf-8")
    reading = printed(capsys, file)
    assert reading["header"]["number"] == "215"
    assert reading["header"]["issued_on"] == "2026-11-02"
    assert [item["path"] for item in reading["outline"]] == ["1", "2", "3", "4", "5"]
    assert reading["deadlines"][0]["end"] == "2026-12-14"
    start, end = reading["deadlines"][0]["span"]
    assert LETTER[start:end] == "trước ngày 15/12/2026"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"a\x00b"])
def test_what_is_no_text_is_said(tmp_path, content):
    file = tmp_path / "a.txt"
    file.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("read_document", str(file), "--json")


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.txt"):
        call_command("read_document", str(tmp_path / "nowhere.txt"), "--json")


@pytest.mark.shared
@pytest.mark.parametrize("name", ["000", "002", "003"])
def test_real_documents_have_the_agreed_form(name, capsys):
    file = SHARED / f"{name}.txt"
    if not file.exists():
        pytest.skip(f"the real documents are not at {SHARED}")
    reading = printed(capsys, file)
    assert {"header", "references", "outline", "deadlines", "targets", "assignments", "warnings"} <= set(
        reading
    )
    assert reading["outline"]
