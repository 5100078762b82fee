"""The bytes of an uploaded text file to text, or a reason why not."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Mapping

from eduportal.base.legacy import LegacyCode, in_unicode, is_legacy

MAX_BYTES = 20 * 1024 * 1024

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# PDF, ZIP (docx, odt), old Office, RTF and pictures say what they are in their first bytes.
SIGNATURES = (
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
)
CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1b\x7f]")

VIETNAMESE = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
# UTF-8 that was taken for a western code page and saved so.
MOJIBAKE = re.compile(r"áº|á»|Æ°|Ä‘|Ã[\u00a0-\u00bf]")


class UnreadableFile(Exception):
    """A file that is no text the reader knows; ``code`` says why.

    Codes of plain text: empty, binary, too_large, encoding. ``place`` says where it stopped: {"page": 3},
    {"line": 12}, or nothing. ``read`` is the text before that place, as far as there is any.
    """

    def __init__(
        self, code: str, filename: str = "", *, place: Mapping[str, int] | None = None, read: str = ""
    ) -> None:
        super().__init__(f"{filename}: {code}" if filename else code)
        self.code = code
        self.filename = filename
        self.place = dict(place or {})
        self.read = read


def decode(data: bytes, *, filename: str = "") -> str:
    """The text of an uploaded file: composed (NFC), lines ending in "\\n", without a byte order mark.

    What comes back is the text to keep: spans of a reading of it count its characters.
    Reads UTF-8, UTF-16 and UTF-32 with a mark, windows-1258, TCVN3 and VNI; raises :class:`UnreadableFile`.
    """
    return kept_form(text_of_bytes(data, filename), filename)


def text_of_bytes(data: bytes, filename: str = "") -> str:
    """The text that bytes hold, in the form and the font code in which they hold it."""
    if len(data) > MAX_BYTES:
        raise UnreadableFile("too_large", filename)
    if not data.strip():
        raise UnreadableFile("empty", filename)
    if data.startswith(SIGNATURES):
        raise UnreadableFile("binary", filename)
    text = _text(data, filename)
    if "\x00" in text or len(CONTROLS.findall(text)) > len(text) // 100:
        raise UnreadableFile("binary", filename)
    return text


def as_written(data: bytes, kept: str) -> str:
    """The kept text with the file's own characters, where those are not composed; spans then count them.

    A file that had to be converted has no characters of its own to count: its kept text stands.
    """
    try:
        own = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return kept
    return own if unicodedata.normalize("NFC", own) == kept else kept


def kept_form(text: str, filename: str = "") -> str:
    """Text as it is kept: in Unicode, composed, lines ending in "\\n". Refuses what is empty or spoilt."""
    return with_code(text, filename)[0]


def with_code(text: str, filename: str = "") -> tuple[str, LegacyCode | None]:
    """Text as it is kept, and the font code of before Unicode that it was written in, if any."""
    text, code = in_unicode(text.replace("\r\n", "\n").replace("\r", "\n"))
    text = unicodedata.normalize("NFC", text)
    if not text.strip():
        raise UnreadableFile("empty", filename)
    spoilt = list(MOJIBAKE.finditer(text))
    if len(spoilt) > 3 + len(VIETNAMESE.findall(text)):
        raise UnreadableFile("encoding", filename, place={"line": line_of(text, spoilt[0].start())})
    return text, code


def line_of(text: str, place: int) -> int:
    """The number of the line, from 1, that a character stands in."""
    return 1 + text.count("\n", 0, place)


def _text(data: bytes, filename: str) -> str:
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, filename)
    if b"\x00" in data:
        raise UnreadableFile("binary", filename)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        western = data.decode("cp1252", errors="ignore")
        return western if is_legacy(western) else _strictly(data, "cp1258", filename)


def _strictly(data: bytes, encoding: str, filename: str) -> str:
    """Raises UnreadableFile with the line, and the text before it."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        before = data[: problem.start].decode(encoding, errors="ignore")
        place = {"line": line_of(before, len(before))}
        raise UnreadableFile("encoding", filename, place=place, read=before) from None
