"""Cited documents: forms of numbers, dates, kinds."""

import datetime

import pytest

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
