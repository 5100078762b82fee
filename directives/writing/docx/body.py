"""Paragraphs, numbered items and tables."""

from collections.abc import Iterable, Iterator, Sequence

from directives.writing.arranging import MOST_ROWS_KEPT, Line, Part
from directives.writing.columns import fit
from directives.writing.document import Table
from directives.writing.docx.elements import POINT, Element, cell, element, paragraph, row, table
from directives.writing.docx.numbering import Lists

_USUAL_SIZE = 13
_DEEPEST_HEADING = 3
_DEEPEST_ITEM = 5
_TABLE_STYLES = ("TableText", "TableHead", "TableFigure")


class Sizes:
    """Styles of tables in smaller type, made where a table needs them."""

    def __init__(self) -> None:
        self._used: set[int] = set()

    def name(self, style: str, size: int) -> str:
        if size == _USUAL_SIZE:
            return style
        self._used.add(size)
        return f"{style}{size}"

    @property
    def made(self) -> list[Element]:
        return [_smaller(style, size) for size in sorted(self._used) for style in _TABLE_STYLES]


def _smaller(style: str, size: int) -> Element:
    names = {"TableText": "Chữ trong bảng", "TableHead": "Đầu bảng", "TableFigure": "Số trong bảng"}
    return element(
        "style",
        element("name", val=f"{names[style]} {size}"),
        element("basedOn", val=style),
        element("rPr", element("sz", val=2 * size), element("szCs", val=2 * size)),
        type="paragraph",
        customStyle=1,
        styleId=f"{style}{size}",
    )


class Body:
    """Writes the parts of a body or of an annex, with the lists and styles that they need."""

    def __init__(self, lists: Lists, sizes: Sizes) -> None:
        self._lists = lists
        self._sizes = sizes

    def parts(self, parts: Sequence[Part], room: float, *, kept: int = 0) -> Iterator[Element]:
        """Parts in a room so many points wide; the last `kept` of them stay with what follows."""
        for place, part in enumerate(parts, start=1):
            stays = place > len(parts) - kept
            if isinstance(part, Table):
                yield from self._table(part, room, stays=stays)
            else:
                yield self._line(part, stays=stays)

    def _line(self, line: Line, *, stays: bool) -> Element:
        numbered = self._lists.place_of(line) if line.number else None
        return paragraph(_style(line), line.text, numbered=numbered, kept=stays)

    def _table(self, one: Table, room: float, *, stays: bool) -> Iterator[Element]:
        if one.title:
            yield paragraph("TableTitle", one.title)
        found = fit(one, room)
        widths = [round(width * POINT) for width in found.widths]
        whole = len(one.rows) <= MOST_ROWS_KEPT
        rows = [row(self._cells(one.head, widths, ["TableHead"] * len(widths), found.size), repeated=True)]
        styles = [_column_style(one, place) for place in range(len(widths))]
        for place, texts in enumerate(one.rows, start=1):
            kept = (whole and place < len(one.rows)) or (stays and place > len(one.rows) - 2)
            rows.append(row(self._cells(texts, widths, styles, found.size, kept=kept)))
        yield table("TableGrid", widths, rows)
        # Word joins two tables that nothing parts.
        yield paragraph("AfterTable", kept=stays)

    def _cells(
        self,
        texts: Iterable[str],
        widths: Sequence[int],
        styles: Sequence[str],
        size: int,
        *,
        kept: bool = False,
    ) -> list[Element]:
        whole = [*texts, *[""] * len(widths)]
        return [
            cell(width, [paragraph(self._sizes.name(style, size), text, kept=kept)], middle=True)
            for text, width, style in zip(whole, widths, styles, strict=False)
        ]


def _column_style(one: Table, place: int) -> str:
    return "TableText" if place == 0 or place in one.texts else "TableFigure"


def _style(line: Line) -> str:
    if line.role == "title":
        return f"Heading{min(max(line.level, 1), _DEEPEST_HEADING)}"
    if line.number:
        return f"Item{min(max(line.level, 1), _DEEPEST_ITEM)}"
    return "Basis" if line.role == "basis" else "BodyText"


def kept_at_the_end(parts: Sequence[Part]) -> int:
    """How many parts stay with the signature: the last, and a short one's neighbour, so that two lines do."""
    if not parts:
        return 0
    last = parts[-1]
    return 2 if isinstance(last, Line) and last.may_be_short else 1
