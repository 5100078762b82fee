"""Tables that were set as lines: what the heads of their columns say."""

import datetime

from directives.reading import read_document

TABLE = """Số: 12/KH-UBND
Ngọc Sơn, ngày 10 tháng 3 năm 2026
KẾ HOẠCH
Chuyển đổi số
I. Lộ trình
STT | Nội dung | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian hoàn thành
1 | Ban hành quy chế năm 2025 | Phòng Nội vụ | Các trường THCS | Tháng 4/2026
2 | Tập huấn giáo viên | Trạm Y tế |  | Quý III/2026
II. Kinh phí
1. Các trường bố trí.
"""


def test_cells_under_heads_that_tell():
    reading = read_document(TABLE)
    assert [(d.path, d.role, d.rule, d.end) for d in reading.deadlines] == [
        ("I", "deadline", "table_column:month", datetime.date(2026, 4, 30)),
        ("I", "deadline", "table_column:quarter", datetime.date(2026, 9, 30)),
    ]
    assert [(a.role, a.raw) for a in reading.assignments if a.path == "I"] == [
        ("lead", "Phòng Nội vụ"),
        ("support", "Các trường THCS"),
        ("lead", "Trạm Y tế"),
    ]
    assert [item.path for item in reading.outline] == ["I", "II", "II.1"]
