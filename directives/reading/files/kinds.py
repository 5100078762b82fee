"""What a file is, by its content. Nothing is unpacked for it."""

from __future__ import annotations

import io
import zipfile
from enum import Enum, auto

from ..decode import UnreadableFile

# What a compressed document may come to; a bomb is a small file that fills the memory.
MOST_UNPACKED = 200 * 1024 * 1024
# The parts of a document that are read, as opposed to its pictures.
MOST_PART = 20 * 1024 * 1024
MOST_PARTS = 5000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
# A mark of one program before "%PDF-" is allowed within the first bytes.
PDF_WITHIN = 1024


class FileForm(Enum):
    """Forms of file that hold text."""

    TEXT = auto()
    WORD = auto()
    PDF = auto()


def form_of(data: bytes) -> FileForm:
    """Raises UnreadableFile for what holds no text that can be read here, saying what it is."""
    if data.startswith(OLE):
        raise UnreadableFile(_old_form(data))
    if data.startswith(PICTURES):
        raise UnreadableFile("picture")
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if b"%PDF-" in data[:PDF_WITHIN]:
        return FileForm.PDF
    return FileForm.TEXT


def _old_form(data: bytes) -> str:
    """Old Office files and encrypted new ones are both compound files; the names of their streams tell."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "encrypted"
    return "old_word" if "WordDocument".encode("utf-16-le") in data else "old_office"


def _zipped(data: bytes) -> FileForm:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            entries = parts.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        raise UnreadableFile("broken") from None
    unpacked = sum(entry.file_size for entry in entries)
    largest = max((entry.file_size for entry in entries if entry.filename.endswith(".xml")), default=0)
    if unpacked > MOST_UNPACKED or largest > MOST_PART or len(entries) > MOST_PARTS:
        raise UnreadableFile("bomb")
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFile("encrypted")
    if not any(entry.filename.startswith("word/") for entry in entries):
        raise UnreadableFile("binary")
    return FileForm.WORD
