"""Who must act, and what the words can be resolved to."""

import pytest

from .phrases import read_section, read_task


def who(reading):
    return [
        (a.role, a.kind, a.level, a.raw) for a in reading.assignments if a.path not in ("preamble", "closing")
    ]


@pytest.mark.parametrize(
    ("sentence", "role", "kind", "level", "raw"),
    [
        ("Các trường rà soát số liệu.", "do", "all_schools", None, "Các trường"),
        ("Các trường điều tra phổ cập.", "do", "all_schools", None, "Các trường"),
        ("Hiệu trưởng chịu trách nhiệm.", "do", "all_schools", None, "Hiệu trưởng"),
        ("Các trường THCS tổ chức thi.", "do", "level", "lower_secondary", "Các trường THCS"),
        ("Đối với các trường mầm non: cân đo trẻ.", "do", "level", "preschool", "các trường mầm non"),
        ("Trường THPT Hoa Lư báo cáo.", "do", "named", "upper_secondary", "Trường THPT Hoa Lư"),
        ("Giao Văn phòng Sở theo dõi.", "lead", "department", None, "Văn phòng Sở"),
        ("Giao Phòng Nội vụ theo dõi.", "lead", "office", None, "Phòng Nội vụ"),
        ("Sở Xây dựng thẩm định hồ sơ.", "do", "office", None, "Sở Xây dựng"),
        ("Giao các phòng giáo dục tiểu học.", "lead", "department", None, "các phòng giáo dục tiểu học"),
        ("Cụm trường số 2 tổ chức hội thảo.", "do", "cluster", None, "Cụm trường số 2"),
        ("Giáo viên chủ nhiệm vận động học sinh.", "do", "person", None, "Giáo viên chủ nhiệm"),
        ("Trưởng phòng Nội vụ rà soát biên chế.", "do", "person", None, "Trưởng phòng Nội vụ"),
        ("Giao chỉ tiêu năm học cho các trường THCS.", "do", "level", "lower_secondary", "các trường THCS"),
        ("Phòng Nội vụ là cơ quan Thường trực.", "lead", "office", None, "Phòng Nội vụ"),
        ("Rà soát, phối hợp với trạm y tế phường.", "support", "office", None, "trạm y tế phường"),
        ("Chủ động tham mưu với UBND xã.", "subject", "office", None, "UBND xã"),
        ("Yêu cầu các đơn vị trực thuộc báo cáo.", "do", "all_schools", None, "các đơn vị trực thuộc"),
    ],
)
def test_assignee(sentence, role, kind, level, raw):
    assert who(read_task(sentence)) == [(role, kind, level, raw)]


def test_several_levels_are_an_assignee_each():
    reading = read_task("Các trường mầm non, tiểu học, THCS rà soát số liệu.")
    assert [(a.kind, a.level) for a in reading.assignments if a.path == "1"] == [
        ("level", "preschool"),
        ("level", "primary"),
        ("level", "lower_secondary"),
    ]


def test_principals_and_directors_together():
    sentence = "Yêu cầu Hiệu trưởng các trường THPT, Giám đốc các Trung tâm GDNN-GDTX báo cáo."
    assert [(role, level) for role, _, level, _ in who(read_task(sentence))] == [
        ("do", "upper_secondary"),
        ("do", "continuing"),
    ]


def test_the_author_of_a_letter_is_not_its_assignee():
    reading = read_task("Rà soát số liệu.\n\nSở GD&ĐT yêu cầu các trường thực hiện nghiêm túc./.")
    assert [(a.path, a.raw) for a in reading.assignments] == [("closing", "các trường")]


def test_whoever_heads_an_item_leads_it():
    reading = read_section("TỔ CHỨC THỰC HIỆN", "Phòng Văn hóa - Xã hội\n\nTổng hợp báo cáo.")
    assert who(reading) == [("lead", "office", None, "Phòng Văn hóa - Xã hội")]


@pytest.mark.parametrize("sentence", ["Chất lượng của các trường được nâng cao.", "Sửa chữa trường lớp."])
def test_who_is_only_mentioned_is_not_assigned(sentence):
    assert who(read_task(sentence)) == []


def test_nobody_named_is_a_doubt():
    assert read_task("Tăng cường kiểm tra nội bộ.").outline[0].doubts == ("no_assignee",)
    assert read_task("Các trường tăng cường kiểm tra nội bộ.").outline[0].doubts == ()


def test_a_list_of_heads_ends_with_those_who_are_named_elsewhere():
    sentence = (
        "Chánh Văn phòng UBND huyện, Trưởng phòng Nội vụ và các ông, bà có tên tại Điều 1 chịu trách nhiệm."
    )
    [assignee] = [a for a in read_task(sentence).assignments if a.path == "1"]
    assert assignee.raw == sentence.removesuffix(" chịu trách nhiệm.")
    assert (assignee.role, assignee.rule) == ("do", "sentence_start")


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("Giao Sở Y tế theo dõi.", "words_before"),
        ("Đơn vị thực hiện: các trường.", "words_before"),
        ("Các trường rà soát.", "sentence_start"),
        ("Rà soát; các trường báo cáo.", "sentence_start"),
        ("Tổ chức thi, các trường báo cáo.", "clause_verb"),
    ],
)
def test_each_says_what_told_it(sentence, rule):
    assert [a.rule for a in read_task(sentence).assignments if a.path == "1"] == [rule]
