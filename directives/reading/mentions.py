"""Times without a day of their own: as of now, after an event, always. They set nothing.

A document is read without them; a single phrase (:mod:`directives.reading.phrases`) is asked for every time.
"""

from __future__ import annotations

import re

from .dates import Frame, month_days
from .deadlines import MENTION
from .model import Deadline
from .normalise import View

AS_OF = "as_of"

NOW = re.compile(r"\b(?:(?:tính )?(?:từ trước )?(?<!từ nay )đến nay|hiện nay|hiện tại)\b")
THIS_MONTH = re.compile(r"\btrong tháng(?! (?:\d|sau|tới|trước))(?: này)?\b")
# "sau khi các trường hoàn thiện hồ sơ", "hết thời gian cách ly", "khi có dịch", "thường xuyên".
EVENT = re.compile(
    r"\b(?:(?:ngay )?sau khi|trước khi|(?:đến )?hết thời gian|khi có|cho đến khi)(?: [^\W\d_]+){1,8}"
    r"|\bthường xuyên\b"
)


def read_mentions(view: View, path: str, frame: Frame, taken: bytearray) -> list[Deadline]:
    """Mentions in a stretch whose words nothing else has taken."""
    found = []
    for pattern, role in ((NOW, AS_OF), (THIS_MONTH, MENTION), (EVENT, MENTION)):
        for match in pattern.finditer(view.key):
            a, b = match.span()
            if any(taken[a:b]):
                continue
            start, end = None, None
            if pattern is NOW:
                end = frame.anchor
            elif pattern is THIS_MONTH and frame.report_month:
                start, end = month_days(*frame.report_month)
            found.append(Deadline(path, view.raw(a, b), role, start, end, end, view.span(a, b), "told", 0.6))
    return found
