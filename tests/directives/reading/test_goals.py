"""Targets: their words, what they are measured against, their parts, whose they are."""

import pytest

from directives.reading.scopes import levels_of

from .phrases import read_section, read_task


def only(reading):
    [target] = reading.targets
    return target


@pytest.mark.parametrize(
    ("phrase", "comparator", "value", "value_max", "unit"),
    [
        ("có 11/14 xã đạt chuẩn phổ cập", "eq", 11, None, "xã"),
        ("có từ 5 đến 7 sáng kiến", "between", 5, 7, "sáng kiến"),
        ("nâng tỷ lệ trường đạt chuẩn từ 45% lên 60%", "eq", 60, None, "%"),
        ("tỷ lệ suy dinh dưỡng giảm từ 4,2% xuống còn 3,5%", "le", 3.5, None, "%"),
        ("không để lớp học vượt quá 35 học sinh/lớp", "le", 35, None, "học sinh/lớp"),
        ("đường truyền tối thiểu 200 Mbps", "ge", 200, None, "mbps"),
        ("huy động 28,5% trẻ nhà trẻ trở lên", "ge", 28.5, None, "%"),
        ("85% học sinh xếp loại Khá trở lên", "eq", 85, None, "%"),
        ("70% giáo viên có trình độ đại học trở lên", "eq", 70, None, "%"),
        ("mỗi cán bộ, giáo viên có một đổi mới", "per_unit", 1, None, "đổi"),
    ],
)
def test_figures_of_the_grammar(phrase, comparator, value, value_max, unit):
    target = only(read_section("CHỈ TIÊU", f"Giáo dục: {phrase}."))
    assert (target.comparator, target.value, target.value_max, target.unit) == (
        comparator,
        value,
        value_max,
        unit,
    )


@pytest.mark.parametrize("phrase", ["xếp thứ 4/18", "31/39 tham gia", "mỗi tuần 02 buổi", "5/3 trường"])
def test_ranks_attendance_and_frequencies_are_no_targets(phrase):
    assert read_section("CHỈ TIÊU", f"Phong trào {phrase}.").targets == ()


def test_a_count_that_goes_on_is_compared_as_the_one_before():
    reading = read_task("Sĩ số không quá 35 học sinh/lớp đối với tiểu học và 45 học sinh/lớp đối với THCS.")
    assert [(t.comparator, t.value, t.scope) for t in reading.targets] == [
        ("le", 35, "tiểu học"),
        ("le", 45, "THCS"),
    ]


@pytest.mark.parametrize(
    ("phrase", "baseline"),
    [
        ("tăng 2,5% so với năm học 2024-2025", "năm học 2024-2025"),
        ("giảm so với đầu năm học từ 2-4%", "đầu năm học"),
        ("nâng tỷ lệ từ 45% lên 60%", "45%"),
        ("đạt 60%", None),
    ],
)
def test_what_it_is_measured_against(phrase, baseline):
    assert only(read_section("CHỈ TIÊU", f"Tỷ lệ {phrase}.")).baseline == baseline


def test_parts_hang_under_the_target_before_trong_do():
    reading = read_section(
        "CHỈ TIÊU", "Có 09 trường đạt chuẩn (lũy kế), trong đó: Mầm non 05 trường, THCS 04 trường."
    )
    whole, *parts = reading.targets
    assert (whole.value, whole.cumulative, whole.within) == (9, True, None)
    assert [(p.value, p.within, p.levels) for p in parts] == [
        (5, whole.span, ("preschool",)),
        (4, whole.span, ("lower_secondary",)),
    ]
    assert reading.warnings == ()


def test_parts_in_brackets_end_with_them():
    reading = read_section(
        "CHỈ TIÊU", "Trên 99% học sinh hoàn thành (trong đó Tốt trên 34%); 100% trẻ ra lớp."
    )
    first, part, last = reading.targets
    assert (part.within, last.within) == (first.span, None)


