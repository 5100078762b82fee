"""An agenda as people type it, one item a line, and items put into another order. Pure."""

import re
from collections.abc import Sequence

from reports.invitations import AgendaLine

MOST_ITEMS = 60
MOST_MINUTES = 600
_MINUTES = re.compile(r"(\d{1,4})\s*(?:phút|ph|p|'|’|min)?", re.IGNORECASE)
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.)]|[-–+•*])\s+")


class LineProblem(ValueError):
    """A line that is no item; `line` is its number, from 1."""

    def __init__(self, line: int, code: str):
        super().__init__(code)
        self.line, self.code = line, code


def agenda_of(text: str) -> list[AgendaLine]:
    """The items of a text, one a line: content | speaker | minutes, of which the content is enough.

    Raises LineProblem: "minutes" that are no number of minutes, "content" that is missing or too long,
    "parts" where there are more than three.

    >>> agenda_of("1. Báo cáo tháng 11 | Phòng GDTH | 20 phút")
    [AgendaLine(title='Báo cáo tháng 11', speaker='Phòng GDTH', minutes=20)]
    """
    lines = enumerate(text.splitlines(), start=1)
    return [item_of(line, number) for number, line in lines if line.strip()]


def item_of(line: str, number: int) -> AgendaLine:
    parts = [" ".join(part.split()) for part in _NUMBERED.sub("", line, count=1).split("|")]
    if len(parts) > 3:
        raise LineProblem(number, "parts")
    title, speaker, minutes = (*parts, "", "")[:3]
    if not title or len(title) > 300 or len(speaker) > 200:
        raise LineProblem(number, "content")
    return AgendaLine(title, speaker, minutes_of(minutes, number))


def minutes_of(text: str, number: int) -> int | None:
    if not text:
        return None
    found = _MINUTES.fullmatch(text)
    if found is None or not 0 < int(found[1]) <= MOST_MINUTES:
        raise LineProblem(number, "minutes")
    return int(found[1])


def placed(places: Sequence[int | None]) -> list[int]:
    """The order of rows after people gave them places: for each place of the outcome the row, from 0.

    A row that is given another's place takes it, and the others make room; rows without one come last.

    >>> placed([1, 2, 1])
    [2, 0, 1]
    >>> placed([3, 2, 3, None])
    [1, 2, 0, 3]
    """

    def key(row: int) -> tuple[float, int]:
        place = places[row]
        if place is None:
            return float("inf"), row
        moved = place - (row + 1)
        return place + (0.5 if moved > 0 else -0.5 if moved < 0 else 0), row

    return sorted(range(len(places)), key=key)
