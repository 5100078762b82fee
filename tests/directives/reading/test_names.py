"""Schools and units called by name: kinds of school, lists of names, and names that could not be read."""

import pytest

from .phrases import read_section, read_task


def read(sentence):
    """The role and words of those named in item 1, each once, and the doubts about it."""
    reading = read_task(sentence)
    named = dict.fromkeys((a.role, a.raw) for a in reading.assignments if a.path == "1")
    return list(named), reading.outline[0].doubts


@pytest.mark.parametrize(
    "name",
    [
        "Trường PTDTBT TH&THCS Khe Mây",
        "Trường PTDTBT TH và THCS Khe Mây",
        "Trường PTDTNT THCS&THPT Khe Mây",
        "Trường PTDTNT THCS - THPT huyện Khe Mây",
        "Trường phổ thông dân tộc bán trú Tiểu học Khe Mây",
        "Trường Phổ thông dân tộc bán trú tiểu học và trung học cơ sở Khe Mây",
        "Trường Phổ thông Dân tộc nội trú tỉnh",
        "Trường TH&THCS Khe Mây",
        "Trường TH, THCS và THPT Khe Mây",
        "Trường THCS&THPT Khe Mây",
        "Trường THPT chuyên Ngọc Sơn",
        "Trường chuyên Ngọc Sơn",
        "Trường liên cấp Sao Việt",
        "Trung tâm GDNN-GDTX Khe Mây",
        "Trung tâm GDNN - GDTX xã Khe Mây",
        "Trường Tiểu học Số 1 Đồi Chè",
        "Trường TH số 2",
        "Trường MN Hoa Ban 2",
        "Trường THCS Nguyễn Thị Minh Khai",
        "Trường TH LÊ LỢI",
        "Trường TH 19/8",
        "Trường MN Cư M'gar",
        "Hiệu trưởng Trường THCS Hoa Lư",
        "MN Hoa Ban",
        "Mầm non Hoa Ban",
        "TH và THCS Đồi Chè",
        "PTDTBT TH&THCS Khe Mây",
        "Cụm trường số 2",
        "Cụm chuyên môn THCS số 3",
    ],
)
def test_one_name(name):
    assert read(f"{name} rà soát số liệu.") == ([("do", name)], ())
    assert read(f"Giao {name} rà soát số liệu.") == ([("lead", name)], ())


@pytest.mark.parametrize(
    "names",
    [
        "Trường TH Suối Mây và THCS Suối Mây; MN Hoa Ban, Sao Mai và Hương Chè",
        "Trường Mầm non Hoa Ban, Mầm non Sao Mai",
        "Trường MN Hoa Ban, Trường MN Sao Mai và Trường TH Suối Mây",
        "MN Hoa Ban, TH Suối Mây",
        "TH&THCS Đồi Chè, PTDTBT TH&THCS Khe Mây",
        "Các trường TH Suối Mây, Đồi Chè và THCS Suối Mây",
        "Các trường: MN Hoa Ban; TH Suối Mây",
        "Các trường sau: MN Hoa Ban; TH Suối Mây",
        "Các trường mầm non (Hoa Ban, Sao Mai)",
        "Các trường mầm non: Hoa Ban, Sao Mai",
        "Hiệu trưởng các trường TH Suối Mây, MN Hoa Ban",
        "Trường Mầm non Hoa Ban 2 và các trường tiểu học",
        "Các trường tiểu học và Trường MN Hoa Ban",
        "Các trường TH Suối Mây, THCS Suối Mây và Phòng Văn hóa - Xã hội",
        "Ủy ban nhân dân các xã Suối Mây, Đồi Chè",
        "UBND xã Suối Mây và UBND xã Đồi Chè",
        "UBND xã Suối Mây và xã Đồi Chè",
        "Phòng VH-XH các xã, phường",
        "Phòng VH-XH xã Suối Mây, Phòng VH-XH phường Đồi Chè",
    ],
)
def test_a_list_of_names(names):
    assert read(f"{names} rà soát số liệu.") == ([("do", names)], ())
    assert read(f"Yêu cầu {names} rà soát số liệu.") == ([("do", names)], ())


def test_a_list_ends_where_other_words_begin():
    assert read("Đối với Trường TH Suối Mây, MN Hoa Ban: Tổ chức hội thi.")[0] == [
        ("do", "Trường TH Suối Mây, MN Hoa Ban")
    ]
    assert read("Trường MN Hoa Ban; Tổ chức hội thi.")[0] == []
    assert read("Giao Trường TH Suối Mây 02 phòng học.")[0] == [("lead", "Trường TH Suối Mây")]
    assert read("Trường TH Suối Mây chủ trì, phối hợp với MN Hoa Ban, Sao Mai tổ chức.")[0] == [
        ("do", "Trường TH Suối Mây"),
        ("support", "MN Hoa Ban, Sao Mai"),
    ]


def test_where_a_school_lies_is_no_part_of_its_name():
    assert read("Trường TH Suối Mây, xã Khe Mây rà soát số liệu.")[0] == [("do", "Trường TH Suối Mây")]
    assert read("Giao TH Suối Mây (xã Khe Mây), THCS Đồi Chè (xã Đồi Chè) rà soát số liệu.")[0] == [
        ("lead", "TH Suối Mây"),
        ("lead", "THCS Đồi Chè"),
    ]


def test_words_that_only_look_like_schools():
    assert read("Trường hợp học sinh nghỉ học, cử người đến nhà.")[0] == []


