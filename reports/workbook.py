"""A month as an Excel workbook, filled in away from the portal: written, and read back cell by cell. Pure.

Each row holds, hidden, the name of what it asks and what stood there when it was written: so a file that
comes back days later says what was changed in it, and over what.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from directives.workbooks import UnreadableWorkbook, head_row, put, saved, text_of, widths

SIGN = "eduportal-month"
HEAD_ROW, FIRST_ROW = 5, 6
VALUE, TICK, WORDS = 4, 5, 6
"""Columns that are filled in: the number, the cross of what does not apply or is done, the words."""
NAME, SEEN = 7, 8
MOST_ROWS = 1000
TICKED = "x"
FILLED = PatternFill("solid", fgColor="FFF4DC")


@dataclass(frozen=True)
class Line:
    """One row. `names`: the page's field in each column that is filled in; a row without is a heading.

    `seen`: what each of those fields holds. `number`: what it holds, where it is one. `highest`: no number
    above makes sense.
    """

    label: str
    last_year: Any = None
    last_month: Any = None
    number: Any = None
    names: Mapping[int, str] = field(default_factory=dict)
    seen: Mapping[str, str] = field(default_factory=dict)
    highest: int | None = None


@dataclass(frozen=True)
class Cell:
    """A cell that was filled in: its place, the field it is of, what it says, what stood there when the
    workbook was written."""

    place: str
    name: str
    text: str
    seen: str


def month_workbook(
    *, title: str, unit: str, hint: str, heads: Sequence[str], lines: Sequence[Line], report: int
) -> bytes:
    """`heads`: of the six columns that are shown."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row, text in enumerate((title, unit, hint), start=1):
        put(sheet.cell(row, 1), text)
        sheet.cell(row, 1).font = Font(bold=row < 3)
    put(sheet.cell(1, NAME), f"{SIGN}:{report}")
    head_row(sheet, HEAD_ROW, heads)
    for row, line in enumerate(lines, start=FIRST_ROW):
        write_line(sheet, row, line)
    widths(sheet, (52, 14, 14, 14, 12, 48, 10, 10))
    for column in (NAME, SEEN):
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    sheet.freeze_panes = sheet.cell(FIRST_ROW, 2)
    return saved(book)


def write_line(sheet: Worksheet, row: int, line: Line) -> None:
    values = (line.label, line.last_year, line.last_month)
    for column, value in enumerate(values, start=1):
        put(sheet.cell(row, column), value)
        sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
    if not line.names:
        sheet.cell(row, 1).font = Font(bold=True)
        return
    for column, name in line.names.items():
        cell, seen = sheet.cell(row, column), line.seen[name]
        cell.fill, cell.alignment = FILLED, Alignment(wrap_text=True, vertical="top")
        if column == VALUE:
            put(cell, line.number)
        elif seen:
            put(cell, TICKED if column == TICK else seen)
    put(sheet.cell(row, NAME), json.dumps({str(column): name for column, name in line.names.items()}))
    put(sheet.cell(row, SEEN), json.dumps(dict(line.seen), ensure_ascii=False))
    if line.highest is not None and VALUE in line.names:
        whole = DataValidation(type="whole", operator="between", formula1="0", formula2=str(line.highest))
        whole.errorStyle = "warning"
        sheet.add_data_validation(whole)
        whole.add(sheet.cell(row, VALUE))


def read_month(content: bytes, report: int) -> list[Cell]:
    """Every cell to be filled in, in the order of the sheet. Raises UnreadableWorkbook: broken, other_file,
    other_unit.

    Rows may have been sorted, and rows of one's own added.
    """
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = [list(row) for row in book.worksheets[0].iter_rows(max_row=MOST_ROWS, max_col=SEEN)]
        book.close()
    except Exception as problem:
        # openpyxl raises whatever its parsers do: KeyError, ValueError, BadZipFile, ParseError …
        raise UnreadableWorkbook("broken") from problem
    sign, _, key = str(value_at(rows[0], NAME) if rows else "").partition(":")
    if sign != SIGN:
        raise UnreadableWorkbook("other_file")
    if key != str(report):
        raise UnreadableWorkbook("other_unit")
    return [cell for number, row in enumerate(rows, start=1) for cell in cells_of(number, row)]


def cells_of(number: int, row: Sequence[Any]) -> list[Cell]:
    names, seen = hidden(row, NAME), hidden(row, SEEN)
    found = []
    for column in (VALUE, TICK, WORDS):
        name = names.get(str(column))
        if name is None:
            continue
        text = text_of(row[column - 1]) if column <= len(row) else ""
        if column == TICK:
            text = "on" if text else ""
        found.append(Cell(f"{get_column_letter(column)}{number}", name, text, seen.get(name, "")))
    return found


def value_at(row: Sequence[Any], column: int) -> Any:
    return row[column - 1].value if column <= len(row) else None


def hidden(row: Sequence[Any], column: int) -> dict[str, str]:
    """What a hidden cell says; a row that somebody added says nothing."""
    try:
        said = json.loads(str(value_at(row, column)))
    except ValueError:
        return {}
    return {str(name): str(text) for name, text in said.items()} if isinstance(said, dict) else {}
