"""Figures: comparators, units, and numbers that are no targets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.reading.quantities import number_value

from .phrases import read_section, read_task


def figures(reading):
    return [(t.comparator, t.value, t.value_max, t.unit) for t in reading.targets]


@pytest.mark.parametrize(
    ("phrase", "comparator", "value", "value_max", "unit"),
    [
        ("tỷ lệ chuyên cần đạt từ 97,5% trở lên", "ge", 97.5, None, "%"),
        ("98% trở lên trẻ mẫu giáo ra lớp", "ge", 98, None, "%"),
        ("đạt 95% kế hoạch trở lên", "ge", 95, None, "%"),
        ("tỷ lệ chuyên cần đạt ít nhất 97%", "ge", 97, None, "%"),
        ("tối thiểu 85% trường đạt chuẩn quốc gia", "ge", 85, None, "%"),
        ("trên 99,7% học sinh đạt kết quả từ Hoàn thành trở lên", "gt", 99.7, None, "%"),
        ("học sinh đánh giá từ Đạt trở lên 95%", "eq", 95, None, "%"),
        ("99% học sinh có kết quả học tập được đánh giá Đạt trở lên", "eq", 99, None, "%"),
        ("giáo viên đạt chuẩn trở lên đạt 78,5%", "eq", 78.5, None, "%"),
        ("tỷ lệ bỏ học dưới 0,5%", "lt", 0.5, None, "%"),
        ("không quá 5% học sinh xếp loại yếu", "le", 5, None, "%"),
        ("không quá 45 học sinh/lớp", "le", 45, None, "học sinh/lớp"),
        ("tối đa 35 học sinh/lớp", "le", 35, None, "học sinh/lớp"),
        ("huy động trên 1.250 học sinh", "gt", 1250, None, "học sinh"),
        ("tăng 2,5% so với năm học 2024-2025", "increase_by", 2.5, None, "%"),
        ("có thêm 03 trường đạt chuẩn quốc gia mức độ 2", "increase_by", 3, None, "trường"),
        ("tỷ lệ suy dinh dưỡng giảm còn 3,2%", "le", 3.2, None, "%"),
        ("giảm tỷ lệ thấp còi so với đầu năm học từ 2-4%", "decrease_by_range", 2, 4, "%"),
        ("phấn đấu 65-70% trường đạt chuẩn", "between", 65, 70, "%"),
        ("phấn đấu từ 65% đến 70% trường đạt chuẩn", "between", 65, 70, "%"),
        ("100% (10/10) xã đạt chuẩn", "eq", 100, None, "%"),
        ("12/15 trường (đạt 80%)", "eq", 80, None, "%"),
        ("mỗi đơn vị đăng kí một phần việc", "per_unit", 1, None, "phần việc"),
        ("duy trì 8 xã đạt chuẩn phổ cập", "eq", 8, None, "xã"),
        ("tổ chức chuyên đề ít nhất 01 lần/học kỳ", "ge", 1, None, "lần/học kỳ"),
        ("đầu tư 1,5 tỷ đồng", "eq", 1_500_000_000, None, "đồng"),
    ],
)
def test_target(phrase, comparator, value, value_max, unit):
    assert figures(read_section("CHỈ TIÊU", f"Phổ cập: {phrase}.")) == [(comparator, value, value_max, unit)]


@pytest.mark.parametrize(
    "phrase",
    [
        "tổ chức thi học sinh giỏi lớp 6,7,8",
        "dạy học 2 buổi/ngày cho lớp 3, 4, 5",
        "chăm sóc trẻ 4, 5 tuổi",
        "điều động cán bộ quá 2 nhiệm kỳ tại 01 trường",
        "tiêm đủ 2 mũi",
        "tập huấn mô đun 4",
        "thi đua cụm 1",
        "theo chuẩn IC3, phòng chống COVID-19",
        "giữ chuẩn mức độ 2",
        "hiện nay đã có 94,5% trẻ ra lớp",
    ],
)
def test_what_only_looks_like_a_target(phrase):
    assert figures(read_task(f"Các trường {phrase}.")) == []


def test_results_are_no_targets():
    assert read_section("ĐÁNH GIÁ KẾT QUẢ", "Tổng số trẻ: 6640; tỷ lệ chuyên cần đạt 94,5%.").targets == ()


def test_a_clause_with_two_figures_is_two_targets():
    reading = read_section("MỤC TIÊU", "Huy động nhà trẻ đạt từ 22,6% trở lên, mẫu giáo đạt 98,1%.")
    assert [t.raw for t in reading.targets] == ["Huy động nhà trẻ đạt từ 22,6% trở lên", "mẫu giáo đạt 98,1%"]


def test_a_list_of_investments():
    reading = read_task("Đầu tư thiết bị: 02 phòng LAB, 05 thư viện điện tử, 03 bảng tương tác.")
    assert figures(reading) == [
        ("eq", 2, None, "phòng"),
        ("eq", 5, None, "thư viện"),
        ("eq", 3, None, "bảng"),
    ]


def test_what_does_not_add_up_is_asked_about():
    assert [w.code for w in read_section("CHỈ TIÊU", "12/15 trường (đạt 82%).").warnings] == [
        "parts_disagree"
    ]
    assert [w.code for w in read_section("CHỈ TIÊU", "Đạt 98.5% trẻ ra lớp.").warnings] == ["decimal_point"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("8.411", 8411), ("98,5", 98.5), ("98.5", 98.5), ("02", 2), ("1.234.567,5", 1234567.5)],
)
def test_numbers_the_vietnamese_way(text, value):
    assert number_value(text) == value


@given(st.integers(min_value=0, max_value=10**12))
def test_thousands_are_read_back(number):
    assert number_value(f"{number:,}".replace(",", ".")) == number
