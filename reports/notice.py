"""The conclusion notice of a meeting, composed from the briefing and the attendance. Pure.

Like the briefing's sentences these words are the content of an official paper: Vietnamese, not translated.
What is composed is a draft that people correct; its part II is read as tasks like that of any document.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from reports.wording import ALL_COMMUNES, day, one_line, written
from schools.periods import Named

_NUMBERED = re.compile(r"^\d{1,3}[.)]\s+")
_BENEATH = re.compile(r"^(?:[-–+•*]|[a-zđ]\))\s*")


@dataclass(frozen=True)
class Absence:
    """An invited unit that was not there, and why as far as is known."""

    name: str
    reason: str


@dataclass(frozen=True)
class Roll:
    """The attendance of a meeting: invited is present, absent and not noted together."""

    present: int
    absent: tuple[Absence, ...]
    not_noted: int

    @property
    def invited(self) -> int:
        return self.present + len(self.absent) + self.not_noted

    @property
    def was_taken(self) -> bool:
        return self.not_noted < self.invited


@dataclass(frozen=True)
class Conclusion:
    """What a notice is composed of. `sections`: title and text of each part of the assessment.

    `with_communes`: communes report as well, so the notice is for them, too.
    """

    office: str
    held_on: dt.date
    chair: str
    period: Named
    roll: Roll
    had_opinions: bool
    sections: tuple[tuple[str, str], ...]
    directions: str
    with_communes: bool = False
    heard_from: tuple[str, ...] = ()
    """Who spoke, by unit or else by name, as far as it was noted one by one."""


# A notice names no more speakers than this; of more it gives the number.
MOST_NAMED = 5


def roll_sentence(roll: Roll) -> str:
    """Có mặt: 11/12. Vắng mặt: 01 (MN Hoa Ban – đi tập huấn)."""
    sentence = (
        f"Có mặt: {written(roll.present)}/{written(roll.invited)}. Vắng mặt: {written(len(roll.absent))}"
    )
    if roll.absent:
        names = (f"{row.name} – {one_line(row.reason)}" if row.reason else row.name for row in roll.absent)
        sentence += f" ({'; '.join(names)})"
    sentence += "."
    return f"{sentence} Chưa điểm danh: {written(roll.not_noted)}." if roll.not_noted else sentence


def meeting_title(held_on: dt.date) -> str:
    """A meeting is called by the month in which it is held, whichever month's figures it is about."""
    return f"Hội nghị giao ban Hiệu trưởng các trường học tháng {held_on:%m/%Y}"


def notice_subject(held_on: dt.date) -> str:
    """The subject under THÔNG BÁO."""
    return f"Kết luận {meeting_title(held_on)}"


def recipients(office_short_name: str, *, with_communes: bool) -> str:
    """Nơi nhận, one a line: the groups that the notice is for, in the words of official papers."""
    groups = [ALL_COMMUNES] if with_communes else []
    groups += ["Các trường trực thuộc"]
    return "\n".join([f"Lãnh đạo {office_short_name} (c/đ)", *groups, "Lưu: VT"])


def compose(conclusion: Conclusion) -> str:
    """The text of the notice, from its first paragraph to "./.": a block a line, empty lines between."""
    period, coming = conclusion.period, conclusion.period.following
    blocks = [
        f"Ngày {day(conclusion.held_on)}, {conclusion.office} tổ chức Hội nghị giao ban với Hiệu trưởng "
        f"các trường học trực thuộc nhằm đánh giá kết quả thực hiện công tác {period.in_full}, đồng thời "
        f"triển khai các nhiệm vụ trọng tâm {coming.in_full}.",
        *attendance(conclusion.roll, conclusion.office),
        concluding(conclusion),
        f"I. ĐÁNH GIÁ KẾT QUẢ THỰC HIỆN NHIỆM VỤ {period.in_full.upper()}",
        *assessment(conclusion.sections),
        f"II. PHƯƠNG HƯỚNG, NHIỆM VỤ CÔNG TÁC {coming.in_full.upper()}",
        *numbered_tasks(conclusion.directions),
        f"Trên đây là đánh giá kết quả thực hiện nhiệm vụ {period.in_full}, phương hướng, nhiệm vụ công tác "
        f"{coming.in_full}. {conclusion.office} {asked(conclusion)} nêu cao tinh thần trách nhiệm, "
        "chỉ đạo thực hiện tốt các nhiệm vụ nêu trên. Trong quá trình triển khai, nếu có vướng mắc cần "
        f"kịp thời báo cáo về {conclusion.office} để phối hợp giải quyết./.",
    ]
    return "\n\n".join(blocks)


def asked(conclusion: Conclusion) -> str:
    """Principals are told; a People's Committee, which is not beneath the office, is asked."""
    communes = f"đề nghị {ALL_COMMUNES}, " if conclusion.with_communes else ""
    return f"{communes}yêu cầu Hiệu trưởng các trường"


def attendance(roll: Roll, office: str) -> list[str]:
    """Who took part; the numbers only where attendance was taken."""
    counts = f" {roll_sentence(roll)}" if roll.was_taken else ""
    return [
        "Thành phần dự họp:",
        f"- Lãnh đạo, chuyên viên {office}.",
        f"- Hiệu trưởng các trường học trực thuộc.{counts}",
    ]


def concluding(conclusion: Conclusion) -> str:
    opinions = "báo cáo và thảo luận"
    if conclusion.had_opinions:
        opinions = f"các ý kiến tham gia phát biểu và thảo luận{spoken_by(conclusion.heard_from)}"
    chair = f"đồng chí {conclusion.chair}" if conclusion.chair else "đồng chí chủ trì"
    return f"Sau khi nghe {opinions} tại Hội nghị, {chair} kết luận như sau:"


def spoken_by(names: tuple[str, ...]) -> str:
    """ " của A, B và C", or how many they are."""
    if not names:
        return ""
    if len(names) > MOST_NAMED:
        return f" của {written(len(names))} đơn vị, cá nhân"
    *others, last = map(one_line, names)
    return f" của {', '.join(others)} và {last}" if others else f" của {last}"


def assessment(sections: Iterable[tuple[str, str]]) -> list[str]:
    """Each section as a numbered item, its lines beneath. Lines numbered within a section become dashes."""
    blocks = []
    for number, (title, text) in enumerate(sections, start=1):
        blocks.append(f"{number}. {title}")
        blocks += [
            _NUMBERED.sub("- ", line, count=1) if _NUMBERED.match(line) else line for line in lines_of(text)
        ]
    return blocks


def numbered_tasks(directions: str) -> list[str]:
    """The directions as tasks numbered from 1, however staff numbered them; dashes stay beneath."""
    blocks: list[str] = []
    number = 0
    for line in lines_of(directions):
        if number and _BENEATH.match(line):
            blocks.append(line)
            continue
        number += 1
        blocks.append(f"{number}. {_NUMBERED.sub('', _BENEATH.sub('', line, count=1), count=1)}")
    return blocks


def lines_of(text: str) -> list[str]:
    return [line for line in (" ".join(raw.split()) for raw in text.splitlines()) if line]
