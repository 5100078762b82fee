"""Workbooks of forms: what people typed is never a formula, and comes back as it was typed."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from directives.workbooks import (
    Identity,
    Line,
    Read,
    UnreadableWorkbook,
    answers_workbook,
    form_workbook,
    read_form,
)
from eduportal.base.text import nfc

ME = Identity(form=3, assignment=12, version=2)
WORDS = ["TT", "Nội dung", "Đơn vị tính", "Trả lời", "Gợi ý"]


def written(*values, options=()) -> bytes:
    lines = [Line(100 + n, f"Mục {n}", "lớp", "", value, options) for n, value in enumerate(values)]
    return form_workbook(title="=1+1", unit="TH Suối Mây", words=WORDS, lines=lines, identity=ME)


def edited(content: bytes, **cells) -> bytes:
    book = load_workbook(io.BytesIO(content))
    for name, value in cells.items():
        if isinstance(value, tuple):
            book.active[name], book.active[name].number_format = value
        else:
            book.active[name] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_answers_come_back_as_they_are_typed():
    values = (Decimal("8411"), Decimal("96.5"), dt.date(2026, 11, 3), "Cả tuần", None)
    read = read_form(written(*values), ME)
    assert read == {
        100: Read("D6", "8.411"),
        101: Read("D7", "96,5"),
        102: Read("D8", "03/11/2026"),
        103: Read("D9", "Cả tuần"),
        104: Read("D10", ""),
    }


def test_a_soft_line_break_of_an_old_answer_is_a_line_break():
    """No workbook holds the character by which Word parts lines within a paragraph."""
    assert read_form(written("dòng một\x0bdòng hai"), ME) == {100: Read("D6", "dòng một\ndòng hai")}


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (98.5, "98,5"),
        (0.1 + 0.2, "0,3"),
        ((0.985, "0.0%"), "98,5"),
        (True, "yes"),
        (" 8.411 ", "8.411"),
        (dt.datetime(2026, 11, 3, 8, 30), "03/11/2026"),  # noqa: DTZ001 — so does Excel
    ],
)
def test_what_stands_in_a_cell_is_read_as_people_type_it(typed, text):
    assert read_form(edited(written(None), D6=typed), ME)[100].text == text


def test_rows_may_be_sorted_and_added():
    content = edited(written(1, 2), D6=20, F6=101, D7=10, F7=100, D8="ghi chú riêng")
    assert {key: read.text for key, read in read_form(content, ME).items()} == {101: "20", 100: "10"}


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_no_text_becomes_a_formula(text):
    for risky in (text, "=" + text, "+" + text, "-" + text, "@" + text):
        content = answers_workbook(title=risky, columns=[risky], rows=[[risky]], total=[risky])
        sheet = load_workbook(io.BytesIO(content)).active
        cells = [sheet["A1"], sheet["A3"], sheet["A4"], sheet["A5"]]
        assert [(cell.data_type, cell.value) for cell in cells] == [("s", nfc(risky))] * 4


def test_text_like_a_formula_stays_quoted_when_excel_saves_it_again():
    content = answers_workbook(
        title="Bảng", columns=["A"], rows=[["=HYPERLINK(1)"], ["bình thường"]], total=[]
    )
    sheet = load_workbook(io.BytesIO(content)).active
    assert [sheet["A4"].quotePrefix, sheet["A5"].quotePrefix] == [True, False]


@pytest.mark.parametrize(
    ("identity", "code"),
    [
        (Identity(4, 12, 2), "other_file"),
        (Identity(3, 13, 2), "other_unit"),
        (Identity(3, 12, 3), "other_version"),
    ],
)
def test_only_the_workbook_of_this_form_unit_and_version_is_read(identity, code):
    with pytest.raises(UnreadableWorkbook) as refused:
        read_form(written(1), identity)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"PK\x03\x04 broken", "broken"), (b"", "broken"),
     (answers_workbook(title="x", columns=["a"], rows=[], total=[]), "other_file")],
)  # fmt: skip
def test_other_files_say_what_they_are(content, code):
    with pytest.raises(UnreadableWorkbook) as refused:
        read_form(content, ME)
    assert refused.value.code == code


def test_choices_are_offered_where_excel_can_hold_them():
    def offered(*options: str) -> list[str]:
        book = load_workbook(io.BytesIO(written("", options=options)))
        return [one.formula1 for one in book.active.data_validations.dataValidation]

    assert offered("có", "không") == ['"có,không"']
    assert offered("một, hai", "ba") == []
    assert offered("x" * 200, "y" * 200) == []


def test_numbers_stay_numbers_and_are_summed_by_the_portal():
    content = answers_workbook(
        title="Bảng", columns=["TT", "Số lớp"], rows=[[1, Decimal("8")], [2, Decimal("2.5")]],
        total=["", Decimal("10.5")],
    )  # fmt: skip
    sheet = load_workbook(io.BytesIO(content)).active
    assert [sheet["B4"].value, sheet["B5"].value, sheet["B6"].value] == [8, 2.5, 10.5]
