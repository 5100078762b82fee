"""What a file is, by its content. Nothing is unpacked for it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import PurePath

from ..decode import UnreadableFile, text_of_bytes

# What a compressed document may come to; a bomb is a small file that fills the memory.
MOST_UNPACKED = 200 * 1024 * 1024
# The parts of a document that are read, as opposed to its pictures.
MOST_PART = 20 * 1024 * 1024
MOST_PARTS = 5000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
# A mark of one program before "%PDF-" is allowed within the first bytes.
PDF_WITHIN = 1024


# What the ending of a name promises; any other ending, or none, promises nothing.
PROMISED = {
    ".docx": "word",
    ".doc": "old_word",
    ".xlsx": "excel",
    ".xls": "old_office",
    ".ppt": "old_office",
    ".rtf": "rtf",
    ".pdf": "pdf",
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".png": "png",
    ".tif": "tiff",
    ".tiff": "tiff",
    ".txt": "text",
    ".html": "text",
    ".htm": "text",
    ".eml": "text",
}
BEGINNINGS = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG", "png"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"GIF8", "picture"),
    (b"{\\rtf", "rtf"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
)
# A password or damage hides which of these a file is: its name stands.
HIDING = {"locked": {"word", "excel", "old_word", "old_office"}, "broken": {"word", "excel"}}


@dataclass(frozen=True)
class Misnamed:
    """What the name of a file promises, and what the file holds instead."""

    promised: str
    holds: str


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


def misnamed(name: str, data: bytes) -> Misnamed | None:
    """Where the ending of a name promises something else than the content is; None where they agree."""
    promised = PROMISED.get(PurePath(name.lower()).suffix)
    if promised is None:
        return None
    holds = content_of(data)
    if holds == promised or promised in HIDING.get(holds, ()):
        return None
    return Misnamed(promised, "archive" if holds == "broken" else holds)


def content_of(data: bytes) -> str:
    """What a file is, in the words of PROMISED or: locked, broken, picture, program, archive, unknown."""
    if data.startswith(OLE):
        return {"encrypted": "locked"}.get(form := _old_form(data), form)
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    if b"%PDF-" in data[:PDF_WITHIN]:
        return "pdf"
    for beginning, kind in BEGINNINGS:
        # A text may begin with these letters; a program is never without this byte.
        if data.startswith(beginning) and (kind != "program" or b"\0" in data):
            return kind
    try:
        text_of_bytes(data)
    except UnreadableFile as problem:
        return "unknown" if problem.code == "binary" else "text"
    return "text"


def _packed(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            folders = {entry.filename.partition("/")[0] for entry in parts.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        return "broken"
    return "word" if "word" in folders else "excel" if "xl" in folders else "archive"
