"""Files for a spreadsheet: whatever a person typed stays text."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from eduportal.base.downloads import as_download
from eduportal.base.sheets import harmless, to_csv, to_xlsx

SIGNS = ["=1+1", "+84 214", "-5", "@SUM(A1)", "\t=1", "\r=1"]
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)


@pytest.mark.parametrize("value", SIGNS)
def test_what_a_spreadsheet_would_compute_stands_behind_an_apostrophe(value):
    assert harmless(value) == f"'{value}"


@given(st.lists(st.lists(WORDS, min_size=2, max_size=2), max_size=5))
def test_csv_gives_back_every_cell_harmless(rows):
    read = list(csv.reader(io.StringIO(to_csv(["Đơn vị", "Số"], rows).decode("utf-8-sig"))))
    assert read == [["Đơn vị", "Số"], *([harmless(cell) for cell in row] for row in rows)]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in read[1:] for cell in row)


def test_a_workbook_holds_text_as_text_and_numbers_as_numbers():
    book = load_workbook(io.BytesIO(to_xlsx("Chưa nộp", ["Đơn vị", "Ngày"], [["=1+1", 3], ["TH", None]])))
    assert book.sheetnames == ["Chưa nộp"]
    cells = [[(cell.value, cell.data_type) for cell in row] for row in book.active.iter_rows(min_row=2)]
    assert cells == [[("=1+1", "s"), (3, "n")], [("TH", "s"), (None, "n")]]


def test_a_download_is_saved_under_its_name_and_never_guessed_at():
    answer = as_download(b"x", "chưa nộp.csv", "text/csv")
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''ch%C6%B0a%20n%E1%BB%99p.csv"
    assert answer["X-Content-Type-Options"] == "nosniff"
