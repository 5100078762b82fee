"""Pages of a PDF through PDFium: words and ruled lines by their place, and whether a picture fills a page.

PDFium is C: an object is a handle, a result comes back through a pointer, one thread at a time may use it.
"""

from __future__ import annotations

import ctypes
import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from eduportal.base.legacy import set_in

from ..decode import UnreadableFile
from .pages import Page, Word
from .ruled import Rule, tables

ONE_AT_A_TIME = threading.Lock()
MOST_LETTERS = 30_000
MOST_OBJECTS = 60_000
MOST_RULES = 1500
# Of a font's size: how far letters reach beneath the line they stand on, and the least gap between words.
DESCENT = 0.22
GAP = 0.15
# Letters that overlap in part belong to one word; one further back begins another.
BACK = 0.5
SAME_PLACE = 1.0
BLANKS = frozenset(" \t\r\n\u00a0\u200b\x00\ufffe\uffff")
# PDFium's sign for a hyphen at the end of a line.
HYPHEN = "\x02"
FILLING = 0.4
SURROGATES = range(0xD800, 0xE000)
UNMAPPED = "\ufffd"

Turn = Callable[[float, float], tuple[float, float]]


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The document; nobody else may use PDFium meanwhile. Raises UnreadableFile: encrypted, broken."""
    # Loading the library takes a while, and only PDF files need it.
    import pypdfium2
    from pypdfium2 import raw

    with ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as problem:
            locked = problem.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
            raise UnreadableFile("encrypted" if locked else "broken") from problem
        try:
            yield document
        finally:
            document.close()


def page_of(document: Any, number: int) -> Page:
    """The page of a number from 1. Raises UnreadableFile with its number: broken, too_slow."""
    import pypdfium2

    try:
        page = document[number - 1]
    except (pypdfium2.PdfiumError, ValueError) as problem:
        raise UnreadableFile("broken", place={"page": number}) from problem
    try:
        return laid_out(page, number)
    except pypdfium2.PdfiumError as problem:
        raise UnreadableFile("broken", place={"page": number}) from problem
    finally:
        page.close()


def laid_out(page: Any, number: int) -> Page:
    from pypdfium2 import raw

    width, height = page.get_size()
    if raw.FPDFPage_CountObjects(page) > MOST_OBJECTS:
        raise UnreadableFile("too_slow", place={"page": number})
    turn = turn_of(page)
    text = page.get_textpage()
    if text.count_chars() > MOST_LETTERS:
        raise UnreadableFile("too_slow", place={"page": number})
    words = list(words_of(text, turn))
    ruled = tables(list(rules_of(page, turn)), words, number)
    outside = [word for word in words if not any(table.holds(word) for table in ruled)]
    rows = tuple(row for table in ruled for row in table.rows)
    return Page(number, width, height, tuple(outside), rows, is_picture(page, width * height))


def turn_of(page: Any) -> Turn:
    """From PDFium's place, counted from below on a page before it is turned, to one from the upper left."""
    left, bottom, right, top = page.get_bbox()
    turns: dict[int, Turn] = {
        0: lambda x, y: (x - left, top - y),
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
    }
    return turns[page.get_rotation()]


# --- words --------------------------------------------------------------------------------------------------


def words_of(text: Any, turn: Turn) -> Iterator[Word]:
    """The upright words of a page. What was printed twice to look bold comes once."""
    letters: list[Word] = []
    for letter in printed_once(letters_of(text, turn)):
        if letters and (letter is None or not goes_on(letters[-1], letter)):
            yield joined(letters)
            letters = []
        if letter is not None:
            letters.append(letter)
    if letters:
        yield joined(letters)


def letters_of(text: Any, turn: Turn) -> Iterator[Word | None]:
    """Each letter as a word of its own, None for a blank between words. A word has the font it begins in."""
    from pypdfium2 import raw

    matrix, box = raw.FS_MATRIX(), raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    font = ""
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        sign = UNMAPPED if code in SURROGATES or raw.FPDFText_HasUnicodeMapError(text, index) else chr(code)
        if sign in BLANKS:
            font = ""
            yield None
            continue
        raw.FPDFText_GetMatrix(text, index, matrix)
        raw.FPDFText_GetLooseCharBox(text, index, box)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
        (origin_x, origin_y), (ahead_x, ahead_y) = (
            turn(x.value, y.value),
            turn(x.value + matrix.a, y.value + matrix.b),
        )
        if ahead_x - origin_x <= 4 * abs(ahead_y - origin_y):  # it does not run to the right
            yield None
            continue
        sides = turn(box.left, box.bottom)[0], turn(box.right, box.top)[0]
        bottom = origin_y + DESCENT * size
        font = font or font_of(text, index)
        yield Word(
            min(sides),
            max(sides),
            bottom - size,
            bottom,
            round(size, 1),
            "-" if sign == HYPHEN else sign,
            font,
        )


def font_of(text: Any, index: int) -> str:
    """The name of a letter's font, without the mark of a part of it ("ABCDEF+")."""
    from pypdfium2 import raw

    name, flags = ctypes.create_string_buffer(64), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, name, len(name), flags)
    return name.value.decode("ascii", "ignore").rpartition("+")[2]


def printed_once(letters: Iterator[Word | None]) -> Iterator[Word | None]:
    seen: dict[tuple[str, int, int], Word] = {}
    for letter in letters:
        if letter is not None:
            at = (letter.text, int(letter.x0), int(letter.bottom))
            if any(is_same(letter, seen.get((at[0], at[1] + a, at[2] + b))) for a, b in NEIGHBOURS):
                continue
            seen[at] = letter
        yield letter


NEIGHBOURS = [(a, b) for a in (-1, 0, 1) for b in (-1, 0, 1)]


def is_same(letter: Word, other: Word | None) -> bool:
    return (
        other is not None
        and abs(letter.x0 - other.x0) < SAME_PLACE
        and abs(letter.bottom - other.bottom) < SAME_PLACE
    )


def goes_on(last: Word, letter: Word) -> bool:
    size = max(last.size, letter.size)
    apart = letter.x0 - last.x1
    return (
        last.size == letter.size
        and abs(letter.bottom - last.bottom) < 2
        and -BACK * size < apart <= GAP * size
    )


def joined(letters: list[Word]) -> Word:
    first = letters[0]
    return Word(
        first.x0,
        max(letter.x1 for letter in letters),
        first.top,
        first.bottom,
        first.size,
        set_in("".join(letter.text for letter in letters), first.font),
        first.font,
    )


# --- lines and pictures -------------------------------------------------------------------------------------


def rules_of(page: Any, turn: Turn) -> Iterator[Rule]:
    """The straight lines drawn along the edges of the page, and the sides of boxes."""
    from pypdfium2 import raw

    found = 0
    for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        for start, end in sides_of(path):
            rule = Rule.between(turn(*start), turn(*end))
            if rule is None:
                continue
            found += 1
            if found > MOST_RULES:
                return
            yield rule


Point = tuple[float, float]


def sides_of(path: Any) -> Iterator[tuple[Point, Point]]:
    """The straight parts of a path, in the order in which they are drawn."""
    from pypdfium2 import raw

    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = (0.0, 0.0)
    for index in range(min(raw.FPDFPath_CountSegments(path), MOST_RULES)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield last, point
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield last, first


def is_picture(page: Any, area: float) -> bool:
    """Whether a picture covers so much of the page that the page is one."""
    from pypdfium2 import raw

    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) > FILLING * area:
            return True
    return False
