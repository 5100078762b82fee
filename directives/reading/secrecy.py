"""Whether a text is marked as a state secret, without reading it."""

from __future__ import annotations

from .header import SEARCHED_LINES, SECRECY
from .layout import cells, lines_of
from .normalise import View

LOOKED_AT = 20_000


def secrecy_of(text: str) -> str | None:
    """The mark (MẬT, TỐI MẬT, TUYỆT MẬT) that stands by itself near the head of a text, if any."""
    for line in lines_of(View.of(text[:LOOKED_AT]))[:SEARCHED_LINES]:
        for cell in cells(line):
            if mark := SECRECY.match(cell.lower()):
                return mark[1].upper()
    return None
