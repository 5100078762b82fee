"""Expressions of time and the days they stand for, without asking what they are for."""

from __future__ import annotations

import calendar
import datetime
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .context import Context, SchoolYear

Days = tuple[datetime.date | None, datetime.date | None]

DAY = r"\d{1,2}"
YEAR = r"(?:19|20)\d\d"
DASH = r" ?- ?"
# No item of a directive names as many of one kind; what does is a table that lost its lines.
MOST_EXPRESSIONS = 500


class InvalidDateError(ValueError):
    """A day or month that no calendar has (31/02, 15/13)."""


class UnknownYearError(ValueError):
    """A date without a year where nothing tells the year."""


@dataclass(frozen=True)
class Frame:
    """What an expression without a year is read against: the document's day (or month) and school year."""

    context: Context
    anchor: datetime.date | None = None
    anchor_is_day: bool = False
    school_year_start: int | None = None
    report_month: tuple[int, int] | None = None

    @property
    def school_year(self) -> SchoolYear:
        """The school year of the document: named in it, or the one of its date."""
        if self.school_year_start:
            return self.context.school_year(self.school_year_start)
        if self.anchor is None:
            raise UnknownYearError
        return self.context.school_year(self.anchor.year - (self.anchor.month < 8))

    def year_of(self, month: int) -> int:
        """The year of a month named without one: the next, if it was over when the document was written."""
        if self.anchor is None:
            raise UnknownYearError
        return self.anchor.year + (month < self.anchor.month)

    def year_of_day(self, month: int) -> int:
        """The year of a day named without one: that of the document, unless half a year lies behind it."""
        if self.anchor is None:
            raise UnknownYearError
        return self.anchor.year + (self.anchor.month - month > 6)


@dataclass(frozen=True)
class When:
    """One expression of time at ``[a, b)`` of a key; ``first`` or ``last`` may be open."""

    kind: str
    a: int
    b: int
    first: datetime.date | None = None
    last: datetime.date | None = None
    problem: str | None = None
    details: str = ""

    @property
    def is_day(self) -> bool:
        """Whether it names days rather than a month or a year."""
        return self.kind.startswith("day")


def month_days(year: int, month: int, last_month: int | None = None) -> tuple[datetime.date, datetime.date]:
    """The first and last day of a month, or of several."""
    last_month = last_month or month
    if not 1 <= month <= last_month <= 12:
        raise InvalidDateError
    last_day = calendar.monthrange(year, last_month)[1]
    return datetime.date(year, month, 1), datetime.date(year, last_month, last_day)


def _day(day: str, month: str, year: str | int | None, frame: Frame) -> datetime.date:
    try:
        return datetime.date(int(year or frame.year_of_day(int(month))), int(month), int(day))
    except UnknownYearError:
        raise
    except ValueError:
        raise InvalidDateError from None


def _day_range(m: re.Match[str], frame: Frame) -> Days:
    """D1[/M1[/Y1]] - D2/M2[/Y2]: what is missing on the left is taken from the right."""
    last = _day(m["d2"], m["m2"], m["y2"], frame)
    month = m["m1"] or m["m2"]
    first = _day(m["d1"], month, m["y1"] or last.year, frame)
    if first > last and not m["y1"]:
        first = _day(m["d1"], month, last.year - 1, frame)
    if first > last:
        raise InvalidDateError
    return first, last


def _one_day(m: re.Match[str], frame: Frame) -> Days:
    day = _day(m["d"], m["m"], m["y"], frame)
    return day, day


def _month(m: re.Match[str], frame: Frame) -> Days:
    month = int(m["m"])
    if not 1 <= month <= 12:
        raise InvalidDateError
    return month_days(int(m["y"] or frame.year_of(month)), month)


def _months(m: re.Match[str], _: Frame) -> Days:
    """ "tháng 4, 5/2026", "tháng 11 - 2/2027": the year is that of the last."""
    first, last, year = int(m["m"]), int(m["m2"]), int(m["y"])
    return month_days(year - (first > last), first)[0], month_days(year, last)[1]


