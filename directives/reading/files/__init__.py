"""The text of an uploaded file: plain text, HTML, mails, Word, PDF. Pure; the content decides."""

from ..decode import MAX_BYTES, UnreadableFile, line_of, text_of_bytes, with_code
from ..model import Warning
from .apart import text_of_pdf_apart
from .extracted import Extracted
from .html import is_html, text_of_html
from .kinds import FileForm, Misnamed, form_of, misnamed
from .mail import body_of_mail, is_mail
from .word import text_of_word

__all__ = ["Extracted", "Misnamed", "misnamed", "text_of_file", "text_of_paste"]

# A book of 500 pages; nothing that directs is longer.
MOST_CHARACTERS = 1_000_000
READERS = {FileForm.WORD: text_of_word, FileForm.PDF: text_of_pdf_apart}


def text_of_file(data: bytes, filename: str = "") -> Extracted:
    """The text to keep and read, composed and with lines ending in "\\n", and what to tell of the reading.

    Spans of a reading of it count its characters. Raises :class:`UnreadableFile`; its codes are those of
    ``decode`` and: encrypted, broken, bomb, scan, unmapped, picture, old_word, old_office, too_many_pages,
    too_slow, too_long. It says where it stopped, and carries what was read before.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFile("too_large", filename)
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableFile("empty", filename)
    try:
        reader = READERS.get(form_of(data))
        return kept(reader(data) if reader else _plain(data))
    except UnreadableFile as problem:
        raise UnreadableFile(problem.code, filename, place=problem.place, read=problem.read) from problem


def _plain(data: bytes) -> Extracted:
    """Text, HTML, or the body of a mail, which may be either."""
    if not is_mail(data):
        return shown(text_of_bytes(data))
    body = body_of_mail(data)
    found = shown(body.text)
    return Extracted(found.text, (*found.warnings, *body.warnings), found.margins)


def text_of_paste(text: str) -> Extracted:
    """What was pasted, as it is kept: the source of a mail as it is shown, old font codes converted.

    Raises UnreadableFile for what is empty or spoilt.
    """
    return kept(shown(text))


def shown(text: str) -> Extracted:
    return text_of_html(text) if is_html(text) else Extracted(text)


def kept(found: Extracted) -> Extracted:
    """What came out of a file in the form that is kept; that it was converted is told."""
    if len(found.text) > MOST_CHARACTERS:
        before = found.text[:MOST_CHARACTERS]
        raise UnreadableFile("too_long", place={"line": line_of(before, len(before))}, read=before)
    text, code = with_code(found.text)
    told = Warning("legacy_converted", None, {"code": code.value}) if code else None
    warnings = found.warnings if told is None or told in found.warnings else (*found.warnings, told)
    return Extracted(text, warnings, found.margins)
