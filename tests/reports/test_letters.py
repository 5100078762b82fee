"""What a reminder says, and who signs a report as what."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.letters import Reminder, lateness, reminder_letter
from reports.signing import signed_as

REMINDER = Reminder(
    unit="Trường Tiểu học Suối Mây",
    office="UBND xã Suối Mây",
    sender="Giàng A Sơn",
    period="tháng 11/2026",
    due_on=dt.date(2026, 12, 5),
    today=dt.date(2026, 12, 8),
    url="https://ngocson.example/reports/7/",
)


def test_a_reminder_says_what_is_owed_since_when_and_where():
    subject, body = reminder_letter(REMINDER)
    assert subject == "Nhắc nộp báo cáo tháng 11/2026: Trường Tiểu học Suối Mây"
    assert body.splitlines() == [
        "Kính gửi: Trường Tiểu học Suối Mây.",
        "",
        "UBND xã Suối Mây chưa nhận được báo cáo tháng 11/2026 của đơn vị (hạn nộp: 05/12/2026, đã quá hạn "
        "3 ngày).",
        "",
        "Đề nghị đơn vị hoàn thành và gửi báo cáo tại: https://ngocson.example/reports/7/",
        "Nếu đã gửi, xin bỏ qua thư này.",
        "",
        "Giàng A Sơn",
        "UBND xã Suối Mây",
    ]


def test_a_returned_report_is_reminded_with_its_reason():
    _, body = reminder_letter(replace(REMINDER, reason="Sĩ số\nlệch"))
    assert "trả lại để chỉnh sửa, lý do: Sĩ số lệch" in body


@given(st.integers(min_value=-400, max_value=400))
def test_lateness_counts_from_the_day_after(days):
    due = dt.date(2026, 12, 5)
    said = lateness(due, due + dt.timedelta(days=days))
    assert said == (f", đã quá hạn {days} ngày" if days > 0 else "")


SIGNED = [
    ("principal", "", False, False, ("HIỆU TRƯỞNG",)),
    ("principal", "", False, True, ("HIỆU TRƯỞNG",)),
    ("principal", "", True, False, ("Q. HIỆU TRƯỞNG",)),
    ("principal", "", True, True, ("KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG")),
    ("leader", "TRƯỞNG PHÒNG", False, False, ("TRƯỞNG PHÒNG",)),
    ("leader", "", False, False, ("THỦ TRƯỞNG CƠ QUAN",)),
    ("staff", "TRƯỞNG PHÒNG", False, False, ("TL. TRƯỞNG PHÒNG", "CÁN BỘ PHỤ TRÁCH")),
]


@pytest.mark.parametrize(("role", "title", "acting", "beside", "lines"), SIGNED)
def test_who_signs_as_what(role, title, acting, beside, lines):
    assert signed_as(role=role, head_title=title, is_acting=acting, beside_head=beside) == lines
