"""Word and PDF files made for tests."""

import io
import zipfile
from collections.abc import Sequence
from html import escape
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from weasyprint import HTML

LEFT = ["UBND TỈNH NGỌC SƠN", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Số: 215/SGDĐT-GDPT", "V/v rà soát cơ sở vật chất"]
RIGHT = [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Ngọc Sơn, ngày 02 tháng 11 năm 2026",
]


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def plain_word(text: str) -> bytes:
    """A paragraph for each line."""
    document = Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    return saved(document)


def define_list(document: Any, levels: Sequence[tuple[str, str]], *, number: int = 77) -> int:
    """An automatic list with the form and text of each level ("decimal", "%1."); gives its number."""
    root = document.part.numbering_part.element
    marks = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(levels)
    )
    first_list = root.find(f"{{{root.nsmap['w']}}}num")
    origin = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{marks}</w:abstractNum>')
    first_list.addprevious(origin)
    return add_list(document, origin=number, number=number)


def add_list(document: Any, *, origin: int, number: int, start: int | None = None, level: int = 0) -> int:
    """One more list of the same origin; `start` begins a level anew."""
    override = (
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>' if start else ""
    )
    one = f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{origin}"/>{override}</w:num>'
    document.part.numbering_part.element.append(parse_xml(one))
    return number


def add_item(document: Any, text: str, number: int, level: int = 0) -> None:
    """A paragraph that Word numbers."""
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    mark = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    properties.append(parse_xml(mark))


def add_columns(document: Any, *columns: Sequence[str]) -> None:
    """A table without borders that puts text side by side."""
    table = document.add_table(rows=1, cols=len(columns))
    for cell, lines in zip(table.rows[0].cells, columns, strict=True):
        cell.text = "\n".join(lines[:1])
        for line in lines[1:]:
            cell.add_paragraph(line)


def add_raw(document: Any, xml: str) -> None:
    """A paragraph from its XML."""
    document.element.body.insert(-1, parse_xml(xml.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)))


# One dot, as a picture.
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def printed(body: str, style: str = "") -> bytes:
    """A PDF of a body of HTML, set as offices set theirs."""
    rules = (
        "@page { size: A4; margin: 20mm 15mm 20mm 30mm; @top-center { content: counter(page) } }"
        "body { font: 14pt/1.3 'Liberation Serif' }"
        "p { margin: 0 0 6pt; text-indent: 1.27cm; text-align: justify }"
    )
    return HTML(string=f"<style>{rules}{style}</style>{body}").write_pdf()


def plain_pdf(text: str) -> bytes:
    """A paragraph for each line."""
    lines = (f"<p>{escape(line)}</p>" if line.strip() else "<br>" for line in text.split("\n"))
    return printed("".join(lines))


def handmade_pdf(*contents: str, extra: str = "", entries: Sequence[str] = ()) -> bytes:
    """A PDF written object by object: what is drawn on each page, in Helvetica. `entries`: more objects."""
    kids = " ".join(f"{n} 0 R" for n in range(10, 10 + 2 * len(contents), 2))
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Count {len(contents)} /Kids [{kids}] >>",
        3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    }
    for n, content in enumerate(contents):
        objects[10 + 2 * n] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {extra} /Contents {11 + 2 * n} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects[11 + 2 * n] = f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
    objects |= dict(enumerate(entries, start=10 + 2 * len(contents)))
    file = "%PDF-1.4\n" + "".join(f"{n} 0 obj\n{body}\nendobj\n" for n, body in objects.items())
    return (file + "trailer << /Root 1 0 R >>\n%%EOF").encode("latin-1")


def drawn(text: str, x: int = 72, y: int = 700) -> str:
    """A line of text on a page of `handmade_pdf`."""
    return f"BT /F1 12 Tf {x} {y} Td ({text}) Tj ET"


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(
                name if "." in name else name.replace("__", "/").replace("_xml", ".xml"), content
            )
    return file.getvalue()
