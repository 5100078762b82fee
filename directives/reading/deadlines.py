"""What an expression of time is for: the words before and around it decide.

The same "tháng 12/2025" is a deadline after "trong", a start after "từ", a baseline after "so với" and
a mere mention on its own.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace

from .dates import Frame, When, expressions
from .model import Deadline, Warning
from .normalise import View
from .recurrences import RECURRING, recurrence_of
from .sections import PURPOSE, RESULTS
from .tables import TIME, zone_at, zones

# Roles that set nothing: an expression that is only told, one that something is measured against.
MENTION, BASELINE = "mention", "baseline"
SETTING = frozenset({"deadline", "schedule", "start", "recurrence", "period"})

# What stands right before an expression, and the role it gives. The first that fits counts.
HOUR = r"(?P<time>\d{1,2}) ?(?:h|g|giờ|:) ?(?P<minute>\d\d)?(?: phút)?,?"
UP_TO = r"(?: cùng)?(?: là)?(?: vào)?(?: trong)?(?: đến)?(?: hết)?(?: ngày)?:? ?(?:ngày )?"
PART_OF_MONTH = r"\b(?:đầu|giữa|cuối|(?:trung|thượng|hạ) tuần|nửa (?:đầu|cuối)|tuần (?:đầu|cuối))(?: của)?"
PREPOSITIONS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (name, role, re.compile(rf"(?:{pattern})$"))
    for name, role, pattern in (
        (
            "baseline",
            BASELINE,
            r"\b(?:(?:so với|so|cùng kỳ)(?: cùng kỳ)?(?: [^\W\d_]+){0,3}|"
            r"(?:bằng|hơn|như)(?: cùng kỳ)?(?: của)?) ",
        ),
        ("as_of", MENTION, r"\btính (?:đến|tới)(?: hết)?(?: ngày)? "),
        ("vision", MENTION, r"(?:tầm nhìn|định hướng)(?: đến)?(?: năm)? "),
        ("from_now", "period", r"từ nay (?:cho )?(?:đến|tới)(?: hết)?(?: năm)? "),
        ("hour", "deadline", rf"\btrước {HOUR} (?:ngày )?"),
        ("at_hour", "schedule", rf"\b(?:vào|lúc|vào lúc|từ|bắt đầu từ|thời gian ?:) {HOUR} (?:ngày )?"),
        ("hour_by", "deadline", rf"\b{HOUR} ngày "),
        ("before_end", "deadline", r"\btrước khi (?:kết thúc|hết|bế giảng) "),
        ("before_event", "deadline", r"\btrước (?:khi |ngày )?(?:(?:bước )?vào|bắt đầu|khai giảng) "),
        ("before", "deadline", r"\btrước (?:ngày )?"),
        ("latest", "deadline", rf"\b(?:chậm nhất|muộn nhất|hạn cuối|hạn chót|hạn nộp|hạn){UP_TO}"),
        ("latest", "deadline", rf"\bthời hạn(?: [^\W\d_]+){{0,4}}{UP_TO}"),
        (
            "finish_in",
            "deadline",
            r"\b(?:xong|hoàn thành|hoàn tất|kết thúc)(?: ngay)?(?: trong| vào)(?: ngày)? ",
        ),
        ("until", "deadline", r"\b(?:đến|tới)(?: hết)?(?: cuối)?(?: ngày)? "),
        ("until", "deadline", r"\bhết(?: ngày)? "),
        ("within", "deadline", r"\b(?:ngay )?trong(?: khoảng)?(?: ngày| các ngày| các| cuối)? "),
        ("moved", "schedule", r"(?:\b(?:lùi|chuyển|hoãn|dời|điều chỉnh) )?\b(?:sang|lùi đến)(?: ngày)? "),
        ("from", "start", r"\b(?:kể từ|bắt đầu từ|tính từ|từ)(?: các| đầu| giữa| cuối)?(?: ngày)? "),
        ("on", "schedule", r"\bvào(?: các)?(?: ngày| cuối| đầu| khoảng)? "),
        ("on", "schedule", r"\bdự kiến(?: vào| trong| khoảng| tổ chức)?(?: ngày| đầu| cuối)? "),
        ("on", "schedule", rf"(?:\b(?:vào|trong|khoảng|khoảng giữa) )?(?<!từ ){PART_OF_MONTH} "),
        (
            "time_is",
            "schedule",
            r"\b(?:thời gian|thời điểm|lịch)(?: [^\W\d_]+){0,4} ?(?::|là|dự kiến)(?: ngày)? ",
        ),
        ("on_day", "schedule", r"\bngày "),
    )
)
SAME_DAY = re.compile(rf"\b(?:trước|đến|chậm nhất(?: là)?) {HOUR} (?:của )?cùng ngày\b")
LOOKED_BACK = 60
# "2.1. Đến hết năm 2025:" over a list says until when all of it is due.
STARTS_WITH_LIMIT = re.compile(r"(?:trước|chậm nhất|muộn nhất|đến|hết|trong)\b")
EXPLICIT = {"before", "before_end", "before_event", "hour", "latest", "moved"}

# A number of days from an event claims its text before any date does, like what recurs.
AFTER_EVENT = re.compile(
    r"(?:chậm nhất |muộn nhất )?(?:trong|sau)(?: thời hạn| thời gian|"
    r" vòng)? (?P<n>\d{1,3}) ngày(?P<work> làm việc)?"
    r"(?:,? (?:kể )?từ (?:khi |ngày )(?P<event>[^\W\d_]+(?: [^\W\d_]+){0,4}))?"
)
VAGUE = re.compile(
    r"(?<!họp )(?<!thi )(?<!tra )(?<!giá )(?<!hội nghị )(?<!đợt )(?<!báo cáo )(?<!kết )(?<!kỳ )(?<!loại )"
    r"(?<!liệu )"
    r"(?:\b(?:nghiệm thu|đến|vào|trước|trong|dịp) )?\bcuối năm(?: học)?(?! \d|\w)"
    r"|(?:\btrong )?\btuần (?:\d|thứ [^\W\d_]+|đầu|cuối) (?:của )?tháng \d{1,2}(?:/\d{4})?"
)
ISSUED = re.compile(r"^(?:ban hành|ký|phát hành)\b")

COMPLETING = re.compile(
    r"\b(?:hoàn thành|hoàn tất|xong|phấn đấu|ban hành|trình|báo cáo|nộp|gửi|kết thúc|bàn giao|nghiệm thu|"
    r"tổ chức|sửa chữa|xây dựng|giảm|xóa|thành lập|tuyển dụng|sáp nhập|công nhận|khởi công)\b"
)
FULL_YEAR = re.compile(r"(?:19|20)\d\d")
DONE = re.compile(r"\bđã\b")
CLAUSE = re.compile(r"[.;\n]")
ANNIVERSARY = re.compile(
    r"(?:kỷ niệm|ngày nhà giáo|ngày thành lập|truyền thống|ngày quốc tế|năm ngày|"
    r"ngày sinh)"
)
TITLE = re.compile(r"\b(?:đề án|chương trình|kế hoạch|dự án|chiến lược|nghị quyết)\b[^.;:]*$")
STARTS_OFF = re.compile(r"(?:^|[\n:;] ?)$")
# "Quý II/2026: hoàn thành thiết kế; quý III/2026: khởi công".
LABELS = ("month", "month_range", "month_span", "quarter", "quarter_span")
LABELLED = re.compile(r" ?: ?[^\W\d_]")
CLAUSE_END = re.compile(r"\s*(?:[.;,:)\n]|$)")
CLOSED_PARENTHESIS = re.compile(r"[^()]{0,60}\)")
OPEN_PARENTHESIS = re.compile(r"\([^()]{0,60}$")
PARENTHESIS_WORDS = re.compile(
    r"^[\s,;:-]*(?:(?:từ|đến|trong|vào|ngày|các|và|dự kiến|khoảng|thời gian|"
    r"hết|cuối|đầu|giữa)[\s,;:-]*)*$"
)

CONFIDENCE = {
    "before": 0.97, "before_end": 0.8, "before_event": 0.8, "hour": 0.97, "hour_by": 0.9, "at_hour": 0.85,
    "latest": 0.97, "finish_in": 0.9, "until": 0.9, "within": 0.85, "moved": 0.7, "on": 0.8, "on_day": 0.7,
    "time_is": 0.85, "parenthesis": 0.75, "table_column": 0.8,
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where a stretch of text stands: its path, its section, whether it is the heading of a part."""

    path: str
    section: str | None
    is_heading: bool = False
    in_items: bool = True


