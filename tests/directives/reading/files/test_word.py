"""Word documents become the text that Word would print."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from directives.reading import UnreadableFile
from directives.reading.files import text_of_file
from directives.reading.files import word as word_module
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

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
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


def test_a_letter_typed_between_automatic_ones():
    """Word counts the Latin alphabet; "đ)" is typed by hand, and the list goes on with e."""
    document = Document()
    number = define_list(document, [("lowerLetter", "%1)")])
    for words in ("Một;", "Hai;", "Ba;", "Bốn;"):
        add_item(document, words, number)
    document.add_paragraph("đ) Năm;")
    add_item(document, "Sáu.", number)
    assert [line.split()[0] for line in text(document).splitlines()] == ["a)", "b)", "c)", "d)", "đ)", "e)"]


def test_legal_numbers_are_digits_throughout():
    document = Document()
    number = define_list(document, [("upperRoman", "%1."), ("lowerLetter", "%1.%2.")])
    legal = document.part.numbering_part.element.findall(f".//{{{WORD}}}abstractNum")[-1]
    second = legal.findall(f"{{{WORD}}}lvl")[1]
    second.append(parse_xml(f"<w:isLgl {nsdecls('w')}/>"))
    for words, level in (("Một", 0), ("Hai", 0), ("Ba", 1)):
        add_item(document, words, number, level)
    assert text(document).splitlines() == ["I. Một", "II. Hai", "2.1. Ba"]


LATER_FORM = (
    f"<w:abstractNum {nsdecls('w')} w:abstractNumId='90'><w:lvl w:ilvl='0'><w:start w:val='9'/>"
    "<mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
    "<mc:Choice Requires='w14'><w:numFmt w:val='custom' w:format='{}'/></mc:Choice>"
    "<mc:Fallback><w:numFmt w:val='upperRoman'/></mc:Fallback></mc:AlternateContent>"
    "<w:lvlText w:val='%1.'/></w:lvl></w:abstractNum>"
)


@pytest.mark.parametrize(
    ("pattern", "shown"), [("001, 002, 003, ...", ["009. Một", "010. Hai"]), ("a", ["IX. Một", "X. Hai"])]
)
def test_forms_of_later_versions(pattern, shown):
    document = Document()
    root = document.part.numbering_part.element
    root.find(f"{{{WORD}}}num").addprevious(parse_xml(LATER_FORM.format(pattern)))
    add_list(document, origin=90, number=90)
    for words in ("Một", "Hai"):
        add_item(document, words, 90)
    assert text(document).splitlines() == shown


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


def tracked(*paragraphs: str) -> tuple[str, list[str]]:
    """Lines and warnings of paragraphs given by the XML inside them."""
    document = Document()
    for xml in paragraphs:
        add_raw(document, f"<w:p>{xml}</w:p>")
    return text(document), codes(document)


def run(words: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{words}</w:t></w:r>"


def test_what_was_moved_stands_where_it_was_moved_to():
    moved = run("Việc được dời. ")
    assert tracked(
        f"{run('Một. ')}<w:moveFrom>{moved}</w:moveFrom>", f"<w:moveTo>{moved}</w:moveTo>{run('Hai.')}"
    ) == (
        "Một.\nViệc được dời. Hai.\n",
        ["tracked_changes"],
    )


@pytest.mark.parametrize("mark", ["del", "moveFrom"])
def test_a_paragraph_whose_end_was_deleted_runs_on_into_the_next(mark):
    ended = f"<w:pPr><w:rPr><w:{mark} w:id='1'/></w:rPr></w:pPr>"
    gone = f"<w:del>{run('Bỏ.').replace('w:t', 'w:delText')}</w:del>"
    assert tracked(f"{ended}{run('Một ')}", f"{ended}{gone}", run("và hai."), f"{ended}{run('Ba.')}")[0] == (
        "Một và hai.\nBa.\n"
    )


def test_a_deleted_item_takes_no_number():
    document = Document()
    number = define_list(document, [("decimal", "%1.")])
    for words in ("Một.", "Bỏ.", "Hai."):
        add_item(document, words, number)
    middle = document.paragraphs[1]._p
    middle.replace(
        middle.r_lst[0], parse_xml(f"<w:del {nsdecls('w')}>{run('Bỏ.').replace('w:t', 'w:delText')}</w:del>")
    )
    middle.pPr.append(parse_xml(f"<w:rPr {nsdecls('w')}><w:del w:id='1'/></w:rPr>"))
    assert text(document) == "1. Một.\n2. Hai.\n"


def test_deleted_rows_and_cells_are_gone():
    document = Document()
    table = document.add_table(rows=3, cols=3, style="Table Grid")
    for n, row in enumerate(table.rows):
        for cell, value in zip(row.cells, "abc", strict=True):
            cell.text = f"{value}{n}"
    table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f"<w:del {nsdecls('w')} w:id='1'/>"))
    table.rows[2].cells[1]._tc.get_or_add_tcPr().append(parse_xml(f"<w:cellDel {nsdecls('w')} w:id='2'/>"))
    assert text(document).splitlines() == ["a0 | b0 | c0", "a2 | c2"]


def test_a_formula_keeps_its_signs():
    math = "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"
    words = f"{run('Tỷ lệ ')}<m:oMath {math}><m:r><m:t>≥98%</m:t></m:r></m:oMath>"
    assert tracked(words) == ("Tỷ lệ ≥98%\n", [])


# --- fonts of before Unicode --------------------------------------------------------------------------------


def test_runs_in_old_fonts_are_converted_and_others_left_alone():
    document = Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("së gi¸o dôc vµ ®µo t¹o").font.name = ".VnTimeH"
    paragraph.add_run(" – Trường Tiểu học à, ")
    paragraph.add_run("tr\xadêng trung häc c¬ së").font.name = ".VnTime"
    paragraph.add_run(", Tröôøng Maàm non").font.name = "VNI-Times"
    found = text_of_file(saved(document))
    assert (
        found.text == "SỞ GIÁO DỤC VÀ ĐÀO TẠO – Trường Tiểu học à, trường trung học cơ sở, Trường Mầm non\n"
    )
    assert {(one.code, one.args["code"]) for one in found.warnings} == {
        ("legacy_converted", "TCVN3"),
        ("legacy_converted", "VNI"),
    }


def test_the_font_may_come_from_a_style_or_from_the_document():
    document = Document()
    document.styles["Normal"].font.name = ".VnTime"
    document.styles["Heading 1"].font.name = "Times New Roman"
    document.add_paragraph("Tr\xadêng tiÓu häc")
    document.add_paragraph("Trường µ", style="Heading 1")
    document.add_paragraph().add_run("tr\xadêng", style=document.styles["Default Paragraph Font"])
    assert text(document).split("\n")[:3] == ["Trường tiểu học", "Trường µ", "trường"]


def test_a_letterhead_in_an_old_font_is_known_as_one():
    document = Document()
    document.styles["Normal"].font.name = ".VnTime"
    right = ["Céng hßa x· héi chñ nghÜa ViÖt Nam", "§éc lËp - Tù do - H¹nh phóc"]
    add_columns(document, ["Së Gi¸o dôc", "Sè: 12/SGD§T"], right)
    assert text(document).splitlines() == [
        "Sở Giáo dục",
        "Số: 12/SGDĐT",
        "",
        "Cộng hòa xã hội chủ nghĩa Việt Nam",
        "Độc lập - Tự do - Hạnh phúc",
    ]


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
        zipped(word__document_xml=b""),
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


def rewritten(data: bytes, change) -> bytes:
    """A Word file with its main part changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        contents = {name: parts.read(name) for name in parts.namelist()}
    contents["word/document.xml"] = change(contents["word/document.xml"])
    return zipped(**contents)


