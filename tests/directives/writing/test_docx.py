"""The Word file, measured in its XML: twentieths of a point, as Word counts."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from directives.reading import text_of_file
from directives.writing import words
from directives.writing.breaking import width
from directives.writing.document import Basis, Item, Letterhead, Paragraph, Table
from directives.writing.docx import annex_to_docx, to_docx
from tests.directives.writing.ooxml import MM, File, Look, is_kept, qn_path, value, words_of
from tests.directives.writing.samples import (
    ANNEXED,
    COMMUNE_NOTICE,
    DECISION,
    LETTER,
    LONG_NOTICE,
    NOTICE,
    SCHOOL_LETTER,
    of_length,
    with_body,
)

SAMPLES = {
    "notice": NOTICE,
    "letter": LETTER,
    "commune": COMMUNE_NOTICE,
    "school": SCHOOL_LETTER,
    "decision": DECISION,
    "long": LONG_NOTICE,
    "annexed": ANNEXED,
}
LEFT, RIGHT, PAGE = 68 * MM, 97 * MM, 165 * MM


@pytest.fixture(scope="module")
def written():
    return {name: File(document) for name, document in SAMPLES.items()}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_part_is_xml_and_the_library_opens_it(written, name):
    with zipfile.ZipFile(io.BytesIO(written[name].data)) as parts:
        assert parts.testzip() is None
        for part in parts.namelist():
            assert etree.fromstring(parts.read(part)) is not None
    assert written[name].file.paragraphs


@pytest.mark.parametrize("name", SAMPLES)
def test_every_style_and_list_that_is_named_exists(written, name):
    file = written[name]
    named = {value(one, "w:pPr/w:pStyle") for one in file.paragraphs}
    assert named <= set(file.styles)
    lists = {one.get(qn("w:numId")) for one in file.file.part.numbering_part.element.iter(qn("w:num"))}
    used = {one.get(qn("w:val")) for one in file.body.iter(qn("w:numId"))}
    assert used <= lists


def test_the_same_document_is_the_same_file_without_a_clock():
    assert to_docx(ANNEXED) == to_docx(ANNEXED)
    with zipfile.ZipFile(io.BytesIO(to_docx(NOTICE))) as parts:
        assert {one.date_time for one in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_title_author_language_and_day(written):
    properties = written["notice"].file.core_properties
    assert properties.title.startswith("THÔNG BÁO 07/TB-SGDĐT Kết luận của Giám đốc")
    assert (properties.author, properties.language) == ("Sở Giáo dục và Đào tạo", "vi-VN")
    assert properties.created.date() == properties.modified.date() == date(2026, 2, 5)
    assert "dcterms" not in written["commune"].part("docProps/core.xml").partition("language")[2]
    assert 'w:themeFontLang w:val="vi-VN"' in written["notice"].part("word/settings.xml")


# --- the page -----------------------------------------------------------------------------------------------


def test_a4_with_the_margins_of_the_decree(written):
    (section,) = written["notice"].file.sections
    page = (section.page_width.mm, section.page_height.mm)
    margins = (
        section.top_margin.mm,
        section.right_margin.mm,
        section.bottom_margin.mm,
        section.left_margin.mm,
    )
    assert page == pytest.approx((210, 297), abs=0.1)
    assert margins == pytest.approx((20, 15, 20, 30), abs=0.1)


def test_page_numbers_in_the_header_but_not_on_the_first_page(written):
    (section,) = written["long"].file.sections
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == ""
    header = section.header.paragraphs[0]
    assert "PAGE" in etree.tostring(header._p, encoding="unicode")
    assert header.style.style_id == "Header"
    element = written["long"].styles["Header"]
    assert (value(element, "w:pPr/w:jc"), value(element, "w:rPr/w:sz")) == ("center", "")  # 14 as everything
    assert 0 < section.header_distance.pt < section.top_margin.pt - 14


def test_times_new_roman_for_every_script_and_14_points(written):
    defaults = written["notice"].file.styles.element.find(qn_path("w:docDefaults/w:rPrDefault/w:rPr"))
    fonts = defaults.find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {
        "Times New Roman"
    }
    assert (value(defaults, "w:sz"), value(defaults, "w:lang"), value(defaults, "w:color")) == (
        "28",
        "vi-VN",
        "000000",
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_all_looks_are_styles(written, name):
    """No run says how it looks; a paragraph only its number, keeping and indents that its text decides."""
    file = written[name]
    assert list(file.body.iter(qn("w:rPr"))) == []
    allowed = {qn(f"w:{one}") for one in ("pStyle", "keepNext", "numPr", "ind", "sectPr")}
    assert {child.tag for one in file.paragraphs for child in one.find(qn("w:pPr"))} <= allowed
    assert "graphic" not in file.part("word/document.xml")


@pytest.mark.parametrize(
    ("sample", "text", "expected"),
    [
        ("notice", "UBND TỈNH NGỌC SƠN", Look(13, False, False, "center")),
        ("notice", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", Look(13, True, False, "center")),
        ("notice", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Look(13, True, False, "center")),
        ("notice", "Độc lập - Tự do - Hạnh phúc", Look(14, True, False, "center")),
        ("notice", "Số: 07/TB-SGDĐT", Look(13, False, False, "center")),
        ("notice", "Ngọc Sơn, ngày 05 tháng 02 năm 2026", Look(14, False, True, "center")),
        ("notice", "THÔNG BÁO", Look(14, True, False, "center")),
        ("notice", "Kết luận của Giám đốc Sở", Look(14, True, False, "center")),
        ("notice", "Ngày 04/02/2026, Sở Giáo dục", Look(14, False, False, "both")),
        ("notice", "ĐÁNH GIÁ KẾT QUẢ", Look(14, True, False, "both")),
        ("notice", "Kết quả đạt được", Look(14, True, False, "both")),
        ("notice", "Phòng Giáo dục phổ thông chủ trì:", Look(14, False, False, "both")),
        ("notice", "Nơi nhận:", Look(12, True, True, "left")),
        ("notice", "UBND tỉnh (để b/c);", Look(11, False, False, "left")),
        ("notice", "PHÓ GIÁM ĐỐC", Look(14, True, False, "center")),
        ("notice", "Lương Văn Khải", Look(14, True, False, "center")),
        ("letter", "V/v báo cáo số liệu", Look(12, False, False, "center")),
        ("letter", "Kính gửi:", Look(14, False, False, "left")),
        ("decision", "Căn cứ Quyết định số", Look(14, False, True, "both")),
        ("annexed", "Phụ lục I", Look(14, True, False, "center")),
        ("annexed", "DANH SÁCH TRƯỜNG", Look(14, True, False, "center")),
        ("annexed", "(Kèm theo Thông báo số 07/TB-SGDĐT", Look(14, False, True, "center")),
        ("annexed", "Số học sinh", Look(13, True, False, "center")),
        ("annexed", "Trường Tiểu học số 7", Look(13, False, False, "left")),
    ],
)
def test_type_of_each_part(written, sample, text, expected):
    assert written[sample].look(text) == expected


def test_body_begins_half_an_inch_in_and_stands_apart(written):
    file = written["notice"]
    body = file.find("Ngày 04/02/2026")
    assert file.number("w:firstLine", body, "w:pPr/w:ind") == round(12.7 * MM)
    assert file.number("w:before", body, "w:pPr/w:spacing") == 6 * 20
    assert 240 <= file.number("w:line", body, "w:pPr/w:spacing") <= 360  # single to one and a half


# --- the head -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sample", "begins", "line", "size", "room", "share"),
    [
        ("notice", "Độc lập", words.MOTTO, 14, RIGHT, (1, 1)),
        ("notice", "SỞ GIÁO DỤC", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", 13, LEFT, (1 / 3, 1 / 2)),
        ("commune", "PHÒNG VĂN HÓA", "PHÒNG VĂN HÓA - XÃ HỘI", 13, LEFT, (1 / 3, 1 / 2)),
        ("school", "TRƯỜNG PHỔ THÔNG", "NÀ LÂM THƯỢNG", 13, LEFT, (1 / 3, 1 / 2)),
        ("notice", "Kết luận", "tại Hội nghị giao ban tháng 01 năm 2026", 14, PAGE, (1 / 3, 1 / 2)),
    ],
)
def test_rules_are_measured_by_the_line_above(written, sample, begins, line, size, room, share):
    file = written[sample]
    rule = file.after(begins)
    border = file.resolved(rule, "w:pPr/w:pBdr/w:top")
    left, right = file.indents(rule)
    assert (border.get(qn("w:val")), left) == ("single", right)
    length = (room - left - right) / 20
    least, most = share
    assert least - 0.01 <= length / (width(line) * size) <= most + 0.01


def test_head_in_two_columns_within_the_page(written):
    head = written["notice"].body[0]
    widths = [int(one.get(qn("w:w"))) for one in head.iter(qn("w:gridCol"))]
    assert widths == [round(LEFT), round(RIGHT)]
    assert sum(widths) <= PAGE
    rows = [
        [" / ".join(filter(None, map(words_of, cell.iter(qn("w:p"))))) for cell in row.iter(qn("w:tc"))]
        for row in head.iter(qn("w:tr"))
    ]
    assert rows == [
        [
            "UBND TỈNH NGỌC SƠN / SỞ GIÁO DỤC VÀ ĐÀO TẠO",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM / Độc lập - Tự do - Hạnh phúc",
        ],
        ["Số: 07/TB-SGDĐT", "Ngọc Sơn, ngày 05 tháng 02 năm 2026"],
    ]
    assert width(words.NATION) * 13 * 20 < RIGHT


@pytest.mark.parametrize(("urgency", "millimetres"), [("KHẨN", 20), ("HỎA TỐC", 30), ("THƯỢNG KHẨN", 40)])
def test_urgency_in_a_red_frame(urgency, millimetres):
    file = File(replace(NOTICE, urgency=urgency))
    stamp = file.find(urgency)
    left, right = file.indents(stamp)
    assert (LEFT - left - right) / MM == pytest.approx(millimetres, abs=0.1)
    colours = {edge.get(qn("w:color")) for edge in file.resolved(stamp, "w:pPr/w:pBdr")}
    assert colours == {file.resolved(stamp, "w:rPr/w:color").get(qn("w:val"))} == {"D00000"}
    line = file.number("w:line", stamp, "w:pPr/w:spacing")
    assert (line + 2 * 2 * 20 + 2 * 20) / MM == pytest.approx(8, abs=0.1)


def test_a_draft_shows_its_blanks_and_its_mark(written):
    texts = [words_of(one) for one in written["commune"].paragraphs]
    assert {"DỰ THẢO", "HỎA TỐC", "Số:      /TB-PVHXH", "Nà Lâm, ngày … tháng … năm 2026"} <= set(texts)
    assert written["commune"].style(written["commune"].find("DỰ THẢO")) == "Draft"


def test_addressees_one_on_the_line_several_beneath(written):
    assert words_of(written["school"].find("Kính gửi")) == "Kính gửi: Sở Giáo dục và Đào tạo"
    file = written["letter"]
    entries = [words_of(one) for one in file.paragraphs if file.style(one) == "Addressee"]
    assert entries == [
        "Ủy ban nhân dân các xã, phường;",
        "Các trường trung học phổ thông;",
        "Trung tâm GDNN-GDTX tỉnh.",
    ]


# --- numbers ------------------------------------------------------------------------------------------------


def numbered(*lines):
    """The body as the portal's own reader sees it in Word: automatic numbers printed as Word prints them."""
    text = text_of_file(to_docx(with_body("\n".join(lines)))).text
    return text.split("\n\n")[3].splitlines()


