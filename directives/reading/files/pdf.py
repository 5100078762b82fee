"""The text of a PDF that has a text layer, in reading order, from the places of its words on the pages."""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Iterator

from eduportal.base.legacy import code_of_font

from ..decode import UnreadableFile
from ..model import Warning
from .columns import letterhead, signature
from .extracted import Extracted
from .pages import SUPERSCRIPTS, Page, Row, rows_of, without_margins
from .paragraphs import Measure, apart, paragraphs
from .pdfium import UNMAPPED, opened, page_of

MOST_PAGES = 150
LONGEST = 25.0
# A stream of text or of a font that unpacks to more is a bomb; pictures are not unpacked at all.
MOST_STREAM = 60 * 1024 * 1024
MOST_STREAMS = 200 * 1024 * 1024
FED = 1 << 14
STREAM = re.compile(rb"stream\r?\n")
PICTURE = re.compile(rb"/Subtype\s*/Image\b")
TWICE_PACKED = re.compile(rb"/Filter\s*\[\s*/Fl(?:ateDecode)?\s*/(?:Fl|LZW|Run|ASCII)")
LEAST_LETTERS_OVER_PICTURE = 250
FOOTNOTE = re.compile(r"^[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}\b|^[⁰¹²³⁴⁵⁶⁷⁸⁹]")
SMALLER = 0.9


def text_of_pdf(data: bytes) -> Extracted:
    """Raises UnreadableFile: encrypted, broken, bomb, scan, unmapped, too_many_pages, too_slow.

    What stops at a page carries its number and the text of the pages before it.
    """
    refuse_bomb(data)
    pages: list[Page] = []
    try:
        pages.extend(read_pages(data))
    except UnreadableFile as problem:
        raise UnreadableFile(problem.code, place=problem.place, read=text_so_far(pages)) from problem
    blank = [page for page in pages if is_blank(page)]
    if len(blank) == len(pages):
        raise UnreadableFile("scan")
    if unmapped := first_unmapped(pages):
        raise UnreadableFile("unmapped", place={"page": unmapped})
    warnings = []
    pictured = [str(page.number) for page in blank if page.is_picture]
    if pictured:
        warnings.append(Warning("pages_without_text", None, {"pages": ", ".join(pictured)}))
    fonts = {word.font for page in pages for word in page.words}
    for code in sorted({code.value for code in map(code_of_font, fonts) if code}):
        warnings.append(Warning("legacy_converted", None, {"code": code}))
    if any(page.tables for page in pages):
        warnings.append(Warning("tables_as_lines"))
    return set_text(pages, warnings)


def text_so_far(pages: list[Page]) -> str:
    return set_text(pages, []).text if any(page.letters for page in pages) else ""


def first_unmapped(pages: list[Page]) -> int | None:
    """The first page with letters that name none, where the document has more than a few of them."""
    per_page = {page.number: sum(UNMAPPED in word.text for word in page.words) for page in pages}
    if sum(per_page.values()) <= sum(len(page.words) for page in pages) // 20 + 3:
        return None
    return next(number for number, amount in per_page.items() if amount)


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
    """What a stream at the head of the bytes comes to; 0 for one that is not packed so.

    Fed bit by bit: what follows the stream is not looked at, however much it is.
    """
    inflating = zlib.decompressobj()
    size = 0
    try:
        for start in range(0, len(stream), FED):
            chunk: bytes | memoryview = stream[start : start + FED]
            while chunk and not inflating.eof:
                size += len(inflating.decompress(chunk, 1 << 20))
                if size > MOST_STREAM:
                    raise UnreadableFile("bomb")
                chunk = inflating.unconsumed_tail
            if inflating.eof:
                break
    except zlib.error:
        return size
    return size


def read_pages(data: bytes) -> Iterator[Page]:
    end = time.monotonic() + LONGEST
    with opened(data) as document:
        if not len(document):
            raise UnreadableFile("broken")
        if len(document) > MOST_PAGES:
            raise UnreadableFile("too_many_pages", place={"pages": len(document)})
        for number in range(1, len(document) + 1):
            if time.monotonic() > end:
                raise UnreadableFile("too_slow", place={"page": number})
            yield page_of(document, number)
