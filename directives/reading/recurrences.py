"""Times that recur: "mỗi tuần một lần", "01 lần/tuần", "hằng tháng", "ngày 05 hằng tháng"."""

from __future__ import annotations

import re

from .model import Recurrence

PERIOD = r"(?:năm học|năm|học kỳ|kỳ|quý|tháng|tuần|ngày)"
LATEST = r"(?:(?:chậm nhất|muộn nhất|trước|vào|đến)(?: là)?(?: ngày)? |ngày )"
AT_LEAST = r"(?:ít nhất|tối thiểu|không dưới)"
_TIMES = r"(?:\d{1,2}|một|hai|ba|bốn|năm|sáu)"
_ONCE = r"lần(?! (?:lượt|đầu|thứ)\b)"
_WEEKDAY = (
    r"(?:(?:vào )?(?:các )?(?:buổi )?(?:(?:sáng|chiều|tối) )?(?:ngày )?"
    r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)(?!\w))"
)

# (rule, words of which one must stand in the text, pattern), in this order. They claim the text before any
# date or figure does; the words spare the search for what cannot be there.
RECURRING: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (rule, words, re.compile(pattern))
    for rule, words, pattern in (
        (
            "day_of_each_month",
            ("g tháng", "mỗi tháng"),
            rf"{LATEST}(?:ngày )?\d{{1,2}} (?:của )?(?:hằng|hàng|mỗi) tháng",
        ),
        (
            "day_of_each_month",
            ("tháng cuối", "tháng đầu", "tháng kế", "tháng liền", "tháng tiếp"),
            rf"{LATEST}(?:ngày )?\d{{1,2}} (?:của )?tháng (?:(?:cuối|đầu)(?: của)?(?: mỗi| hằng| hàng)? quý|"
            r"(?:kế|liền|tiếp)(?: kề| tiếp| theo| sau)+)(?!\w)",
        ),
        (
            "day_of_each_year",
            ("g năm", "mỗi năm"),
            rf"{LATEST}(?:ngày )?\d{{1,2}}(?:/| tháng )\d{{1,2}} (?:hằng|hàng|mỗi) năm",
        ),
        (
            "times_per_period",
            (" lần",),
            rf"(?:{AT_LEAST} )?(?<![\w/.,]){_TIMES} lần ?(?:/|trong|một|mỗi|trên) ?(?:một |mỗi )?{PERIOD}\b"
            rf"(?: {_WEEKDAY})?",
        ),
        (
            "each_period",
            ("mỗi ", "một "),
            rf"\b(?:cứ )?(?:mỗi|một) {PERIOD} (?:[^\W\d_]+ ){{0,2}}?(?:{AT_LEAST} )?{_TIMES} "
            rf"(?:{_ONCE}|buổi\b|tiết\b)(?:,? {_WEEKDAY})?",
        ),
        (
            "each_period",
            ("lần",),
            rf"(?<![\w/.,])(?:{_TIMES} )?{PERIOD}(?: (?:một|hai|ba) {_ONCE}| ?/ ?(?:0?1 |một )?{_ONCE})"
            rf"(?:,? {_WEEKDAY})?",
        ),
        (
            "periodic",
            ("hằng ", "hàng "),
            rf"(?:{_WEEKDAY} )?(?:định kỳ )?\b(?:hằng|hàng) (?:ngày|tuần|tháng|quý|năm|kỳ)"
            rf"(?:, (?:ngày|tuần|tháng|quý|năm))*(?!\w)(?:,? {_WEEKDAY})?",
        ),
        ("periodic", ("mỗi tuần",), rf"{_WEEKDAY} (?:của )?mỗi tuần\b"),
        ("periodic", ("định kỳ", "theo từng"), rf"(?:định kỳ|theo từng) (?:\d{{1,2}} )?{PERIOD}\b"),
    )
)
# What is asked for at least so often is a figure as well.
LEAST_FREQUENCY = re.compile(rf"{AT_LEAST} \d{{1,2}} lần ?/ ?(?:năm học|học kỳ|[^\W\d_]+)")

PERIODS = {
    "năm học": "school_year",
    "học kỳ": "term",
    "kỳ": "term",
    "năm": "year",
    "quý": "quarter",
    "tháng": "month",
    "tuần": "week",
    "ngày": "day",
}
WORD_TIMES = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6}
TIMES_SAID = re.compile(r"(?<![\w/])(?P<times>\d{1,2}|một|hai|ba|bốn|năm|sáu) (?:lần|buổi|tiết)")
DAY_SAID = re.compile(
    r"(?:ngày|chậm nhất|muộn nhất|trước|vào|đến) (?P<day>\d{1,2})(?:(?:/| tháng )(?P<month>\d{1,2}))?(?!\d)"
)
EVERY_SAID = re.compile(r"định kỳ (?P<n>[1-9]\d?) ")
PERIOD_SAID = re.compile(rf"(?P<per>{PERIOD})(?!\w)")


def recurrence_of(words: str) -> Recurrence | None:
    """How often a recurring time comes, from its key; "trước ngày 25 hằng tháng" is up to the 24th."""
    periods = [match["per"] for match in PERIOD_SAID.finditer(TIMES_SAID.sub(" ", DAY_SAID.sub(" ", words)))]
    if not periods:
        return None
    day = DAY_SAID.search(words)
    times = TIMES_SAID.search(words)
    strictly = (day is not None and day[0].startswith("trước")) or "trước ngày" in words
    return Recurrence(
        per=PERIODS[periods[0] if "định kỳ" not in words else periods[-1]],
        times=(WORD_TIMES.get(times["times"]) or int(times["times"])) if times else None,
        at_least=bool(re.search(AT_LEAST, words)),
        day=int(day["day"]) - strictly if day else None,
        month=int(day["month"]) if day and day["month"] else None,
        every=int(every["n"]) if (every := EVERY_SAID.search(words)) else 1,
    )


def frequencies_left(key: str, quoted: bytearray, taken: bytearray) -> bytearray:
    """What is left for figures: "ít nhất 01 lần/năm học" is a time and a figure at once.

    ``quoted`` marks what belongs to references, ``taken`` what belongs to times as well.
    """
    left = bytearray(taken)
    for match in LEAST_FREQUENCY.finditer(key):
        left[match.start() : match.end()] = quoted[match.start() : match.end()]
    return left
