"""Forms and their answers as Excel workbooks: written, and read back cell by cell. No queries.

What people typed never becomes a formula: text that Excel would take for one is stored as text.
"""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from eduportal.base.numbers import format_number
from eduportal.base.sheets import FORMULA_STARTS
from eduportal.base.text import nfc

DAY_FORMAT = "dd/mm/yyyy"
SIGN = "eduportal-form"
HEAD_ROW, FIRST_ROW = 5, 6
ANSWER_COLUMN, KEY_COLUMN = 4, 6
LONGEST_LIST = 255
# A form has at most some dozens of rows; what lies beyond was never ours.
MOST_ROWS = 400
EXACT_DIGITS = 9


class UnreadableWorkbook(ValueError):
    """No workbook of this form; `code` says why: broken, other_file, other_unit, other_version."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Line:
    """One row of a form: what is asked, and the answer so far. `options`: the words to choose from."""

    key: int
    label: str
    unit: str
    hint: str
    value: Any
    options: Sequence[str] = ()


@dataclass(frozen=True)
class Identity:
    """Which form, of which assignment, in which version a workbook is."""

    form: int
    assignment: int
    version: int

    def __str__(self) -> str:
        return f"{SIGN}:{self.form}:{self.assignment}:{self.version}"


@dataclass(frozen=True)
class Read:
    """The answer in one cell, as text to be validated like what is typed on screen."""

    cell: str
    text: str


def put(cell: Cell, value: Any) -> None:
    """Write a value: text stays text, whatever it begins with."""
    if isinstance(value, str):
        cell.value = nfc(value)
        cell.data_type = "s"
        if value.startswith(FORMULA_STARTS):
            cell.quotePrefix = True
    elif isinstance(value, dt.date):
        cell.value = value
        cell.number_format = DAY_FORMAT
    elif value is not None:
        cell.value = value
        cell.number_format = "#,##0" if value == int(value) else "#,##0.####"


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def head_row(sheet: Worksheet, row: int, words: Iterable[str]) -> None:
    for column, text in enumerate(words, start=1):
        cell = sheet.cell(row, column)
        put(cell, text)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def widths(sheet: Worksheet, sizes: Sequence[int]) -> None:
    for column, size in enumerate(sizes, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = size


# --- one unit's form ----------------------------------------------------------------------------------------


def form_workbook(
    *, title: str, unit: str, words: Sequence[str], lines: Sequence[Line], identity: Identity
) -> bytes:
    """A form to be filled in away from the portal. `words`: the heads of its five columns."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row, text in enumerate((title, unit), start=1):
        put(sheet.cell(row, 1), text)
        sheet.cell(row, 1).font = Font(bold=True)
    put(sheet.cell(1, KEY_COLUMN), str(identity))
    head_row(sheet, HEAD_ROW, words)
    for number, line in enumerate(lines, start=1):
        row = FIRST_ROW + number - 1
        for column, value in enumerate((number, line.label, line.unit, line.value, line.hint), start=1):
            put(sheet.cell(row, column), value)
            sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(row, KEY_COLUMN).value = line.key
        offer(sheet, sheet.cell(row, ANSWER_COLUMN), line.options)
    widths(sheet, (6, 48, 14, 24, 40, 12))
    sheet.column_dimensions[get_column_letter(KEY_COLUMN)].hidden = True
    sheet.freeze_panes = sheet.cell(FIRST_ROW, 1)
    return saved(book)


def offer(sheet: Worksheet, cell: Cell, options: Sequence[str]) -> None:
    """A list to choose from, where Excel can hold it: it parts options by commas and takes 255 letters."""
    joined = ",".join(options)
    if not options or len(joined) > LONGEST_LIST or any("," in one or '"' in one for one in options):
        return
    choice = DataValidation(type="list", formula1=f'"{joined}"', allow_blank=True)
    sheet.add_data_validation(choice)
    choice.add(cell)


def read_form(content: bytes, identity: Identity) -> dict[int, Read]:
    """The answers in a workbook by the key of their field. Raises UnreadableWorkbook.

    Rows may have been sorted and rows of one's own added: a field is known by its key in the hidden column.
    """
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = [list(row) for row in book.worksheets[0].iter_rows(max_row=MOST_ROWS, max_col=KEY_COLUMN)]
        book.close()
    except Exception as problem:
        # openpyxl raises whatever its parsers do: KeyError, ValueError, BadZipFile, ParseError …
        raise UnreadableWorkbook("broken") from problem
    expect_identity(rows[0][KEY_COLUMN - 1].value if rows else None, identity)
    found = {}
    for number, row in enumerate(rows[FIRST_ROW - 1 :], start=FIRST_ROW):
        if isinstance(key := row[KEY_COLUMN - 1].value, int):
            cell = f"{get_column_letter(ANSWER_COLUMN)}{number}"
            found[key] = Read(cell, text_of(row[ANSWER_COLUMN - 1]))
    return found


def expect_identity(sign: Any, identity: Identity) -> None:
    parts = str(sign).split(":")
    if len(parts) != 4 or parts[0] != SIGN or parts[1] != str(identity.form):
        raise UnreadableWorkbook("other_file")
    if parts[2] != str(identity.assignment):
        raise UnreadableWorkbook("other_unit")
    if parts[3] != str(identity.version):
        raise UnreadableWorkbook("other_version")


def text_of(cell: Any) -> str:
    """What stands in a cell as it would be typed: 98.5 is "98,5", a day is day/month/year."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        number = Decimal(str(round(value, EXACT_DIGITS)))
        return format_number(number * 100 if "%" in (cell.number_format or "") else number)
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%d/%m/%Y}"
    return str(value).strip()


# --- the answers of all units -------------------------------------------------------------------------------


def answers_workbook(
    *, title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], total: Sequence[Any]
) -> bytes:
    """One table: a row a unit, and the sums under it as numbers."""
    book = Workbook()
    sheet = book.worksheets[0]
    put(sheet.cell(1, 1), title)
    sheet.cell(1, 1).font = Font(bold=True)
    head_row(sheet, 3, columns)
    last = 3
    for last, row in enumerate(rows, start=4):
        for column, value in enumerate(row, start=1):
            put(sheet.cell(last, column), value)
    for column, value in enumerate(total, start=1):
        put(sheet.cell(last + 1, column), value)
        sheet.cell(last + 1, column).font = Font(bold=True)
    widths(sheet, (6, 30, 14, 16, 18, *(18 for _ in columns[5:])))
    sheet.freeze_panes = sheet.cell(4, 3)
    return saved(book)


# --- books --------------------------------------------------------------------------------------------------


def book_workbook(
    *, title: str, subtitle: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]]
) -> bytes:
    """A book of many rows, printed across: heads with their widths, their numbers beneath, all as text."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row, words in enumerate((title.upper(), subtitle), start=1):
        put(sheet.cell(row, 1), words)
        sheet.cell(row, 1).font = Font(bold=row == 1, italic=row == 2)
    head_row(sheet, 4, [head for head, _width in columns])
    head_row(sheet, 5, [f"({place})" for place in range(1, len(columns) + 1)])
    for number, cells in enumerate(rows, start=6):
        for column, value in enumerate(cells, start=1):
            put(sheet.cell(number, column), value)
            sheet.cell(number, column).alignment = Alignment(wrap_text=True, vertical="top")
    widths(sheet, [width for _head, width in columns])
    sheet.freeze_panes = sheet.cell(6, 1)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "4:5"
    return saved(book)
