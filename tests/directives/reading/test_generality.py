"""What other offices say otherwise: names of offices, parts of months, results, lists in a line."""

import datetime

import pytest

from directives.reading import read_document

from .phrases import read_section, read_task


def who(reading):
    return [(a.role, a.kind, a.raw) for a in reading.assignments if a.path not in ("preamble", "closing")]


def times(reading):
    return [(d.role, str(d.start or ""), str(d.end or "")) for d in reading.deadlines]


def figures(reading):
    return [(t.comparator, t.value, t.value_max, t.unit) for t in reading.targets]


def cited(reading):
    return [(r.number, r.symbol, str(r.date or "")) for r in reading.references if r.rule != "named"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Bộ phận Thi đua tổng hợp hồ sơ.", [("do", "department", "Bộ phận Thi đua")]),
        ("Tổ Mầm non chỉ đạo mô hình điểm.", [("do", "department", "Tổ Mầm non")]),
        (
            "Phòng Chính trị tư tưởng - Học sinh sinh viên tham mưu kế hoạch.",
            [("do", "department", "Phòng Chính trị tư tưởng - Học sinh sinh viên")],
        ),
        (
            "Các phòng Giáo dục Mầm non, Giáo dục Tiểu học: hướng dẫn theo cấp học.",
            [("do", "department", "Các phòng Giáo dục Mầm non, Giáo dục Tiểu học")],
        ),
        ("Trung tâm Văn hóa huyện hỗ trợ sân bãi.", [("do", "office", "Trung tâm Văn hóa huyện")]),
        ("Rà soát hạ tầng, phối hợp với Viettel Ngọc Sơn kiểm tra.", [("support", None, "Viettel Ngọc Sơn")]),
        ("Cụm Đông Bắc tổ chức hội thảo.", [("do", "cluster", "Cụm Đông Bắc")]),
        ("Cụm chuyên môn số 1, số 2 tổ chức.", [("do", "cluster", "Cụm chuyên môn số 1, số 2")]),
        ("Phòng Giáo dục Mầm non (Sở GDĐT) kiểm tra.", [("do", "department", "Phòng Giáo dục Mầm non")]),
        ("Các trường thuộc cụm ven sông rà soát bếp ăn.", [("do", None, "Các trường")]),
        ("Các đơn vị chưa hoàn thành khẩn trương báo cáo.", [("do", None, "Các đơn vị")]),
        ("Các trường đã hoàn thành báo cáo.", []),
        ("Các trường cho học sinh nghỉ học.", [("do", "all_schools", "Các trường")]),
        ("Giao đồng chí Lê Văn Ban - Phó Trưởng phòng.", [("lead", "person", "đồng chí Lê Văn Ban")]),
        (
            "Đồng chí Lê Thị Hoa, chuyên viên phụ trách mầm non, theo dõi.",
            [("do", "person", "Đồng chí Lê Thị Hoa, chuyên viên phụ trách mầm non")],
        ),
        (
            "Chánh Văn phòng, Trưởng các phòng thuộc Sở chịu trách nhiệm thi hành.",
            [("do", "person", "Chánh Văn phòng, Trưởng các phòng thuộc Sở")],
        ),
        (
            "Trường THPT Suối Mây (chủ trì), THPT Khe Mây xây dựng đề.",
            [("lead", "named", "Trường THPT Suối Mây"), ("do", "named", "THPT Khe Mây")],
        ),
        (
            "Riêng 02 trường kỷ niệm thành lập (TH Khe Mây, MN Hoa Ban) gửi kịch bản.",
            [("do", "named", "TH Khe Mây, MN Hoa Ban")] * 2,
        ),
        (
            "Đơn vị chủ trì: Phòng GDMN; đơn vị phối hợp: Phòng KHTC.",
            [("lead", "department", "Phòng GDMN"), ("support", "department", "Phòng KHTC")],
        ),
        (
            "Công an tỉnh, Ban An toàn giao thông tuyên truyền.",
            [("do", "office", "Công an tỉnh, Ban An toàn giao thông")],
        ),
        ("Trường MN Hoa Ban, Trạm Lộ đón đoàn.", [("do", "named", "Trường MN Hoa Ban, Trạm Lộ")]),
        ("Phòng Giáo dục thường xuyên là đầu mối.", []),
        ("Phòng Giáo dục thường xuyên hướng dẫn.", [("do", "department", "Phòng Giáo dục thường xuyên")]),
        ("Trao đổi đề (cụm 1: THPT Suối Mây; cụm 2: THPT Khe Mây).", []),
        ("Văn phòng phẩm được cấp đủ.", []),
        ("Tổ chức chuyên đề tại phòng họp số 2.", []),
        ("TỔ CHỨC HỘI THI CẤP XÃ.", []),
    ],
)
def test_who_acts(sentence, expected):
    assert who(read_task(sentence)) == expected