def _quarter(m: re.Match[str], frame: Frame) -> Days:
    quarter = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(m["q"]) or int(m["q"])
    return month_days(int(m["y"] or frame.year_of(3 * quarter)), 3 * quarter - 2, 3 * quarter)


def _half(m: re.Match[str], frame: Frame) -> Days:
    first, last = (1, 6) if m["half"] == "đầu" else (7, 12)
    return month_days(int(m["y"] or frame.year_of(last)), first, last)


def _term(m: re.Match[str], frame: Frame) -> Days:
    year = frame.context.school_year(int(m["y1"])) if m["y1"] else frame.school_year
    if m["t"] in ("i", "1"):
        return year.opening, year.term1_end
    return year.term1_end + datetime.timedelta(days=1), year.end


def _school_year(m: re.Match[str], frame: Frame) -> Days:
    start, stop = int(m["y1"]), int(m["y2"] if len(m["y2"]) == 4 else m["y1"][:2] + m["y2"])
    if stop <= start:
        raise InvalidDateError
    return frame.context.school_year(start).opening, frame.context.school_year(stop - 1).end


def _this_school_year(_: re.Match[str], frame: Frame) -> Days:
    return frame.school_year.opening, frame.school_year.end


def _years(m: re.Match[str], _: Frame) -> Days:
    first, last = int(m["y1"]), int(m["y2"])
    if last < first:
        raise InvalidDateError
    return datetime.date(first, 1, 1), datetime.date(last, 12, 31)


def _year(m: re.Match[str], _: Frame) -> Days:
    return datetime.date(int(m["y"]), 1, 1), datetime.date(int(m["y"]), 12, 31)


def _next_month(_: re.Match[str], frame: Frame) -> Days:
    if frame.report_month is None and frame.anchor is None:
        raise UnknownYearError
    year, month = frame.report_month or (frame.anchor.year, frame.anchor.month)  # type: ignore[union-attr]
    return month_days(year + month // 12, month % 12 + 1)


SHORT_DAY = rf"(?P<d>{DAY})/(?P<m>{DAY})(?P<y>)(?![\d/%])"
# In the order in which they claim the text: what is longer and surer first.
EXPRESSIONS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str], Frame], Days]], ...] = tuple(
    (kind, re.compile(pattern), resolve)
    for kind, pattern, resolve in (
        (
            "day_range",
            rf"(?<![\d/.,-])(?P<d1>{DAY})(?:/(?P<m1>{DAY})(?:/(?P<y1>{YEAR}))?)?"
            rf"(?:{DASH}| (?:đến|tới) (?:hết )?)(?:ngày )?"
            rf"(?P<d2>{DAY})/(?P<m2>{DAY})(?:/(?P<y2>{YEAR}))?(?![\d/%])",
            _day_range,
        ),
        (
            "day_list",
            rf"(?<=ngày )(?P<d1>{DAY})(?P<m1>)(?P<y1>)(?:, ?{DAY}){{0,6}}(?:, ?| và )(?:ngày )?"
            rf"(?P<d2>{DAY})/(?P<m2>{DAY})(?:/(?P<y2>{YEAR}))?(?![\d/%])",
            _day_range,
        ),
        (
            "day_range",
            rf"(?<![\d/.,-])(?P<d1>{DAY})(?P<m1>)(?P<y1>)(?:{DASH}| (?:đến|tới) (?:hết )?)(?:ngày )?"
            rf"(?P<d2>{DAY}) tháng (?P<m2>{DAY})(?: năm (?P<y2>{YEAR}))?(?![\d/])",
            _day_range,
        ),
        ("day_long", rf"ngày (?P<d>{DAY}) tháng (?P<m>{DAY})(?: năm (?P<y>{YEAR}))?(?![\d/])", _one_day),
        ("day_long", rf"(?<!\d)(?P<d>{DAY}) tháng (?P<m>{DAY}) năm (?P<y>{YEAR})(?!\d)", _one_day),
        ("day", rf"(?<![\d/.,-])(?P<d>{DAY})(?P<s>[/.-])(?P<m>{DAY})(?P=s)(?P<y>{YEAR})(?![\d/])", _one_day),
        (
            "day_month",
            rf"(?:(?<=ngày )|(?<=trước )|(?<=hết )|(?<=nhất )|(?<=hạn )|(?<=hạn: )|(?<=hạn cuối )|"
            rf"(?<=hạn chót )|(?<=là )){SHORT_DAY}",
            _one_day,
        ),
        ("day_month", rf"(?<=\d/\d\d và ){SHORT_DAY}", _one_day),
        ("half_year", rf"(?:6|06|sáu) tháng (?P<half>đầu|cuối) năm(?: (?P<y>{YEAR}))?", _half),
        (
            "month_range",
            rf"tháng (?P<m>{DAY})(?:, ?{DAY}){{0,4}}(?:, ?| và |{DASH}| đến )"
            rf"(?P<m2>{DAY})(?:/| năm )(?P<y>{YEAR})(?![\d/])",
            _months,
        ),
        ("month", rf"tháng (?P<m>{DAY})(?:(?:{DASH}|/|,? năm )(?P<y>{YEAR}))?(?![\d/])", _month),
        ("next_month", r"tháng (?:sau|tới)\b", _next_month),
        (
            "quarter",
            rf"quý (?P<q>iv|i{{1,3}}|[1-4])\b(?:(?:{DASH}| ?[/,] ?| )(?:năm )?(?P<y>{YEAR}))?",
            _quarter,
        ),
        (
            "term",
            r"(?:học kỳ|kỳ|hk) ?(?P<t>ii|i|[12])\b"
            rf"(?:,? ?(?:của )?(?:năm(?: học)? )?(?P<y1>{YEAR}){DASH}{YEAR})?",
            _term,
        ),
        ("school_year", rf"năm học(?: mới)? (?P<y1>{YEAR}){DASH}(?P<y2>{YEAR}|\d\d)(?!\d)", _school_year),
        (
            "years",
            rf"(?:giai đoạn |thời kỳ )?(?:năm )?(?<!\d)(?P<y1>{YEAR}){DASH}(?P<y2>{YEAR})(?!\d)",
            _years,
        ),
        ("year", rf"năm (?P<y>{YEAR})(?![\d/])", _year),
        ("year", rf"(?<=đến )(?P<y>{YEAR})(?![\d/])", _year),
        ("this_school_year", r"năm học(?! \d)(?: này)?", _this_school_year),
    )
)


