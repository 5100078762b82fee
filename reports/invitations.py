"""Invitations to a meeting: the letters to the units' people, and the paper (giấy mời). Pure.

Like all official papers these words are Vietnamese, whoever has them sent.
"""

import datetime as dt
from dataclasses import dataclass

from directives.writing.document import Block, Item, OfficialDocument, Paragraph, Recipient
from directives.writing.words import symbol_for
from reports.papers import DRAFT_MARK, Head
from reports.wording import day, one_line

KIND = "Giấy mời"
BLANK_SYMBOL = "GM-………"


@dataclass(frozen=True)
class AgendaLine:
    """One item of the agenda."""

    title: str
    speaker: str
    minutes: int | None


@dataclass(frozen=True)
class Invited:
    """What an invitation says. `held_at` is local time; `unit` is the one that is invited."""

    unit: str
    office: str
    title: str
    held_at: dt.datetime
    place: str
    chair: str
    agenda: tuple[AgendaLine, ...]
    url: str
    is_changed: bool = False
    cancel_reason: str = ""


def when(moment: dt.datetime) -> str:
    """ "08 giờ 00, thứ Ba, ngày 08/12/2026"."""
    return f"{moment:%H} giờ {moment:%M}, {WEEKDAYS[moment.weekday()]}, ngày {day(moment.date())}"


WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def agenda_text(line: AgendaLine) -> str:
    """ "Báo cáo kết quả tháng 11 (Phòng GDTH, 20 phút)"."""
    minutes = f"{line.minutes} phút" if line.minutes else ""
    told = ", ".join(part for part in (one_line(line.speaker), minutes) if part)
    return f"{one_line(line.title)} ({told})" if told else one_line(line.title)


def invitation_letter(one: Invited) -> tuple[str, str]:
    """Subject and text of the mail that invites, or tells of another time or place."""
    what = "Thay đổi thời gian, địa điểm họp" if one.is_changed else "Mời họp"
    opening = (
        f"{one.office} thông báo thay đổi thời gian, địa điểm tổ chức {one.title}:"
        if one.is_changed
        else f"{one.office} trân trọng kính mời đại diện lãnh đạo đơn vị dự {one.title}:"
    )
    lines = [f"Kính gửi: {one.unit}.", "", opening, *facts(one)]
    if one.agenda:
        lines += ["", "Nội dung, chương trình:"]
        lines += [f"{number}. {agenda_text(line)}" for number, line in enumerate(one.agenda, start=1)]
    lines += [
        "",
        f"Tài liệu, điểm danh và báo vắng: {one.url}",
        "Có thể thêm cuộc họp vào lịch bằng tệp đính kèm thư này.",
        "",
        one.office,
    ]
    return f"{what}: {one.title}", "\n".join(lines)


def facts(one: Invited) -> list[str]:
    return [
        f"- Thời gian: {when(one.held_at)}",
        f"- Địa điểm: {one.place}",
        f"- Chủ trì: {one.chair}",
    ]


def cancelling_letter(one: Invited) -> tuple[str, str]:
    """Subject and text of the mail that takes an invitation back."""
    reason = [f"Lý do: {one_line(one.cancel_reason)}."] if one.cancel_reason else []
    lines = [
        f"Kính gửi: {one.unit}.",
        "",
        f"{one.office} thông báo: {one.title} ({when(one.held_at)}, tại {one.place}) "
        + ("không tổ chức." if one.cancel_reason else "không mời đơn vị dự nữa."),
        *reason,
        "",
        one.office,
    ]
    what = "Hủy họp" if one.cancel_reason else "Thôi mời họp"
    return f"{what}: {one.title}", "\n".join(lines)


def invitation_document(head: Head, one: Invited, *, is_draft: bool) -> OfficialDocument:
    """The invitation on paper (phụ lục III, mẫu giấy mời). Its number is written in by hand."""
    agenda: tuple[Block, ...] = tuple(
        Item(2, str(number), f"{agenda_text(line)}.") for number, line in enumerate(one.agenda, start=1)
    )
    heading: tuple[Block, ...] = (Paragraph("Nội dung, chương trình:"),) if agenda else ()
    return OfficialDocument(
        letterhead=head.letterhead,
        kind=KIND,
        subject=one.title,
        number=None,
        symbol=symbol_for(KIND, head.symbol) if head.symbol else BLANK_SYMBOL,
        place=head.place,
        issued_on=head.issued_on,
        addressees=(one.unit,) if one.unit else (),
        bases=(),
        body=(
            Paragraph(f"{one.office} trân trọng kính mời đại diện lãnh đạo đơn vị dự {one.title}."),
            Paragraph(f"Thời gian: {when(one.held_at)}."),
            Paragraph(f"Địa điểm: {one_line(one.place)}."),
            Paragraph(f"Chủ trì: {one_line(one.chair)}."),
            *heading,
            *agenda,
            Paragraph("Đề nghị đơn vị cử người dự đúng thành phần, đúng thời gian."),
        ),
        signature=head.signature,
        recipients=(Recipient("Như trên" if one.unit else "Các đơn vị được mời"),),
        archive="Lưu: VT",
        draft=is_draft,
        draft_mark=DRAFT_MARK,
        year=one.held_at.year,
    )
