"""Letters about reports. Pure: like official papers they are Vietnamese, whoever has them sent."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Reminder:
    """What a reminder speaks of. `reason`: why the report was returned, empty where it never came."""

    unit: str
    office: str
    sender: str
    month: str
    due_on: dt.date
    today: dt.date
    url: str
    reason: str = ""


def reminder_letter(reminder: Reminder) -> tuple[str, str]:
    """Subject and text of a reminder."""
    subject = f"Nhắc nộp báo cáo tháng {reminder.month}: {reminder.unit}"
    lines = [
        f"Kính gửi: {reminder.unit}.",
        "",
        f"{reminder.office} chưa nhận được báo cáo tháng {reminder.month} của đơn vị "
        f"(hạn nộp: {reminder.due_on:%d/%m/%Y}{lateness(reminder.due_on, reminder.today)}).",
    ]
    if reminder.reason:
        lines.append(f"Báo cáo đã được trả lại để chỉnh sửa, lý do: {' '.join(reminder.reason.split())}")
    lines += [
        "",
        f"Đề nghị đơn vị hoàn thành và gửi báo cáo tại: {reminder.url}",
        "Nếu đã gửi, xin bỏ qua thư này.",
        "",
        f"{reminder.sender}",
        reminder.office,
    ]
    return subject, "\n".join(lines)


def lateness(due_on: dt.date, today: dt.date) -> str:
    """ ", đã quá hạn 3 ngày" once the day is over."""
    days = (today - due_on).days
    return f", đã quá hạn {days} ngày" if days > 0 else ""
