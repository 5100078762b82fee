"""Marks of state secrets, where they stand by themselves."""

import pytest

from directives.reading import secrecy_of
from tests.directives.samples import LETTER


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("MẬT", "MẬT"),
        ("Độ mật: Tối mật", "TỐI MẬT"),
        ("Phụ lục\n\nTUYỆT MẬT\nDanh sách", "TUYỆT MẬT"),
        ("UBND TỈNH          MẬT", "MẬT"),
        ("mật", "MẬT"),
        ("Bảo mật thông tin học sinh.", None),
        ("Bí mật nhà nước; tài liệu mật được bảo quản riêng.", None),
        (LETTER, None),
        ("", None),
        ("\n".join(["Dòng"] * 60) + "\nMẬT", None),
    ],
)
def test_marks(text, mark):
    assert secrecy_of(text) == mark
