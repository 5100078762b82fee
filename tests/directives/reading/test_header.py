"""The letterhead, the addressees, the recipients and the signer."""

import datetime

import pytest

from directives.reading import Recipient, Signer, read_document

from . import samples


def header(text):
    return read_document(text).header


def test_a_letter_pasted_in_columns():
    read = header(samples.LETTER)
    assert (read.doc_type, read.number, read.symbol) == ("cong_van", "1520", "SGDĐT-GDPT")
    assert (read.place, read.issued_on, read.issued_month) == (
        "Ngọc Sơn",
        datetime.date(2026, 12, 3),
        "2026-12",
    )
    assert read.subject == "tăng cường quản lý dạy học và báo cáo số liệu cuối học kỳ I, năm học 2026-2027"
    assert read.addressees == (
        "Ủy ban nhân dân các xã, phường",
        "Các trường trung học phổ thông",
        "Trung tâm GDNN-GDTX tỉnh",
    )
    assert read.recipients == (
        Recipient("Như trên"),
        Recipient("UBND tỉnh", "để b/c"),
        Recipient("Giám đốc Sở", "b/c"),
    )
    assert read.signer == Signer(("KT.",), "PHÓ GIÁM ĐỐC", "Lê Thị Mai Anh")


def test_a_notice():
    read = header(samples.NOTICE)
    assert (read.doc_type, read.number, read.symbol) == ("thong_bao", "07", "TB-VHXH")
    assert read.subject == "Kết luận của Trưởng phòng tại Hội nghị giao ban công tác giáo dục tháng 11/2026"
    assert read.signer == Signer((), "TRƯỞNG PHÒNG", "Hoàng Văn Bình")


def test_a_plan_of_a_committee():
    read = header(samples.PLAN)
    assert (read.doc_type, read.subject) == ("ke_hoach", "Phổ cập giáo dục, xóa mù chữ năm 2026")
    assert read.signer == Signer(("TM.", "KT."), "PHÓ CHỦ TỊCH", "Trần Minh Đức")


def test_a_letter_typed_by_hand():
    read = header(samples.SHORT)
    assert (read.doc_type, read.number, read.symbol, read.issued_on) == ("cong_van", "15", "SGDĐT-GDPT", None)
    assert read.addressees == ("Các trường tiểu học", "trường THCS trên địa bàn tỉnh")
    assert read.recipients == (Recipient("Như trên"),)
    assert read.signer == Signer((), "GIÁM ĐỐC", "Phạm Quốc Khánh")


@pytest.mark.parametrize(
    ("line", "number", "symbol"),
    [
        ("Số: 05/BNV-VP", "05", "BNV-VP"),
        ("Số: 15/TB-SGDĐT", "15", "TB-SGDĐT"),
        ("Số 192-KH/TU", "192", "KH/TU"),
        ("Số: 12/2026/QĐ-UBND", "12", "QĐ-UBND"),
        ("Số: /PGD&ĐT-TCCB", None, "PGD&ĐT-TCCB"),
        ("Số: ……/SGDĐT-VP", None, "SGDĐT-VP"),
        ("Số:       /KH-UBND", None, "KH-UBND"),
        ("S ố: 15/HD-SGDĐT", "15", "HD-SGDĐT"),
        ("Số: 15 / PGD&ĐT - GDTH", "15", "PGD&ĐT-GDTH"),
    ],
)
def test_number_and_symbol(line, number, symbol):
    read = read_document(
        f"{line}\n\nNgọc Sơn, ngày 03 tháng 12 năm 2026\n\nKính gửi: Các trường.\n\n1. Nộp báo cáo."
    )
    assert (read.header.number, read.header.symbol) == (number, symbol)
    assert [w.code for w in read.warnings] == ([] if number else ["number_blank"])


@pytest.mark.parametrize(
    ("line", "issued_on", "month", "codes"),
    [
        ("Ngọc Sơn, ngày 3 tháng 12 năm 2026", datetime.date(2026, 12, 3), "2026-12", []),
        ("Ngọc Sơn, ngày   tháng 12 năm 2026", None, "2026-12", ["date_incomplete"]),
        ("Ngọc Sơn, ngày … tháng … năm 2026", None, None, ["date_incomplete"]),
        ("Ngọc Sơn, ngày 31 tháng 02 năm 2026", None, "2026-02", ["invalid_date", "date_incomplete"]),
    ],
)
def test_place_and_date(line, issued_on, month, codes):
    read = read_document(f"Số: 1/SGDĐT-VP\n\n{line}\n\nKính gửi: Các trường.\n\n1. Nộp báo cáo.")
    assert (read.header.place, read.header.issued_on, read.header.issued_month) == (
        "Ngọc Sơn",
        issued_on,
        month,
    )
    assert [w.code for w in read.warnings] == codes


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("QUYẾT ĐỊNH", "quyet_dinh"),
        ("CHỈ THỊ", "chi_thi"),
        ("HƯỚNG DẪN", "huong_dan"),
        ("BÁO CÁO", "bao_cao"),
        ("TỜ TRÌNH", "to_trinh"),
        ("CHƯƠNG TRÌNH", "chuong_trinh"),
        ("ĐỀ ÁN", "de_an"),
        ("NGHỊ QUYẾT", "nghi_quyet"),
        ("CÔNG ĐIỆN", "cong_dien"),
        ("GIẤY MỜI", "giay_moi"),
    ],
)
def test_kinds(line, kind):
    read = header(f"Số: 1/XX-UBND\n\n{line}\n\nVề công tác năm học\n\nCăn cứ quy định;\n\n1. Một.")
    assert (read.doc_type, read.subject) == (kind, "Về công tác năm học")


