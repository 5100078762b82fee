"""The parts of a Word file put together: the same bytes for the same document, whenever they are written."""

import io
import zipfile
from collections.abc import Iterable
from datetime import date
from html import escape
from importlib.resources import files

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree

from directives.writing.docx.elements import FIRST_HEADER, HEADER, Element, element, field, paragraph

LANGUAGE = "vi-VN"
_HERE = files("directives.writing.docx")
# A zip knows no earlier day, and a file must not tell when it was written.
_NO_TIME = (1980, 1, 1, 0, 0, 0)

_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "styles": ("rId1", "styles"),
    "numbering": ("rId2", "numbering"),
    "settings": ("rId3", "settings"),
    "header1": (HEADER, "header"),
    "header2": (FIRST_HEADER, "header"),
}


def packed(
    content: Iterable[Element],
    *,
    lists: Iterable[Element],
    styles: Iterable[Element],
    title: str,
    author: str,
    on: date | None,
) -> bytes:
    """A file of a body, with lists and styles beyond those that every document has.

    `on` is the day on which the document was made and changed; without one the file names none.
    """
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _package_relations(),
        "docProps/core.xml": _core(title, author, on),
        "word/document.xml": _xml(element("document", element("body", *content))),
        "word/_rels/document.xml.rels": _document_relations(),
        "word/styles.xml": _with(_HERE.joinpath("styles.xml").read_bytes(), styles),
        "word/numbering.xml": _with(_HERE.joinpath("numbering.xml").read_bytes(), lists),
        "word/settings.xml": _settings(),
        "word/header1.xml": _xml(element("hdr", _page_number())),
        "word/header2.xml": _xml(element("hdr", paragraph("Header"))),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, part in parts.items():
            zipped.writestr(zipfile.ZipInfo(name, _NO_TIME), part, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _xml(root: Element) -> bytes:
    etree.cleanup_namespaces(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _with(part: bytes, more: Iterable[Element]) -> bytes:
    root = parse_xml(part)
    root.extend(more)
    return _xml(root)


def _page_number() -> Element:
    number = paragraph("Header")
    number.extend(field("PAGE", "2"))
    return number


def _content_types() -> str:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{kind}+xml"/>'
        for name, (_, kind) in _PARTS.items()
    )
    return (
        f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>{overrides}'
        f'<Override PartName="/docProps/core.xml" ContentType="{_CORE}"/></Types>'
    )


def _relation(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>'


def _relations(relations: Iterable[str]) -> str:
    inside = "".join(relations)
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _package_relations() -> str:
    core = f"{_PACKAGE}/relationships/metadata/core-properties"
    return _relations(
        (
            _relation("rId1", f"{_RELATIONS}/officeDocument", "word/document.xml"),
            _relation("rId2", core, "docProps/core.xml"),
        )
    )


def _document_relations() -> str:
    return _relations(
        _relation(key, f"{_RELATIONS}/{kind}", f"{name}.xml") for name, (key, kind) in _PARTS.items()
    )


def _core(title: str, author: str, on: date | None) -> str:
    days = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{on:%Y-%m-%d}T00:00:00Z</dcterms:{name}>'
        for name in ("created", "modified")
        if on is not None
    )
    return (
        f'{_DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title, quote=False)}</dc:title>"
        f"<dc:creator>{escape(author, quote=False)}</dc:creator>"
        f"<dc:language>{LANGUAGE}</dc:language>{days}</cp:coreProperties>"
    )


def _settings() -> str:
    """As Word 2013 and later lay out; older ways of breaking lines and tables would move the parts."""
    word = "http://schemas.microsoft.com/office/word"
    return (
        f"{_DECLARATION}<w:settings {nsdecls('w')}>"
        '<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="{word}" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{LANGUAGE}"/></w:settings>'
    )
