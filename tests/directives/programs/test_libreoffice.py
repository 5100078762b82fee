"""Documents of an old Word are converted and read as the new ones."""

import os
import subprocess

import pytest

from directives.programs import libreoffice
from directives.programs.libreoffice import text_of_old_word
from directives.reading import UnreadableFile, text_of_file
from tests.directives.reading.files.builders import plain_word
from tests.directives.samples import LETTER

needs_libreoffice = pytest.mark.skipif(
    not libreoffice.is_installed(), reason="LibreOffice Writer is not installed"
)


@pytest.fixture(scope="module")
def old_word(tmp_path_factory) -> bytes:
    folder = tmp_path_factory.mktemp("old-word")
    (folder / "a.docx").write_bytes(plain_word(LETTER))
    command = [libreoffice.program(), "--headless", "--convert-to", "doc:MS Word 97", "a.docx"]
    subprocess.run(
        command, cwd=folder, env=os.environ | {"HOME": str(folder)}, check=True, capture_output=True
    )
    return (folder / "a.doc").read_bytes()


@needs_libreoffice
def test_an_old_document_reads_as_the_new_one(old_word):
    with pytest.raises(UnreadableFile) as refusal:
        text_of_file(old_word)
    assert refusal.value.code == "old_word"
    told = []
    assert (
        text_of_old_word(old_word, lambda *page: told.append(page)).text
        == text_of_file(plain_word(LETTER)).text
    )
    assert told == [(1, 1)]


@needs_libreoffice
def test_what_is_no_old_word_is_broken(old_word):
    with pytest.raises(UnreadableFile) as refusal:
        text_of_old_word(old_word[:3000], lambda *page: None)
    assert refusal.value.code == "broken"


def test_a_program_that_makes_nothing(monkeypatch):
    monkeypatch.setattr(libreoffice, "run", lambda *args, **kwargs: b"")
    with pytest.raises(UnreadableFile) as refusal:
        text_of_old_word(b"x", lambda *page: None)
    assert refusal.value.code == "broken"
