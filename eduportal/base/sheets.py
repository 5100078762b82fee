"""Spreadsheets, .xlsx and .csv, as rows of text, and rows of text as spreadsheets. Pure.

Every cell is made the text that a person would type into a form here ("8.411", "05/02/2026"), so that rows
pass through the very validators of the screen. Formulas are never evaluated, neither read nor written.
"""

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from eduportal.base.legacy import is_legacy
from eduportal.base.numbers import format_number
from eduportal.base.text import nfc
from eduportal.base.uploads import MAX_BYTES, XLSX, UploadRefused, office_kind

MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 2_000
# What a workbook may come to when unpacked; twenty thousand rows of ours are a tenth of it.
MOST_UNPACKED = 120 * 1024 * 1024
# Sheets that were once formatted to their end are read on through this many empty rows, no further.
EMPTY_ROWS = 500

# What Excel and its kin take for a formula, or for the beginning of one.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
CONTENT_TYPES = {"xlsx": XLSX.content_type, "csv": "text/csv; charset=utf-8"}


class SheetRefused(ValueError):
    """A file that is not read as a sheet; `code` says why.

    Codes: empty, too_large, unknown_kind, broken, bomb, encoding, legacy, too_many_rows, no_rows.
    """

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class SheetRow:
    """A row with its number in the file. `formulas`: places of cells that hold a formula, not a value."""

    number: int
    cells: list[str]
    formulas: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Sheet:
    """The first filled row as headings, and the filled rows beneath it."""

    headings: list[str]
    rows: list[SheetRow] = field(default_factory=list)


# --- reading ------------------------------------------------------------------------------------------------


def read_sheet(name: str, content: bytes) -> Sheet:
    """A workbook's first sheet, or a text file with commas, semicolons or tabs. Raises SheetRefused."""
    if len(content) > MAX_BYTES:
        raise SheetRefused("too_large")
    if not content.strip(b"\0 \t\r\n"):
        raise SheetRefused("empty")
    is_workbook = content.startswith(b"PK\x03\x04")
    if not name.lower().endswith(".xlsx" if is_workbook else (".csv", ".txt")):
        raise SheetRefused("unknown_kind")
    filled = [
        row for row in (workbook_rows(content) if is_workbook else text_rows(content)) if any(row.cells)
    ]
    if not filled:
        raise SheetRefused("empty")
    if is_legacy(" ".join(cell for row in filled[:200] for cell in row.cells)):
        raise SheetRefused("legacy")
    if len(filled) == 1:
        raise SheetRefused("no_rows")
    return Sheet(filled[0].cells, filled[1:])


def workbook_rows(content: bytes) -> Iterator[SheetRow]:
    """Nothing is unpacked before its size is known, and no more is read than a sheet may hold."""
    try:
        if office_kind(content) != XLSX:
            raise SheetRefused("unknown_kind")
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise SheetRefused("bomb")
    except UploadRefused as refused:
        raise SheetRefused(refused.code) from None
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        try:
            page = book.worksheets[0]
            page.reset_dimensions()
            yield from bounded(cells_of(row) for row in page.iter_rows(max_col=MOST_COLUMNS))
        finally:
            book.close()
    except SheetRefused:
        raise
    except Exception as problem:  # openpyxl answers a damaged workbook with whatever happens to go wrong
        raise SheetRefused("broken") from problem


def bounded(rows: Iterable[tuple[list[str], frozenset[int]]]) -> Iterator[SheetRow]:
    filled = empty = 0
    for number, (cells, formulas) in enumerate(rows, start=1):
        empty = 0 if any(cells) else empty + 1
        filled += any(cells)
        if filled > MOST_ROWS:
            raise SheetRefused("too_many_rows")
        if empty > EMPTY_ROWS:
            return
        yield SheetRow(number, cells, formulas)


def cells_of(row: Sequence[Any]) -> tuple[list[str], frozenset[int]]:
    formulas = frozenset(place for place, cell in enumerate(row) if cell.data_type == "f")
    cells = [as_typed(cell.value) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells, formulas


def as_typed(value: Any) -> str:
    """What a person would have typed for this value of a cell.

    >>> as_typed(98.5), as_typed(dt.datetime(2026, 2, 5)), as_typed(None)
    ('98,5', '05/02/2026', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        exact = Decimal(repr(value)) if value == value and abs(value) < 1e15 else None
        return format_number(exact) if exact is not None else str(value)
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%d/%m/%Y}"
    return " ".join(nfc(str(value))[:LONGEST_CELL].split())


def text_rows(content: bytes) -> Iterator[SheetRow]:
    text = decoded(content)
    lines = io.StringIO(text, newline="")
    rows = csv.reader(lines, delimiter=delimiter_of(text))
    try:
        yield from bounded((cells, frozenset(formulas)) for cells, formulas in map(plain_cells, rows))
    except csv.Error as problem:
        raise SheetRefused("broken") from problem


def plain_cells(row: list[str]) -> tuple[list[str], list[int]]:
    """Cells as typed. The apostrophe with which we write what looks like a formula is taken off again."""
    cells = [as_typed(cell) for cell in row[:MOST_COLUMNS]]
    formulas = [place for place, cell in enumerate(cells) if cell.startswith("=")]
    return [unguarded(cell) for cell in cells], formulas


def decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with it (what Excel calls Unicode text), or windows-1258."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in content:
        raise SheetRefused("unknown_kind")
    else:
        encodings = ("utf-8-sig", "cp1258")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1258" and is_legacy(content.decode("cp1252", errors="ignore")):
            raise SheetRefused("legacy")
        return text
    raise SheetRefused("legacy" if is_legacy(content.decode("cp1252", errors="ignore")) else "encoding")


def delimiter_of(text: str) -> str:
    """The sign that parts the headings: what stands most often in the first filled line, outside quotes."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max((",", ";", "\t"), key=bare.count)


# --- writing ------------------------------------------------------------------------------------------------


def guarded(cell: str) -> str:
    """Text that a spreadsheet will not take for a formula.

    >>> guarded("=1+1"), guarded("Trường A")
    ("'=1+1", 'Trường A')
    """
    return f"'{cell}" if cell.startswith((*FORMULA_STARTS, "'")) else cell


def unguarded(cell: str) -> str:
    """The text as it was before `guarded`."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*FORMULA_STARTS, "'")) else cell


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """With semicolons and the mark of UTF-8, as Excel in Vietnam opens it by a double click."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(headings)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def write_xlsx(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook whose cells are all text, so that codes keep their zeros and nothing is evaluated."""
    book = Workbook(write_only=True)
    page = book.create_sheet(title[:31])
    page.freeze_panes = "A2"
    for place, heading in enumerate(headings, start=1):
        page.column_dimensions[get_column_letter(place)].width = max(14, len(heading) + 4)
    page.append([text_cell(page, heading, bold=True) for heading in headings])
    for row in rows:
        page.append([text_cell(page, cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text_cell(page: Any, text: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(page, value=nfc(text))
    cell.data_type = "s"
    cell.number_format = "@"
    if bold:
        cell.font = Font(bold=True)
    return cell