def test_names_after_a_count_are_those_named():
    reading = read_task("Yêu cầu Hiệu trưởng 02 trường: MN Hoa Ban, TH Khe Mây giải trình.")
    assert {kind for _, kind, _ in who(reading)} == {"named"}
    assert reading.targets == ()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Hoàn thành đầu tháng 5/2026.", [("deadline", "2026-05-01", "2026-05-31")]),
        ("Họp vào trung tuần tháng 4.", [("schedule", "2026-04-01", "2026-04-30")]),
        ("Tổ chức hội khỏe, dự kiến tháng 11/2026.", [("schedule", "2026-11-01", "2026-11-30")]),
        (
            "Quý II/2026: thiết kế; Quý III/2026: khởi công.",
            [("schedule", "2026-04-01", "2026-06-30"), ("schedule", "2026-07-01", "2026-09-30")],
        ),
        ("Thời gian: Tháng 4 - tháng 6/2026.", [("schedule", "2026-04-01", "2026-06-30")]),
        ("Ôn tập từ tháng 11 đến tháng 2/2027.", [("schedule", "2026-11-01", "2027-02-28")]),
        ("Ôn tập trong các tháng 4, 5/2026.", [("deadline", "2026-04-01", "2026-05-31")]),
        ("Thi trong các ngày 15, 16 và 17/4/2026.", [("deadline", "2026-04-15", "2026-04-17")]),
        ("Từ ngày 01 đến ngày 15 tháng 4 năm 2026 thi.", [("schedule", "2026-04-01", "2026-04-15")]),
        ("Chấm thi vòng tỉnh: 08-10/4/2026.", [("schedule", "2026-04-08", "2026-04-10")]),
        ("Gửi báo cáo (hạn 15/4).", [("deadline", "", "2026-04-15")]),
        ("Đến cuối năm 2026 hoàn thành.", [("deadline", "", "2026-12-31")]),
        ("Báo cáo trước ngày 15 tháng 9 hằng năm.", [("recurrence", "", "")]),
        ("Báo cáo chậm nhất ngày 05 của tháng kế tiếp.", [("recurrence", "", "")]),
        ("Báo cáo trước ngày 25 của tháng cuối quý.", [("recurrence", "", "")]),
        ("Thi Toán bằng tiếng Anh ngày 17/4.", [("schedule", "2026-04-17", "2026-04-17")]),
        ("Bồi dưỡng hè đã thực hiện xong trong tháng 2/2026.", []),
        ("Giải ngân tính đến 28/02/2026 còn thấp.", []),
        ("Trình HĐND tại kỳ họp cuối năm.", []),
        ("Nhập dữ liệu cuối năm lên hệ thống.", []),
        (
            "Nộp bản giấy ngày 10/4/2026, bản mềm trước 17h cùng ngày.",
            [("deadline", "2026-04-10", "2026-04-10"), ("deadline", "", "2026-04-10")],
        ),
        ("Khai mạc vào hồi 14 giờ 00, ngày 12 tháng 4 năm 2026.", [("schedule", "2026-04-12", "2026-04-12")]),
    ],
)
def test_times(sentence, expected):
    assert times(read_task(sentence)) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Từ 98% học sinh lớp 3 trở lên học Tin học.", [("ge", 98, None, "%")]),
        ("80% học sinh lớp 3 trở lên biết bơi.", [("eq", 80, None, "%")]),
        ("Giảm tỷ lệ hộ nghèo từ 1-1,5%.", [("decrease_by_range", 1, 1.5, "%")]),
        ("Tỷ lệ trẻ thấp còi chỉ còn 2,8%.", [("le", 2.8, None, "%")]),
        ("Tỷ lệ trẻ thấp còi còn dưới 2,8%.", [("lt", 2.8, None, "%")]),
        ("Mỗi đơn vị dự thi không quá 10 học sinh/môn.", [("le", 10, None, "học sinh/môn")]),
        ("Điểm thi tăng ít nhất 0,2 điểm.", [("increase_by", 0.2, None, "điểm")]),
        ("Bồi dưỡng tối thiểu 02 buổi/tuần.", [("ge", 2, None, "buổi/tuần")]),
        ("Học 2 buổi/ngày.", []),
        ("Cơ sở có dưới 7 trẻ thực hiện theo Thông tư.", []),
        ("Năm 2025, tỷ lệ tốt nghiệp đạt 98,1%, tăng 0,3% so với năm 2024.", []),
        ("Năm 2025 đạt 82%; phấn đấu năm 2026 đạt 85%.", [("eq", 85, None, "%")]),
        ("Năm 2026, tỷ lệ tốt nghiệp của tỉnh là 98,1%, xếp thứ 41/63.", []),
        ("Năm 2026, phấn đấu tỷ lệ tốt nghiệp là 98,1%.", [("eq", 98.1, None, "%")]),
        ("Cử giáo viên đi học. Năm 2027: 15 người.", [("eq", 15, None, "người")]),
        ("Xếp trong tốp 10 trường đạt kết quả cao.", []),
    ],
)
def test_figures(sentence, expected):
    assert figures(read_task(sentence)) == expected


