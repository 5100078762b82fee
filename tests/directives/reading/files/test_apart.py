"""PDF files that are made to fill the memory or to take for ever: the process that reads them ends alone."""

import sys
import zlib
from signal import SIGABRT, SIGSEGV, SIGXCPU

import pytest

from directives.reading import UnreadableFile
from directives.reading.files import apart
from directives.reading.files.apart import ended_by, text_of_pdf_apart
from directives.reading.files.pdf import text_of_pdf
from tests.directives.reading.files.builders import handmade_pdf, plain_pdf, printed

PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %s/Resources<</XObject<</X 9 0 R>>>>>>"


def packed(content: bytes, entries: bytes = b"") -> bytes:
    small = zlib.compress(content, 9)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (entries, len(small), small)


def pdf_of(page: bytes, *objects: bytes) -> bytes:
    """A page as object 3, others from 4 on."""
    rows = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, *objects]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, row) for n, row in enumerate(rows, start=1))
    return b"%PDF-1.7\n" + body + b"trailer\n<</Size 99/Root 1 0 R>>\n%%EOF"


def nested_forms(levels: int, each: int) -> list[bytes]:
    """Objects from 9 on, each of which draws the next many times."""
    own = b"/Type/XObject/Subtype/Form/BBox[0 0 600 900]"
    forms = [
        packed(b"/X Do " * each, own + b"/Resources<</XObject<</X %d 0 R>>>>" % n)
        for n in range(10, 10 + levels)
    ]
    return [*forms, packed(b"0 0 1 1 re f", own)]


BLANK = b"null"
HOSTILE = {
    "a stream that is given to a page many times": pdf_of(
        PAGE % b"[%s]" % (b"4 0 R " * 200), packed(b" " * (50 << 20))
    ),
    "states saved without end": pdf_of(PAGE % b"4 0 R", packed(b"q " * (25 << 20))),
    "forms within forms": pdf_of(PAGE % b"4 0 R", packed(b"/X Do"), *[BLANK] * 4, *nested_forms(7, 10)),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_file_made_to_fill_the_memory_is_refused(data):
    with pytest.raises(UnreadableFile) as refusal:
        text_of_pdf_apart(data)
    assert refusal.value.code in ("bomb", "too_slow")


@pytest.mark.parametrize(
    "data",
    [plain_pdf("Một.\nHai."), printed("<table border=1><tr><td>a<td>b</table>")],
    ids=["lines", "table"],
)
def test_what_is_read_apart_is_what_is_read_here(data):
    assert text_of_pdf_apart(data) == text_of_pdf(data)


def test_what_stops_says_where_and_what_was_before():
    with pytest.raises(UnreadableFile) as here:
        text_of_pdf(b"%PDF-1.7 and nothing")
    with pytest.raises(UnreadableFile) as there:
        text_of_pdf_apart(b"%PDF-1.7 and nothing")
    for name in ("code", "place", "read"):
        assert getattr(there.value, name) == getattr(here.value, name)


def test_who_does_not_come_back_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(apart, "LONGEST_WAIT", 0.001)
    with pytest.raises(UnreadableFile) as refusal:
        text_of_pdf_apart(handmade_pdf(""))
    assert refusal.value.code == "too_slow"


@pytest.mark.parametrize(("signal", "code"), [(SIGABRT, "bomb"), (SIGXCPU, "too_slow"), (SIGSEGV, "broken")])
def test_how_it_ended_says_why(signal, code):
    assert ended_by(signal) == code


def test_memory_that_python_does_not_get_is_a_bomb_too(monkeypatch):
    def full(data: bytes) -> None:
        raise MemoryError

    monkeypatch.setattr(apart, "text_of_pdf", full)
    assert apart.plain(b"")["code"] == "bomb"


def test_the_process_prints_what_it_read(monkeypatch, capsys):
    data = plain_pdf("Một.")
    monkeypatch.setattr(sys, "stdin", type("Stdin", (), {"buffer": type("B", (), {"read": lambda: data})}))
    monkeypatch.setattr(apart, "keep_within", lambda: None)
    apart.main()
    assert "M\\u1ed9t." in capsys.readouterr().out