def test_what_stood_before_the_damage_is_kept():
    damaged = rewritten(plain_word("Một.\nHai.\nBa."), lambda xml: xml[: xml.index(b"Ba") - 20])
    with pytest.raises(UnreadableFile) as refusal:
        text_of_file(damaged)
    assert (refusal.value.code, refusal.value.read) == ("broken", "Một.\nHai.\n")


ENTITIES = (
    "<!DOCTYPE x [<!ENTITY a '"
    + "a" * 50
    + "'>"
    + "".join(
        f"<!ENTITY {one} '{f'&{before};' * 50}'>" for before, one in zip("abcdefg", "bcdefgh", strict=True)
    )
    + "]>"
)
OUTSIDE = "<!DOCTYPE x [<!ENTITY h SYSTEM 'file:///etc/passwd'>]>"


@pytest.mark.parametrize("doctype", [ENTITIES, OUTSIDE], ids=["growing", "outside"])
def test_entities_are_refused(doctype):
    def with_entity(xml: bytes) -> bytes:
        return xml.replace(b"?>", f"?>{doctype}".encode(), 1).replace("Một".encode(), b"&h;")

    with pytest.raises(UnreadableFile) as refusal:
        text_of_file(rewritten(plain_word("Một."), with_entity))
    assert (refusal.value.code, refusal.value.read) == ("broken", "")


def test_too_many_paragraphs_are_refused_with_their_line(monkeypatch):
    monkeypatch.setattr(word_module, "MOST_PARAGRAPHS", 2)
    with pytest.raises(UnreadableFile) as refusal:
        text_of_file(plain_word("Một.\nHai.\nBa."))
    assert (refusal.value.code, refusal.value.place, refusal.value.read) == (
        "too_many_pages",
        {"line": 3},
        "Một.\nHai.\n",
    )