def test_counts_under_words_that_invest():
    reading = read_task("Đầu tư xây dựng:\n\n+ 86 phòng học, 42 phòng bộ môn;\n\n+ 12 nhà đa năng.")
    assert [value for _, value, _, _ in figures(reading)] == [86, 42, 12]


def test_a_heading_that_directs_somebody_is_no_purpose():
    asked = read_section("YÊU CẦU CÁC ĐƠN VỊ", "Các trường rà soát số liệu.")
    assert who(asked)[-1] == ("do", "all_schools", "Các trường")
    assert who(read_section("YÊU CẦU", "Các trường rà soát số liệu.")) == []


def test_registered_titles_are_targets():
    reading = read_section("ĐĂNG KÝ DANH HIỆU THI ĐUA", "Lao động tiên tiến: 58 người.")
    assert figures(reading) == [("eq", 58, None, "người")]


REGISTERING = """Số: 15/THPT

Ngọc Sơn, ngày 10 tháng 3 năm 2026

Kính gửi: Sở Giáo dục và Đào tạo.

Thực hiện kế hoạch năm học, {words} như sau:

1. Học sinh giỏi: 12 giải.
"""


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Trường THPT Suối Mây đăng ký các chỉ tiêu thi đua", 1),
        ("Sở yêu cầu các trường đăng ký chỉ tiêu thi đua", 0),
        ("Sở hướng dẫn các trường tự đánh giá, đăng ký công nhận trường đạt chuẩn quốc gia", 0),
    ],
)
def test_a_letter_that_registers_sets_targets(words, found):
    assert len(read_document(REGISTERING.format(words=words)).targets) == found


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Theo Chỉ thị số 31/CT-TTg của Thủ tướng Chính phủ ngày 04/12/2019.",
            ("31", "CT-TTg", "2019-12-04"),
        ),
        ("Theo Nghị quyết số 29-NQ/TW của BCH TW (khóa XI) ngày 04/11/2013.", ("29", "NQ/TW", "2013-11-04")),
        ("Theo Công văn số 2345 ngày 12/02/2026 của Sở.", ("2345", None, "2026-02-12")),
        ("Theo Kế hoạch số 56 ngày 20/01/2026 của UBND huyện.", ("56", None, "2026-01-20")),
        ("Theo Kế hoạch số 56/KH-UBND của UBND huyện về thi ngày 20/4/2026.", ("56", "KH-UBND", "")),
    ],
)
def test_citations(sentence, expected):
    assert cited(read_task(sentence)) == [expected]


