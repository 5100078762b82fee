"""Letters about reports. Pure: like official papers they are Vietnamese, whoever has them sent."""

import datetime as dt
from dataclasses import dataclass

from reports.wording import excerpt


@dataclass(frozen=True)
class Reminder:
    """What a reminder speaks of. `reason`: why the report was returned, empty where it never came."""

    unit: str
    office: str
    sender: str
    period: str
    due_on: dt.date
    today: dt.date
    url: str
    reason: str = ""


def reminder_letter(reminder: Reminder) -> tuple[str, str]:
    """Subject and text of a reminder."""
    subject = f"Nhắc nộp báo cáo {reminder.period}: {reminder.unit}"
    lines = [
        f"Kính gửi: {reminder.unit}.",
        "",
        f"{reminder.office} chưa nhận được báo cáo {reminder.period} của đơn vị "
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


def reminder_message(reminder: Reminder) -> str:
    """The same for a telephone."""
    late = lateness(reminder.due_on, reminder.today)
    return (
        f"{reminder.office} nhắc: {reminder.unit} chưa nộp báo cáo {reminder.period}, "
        f"hạn {reminder.due_on:%d/%m/%Y}{late}. Gửi tại {reminder.url}"
    )


def lateness(due_on: dt.date, today: dt.date) -> str:
    """ ", đã quá hạn 3 ngày" once the day is over."""
    days = (today - due_on).days
    return f", đã quá hạn {days} ngày" if days > 0 else ""


# --- what a person is reminded of on one day ----------------------------------------------------------------

# A short message names no more than this; the rest is counted.
MOST_IN_MESSAGE = 2


@dataclass(frozen=True)
class Item:
    """One thing that is to be done. `times`: how often it was reminded of after its deadline; `what` begins
    with a small letter."""

    unit: str
    what: str
    deadline: dt.date
    times: int
    url: str

    def is_overdue(self, today: dt.date) -> bool:
        return self.deadline < today


@dataclass(frozen=True)
class Digest:
    """All that one person is told on one day: of their own units, and of those beneath their office."""

    name: str
    own: tuple[Item, ...]
    beneath: tuple[Item, ...]
    today: dt.date
    portal: str

    @property
    def counts(self) -> str:
        """ "02 việc đến hạn, 01 việc quá hạn": how much there is of each, without what there is none of."""
        overdue = sum(item.is_overdue(self.today) for item in self.own)
        parts = [
            (len(self.own) - overdue, "việc đến hạn"),
            (overdue, "việc quá hạn"),
            (len(self.beneath), "việc quá hạn của đơn vị trực thuộc"),
        ]
        return ", ".join(f"{count:02d} {words}" for count, words in parts if count)


def digest_letter(digest: Digest) -> tuple[str, str]:
    """Subject and text of the day's letter."""
    subject = f"Nhắc việc ngày {digest.today:%d/%m/%Y}: {digest.counts}"
    lines = [f"Kính gửi: {digest.name}.", ""]
    for unit in dict.fromkeys(item.unit for item in digest.own):
        lines.append(f"{unit}:")
        lines += [item_line(item, digest.today) for item in digest.own if item.unit == unit]
        lines.append("")
    if digest.beneath:
        lines.append("Các đơn vị trực thuộc đã được nhắc nhiều lần nhưng chưa thực hiện:")
        lines += [item_line(item, digest.today, named=True) for item in digest.beneath]
        lines.append("")
    lines += [
        "Việc đã gửi hoặc đã xong thì xin bỏ qua.",
        f"Chọn cách nhận nhắc việc: {digest.portal.rstrip('/')}/account/reminders/",
    ]
    return subject, "\n".join(lines)


def item_line(item: Item, today: dt.date, *, named: bool = False) -> str:
    """A line of it: what, by when, how late, where."""
    times = f", đã nhắc {item.times} lần" if item.times > 1 else ""
    what = f"{item.unit}: {item.what}" if named else f"{item.what[0].upper()}{item.what[1:]}"
    return f"- {what}: hạn {item.deadline:%d/%m/%Y}{time_left(item.deadline, today)}{times}. {item.url}"


def time_left(deadline: dt.date, today: dt.date) -> str:
    """ " (còn 3 ngày)", " (hôm nay)" or ", đã quá hạn 3 ngày"."""
    days = (deadline - today).days
    if days < 0:
        return lateness(deadline, today)
    return f" (còn {days} ngày)" if days else " (hôm nay)"


def digest_message(digest: Digest) -> str:
    """The same for a telephone: one short paragraph, with the address of the portal."""
    first = "; ".join(
        f"{item.what} hạn {item.deadline:%d/%m}{time_left(item.deadline, digest.today)}"
        for item in digest.own[:MOST_IN_MESSAGE]
    )
    rest = len(digest.own) - MOST_IN_MESSAGE
    parts = [first] if first else []
    parts += [f"{rest:02d} việc khác"] if rest > 0 else []
    if digest.beneath:
        parts.append(f"{len(digest.beneath):02d} việc quá hạn của đơn vị trực thuộc")
    return f"Nhắc việc: {'; '.join(parts)}. Xem {digest.portal.rstrip('/')}/"


def task_words(text: str, number: str, occurrence: str = "") -> str:
    """A task by the beginning of its text and the document that set it; of recurring work, which time."""
    time = f" ({occurrence})" if occurrence else ""
    return f"nhiệm vụ “{excerpt(text)}”{time} theo văn bản số {number}"
