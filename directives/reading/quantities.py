"""Figures that may be targets: a number, how it is compared, what it counts.

A percentage in a text that directs is a target. A plain count is one only if something says so: a part
about targets, a comparator, or a verb that demands it ("phấn đấu", "đầu tư", "mỗi đơn vị"). What belongs to
a target beside its figure is read in :mod:`directives.reading.goals`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .model import Warning
from .normalise import View, any_of
from .recurrences import PERIOD
from .sections import TARGETS

MOST_DIGITS = 18
NUMBER = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)"
WORD_NUMBERS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip

PERCENT = re.compile(
    rf"(?<![\w/.,])(?P<a>{NUMBER}) ?%?(?: ?- ?(?P<b>{NUMBER})| đến (?P<b2>{NUMBER}))? ?(?:%|phần trăm)"
    rf"(?: ?\((?P<n>\d+) ?/ ?(?P<m>\d+)[^()]{{0,30}}\))?"
)
SHARE = re.compile(
    r"(?<![\w/.,])(?P<n>\d+) ?/ ?(?P<m>\d+) (?=[^\W\d_])[^()%;.\n]{1,120}\((?:đạt )?(?:tỷ lệ )?$"
)
NOUNS = any_of("""
    trường học, trường, cơ sở, đơn vị, gv, hs, xã, phường, thôn, bản, phòng học, phòng, lớp học, lớp,
    học sinh, học viên, trẻ em, trẻ, cháu, giáo viên, cán bộ, viên chức, nhân viên, người, em, đồng chí,
    thư viện, màn hình, phần việc, sáng kiến, đề tài, sự kiện, cây, môn, lần, buổi, tiết, hoạt động, sản
    phẩm, câu lạc bộ, mô hình, điểm trường, công trình, bộ, máy tính, máy, thiết bị, đ/c, giải, huy
    chương, chuyên đề, cuộc, hội thi, bài, tin, video, dự án, chương trình, sân chơi, nhà vệ sinh, bếp
    ăn, tủ sách, đầu sách, cuốn, hội nghị, lượt, chỉ tiêu, danh hiệu, tập thể, cá nhân, chi bộ, đảng
    viên, suất, biên chế, nhà đa năng, bằng khen, giấy khen, cờ thi đua, gia đình, triệu đồng, tỷ đồng,
    nghìn đồng, đồng
