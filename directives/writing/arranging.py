"""What stands in which line of a document: decided here once, for the PDF and for Word.

Which names are broken where, how lists close, what ends the body, what an annex is called. How it looks is
said by `layout.css` and `docx/styles.xml`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from directives.writing import words
from directives.writing.breaking import balanced, in_sentence, width
from directives.writing.columns import is_too_wide
from directives.writing.document import Annex, Basis, Block, Item, OfficialDocument, Signature, Table

Role = Literal["text", "basis", "title", "marked", "item"]

STAMP_WIDTHS = {"KHẨN": 20, "HỎA TỐC": 30, "THƯỢNG KHẨN": 40}
DRAFT_STAMP_WIDTH = 30

# How wide a centred line may get, in units of its size: 68 mm of the left column at 13 and at 12 pt, and the
# subject at 14 pt well within the page.
_ISSUER_LIMIT = 14.8
_ABOUT_LIMIT = 16.0
_SUBJECT_LIMIT = 28.0
# A line of 165 mm holds no more characters of 14 pt than this, however narrow they are.
_MOST_CHARACTERS_IN_A_LINE = 135
# A rule is this much of the line above it: the decree says a third to a half; the motto's is as long as it.
RULE_SHARE = 0.4
# A table of so few rows is not divided between pages.
MOST_ROWS_KEPT = 10


@dataclass(frozen=True)
class Line:
    """One printed paragraph of the body.

    `role` says what it is; `number` and `level` are the item's, "" and 0 where no number stands before it.
    """

    role: Role
    text: str
    number: str = ""
    level: int = 0

    @property
    def mark(self) -> str:
        """The number with the mark that closes it."""
        return words.marked(self.number) if self.number else ""

    @property
    def may_be_short(self) -> bool:
        """Whether it may fill one line only."""
        return len(self.mark) + len(self.text) < _MOST_CHARACTERS_IN_A_LINE


@dataclass(frozen=True)
class Stamp:
    """A word in a frame under the number; `width` in millimetres."""

    text: str
    width: int
    is_urgency: bool


Part = Line | Table


def title_of(document: OfficialDocument) -> str:
    """What the document is called in a list of files: "THÔNG BÁO 07/TB-SGDĐT Kết luận …"."""
    number = f"{words.padded(document.number)}/{document.symbol}" if document.number else document.symbol
    return " ".join(part for part in (document.kind.upper(), number, document.subject) if part)


# --- around the body ----------------------------------------------------------------------------------------


def superior_lines(document: OfficialDocument) -> tuple[str, ...]:
    """The superior office as it is broken; nothing where there is none."""
    superior = document.letterhead.superior
    return balanced(superior.upper(), _ISSUER_LIMIT) if superior else ()


def issuer_lines(document: OfficialDocument) -> tuple[str, ...]:
    return balanced(document.letterhead.issuer.upper(), _ISSUER_LIMIT)


def about_lines(document: OfficialDocument) -> tuple[str, ...]:
    """A letter's subject, which stands under its number."""
    if not document.is_letter or not document.subject:
        return ()
    return balanced(words.subject_of_letter(document.subject), _ABOUT_LIMIT)


def subject_lines(document: OfficialDocument) -> tuple[str, ...]:
    """The subject under the kind; a letter has none there."""
    if document.is_letter or not document.subject:
        return ()
    return balanced(document.subject, _SUBJECT_LIMIT)


def stamps(document: OfficialDocument) -> Iterator[Stamp]:
    """Urgency, then the mark of a draft."""
    if document.urgency:
        yield Stamp(document.urgency, STAMP_WIDTHS[document.urgency], is_urgency=True)
    if document.draft:
        yield Stamp(document.draft_mark, DRAFT_STAMP_WIDTH, is_urgency=False)


def rule_length(lines: Sequence[str], size: int, share: float = RULE_SHARE) -> float:
    """How long the rule under bold lines is, in points: the last one says it."""
    return sum(map(width, lines[-1:])) * size * share


def addressed(document: OfficialDocument) -> tuple[str, tuple[str, ...]]:
    """The line of "Kính gửi:" and the entries beneath it: one addressee stands on the line itself."""
    addressees = document.addressees
    if len(addressees) == 1:
        return f"{words.ADDRESSEES} {addressees[0]}", ()
    return (words.ADDRESSEES if addressees else ""), words.close_list(addressees)


def check_line(document: OfficialDocument) -> str:
    """What stands under the recipients for whoever doubts the paper; "" where there is nothing to check."""
    return f"Mã kiểm tra: {document.check.code}" if document.check else ""


def recipient_lines(document: OfficialDocument) -> tuple[str, ...]:
    """The lines of "Nơi nhận", without their dashes."""
    as_above = document.is_letter and bool(document.addressees)
    return words.recipient_lines(document.recipients, document.archive, as_above=as_above)


def signing_lines(signature: Signature) -> tuple[str, ...]:
    """What stands above the room for the signature: authority, then the signer's title."""
    return tuple(line.upper() for line in (*signature.authority, signature.title))


# --- the body -----------------------------------------------------------------------------------------------


def body_parts(document: OfficialDocument) -> tuple[Part, ...]:
    """Bases and body; where the last part is a paragraph, "./." closes it."""
    parts = parts_of(document.blocks)
    if not parts or isinstance(parts[-1], Table):
        return parts
    return (*parts[:-1], replace(parts[-1], text=words.end_body(parts[-1].text)))


def parts_of(blocks: Iterable[Block]) -> tuple[Part, ...]:
    """Blocks as they are printed: bases closed as a list, an item's title on a line of its own."""
    parts: list[Part] = []
    for are_bases, run in groupby(blocks, lambda block: isinstance(block, Basis)):
        if are_bases:
            entries = words.close_list([block.text for block in run if isinstance(block, Basis)])
            parts += [Line("basis", entry) for entry in entries]
        else:
            parts += [part for block in run for part in _parts(block)]
    return tuple(parts)


def _parts(block: Block) -> Iterator[Part]:
    if isinstance(block, Table):
        yield block
    elif not isinstance(block, Item):
        yield Line("text", block.text)
    elif block.title:
        in_capitals = words.is_roman(block.number)
        title = block.title.upper() if in_capitals else block.title
        yield Line("title", title, block.number, block.level)
        if block.text:
            yield Line("text", block.text)
    else:
        yield Line("marked" if block.level == 1 else "item", block.text, block.number, block.level)


# --- annexes ------------------------------------------------------------------------------------------------


def annex_number(annex: Annex) -> str:
    return f"{words.ANNEX} {annex.number}".strip()


def annex_note(document: OfficialDocument) -> str:
    """ "(Kèm theo Thông báo số 07/TB-SGDĐT ngày 05 tháng 02 năm 2026 của Sở Giáo dục và Đào tạo)"."""
    return words.annex_note(
        document.kind,
        words.number_of(document.number, document.symbol),
        words.day_in_words(document.issued_on, year=document.year),
        in_sentence(document.letterhead.issuer),
    )


def is_across(annex: Annex) -> bool:
    """Whether an annex is printed on sheets turned sideways: asked for, or its tables need it."""
    return annex.wide or any(is_too_wide(table) for table in _tables(annex.blocks))


def _tables(blocks: Sequence[Block]) -> Iterator[Table]:
    return (block for block in blocks if isinstance(block, Table))