def test_the_kind_and_the_subject_on_one_line():
    read = header("THÔNG BÁO KẾT LUẬN\ncủa Giám đốc Sở tại Hội nghị giao ban tháng 11\n\n1. Một.")
    assert (read.doc_type, read.subject) == (
        "thong_bao",
        "KẾT LUẬN của Giám đốc Sở tại Hội nghị giao ban tháng 11",
    )


def test_stamps():
    read = read_document(
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO\nTỐI MẬT\nHOẢ TỐC\nSố: 1/SGDĐT-VP\nKính gửi: Các trường.\n1. Một."
    )
    assert (read.header.secrecy, read.header.urgency) == ("TỐI MẬT", "HỎA TỐC")
    assert "secrecy" in [w.code for w in read.warnings]


def test_the_numbers_of_legal_bases_are_not_the_documents_own():
    read = header("THÔNG BÁO\n\nKết luận giao ban\n\nCăn cứ Kết luận số 112-KL/TU ngày 03/6/2021;\n\n1. Một.")
    assert (read.number, read.symbol) == (None, None)


def test_nothing_recognised():
    read = read_document("Một đoạn văn bất kỳ.")
    assert read.header.doc_type == "other"
    assert [w.code for w in read.warnings] == ["type_unknown", "number_missing", "date_missing", "no_items"]


def test_whom_an_urgent_telegram_is_cabled_to():
    read = header(
        "Số: 03/CĐ-UBND\n\nNgọc Sơn, ngày 07 tháng 9 năm 2026\n\nCÔNG ĐIỆN\nVề việc phòng chống bão\n\n"
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:\n- Giám đốc Sở Y tế;\n- Chủ tịch UBND các xã.\n\n1. Báo cáo."
    )
    assert read.subject == "Về việc phòng chống bão"
    assert read.addressees == ("Giám đốc Sở Y tế", "Chủ tịch UBND các xã")


def test_who_decides_is_no_part_of_the_subject():
    read = header(
        "Số: 03/QĐ-SGDĐT\nNgọc Sơn, ngày 07 tháng 9 năm 2026\nQUYẾT ĐỊNH\nBan hành Quy chế\nlàm việc\n"
        "GIÁM ĐỐC SỞ GIÁO DỤC VÀ ĐÀO TẠO\nCăn cứ Luật Giáo dục;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành Quy chế."
    )
    assert read.subject == "Ban hành Quy chế làm việc"


def test_addressees_on_lines_without_dashes():
    read = header(
        "Số: 3/SGDĐT-VP\nKính gửi:\nPhòng GDTH;\nCác trường tiểu học1.\nThực hiện kế hoạch:\n1. Nộp."
    )
    assert read.addressees == ("Phòng GDTH", "Các trường tiểu học")


@pytest.mark.parametrize(
    ("lines", "signer"),
    [
        ("Nơi nhận: KT. GIÁM ĐỐC\n- Như trên; PHÓ GIÁM ĐỐC\n- Lưu: VT. Lê Thị Mai", ("KT.", "PHÓ GIÁM ĐỐC")),
        ("Nơi nhận: HIỆU TRƯỞNG\n- Như trên;\n- Lưu: VT.\nLê Thị Mai", (None, "HIỆU TRƯỞNG")),
        (
            "Nơi nhận:\n- Như trên;\n- Lưu.\nK/T TRƯỞNG PHÒNG\nPHÓ TRƯỞNG PHÒNG\nLê Thị Mai",
            ("KT.", "PHÓ TRƯỞNG PHÒNG"),
        ),
        (
            "Nơi nhận:\n- Như trên;\n- Lưu.\nTL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\n"
            "(Đã ký)\nLê Thị Mai",
            ("TL.", "KT.", "PHÓ CHÁNH VĂN PHÒNG"),
        ),
    ],
)
def test_columns_that_a_scan_merged_and_lines_of_authority(lines, signer):
    read = header(f"Số: 3/SGDĐT-VP\nKính gửi: Các trường.\n1. Nộp báo cáo./.\n{lines}\n")
    assert read.recipients == (Recipient("Như trên"),)
    assert read.signer == Signer(tuple(filter(None, signer[:-1])), signer[-1], "Lê Thị Mai")


def test_an_office_after_a_recipient_is_no_name():
    read = header(
        "Số: 3/SGDĐT-VP\nKính gửi: Các trường.\n1. Nộp./.\nNơi nhận:\n- Như trên; Công An Tỉnh\n- Lưu: VT.\n"
        "GIÁM ĐỐC\nLê Thị Mai\n"
    )
    assert read.signer.name == "Lê Thị Mai"