def read_times(
    view: View, place: Place, frame: Frame, taken: bytearray
) -> tuple[list[Deadline], list[Warning]]:
    """The times of a stretch, mentions among them; ``taken`` marks what belongs to a reference."""
    deadlines: list[Deadline] = []
    warnings: list[Warning] = []
    if place.section != RESULTS:
        deadlines += _recurring(view, place, taken)
        deadlines += _after_event(view, place, frame, taken)
        deadlines += _vague(view, place, taken)
    previous: tuple[When, str, str] | None = None
    cells = zones(view)
    for when in _merged(view.key, list(expressions(view.key, frame, taken))):
        role, rule, start = _role(view.key, when, previous, place, frame)
        if role == MENTION and place.section != RESULTS and zone_at(cells, when.a, TIME):
            role, rule = "deadline", "table_column"
        previous = (when, role, rule)
        if when.problem and role in SETTING:
            warnings.append(_problem(view, when))
        if when.problem not in ("invalid_date", "year_unknown"):
            deadline = _deadline(view, place, when, role, rule, start, frame)
            deadlines.append(deadline)
            if role == "deadline" and not _lies_ahead(replace(when, last=deadline.end), frame):
                warnings.append(Warning("deadline_in_past", deadline.span, {"text": deadline.raw}))
    deadlines += _same_day(view, place, deadlines)
    return deadlines, warnings


