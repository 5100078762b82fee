"""Which program reads what: by the code with which the reader refused a file."""

from collections.abc import Callable
from dataclasses import dataclass

from directives.programs import libreoffice, tesseract
from directives.reading import Extracted

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Reader:
    """A program that may be installed. `read` takes the file and is told of each page: (3, 12)."""

    name: str
    is_installed: Callable[[], bool]
    read: Callable[[bytes, Tell], Extracted]


TESSERACT = Reader("Tesseract", tesseract.is_installed, tesseract.text_of_scan)
LIBREOFFICE = Reader("LibreOffice", libreoffice.is_installed, libreoffice.text_of_old_word)
READERS = {
    "scan": TESSERACT,
    "picture": TESSERACT,
    "scanned_pages": TESSERACT,
    "unmapped": TESSERACT,
    "old_word": LIBREOFFICE,
}


def reader_for(code: str) -> Reader | None:
    """The program that can read what the reader refused with a code, where it is installed."""
    reader = READERS.get(code)
    return reader if reader is not None and reader.is_installed() else None
