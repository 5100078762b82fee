"""The text of the conclusion notice, in the shape of those that the field issues."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from reports.notice import (
    Absence,
    Conclusion,
    Roll,
    compose,
    notice_subject,
    numbered_tasks,
    recipients,
    roll_sentence,
)
from schools.periods import Named

ROLL = Roll(present=11, absent=(Absence("Trường Mầm non Hoa Ban", "đi tập huấn."),), not_noted=0)


def conclusion(**parts) -> Conclusion:
    values = {
        "office": "Sở GDĐT tỉnh Ngọc Sơn",
        "held_on": dt.date(2026, 12, 8),
        "chair": "Đỗ Thị Lan, Giám đốc",
        "period": Named("month", 2026, 11),
        "roll": ROLL,
        "had_opinions": True,
        "sections": (
            ("Giáo dục mầm non", "Tổng số lớp: 06.\nSố liệu tạm tính."),
            ("Khó khăn", "1. Thiếu nước"),
        ),
        "directions": "1. Trường A gửi báo cáo.\n- kèm số liệu\n3) Các trường rà soát.\nDuy trì sĩ số.",
    }
    return Conclusion(**(values | parts))


def test_the_whole_notice():
    assert compose(conclusion()).split("\n\n") == [
        "Ngày 08/12/2026, Sở GDĐT tỉnh Ngọc Sơn tổ chức Hội nghị giao ban với Hiệu trưởng các trường học "
        "trực "
        "thuộc nhằm đánh giá kết quả thực hiện công tác tháng 11 năm 2026, đồng thời triển khai các nhiệm "
        "vụ trọng "
        "tâm tháng 12 năm 2026.",
        "Thành phần dự họp:",
        "- Lãnh đạo, chuyên viên Sở GDĐT tỉnh Ngọc Sơn.",
        "- Hiệu trưởng các trường học trực thuộc. Có mặt: 11/12. Vắng mặt: 01 (Trường Mầm non Hoa Ban – "
        "đi tập "
        "huấn).",
        "Sau khi nghe các ý kiến tham gia phát biểu và thảo luận tại Hội nghị, đồng chí Đỗ Thị Lan, Giám "
        "đốc kết "
        "luận như sau:",
        "I. ĐÁNH GIÁ KẾT QUẢ THỰC HIỆN NHIỆM VỤ THÁNG 11 NĂM 2026",
        "1. Giáo dục mầm non",
        "Tổng số lớp: 06.",
        "Số liệu tạm tính.",
        "2. Khó khăn",
        "- Thiếu nước",
        "II. PHƯƠNG HƯỚNG, NHIỆM VỤ CÔNG TÁC THÁNG 12 NĂM 2026",
        "1. Trường A gửi báo cáo.",
        "- kèm số liệu",
        "2. Các trường rà soát.",
        "3. Duy trì sĩ số.",
        "Trên đây là đánh giá kết quả thực hiện nhiệm vụ tháng 11 năm 2026, phương hướng, nhiệm vụ công "
        "tác tháng "
        "12 năm 2026. Sở GDĐT tỉnh Ngọc Sơn yêu cầu Hiệu trưởng các trường nêu cao tinh thần trách nhiệm, "
        "chỉ đạo "
        "thực hiện tốt các nhiệm vụ nêu trên. Trong quá trình triển khai, nếu có vướng mắc cần kịp thời "
        "báo cáo về "
        "Sở GDĐT tỉnh Ngọc Sơn để phối hợp giải quyết./.",
    ]


def test_the_roll_adds_up_and_says_what_was_not_noted():
    assert roll_sentence(Roll(44, (), 0)) == "Có mặt: 44/44. Vắng mặt: 0."
    assert roll_sentence(Roll(9, (Absence("Trường A", ""),), 2)) == (
        "Có mặt: 09/12. Vắng mặt: 01 (Trường A). Chưa điểm danh: 02."
    )


def test_a_roll_that_was_not_taken_is_not_counted():
    text = compose(conclusion(roll=Roll(0, (), 12), had_opinions=False, chair=""))
    assert "- Hiệu trưởng các trường học trực thuộc.\n" in text
    assert "Có mặt" not in text
    assert "Sau khi nghe báo cáo và thảo luận tại Hội nghị, đồng chí chủ trì kết luận như sau:" in text


def test_the_notice_is_called_by_the_month_of_its_meeting():
    assert notice_subject(dt.date(2027, 1, 8)) == (
        "Kết luận Hội nghị giao ban Hiệu trưởng các trường học tháng 01/2027"
    )


def test_recipients_are_the_groups_that_the_notice_is_for():
    assert recipients("UBND xã Tả Vân", with_communes=False).splitlines() == [
        "Lãnh đạo UBND xã Tả Vân (c/đ)",
        "Các trường trực thuộc",
        "Lưu: VT",
    ]
    assert recipients("Sở GDĐT", with_communes=True).splitlines() == [
        "Lãnh đạo Sở GDĐT (c/đ)",
        "UBND các xã, phường",
        "Các trường trực thuộc",
        "Lưu: VT",
    ]


def test_communes_are_asked_where_principals_are_told():
    text = compose(conclusion(with_communes=True))
    assert "đề nghị UBND các xã, phường, yêu cầu Hiệu trưởng các trường nêu cao tinh thần" in text


@given(st.lists(st.sampled_from(["1. Rà soát", "7) Rà soát", "Rà soát", "- Rà soát", "a) Rà soát", "  "])))
def test_tasks_are_numbered_without_gaps_and_none_is_lost(lines):
    tasks = numbered_tasks("\n".join(lines))
    assert len(tasks) == sum(bool(line.strip()) for line in lines)
    numbered = [task for task in tasks if task[0].isdigit()]
    assert numbered == [f"{n}. Rà soát" for n in range(1, len(numbered) + 1)]


def test_only_what_numbers_a_line_is_taken_from_it():
    line = "Thực hiện văn bản số 1233/SGDĐT-VP trong năm 2026. Báo cáo (mẫu a) trước ngày 05/12/2026."
    assert numbered_tasks(f"3. {line}\n- {line}") == [f"1. {line}", f"- {line}"]