def test_letters_follow_the_vietnamese_alphabet_as_lists():
    lines = ["1. Các trường:", *(f"{letter}) Nội dung {n};" for n, letter in enumerate(words.LETTERS))]
    assert numbered(*lines, "Hết.")[:-1] == lines
    file = File(with_body("\n".join([*lines, "Hết."])))
    points = [one for one in file.paragraphs if file.style(one) == "Item3"]
    assert len(points) == 23
    lists = [value(one, "w:pPr/w:numPr/w:numId") for one in points]
    # a-d, đ, e, g-i, k-v, x-y: within each Word counts by itself.
    assert [lists.count(one) for one in dict.fromkeys(lists)] == [4, 1, 1, 3, 12, 2]


@pytest.mark.parametrize(
    "lines",
    [
        ("I. Một\n", "1. Hai;", "a) Ba;", "- Bốn;", "+ Năm;", "b) Sáu.", "2. Bảy.", "II. TÁM", "1. Chín."),
        ("Điều 1. Một.", "1. Hai:", "a) Ba.", "Điều 2. Bốn.", "1. Năm."),
        ("1. Một:", "1.1. Hai:", "a) Ba.", "1.2. Bốn.", "2. Năm:", "2.1. Sáu."),
        ("3. Một không ở đầu.", "4. Hai.", "7. Ba, có chỗ thiếu.", "7. Bốn, lặp lại."),
        ("01. Một.", "02. Hai."),
        ("I. Một.", "II. Hai.", "V. Năm.", "1. Một."),
    ],
)
def test_numbers_come_out_as_they_went_in(lines):
    expected = [line.strip() for line in lines]
    expected = [line.upper() if line == "I. Một" else line for line in expected]
    assert numbered(*lines, "Hết.")[:-1] == expected


