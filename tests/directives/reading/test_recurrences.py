"""How often a recurring time comes."""

import pytest

from directives.reading.model import Recurrence

from .phrases import read_task


@pytest.mark.parametrize(
    ("phrase", "recurrence"),
    [
        ("ít nhất 01 lần/năm học", Recurrence("school_year", 1, at_least=True)),
        ("02 lần/học kỳ", Recurrence("term", 2)),
        ("mỗi tuần một lần", Recurrence("week", 1)),
        ("mỗi tuần 02 buổi", Recurrence("week", 2)),
        ("mỗi tháng một lần", Recurrence("month", 1)),
        ("định kỳ hằng quý", Recurrence("quarter")),
        ("hằng năm", Recurrence("year")),
        ("định kỳ 6 tháng", Recurrence("month", every=6)),
        ("chậm nhất là ngày 05 hằng tháng", Recurrence("month", day=5)),
        ("trước ngày 25 hàng tháng", Recurrence("month", day=24)),
        ("trước ngày 15/7 hằng năm", Recurrence("year", day=14, month=7)),
        ("theo từng năm học", Recurrence("school_year")),
    ],
)
def test_recurrence(phrase, recurrence):
    [time] = read_task(f"Các trường tổ chức sinh hoạt {phrase}.").deadlines
    assert (time.role, time.recurrence) == ("recurrence", recurrence)


def test_what_comes_once_has_none():
    assert read_task("Các trường báo cáo trước ngày 20/4/2026.").deadlines[0].recurrence is None