def test_names_in_brackets_are_a_stretch_of_their_own():
    assert read("Giao các trường MN (Hoa Ban, Sao Mai) và các trường TH (Suối Mây) rà soát.")[0] == [
        ("lead", "các trường MN (Hoa Ban, Sao Mai)"),
        ("lead", "các trường TH (Suối Mây)"),
    ]


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("Riêng Trường THCS Hoa Lư nộp trước ngày 15/4/2026.", ("do", "Trường THCS Hoa Lư")),
        ("Đơn vị thực hiện: Trường THCS Hoa Lư.", ("do", "Trường THCS Hoa Lư")),
        ("Đơn vị chủ trì: Trường THCS Hoa Lư.", ("lead", "Trường THCS Hoa Lư")),
        ("Đơn vị phối hợp: Trường THCS Hoa Lư.", ("support", "Trường THCS Hoa Lư")),
        ("Đề nghị đồng chí Hiệu trưởng Trường THCS Hoa Lư nộp.", ("do", "Hiệu trưởng Trường THCS Hoa Lư")),
        ("Trường THCS Hoa Lư: đón đoàn kiểm tra.", ("do", "Trường THCS Hoa Lư")),
        ("Trường THCS Hoa Lư (đồng chí An) đón đoàn kiểm tra.", ("do", "Trường THCS Hoa Lư")),
        ("Đơn vị trực: Trường THCS Hoa Lư.", ("do", "Trường THCS Hoa Lư")),
        ("Đồng chí Hiệu trưởng Trường THCS Hoa Lư nộp.", ("do", "Hiệu trưởng Trường THCS Hoa Lư")),
        ("Đối với 2 trường MN Hoa Ban, Sao Mai: nộp hồ sơ.", ("do", "trường MN Hoa Ban, Sao Mai")),
        (
            "Giao 03 trường MN Hoa Ban, Sao Mai, Hương Chè nộp.",
            ("lead", "trường MN Hoa Ban, Sao Mai, Hương Chè"),
        ),
        ("Chuyên đề do Trường THCS Hoa Lư tổ chức.", ("do", "Trường THCS Hoa Lư")),
    ],
)
def test_what_stands_around_a_name(sentence, named):
    assert read(sentence)[0] == [named]


@pytest.mark.parametrize(
    "kinds",
    ["Các trường PTDTBT, PTDTNT", "Các trường PTDTBT, THPT và Trung tâm GDNN-GDTX", "Các trường chuyên"],
)
def test_kinds_of_school(kinds):
    assert read(f"{kinds} rà soát chế độ.") == ([("do", kinds)], ())


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("Trường PTDTBT TH&THCS Khe Mây rà soát.", [("named", "primary"), ("named", "lower_secondary")]),
        ("Trường THPT chuyên Ngọc Sơn rà soát.", [("named", "upper_secondary")]),
        ("MN Hoa Ban, Sao Mai rà soát.", [("named", "preschool")]),
        ("Các trường PTDTBT rà soát.", [(None, None)]),
        ("Cụm trường số 2 rà soát.", [("cluster", None)]),
        ("Phòng VH-XH các xã, phường rà soát.", [("office", None)]),
    ],
)
def test_what_names_can_be_resolved_to(sentence, kinds):
    assert [(a.kind, a.level) for a in read_task(sentence).assignments if a.path == "1"] == kinds


@pytest.mark.parametrize(
    "sentence",
    [
        "Kiểm tra hồ sơ Trường THCS Hoa Lư.",
        "Các trường (trừ Trường THCS Hoa Lư) rà soát số liệu.",
        "Các trường sau: nộp hồ sơ.",
        "Các trường còn lại tham dự đầy đủ.",
        "Trường THCS Hoa Lư kiểm tra MN Hoa Ban; MN Sao Mai kiểm tra MN Hương Chè.",
        "Trường TH, THCS Suối Mây rà soát số liệu.",
        "Trường song phương Sao Việt rà soát số liệu.",
        "Trường TH Suối Mây và Nông trường Khe Mây rà soát số liệu.",
        "Công nhận MN Hoa Ban, Sao Mai đạt chuẩn.",
        "Trong tuần, cụm trường số 2 sinh hoạt.",
    ],
)
def test_a_name_that_could_not_be_read_is_a_doubt(sentence):
    assert "unread_name" in read(sentence)[1]


@pytest.mark.parametrize(
    "sentence",
    [
        "Các trường rà soát số liệu.",
        "Trường xây dựng kế hoạch.",
        "Tổ chức hội thi tại Trường THCS Hoa Lư.",
        "Các trường cử giáo viên dự chuyên đề của Trường THCS Hoa Lư.",
        "Cử giáo viên bồi dưỡng theo thông báo của Trường Đại học Ngọc Sơn.",
        "Thực hiện Chương trình giáo dục Mầm non mới, cấp THCS và Tiểu học.",
        "Tuyên truyền về biển đảo Trường Sa.",
        "Xây dựng môi trường tiếng Việt, thị trường Việt Nam.",
    ],
)
def test_what_is_no_unread_name(sentence):
    assert "unread_name" not in read(sentence)[1]


def test_names_in_the_details_of_a_task_are_a_doubt():
    reading = read_task("Công nhận thư viện đạt chuẩn. Cụ thể như sau.\n\n- Trường MN Hoa Ban: mức độ 1.")
    assert [(item.path, item.is_task, item.doubts) for item in reading.outline] == [
        ("1", True, ("no_assignee", "unread_name")),
        ("1.b1", False, ()),
    ]


def test_results_name_schools_without_a_doubt():
    reading = read_section("ĐÁNH GIÁ KẾT QUẢ", "Kiểm tra hồ sơ Trường THCS Hoa Lư.")
    assert [item.doubts for item in reading.outline] == [(), ()]
