"""A document as one complete page of HTML with its style sheet inside: for the screen and for WeasyPrint.

Every text passes `escape`; the rules of the text come from `words.py`, the measures from `layout.css`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from importlib.resources import files
from itertools import groupby

from directives.writing import words
from directives.writing.breaking import balanced
from directives.writing.document import Basis, Block, Item, OfficialDocument, Signature, Table

_HERE = files("directives.writing")
_STYLE = _HERE.joinpath("layout.css").read_text(encoding="utf-8")
_SCREEN_STYLE = _HERE.joinpath("screen.css").read_text(encoding="utf-8")
_STAMP_CLASSES = {"KHẨN": "stamp-20", "HỎA TỐC": "stamp-30", "THƯỢNG KHẨN": "stamp-40"}

# How wide a centred line may get, in units of its size: 68 mm of the left column at 13 and at 12 pt, and the
# subject at 14 pt well within the page.
_ISSUER_LIMIT = 14.8
_ABOUT_LIMIT = 16.0
_SUBJECT_LIMIT = 28.0
# A line of 165 mm holds no more characters of 14 pt than this, however narrow they are.
_MOST_CHARACTERS_IN_A_LINE = 135
# A table of so few rows is not divided between pages.
_MOST_ROWS_KEPT = 10


def to_html(document: OfficialDocument) -> str:
    """The whole document as HTML that needs nothing else: no script, no address, no inline style."""
    return "\n".join(
        (
            "<!DOCTYPE html>",
            '<html lang="vi">',
            '<head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta name="author" content="{escape(document.letterhead.issuer)}">',
            f"<title>{escape(title_of(document))}</title>",
            f"<style>{_STYLE}</style>",
            f'<style media="screen">{_SCREEN_STYLE}</style></head>',
            "<body>",
            *_head(document),
            *_name(document),
            *_addressees(document.addressees),
            *_body(document.blocks),
            *_foot(document),
            "</body></html>",
        )
    )


def title_of(document: OfficialDocument) -> str:
    """What the document is called in a list of files: "THÔNG BÁO 07/TB-SGDĐT Kết luận …"."""
    number = f"{words.padded(document.number)}/{document.symbol}" if document.number else document.symbol
    return " ".join(part for part in (document.kind.upper(), number, document.subject) if part)


def _p(text: str, name: str) -> str:
    return f'<p class="{name}">{escape(text)}</p>'


def _lines(lines: Iterable[str], tag: str, name: str, *, last_ruled: bool) -> str:
    """Lines broken by us; a rule under the last is measured by that line, as the style sheet says."""
    spans = [escape(line) for line in lines]
    if last_ruled and spans:
        spans[-1] = f'<span class="ruled">{spans[-1]}</span>'
    return f'<{tag} class="{name}">' + " ".join(f'<span class="line">{s}</span>' for s in spans) + f"</{tag}>"


def _head(document: OfficialDocument) -> Iterator[str]:
    head = document.letterhead
    yield '<div class="head columns"><div class="row"><div class="left">'
    if head.superior:
        yield _lines(balanced(head.superior.upper(), _ISSUER_LIMIT), "p", "superior", last_ruled=False)
    yield _lines(balanced(head.issuer.upper(), _ISSUER_LIMIT), "p", "issuer", last_ruled=True)
    yield '</div><div class="right">'
    yield _p(words.NATION, "nation")
    yield _lines([words.MOTTO], "p", "motto", last_ruled=True)
    yield '</div></div><div class="row numbering"><div class="left">'
    yield _p(words.number_line(document.number, document.symbol), "number")
    if document.is_letter and document.subject:
        about = balanced(words.subject_of_letter(document.subject), _ABOUT_LIMIT)
        yield _lines(about, "p", "about", last_ruled=False)
    if document.urgency:
        yield _p(document.urgency, f"stamp urgency {_STAMP_CLASSES[document.urgency]}")
    if document.draft:
        yield _p(document.draft_mark, "stamp stamp-30")
    yield '</div><div class="right">'
    yield _p(words.date_line(document.place, document.issued_on, year=document.year), "date")
    yield "</div></div></div>"


def _name(document: OfficialDocument) -> Iterator[str]:
    """Kind and subject in the middle of the page; a letter has them under its number."""
    if document.is_letter:
        return
    yield '<div class="name">'
    yield f'<h1 class="kind">{escape(document.kind.upper())}</h1>'
    if document.subject:
        yield _lines(balanced(document.subject, _SUBJECT_LIMIT), "p", "subject", last_ruled=True)
    yield "</div>"


def _addressees(addressees: Sequence[str]) -> Iterator[str]:
    """One addressee on the line of "Kính gửi:", several beneath it."""
    if not addressees:
        return
    yield '<div class="addressed"><div class="addressees">'
    if len(addressees) == 1:
        yield _p(f"{words.ADDRESSEES} {addressees[0]}", "addressee")
    else:
        yield _p(words.ADDRESSEES, "addressee")
        yield from (_p(f"- {entry}", "entry") for entry in words.close_list(addressees))
    yield "</div></div>"


@dataclass(frozen=True)
class _Text:
    """One printed paragraph of the body; `style` is its class beside "block"."""

    tag: str
    style: str
    mark: str
    text: str

    def html(self, *, short_end: bool) -> str:
        classes = " ".join(name for name in ("block", self.style, "short-end" if short_end else "") if name)
        mark = (
            f'<span class="mark">{escape(self.mark)}</span>' if self.style == "marked" else escape(self.mark)
        )
        space = " " if self.mark and self.text else ""
        return f'<{self.tag} class="{classes}">{mark}{space}{escape(self.text)}</{self.tag}>'


@dataclass(frozen=True)
class _Grid:
    """A printed table."""

    table: Table

    def html(self, *, short_end: bool) -> str:
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in self.table.head)
        rows = "".join(f"<tr>{self._row(row)}</tr>" for row in self.table.rows)
        title = f"<caption>{escape(self.table.title)}</caption>" if self.table.title else ""
        kept = " whole" if len(self.table.rows) <= _MOST_ROWS_KEPT else ""
        return f'<table class="grid{kept}">{title}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'

    def _row(self, row: Sequence[str]) -> str:
        name, *figures = row
        cells = "".join(f'<td class="figure">{escape(figure)}</td>' for figure in figures)
        return f'<th scope="row">{escape(name)}</th>{cells}'


def _body(blocks: Sequence[Block]) -> Iterator[str]:
    """Bases closed as a list, then the rest; where its last part is a paragraph, that is closed by "./."."""
    texts: list[_Text | _Grid] = []
    for are_bases, run in groupby(blocks, lambda block: isinstance(block, Basis)):
        if are_bases:
            entries = words.close_list([block.text for block in run if isinstance(block, Basis)])
            texts += [_Text("p", "basis", "", entry) for entry in entries]
        else:
            texts += [text for block in run for text in _texts(block)]
    if not texts:
        return
    yield from (text.html(short_end=False) for text in texts[:-1])
    if isinstance(texts[-1], _Grid):
        yield texts[-1].html(short_end=False)
        return
    last = replace(texts[-1], text=words.end_body(texts[-1].text))
    # With the foot kept to what precedes it, this alone decides how many lines stay with the signature.
    yield last.html(short_end=len(last.mark) + len(last.text) < _MOST_CHARACTERS_IN_A_LINE)


def _texts(block: Block) -> Iterator[_Text | _Grid]:
    """The paragraphs of one block: an item's title stands on a line of its own."""
    if isinstance(block, Table):
        yield _Grid(block)
        return
    if not isinstance(block, Item):
        yield _Text("p", "", "", block.text)
        return
    mark = words.marked(block.number)
    if block.title:
        in_capitals = words.is_roman(block.number)
        title = block.title.upper() if in_capitals else block.title
        yield _Text("h2" if block.level == 1 else "h3", "title", mark, title)
        if block.text:
            yield _Text("p", "", "", block.text)
    else:
        yield _Text("p", "marked" if block.level == 1 else "", mark, block.text)


def _foot(document: OfficialDocument) -> Iterator[str]:
    """Recipients on the left, level with the first line of the signature on the right; beneath two signatures
    where there are two."""
    recipients = words.recipient_lines(
        document.recipients, document.archive, as_above=document.is_letter and bool(document.addressees)
    )
    listed = [_p(words.RECIPIENTS, "recipients"), *(_p(line, "recipient") for line in recipients)]
    lines = listed if recipients else []
    two = "" if document.beside is None else " two"
    yield f'<div class="foot{two} columns"><div class="row"><div class="left">'
    yield from lines if document.beside is None else _signature(document.beside)
    yield '</div><div class="right">'
    yield from _signature(document.signature)
    yield "</div></div></div>"
    if document.beside is not None:
        yield from ('<div class="beneath">', *lines, "</div>")


def _signature(signature: Signature) -> Iterator[str]:
    yield from (_p(line.upper(), "authority") for line in (*signature.authority, signature.title))
    yield _p(signature.name, "signer")
