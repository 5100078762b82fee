"""Annexes of a draft."""

import io
import zipfile

import pytest

from directives.actions.files import MOST_ANNEXES, add_annexes, remove_annex
from directives.models import Annex
from eduportal.base.errors import EditConflict, Refused
from eduportal.base.forms import KeptFile
from tests.directives.reading.files.builders import plain_word, zipped
from trail.models import AuditEvent, StoredFile


def file(name: str, content: bytes = b"\x89PNG\r\n\x1a\n") -> KeptFile:
    return KeptFile(name, content, "image/png")


def test_added_one_behind_the_other_and_taken_off(cast, letter):
    add_annexes(directive=letter, version=1, files=[file("a.png"), file("b.png")], by=cast.staff)
    first = Annex.objects.first()
    remove_annex(annex=first, version=2, by=cast.staff)
    letter.refresh_from_db()
    add_annexes(directive=letter, version=3, files=[file("c.png")], by=cast.staff)
    assert list(Annex.objects.values_list("title", "position")) == [("b", 2), ("c", 3)]
    events = AuditEvent.objects.about(letter).filter(verb__startswith="annex").order_by("pk")
    assert [(event.verb, event.data["item"]) for event in events] == [
        ("annex.added", "a.png"),
        ("annex.added", "b.png"),
        ("annex.removed", "a.png"),
        ("annex.added", "c.png"),
    ]


def test_whoever_comes_second_is_told(cast, letter):
    add_annexes(directive=letter, version=1, files=[file("a.png")], by=cast.staff)
    with pytest.raises(EditConflict):
        add_annexes(directive=letter, version=1, files=[file("b.png")], by=cast.registrar)
    assert Annex.objects.count() == 1


def test_an_issued_document_keeps_its_files(cast, issued_letter):
    with pytest.raises(Refused):
        add_annexes(
            directive=issued_letter, version=issued_letter.version, files=[file("a.png")], by=cast.staff
        )
    assert not Annex.objects.exists()


def test_of_several_with_one_state_secret_none_is_kept(cast, letter):
    secret = KeptFile("b.docx", plain_word("TUYỆT MẬT\nDanh sách"), "application/x")
    with pytest.raises(Refused) as refusal:
        add_annexes(directive=letter, version=1, files=[file("a.png"), secret], by=cast.staff)
    assert "TUYỆT MẬT" in str(refusal.value.message)
    assert (Annex.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_what_can_be_read_of_a_damaged_annex_is_looked_at(cast, letter):
    whole = plain_word("TUYỆT MẬT\nDanh sách\nHết")
    with zipfile.ZipFile(io.BytesIO(whole)) as parts:
        contents = {name: parts.read(name) for name in parts.namelist()}
    contents["word/document.xml"] = contents["word/document.xml"].partition("Hết".encode())[0]
    with pytest.raises(Refused):
        add_annexes(directive=letter, version=1, files=[file("b.docx", zipped(**contents))], by=cast.staff)
    assert not Annex.objects.exists()


def test_there_is_an_end(cast, letter):
    files = [file(f"{n}.png") for n in range(MOST_ANNEXES + 1)]
    with pytest.raises(Refused):
        add_annexes(directive=letter, version=1, files=files, by=cast.staff)
    assert not Annex.objects.exists()
