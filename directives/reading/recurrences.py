"""Times that recur: "mỗi tuần một lần", "01 lần/tuần", "hằng tháng", "ngày 05 hằng tháng"."""

from __future__ import annotations

import re

PERIOD = r"(?:năm học|năm|học kỳ|kỳ|quý|tháng|tuần|ngày)"
LATEST = r"(?:(?:chậm nhất|muộn nhất|trước|vào|đến)(?: là)?(?: ngày)? |ngày )"
AT_LEAST = r"(?:ít nhất|tối thiểu|không dưới)"
_TIMES = r"(?:\d{1,2}|một|hai|ba|bốn|năm|sáu)"
_ONCE = r"lần(?! (?:lượt|đầu|thứ)\b)"
_WEEKDAY = (
    r"(?:(?:vào )?(?:các )?(?:buổi )?(?:(?:sáng|chiều|tối) )?(?:ngày )?"
    r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)(?!\w))"
)

# (rule, pattern), in this order. They claim the text before any date or figure does.
RECURRING: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (rule, re.compile(pattern))
    for rule, pattern in (
        ("day_of_each_month", rf"{LATEST}(?:ngày )?\d{{1,2}} (?:của )?(?:hằng|hàng|mỗi) tháng"),
        ("day_of_each_year", rf"{LATEST}(?:ngày )?\d{{1,2}}/\d{{1,2}} (?:hằng|hàng|mỗi) năm"),
        (
            "times_per_period",
            rf"(?:{AT_LEAST} )?(?<![\w/.,]){_TIMES} lần ?(?:/|trong|một|mỗi|trên) ?(?:một |mỗi )?{PERIOD}\b"
            rf"(?: {_WEEKDAY})?",
        ),
        (
            "each_period",
            rf"\b(?:cứ )?(?:mỗi|một) {PERIOD} (?:[^\W\d_]+ ){{0,2}}?(?:{AT_LEAST} )?{_TIMES} {_ONCE}"
            rf"(?:,? {_WEEKDAY})?",
        ),
        (
            "each_period",
            rf"(?<![\w/.,])(?:{_TIMES} )?{PERIOD}(?: (?:một|hai|ba) {_ONCE}| ?/ ?(?:0?1 |một )?{_ONCE})"
            rf"(?:,? {_WEEKDAY})?",
        ),
        (
            "periodic",
            rf"(?:{_WEEKDAY} )?(?:định kỳ )?\b(?:hằng|hàng) (?:ngày|tuần|tháng|quý|năm|kỳ)"
            rf"(?:, (?:ngày|tuần|tháng|quý|năm))*(?!\w)(?:,? {_WEEKDAY})?",
        ),
        ("periodic", rf"{_WEEKDAY} (?:của )?mỗi tuần\b"),
        ("periodic", rf"(?:định kỳ|theo từng) (?:\d{{1,2}} )?{PERIOD}\b"),
    )
)
# What is asked for at least so often is a figure as well.
LEAST_FREQUENCY = re.compile(rf"{AT_LEAST} \d{{1,2}} lần ?/ ?(?:năm học|học kỳ|[^\W\d_]+)")


def frequencies_left(key: str, quoted: bytearray, taken: bytearray) -> bytearray:
    """What is left for figures: "ít nhất 01 lần/năm học" is a time and a figure at once.

    ``quoted`` marks what belongs to references, ``taken`` what belongs to times as well.
    """
    left = bytearray(taken)
    for match in LEAST_FREQUENCY.finditer(key):
        left[match.start() : match.end()] = quoted[match.start() : match.end()]
    return left
