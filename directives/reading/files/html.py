"""The text of an HTML document or mail: what is shown, by paragraphs; lists numbered, tables line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from eduportal.base.legacy import LegacyCode, code_of_font, set_in

from ..decode import UnreadableFile
from ..model import Warning
from .extracted import Extracted
from .numbering import number_in
from .pages import SUPERSCRIPTS
from .paragraphs import apart
from .word import CELLS_APART, OF_THE_LAYOUT

# The mark with which a document begins, or what is pasted out of one.
MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|(?:html|head|meta|body|div|p|table|span|font|ol|ul|h[1-6])\b[^>]*>)",
    re.IGNORECASE | re.DOTALL,
)
BEGINNING = 4000
MOST_ELEMENTS = 60_000
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
    "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
# What a browser does not show, and what the writer of a mail struck out.
UNSEEN = {
    "head", "script", "style", "title", "template", "noscript", "del", "s", "strike", "select", "object",
    "svg",
}  # fmt: skip
HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
FAMILY = re.compile(r"font-family\s*:\s*[\"']?([^;,\"']+)", re.IGNORECASE)
CAPITALS = re.compile(r"text-transform\s*:\s*uppercase", re.IGNORECASE)
BORDER = re.compile(r"border(?:-\w+)?\s*:\s*(?:solid|[1-9.])", re.IGNORECASE)
LIST_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
BLANKS = re.compile(r"[ \t\r\n\f]+")


def is_html(text: str) -> bool:
    """Whether a text is the source of an HTML page, by its beginning."""
    return bool(MARKUP.match(text[:BEGINNING]))


def text_of_html(text: str) -> Extracted:
    """Raises UnreadableFile: empty, too_slow (with what was read before)."""
    from lxml import etree

    # Comments fall away, entities other than HTML's own are not read, what is nested too deep is cut off.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    root = etree.fromstring(text.encode("utf-8", "ignore"), parser)
    if root is None:
        raise UnreadableFile("empty")
    setting = Setting()
    for count, (event, element) in enumerate(etree.iterwalk(root, events=("start", "end"))):
        if count > 2 * MOST_ELEMENTS:
            raise UnreadableFile("too_slow", place={"line": len(setting.lines) + 1}, read=setting.text())
        (setting.begin if event == "start" else setting.end)(element)
    return Extracted(setting.text(), tuple(setting.told()))


@dataclass
class Look:
    """How the letters inside an element are shown."""

    font: str = ""
    is_unseen: bool = False
    is_capitals: bool = False
    is_raised: bool = False


@dataclass
class OpenTable:
    """A table being read: its rows of cells, each cell as its lines; and the lines around it meanwhile."""

    around: list[str]
    has_border: bool
    rows: list[list[list[str]]] = field(default_factory=list)


@dataclass
class OpenList:
    """A list being read: the form of its numbers, "" for bullets, and the next one."""

    form: str = ""
    next: int = 1


@dataclass
class Setting:
    """Lines as they are set while the elements of a page begin and end."""

    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    looks: list[Look] = field(default_factory=lambda: [Look()])
    tables: list[OpenTable] = field(default_factory=list)
    lists: list[OpenList] = field(default_factory=list)
    converted: set[LegacyCode] = field(default_factory=set)
    has_table: bool = False

    def text(self) -> str:
        self.break_line()
        outer = [line for table in self.tables for line in table.around]
        return "\n".join(apart([*outer, *self.lines])).strip("\n") + "\n"

    def told(self) -> Iterator[Warning]:
        if self.has_table:
            yield Warning("tables_as_lines")
        for code in self.converted:
            yield Warning("legacy_converted", None, {"code": code.value})

    def begin(self, element: Any) -> None:
        tag = element.tag
        self.looks.append(look_of(element, self.looks[-1]))
        if tag in BLOCKS or tag == "br":
            self.break_line()
        if tag == "table":
            self.tables.append(OpenTable(self.lines, has_border(element)))
            self.lines = []
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append([])
        elif tag in ("td", "th"):
            self.lines = []
        elif tag in ("ol", "ul"):
            self.lists.append(OpenList(form_of(element), whole(element.get("start"), 1)))
        elif tag == "li" and self.lists and not self.looks[-1].is_unseen:
            self.line.append(self.label(self.lists[-1], element))
        self.say(element.text, self.looks[-1])

    def end(self, element: Any) -> None:
        tag = element.tag
        if tag in BLOCKS:
            self.break_line()
        if tag in ("td", "th") and self.tables:
            self.end_cell()
        elif tag == "table" and self.tables:
            self.end_table(self.tables.pop())
        elif tag in ("ol", "ul") and self.lists:
            self.lists.pop()
        self.looks.pop()
        self.say(element.tail, self.looks[-1])

    def say(self, text: str | None, look: Look) -> None:
        if not text or look.is_unseen:
            return
        if code := code_of_font(look.font):
            self.converted.add(code)
            text = set_in(text, look.font)
        if look.is_raised and text.strip().isdigit():
            text = text.strip().translate(SUPERSCRIPTS)
        self.line.append(text.upper() if look.is_capitals else text)

    def break_line(self) -> None:
        words = BLANKS.sub(" ", "".join(self.line)).strip(" \u00a0")
        self.line = []
        if words:
            self.lines.append(words)

    def label(self, open_list: OpenList, element: Any) -> str:
        if not open_list.form:
            return "• "
        value = whole(element.get("value"), open_list.next)
        open_list.next = value + 1
        return f"{number_in(open_list.form, value)}. "

    # --- tables ---

    def end_cell(self) -> None:
        rows = self.tables[-1].rows or [[]]
        rows[-1].append(self.lines)
        self.tables[-1].rows = rows
        self.lines = []

    def end_table(self, table: OpenTable) -> None:
        loose, self.lines = self.lines, table.around
        self.lines += ["", *loose]
        rows = [row for row in table.rows if row]
        if is_layout(table, rows):
            for place in range(max(map(len, rows), default=0)):
                self.lines += [line for row in rows if place < len(row) for line in row[place]]
                self.lines.append("")
            return
        self.has_table = True
        texts = ([" ".join(cell) for cell in row] for row in rows)
        self.lines += [CELLS_APART.join(row) for row in texts if any(row)]
        self.lines.append("")


def look_of(element: Any, around: Look) -> Look:
    style = element.get("style") or ""
    family = FAMILY.search(style)
    font = family[1].strip() if family else element.get("face") if element.tag == "font" else None
    return Look(
        font or around.font,
        around.is_unseen or element.tag in UNSEEN or bool(HIDDEN.search(style)) or "hidden" in element.attrib,
        around.is_capitals or bool(CAPITALS.search(style)),
        element.tag == "sup" or around.is_raised,
    )


def form_of(element: Any) -> str:
    if element.tag == "ul":
        return ""
    return LIST_FORMS.get(element.get("type") or "", "decimal")


def whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 5 else default


def has_border(element: Any) -> bool:
    """By its attribute, else by its own style; what a style sheet says is not looked at."""
    width = (element.get("border") or "").strip().removesuffix("px")
    return width not in ("", "0") or bool(BORDER.search(element.get("style") or ""))


def is_layout(table: OpenTable, rows: list[list[list[str]]]) -> bool:
    """As in Word: a frame, a letterhead by its words, or a row or two without borders."""
    columns = max(map(len, rows), default=0)
    if columns not in (2, 3):
        return columns < 2
    words = " ".join(line for row in rows for cell in row for line in cell).lower()
    return bool(OF_THE_LAYOUT.search(words)) or (len(rows) <= 2 and not table.has_border)
