import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.writing.breaking import balanced, in_sentence, width
from tests.directives.writing.samples import LONG_SCHOOL_NAME

LIMIT = 14.8


def test_short_names_stay_whole():
    assert balanced("SỞ GIÁO DỤC VÀ ĐÀO TẠO", LIMIT) == ("SỞ GIÁO DỤC VÀ ĐÀO TẠO",)
    assert balanced("PHÒNG VĂN HÓA - XÃ HỘI", LIMIT) == ("PHÒNG VĂN HÓA - XÃ HỘI",)


def test_long_names_break_between_words_that_stand_alone():
    assert balanced(LONG_SCHOOL_NAME.upper(), LIMIT) == (
        "TRƯỜNG PHỔ THÔNG",
        "DÂN TỘC BÁN TRÚ TIỂU HỌC",
        "VÀ TRUNG HỌC CƠ SỞ",
        "NÀ LÂM THƯỢNG",
    )


def test_a_title_is_not_torn_from_its_holder():
    subject = "Kết luận Hội nghị giao ban Hiệu trưởng các trường học tháng 11/2026"
    assert balanced(subject, 28) == ("Kết luận Hội nghị giao ban Hiệu trưởng", "các trường học tháng 11/2026")


def test_a_dash_ends_a_line():
    assert balanced("PHÒNG VĂN HÓA - XÃ HỘI", 10) == ("PHÒNG", "VĂN HÓA - XÃ HỘI")
    assert balanced("VĂN HÓA - XÃ HỘI", 8) == ("VĂN HÓA -", "XÃ HỘI")


def test_a_compound_wider_than_the_line_gives_way():
    assert balanced("ỦY BAN NHÂN DÂN", 6) == ("ỦY BAN", "NHÂN DÂN")


def test_nothing_has_no_lines():
    assert balanced("", LIMIT) == ()


def test_very_long_subjects_are_broken_too():
    assert " ".join(balanced("học sinh " * 3000, LIMIT)) == ("học sinh " * 3000).strip()


@given(st.lists(st.sampled_from([*LONG_SCHOOL_NAME.upper().split(), "-", "A", "THÀNH"]), max_size=14))
def test_lines_hold_all_words_in_order_and_keep_to_the_limit(words):
    lines = balanced(" ".join(words), LIMIT)
    assert " ".join(lines).split() == words
    assert all(width(line) <= LIMIT for line in lines)


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Sở Giáo dục và Đào tạo"),
        ("PHÒNG VĂN HÓA - XÃ HỘI", "Phòng Văn hóa - Xã hội"),
        ("UBND XÃ NÀ LÂM", "UBND xã Nà Lâm"),
        ("ỦY BAN NHÂN DÂN TỈNH NGỌC SƠN", "Ủy ban nhân dân tỉnh Ngọc Sơn"),
        ("TRƯỜNG TRUNG HỌC CƠ SỞ NÀ LÂM", "Trường Trung học cơ sở Nà Lâm"),
        ("TRƯỜNG TH&THCS BẢN SEN", "Trường TH&THCS Bản Sen"),
        ("Sở Giáo dục và Đào tạo", "Sở Giáo dục và Đào tạo"),
        ("", ""),
    ],
)
def test_a_name_in_capitals_within_a_sentence(printed, said):
    assert in_sentence(printed) == said
