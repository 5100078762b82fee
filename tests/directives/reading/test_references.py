"""Cited documents: forms of numbers, dates, kinds."""

import datetime

import pytest

from directives.reading import read_document

from .phrases import read_task


def cited(sentence):
    return [(r.kind, r.number, r.year, r.symbol, r.date) for r in read_task(sentence).references]


@pytest.mark.parametrize(
    ("phrase", "kind", "number", "year", "symbol", "date"),
    [
        ("Kế hoạch số 14/KH-SGD&ĐT ngày 18/01/2023", "ke_hoach", "14", None, "KH-SGD&ĐT", "2023-01-18"),
        ("Kế hoạch 339/KH-UBND ngày 16/12/2022", "ke_hoach", "339", None, "KH-UBND", "2022-12-16"),
        (
            "Nghị định số 71/2020/NĐ-CP ngày 30 tháng 6 năm 2020",
            "nghi_dinh",
            "71",
            2020,
            "NĐ-CP",
            "2020-06-30",
        ),
        ("Công văn số 125/SGD&ĐT-TCCB", "cong_van", "125", None, "SGD&ĐT-TCCB", None),
        ("công văn số 1249/PGDĐT ngày 04/11/2021", "cong_van", "1249", None, "PGDĐT", "2021-11-04"),
        ("Kết luận số 112-KL/TU ngày 03/6/2021", "ket_luan", "112", None, "KL/TU", "2021-06-03"),
        ("24/2026/TT-BGDĐT", "thong_tu", "24", 2026, "TT-BGDĐT", None),
        ("135/QĐ-TTg", "quyet_dinh", "135", None, "QĐ-TTg", None),
        ("7991/BGDĐT-GDTrH", "cong_van", "7991", None, "BGDĐT-GDTrH", None),
        ("Thông tư 22", "thong_tu", "22", None, None, None),
    ],
)
def test_reference(phrase, kind, number, year, symbol, date):
    wanted = (kind, number, year, symbol, datetime.date.fromisoformat(date) if date else None)
    assert cited(f"Thực hiện {phrase} về dạy học.") == [wanted]


@pytest.mark.parametrize(
    "phrase", ["31/39 trường", "2 buổi/ngày", "Chương trình giáo dục phổ thông 2018", "ca 2/3"]
)
def test_what_only_looks_like_a_reference(phrase):
    assert cited(f"Thực hiện {phrase} đúng quy định.") == []


def test_a_date_of_another_clause_is_not_the_references():
    assert cited("Tập huấn theo Công văn số 44/SGDĐT-GDTrH vào ngày 12/11/2026.")[0][4] is None


@pytest.mark.parametrize(
    "phrase", ["Nghị quyết số 02/NQ-TU", "Thông tư số 44/TT-BGDĐT", "Kế hoạch số 5/QĐ-UBND"]
)
def test_a_malformed_number_is_asked_about(phrase):
    assert [w.code for w in read_task(f"Thực hiện {phrase}.").warnings] == ["reference_malformed"]


@pytest.mark.parametrize(
    ("phrase", "issuer"),
    [
        ("Kế hoạch số 88/KH-UBND ngày 15/9/2026 của UBND tỉnh Ngọc Sơn về giáo dục", "UBND tỉnh Ngọc Sơn"),
        (
            "Thông tư số 22/2021/TT-BGDĐT ngày 20/7/2021 của Bộ trưởng Bộ Giáo dục và Đào tạo quy định",
            "Bộ trưởng Bộ Giáo dục và Đào tạo",
        ),
        ("Công văn số 15/SGDĐT-VP của Sở Giáo dục và Đào tạo và các văn bản khác", "Sở Giáo dục và Đào tạo"),
        ("Nghị định số 71/2020/NĐ-CP", "Chính phủ"),
        ("Quyết định số 131/QĐ-TTg ngày 25/01/2022", "Thủ tướng Chính phủ"),
        ("Công văn số 15/SGDĐT-VP ngày 05/01/2026", None),
    ],
)
def test_who_issued_it(phrase, issuer):
    [reference] = read_task(f"Thực hiện {phrase}.").references
    assert reference.issuer == issuer


def test_what_a_document_is_founded_on():
    reading = read_document(
        "Số: 15/KH-SGDĐT\nNgọc Sơn, ngày 10 tháng 3 năm 2026\nKẾ HOẠCH\nCông tác năm 2026\n"
        "Căn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019; Nghị định số 20/2014/NĐ-CP;\n"
        "Bão gây mưa lớn. Thực hiện Công điện số 87/CĐ-TTg, Sở xây dựng kế hoạch.\n"
        "Đã có Công văn số 3/SGDĐT-VP trước đó.\n"
        "1. Các trường thực hiện Quyết định số 5/QĐ-UBND.\n"
    )
    assert [(one.kind, one.number, one.is_basis) for one in reading.references] == [
        ("luat", None, True),
        ("nghi_dinh", "20", True),
        ("cong_dien", "87", True),
        ("cong_van", "3", False),
        ("quyet_dinh", "5", False),
    ]
    assert reading.references[0].date == datetime.date(2019, 6, 14)


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("Đề án “Tăng cường tiếng Việt giai đoạn 2016 - 2020, định hướng đến 2025”", "de_an"),
        ("Đề án ứng xử văn hóa trong trường học giai đoạn 2018 - 2025", "de_an"),
        ("Chương trình phòng, chống ma túy", None),
        ("Chiến lược “Phát triển giáo dục đến năm 2030”", "chien_luoc"),
    ],
)
def test_programmes_by_name(phrase, kind):
    references = read_task(f"Các trường triển khai {phrase}.").references
    assert [(one.kind, one.number, one.raw) for one in references] == ([(kind, None, phrase)] if kind else [])


def test_a_programme_is_told_once_and_the_years_of_its_name_set_no_time():
    reading = read_task(
        "Thực hiện Đề án “Dạy học giai đoạn 2026 - 2030”; sơ kết Đề án “Dạy học giai đoạn 2026 - 2030”."
    )
    assert (len(reading.references), reading.deadlines) == (1, ())


def test_a_short_name_before_a_full_stop():
    assert [one.number for one in read_task("Hồ sơ theo Thông tư 05.").references] == ["05"]