# What must stand in a text for an expression of a kind to be sought; all others need a figure.
NEEDED = {
    "day_long": "tháng",
    "half_year": "tháng",
    "month": "tháng ",
    "month_range": "tháng ",
    "next_month": "tháng ",
    "quarter": "quý",
    "school_year": "năm học",
    "term": "k",
    "this_school_year": "năm học",
}
FIGURE = re.compile(r"\d")


def expressions(key: str, frame: Frame, claimed: bytearray) -> Iterator[When]:
    """Every expression of time in a key, in the order of the text; ``claimed`` marks what is taken."""
    found = []
    has_figures = FIGURE.search(key) is not None
    for kind, pattern, resolve in EXPRESSIONS:
        if (NEEDED[kind] not in key) if kind in NEEDED else not has_figures:
            continue
        for match in itertools.islice(pattern.finditer(key), MOST_EXPRESSIONS):
            a, b = match.span()
            if any(claimed[a:b]):
                continue
            claimed[a:b] = b"\1" * (b - a)
            found.append(_when(kind, match, resolve, frame))
    return iter(sorted(found, key=lambda when: when.a))


def _when(
    kind: str, match: re.Match[str], resolve: Callable[[re.Match[str], Frame], Days], frame: Frame
) -> When:
    if kind == "years" and re.match(r"năm \d", match[0]) and int(match["y2"]) == int(match["y1"]) + 1:
        kind, resolve = "school_year", _school_year  # "năm 2022-2023": the word "học" was lost
    try:
        first, last = resolve(match, frame)
    except InvalidDateError:
        return When(kind, *match.span(), problem="invalid_date")
    except UnknownYearError:
        return When(kind, *match.span(), problem="year_unknown")
    irregular = (
        kind == "school_year" and last is not None and first is not None and last.year != first.year + 1
    )
    return When(kind, *match.span(), first, last, "irregular_school_year" if irregular else None)