""")
# "28 trường", "5-7 sáng kiến", "từ 5 đến 7 sáng kiến", "11/14 xã" (eleven of fourteen).
COUNT = re.compile(
    rf"(?<![\w/.,:-])(?P<a>{NUMBER})"
    rf"(?: ?- ?(?P<b>{NUMBER})|(?<=từ \d) đến (?P<b2>\d+)|(?<=từ \d\d) đến (?P<b3>\d+)| ?/ ?(?P<m>\d+))? "
    rf"(?P<unit>(?:{NOUNS})(?:/(?:năm học|học kỳ|[^\W\d_]+))?(?!\w)|[^\W\d_]+(?: [^\W\d_]+)?)"
)
KNOWN_UNIT = re.compile(rf"(?:{NOUNS})(?!\w)")
EACH = re.compile(
    rf"\bmỗi (?!{PERIOD}\b)(?P<who>[^\W\d_]+(?:,? [^\W\d_]+){{0,6}}?) "
    r"(?:(?:đăng ký|có|thực hiện|xây dựng|tổ chức|trồng|viết|đạt|ít nhất|tối thiểu|phải|là|làm|tham gia) )*"
    rf"(?P<n>\d{{1,3}}|{'|'.join(WORD_NUMBERS)}) (?P<unit>(?:{NOUNS})(?!\w)|[^\W\d_]+)"
)
# "mỗi đơn vị không quá 10 học sinh" sets a limit, not a share.
CAPPED = re.compile(r"\b(?:không (?:quá|vượt quá|nhiều hơn)|tối đa|nhiều nhất)\b")
MONEY = {"nghìn đồng": 1_000, "triệu đồng": 1_000_000, "tỷ đồng": 1_000_000_000}

# What stands right before a number. The first that fits counts.
FROM = r"(?:từ (?P<base>[\d.,]+ ?%?[^\d.;%\n]{0,20}?) )"
COMPARATORS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (comparator, re.compile(rf"(?:{pattern})(?: là| khoảng)? ?$"))
    for comparator, pattern in (
        ("eq", rf"\b(?:tăng|nâng)(?: [^\W\d_]+){{0,8}}? {FROM}lên(?: thành)?"),
        ("le", rf"\bgiảm(?: [^\W\d_]+){{0,8}}? {FROM}xuống(?: còn)?(?: dưới)?"),
        ("le", r"\bgiảm (?:[^\W\d_]+ ){0,5}?(?:xuống )?còn(?: dưới| không quá)?"),
        ("le", r"\btỷ lệ (?:[^\W\d_]+ ){1,10}?(?:chỉ )?còn"),
        ("decrease_by", r"\bgiảm(?: thêm| ít nhất| tối thiểu| từ| bình quân)*"),
        ("decrease_by", r"\bgiảm [^.;%\n]{0,80}so với [^.;%\n,]{0,30}?(?: ít nhất| tối thiểu| từ)"),
        ("decrease_by", r"\bgiảm(?: [^\W\d_]+){1,8} từ"),
        ("increase_by", r"\b(?:tăng|thêm|bổ sung thêm)(?: thêm| ít nhất| tối thiểu| từ| bình quân)*"),
        ("le", r"\bkhông (?:để |được )(?:[^\W\d_]+ ){0,4}?(?:vượt quá|vượt|quá)"),
        ("le", r"(?:\bkhông (?:quá|vượt quá|cao hơn|nhiều hơn)|\btối đa|\bnhiều nhất|≤)"),
        ("ge", r"(?:\bít nhất|\btối thiểu|\bkhông (?:dưới|thấp hơn|ít hơn)|≥)(?: đạt| từ| có)?"),
        ("gt", r"(?:\btrên|\bhơn|\bvượt|>)"),
        ("lt", r"(?:\bdưới|\bít hơn|\bthấp hơn|<)"),
    )
)
# "98% trẻ mẫu giáo trở lên"; in "95% học sinh xếp loại Khá trở lên" it is the grade that goes upwards.
GRADES = "đạt|khá|tốt|giỏi|hoàn|trung|chuẩn|mức|lớp|trình|loại|xếp|đại|cao|thạc|cấp|hạng|bậc"
UPWARDS = re.compile(rf"^(?: (?!(?:{GRADES})\b)[^\W\d_,;]+){{0,4}} trở lên")
# "từ 98% học sinh lớp 3 trở lên": with "từ" before it, it is the figure.
FROM_ON = re.compile(r"\btừ $")
ANY_UPWARDS = re.compile(r"^(?: [^\W\d_,;]+| \d{1,2}){0,8} trở lên")
DOWNWARDS = re.compile(r"^(?: [^\W\d_]+){0,2} trở xuống")
LOOKED_BACK = 300
# No sentence of a directive holds as many; what does is a table that lost its lines.
MOST_FIGURES = 500

# A number after one of these names something ("lớp 3", "mức độ 2") or is a condition ("tại 01 đơn vị").
NAMING = re.compile(
    r"(?:\b"
    + any_of("""
        lớp, khối, tuổi, cụm, độ, mức, nhóm, đun, modul, module, tuần, tổ, khu, vòng, đợt, điều,
        khoản, điểm, mục, lục, biểu, mẫu, số, thứ, năm, tháng, ngày, quý, kỳ, ca, tại, chương, phổ
        thông, covid, công nghiệp, hạng, bậc, giai đoạn, câu, trang, phần, toán, văn, anh, lý, sử,
        thông tư, nghị định, nghị quyết, quyết định, trưởng, tốp, top, với, riêng, ấp,
        khóa, phiên, bản, đề, hệ
    """)
    + r"|(?<!không )\bquá|\b[a-z])[ -]$"
)
# "lớp 3, 4, 5": the list goes on.
NUMBER_LIST = re.compile(r"\d(?:,| và) $")
NOT_COUNTED = re.compile(
    r"(?:tuổi|năm|tháng|ngày|giờ|phút|giây|tuần|nhiệm kỳ|mũi|thi|kỳ|học kỳ|điểm|mức|cấp|độ|lớp \d|quý|ca|"
    r"và|đến|ở|của|trong|từ|là|tại|theo|với|cho|về|để|do|khi|thì|mà|được|ngoài|như|đã|sẽ|trở|"
    r"nội dung)(?!\w)"
)
# "Cơ sở có dưới 7 trẻ thực hiện theo …" says whom it is about.
CONDITION = re.compile(r" (?:thực hiện|được|thì|phải|áp dụng|bố trí|theo|không phải)\b")
LIMITED = re.compile(r"\b(?:ít nhất|tối thiểu|không quá|tối đa) $")
# "tăng ít nhất 0,2 điểm"; "điểm 8,0" is a mark.
MARKS = re.compile(r"điểm(?!\w)")
CHANGED = re.compile(
    r"\b(?:tăng|giảm|đạt|từ|ít nhất|tối thiểu|trên)(?: thêm| ít nhất| tối thiểu| từ| bình quân| trên)* $"
)
TIMETABLE = re.compile(r"^(?:buổi|tiết|giờ|ca)/")
# "Kế hoạch đã được phê duyệt" tells nothing of what is reached.
DECIDED = r"(?! (?:được )?(?:phê duyệt|duyệt|giao|ban hành|ký|đề ra|đăng ký|cam kết))"
PAST = re.compile(rf"\b(?:đã\b{DECIDED}|hiện có|hiện nay|hiện tại|đến nay|tính đến|năm trước|chiếm)\b")
# A clause that begins with a year or a school year.
OF_YEAR = re.compile(
    r"(?:\W|trong ){0,4}(?:năm(?: học)?|(?:học kỳ|kỳ) [i12]{1,2},?(?: năm(?: học)?)?) "
    r"(?P<year>\d{4})(?: ?- ?(?P<last>\d{4}))?(?!\d)"
)
STATED = re.compile(r"\blà (?:\d|$)")
AIMED = re.compile(
    r"\b(?:phấn đấu|chỉ tiêu|mục tiêu|yêu cầu|duy trì|ít nhất|tối thiểu|trở lên|phải|cần|bảo đảm|đảm bảo|sẽ|"
    r"không quá|tối đa|hoàn thành|giao|đăng ký|dự kiến)\b"
)
BASELINE = re.compile(r"\bso với\b[^,;]*$")
WANTED = re.compile(
    r"\b(?:phấn đấu|chỉ tiêu|mục tiêu|duy trì|đầu tư|trang bị|mua sắm|xây mới|xây dựng|thành lập|bổ sung|"
    r"có thêm|"
    r"công nhận|mỗi|bảo đảm|đảm bảo|yêu cầu|lắp đặt|tổ chức ít nhất|phải có|đạt|tuyển dụng|tuyển mới|"
    r"tuyển sinh|kết nạp|xây|bố trí|huy động|vận động)\b"
    r"|\b(?:tổ chức|mở|trồng|trồng mới|biên soạn|xóa|sửa chữa)$"
)
# "Đầu tư xây dựng:" over "+ 86 phòng học, 42 phòng bộ môn".
INVESTED = re.compile(
    r"\b(?:đầu tư|xây dựng|xây mới|mua sắm|trang bị|phấn đấu|công nhận|tuyển dụng|bổ sung|sửa chữa|lắp đặt)\b"
)
LISTED = re.compile(r"(?:^|[,;:] ?)$")
# "+ Năm 2024: 180 người;" of a list by years.
BY_YEAR = re.compile(r"(?:^ ?|[;:] ?)(?:năm(?: học)?|giai đoạn|quý|tháng|học kỳ|đợt) [\divx/ -]+ ?: ?$")
SENTENCE = re.compile(r"[.](?=\s|$)|\n")


@dataclass(frozen=True)
class Figure:
    """A number with its comparator at ``[a, b)``.

    "11/14 xã" is the ``part`` 11 of a ``whole`` of 14; ``base`` is where 45% stands in "từ 45% lên 60%".
    ``rule`` and ``confidence`` say what found it and how sure that is.
    """

    a: int
    b: int
    comparator: str
    value: float
    value_max: float | None
    unit: str
    rule: str
    confidence: float
    part: int | None = None
    whole: int | None = None
    base: tuple[int, int] | None = None


def counted(text: str | None) -> int | None:
    """How many, in digits; None of more digits than anybody means, of which Python would read no number."""
    return int(text) if text and len(text) <= MOST_DIGITS else None


@dataclass(frozen=True)
class Told:
    """What tells a result from a target: the section, the year of the document, the heading above."""

    section: str | None
    this_year: int | None
    lead: str = ""

    def is_past(self, before: str, figure: Figure) -> bool:
        """Whether the clause tells what is, or what a figure is measured against."""
        clause = _last_clause(before)
        changes = figure.comparator.startswith(("increase", "decrease"))
        if PAST.search(clause) or (BASELINE.search(clause) and not changes):
            return True
        sentence = SENTENCE.split(before)[-1]
        return self._is_of_a_year_before(clause) or (
            self._is_of_a_year_before(sentence) and ";" not in sentence and not AIMED.search(sentence)
        )

    def _is_of_a_year_before(self, words: str) -> bool:
        """ "Năm 2024, tỷ lệ tốt nghiệp của tỉnh là 98,12%, tăng 0,35%"."""
        said = OF_YEAR.match(words)
        if said is None or self.this_year is None or AIMED.search(words):
            return False
        year = int(said["last"] or said["year"])
        return year < self.this_year or (year == self.this_year and bool(STATED.search(words)))


def number_value(text: str) -> float:
    """ "8.411" is eight thousand, "98,5" and (against the rule) "98.5" are decimals."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        text = text.replace(".", "")
    value = min(float(text.replace(",", ".")), 10.0**MOST_DIGITS)  # a number without end is none in JSON
    return int(value) if value.is_integer() else value


