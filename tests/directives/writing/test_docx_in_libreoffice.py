"""The Word file as another program lays it out, beside our own PDF: pages, and where parts stand on them."""

import io
import os
import subprocess

import pdfplumber
import pytest

from directives.programs import libreoffice
from directives.writing import words
from directives.writing.docx import to_docx
from directives.writing.pdf import to_pdf
from tests.directives.writing.samples import (
    ANNEXED,
    COMMUNE_NOTICE,
    DECISION,
    LETTER,
    LONG_NOTICE,
    NOTICE,
    with_body,
)
from tests.directives.writing.test_pdf import BOTTOM, LEFT, MM, RIGHT, TOP, find, lines_of, rules

pytestmark = pytest.mark.skipif(not libreoffice.is_installed(), reason="LibreOffice Writer is not installed")

LETTERED = with_body(
    "1. Các trường:\n" + "\n".join(f"{letter}) Một việc;" for letter in words.LETTERS) + "\nHết."
)
SAMPLES = {
    "notice": NOTICE,
    "letter": LETTER,
    "commune": COMMUNE_NOTICE,
    "decision": DECISION,
    "long": LONG_NOTICE,
    "annexed": ANNEXED,
    "lettered": LETTERED,
}


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory):
    """Each sample as LibreOffice prints it, and as we do; converted at one go."""
    folder = tmp_path_factory.mktemp("word")
    for name, document in SAMPLES.items():
        (folder / f"{name}.docx").write_bytes(to_docx(document))
    command = [
        libreoffice.program(),
        "--headless",
        "--convert-to",
        "pdf",
        *(f"{name}.docx" for name in SAMPLES),
    ]
    subprocess.run(
        command, cwd=folder, env=os.environ | {"HOME": str(folder)}, check=True, capture_output=True
    )
    opened = {
        name: (pdfplumber.open(folder / f"{name}.pdf"), pdfplumber.open(io.BytesIO(to_pdf(document))))
        for name, document in SAMPLES.items()
    }
    yield opened
    for pair in opened.values():
        for file in pair:
            file.close()


@pytest.mark.parametrize("name", SAMPLES)
def test_as_many_pages_of_the_same_size(laid_out, name):
    sizes = [
        [(round(page.width / MM), round(page.height / MM)) for page in file.pages] for file in laid_out[name]
    ]
    assert sizes[0] == sizes[1]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("notice", "UBND TỈNH NGỌC SƠN"),
        ("notice", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("notice", "Độc lập - Tự do - Hạnh phúc"),
        ("notice", "Số: 07/TB-SGDĐT"),
        ("notice", "Ngọc Sơn, ngày 05 tháng 02 năm 2026"),
        ("notice", "THÔNG BÁO"),
        ("notice", "tại Hội nghị giao ban"),
        ("notice", "Ngày 04/02/2026, Sở"),
        ("notice", "I. ĐÁNH GIÁ KẾT QUẢ"),
        ("notice", "a) Hướng dẫn ôn thi"),
        ("commune", "HỎA TỐC"),
        ("commune", "DỰ THẢO"),
        ("letter", "V/v báo cáo số liệu"),
        ("letter", "Nơi nhận:"),
        ("letter", "Hà Thị Minh Nguyệt"),
        ("decision", "Điều 3."),
        ("decision", "KT. GIÁM ĐỐC"),
    ],
)
def test_parts_stand_where_they_stand_in_our_pdf(laid_out, name, text):
    """Within two millimetres across, and four down the page."""
    word, ours = (find(file.pages[0], text)[0] for file in laid_out[name])
    assert word["x0"] == pytest.approx(ours["x0"], abs=2 * MM)
    assert word["bottom"] == pytest.approx(ours["bottom"], abs=4 * MM)
    assert round(word["size"], 1) == round(ours["size"], 1)


@pytest.mark.parametrize("name", SAMPLES)
def test_within_the_margins(laid_out, name):
    for page in laid_out[name][0].pages:
        if page.width > page.height:
            continue
        for char in page.chars:
            if char["text"].strip() and char["bottom"] >= TOP:
                assert char["x0"] >= LEFT - 1
                assert char["x1"] <= RIGHT + 1
                assert char["bottom"] <= BOTTOM + 1


def test_the_nation_stands_on_one_line_with_a_rule_as_long_as_the_motto(laid_out):
    page = laid_out["notice"][0].pages[0]
    motto = find(page, words.MOTTO)
    nation = find(page, words.NATION)
    assert len({round(char["top"]) for char in nation}) == 1
    drawn = [(x0, x1) for x0, x1, top in rules_of(page) if 0 <= top - motto[0]["bottom"] < 8]
    # The rule and no other.
    rule = next(one for one in drawn if one[0] > page.width / 2 - 40)
    assert rule == pytest.approx((motto[0]["x0"], motto[-1]["x1"]), abs=2)


def rules_of(page):
    """As rectangles or as lines, however the program draws them."""
    return rules(page) + [
        (one["x0"], one["x1"], one["top"]) for one in page.lines if abs(one["top"] - one["bottom"]) < 2
    ]


def test_letters_are_printed_by_the_vietnamese_alphabet(laid_out):
    word, _ = laid_out["lettered"]
    texts = [line["text"] for page in word.pages for line in lines_of(page)]
    assert [text[0] for text in texts if text.endswith("Một việc;")] == list(words.LETTERS)


def test_page_numbers_begin_anew_in_each_annex_and_spare_first_pages(laid_out):
    for file in laid_out["annexed"]:
        numbers = ["".join(c["text"] for c in page.chars if c["bottom"] < TOP - 2) for page in file.pages]
        firsts = [
            i for i, page in enumerate(file.pages) if "Phụ lục" in "".join(c["text"] for c in page.chars[:9])
        ]
        expected, at = [], 1
        for place in range(len(file.pages)):
            at = 1 if place in firsts else at + bool(place)
            expected.append("" if at == 1 else str(at))
        assert numbers == expected
        assert len(firsts) == 3


def test_two_lines_at_least_stay_with_the_signature(laid_out):
    last = laid_out["long"][0].pages[-1]
    texts = [line["text"] for line in lines_of(last) if line["top"] >= TOP - 1]
    assert next(i for i, text in enumerate(texts) if "Nơi nhận" in text) >= 2
    assert any("Lương Văn Khải" in text for text in texts)
