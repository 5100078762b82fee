"""The document as a Word file (.docx) that an office goes on working with.

The parts are those of the PDF (`arranging.py`); how each looks is a style of its own (`styles.xml`), numbers
are Word's lists (`numbering.py`). Whoever changes a style in Word changes it everywhere.
"""

from datetime import date

from directives.writing.arranging import (
    annex_note,
    annex_number,
    body_parts,
    is_across,
    parts_of,
    title_of,
)
from directives.writing.columns import ACROSS, UPRIGHT
from directives.writing.document import Annex, OfficialDocument
from directives.writing.docx.body import Body, Sizes, kept_at_the_end
from directives.writing.docx.elements import Element, paragraph, section, with_section
from directives.writing.docx.numbering import Lists
from directives.writing.docx.package import packed
from directives.writing.docx.parts import addressees, foot, head, name


def to_docx(document: OfficialDocument) -> bytes:
    """The Word file, the same bytes for the same document; of a draft without a date it names no day."""
    lists, sizes = Lists(), Sizes()
    body = Body(lists, sizes)
    parts = body_parts(document)
    sections = [
        [
            head(document),
            *name(document),
            *addressees(document),
            *body.parts(parts, UPRIGHT, kept=kept_at_the_end(parts)),
            *foot(document),
            paragraph("AfterTable"),
        ]
    ]
    turns = [False]
    for annex in document.annexes:
        lists.begin()
        turns.append(is_across(annex))
        sections.append(_annex(annex, annex_note(document), body, across=turns[-1]))
    content = [
        one
        for elements, across in zip(sections[:-1], turns[:-1], strict=True)
        for one in with_section(elements, section(across=across))
    ]
    return packed(
        [*content, *sections[-1], section(across=turns[-1])],
        lists=lists.made,
        styles=sizes.made,
        title=title_of(document),
        author=document.letterhead.issuer,
        on=document.issued_on,
    )


def annex_to_docx(annex: Annex, note: str, *, author: str, on: date) -> bytes:
    """One annex as a file of its own; `note` stands under its title, parentheses and all."""
    lists, sizes = Lists(), Sizes()
    across = is_across(annex)
    content = _annex(annex, note, Body(lists, sizes), across=across)
    return packed(
        [*content, section(across=across)],
        lists=lists.made,
        styles=sizes.made,
        title=annex.title,
        author=author,
        on=on,
    )


def _annex(annex: Annex, note: str, body: Body, *, across: bool) -> list[Element]:
    return [
        paragraph("AnnexNumber", annex_number(annex)),
        paragraph("AnnexTitle", annex.title.upper()),
        paragraph("AnnexNote", note),
        *body.parts(parts_of(annex.blocks), ACROSS if across else UPRIGHT),
    ]