def test_an_item_counts_on_by_itself_beneath_the_same_parent():
    file = File(with_body("1. Một.\na) Hai.\n2. Ba.\n3. Bốn.\nHết."))
    lists = [value(one, "w:pPr/w:numPr/w:numId") for one in file.paragraphs if file.style(one) == "Item2"]
    assert len(lists) == 3
    assert len(set(lists)) == 1


def test_titles_are_headings_that_stay_with_what_they_announce(written):
    file = written["notice"]
    for text, style, level in [("ĐÁNH GIÁ", "Heading1", "0"), ("Hạn chế", "Heading2", "1")]:
        paragraph = file.find(text)
        assert file.style(paragraph) == style
        assert file.resolved(paragraph, "w:pPr/w:outlineLvl").get(qn("w:val")) == level
        assert file.resolved(paragraph, "w:pPr/w:keepNext") is not None


def test_what_closes_lists_and_body():
    document = replace(
        DECISION,
        bases=("Căn cứ A.",),
        body=(Basis("Căn cứ B"), Item(1, "Điều 1", "Ban hành"), Paragraph("Hết")),
    )
    texts = [words_of(one) for one in File(document).paragraphs]
    at = texts.index("Căn cứ A;")
    assert texts[at : at + 4] == ["Căn cứ A;", "Căn cứ B.", "Ban hành", "Hết./."]


