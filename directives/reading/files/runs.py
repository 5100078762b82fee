"""The characters of a Word paragraph as printed: of tracked changes the outcome, old fonts converted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from eduportal.base.legacy import LegacyCode, code_of_font, set_in

from .numbering import MC, SIGNS, W, value_of
from .pages import SUPERSCRIPTS

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
SIMPLE_RUNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
# What is walked through in search of runs. What was taken out (w:del, w:moveFrom) is not.
WRAPPERS = {
    f"{W}{name}"
    for name in (
        "hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo",
    )
}  # fmt: skip
NOTES = (f"{W}footnoteReference", f"{W}endnoteReference")
DRAWN = (f"{MC}AlternateContent", f"{W}drawing", f"{W}pict", f"{W}object")
# The private characters of fonts of signs.
PRIVATE = range(0xE000, 0xF900)


@dataclass
class Runs:
    """Reads the runs of a document; what they refer to is gathered as it goes.

    ``cited`` are the notes in their order, ``boxes`` the text boxes met since they were last taken,
    ``converted`` the codes of before Unicode that were met.
    """

    styles: Mapping[str, Any]
    default_style: str = ""
    default_font: str = ""
    cited: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    converted: set[LegacyCode] = field(default_factory=set)
    fonts: dict[str, str | None] = field(default_factory=dict)

    def text_of(self, paragraph: Any) -> str:
        """The printed characters. Text boxes anchored in the paragraph are put aside."""
        style = value_of(paragraph.find(f"{W}pPr"), "pStyle") or self.default_style
        return "".join(self.walk(paragraph, style))

    def walk(self, parent: Any, style: str) -> Iterator[str]:
        for child in parent:
            if child.tag == f"{W}r":
                yield from self.run(child, style)
            elif child.tag in WRAPPERS:
                yield from self.walk(child, style)
            elif child.tag in (f"{M}oMath", f"{M}oMathPara"):
                yield "".join(child.itertext(f"{M}t"))

    def run(self, run: Any, style: str) -> Iterator[str]:
        properties = run.find(f"{W}rPr")
        if properties is not None and is_on(properties.find(f"{W}vanish")):
            return
        raised = value_of(properties, "vertAlign") == "superscript"
        capitals = properties is not None and is_on(properties.find(f"{W}caps"))
        font = self.font_of(properties, style)
        for child in run:
            if child.tag == f"{W}t":
                yield as_set(self.shown(child.text or "", font), raised=raised, capitals=capitals)
            elif child.tag in SIMPLE_RUNS:
                yield SIMPLE_RUNS[child.tag]
            elif child.tag == f"{W}sym":
                yield sign_of(child.get(f"{W}char", ""))
            elif child.tag in NOTES:
                yield self.note(child)
            elif child.tag in DRAWN:
                self.set_aside(child)

    def shown(self, text: str, font: str) -> str:
        """Text as its font shows it."""
        code = code_of_font(font)
        if code:
            self.converted.add(code)
            return set_in(text, font)
        return "".join(SIGNS.get(sign, "•") if ord(sign) in PRIVATE else sign for sign in text)

    # --- fonts ---

    def font_of(self, properties: Any, style: str) -> str:
        """The font of a run: its own, else that of its style, of its paragraph's, of the document."""
        own = named_font(properties)
        if own is None and (of_run := value_of(properties, "rStyle")):
            own = self.font_of_style(of_run)
        if own is None:
            own = self.font_of_style(style)
        return self.default_font if own is None else own

    def font_of_style(self, style: str) -> str | None:
        """The font that a style names, or what it is based on."""
        if style not in self.fonts:
            self.fonts[style] = None  # a style that is based on itself names nothing
            element = self.styles.get(style)
            if element is not None:
                own = named_font(element.find(f"{W}rPr"))
                based_on = value_of(element, "basedOn") or ""
                self.fonts[style] = self.font_of_style(based_on) if own is None else own
        return self.fonts[style]

    # --- what stands elsewhere ---

    def note(self, reference: Any) -> str:
        kind = f"{W}footnote" if "footnote" in reference.tag else f"{W}endnote"
        self.cited.append(f"{kind}{reference.get(f'{W}id')}")
        return str(len(self.cited)).translate(SUPERSCRIPTS)

    def set_aside(self, element: Any) -> None:
        """Text boxes in a drawing; of two forms of the same one, the first."""
        choice = element.find(f"{MC}Choice") if element.tag == f"{MC}AlternateContent" else None
        self.boxes += (choice if choice is not None else element).iter(f"{W}txbxContent")

    def taken_boxes(self) -> list[Any]:
        boxes, self.boxes = self.boxes, []
        return boxes


def named_font(properties: Any) -> str | None:
    """The font named for letters beyond ASCII, which are those that the old codes put elsewhere."""
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    if fonts is None:
        return None
    named = (fonts.get(f"{W}{name}") for name in ("hAnsi", "ascii", "hAnsiTheme", "asciiTheme"))
    return next((name for name in named if name), None)


def as_set(text: str, *, raised: bool, capitals: bool) -> str:
    """Raised digits as such, and capitals that are set so and not typed."""
    if raised and text.isdigit():
        return text.translate(SUPERSCRIPTS)
    return text.upper() if capitals else text


def is_on(switch: Any) -> bool:
    return switch is not None and switch.get(f"{W}val") not in ("0", "false", "none")


def sign_of(code: str) -> str:
    """A sign drawn in a font of signs, by its code."""
    try:
        sign = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return SIGNS.get(sign, "•" if ord(sign) in PRIVATE else sign)
