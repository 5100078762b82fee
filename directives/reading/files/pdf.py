"""The text of a PDF that has a text layer, in reading order, from the places of its words on the pages."""

from __future__ import annotations

import io
import re
import time
import zlib
from collections.abc import Iterator
from typing import Any

from ..decode import UnreadableFile
from ..model import Warning
from .columns import letterhead, signature
from .extracted import Extracted
from .pages import SUPERSCRIPTS, Page, Row, Word, rows_of, without_margins
from .paragraphs import Measure, apart, paragraphs

MOST_PAGES = 150
LONGEST = 25.0
MOST_CHARACTERS = 30_000
# A stream of text or of a font that unpacks to more is a bomb; pictures are not unpacked at all.
MOST_STREAM = 60 * 1024 * 1024
MOST_STREAMS = 200 * 1024 * 1024
STREAM = re.compile(rb"stream\r?\n")
PICTURE = re.compile(rb"/Subtype\s*/Image\b")
TWICE_PACKED = re.compile(rb"/Filter\s*\[\s*/Fl(?:ateDecode)?\s*/(?:Fl|LZW|Run|ASCII)")
UNMAPPED = re.compile(r"\(cid:\d+\)")
LEAST_LETTERS = 60
LEAST_LETTERS_OVER_PICTURE = 250
MOST_RULES = 1500
FOOTNOTE = re.compile(r"^[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}\b|^[⁰¹²³⁴⁵⁶⁷⁸⁹]")
SMALLER = 0.9


def text_of_pdf(data: bytes) -> Extracted:
    """Raises UnreadableFile: encrypted, broken, bomb, scan, unmapped, too_many_pages, too_slow."""
    refuse_bomb(data)
    pages = read_pages(data)
    blank = [page for page in pages if is_blank(page)]
    if len(blank) == len(pages):
        raise UnreadableFile("scan")
    words = [word.text for page in pages for word in page.words]
    if sum(bool(UNMAPPED.search(word)) for word in words) > len(words) // 20 + 3:
        raise UnreadableFile("unmapped")
    warnings = []
    pictured = [str(page.number) for page in blank if page.is_picture]
    if pictured:
        warnings.append(Warning("pages_without_text", None, {"pages": ", ".join(pictured)}))
    if any(page.tables for page in pages):
        warnings.append(Warning("tables_as_lines"))
    return set_text(pages, warnings)


def set_text(pages: list[Page], warnings: list[Warning]) -> Extracted:
    """The text from its pages, the parts in two columns one column after the other."""
    kept, dropped = without_margins([(page, ordered(page)) for page in pages])
    measures = measures_of(pages, kept)
    notes: list[str] = []
    lines: list[str] = []
    running: list[Row] = []
    for page, rows in zip(pages, kept, strict=True):
        rows, below = footnotes(rows)
        notes += below
        head = letterhead(page, rows) if page is pages[0] else None
        if head:
            zone, rows = head
            lines += [*(row.text for row in zone.left), "", *(row.text for row in zone.right), ""]
        block = signature(page, rows)
        if block is None:
            running += rows
            continue
        before, zone, running_after = block
        lines += [*paragraphs([*running, *before], measures), ""]
        lines += [*(row.text for row in zone.left), "", *(row.text for row in zone.right), ""]
        running = running_after
    lines += paragraphs(running, measures)
    if notes:
        warnings.append(Warning("footnotes_at_end"))
        lines += ["", *notes]
    text = "\n".join(apart(lines)).strip("\n") + "\n"
    return Extracted(text, tuple(warnings), "\n".join(dropped))


def measures_of(pages: list[Page], kept: list[list[Row]]) -> dict[int, Measure]:
    """How each page is set: those of one width alike."""
    found: dict[int, Measure] = {}
    for width in {round(page.width) for page in pages}:
        alike = [(page, rows) for page, rows in zip(pages, kept, strict=True) if round(page.width) == width]
        set_rows = [row for _, rows in alike for row in rows if not row.is_table]
        measure = Measure.of(set_rows) if set_rows else Measure(0.0, width, 0.0, False)
        found |= {page.number: measure for page, _ in alike}
    return found


def ordered(page: Page) -> list[Row]:
    return sorted([*rows_of(page.words, page.number), *page.tables], key=lambda row: row.top)