# --- foot ---------------------------------------------------------------------------------------------------


def test_the_signature_is_one_row_kept_with_two_lines_of_text(written):
    file = written["notice"]
    foot = file.find("Nơi nhận:").getparent().getparent()
    assert foot.tag == qn("w:tr")
    assert foot.find(qn_path("w:trPr/w:cantSplit")) is not None
    assert file.find("PHÓ GIÁM ĐỐC").getparent().getparent() is foot
    # One line, so that the one before it comes along.
    assert is_kept(file.find("Yêu cầu các đơn vị"))
    assert is_kept(file.find("Trường TH&THCS Bản Sen"))
    assert not is_kept(file.find("Trường THCS Nà Lâm"))
    long = File(of_length(2, 3, "Yêu cầu các đơn vị nghiêm túc triển khai thực hiện. " * 8))
    assert [is_kept(one) for one in long.paragraphs if long.style(one) == "BodyText"] == [False, False, True]
    widow = long.resolved(long.find("Yêu cầu"), "w:pPr/w:widowControl")
    assert widow is not None


def test_room_for_signature_and_seal(written):
    file = written["notice"]
    assert file.number("w:before", file.find("Lương Văn Khải"), "w:pPr/w:spacing") == round(30 * MM)


def test_recipients_with_their_dashes_as_a_list(written):
    file = written["letter"]
    lines = [words_of(one) for one in file.paragraphs if file.style(one) == "Recipient"]
    assert lines == ["Như trên;", "Ban Giám đốc Sở (để b/c);", "Lưu: VT, GDPT."]
    assert "- Như trên;\n- Ban Giám đốc Sở (để b/c);\n- Lưu: VT, GDPT." in text_of_file(file.data).text


