"""Word documents become the text that Word would print."""

import pytest
from docx import Document
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from directives.reading import UnreadableFile
from directives.reading.files import text_of_file
from tests.directives.reading.files.builders import (
    LEFT,
    RIGHT,
    add_columns,
    add_item,
    add_list,
    add_raw,
    define_list,
    plain_word,
    saved,
    zipped,
)

LEVELS = [("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "-")]


def text(document) -> str:
    return text_of_file(saved(document), "a.docx").text


def codes(document) -> list[str]:
    return [warning.code for warning in text_of_file(saved(document)).warnings]


def test_automatic_numbers_are_printed_into_the_text():
    document = Document()
    number = define_list(document, LEVELS)
    for level, words in [
        (0, "NHIỆM VỤ CHUNG"),
        (1, "Rà soát cơ sở vật chất:"),
        (2, "Phòng học;"),
        (2, "Bếp ăn."),
        (3, "Nguồn nước."),
        (1, "Báo cáo kết quả."),
        (0, "TỔ CHỨC THỰC HIỆN"),
        (1, "Các trường thực hiện."),
    ]:
        add_item(document, words, number, level)
    assert text(document).splitlines() == [
        "I. NHIỆM VỤ CHUNG",
        "1. Rà soát cơ sở vật chất:",
        "a) Phòng học;",
        "b) Bếp ăn.",
        "- Nguồn nước.",
        "2. Báo cáo kết quả.",
        "II. TỔ CHỨC THỰC HIỆN",
        "1. Các trường thực hiện.",
    ]


def test_a_number_comes_from_the_style_of_the_paragraph_too():
    document = Document()
    for words in ("Một việc.", "Việc nữa."):
        document.add_paragraph(words, style="List Number")
    document.add_paragraph("Gạch.", style="List Bullet")
    assert text(document).splitlines() == ["1. Một việc.", "2. Việc nữa.", "• Gạch."]


def test_a_paragraph_may_leave_the_list_of_its_style():
    document = Document()
    document.add_paragraph("Một việc.", style="List Number")
    add_item(document, "Không đánh số.", 0)
    document.paragraphs[-1].style = "List Number"
    assert text(document).splitlines() == ["1. Một việc.", "Không đánh số."]


def test_an_empty_paragraph_shows_its_number_as_in_word():
    document = Document()
    number = define_list(document, [("decimal", "%1.")])
    for words in ("Một.", "", "Ba."):
        add_item(document, words, number)
    assert text(document).splitlines() == ["1. Một.", "2.", "3. Ba."]


def test_a_second_list_begins_anew_where_word_says_so():
    document = Document()
    number = define_list(document, [("decimal", "%1.")])
    again = add_list(document, origin=number, number=78, start=1)
    for words, which in [("Một.", number), ("Hai.", number), ("Lại một.", again)]:
        add_item(document, words, which)
    assert text(document).splitlines() == ["1. Một.", "2. Hai.", "1. Lại một."]


def test_the_letterhead_stands_column_by_column():
    document = Document()
    add_columns(document, LEFT, RIGHT)
    document.add_paragraph("Kính gửi: Các trường tiểu học.")
    assert text(document).splitlines() == [*LEFT, "", *RIGHT, "", "Kính gửi: Các trường tiểu học."]
    assert codes(document) == []


def test_a_table_with_borders_stands_line_by_line():
    document = Document()
    table = document.add_table(rows=2, cols=3, style="Table Grid")
    content = [["TT", "Nội dung", "Thời gian"], ["1", "Rà soát", "Tháng 12"]]
    for row, values in zip(table.rows, content, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    assert text(document).splitlines() == ["TT | Nội dung | Thời gian", "1 | Rà soát | Tháng 12"]
    assert codes(document) == ["tables_as_lines"]


def test_a_frame_around_text_is_no_table():
    document = Document()
    cell = document.add_table(rows=1, cols=1, style="Table Grid").rows[0].cells[0]
    cell.text = "Một."
    cell.add_paragraph("Hai.")
    assert (text(document).split("\n")[:2], codes(document)) == (["Một.", "Hai."], [])


def test_rows_stay_together_without_borders_too():
    document = Document()
    table = document.add_table(rows=3, cols=2)
    for number, row in enumerate(table.rows, start=1):
        row.cells[0].text, row.cells[1].text = f"Trường {number}", f"{number} lớp"
    assert text(document).splitlines() == [f"Trường {n} | {n} lớp" for n in (1, 2, 3)]


BOX = (
    '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    "<mc:Choice><w:txbxContent><w:p><w:r><w:t>HỎA TỐC</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
    "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>HỎA TỐC</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
    "</mc:AlternateContent></w:r></w:p>"
)


def test_a_text_box_is_not_lost_and_not_doubled():
    document = Document()
    add_raw(document, BOX)
    document.add_paragraph("Nội dung.")
    assert text(document).split() == ["HỎA", "TỐC", "Nội", "dung."]
    assert codes(document) == ["text_boxes"]


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<w:r><w:t>Tên</w:t><w:tab/><w:t>trường</w:t></w:r>", "Tên\ttrường"),
        ("<w:r><w:t>dòng</w:t><w:br/><w:t>hai</w:t></w:r>", "dòng\nhai"),
        ("<w:r><w:t>2026</w:t><w:noBreakHyphen/><w:t>2027</w:t></w:r>", "2026-2027"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:t>hiện</w:t></w:r>", "hiện"),
        ("<w:r><w:rPr><w:caps/></w:rPr><w:t>Kế hoạch</w:t></w:r>", "KẾ HOẠCH"),
        ("<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>12</w:t></w:r>", "¹²"),
        ("<w:hyperlink><w:r><w:t>liên kết</w:t></w:r></w:hyperlink>", "liên kết"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>chữ</w:t></w:r>", "chữ"),
        ("<w:r><w:sym w:font='Symbol' w:char='F0B7'/></w:r>", "•"),
    ],
)
def test_characters(xml, expected):
    document = Document()
    add_raw(document, f"<w:p>{xml}</w:p>")
    assert text(document) == f"{expected}\n"


def test_of_tracked_changes_the_outcome_is_read():
    document = Document()
    add_raw(
        document,
        "<w:p><w:ins><w:r><w:t>Trước ngày 15/12</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>Trước ngày 10/12</w:delText></w:r></w:del></w:p>",
    )
    assert (text(document), codes(document)) == ("Trước ngày 15/12\n", ["tracked_changes"])


def test_heads_and_feet_of_pages_are_no_text_but_known():
    document = Document()
    document.sections[0].header.paragraphs[0].text = "MẬT"
    document.add_paragraph("Nội dung.")
    found = text_of_file(saved(document))
    assert (found.text, found.margins.strip()) == ("Nội dung.\n", "MẬT")


def test_paragraphs_that_would_seem_one_are_kept_apart():
    document = Document()
    long = "Công tác phối hợp giữa gia đình, nhà trường và xã hội trong năm học mới trên địa bàn"
    document.add_paragraph(long)
    document.add_paragraph("Các trường thực hiện.")
    assert text(document) == f"{long}\n\nCác trường thực hiện.\n"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(alphabet="aăâbcdđ áảạ.,;:-0123456789", max_size=40), min_size=1, max_size=12))
def test_plain_paragraphs_come_out_as_they_are(lines):
    written = ["Đầu.", *(" ".join(line.split()) for line in lines)]
    found = text_of_file(plain_word("\n".join(written))).text
    assert [line for line in found.splitlines() if line] == [line for line in written if line]


@pytest.mark.parametrize(
    "content",
    [
        zipped(word__document=b"<w:document"),
        saved(Document())[:-400],
        zipped(word__document_xml=b"<x/>"),
    ],
)
def test_broken_files(content):
    with pytest.raises(UnreadableFile) as refusal:
        text_of_file(content, "hong.docx")
    assert (refusal.value.code, refusal.value.filename) == ("broken", "hong.docx")


def test_nested_tables_without_end_are_refused():
    inner = "<w:p/>"
    for _ in range(12):
        inner = f"<w:tbl><w:tblPr/><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    document = Document()
    add_raw(document, inner.replace("<w:tbl>", f"<w:tbl {nsdecls('w')}>", 1))
    with pytest.raises(UnreadableFile) as refusal:
        text(document)
    assert refusal.value.code == "broken"
