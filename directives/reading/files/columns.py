"""Text that stands side by side on a page: the letterhead, and the signature beside the recipients."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .pages import Page, Row, Word, Zone, rows_of

NATION = re.compile(r"cộngh(?:òa|oà)xãhội|đảngcộngsảnviệtnam")
MOTTO = re.compile(r"độc lập")
DATE = re.compile(r"ngày.*tháng.*năm", re.IGNORECASE)
RECIPIENTS = re.compile(r"^nơi (?:nhận|gửi)\b", re.IGNORECASE)
ABOUT = re.compile(r"^(?:v/v|về việc)\b", re.IGNORECASE)
SEARCHED_ROWS = 12
# How far a line of one column may reach over the edge between the two, in points.
REACH = 30


def letterhead(page: Page, rows: Sequence[Row]) -> tuple[Zone, list[Row]] | None:
    """The two columns at the head of the first page, and the rows beneath; None where there are none."""
    place, edge = nation_of(rows)
    if place is None:
        return None
    closing = max(
        (n for n, row in enumerate(rows[:SEARCHED_ROWS]) if n >= place and ends_head(row, edge)),
        default=place,
    )
    left, right = parted([word for row in rows[: closing + 1] for word in row.words], edge, page.number)
    rest = list(rows[closing + 1 :])
    while rest and left and goes_on(left[-1], rest[0], edge):
        left.append(rest.pop(0))
    return Zone(joined_subject(left), right), rest


def nation_of(rows: Sequence[Row]) -> tuple[int | None, float]:
    """The row with the name of the nation, and where that begins."""
    for place, row in enumerate(rows[:SEARCHED_ROWS]):
        for start, word in enumerate(row.words):
            if NATION.match("".join(one.text for one in row.words[start:]).lower()):
                return place, word.x0
    return None, 0.0


def ends_head(row: Row, edge: float) -> bool:
    """The motto or place and date, in the right column."""
    right = " ".join(word.text for word in row.words if word.x0 > edge - REACH)
    return bool(MOTTO.match(right.lower()) or DATE.search(right))


def parted(words: Sequence[Word], edge: float, page: int) -> tuple[list[Row], list[Row]]:
    """Words of the left and of the right column, each as rows of its own."""
    left: list[Word] = []
    right: list[Word] = []
    for row in rows_of(words, page):
        cut = cut_of(row, edge)
        left += row.words[:cut]
        right += row.words[cut:]
    return rows_of(left, page), rows_of(right, page)


def cut_of(row: Row, edge: float) -> int:
    """How many of a row's words belong to the left column: up to the widest gap near the edge."""
    gaps = [
        (after.x0 - before.x1, place)
        for place, (before, after) in enumerate(zip(row.words, row.words[1:], strict=False), start=1)
        if abs((after.x0 + before.x1) / 2 - edge) <= 3 * REACH and after.x0 > edge - REACH
    ]
    width, place = max(gaps, default=(0.0, 0))
    if width > 0.6 * row.size:
        return place
    return len(row.words) if (row.x0 + row.x1) / 2 < edge else 0


def goes_on(last: Row, row: Row, edge: float) -> bool:
    """Whether a row still belongs to the left column: under it, close to it, and not beyond the edge."""
    centred = abs((last.x0 + last.x1) / 2 - (row.x0 + row.x1) / 2) < REACH
    return row.x1 < edge + REACH / 2 and row.top - last.bottom < 1.2 * last.size and centred


def joined_subject(rows: Sequence[Row]) -> list[Row]:
    """The subject of a letter as one line: what stands under "V/v" belongs to it."""
    start = next((n for n, row in enumerate(rows) if ABOUT.match(row.text)), len(rows))
    about = [word for row in rows[start:] for word in row.words]
    return [*rows[:start], *([Row(tuple(about), rows[start].page)] if about else [])]


# --- the signature beside the recipients --------------------------------------------------------------------

LEFT_HALF, RIGHT_HALF = 0.42, 0.62


def signature(page: Page, rows: Sequence[Row]) -> tuple[list[Row], Zone, list[Row]] | None:
    """What stands before the block, the recipients and the signature beside them, and what follows."""
    start = next((n for n, row in enumerate(rows) if RECIPIENTS.match(row.text)), None)
    if start is None:
        return None
    first = start
    while first and is_beside_recipients(rows[first - 1], rows[start], page):
        first -= 1
    stop = next((n for n in range(start + 1, len(rows)) if spans(rows[n], page)), len(rows))
    zone = Zone()
    words: tuple[list[Word], list[Word]] = ([], [])
    for row in rows[first:stop]:
        cut = right_begins(row, page)
        words[0].extend(row.words[:cut])
        words[1].extend(row.words[cut:])
    zone.left, zone.right = joined_entries(rows_of(words[0], page.number)), rows_of(words[1], page.number)
    return list(rows[:first]), zone, list(rows[stop:])


def is_beside_recipients(row: Row, start: Row, page: Page) -> bool:
    """The signer's title may be set a little higher than the words "Nơi nhận"."""
    return row.x0 > LEFT_HALF * page.width and row.text.isupper() and start.top - row.bottom < 2 * row.size


def right_begins(row: Row, page: Page) -> int:
    """The first word of the right column."""
    for place, word in enumerate(row.words):
        apart = place == 0 or word.x0 - row.words[place - 1].x1 > 1.2 * row.size
        if apart and word.x0 > LEFT_HALF * page.width:
            return place
    return len(row.words)


def spans(row: Row, page: Page) -> bool:
    """Whether a row runs across both columns: the block is over."""
    cut = right_begins(row, page)
    left = row.words[:cut]
    return bool(left) and left[-1].x1 > RIGHT_HALF * page.width


def joined_entries(rows: Sequence[Row]) -> list[Row]:
    """An entry of the recipients that runs over its line, as one."""
    found: list[Row] = []
    for row in rows:
        if found and is_rest_of_entry(row, found[-1]):
            found[-1] = Row((*found[-1].words, *row.words), row.page)
        else:
            found.append(row)
    return found


def is_rest_of_entry(row: Row, entry: Row) -> bool:
    """Close beneath an entry that is not over; in one column the signature stands under the last."""
    close = row.top - entry.bottom < 0.6 * row.size
    begins = row.text.startswith(("-", "+", "•")) or row.text.isupper()
    return close and not begins and not entry.text.endswith((".", ":"))