# --- tables and annexes -------------------------------------------------------------------------------------


def test_a_table_is_ruled_and_repeats_its_head(written):
    file = written["annexed"]
    table = file.find("Trường Tiểu học số 1").getparent().getparent().getparent()
    rows = table.findall(qn("w:tr"))
    assert value(table, "w:tblPr/w:tblStyle") == "TableGrid"
    borders = file.styles["TableGrid"].find(qn_path("w:tblPr/w:tblBorders"))
    assert {edge.get(qn("w:val")) for edge in borders} == {"single"}
    assert [row.find(qn_path("w:trPr/w:tblHeader")) is not None for row in rows[:3]] == [True, False, False]
    assert all(row.find(qn_path("w:trPr/w:cantSplit")) is not None for row in rows)
    styles = [file.style(one) for one in rows[1].iter(qn("w:p"))]
    assert styles == ["TableText", "TableFigure", "TableFigure", "TableText"]


def test_annexes_have_pages_and_numbers_of_their_own(written):
    sections = written["annexed"].file.sections
    assert [round(one.page_width.mm) for one in sections] == [210, 210, 297, 297]
    assert [round(one.left_margin.mm) for one in sections] == [30, 30, 20, 20]
    assert [round(one.top_margin.mm) for one in sections] == [20, 20, 30, 30]
    for section in sections:
        assert section.different_first_page_header_footer
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


@pytest.mark.parametrize("columns", [3, 8, 13, 25])
def test_no_table_runs_off_the_page(columns):
    table = Table(("Đơn vị", *["Chuyên cần"] * columns), (("Xã Nà Lâm", *["1.234.567,8"] * columns),))
    file = File(replace(NOTICE, body=(table,)))
    widths = [int(one.get(qn("w:w"))) for one in list(file.body.iter(qn("w:tblGrid")))[1]]
    assert len(widths) == columns + 1
    assert sum(widths) == pytest.approx(PAGE, abs=columns + 1)


def test_smaller_type_is_a_style():
    table = Table(("Đơn vị", *["Chuyên cần"] * 8), (("Xã Nà Lâm", *["1.234.567,8"] * 8),))
    file = File(replace(NOTICE, body=(table,)))
    assert file.style(file.find("1.234.567,8")).startswith("TableFigure")
    assert 8 <= file.look("1.234.567,8").size < 13


def test_an_annex_as_a_file_of_its_own():
    annex = ANNEXED.annexes[1]
    content = annex_to_docx(annex, "(tính đến 05/02/2026)", author="Sở A", on=date(2026, 2, 5))
    file = docx.Document(io.BytesIO(content))
    texts = [one.text for one in file.paragraphs]
    assert texts[:3] == ["Phụ lục II", "SỐ LIỆU THEO THÁNG", "(tính đến 05/02/2026)"]
    assert (file.core_properties.author, round(file.sections[0].page_width.mm)) == ("Sở A", 297)


def test_empty_parts_leave_nothing_behind():
    document = replace(
        NOTICE, letterhead=Letterhead("", ""), body=(), recipients=(), archive="", subject="", bases=()
    )
    file = File(document)
    assert not [one for one in file.paragraphs if file.style(one) in ("Superior", "Recipients", "Subtitle")]
    assert words_of(file.find("THÔNG BÁO")) == "THÔNG BÁO"
