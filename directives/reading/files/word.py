"""The text of a Word document (.docx): what is printed, by paragraphs, with their automatic numbers."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ..decode import UnreadableFile
from ..model import Warning
from .extracted import Extracted
from .numbering import DEEPEST, Numbering, W, numbering_of, value_of, whole
from .pages import SUPERSCRIPTS
from .paragraphs import apart
from .runs import Runs, named_font

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# A table without borders that says one of these is a letterhead or a signature block.
OF_THE_LAYOUT = re.compile(r"cộng h(?:òa|oà) xã hội|độc lập\s*-\s*tự do|đảng cộng sản việt nam|nơi nhận\s*:")
NO_BORDER = {"nil", "none"}
STYLED_BORDER = re.compile("grid|lưới|list|table ?\\d|colorful|plain", re.IGNORECASE)
CELLS_APART = " | "
# Some four hundred pages.
MOST_PARAGRAPHS = 20_000
DEEPEST_TABLE = 8
MAIN_PART = "word/document.xml"
BLOCK_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
TRACKED = [f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel")]


def text_of_word(data: bytes) -> Extracted:
    """Raises UnreadableFile("broken") for what Word could not open either, with the text before it breaks."""
    # Loading the library takes a while, and only Word files need it.
    from docx import Document

    try:
        main = Document(io.BytesIO(data)).part
        walk = Walk.of(main)
    except Exception as problem:
        # Errors of XML, of unpacking, of the library's own: whatever it is, the file is at fault.
        raise UnreadableFile("broken", read=text_before_damage(data)) from problem
    if main.element.getroottree().docinfo.doctype:
        # No Word file has one; it could only name other files, or entities that grow.
        raise UnreadableFile("broken")
    try:
        return walk.extracted()
    except UnreadableFile as problem:
        raise UnreadableFile(problem.code, place={"line": len(walk.lines) + 1}, read=walk.text()) from problem


def text_before_damage(data: bytes) -> str:
    """What a damaged main part says up to the damage, without automatic numbers; "" if there is none."""
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            content = parts.read(MAIN_PART)
        root = etree.fromstring(content, etree.XMLParser(recover=True, resolve_entities=False))
        walk = Walk(root.find(f"{W}body"), [], Numbering({}), {}, Runs({}), {})
        walk.blocks(walk.body)
        return walk.text()
    except Exception:
        return ""


def related(part: Any, kind: str) -> list[Any]:
    """The roots of the parts of a kind (numbering, footnotes, header) that belong to the main part."""
    from docx.oxml import parse_xml

    found = [rel.target_part for rel in part.rels.values() if rel.reltype == f"{RELATION}/{kind}"]
    return [parse_xml(one.blob) for one in found]


@dataclass
class Walk:
    """A walk through the document; lines are collected as it goes.

    ``carried`` is what a paragraph said whose end was deleted: it runs on into the next.
    """

    body: Any
    margins: list[Any]
    numbering: Numbering
    styles: dict[str, Any]
    runs: Runs
    notes: dict[str, Any]
    lines: list[str] = field(default_factory=list)
    warnings: dict[str, None] = field(default_factory=dict)
    carried: str = ""
    paragraphs: int = 0

    @classmethod
    def of(cls, main: Any) -> Walk:
        roots = related(main, "styles")
        every = {one.get(f"{W}styleId", ""): one for root in roots for one in root.iter(f"{W}style")}
        usual = (
            key
            for key, one in every.items()
            if one.get(f"{W}type") == "paragraph" and one.get(f"{W}default") in ("1", "true")
        )
        fonts = (named_font(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")) for root in roots)
        notes = [note for kind in ("footnotes", "endnotes") for root in related(main, kind) for note in root]
        return cls(
            body=main.element.body,
            margins=[*related(main, "header"), *related(main, "footer")],
            numbering=numbering_of(next(iter(related(main, "numbering")), None)),
            styles=every,
            runs=Runs(every, next(usual, ""), next(filter(None, fonts), "")),
            notes={f"{note.tag}{note.get(f'{W}id')}": note for note in notes},
        )

    def extracted(self) -> Extracted:
        self.blocks(self.body)
        self.end_carried()
        self.add_notes()
        if next(self.body.iter(*TRACKED), None) is not None:
            self.warnings["tracked_changes"] = None
        around = "\n".join(self.plain(root) for root in self.margins)
        converted = (Warning("legacy_converted", None, {"code": code.value}) for code in self.runs.converted)
        return Extracted(self.text(), (*map(Warning, self.warnings), *converted), around)

    def text(self) -> str:
        text = "\n".join(apart(self.lines)).strip("\n") + "\n"
        return text if text.strip() else ""

    def add_notes(self) -> None:
        """Footnotes stand at the end, each with the raised number that its place in the text carries."""
        for number, key in enumerate(self.runs.cited, start=1):
            words = " ".join(self.plain(self.notes[key]).split()) if key in self.notes else ""
            if words:
                self.warnings["footnotes_at_end"] = None
                self.lines.append(f"{str(number).translate(SUPERSCRIPTS)} {words}")

    def plain(self, root: Any) -> str:
        """The words of a part without numbers: headers, footers, footnotes, a table to be told apart.

        What they refer to is not noted.
        """
        aside = Runs(self.styles, self.runs.default_style, self.runs.default_font, fonts=self.runs.fonts)
        return "\n".join(aside.text_of(paragraph) for paragraph in root.iter(f"{W}p"))

    def blocks(self, parent: Any, depth: int = 0) -> None:
        """Paragraphs and tables in their order."""
        for child in parent:
            if child.tag == f"{W}p":
                self.paragraph(child)
            elif child.tag == f"{W}tbl":
                self.table(child, depth)
            elif child.tag in BLOCK_WRAPPERS:
                self.blocks(child, depth)

    def paragraph(self, element: Any) -> None:
        self.paragraphs += 1
        if self.paragraphs > MOST_PARAGRAPHS:
            raise UnreadableFile("too_many_pages")
        text = self.runs.text_of(element)
        boxes = self.runs.taken_boxes()
        if is_end_deleted(element):
            self.carried += text
        else:
            self.print(element, self.carried + text)
        for box in boxes:
            self.warnings["text_boxes"] = None
            self.blocks(box)

    def print(self, element: Any, text: str) -> None:
        """A paragraph with its number, on as many lines as it has breaks."""
        self.carried = ""
        label = self.label(element)
        self.lines += [line.rstrip() for line in f"{label}{text.lstrip() if label else text}".split("\n")]

    def end_carried(self) -> None:
        """Where nothing follows to run on into, what was carried is a paragraph of its own."""
        if self.carried:
            self.lines.append(self.carried)
            self.carried = ""

    # --- tables ---

    def table(self, table: Any, depth: int) -> None:
        """A letterhead or signature block column by column; any other table a line a row."""
        if depth == DEEPEST_TABLE:
            raise UnreadableFile("broken")
        self.end_carried()
        rows = [list(cells_of(row)) for row in table.iterchildren(f"{W}tr") if not is_deleted(row, "trPr")]
        if is_layout(table, rows, self.plain):
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
        self.end_carried()
        inner, self.lines = self.lines, outer
        return inner

    # --- one paragraph ---

    def label(self, paragraph: Any) -> str:
        """The automatic number that Word prints before a paragraph."""
        properties = paragraph.find(f"{W}pPr")
        style = value_of(properties, "pStyle") or self.runs.default_style
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


def cells_of(row: Any) -> Iterator[Any]:
    """The cells of a row that were not deleted. One that goes on from the row above is empty."""
    for child in row:
        if child.tag == f"{W}tc":
            if not is_deleted(child, "tcPr"):
                yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent"):
            yield from cells_of(child)


def is_deleted(element: Any, properties: str) -> bool:
    """Whether a row or a cell was deleted with its changes tracked."""
    found = element.find(f"{W}{properties}")
    return found is not None and any(found.find(f"{W}{mark}") is not None for mark in ("del", "cellDel"))


def is_end_deleted(paragraph: Any) -> bool:
    """Whether the end of a paragraph was deleted or moved away: it runs on into the next."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and any(mark.find(f"{W}{name}") is not None for name in ("del", "moveFrom"))


def is_layout(table: Any, rows: list[list[Any]], words: Callable[[Any], str]) -> bool:
    """Whether a table only sets text: a frame, a letterhead by its words, or one row without borders."""
    columns = max(map(len, rows), default=0)
    if columns not in (2, 3):
        return columns < 2
    text = unicodedata.normalize("NFC", " ".join(words(table).split())).lower()
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
