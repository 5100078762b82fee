"""The parts of a text as they stand on paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.sheet import Sheet, roles_of_lines, sheet_of_text
from tests.directives.samples import LETTER, NOTICE_BODY

BESIDE = """UBND TỈNH NGỌC SƠN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ GIÁO DỤC VÀ ĐÀO TẠO\tĐộc lập - Tự do - Hạnh phúc
---
Số: 12/KH-SGDĐT          Ngọc Sơn, ngày 05 tháng 01 năm 2026

KẾ HOẠCH
Triển khai nhiệm vụ
học kỳ II

Căn cứ Kế hoạch năm học.
1. Rà soát.
Nơi nhận:
- Như trên;
các trường;
- Lưu: VT.
GIÁM ĐỐC
Đỗ Thị Lan
"""
BENEATH = """UBND TỈNH NGỌC SƠN
SỞ GIÁO DỤC VÀ ĐÀO TẠO
Số: 12/SGDĐT-VP
V/v rà soát cơ sở vật chất,
thiết bị dạy học

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Ngọc Sơn, ngày 05 tháng 01 năm 2026

Kính gửi: Các trường.
1. Rà soát.
"""


def body(text: str, sheet: Sheet) -> str:
    return text[sheet.body_start : sheet.body_end].strip()


def test_columns_beside_each_other():
    sheet = sheet_of_text(BESIDE)
    assert sheet.left == ("UBND TỈNH NGỌC SƠN", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Số: 12/KH-SGDĐT")
    assert sheet.right == (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Ngọc Sơn, ngày 05 tháng 01 năm 2026",
    )
    assert sheet.title == ("KẾ HOẠCH", "Triển khai nhiệm vụ", "học kỳ II")
    assert body(BESIDE, sheet) == "Căn cứ Kế hoạch năm học.\n1. Rà soát."
    assert (sheet.recipients, sheet.signature) == (
        ("Nơi nhận:", "- Như trên;", "các trường;", "- Lưu: VT."),
        ("GIÁM ĐỐC", "Đỗ Thị Lan"),
    )


def test_columns_beneath_each_other():
    sheet = sheet_of_text(BENEATH)
    assert sheet.left[2:] == ("Số: 12/SGDĐT-VP", "V/v rà soát cơ sở vật chất, thiết bị dạy học")
    assert sheet.right[2] == "Ngọc Sơn, ngày 05 tháng 01 năm 2026"
    assert body(BENEATH, sheet) == "Kính gửi: Các trường.\n1. Rà soát."


def test_the_issuer_is_the_last_office_before_the_number():
    assert sheet_of_text(BESIDE).issuer == "SỞ GIÁO DỤC VÀ ĐÀO TẠO"
    assert sheet_of_text(BESIDE.replace("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "")).issuer == "UBND TỈNH NGỌC SƠN"
    assert Sheet().issuer == ""


@pytest.mark.parametrize("begin", ["I. MỤC TIÊU", "1. Rà soát", "- Rà soát", "Căn cứ Luật", "Kính gửi: Sở"])
def test_a_title_ends_where_the_body_begins(begin):
    text = BESIDE.replace("Triển khai nhiệm vụ\nhọc kỳ II\n\nCăn cứ Kế hoạch năm học.", f"Dạy học\n{begin}")
    sheet = sheet_of_text(text)
    assert (sheet.title, body(text, sheet).splitlines()[0]) == (("KẾ HOẠCH", "Dạy học"), begin)


@pytest.mark.parametrize("text", [NOTICE_BODY, "1. Rà soát.", "", "KẾ HOẠCH\nNăm 2026\n1. Một."])
def test_a_text_without_a_letterhead_is_all_body(text):
    sheet = sheet_of_text(text)
    assert (sheet.left, sheet.right, sheet.title, body(text, sheet)) == ((), (), (), text.strip())


def test_what_follows_a_signature_keeps_its_place():
    text = f"{LETTER}\nPHỤ LỤC\nDanh sách"
    sheet = sheet_of_text(text)
    assert (sheet.recipients, sheet.signature) == ((), ())
    assert body(text, sheet).endswith("PHỤ LỤC\nDanh sách")


def test_items_are_never_taken_for_head_or_foot():
    start, end = LETTER.index("1. Rà soát"), LETTER.index("Lưu: VT")
    sheet = sheet_of_text(LETTER, [(0, start), (start, end)])
    assert (sheet.body_start, sheet.body_end) == (0, len(LETTER))


pieces = st.sampled_from([*BESIDE.splitlines(), *BENEATH.splitlines(), "", "I. MỤC", "- Gạch;", "PHỤ LỤC"])


@given(st.lists(pieces, max_size=25).map("\n".join))
def test_no_word_is_lost_or_doubled(text):
    sheet = sheet_of_text(text)
    around = [*sheet.left, *sheet.right, *sheet.title, *sheet.recipients, *sheet.signature]
    kept = " ".join([*around, text[sheet.body_start : sheet.body_end]]).split()
    assert sorted(word for word in kept if word != "---") == sorted(
        word for word in text.split() if word != "---"
    )


def test_lines_are_set_as_what_they_are():
    text = (
        "Số: /KH-UBND\n\nNgọc Sơn, ngày tháng 9 năm 2026\n\nKẾ HOẠCH\nKiểm tra cuối năm\n\n"
        "Thực hiện chỉ đạo:\n"
        "I. MỤC ĐÍCH\n1. Rà soát hồ sơ.\n\nNơi nhận:\n- Lưu: VT."
    )
    heading = (text.index("I. "), text.index("\n1. "))
    item = (text.index("1. "), text.index("\n\nNơi"))
    roles = roles_of_lines(text, [heading, item], [heading])
    assert {text[start:].partition("\n")[0]: role for start, role in roles.items()} == {
        "Ngọc Sơn, ngày tháng 9 năm 2026": "date",
        "KẾ HOẠCH": "title",
        "Kiểm tra cuối năm": "title",
        "I. MỤC ĐÍCH": "heading",
        "Nơi nhận:": "foot",
        "- Lưu: VT.": "foot",
    }


def test_a_text_without_items_is_set_as_well():
    assert roles_of_lines("", [], []) == {}
    assert roles_of_lines("THÔNG BÁO\n1. Căn cứ", [], []) == {0: "title"}
