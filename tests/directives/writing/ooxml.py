"""Measures in the parts of a Word file: styles and numbers looked up as Word does."""

import io
import zipfile
from dataclasses import dataclass
from typing import Any

import docx
from docx.oxml.ns import qn

from directives.writing.docx import to_docx

MM = 1440 / 25.4
ALIGNMENTS = {None: "left", "left": "left", "center": "center", "right": "right", "both": "both"}


@dataclass(frozen=True)
class Look:
    """Size in points, weight, slope and alignment of a paragraph."""

    size: float
    bold: bool
    italic: bool
    alignment: str


class File:
    """A written document: its parts, and its paragraphs by their text."""

    def __init__(self, document: Any) -> None:
        self.data = to_docx(document)
        self.file = docx.Document(io.BytesIO(self.data))
        self.body = self.file.element.body
        self.styles = {one.get(qn("w:styleId")): one for one in self.file.styles.element.iter(qn("w:style"))}

    def part(self, name: str) -> str:
        with zipfile.ZipFile(io.BytesIO(self.data)) as parts:
            return parts.read(name).decode()

    @property
    def paragraphs(self) -> list[Any]:
        return list(self.body.iter(qn("w:p")))

    def find(self, text: str) -> Any:
        return next(one for one in self.paragraphs if words_of(one).startswith(text))

    def after(self, text: str) -> Any:
        """The paragraph that follows the one that begins so."""
        every = self.paragraphs
        return every[every.index(self.find(text)) + 1]

    def style(self, paragraph: Any) -> str:
        return value(paragraph, "w:pPr/w:pStyle")

    def resolved(self, paragraph: Any, path: str) -> Any:
        """A property of the paragraph itself, else of its style or what that is based on."""
        found = paragraph.find(qn_path(path))
        style = self.style(paragraph)
        while found is None and style:
            element = self.styles[style]
            found = element.find(qn_path(path))
            style = value(element, "w:basedOn")
        return found

    def look(self, text: str) -> Look:
        paragraph = self.find(text)
        size = self.resolved(paragraph, "w:rPr/w:sz")
        alignment = self.resolved(paragraph, "w:pPr/w:jc")
        return Look(
            14.0 if size is None else int(size.get(qn("w:val"))) / 2,
            self.resolved(paragraph, "w:rPr/w:b") is not None,
            self.resolved(paragraph, "w:rPr/w:i") is not None,
            ALIGNMENTS[None if alignment is None else alignment.get(qn("w:val"))],
        )

    def number(self, name: str, paragraph: Any, path: str) -> int | None:
        found = self.resolved(paragraph, path)
        return None if found is None or found.get(qn(name)) is None else int(found.get(qn(name)))

    def indents(self, paragraph: Any) -> tuple[int, int]:
        found = self.resolved(paragraph, "w:pPr/w:ind")
        return tuple(int(found.get(qn(f"w:{side}")) or 0) for side in ("left", "right"))


def qn_path(path: str) -> str:
    return "/".join(qn(step) for step in path.split("/"))


def value(element: Any, path: str) -> str:
    found = element.find(qn_path(path))
    return "" if found is None else found.get(qn("w:val"))


def words_of(paragraph: Any) -> str:
    return "".join(
        "\n" if one.tag == qn("w:br") else one.text for one in paragraph.iter(qn("w:t"), qn("w:br"))
    )


def is_kept(paragraph: Any) -> bool:
    return paragraph.find(qn_path("w:pPr/w:keepNext")) is not None
