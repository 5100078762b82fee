"""Spreadsheets as rows of text: bounded, in every code people have, formulas never evaluated."""

import csv
import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from eduportal.base import sheets
from eduportal.base.sheets import SheetRefused, guarded, read_sheet, unguarded, write_csv, write_xlsx

HEADINGS = ["Mã", "Tên trường"]
NAME = "Trường Tiểu học Suối Mây"


def book(*rows, sheet=None):
    made = Workbook()
    for row in rows:
        made.active.append(row)
    if sheet:
        sheet(made.active)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def refused(name, content):
    with pytest.raises(SheetRefused) as caught:
        read_sheet(name, content)
    return caught.value.code


class TestReading:
    def test_cells_are_what_a_person_would_have_typed(self):
        day = dt.datetime(2026, 2, 5, 8, 30)  # noqa: DTZ001
        content = book(["a"] * 7, [8411, 98.5, 1200.0, day, day.date(), True, "  Suối\n Mây "])
        [row] = read_sheet("a.xlsx", content).rows
        assert row.cells == ["8411", "98,5", "1200", "05/02/2026", "05/02/2026", "1", "Suối Mây"]

    def test_rows_keep_their_number_and_empty_ones_are_left_out(self):
        content = book([None], HEADINGS, [None, None], ["NS01", NAME])
        found = read_sheet("a.xlsx", content)
        assert (found.headings, [(row.number, row.cells) for row in found.rows]) == (
            HEADINGS,
            [(4, ["NS01", NAME])],
        )

    def test_a_formula_is_marked_and_not_evaluated(self):
        [row] = read_sheet("a.xlsx", book(HEADINGS, ["=1+1", "=HYPERLINK(1)"])).rows
        assert row.formulas == {0, 1}
        [row] = read_sheet("a.csv", "Mã,Tên\n=1+1,b\n".encode()).rows
        assert row.formulas == {0}

    def test_decomposed_text_is_composed(self):
        [row] = read_sheet("a.xlsx", book(HEADINGS, ["a", "Tru\u031bo\u031b\u0300ng"])).rows
        assert row.cells[1] == "Trường"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    def test_text_files_in_every_code_and_with_every_separator(self, encoding, separator):
        text = f'Mã{separator}Tên trường\r\nNS01{separator}"{NAME}{separator} cơ sở 2"\r\n'
        found = read_sheet("a.csv", text.encode(encoding))
        assert (found.headings, found.rows[0].cells) == (
            HEADINGS,
            ["NS01", f"{NAME}{separator.strip() and separator} cơ sở 2"],
        )

    def test_windows_1258(self):
        """Its letters are composed of a letter and a tone; read, they are one."""
        data = "Ma\u0303;T\u00ean\r\nNS01;Tr\u01b0\u01a1\u0300ng\r\n".encode("cp1258")
        assert read_sheet("a.csv", data).rows[0].cells == ["NS01", "Trường"]

    def test_a_line_broken_in_a_cell_is_one_row(self):
        found = read_sheet("a.csv", 'Mã,Tên\nNS01,"Suối\nMây"\nNS02,B\n'.encode())
        assert [row.cells for row in found.rows] == [["NS01", "Suối Mây"], ["NS02", "B"]]


class TestRefusing:
    @pytest.mark.parametrize(
        ("name", "content", "code"),
        [
            ("a.xlsx", b"", "empty"),
            ("a.csv", b" \n ", "empty"),
            ("a.csv", "Mã,Tên\n".encode(), "no_rows"),
            ("a.xlsx", b"PK\x03\x04 not a zip", "broken"),
            ("a.pdf", b"%PDF-1.7", "unknown_kind"),
            ("a.xlsx", "Mã,Tên\na,b".encode(), "unknown_kind"),
            ("a.csv", b"\xd0\xcf\x11\xe0\0\0old excel", "unknown_kind"),
        ],
    )
    def test_what_is_no_sheet_is_named(self, name, content, code):
        assert refused(name, content) == code

    def test_a_workbook_by_the_name_of_a_text(self):
        assert refused("a.csv", book(HEADINGS, ["a", "b"])) == "unknown_kind"

    def test_text_in_an_old_font_code(self):
        tcvn3 = "§Ò nghÞ c¸c tr­êng TiÓu häc trªn ®Þa bµn tØnh rµ so¸t sè liÖu häc sinh ®Çu n¨m"
        assert refused("a.xlsx", book(HEADINGS, ["NS01", tcvn3])) == "legacy"
        assert refused("a.csv", f"Ma,Ten\nNS01,{tcvn3}\n".encode("cp1252")) == "legacy"

    def test_a_bomb_is_not_unpacked(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
            parts.writestr("xl/workbook.xml", b"0" * (sheets.MOST_UNPACKED + 1))
        assert len(out.getvalue()) < 1_000_000
        assert refused("a.xlsx", out.getvalue()) == "bomb"

    def test_no_more_rows_than_a_sheet_may_hold(self, monkeypatch):
        monkeypatch.setattr(sheets, "MOST_ROWS", 3)
        assert len(read_sheet("a.xlsx", book(HEADINGS, *[["a", "b"]] * 2)).rows) == 2
        assert refused("a.xlsx", book(HEADINGS, *[["a", "b"]] * 3)) == "too_many_rows"

    def test_a_cell_at_the_end_of_the_sheet_is_not_waited_for(self):
        def far(page):
            page["XFD1048576"] = "x"

        found = read_sheet("a.xlsx", book(HEADINGS, ["NS01", "A"], sheet=far))
        assert [row.cells for row in found.rows] == [["NS01", "A"]]


class TestWriting:
    @pytest.mark.parametrize("start", ["=", "+", "-", "@"])
    def test_nothing_is_a_formula(self, start):
        text = f"{start}1+1"
        [_, row] = list(
            csv.reader(io.StringIO(write_csv(["a"], [[text]]).decode("utf-8-sig")), delimiter=";")
        )
        assert row == [f"'{text}"]
        with zipfile.ZipFile(io.BytesIO(write_xlsx("a", ["a"], [[text]]))) as parts:
            assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")

    @given(st.text())
    def test_what_is_guarded_comes_back(self, text):
        assert unguarded(guarded(text)) == text
        assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))

    CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=30)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=5))
    def test_what_is_written_reads_back(self, rows):
        typed = [[sheets.as_typed(cell) for cell in row] for row in rows]
        table = [["code", *row] for row in typed]
        for kind, content in [
            ("xlsx", write_xlsx("a", ["A", "B", "C", "D"], table)),
            ("csv", write_csv(["A", "B", "C", "D"], table)),
        ]:
            try:
                found = [
                    row.cells + [""] * (4 - len(row.cells)) for row in read_sheet(f"a.{kind}", content).rows
                ]
            except SheetRefused as refusal:
                if refusal.code != "legacy":  # chance may write in TCVN3
                    raise
                continue
            assert found == table