def figures(
    view: View, section: str | None, taken: bytearray, this_year: int | None = None, lead: str = ""
) -> tuple[list[Figure], list[Warning]]:
    """The figures that a stretch sets, in the order of the text; ``taken`` marks what other rules claimed.

    What is told of a year before ``this_year`` is no target; ``lead`` is the heading above the stretch.
    """
    used = bytearray(taken)
    warnings: list[Warning] = []
    told = Told(section, this_year, lead)
    found = (
        *_each(view.key, used),
        *_percentages(view, told, used, warnings),
        *_counts(view.key, told, used),
    )
    bases = [figure.base for figure in found if figure.base]
    left = [figure for figure in found if not any(a < figure.b <= b for a, b in bases)]
    return sorted(left, key=lambda figure: figure.a), warnings


def _free(used: bytearray, a: int, b: int) -> bool:
    return not any(used[a:b])


def _use(used: bytearray, a: int, b: int) -> None:
    used[a:b] = b"\1" * (b - a)


def _each(key: str, used: bytearray) -> Iterator[Figure]:
    """ "mỗi đơn vị đăng ký một phần việc", and the numbers listed after it."""
    for match in EACH.finditer(key):
        if not _free(used, *match.span()) or NOT_COUNTED.match(match["unit"]) or CAPPED.search(match[0]):
            continue
        _use(used, *match.span())
        value = WORD_NUMBERS.get(match["n"]) or int(match["n"])
        yield Figure(match.start(), match.end(), "per_unit", value, None, match["unit"], "each", 0.85)
        place = match.end()
        while listed := re.compile(rf"[^\d.;()\n]{{0,40}}, (?={NUMBER} )").match(key, place):
            more = COUNT.match(key, listed.end())
            if more is None or more["b"] or not _free(used, *more.span()):
                break
            _use(used, *more.span())
            number, unit = number_value(more["a"]), _unit(more["unit"])
            yield Figure(more.start(), more.end(), "per_unit", number, None, unit, "each", 0.7)
            place = more.end()