def _same_day(view: View, place: Place, found: list[Deadline]) -> list[Deadline]:
    """ "… ngày 08/11/2026; bản mềm gửi trước 17h cùng ngày"."""
    same = []
    for match in SAME_DAY.finditer(view.key):
        start, _ = view.span(*match.span())
        days = [
            one for one in found if one.span[1] <= start and one.role in ("deadline", "schedule") and one.end
        ]
        if days and place.section != RESULTS:
            one = days[-1]
            same.append(
                replace(
                    _undated(view, place, match, "deadline", "same_day"),
                    end=one.nominal or one.end,
                    nominal=one.nominal or one.end,
                    end_time=f"{int(match['time']):02d}:{match['minute'] or '00'}",
                )
            )
    return same


def _merged(key: str, whens: list[When]) -> list[When]:
    """ "từ tháng 9/2025 đến tháng 5/2026" is one period."""
    merged: list[When] = []
    for when in whens:
        before = merged[-1] if merged else None
        if before and not before.details and _is_span(key, before, when):
            first = _same_year(key, before, when)
            merged[-1] = replace(
                before, kind=f"{before.kind}_span", b=when.b, first=first, last=when.last, details="span"
            )
        else:
            merged.append(when)
    return merged


def _is_span(key: str, before: When, when: When) -> bool:
    """ "từ … đến …", or "tháng 4 - tháng 6" of two of a kind."""
    if before.first is None or when.last is None:
        return False
    between = key[before.b : when.a]
    if re.fullmatch(r" ?- ?", between) and before.kind == when.kind in ("month", "quarter"):
        return True
    begun = re.search(r"\btừ(?: đầu)?(?: ngày)? $", key[max(0, before.a - 16) : before.a])
    return bool(begun and re.fullmatch(r",? (?:cho )?(?:đến|tới)(?: hết)?(?: cuối)?(?: ngày)? ", between))


def _same_year(key: str, before: When, when: When) -> datetime.date | None:
    """The beginning of a span; without a year of its own, one is taken from its end."""
    first, last = before.first, when.last
    said = FULL_YEAR.search(key, when.a, when.b) and not FULL_YEAR.search(key, before.a, before.b)
    if not said or first is None or last is None or before.kind not in ("month", "quarter", "day_month"):
        return first
    return first.replace(year=last.year - ((first.month, first.day) > (last.month, last.day)))


def _role(
    key: str, when: When, previous: tuple[When, str, str] | None, place: Place, frame: Frame
) -> tuple[str, str, int]:
    """The role of an expression, the rule that gave it, and where its words begin."""
    if place.is_heading and not STARTS_WITH_LIMIT.match(key):
        is_period = when.kind == "month" and place.section != RESULTS
        return ("period", "heading", when.a) if is_period else (MENTION, "", when.a)
    before = key[max(0, when.a - LOOKED_BACK) : when.a]
    if (
        previous
        and previous[1] in SETTING
        and re.fullmatch(r"(?:,|;| và)(?: ngày)? ", key[previous[0].b : when.a])
    ):
        return previous[1], previous[2], when.a
    for name, role, pattern in PREPOSITIONS:
        match = pattern.search(before)
        if match:
            role, rule = _judged(key, when, name, role, place, frame)
            return role, rule, when.a - (len(before) - match.start())
    return _bare(key, when, before, place, frame), "parenthesis", when.a


