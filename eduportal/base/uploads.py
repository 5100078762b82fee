"""Which files may be kept beside a text: known by their content, whatever their name says. Pure."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

MAX_BYTES = 20 * 1024 * 1024
# What a compressed document may come to when unpacked: a bomb is a small file that fills the disk.
MOST_UNPACKED = 200 * 1024 * 1024


class UploadRefused(ValueError):
    """A file that is not kept; `code` says why.

    Codes: empty, too_large, program, heic, unknown_kind, broken, bomb, wrong_name.
    """

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class FileKind:
    """What a file is. `endings`: how its name may end."""

    name: str
    content_type: str
    endings: tuple[str, ...]


PDF = FileKind("pdf", "application/pdf", (".pdf",))
DOCX = FileKind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",))
XLSX = FileKind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",))
JPEG = FileKind("jpeg", "image/jpeg", (".jpg", ".jpeg"))
PNG = FileKind("png", "image/png", (".png",))
TIFF = FileKind("tiff", "image/tiff", (".tif", ".tiff"))
DOC = FileKind("doc", "application/msword", (".doc",))
KINDS = (PDF, DOCX, XLSX, JPEG, PNG)
# What a document may be that came from elsewhere: scanners and old programs write these, too.
ORIGINALS = (*KINDS, TIFF, DOC)

SIGNATURES = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", DOC),
)
# An Excel of those years begins like a Word; this is what only the Word holds.
ONLY_IN = {DOC: "WordDocument".encode("utf-16-le")}
# What runs when it is opened, on Windows, Linux and Macs, whatever its name says.
PROGRAMS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")
# The photos of iPhones: a box "ftyp" with one of these brands.
HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
MAIN_PARTS = (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX))


def kind_of(name: str, content: bytes) -> FileKind:
    """The kind of a file that may be kept. Raises UploadRefused for any other.

    The name must agree with the content: who opens "bien-ban.pdf" must find a PDF.
    """
    if len(content) > MAX_BYTES:
        raise UploadRefused("too_large")
    if not content.strip(b"\0 \t\r\n"):
        raise UploadRefused("empty")
    if content.startswith(PROGRAMS):
        raise UploadRefused("program")
    if is_heic(content):
        raise UploadRefused("heic")
    try:
        kind = sniffed(content)
    except UploadRefused as refused:
        # The name promises a kind that is kept: that is what is wrong with it.
        if refused.code == "unknown_kind" and any(name.lower().endswith(one.endings) for one in KINDS):
            raise UploadRefused("wrong_name") from None
        raise
    if not name.lower().endswith(kind.endings):
        raise UploadRefused("wrong_name")
    return kind


def is_heic(content: bytes) -> bool:
    """A photo as iPhones keep it, which most other devices cannot show."""
    return content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS


def sniffed(content: bytes, kinds: Sequence[FileKind] = KINDS) -> FileKind:
    """What a file is by its content, among the kinds that are taken. Raises UploadRefused."""
    for signature, kind in SIGNATURES:
        if kind in kinds and content.startswith(signature) and ONLY_IN.get(kind, b"") in content:
            return kind
    if content.startswith(b"PK\x03\x04"):
        return office_kind(content)
    raise UploadRefused("unknown_kind")


def office_kind(content: bytes) -> FileKind:
    """Word or Excel, by its main part. Looks at the table of contents only and unpacks nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            entries = parts.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise UploadRefused("broken") from None
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise UploadRefused("bomb")
    names = {entry.filename for entry in entries}
    for part, kind in MAIN_PARTS:
        if part in names:
            return kind
    raise UploadRefused("unknown_kind")