def _percentages(view: View, told: Told, used: bytearray, warnings: list[Warning]) -> Iterator[Figure]:
    key = view.key
    for match in itertools.islice(PERCENT.finditer(key), MOST_FIGURES):
        a, b = match.span()
        before = key[max(0, a - LOOKED_BACK) : a]
        share = SHARE.search(before)
        figure = _figure(key, match, match["b"] or match["b2"], before, "%")
        if not _free(used, a, b) or told.is_past(before, figure):
            continue
        _use(used, a - len(before) + share.start() if share else a, b)
        n, m = (share["n"], share["m"]) if share else (match["n"], match["m"])
        part, whole = counted(n), counted(m)
        if part is not None and whole is not None and not _agrees(part, whole, number_value(match["a"])):
            warnings.append(Warning("parts_disagree", view.span(a, b), {"text": view.raw(a, b)}))
        if re.fullmatch(r"\d+\.\d{1,2}", match["a"]):
            warnings.append(Warning("decimal_point", view.span(a, b), {"text": view.raw(a, b)}))
        figure = replace(figure, part=part, whole=whole)
        yield replace(figure, a=a - len(before) + share.start()) if share else figure


def _agrees(part: int, whole: int, percent: float) -> bool:
    return whole > 0 and abs(100 * part / whole - percent) < 1


