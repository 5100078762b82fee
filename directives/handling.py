"""The books in which an office follows what is to be done (sổ theo dõi, Nghị định 30/2020, phụ lục IV). Pure.

The book of arrivals has the columns of the decree; those of tasks follow it. Like other official papers they
are in Vietnamese, whatever language the page is in.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from directives.standing import COUNTED, DUE_SOON, Standing

NOTHING = ""
ARRIVALS, TASKS, OWN = "arrivals", "tasks", "own"
# Of a group of many only so many are named.
MOST_NAMED = 6
STANDING_WORDS = {
    Standing.DONE_ON_TIME.value: "hoàn thành đúng hạn",
    Standing.DONE_LATE.value: "hoàn thành quá hạn",
    Standing.RUNNING.value: "đang thực hiện, trong hạn",
    DUE_SOON: "đang thực hiện, sắp đến hạn",
    Standing.OVERDUE.value: "quá hạn, chưa hoàn thành",
    Standing.NO_DEADLINE.value: "đang thực hiện, không có thời hạn",
    Standing.PAUSED.value: "tạm hoãn",
    Standing.CANCELLED.value: "hủy",
    Standing.REFUSED.value: "từ chối",
}
DONE = (Standing.DONE_ON_TIME.value, Standing.DONE_LATE.value)


@dataclass(frozen=True)
class Column:
    """The head of a column, and its width on paper in millimetres."""

    head: str
    width: int


@dataclass(frozen=True)
class BookKind:
    """A book: its title, and its columns. Those of A4 across come to 257 mm."""

    title: str
    columns: tuple[Column, ...]


BOOKS = {
    ARRIVALS: BookKind(
        "Sổ theo dõi giải quyết văn bản đến",
        (
            Column("Số đến", 16),
            Column("Tên loại, số và ký hiệu, ngày tháng và tác giả văn bản", 77),
            Column("Đơn vị hoặc người nhận", 44),
            Column("Thời hạn giải quyết", 26),
            Column("Tiến độ giải quyết", 44),
            Column("Số, ký hiệu văn bản trả lời", 28),
            Column("Ghi chú", 22),
        ),
    ),
    TASKS: BookKind(
        "Sổ theo dõi thực hiện nhiệm vụ giao",
        (
            Column("TT", 10),
            Column("Số, ký hiệu, ngày tháng văn bản giao", 36),
            Column("Nội dung nhiệm vụ", 79),
            Column("Đơn vị chủ trì", 34),
            Column("Đơn vị phối hợp", 26),
            Column("Thời hạn", 22),
            Column("Kết quả thực hiện", 34),
            Column("Ghi chú", 16),
        ),
    ),
    OWN: BookKind(
        "Sổ theo dõi nhiệm vụ được giao",
        (
            Column("TT", 10),
            Column("Số, ký hiệu, ngày tháng và tác giả văn bản giao", 46),
            Column("Nội dung nhiệm vụ", 85),
            Column("Vai trò", 20),
            Column("Thời hạn", 22),
            Column("Ngày hoàn thành", 22),
            Column("Kết quả thực hiện", 34),
            Column("Ghi chú", 18),
        ),
    ),
}


@dataclass(frozen=True)
class Line:
    """One row of a book: its cells in the order of the columns, and the key of what it speaks of."""

    pk: int
    cells: tuple[str, ...]


def day(value: dt.date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else NOTHING


def head_of_document(kind: str, number: str, issued_on: dt.date | None, author: str, subject: str) -> str:
    """ "Kế hoạch số 12/KH-SGDĐT ngày 05/02/2026 của Sở GDĐT: …", as far as it is known."""
    words = [kind or "Công văn"]
    if number:
        words.append(f"số {number}")
    if issued_on:
        words.append(f"ngày {day(issued_on)}")
    if author:
        words.append(f"của {author}")
    return f"{' '.join(words)}{f': {subject}' if subject else ''}"


def progress_words(counts: Mapping[str, int]) -> str:
    """How far the work of all units is: "Hoàn thành 30/47 (2 quá hạn); quá hạn, chưa hoàn thành 3".

    >>> progress_words({"done_on_time": 1})
    'Hoàn thành'
    """
    inside = sum(counts.get(name, 0) for name in (DUE_SOON, *(one.value for one in COUNTED)))
    done = sum(counts.get(name, 0) for name in DONE)
    late, overdue = counts.get(Standing.DONE_LATE.value, 0), counts.get(Standing.OVERDUE.value, 0)
    outside = [
        f"{STANDING_WORDS[name]} {counts[name]}"
        for name in (Standing.PAUSED.value, Standing.CANCELLED.value, Standing.REFUSED.value)
        if counts.get(name)
    ]
    parts = []
    if inside and done == inside:
        parts.append("Hoàn thành" + (f" ({late}/{done} quá hạn)" if late else ""))
    elif inside:
        parts.append(f"Hoàn thành {done}/{inside}" + (f" ({late} quá hạn)" if late else ""))
        if overdue:
            parts.append(f"quá hạn, chưa hoàn thành {overdue}")
    words = "; ".join([*parts, *outside])
    return words[:1].upper() + words[1:]


def standing_words(shown: str, percent: int) -> str:
    """Where one unit's share stands, with how far work under way has come."""
    words = STANDING_WORDS[shown]
    under_way = shown not in DONE and 0 < percent < 100
    return words[:1].upper() + words[1:] + (f", đạt {percent}%" if under_way else "")


def deadline_words(deadline: dt.date | None, first: dt.date | None) -> str:
    """The last day; a later one that was granted stands beside the first."""
    if deadline != first and first is not None:
        return f"{day(deadline)} (gia hạn, ban đầu {day(first)})"
    return day(deadline)


def named(names: Sequence[str]) -> str:
    """Those of a list, the first of them where they are many."""
    if len(names) <= MOST_NAMED:
        return "; ".join(names)
    return f"{'; '.join(names[:MOST_NAMED])} và {len(names) - MOST_NAMED} đơn vị khác"
