"""The text of an uploaded file: plain text, Word, PDF. Pure; the content decides what it is, not the name."""

from ..decode import MAX_BYTES, UnreadableFile, decode, kept_form
from .extracted import Extracted
from .kinds import FileForm, form_of
from .pdf import text_of_pdf
from .word import text_of_word

__all__ = ["Extracted", "text_of_file"]

READERS = {FileForm.WORD: text_of_word, FileForm.PDF: text_of_pdf}


def text_of_file(data: bytes, filename: str = "") -> Extracted:
    """The text to keep and read, composed and with lines ending in "\\n", and what to tell of the reading.

    Spans of a reading of it count its characters. Raises :class:`UnreadableFile`; its codes are those of
    ``decode`` and: encrypted, broken, bomb, scan, picture, old_word, old_office, too_many_pages, too_slow.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFile("too_large", filename)
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableFile("empty", filename)
    try:
        reader = READERS.get(form_of(data))
        found = reader(data) if reader else Extracted(decode(data))
        return Extracted(kept_form(found.text), found.warnings, found.margins)
    except UnreadableFile as problem:
        raise UnreadableFile(problem.code, filename, place=problem.place, read=problem.read) from problem
