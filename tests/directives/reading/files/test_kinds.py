"""The content says what a file is, whatever its name."""

import codecs

import pytest

from directives.reading import UnreadableFile, files
from directives.reading.files import kinds, text_of_file
from directives.reading.files.kinds import FileForm, Misnamed, form_of, misnamed
from tests.directives.reading.files.builders import plain_pdf, plain_word, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def code_of(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as refusal:
        text_of_file(data, "a.docx")
    return refusal.value.code


def test_forms():
    assert form_of(plain_word("Một.")) is FileForm.WORD
    assert form_of(plain_pdf("Một.")) is FileForm.PDF
    assert form_of(b"\n\n" + plain_pdf("Một.")) is FileForm.PDF
    assert form_of("Một.".encode()) is FileForm.TEXT


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a", "a.docx"])
@pytest.mark.parametrize("make", [plain_word, plain_pdf, lambda text: text.encode()])
def test_the_name_does_not_matter(name, make):
    assert text_of_file(make("Các trường rà soát."), name).text.strip() == "Các trường rà soát."


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\x00", "empty"),
        (OLE + "WordDocument".encode("utf-16-le"), "old_word"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE + "Workbook".encode("utf-16-le"), "old_office"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "picture"),
        (b"PK\x03\x04" + bytes(50), "broken"),
        (zipped(a__b=b"x"), "binary"),
        (zipped(xl__workbook=b"x"), "binary"),
        (b"{\\rtf1 a}", "binary"),
        (b"a" * (20 * 1024 * 1024 + 1), "too_large"),
    ],
)
def test_what_cannot_be_read(data, code):
    assert code_of(data) == code


def test_bombs_are_refused_by_their_table_of_contents(monkeypatch):
    monkeypatch.setattr(kinds, "MOST_UNPACKED", 50_000)
    assert code_of(zipped(word__document=bytes(60_000))) == "bomb"


def test_a_great_part_is_refused(monkeypatch):
    monkeypatch.setattr(kinds, "MOST_PART", 1000)
    assert code_of(plain_word("Một.")) == "bomb"


def test_a_text_that_goes_on_and_on_is_cut_and_named(monkeypatch):
    monkeypatch.setattr(files, "MOST_CHARACTERS", 8)
    with pytest.raises(UnreadableFile) as refusal:
        text_of_file(b"Mot.\nHai.\nBa.", "a.txt")
    assert (refusal.value.code, refusal.value.place, refusal.value.read) == (
        "too_long",
        {"line": 2},
        "Mot.\nHai",
    )


PROGRAM = b"MZ\x90\x00" + bytes(300)


@pytest.mark.parametrize(
    ("name", "data", "holds"),
    [
        ("a.docx", PROGRAM, "program"),
        ("a.pdf", b"\x7fELF" + bytes(60), "program"),
        ("a.docx", "Một.".encode(), "text"),
        ("a.PDF", "Một.".encode("utf-16"), "text"),
        ("a.pdf", plain_word("Một."), "word"),
        ("a.docx", plain_pdf("Một."), "pdf"),
        ("a.txt", plain_pdf("Một."), "pdf"),
        ("a.docx", zipped(xl__workbook=b"x"), "excel"),
        ("a.docx", zipped(a__b=b"x"), "archive"),
        ("a.pdf", b"PK\x03\x04" + bytes(50), "archive"),
        ("a.docx", OLE + "WordDocument".encode("utf-16-le"), "old_word"),
        ("a.pdf", OLE + "EncryptedPackage".encode("utf-16-le"), "locked"),
        ("a.doc", b"{\\rtf1 a}", "rtf"),
        ("a.jpg", b"\x89PNG\r\n\x1a\n" + bytes(20), "png"),
        ("a.png", b"GIF89a" + bytes(20), "picture"),
        ("a.pdf", bytes(30) + b"a", "unknown"),
    ],
)
def test_a_name_that_promises_something_else(name, data, holds):
    found = misnamed(name, data)
    assert found == Misnamed(kinds.PROMISED[name.lower()[1:]], holds)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("Kế hoạch.DOCX", plain_word("Một.")),
        ("a.pdf", b"\n\n" + plain_pdf("Một.")),
        ("a.txt", "MZ là một nhãn.".encode()),
        ("a.txt", codecs.BOM_UTF16_LE + "Một".encode("utf-16-le") + b"\x00\xd8"),
        ("a.html", b"<p>Mot</p>"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le")),
        ("a.docx", b"PK\x03\x04" + bytes(50)),
        ("cv 215", plain_word("Một.")),
        ("cv 7.215", PROGRAM),
    ],
)
def test_a_name_that_agrees_or_promises_nothing(name, data):
    assert misnamed(name, data) is None