def _judged(key: str, when: When, name: str, role: str, place: Place, frame: Frame) -> tuple[str, str]:
    """Corrects the role that a preposition gives by kind of expression and by section."""
    if place.section == RESULTS and (name not in EXPLICIT or not _lies_ahead(when, frame)):
        return MENTION, name
    if name in ("within", "finish_in") and _is_told(key, when, place, frame):
        return MENTION, name
    if (place.section == PURPOSE or not place.in_items) and name in ("from", "on", "on_day", "moved"):
        return MENTION, name
    if when.details == "span" or (name == "from" and when.kind == "day_range"):
        if not _lies_ahead(when, frame):
            return MENTION, name
        return ("schedule" if "year" not in when.kind else "period"), name
    check = KIND_CHECKS.get(name)
    return (check(key, when, role, frame) if check else role), name


def _is_told(key: str, when: When, place: Place, frame: Frame) -> bool:
    """Whether a time that is over is only told of: "Trong tháng 02/2025, toàn ngành đã …"."""
    if _lies_ahead(when, frame):
        return False
    return not place.in_items or bool(DONE.search(CLAUSE.split(key[max(0, when.a - 200) : when.a])[-1]))


def _check_within(key: str, when: When, role: str, frame: Frame) -> str:
    """ "trong năm 2024" sets a time where it closes a clause that demands something."""
    if when.kind in (*LABELS, "next_month", "half_year") or when.is_day:
        return role
    if when.kind == "term":
        return role if key.endswith("trong ", 0, when.a) else MENTION
    if when.kind not in ("year", "school_year") or not CLAUSE_END.match(key, when.b):
        return MENTION
    clause = re.split(r"[.;\n]", key[max(0, when.a - 300) : when.a])[-1]
    return role if COMPLETING.search(clause) else MENTION


def _check_until(key: str, when: When, role: str, frame: Frame) -> str:
    """ "đến năm 2030" is a horizon, "đến hết năm 2024" a deadline; "2/3" after it is a share."""
    if when.kind == "day_month" and not key.endswith(("ngày ", "hết "), 0, when.a):
        return MENTION
    explicit = re.search(r"(?:hết|cuối)(?: ngày)? $", key[max(0, when.a - 12) : when.a])
    return "period" if when.kind in ("year", "years") and not explicit else role


def _check_before(key: str, when: When, role: str, frame: Frame) -> str:
    return MENTION if when.kind == "this_school_year" else role


def _check_moved(key: str, when: When, role: str, frame: Frame) -> str:
    return role if when.is_day or "month" in when.kind else MENTION


def _check_day(key: str, when: When, role: str, frame: Frame) -> str:
    """A day that lies behind the document, or marks an anniversary, sets nothing."""
    history = ANNIVERSARY.search(key[max(0, when.a - LOOKED_BACK) : when.a])
    if history or not (when.is_day or "month" in when.kind) or not _lies_ahead(when, frame):
        return MENTION
    finishing = re.search(
        r"(?:kết thúc|hoàn thành|nộp|gửi|"
        r"báo cáo)[^.;,]{0,30}$",
        key[max(0, when.a - 40) : when.a],
    )
    return "deadline" if finishing else role


KIND_CHECKS = {
    "within": _check_within,
    "finish_in": _check_within,
    "until": _check_until,
    "before": _check_before,
    "moved": _check_moved,
    "on": _check_day,
    "on_day": _check_day,
}


def _bare(key: str, when: When, before: str, place: Place, frame: Frame) -> str:
    """An expression without a preposition: a schedule in parentheses of its own, a period before a target."""
    if (
        place.section == RESULTS
        or not place.in_items
        or ANNIVERSARY.search(before)
        or not _lies_ahead(when, frame)
    ):
        return MENTION
    if when.kind == "years" and key.startswith(("giai đoạn", "thời kỳ"), when.a):
        in_title = TITLE.search(before) or before.count("“") > before.count("”")
        return MENTION if in_title else "period"
    if when.kind == "school_year" and re.search(r"(?:^|[.\n] ?)$", before) and key.startswith(",", when.b):
        return "period"
    if when.kind in ("day", "day_long") or (when.kind == "day_range" and STARTS_OFF.search(before)):
        return "schedule"
    if when.kind in LABELS and STARTS_OFF.search(before) and LABELLED.match(key, when.b):
        return "schedule"
    opened = OPEN_PARENTHESIS.search(before)
    closed = CLOSED_PARENTHESIS.match(key, when.b)
    if when.kind not in (*LABELS, "day_range", "day_month") or not opened or not closed:
        return MENTION
    inside = opened[0][1:] + " " + closed[0][:-1]
    rest = re.sub(r"(?:tháng |quý |ngày )?\b[\divx]+\b(?:[/-]\d+)*(?: năm \d{4})?", " ", inside)
    return "schedule" if PARENTHESIS_WORDS.match(rest.strip()) else MENTION


