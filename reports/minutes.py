"""The minutes of a meeting (biên bản), drafted from what was noted, and printed. Pure.

What is drafted is a text that people correct: a block a line, like the conclusion notice.
"""

import datetime as dt
from dataclasses import dataclass

from directives.writing.body import parse_body
from directives.writing.document import OfficialDocument, Recipient, Signature
from directives.writing.words import symbol_for
from reports.invitations import AgendaLine, agenda_text, when
from reports.notice import Roll, lines_of, numbered_tasks, roll_sentence
from reports.papers import DRAFT_MARK, Head
from reports.wording import one_line

KIND = "Biên bản"
BLANK_SYMBOL = "BB-………"


@dataclass(frozen=True)
class OpinionText:
    """What somebody said."""

    speaker: str
    unit: str
    text: str


@dataclass(frozen=True)
class Proceedings:
    """What minutes are drafted from. `held_at` is local time; `directions` is what was concluded."""

    office: str
    title: str
    held_at: dt.datetime
    place: str
    chair: str
    secretary: str
    roll: Roll
    agenda: tuple[AgendaLine, ...]
    opinions: tuple[OpinionText, ...]
    remarks: str
    directions: str


def compose_minutes(told: Proceedings) -> str:
    """The text of the minutes, a block a line with empty lines between."""
    blocks = [
        f"Thời gian bắt đầu: {when(told.held_at)}.",
        f"Địa điểm: {one_line(told.place)}.",
        "I. THÀNH PHẦN THAM DỰ",
        f"1. Chủ trì: {one_line(told.chair) or '…'}.",
        f"2. Thư ký: {one_line(told.secretary) or '…'}.",
        f"3. Đơn vị được mời: {roll_sentence(told.roll) if told.roll.was_taken else '…'}",
        "II. NỘI DUNG, CHƯƠNG TRÌNH",
        *(numbered_agenda(told.agenda) or ["…"]),
        "III. Ý KIẾN PHÁT BIỂU",
        *(opinions_of(told) or ["Không có ý kiến phát biểu."]),
        "IV. KẾT LUẬN",
        f"Chủ trì {one_line(told.chair) or '…'} kết luận:",
        *(numbered_tasks(told.directions) or ["…"]),
        "Cuộc họp kết thúc vào … giờ …, cùng ngày. Biên bản đã được đọc cho mọi người cùng nghe và "
        "nhất trí./.",
    ]
    return "\n\n".join(blocks)


def numbered_agenda(agenda: tuple[AgendaLine, ...]) -> list[str]:
    return [f"{number}. {agenda_text(line)}." for number, line in enumerate(agenda, start=1)]


def opinions_of(told: Proceedings) -> list[str]:
    """Each opinion as a numbered item, its further lines beneath; then the general remarks."""
    blocks: list[str] = []
    for number, one in enumerate(told.opinions, start=1):
        who = ", ".join(part for part in (one_line(one.speaker), one_line(one.unit)) if part)
        first, *more = lines_of(one.text) or [""]
        blocks.append(f"{number}. {who}: {first}" if who else f"{number}. {first}")
        blocks += [line if line.startswith(("-", "+")) else f"- {line}" for line in more]
    return blocks + lines_of(told.remarks)


def minutes_document(
    head: Head,
    text: str,
    *,
    title: str,
    chair: str,
    secretary: str,
    held_on: dt.date,
    is_draft: bool,
) -> OfficialDocument:
    """The minutes on paper: the secretary signs on the left, the chair on the right."""
    return OfficialDocument(
        letterhead=head.letterhead,
        kind=KIND,
        subject=title,
        number=None,
        symbol=symbol_for(KIND, head.symbol) if head.symbol else BLANK_SYMBOL,
        place=head.place,
        issued_on=held_on,
        addressees=(),
        bases=(),
        body=parse_body(text),
        signature=Signature((), "CHỦ TRÌ", name_of(chair)),
        beside=Signature((), "THƯ KÝ", name_of(secretary)),
        recipients=(Recipient("Lãnh đạo cơ quan"), Recipient("Các đơn vị dự họp")),
        archive="Lưu: VT, hồ sơ",
        draft=is_draft,
        draft_mark=DRAFT_MARK,
        year=held_on.year,
    )


def name_of(words: str) -> str:
    """The name out of name and title, as it stands beneath a signature.

    >>> name_of("Đỗ Thị Lan, Giám đốc Sở")
    'Đỗ Thị Lan'
    """
    return one_line(words.partition(",")[0])