def footnotes(rows: list[Row]) -> tuple[list[Row], list[str]]:
    """The rows without the notes in small print at the foot of the page, and those notes."""
    body = max((row.size for row in rows), key=[row.size for row in rows].count, default=0)
    first = len(rows)
    while first and not rows[first - 1].is_table and rows[first - 1].size <= SMALLER * body:
        first -= 1
    while first < len(rows) and not FOOTNOTE.match(rows[first].text):
        first += 1
    notes: list[str] = []
    for row in rows[first:]:
        text = row.text
        if number := FOOTNOTE.match(text):
            notes.append(f"{number[0].translate(SUPERSCRIPTS)} {text[number.end() :].strip()}")
        elif notes:
            notes[-1] += f" {text}"
    return rows[:first], notes


def is_blank(page: Page) -> bool:
    """A page without text: nothing on it, or a picture with no more than a stamp over it."""
    return page.letters < (LEAST_LETTERS_OVER_PICTURE if page.is_picture else 1)


# --- from the file ------------------------------------------------------------------------------------------


def refuse_bomb(data: bytes) -> None:
    """Unpacks each stream that is no picture up to the bound, before anything else does it without one."""
    if TWICE_PACKED.search(data):
        raise UnreadableFile("bomb")
    total = 0
    view = memoryview(data)
    for start in STREAM.finditer(data):
        before = data[max(0, start.start() - 600) : start.start()]
        entry = before[before.rfind(b" obj") + 1 :]
        if PICTURE.search(entry):
            continue
        total += unpacked_size(view[start.end() :])
        if total > MOST_STREAMS:
            raise UnreadableFile("bomb")


def unpacked_size(stream: memoryview) -> int:
    """What a stream comes to; 0 for one that is not packed so."""
    inflating = zlib.decompressobj()
    size = 0
    chunk: bytes | memoryview = stream
    try:
        while chunk and not inflating.eof:
            size += len(inflating.decompress(chunk, 1 << 20))
            if size > MOST_STREAM:
                raise UnreadableFile("bomb")
            chunk = inflating.unconsumed_tail
    except zlib.error:
        return size
    return size


def read_pages(data: bytes) -> list[Page]:
    # Loading the library takes a while, and only PDF files need it.
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            return list(pages_in_time(document))
    except UnreadableFile:
        raise
    except PdfminerException as problem:
        locked = any(isinstance(one, PDFPasswordIncorrect | PDFEncryptionError) for one in problem.args)
        raise UnreadableFile("encrypted" if locked else "broken") from problem
    except Exception as problem:
        # The parser meets broken files with whatever it stumbles over; the file is at fault.
        raise UnreadableFile("broken") from problem


def pages_in_time(document: Any) -> Iterator[Page]:
    end = time.monotonic() + LONGEST
    if not document.pages:
        raise UnreadableFile("broken")
    if len(document.pages) > MOST_PAGES:
        raise UnreadableFile("too_many_pages")
    for number, page in enumerate(document.pages, start=1):
        if time.monotonic() > end:
            raise UnreadableFile("too_slow")
        yield page_of(page, number)
        page.close()


def page_of(page: Any, number: int) -> Page:
    if len(page.chars) > MOST_CHARACTERS:
        raise UnreadableFile("too_slow")
    area = page.width * page.height
    pictured = any(image["width"] * image["height"] > 0.4 * area for image in page.images)
    tables = list(tables_of(page, number))
    words = [
        Word(one["x0"], one["x1"], one["top"], one["bottom"], round(one["size"], 1), one["text"])
        for one in page.dedupe_chars().extract_words(
            x_tolerance_ratio=0.15, y_tolerance=2, extra_attrs=["size", "upright"]
        )
        if one["upright"]
    ]
    outside = [word for word in words if not any(is_within(word, box) for box, _ in tables)]
    return Page(
        number,
        float(page.width),
        float(page.height),
        tuple(outside),
        tuple(row for _, rows in tables for row in rows),
        pictured,
    )


def tables_of(page: Any, number: int) -> Iterator[tuple[tuple[float, ...], list[Row]]]:
    """Ruled tables of several rows and columns: their place, and each row as one line."""
    rules = len(page.lines) + len(page.rects) + len(page.curves)
    if not 4 <= rules <= MOST_RULES:
        return
    for table in page.find_tables():
        cells = table.extract()
        if len(cells) < 2 or max(map(len, cells)) < 2:
            continue
        x0, top, x1, bottom = table.bbox
        height = (bottom - top) / len(cells)
        rows = []
        for place, row in enumerate(cells):
            text = " | ".join(" ".join((cell or "").split()) for cell in row)
            if text.strip(" |"):
                y = top + place * height
                rows.append(Row((Word(x0, x1, y, y + height, 12.0, text),), number, is_table=True))
        yield table.bbox, rows


def is_within(word: Word, box: tuple[float, ...]) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
