"""Everything around the body: head, name, addressees, signature and recipients."""

from collections.abc import Iterator

from directives.writing import words
from directives.writing.arranging import (
    about_lines,
    addressed,
    check_line,
    issuer_lines,
    recipient_lines,
    rule_length,
    signing_lines,
    stamps,
    subject_lines,
    superior_lines,
)
from directives.writing.breaking import width
from directives.writing.document import OfficialDocument, Signature
from directives.writing.docx.elements import MM, POINT, Element, cell, paragraph, row, table

PAGE = round(165 * MM)
HEAD = (round(68 * MM), round(97 * MM))
FOOT = (round(75 * MM), round(90 * MM))
# Where the dash of an addressee ends, as numbering.xml sets it.
_ENTRY_INDENT = 60


def head(document: OfficialDocument) -> Element:
    """Offices on the left, nation on the right; number and date on one line."""
    left, right = HEAD
    issuer = issuer_lines(document)
    superior, about = superior_lines(document), about_lines(document)
    offices = [
        *([paragraph("Superior", *superior)] if superior else []),
        paragraph("Issuer", *issuer),
        _rule(rule_length(issuer, 13), left),
    ]
    nation = [
        paragraph("Nation", words.NATION),
        paragraph("Motto", words.MOTTO),
        _rule(rule_length([words.MOTTO], 14, share=1), right),
    ]
    number = [
        paragraph("Number", words.number_line(document.number, document.symbol)),
        *([paragraph("About", *about)] if about else []),
        *(
            paragraph(
                "Urgency" if stamp.is_urgency else "Draft",
                stamp.text,
                indents=_centred(stamp.width * MM, left),
            )
            for stamp in stamps(document)
        ),
    ]
    date = words.date_line(document.place, document.issued_on, year=document.year)
    return table(
        "TableNormal",
        HEAD,
        [
            row([cell(left, offices), cell(right, nation)]),
            row([cell(left, number), cell(right, [paragraph("Date", date)])]),
        ],
    )


def name(document: OfficialDocument) -> Iterator[Element]:
    """Kind and subject in the middle of the page; a letter has them under its number."""
    if document.is_letter:
        return
    yield paragraph("Title", document.kind.upper())
    if lines := subject_lines(document):
        yield paragraph("Subtitle", *lines)
        yield _rule(rule_length(lines, 14), PAGE, style="SubjectRule")


def addressees(document: OfficialDocument) -> Iterator[Element]:
    """The longest line decides where all of them begin, so that together they stand in the middle."""
    line, entries = addressed(document)
    if not line:
        return
    widest = max(width(line), *(width(entry) + _ENTRY_INDENT / 14 for entry in entries), 0)
    left = max(0, round((PAGE - widest * 14 * POINT) / 2))
    yield paragraph("Addressed" if entries else "AddressedAlone", line, indents={"left": left})
    for entry in entries:
        yield paragraph("Addressee", entry, indents={"left": left + _ENTRY_INDENT * POINT, "hanging": 200})


def foot(document: OfficialDocument) -> list[Element]:
    """Recipients on the left, level with the first line of the signature; one row that is never divided.

    Where two sign they stand side by side, and the recipients beneath.
    """
    left, right = FOOT
    received = _recipients(document)
    beside = received if document.beside is None else _signing(document.beside)
    signatures = row([cell(left, beside), cell(right, _signing(document.signature))])
    signed = table("TableNormal", FOOT, [signatures])
    return [signed] if document.beside is None else [signed, *received]


def _recipients(document: OfficialDocument) -> list[Element]:
    lines = recipient_lines(document)
    received = [paragraph("Recipients", words.RECIPIENTS)] if lines else []
    received += [paragraph("Recipient", line) for line in lines]
    return [*received, *([paragraph("Check", check_line(document))] if document.check else [])]


def _signing(signature: Signature) -> list[Element]:
    first, *others = signing_lines(signature)
    lines = [paragraph("FirstAuthority", first), *(paragraph("Authority", line) for line in others)]
    return [*lines, paragraph("Signer", signature.name)]


def _rule(length: float, room: int, *, style: str = "Rule") -> Element:
    """A rule so many points long, in the middle of its room."""
    return paragraph(style, indents=_centred(length * POINT, room))


def _centred(length: float, room: int) -> dict[str, int]:
    aside = max(0, round((room - length) / 2))
    return {"left": aside, "right": aside}
