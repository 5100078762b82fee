"""The text of a Word document (.docx): what is printed, by paragraphs, with their automatic numbers."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..decode import UnreadableFile
from ..model import Warning
from .extracted import Extracted
from .numbering import DEEPEST, SIGNS, Numbering, W, numbering_of, value_of, whole
from .pages import SUPERSCRIPTS
from .paragraphs import apart

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# A table without borders that says one of these is a letterhead or a signature block.
OF_THE_LAYOUT = re.compile(r"cộng h(?:òa|oà) xã hội|độc lập\s*-\s*tự do|đảng cộng sản việt nam|nơi nhận\s*:")
NO_BORDER = {"nil", "none"}
STYLED_BORDER = re.compile("grid|lưới|list|table ?\\d|colorful|plain", re.IGNORECASE)
CELLS_APART = " | "
MOST_PARAGRAPHS = 50_000
DEEPEST_TABLE = 8
SIMPLE_RUNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
# What is walked through in search of runs.
WRAPPERS = {
    f"{W}{name}"
    for name in [
        "hyperlink",
        "ins",
        "moveTo",
        "smartTag",
        "sdt",
        "sdtContent",
        "fldSimple",
        "customXml",
        "dir",
        "bdo",
    ]
}


def text_of_word(data: bytes) -> Extracted:
    """Raises UnreadableFile("broken") for what Word could not open either."""
    # Loading the library takes a while, and only Word files need it.
    from docx import Document

    try:
        main = Document(io.BytesIO(data)).part
        return Walk.of(main).extracted()
    except UnreadableFile:
        raise
    except Exception as problem:
        # Errors of XML, of unpacking, of the library's own: whatever it is, the file is at fault.
        raise UnreadableFile("broken") from problem


def related(part: Any, kind: str) -> list[Any]:
    """The roots of the parts of a kind (numbering, footnotes, header) that belong to the main part."""
    from docx.oxml import parse_xml

    found = [rel.target_part for rel in part.rels.values() if rel.reltype == f"{RELATION}/{kind}"]
    return [parse_xml(one.blob) for one in found]


@dataclass
class Walk:
    """A walk through the document; lines are collected as it goes."""

    body: Any
    margins: list[Any]
    numbering: Numbering
    styles: dict[str, Any]
    default_style: str
    notes: dict[str, Any]
    lines: list[str] = field(default_factory=list)
    cited: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    warnings: dict[str, None] = field(default_factory=dict)
    paragraphs: int = 0

    @classmethod
    def of(cls, main: Any) -> Walk:
        of_part = [one for root in related(main, "styles") for one in root.iter(f"{W}style")]
        every = {one.get(f"{W}styleId", ""): one for one in of_part}
        usual = (
            key
            for key, one in every.items()
            if one.get(f"{W}type") == "paragraph" and one.get(f"{W}default") in ("1", "true")
        )
        notes = [note for kind in ("footnotes", "endnotes") for root in related(main, kind) for note in root]
        return cls(
            body=main.element.body,
            margins=[*related(main, "header"), *related(main, "footer")],
            numbering=numbering_of(next(iter(related(main, "numbering")), None)),
            styles=every,
            default_style=next(usual, ""),
            notes={f"{note.tag}{note.get(f'{W}id')}": note for note in notes},
        )

    def extracted(self) -> Extracted:
        self.blocks(self.body)
        self.add_notes()
        if self.body.find(f".//{W}del") is not None or self.body.find(f".//{W}ins") is not None:
            self.warnings["tracked_changes"] = None
        text = "\n".join(apart(self.lines)).strip("\n") + "\n"
        around = "\n".join(self.plain(root) for root in self.margins)
        return Extracted(text if text.strip() else "", tuple(map(Warning, self.warnings)), around)

    def add_notes(self) -> None:
        """Footnotes stand at the end, each with the raised number that its place in the text carries."""
        for number, key in enumerate(self.cited, start=1):
            words = " ".join(self.plain(self.notes[key]).split()) if key in self.notes else ""
            if words:
                self.warnings["footnotes_at_end"] = None
                self.lines.append(f"{str(number).translate(SUPERSCRIPTS)} {words}")

    def plain(self, root: Any) -> str:
        """The words of a part without numbers: headers, footers, footnotes."""
        return "\n".join("".join(self.runs(paragraph)) for paragraph in root.iter(f"{W}p"))

    def blocks(self, parent: Any, depth: int = 0) -> None:
        """Paragraphs and tables in their order."""
        for child in parent:
            if child.tag == f"{W}p":
                self.paragraph(child)
            elif child.tag == f"{W}tbl":
                self.table(child, depth)
            elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"):
                self.blocks(child, depth)

    def paragraph(self, element: Any) -> None:
        self.paragraphs += 1
        if self.paragraphs > MOST_PARAGRAPHS:
            raise UnreadableFile("too_many_pages")
        self.boxes = []
        text = "".join(self.runs(element))
        label = self.label(element)
        boxes, self.boxes = self.boxes, []
        self.lines += [line.rstrip() for line in f"{label}{text.lstrip() if label else text}".split("\n")]
        for box in boxes:
            self.warnings["text_boxes"] = None
            self.blocks(box)

    # --- tables ---

    def table(self, table: Any, depth: int) -> None:
        """A letterhead or signature block column by column; any other table a line a row."""
        if depth == DEEPEST_TABLE:
            raise UnreadableFile("broken")
        rows = [list(cells_of(row)) for row in table.iterchildren(f"{W}tr")]
        if is_layout(table, rows):
            self.columns(rows, depth)
            return
        self.warnings["tables_as_lines"] = None
        self.lines.append("")
        for row in rows:
            texts = [" ".join(" ".join(self.inside(cell, depth)).split()) for cell in row]
            if any(texts):
                self.lines.append(CELLS_APART.join(texts))
        self.lines.append("")

    def columns(self, rows: list[list[Any]], depth: int) -> None:
        for place in range(max(map(len, rows), default=0)):
            column = [row[place] for row in rows if place < len(row)]
            lines = [line for cell in column for line in self.inside(cell, depth)]
            if any(map(str.strip, lines)):
                self.lines += ["", *filter(str.strip, lines), ""]

    def inside(self, cell: Any, depth: int) -> list[str]:
        """The lines of a cell, taken out of the walk's own."""
        outer, self.lines = self.lines, []
        self.blocks(cell, depth + 1)
        inner, self.lines = self.lines, outer
        return inner

    # --- one paragraph ---

    def label(self, paragraph: Any) -> str:
        """The automatic number that Word prints before a paragraph."""
        properties = paragraph.find(f"{W}pPr")
        style = value_of(properties, "pStyle") or self.default_style
        named = self.named_list(properties, style)
        return self.numbering.label(*named) if named else ""

    def named_list(self, properties: Any, style: str) -> tuple[str, int] | None:
        """List and level of a paragraph: its own, else those of its style or what that is based on."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        list_id, level = value_of(own, "numId"), value_of(own, "ilvl")
        seen: set[str] = set()
        while style in self.styles and style not in seen and (list_id is None or level is None):
            seen.add(style)
            of_style = self.styles[style].find(f"{W}pPr/{W}numPr")
            if list_id is None and (named := value_of(of_style, "numId")):
                list_id = named
                level = level or value_of(of_style, "ilvl") or self.level_of_style(named, style)
            style = value_of(self.styles[style], "basedOn") or ""
        if list_id in (None, "0"):
            return None
        return str(list_id), min(whole(level, 0), DEEPEST)

    def level_of_style(self, list_id: str, style: str) -> str | None:
        found = self.numbering.lists.get(list_id)
        levels = found.levels.items() if found else ()
        return next((str(depth) for depth, level in levels if level.style == style), None)

    def runs(self, parent: Any) -> Iterator[str]:
        """The printed characters of a paragraph. Text boxes anchored in it are put aside."""
        for child in parent:
            if child.tag == f"{W}r":
                yield from self.run(child)
            elif child.tag in WRAPPERS:
                yield from self.runs(child)

    def run(self, run: Any) -> Iterator[str]:
        properties = run.find(f"{W}rPr")
        if properties is not None and is_on(properties.find(f"{W}vanish")):
            return
        raised = value_of(properties, "vertAlign") == "superscript"
        capitals = properties is not None and is_on(properties.find(f"{W}caps"))
        for child in run:
            if child.tag == f"{W}t":
                yield as_set(child.text or "", raised=raised, capitals=capitals)
            elif child.tag in SIMPLE_RUNS:
                yield SIMPLE_RUNS[child.tag]
            elif child.tag == f"{W}sym":
                yield sign_of(child.get(f"{W}char", ""))
            elif child.tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                yield self.note(child)
            elif child.tag in (f"{MC}AlternateContent", f"{W}drawing", f"{W}pict", f"{W}object"):
                self.set_aside(child)

    def note(self, reference: Any) -> str:
        kind = f"{W}footnote" if "footnote" in reference.tag else f"{W}endnote"
        self.cited.append(f"{kind}{reference.get(f'{W}id')}")
        return str(len(self.cited)).translate(SUPERSCRIPTS)

    def set_aside(self, element: Any) -> None:
        """Text boxes in a drawing; of two forms of the same one, the first."""
        choice = element.find(f"{MC}Choice") if element.tag == f"{MC}AlternateContent" else None
        self.boxes += (choice if choice is not None else element).iter(f"{W}txbxContent")


def as_set(text: str, *, raised: bool, capitals: bool) -> str:
    """Raised digits as such, and capitals that are set so and not typed."""
    if raised and text.isdigit():
        return text.translate(SUPERSCRIPTS)
    return text.upper() if capitals else text


def cells_of(row: Any) -> Iterator[Any]:
    """The cells of a row. One that goes on from the row above is empty."""
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent"):
            yield from cells_of(child)


def is_layout(table: Any, rows: list[list[Any]]) -> bool:
    """Whether a table only sets text: a frame, a letterhead by its words, or one row without borders."""
    columns = max(map(len, rows), default=0)
    if columns not in (2, 3):
        return columns < 2
    text = unicodedata.normalize("NFC", " ".join("".join(table.itertext(f"{W}t")).split())).lower()
    return bool(OF_THE_LAYOUT.search(text)) or (len(rows) <= 2 and not has_borders(table))


def has_borders(table: Any) -> bool:
    """Of its own, of its style's name, or of one of its cells."""
    properties = table.find(f"{W}tblPr")
    own = properties.find(f"{W}tblBorders") if properties is not None else None
    if own is not None:
        return any(is_line(edge) for edge in own)
    style = value_of(properties, "tblStyle") or ""
    return bool(STYLED_BORDER.search(style)) or any(
        is_line(edge) for borders in table.iter(f"{W}tcBorders") for edge in borders
    )


def is_line(edge: Any) -> bool:
    return edge.get(f"{W}val") not in NO_BORDER


def is_on(switch: Any) -> bool:
    return switch is not None and switch.get(f"{W}val") not in ("0", "false", "none")


def sign_of(code: str) -> str:
    """A sign drawn in a font of signs, by its code."""
    try:
        sign = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return SIGNS.get(sign, "•" if "\ue000" <= sign <= "\uf8ff" else sign)
