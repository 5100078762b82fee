"""Tables set as lines, " | " between cells: what the heads of columns say of the cells beneath."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .normalise import View

BAR = "|"
TIME, LEAD, SUPPORT = "time", "lead", "support"
HEADS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"^(?:{words})"))
    for kind, words in (
        (SUPPORT, "(?:đơn vị |cơ quan )?phối hợp"),
        (LEAD, "(?:đơn vị|cơ quan|bộ phận|người|phòng)? ?(?:chủ trì|thực hiện|phụ trách|đầu mối)"),
        (TIME, "(?:thời gian|thời hạn|thời điểm|hạn|tiến độ|ngày hoàn thành|hoàn thành)"),
    )
)


@dataclass(frozen=True)
class Zone:
    """A cell at ``[a, b)`` of a view under a column whose head says what it holds."""

    a: int
    b: int
    kind: str


def zones(view: View) -> list[Zone]:
    """The cells of a stretch under a head that tells: the first row of a table names its columns."""
    found: list[Zone] = []
    columns: list[str | None] = []
    if BAR not in view.key:
        return found
    start = 0
    for line in view.key.split("\n"):
        cells = line.split(BAR)
        if len(cells) < 2:
            columns = []
        elif not columns:
            columns = [kind_of(cell) for cell in cells]
        else:
            found += _row(cells, columns, start)
        start += len(line) + 1
    return found


def kind_of(head: str) -> str | None:
    """What a column holds by its head, None if that is neither a time nor somebody."""
    return next((kind for kind, pattern in HEADS if pattern.match(head.strip())), None)


def _row(cells: list[str], columns: list[str | None], start: int) -> list[Zone]:
    found = []
    for cell, kind in zip(cells, columns, strict=False):
        if kind and cell.strip():
            found.append(Zone(start, start + len(cell), kind))
        start += len(cell) + len(BAR)
    return found


def zone_at(found: list[Zone], place: int, *kinds: str) -> Zone | None:
    """The zone of one of the kinds in which a place lies."""
    return next((zone for zone in found if zone.a <= place < zone.b and zone.kind in kinds), None)