def test_a_list_within_a_paragraph_is_items():
    reading = read_task(
        "Yêu cầu: (i) các trường rà soát số liệu trước ngày 20/3/2026; (ii) tổng hợp;\n(iii) báo cáo."
    )
    assert [item.path for item in reading.outline] == ["1", "1.i", "1.ii", "1.iii"]
    assert [(d.path, d.end) for d in reading.deadlines] == [("1.i", datetime.date(2026, 3, 19))]


@pytest.mark.parametrize(
    "sentence",
    [
        "Thực hiện các điểm (i), (ii) của Kế hoạch.",
        "Thực hiện nội dung tại mục (i) và mục (ii) của Kế hoạch.",
        "Chỉ có (i) một việc.",
    ],
)
def test_numbers_that_are_only_named_are_no_items(sentence):
    assert [item.path for item in read_task(sentence).outline] == ["1"]


def test_a_bullet_may_begin_with_a_share_under_a_heading():
    reading = read_task("Đội ngũ\n- 100% giáo viên đạt chuẩn.\n- Bố trí đủ giáo viên.")
    assert [item.path for item in reading.outline] == ["1", "1.b1", "1.b2"]


def test_a_heading_may_end_with_what_else_goes_on():
    reading = read_task("Tồn tại\n\nCòn trường nộp báo cáo muộn.")
    assert reading.outline[0].head == "Tồn tại"


def test_one_two_three():
    reading = read_task("Giải pháp\n\nMột là, rà soát.\n\nHai là: kiểm tra.\n\nBa là những việc khác.")
    assert [item.path for item in reading.outline] == ["1", "1.1", "1.2"]


def test_letters_with_a_comma():
    reading = read_task("Kiểm tra\n\na, Tổ chức khảo sát.\n\nb, Báo cáo kết quả.")
    assert [item.path for item in reading.outline] == ["1", "1.a", "1.b"]


def test_the_last_article_keeps_who_executes_it():
    decision = (
        "Số: 15/QĐ-UBND\n\nNgọc Sơn, ngày 10 tháng 3 năm 2026\n\nQUYẾT ĐỊNH\n\nVề việc giao nhiệm vụ\n\n"
        "Điều 1. Giao nhiệm vụ.\n\nĐiều 2. Quyết định có hiệu lực từ ngày ký.\n\n"
        "Trưởng phòng Nội vụ chịu trách nhiệm thi hành./.\n"
    )
    assert [(a.path, a.raw) for a in read_document(decision).assignments] == [("2", "Trưởng phòng Nội vụ")]


def test_the_motto_ends_a_subject_and_a_short_date_is_one():
    letter = (
        "XÃ KHE MÂY\nSố: 76/UBND-VHXH\nV/v triển khai một số nhiệm vụ\ntháng 11\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nKhe Mây, ngày 12/11/2025\n\n"
        "Kính gửi: Các trường.\n\n1. Báo cáo./.\n\n"
        "KT/CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nĐã ký: Lê Thị Hoa Ban\n"
    )
    header = read_document(letter).header
    assert header.subject == "triển khai một số nhiệm vụ\ntháng 11".replace("\n", " ")
    assert (header.place, str(header.issued_on)) == ("Khe Mây", "2025-11-12")
    assert (header.signer.authority, header.signer.name) == (("KT.",), "Lê Thị Hoa Ban")


@pytest.mark.parametrize(
    "office",
    [
        "Sở Giáo dục và Đào tạo",
        "Phòng Kế hoạch - Tài chính",
        "Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên Ngọc Sơn",
    ],
)
@pytest.mark.parametrize("how", ["chậm nhất ngày 15/12/2026", "khẩn trương", "định kỳ hằng quý"])
def test_the_name_of_an_office_ends_before_when_and_how(office, how):
    reading = read_document(f"Số: 1/KH-SGDĐT\n\n1. {office} {how} gửi danh sách.")
    assert [one.raw for one in reading.assignments] == [office]
