"""A document as one complete page of HTML with its style sheet inside: for the screen and for WeasyPrint.

Every text passes `escape`; what stands in which line is said by `arranging.py`, the measures by `layout.css`.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files
from itertools import count

import segno

from directives.writing import words
from directives.writing.arranging import (
    MOST_ROWS_KEPT,
    Line,
    Part,
    about_lines,
    addressed,
    annex_note,
    annex_number,
    body_parts,
    check_line,
    is_across,
    issuer_lines,
    parts_of,
    recipient_lines,
    rule_length,
    signing_lines,
    stamps,
    subject_lines,
    superior_lines,
    title_of,
)
from directives.writing.columns import ACROSS, UPRIGHT, Fit, fit
from directives.writing.document import Check, OfficialDocument, Signature, Table

_HERE = files("directives.writing")
STYLE = _HERE.joinpath("layout.css").read_text(encoding="utf-8")
_SCREEN_STYLE = _HERE.joinpath("screen.css").read_text(encoding="utf-8")


class _Measured:
    """Style for what Python measures: columns and rules under text. It grows as the page is written."""

    def __init__(self) -> None:
        self.rules: list[str] = []
        self._numbers = count(1)

    def grid(self, table: Fit) -> str:
        """The class of a table with these columns."""
        name = f"grid-{next(self._numbers)}"
        self.rules.append(f".{name} {{ font-size: {table.size}pt; }}")
        self.rules += [
            f".{name} col:nth-child({place}) {{ width: {width:.2f}pt; }}"
            for place, width in enumerate(table.widths, start=1)
        ]
        return name

    def ruled(self, length: float) -> str:
        """The class of a line above a rule so many points long."""
        name = f"rule-{next(self._numbers)}"
        self.rules.append(f".{name}::after {{ width: {length:.2f}pt; }}")
        return name


def to_html(document: OfficialDocument) -> str:
    """The whole document as HTML that needs nothing else: no script, no address, no inline style."""
    styles = (f"<style>{STYLE}</style>", f'<style media="screen">{_SCREEN_STYLE}</style>')
    return _page(document, styles)


def to_print(document: OfficialDocument) -> str:
    """The same page without `STYLE`, for a printer that has read it already."""
    return _page(document, ())


def _page(document: OfficialDocument, styles: Sequence[str]) -> str:
    measured = _Measured()
    written = (
        *_head(document, measured),
        *_name(document, measured),
        *_addressees(document),
        *_body(document, measured),
        *_foot(document),
        *_annexes(document, measured),
    )
    return "\n".join(
        (
            "<!DOCTYPE html>",
            '<html lang="vi">',
            '<head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta name="author" content="{escape(document.letterhead.issuer)}">',
            f"<title>{escape(title_of(document))}</title>",
            *styles,
            *(("<style>", *measured.rules, "</style>") if measured.rules else ()),
            "</head><body>",
            *written,
            "</body></html>",
        )
    )


def _p(text: str, name: str) -> str:
    return f'<p class="{name}">{escape(text)}</p>'


def _lines(lines: Iterable[str], tag: str, name: str, *, ruled: str = "") -> str:
    """Lines broken by us; `ruled` is the class of the last one where a rule stands under it."""
    spans = [f'<span class="line">{escape(line)}</span>' for line in lines]
    if ruled and spans:
        spans[-1] = spans[-1].replace('"line"', f'"line ruled {ruled}"', 1)
    return f'<{tag} class="{name}">' + " ".join(spans) + f"</{tag}>"


def _head(document: OfficialDocument, measured: _Measured) -> Iterator[str]:
    yield '<div class="head columns"><div class="row"><div class="left">'
    if superior := superior_lines(document):
        yield _lines(superior, "p", "superior")
    issuer = issuer_lines(document)
    yield _lines(issuer, "p", "issuer", ruled=measured.ruled(rule_length(issuer, 13)))
    yield '</div><div class="right">'
    yield _p(words.NATION, "nation")
    whole = rule_length([words.MOTTO], 14, share=1)
    yield _lines([words.MOTTO], "p", "motto", ruled=measured.ruled(whole))
    yield '</div></div><div class="row numbering"><div class="left">'
    yield _p(words.number_line(document.number, document.symbol), "number")
    if about := about_lines(document):
        yield _lines(about, "p", "about")
    for stamp in stamps(document):
        yield _p(stamp.text, f"stamp{' urgency' if stamp.is_urgency else ''} stamp-{stamp.width}")
    yield '</div><div class="right">'
    yield _p(words.date_line(document.place, document.issued_on, year=document.year), "date")
    yield "</div></div></div>"


def _name(document: OfficialDocument, measured: _Measured) -> Iterator[str]:
    """Kind and subject in the middle of the page; a letter has them under its number."""
    if document.is_letter:
        return
    yield '<div class="name">'
    yield f'<h1 class="kind">{escape(document.kind.upper())}</h1>'
    if subject := subject_lines(document):
        yield _lines(subject, "p", "subject", ruled=measured.ruled(rule_length(subject, 14)))
    yield "</div>"


def _addressees(document: OfficialDocument) -> Iterator[str]:
    line, entries = addressed(document)
    if not line:
        return
    yield '<div class="addressed"><div class="addressees">'
    yield _p(line, "addressee")
    yield from (_p(f"- {entry}", "entry") for entry in entries)
    yield "</div></div>"


# --- the body -----------------------------------------------------------------------------------------------


def _body(document: OfficialDocument, measured: _Measured) -> Iterator[str]:
    parts = body_parts(document)
    yield from (_part(part, UPRIGHT, measured) for part in parts[:-1])
    for last in parts[-1:]:
        # With the foot kept to what precedes it, this alone decides how many lines stay with the signature.
        yield _part(last, UPRIGHT, measured, short_end=isinstance(last, Line) and last.may_be_short)


def _part(part: Part, room: float, measured: _Measured, *, short_end: bool = False) -> str:
    return _grid(part, room, measured) if isinstance(part, Table) else _line(part, short_end=short_end)


def _line(line: Line, *, short_end: bool) -> str:
    style = "" if line.role in ("text", "item") else line.role
    classes = " ".join(name for name in ("block", style, "short-end" if short_end else "") if name)
    mark = f'<span class="mark">{escape(line.mark)}</span>' if line.role == "marked" else escape(line.mark)
    space = " " if line.mark and line.text else ""
    tag = ("h2" if line.level == 1 else "h3") if line.role == "title" else "p"
    return f'<{tag} class="{classes}">{mark}{space}{escape(line.text)}</{tag}>'


def _grid(table: Table, room: float, measured: _Measured) -> str:
    found = fit(table, room)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.head)
    rows = "".join(f"<tr>{_row(row, table.texts)}</tr>" for row in table.rows)
    title = f"<caption>{escape(table.title)}</caption>" if table.title else ""
    kept = " whole" if len(table.rows) <= MOST_ROWS_KEPT else ""
    broken = "" if found.holds_words else " broken"
    columns = "<col>" * len(found.widths)
    return (
        f'<table class="grid {measured.grid(found)}{kept}{broken}">{title}<colgroup>{columns}</colgroup>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(row: Sequence[str], texts: Sequence[int]) -> str:
    name, *others = row
    cells = "".join(
        f"<td>{escape(cell)}</td>" if place in texts else f'<td class="figure">{escape(cell)}</td>'
        for place, cell in enumerate(others, start=1)
    )
    return f'<th scope="row">{escape(name)}</th>{cells}'


# --- foot and annexes ---------------------------------------------------------------------------------------


def _check(check: Check, words: str) -> Iterator[str]:
    """The code with which the paper is checked, and a picture of where."""
    if check.address:
        picture = segno.make(check.address, error="m").svg_inline(border=0, omitsize=True, title=words)
        yield f'<div class="check-picture">{picture}</div>'
    yield _p(words, "check")


def _foot(document: OfficialDocument) -> Iterator[str]:
    """Recipients on the left, level with the first line of the signature on the right; beneath two signatures
    where there are two."""
    received = list(_recipients(document))
    two = "" if document.beside is None else " two"
    yield f'<div class="foot{two} columns"><div class="row"><div class="left">'
    yield from received if document.beside is None else _signature(document.beside)
    yield '</div><div class="right">'
    yield from _signature(document.signature)
    yield "</div></div></div>"
    if document.beside is not None:
        yield from ('<div class="beneath">', *received, "</div>")


def _recipients(document: OfficialDocument) -> Iterator[str]:
    lines = recipient_lines(document)
    if lines:
        yield _p(words.RECIPIENTS, "recipients")
        yield from (_p(f"- {line}", "recipient") for line in lines)
    if document.check:
        yield from _check(document.check, check_line(document))


def _signature(signature: Signature) -> Iterator[str]:
    yield from (_p(line, "authority") for line in signing_lines(signature))
    yield _p(signature.name, "signer")


def _annexes(document: OfficialDocument, measured: _Measured) -> Iterator[str]:
    """Each on pages of its own. Neighbours are named apart, so that each begins to count its pages at 1."""
    for place, annex in enumerate(document.annexes):
        across = is_across(annex)
        turn = "across" if across else "upright"
        yield f'<section class="annex {turn}-{"odd" if place % 2 else "even"}">'
        yield f'<h1 class="annex-number">{escape(annex_number(annex))}</h1>'
        yield _p(annex.title.upper(), "annex-title")
        yield _p(annex_note(document), "annex-note")
        yield from (_part(part, ACROSS if across else UPRIGHT, measured) for part in parts_of(annex.blocks))
        yield "</section>"
