from hypothesis import given
from hypothesis import strategies as st

from directives.writing.body import parse_body
from directives.writing.document import Basis, Item, Paragraph
from directives.writing.words import marked, plain
from tests.directives.writing.samples import NOTICE_BODY

BULLETS = str.maketrans("–—•*", "----")
STARTS = [
    "I. ",
    "IV. ",
    "IIII. ",
    "1. ",
    "12. ",
    "1.1. ",
    "a) ",
    "đ) ",
    "- ",
    "-",
    "– ",
    "* ",
    "+ ",
    "Điều 1. ",
    "Căn cứ ",
    "",
]
TYPED_LINE = st.builds(str.__add__, st.sampled_from(STARTS), st.text(max_size=30))


def printed(block):
    if not isinstance(block, Item):
        return block.text
    return " ".join((marked(block.number), block.title, block.text))


def without_spaces(text):
    return "".join(text.split()).translate(BULLETS)


def test_a_body_as_staff_write_it():
    body = parse_body(
        "Căn cứ Kế hoạch số 15/KH-UBND;\n\nCăn cứ tình hình thực tế.\n\nSở yêu cầu như sau:\n"
        "I. ĐÁNH GIÁ\n1. Kết quả\n- Tốt;\n-Đúng hạn.\n"
        "II. Nhiệm vụ\n1. Các trường báo cáo trước ngày 28/02.\n2. Phòng chủ trì:\na) Hướng dẫn;\n"
        "1.1. Rà soát.\n+ Trường A.\nCăn cứ kết luận này, các đơn vị thực hiện."
    )
    assert body == (
        Basis("Căn cứ Kế hoạch số 15/KH-UBND;"),
        Basis("Căn cứ tình hình thực tế."),
        Paragraph("Sở yêu cầu như sau:"),
        Item(1, "I", "", title="ĐÁNH GIÁ"),
        Item(2, "1", "", title="Kết quả"),
        Item(4, "-", "Tốt;"),
        Item(4, "-", "Đúng hạn."),
        Item(1, "II", "", title="Nhiệm vụ"),
        Item(2, "1", "Các trường báo cáo trước ngày 28/02."),
        Item(2, "2", "Phòng chủ trì:"),
        Item(3, "a", "Hướng dẫn;"),
        Item(3, "1.1", "Rà soát."),
        Item(5, "+", "Trường A."),
        Paragraph("Căn cứ kết luận này, các đơn vị thực hiện."),
    )


def test_articles():
    assert parse_body(
        "Điều 1. Phạm vi\nQuy chế này quy định …\nĐiều 2. Thành lập Tổ kiểm tra.\n1. Ông A"
    ) == (
        Item(1, "Điều 1", "", title="Phạm vi"),
        Paragraph("Quy chế này quy định …"),
        Item(1, "Điều 2", "Thành lập Tổ kiểm tra."),
        Item(2, "1", "Ông A"),
    )


def test_a_task_without_a_full_stop_is_no_title():
    assert parse_body("1. Rà soát số liệu\n2. Báo cáo") == (
        Item(2, "1", "Rà soát số liệu"),
        Item(2, "2", "Báo cáo"),
    )


def test_what_only_looks_like_an_item_is_a_paragraph():
    lines = [
        "-5 độ C là mức rét hại.",
        "6.482 học sinh",
        "XXXX. Không phải số",
        "2026. Năm học",
        "w) không có chữ này",
    ]
    assert parse_body("\n".join(lines)) == tuple(Paragraph(line) for line in lines)


def test_nothing_is_no_block():
    assert parse_body(" \n\n\t\n") == ()


def test_the_sample_has_every_level():
    assert {block.level for block in parse_body(NOTICE_BODY) if isinstance(block, Item)} == {1, 2, 3, 4, 5}


@given(st.lists(TYPED_LINE, max_size=8).map("\n".join) | st.text())
def test_every_text_is_read_and_loses_nothing(text):
    blocks = parse_body(text)
    assert without_spaces("".join(printed(block) for block in blocks)) == without_spaces(
        "\n".join(plain(line) for line in text.splitlines())
    )