def _lies_ahead(when: When, frame: Frame) -> bool:
    return when.last is None or frame.anchor is None or when.last >= frame.anchor


def _deadline(
    view: View, place: Place, when: When, role: str, rule: str, start: int, frame: Frame
) -> Deadline:
    first, last, nominal = when.first, when.last, when.last
    end_time = None
    if rule in ("before", "before_event"):
        nominal = when.first
        first, last = None, _day_before(when.first, frame)
    elif rule in ("hour", "hour_by", "at_hour"):
        time = re.search(r"(\d{1,2}) ?(?:giờ|h|g|:) ?(\d\d)?", view.key[start : when.a])
        end_time = f"{int(time[1]):02d}:{time[2] or '00'}" if time else None
        first = when.first if rule == "at_hour" else None
    elif rule in ("until", "latest", "before_end"):
        first = None
    elif role == "start":
        last, nominal = None, when.first
    elif rule == "from_now":
        first = frame.anchor
    return Deadline(
        path=place.path,
        raw=view.raw(start, when.b),
        role=role,
        start=first,
        end=last,
        nominal=nominal,
        span=view.span(start, when.b),
        rule=f"{rule}:{when.kind}",
        confidence=CONFIDENCE.get(rule, 0.6),
        end_time=end_time,
    )


def _day_before(day: datetime.date | None, frame: Frame) -> datetime.date | None:
    """ "trước ngày 15/3" means up to 14/3, unless the office reads it otherwise."""
    if day is None or frame.context.before_is_inclusive:
        return day
    return day - datetime.timedelta(days=1)


def _claim(pattern: re.Pattern[str], key: str, taken: bytearray) -> list[re.Match[str]]:
    found = []
    for match in pattern.finditer(key):
        a, b = match.span()
        if not any(taken[a:b]):
            taken[a:b] = b"\1" * (b - a)
            found.append(match)
    return found


def _undated(view: View, place: Place, match: re.Match[str], role: str, rule: str) -> Deadline:
    a, b = match.span()
    return Deadline(place.path, view.raw(a, b), role, None, None, None, view.span(a, b), rule, 0.7)


def _recurring(view: View, place: Place, taken: bytearray) -> list[Deadline]:
    return [
        replace(_undated(view, place, match, "recurrence", rule), recurrence=recurrence_of(match[0]))
        for rule, words, pattern in RECURRING
        if any(word in view.key for word in words)
        for match in _claim(pattern, view.key, taken)
    ]


def _after_event(view: View, place: Place, frame: Frame, taken: bytearray) -> list[Deadline]:
    """A number of days from an event; only from the day of issue can a date be told."""
    found: list[Deadline] = []
    if " ngày" not in view.key:
        return found
    for match in _claim(AFTER_EVENT, view.key, taken):
        if not match["event"] and not match["work"]:
            continue
        deadline = _undated(view, place, match, "deadline", "after_event")
        issued = frame.anchor if frame.anchor_is_day and ISSUED.match(match["event"] or "") else None
        if issued and not match["work"]:
            end = issued + datetime.timedelta(days=int(match["n"]))
            deadline = replace(deadline, start=issued, end=end, nominal=end)
        found.append(deadline)
    return found


def _vague(view: View, place: Place, taken: bytearray) -> list[Deadline]:
    if not place.in_items or place.is_heading or place.section == PURPOSE:
        return []
    if not ("cuối năm" in view.key or "tuần" in view.key):
        return []
    return [_undated(view, place, match, "schedule", "vague") for match in _claim(VAGUE, view.key, taken)]


def _problem(view: View, when: When) -> Warning:
    span = view.span(when.a, when.b)
    return Warning(when.problem or "", span, {"text": view.raw(when.a, when.b)})
