"""Elements of WordprocessingML, in the order in which Word expects them."""

from collections.abc import Mapping, Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

# One point, in the unit of distances.
POINT = 20
MM = 1440 / 25.4

Element = Any


def element(name: str, *children: Element | None, **attributes: object) -> Element:
    """<w:name w:attribute="…">; children that are None are left out."""
    made = OxmlElement(f"w:{name}")
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), str(value))
    made.extend(child for child in children if child is not None)
    return made


def run(*lines: str) -> Element:
    """Text, broken between its lines."""
    made = element("r")
    for place, line in enumerate(lines):
        if place:
            made.append(element("br"))
        words = element("t")
        words.text = line
        words.set(qn("xml:space"), "preserve")
        made.append(words)
    return made


def field(instruction: str, shown: str) -> list[Element]:
    """What Word works out by itself, such as the number of the page; `shown` until it does."""
    code = element("instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    return [
        element("r", element("fldChar", fldCharType="begin")),
        element("r", code),
        element("r", element("fldChar", fldCharType="separate")),
        run(shown),
        element("r", element("fldChar", fldCharType="end")),
    ]


def paragraph(
    style: str,
    *lines: str,
    numbered: tuple[int, int] | None = None,
    indents: Mapping[str, int] | None = None,
    kept: bool = False,
) -> Element:
    """A paragraph in a style. `numbered`: list and level; `kept`: on the page of what follows.

    `indents` (left, right, in twips) are given where the length of the text decides them.
    """
    properties = element(
        "pPr",
        element("pStyle", val=style),
        element("keepNext") if kept else None,
        element("numPr", element("ilvl", val=numbered[1]), element("numId", val=numbered[0]))
        if numbered
        else None,
        element("ind", **indents) if indents else None,
    )
    return element("p", properties, run(*lines) if any(lines) else None)


def cell(width: int, content: Sequence[Element], *, middle: bool = False) -> Element:
    """A cell; a cell without a paragraph is none for Word."""
    properties = element(
        "tcPr", element("tcW", w=width, type="dxa"), element("vAlign", val="center") if middle else None
    )
    return element("tc", properties, *(content or [paragraph("Normal")]))


def row(cells: Sequence[Element], *, repeated: bool = False) -> Element:
    """A row that is never divided between pages; a `repeated` one heads every page."""
    return element(
        "tr", element("trPr", element("cantSplit"), element("tblHeader") if repeated else None), *cells
    )


def table(style: str, widths: Sequence[int], rows: Sequence[Element]) -> Element:
    """A table of fixed columns."""
    return element(
        "tbl",
        element(
            "tblPr",
            element("tblStyle", val=style),
            element("tblW", w=sum(widths), type="dxa"),
            element("tblLayout", type="fixed"),
        ),
        element("tblGrid", *(element("gridCol", w=width) for width in widths)),
        *rows,
    )


# --- sections -----------------------------------------------------------------------------------------------

# The relations of the main part to the heads of its pages, as package.py names them.
HEADER, FIRST_HEADER = "rId4", "rId5"
_SHEET = (round(210 * MM), round(297 * MM))
_HEADER_DISTANCE = 406


def section(*, across: bool) -> Element:
    """A4 with the decree's margins, turned with them; pages count from 1, the first without its number."""
    short, long = _SHEET
    top, right, bottom, left = (30, 20, 15, 20) if across else (20, 15, 20, 30)
    return element(
        "sectPr",
        _header("default", HEADER),
        _header("first", FIRST_HEADER),
        element("type", val="nextPage"),
        element("pgSz", w=long, h=short, orient="landscape") if across else element("pgSz", w=short, h=long),
        element(
            "pgMar",
            top=round(top * MM),
            right=round(right * MM),
            bottom=round(bottom * MM),
            left=round(left * MM),
            header=_HEADER_DISTANCE,
            footer=_HEADER_DISTANCE,
            gutter=0,
        ),
        element("pgNumType", start=1),
        element("titlePg"),
    )


def _header(kind: str, relation: str) -> Element:
    made = element("headerReference", type=kind)
    made.set(qn("r:id"), relation)
    return made


def with_section(content: Sequence[Element], properties: Element) -> Sequence[Element]:
    """What stands in a section, its properties in the last paragraph: every section but the last ends so."""
    content[-1].get_or_add_pPr().append(properties)
    return content
