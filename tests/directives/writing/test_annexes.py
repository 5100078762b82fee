"""Annexes as they are printed: pages and numbers of their own, turned sheets, tables within the margins."""

import io
from dataclasses import replace

import pdfplumber
import pytest

from directives.writing.document import Table
from directives.writing.pdf import to_pdf
from tests.directives.writing.samples import ANNEXED, NOTICE
from tests.directives.writing.test_pdf import LEFT, MM, RIGHT, TOP, box, find, look


@pytest.fixture(scope="module")
def annexed():
    with pdfplumber.open(io.BytesIO(to_pdf(ANNEXED))) as file:
        yield file


def test_annexes_begin_pages_and_count_them_anew(annexed):
    opened = ["".join(char["text"] for char in page.chars if char["bottom"] < TOP) for page in annexed.pages]
    texts = ["".join(char["text"] for char in page.chars if char["bottom"] >= TOP) for page in annexed.pages]
    firsts = [place for place, text in enumerate(texts) if text.startswith("Phụ lục")]
    assert [texts[place][:10] for place in firsts] == ["Phụ lục ID", "Phụ lục II", "Phụ lục II"]
    expected, at = [], 0
    for place in range(len(texts)):
        at = 1 if place in firsts else at + 1
        expected.append("" if at == 1 else str(at))
    assert opened == expected


def test_a_wide_annex_turns_the_sheet(annexed):
    turned = [page for page in annexed.pages if page.width > page.height]
    assert len(turned) >= 2
    for page in turned:
        inked = [char for char in page.chars if char["text"].strip() and char["top"] > 25 * MM]
        assert min(char["x0"] for char in inked) >= 20 * MM - 0.5
        assert max(char["x1"] for char in inked) <= page.width - 20 * MM + 0.5
        assert max(char["bottom"] for char in inked) <= page.height - 15 * MM + 0.5


def test_what_an_annex_is_called(annexed):
    page = next(page for page in annexed.pages if page.chars[0]["text"] == "P")
    assert look(find(page, "Phụ lục I")) == (14, True, False)
    assert look(find(page, "DANH SÁCH TRƯỜNG")) == (14, True, False)
    note = "(Kèm theo Thông báo số 07/TB-SGDĐT ngày 05 tháng 02 năm 2026 của Sở"
    assert look(find(page, note)) == (14, False, True)
    x0, x1, _ = box(find(page, "DANH SÁCH TRƯỜNG"))
    assert (x0 + x1) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=1)


def test_a_long_table_repeats_its_head(annexed):
    heads = [page for page in annexed.pages if "Ghi chú" in (page.extract_text() or "")]
    assert len(heads) >= 2


@pytest.mark.parametrize("columns", [8, 14, 25])
def test_no_table_runs_off_the_page(columns):
    table = Table(("Đơn vị", *["Chuyên cần"] * columns), (("Xã Nà Lâm", *["1.234.567,8"] * columns),))
    with pdfplumber.open(io.BytesIO(to_pdf(replace(NOTICE, body=(table,))))) as file:
        page = file.pages[0]
        assert max(char["x1"] for char in page.chars) <= RIGHT + 0.5
        assert max(line["x1"] for line in page.lines) <= RIGHT + 1