def test_parts_that_do_not_make_up_their_whole_are_asked_about():
    reading = read_section("CHỈ TIÊU", "Có 09 trường đạt chuẩn, trong đó: Mầm non 05 trường, THCS 03 trường.")
    [warning] = reading.warnings
    assert (warning.code, warning.span) == ("parts_disagree", reading.targets[0].span)


def test_what_is_said_again_in_other_figures_is_one_target():
    assert only(read_section("CHỈ TIÊU", "Đạt 64,9% (tương đương 392 trường).")).value == 64.9


def test_counts_beside_a_share():
    target = only(read_section("CHỈ TIÊU", "Duy trì 16/16 xã, thị trấn đạt chuẩn cho trẻ 5 tuổi (đạt 100%)."))
    assert (target.value, target.part, target.whole) == (100, 16, 16)
    assert target.raw.endswith("(đạt 100%)")


def test_a_long_clause_is_narrowed_to_what_stands_between_commas():
    long = (
        "rà soát, cử giáo viên tham gia đào tạo nâng trình độ chuẩn theo lộ trình đã được phê duyệt của tỉnh"
    )
    target = only(read_task(f"Các trường {long}, bảo đảm có 92% giáo viên các môn lớp 3, 4, 5 đạt chuẩn."))
    assert target.raw == "bảo đảm có 92% giáo viên các môn lớp 3, 4, 5 đạt chuẩn"


@pytest.mark.parametrize(
    ("words", "levels"),
    [
        ("trẻ mẫu giáo", ("preschool",)),
        ("trẻ ra lớp", ()),
        ("học sinh lớp 5", ("primary",)),
        ("học sinh lớp 9 vào lớp 10", ("lower_secondary",)),
        ("lớp 12", ("upper_secondary",)),
        ("trẻ 11 tuổi hoàn thành chương trình tiểu học", ("primary",)),
        ("trường TH&THCS", ("primary", "lower_secondary")),
        ("giáo viên", ()),
    ],
)
def test_levels_of_schooling(words, levels):
    assert levels_of(words) == levels


@pytest.mark.parametrize(
    ("sentence", "levels", "scope"),
    [
        ("Huy động trẻ ra lớp 6: 99%.", ("lower_secondary",), "Huy động trẻ ra lớp 6"),
        ("Mầm non: tỷ lệ chuyên cần đạt 95%.", ("preschool",), "Mầm non"),
        ("Xếp loại học lực: Giỏi từ 12%; Hạnh kiểm: Tốt 90%.", ("lower_secondary",), "Hạnh kiểm"),
        ("Đối với trường chuẩn mức độ 2 đạt 99%.", ("lower_secondary",), "trường chuẩn mức độ 2"),
        ("Các trường còn lại đạt 98%.", ("lower_secondary",), "Các trường còn lại"),
        ("Lên lớp đạt 98%.", ("lower_secondary",), "CHỈ TIÊU CẤP THCS"),
    ],
)
def test_whose_a_target_is(sentence, levels, scope):
    target = read_section("CHỈ TIÊU CẤP THCS", sentence).targets[-1]
    assert (target.levels, target.scope) == (levels, scope)


def test_wishes_and_attendance_set_no_targets():
    assert read_section("KIẾN NGHỊ, ĐỀ XUẤT", "Phòng bổ sung 02 giáo viên.").targets == ()
    assert read_task("Thành phần: mỗi trường 01 đại biểu.").targets == ()


def test_children_are_those_of_preschools_where_no_level_is_told():
    assert read_section("CHỈ TIÊU", "Trẻ ra lớp đạt 99%.").targets[0].levels == ("preschool",)


def test_a_figure_by_itself_takes_its_label_along():
    targets = read_section("CHỈ TIÊU", "Danh hiệu: 02 bằng khen; Tập thể xuất sắc: 08 tập thể.").targets
    assert [target.raw for target in targets] == ["Danh hiệu: 02 bằng khen", "Tập thể xuất sắc: 08 tập thể"]
