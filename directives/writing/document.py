"""What an official document consists of, part by part (Nghị định 30/2020/NĐ-CP, Điều 8 and Phụ lục I).

Whatever is handed in, the text of these objects is NFC and free of control characters, as the decree's
Unicode rule and every way of printing need it.
"""

from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

from directives.writing.words import DRAFT, plain

Urgency = Literal["KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"]
URGENCIES: tuple[Urgency, ...] = ("KHẨN", "THƯỢNG KHẨN", "HỎA TỐC")


def _plain_value(value: object) -> object:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, tuple):
        return tuple(_plain_value(item) for item in value)
    return value


class _Printed:
    """Normalises every text field once, at the door."""

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]
            object.__setattr__(self, field.name, _plain_value(getattr(self, field.name)))


@dataclass(frozen=True)
class Letterhead(_Printed):
    """The superior office over the issuing one; `superior` may be empty."""

    superior: str
    issuer: str


@dataclass(frozen=True)
class Signature(_Printed):
    """Who signs and in whose name.

    `authority` holds the lines above the title, as printed: ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH").
    """

    authority: tuple[str, ...]
    title: str
    name: str


@dataclass(frozen=True)
class Recipient(_Printed):
    """One line of "Nơi nhận"; `note` is printed in parentheses ("để b/c")."""

    name: str
    note: str = ""


@dataclass(frozen=True)
class Paragraph(_Printed):
    """A plain paragraph of the body."""

    text: str


@dataclass(frozen=True)
class Item(_Printed):
    """A numbered or dashed part of the body.

    `number` is as printed, without its closing mark: "I", "1", "1.1", "a", "-", "+", "Điều 1". `level` counts
    from 1: "I" and "Điều 1" 1, "1" 2, "a" and "1.1" 3, "-" 4, "+" 5. `title` is printed bold, at "I" in
    capitals; with a title, `text` follows as a paragraph of its own.
    """

    level: int
    number: str
    text: str
    title: str = ""


@dataclass(frozen=True)
class Basis(_Printed):
    """A legal basis ("Căn cứ …") that stands in the body; printed together with the document's `bases`."""

    text: str


@dataclass(frozen=True)
class Table(_Printed):
    """Figures in rows, ruled; its head is repeated on every page.

    The first column of a row names it, the others are set to the right, but for those of `texts` (from 0),
    which hold words. `title` stands above, in bold.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str = ""
    texts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Check(_Printed):
    """With which code the paper is checked, and where: an address with the code in it, or "" for none."""

    code: str
    address: str


Block = Paragraph | Item | Basis | Table


@dataclass(frozen=True)
class Annex(_Printed):
    """An annex (phụ lục), on pages of its own with numbers of their own.

    `number` is Roman, "" for the only one. `wide` turns its sheets sideways; so does a table that needs it.
    """

    number: str
    title: str
    blocks: tuple[Block, ...]
    wide: bool = False


@dataclass(frozen=True)
class OfficialDocument(_Printed):
    """One document, ready to print.

    `kind` is "" for a letter (công văn). `number` and `issued_on` are None until the document is numbered and
    issued: their places stay blank; of minutes, `beside` signs on the left, and the recipients stand beneath
    both; `year` is the year such a blank date names, if it is known. A draft bears
    its `draft_mark`. `archive` is the last line of the recipients ("Lưu: VT, GDPT"). Raises ValueError for an
    urgency that the decree does not know.
    """

    letterhead: Letterhead
    kind: str
    subject: str
    number: str | None
    symbol: str
    place: str
    issued_on: date | None
    addressees: tuple[str, ...]
    bases: tuple[str, ...]
    body: tuple[Block, ...]
    signature: Signature
    recipients: tuple[Recipient, ...]
    archive: str
    urgency: str | None = None
    draft: bool = False
    draft_mark: str = DRAFT
    year: int | None = None
    check: Check | None = None
    annexes: tuple[Annex, ...] = ()
    beside: Signature | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.urgency is not None and self.urgency not in URGENCIES:
            raise ValueError(f"not an urgency of the decree: {self.urgency!r}")

    @property
    def is_letter(self) -> bool:
        """A công văn: no kind line, the subject under the number as "V/v …"."""
        return not self.kind

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Legal bases and body in the order in which they are printed."""
        return (*(Basis(text) for text in self.bases), *self.body)