def _counts(key: str, told: Told, used: bytearray) -> Iterator[Figure]:
    last: Figure | None = None
    for match in itertools.islice(COUNT.finditer(key), 10 * MOST_FIGURES):
        unit = _unit(match["unit"])
        limited = LIMITED.search(key[max(0, match.start() - 12) : match.start()])
        if not _free(used, *match.span()) or (TIMETABLE.match(unit) and not limited):
            continue
        marks = MARKS.match(unit) and CHANGED.search(key[max(0, match.start() - 40) : match.start()])
        if NOT_COUNTED.match(unit) and not marks:
            continue
        figure = _goes_on(key, match, unit, last) or _count(key, match, unit, told)
        if figure:
            _use(used, *match.span())
            yield figure
        last = figure


def _count(key: str, match: re.Match[str], unit: str, told: Told) -> Figure | None:
    """The figure that a count is, None if nothing demands it or its number names something."""
    known = bool(KNOWN_UNIT.match(unit))
    whole = counted(match["m"])
    if match["m"] and not (known and whole is not None and whole >= number_value(match["a"])):
        return None
    before = key[max(0, match.start() - LOOKED_BACK) : match.start()]
    figure = _figure(key, match, match["b"] or match["b2"] or match["b3"], before, unit)
    if figure.comparator == "eq" and (NAMING.search(before) or (NUMBER_LIST.search(before) and not known)):
        return None
    if (
        figure.comparator in ("lt", "gt")
        and CONDITION.match(key[match.end() :][:30])
        and before.endswith(("có dưới ", "có trên "))
    ):
        return None
    if not _is_wanted(before, told, figure, match["a"], known=known):
        return None
    part = counted(match["a"]) if match["m"] else None
    return replace(figure, rule="count", confidence=0.85 if known else 0.6, part=part, whole=whole)


def _goes_on(key: str, match: re.Match[str], unit: str, last: Figure | None) -> Figure | None:
    """ "không quá 35 học sinh/lớp ở tiểu học và 45 học sinh/lớp ở THCS": compared as the one before."""
    if last is None or last.unit != unit or match["b"] or match["m"]:
        return None
    if not re.fullmatch(r"[^.;:\n()\d]{0,60}(?: và|,) ", key[last.b : match.start()]):
        return None
    return replace(last, a=match.start(), b=match.end(), value=number_value(match["a"]), confidence=0.7)


def _is_wanted(before: str, told: Told, figure: Figure, digits: str, *, known: bool) -> bool:
    """Whether something says that a count is demanded; a noun that is not known needs a padded number too."""
    sentence = SENTENCE.split(before)[-1].rstrip()
    if told.is_past(before, figure):
        return False
    demanded = figure.comparator != "eq" or bool(WANTED.search(sentence) or BY_YEAR.search(sentence))
    if known:
        return (
            demanded or told.section == TARGETS or bool(INVESTED.search(told.lead) and LISTED.search(before))
        )
    return demanded and (digits.startswith("0") or figure.comparator in ("ge", "le"))


def _unit(words: str) -> str:
    known = KNOWN_UNIT.match(words)
    if known and not words.startswith("/", known.end()):
        return known[0]
    return words if known else words.split()[0]


def _figure(key: str, match: re.Match[str], upper: str | None, before: str, unit: str) -> Figure:
    a, b = match.span()
    clause = SENTENCE.split(before)[-1]
    compared = next(((name, m) for name, pattern in COMPARATORS if (m := pattern.search(clause))), None)
    found = compared[0] if compared else None
    base = compared[1].span("base") if compared and compared[1].groupdict().get("base") else None
    shift = a - len(clause)
    a = shift + compared[1].start() if compared else a
    factor = MONEY.get(unit, 1)
    low = number_value(match["a"]) * factor
    high = number_value(upper) * factor if upper else None
    if high is not None:
        comparator = {"decrease_by": "decrease_by_range"}.get(found or "", "between")
    elif found is None and _goes_upwards(before, key[b : b + 60]):
        comparator = "ge"
    elif found is None and DOWNWARDS.match(key[b : b + 60]):
        comparator = "le"
    else:
        comparator = found or "eq"
    return Figure(
        a,
        b,
        comparator,
        low,
        high,
        "đồng" if factor > 1 else unit,
        rule="percent",
        confidence=0.9,
        base=(shift + base[0], shift + base[1]) if base else None,
    )


def _goes_upwards(before: str, after: str) -> bool:
    return bool(UPWARDS.match(after) or (FROM_ON.search(before) and ANY_UPWARDS.match(after)))


def _last_clause(before: str) -> str:
    return re.split(r"[;.:\n](?=\s|$)", before)[-1]
