"""What is to be handed in: the thing, to whom and by when.

"gửi báo cáo về Phòng trước ngày 20/10", "lập danh sách, nộp về Sở", "trình UBND tỉnh phương án".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .bodies import COMMUNE, OFFICES
from .model import Deadline, Product
from .normalise import View, any_of
from .sections import PURPOSE, RESULTS

KINDS: tuple[tuple[str, str], ...] = (
    ("report", "báo cáo, kết quả"),
    ("list", "danh sách"),
    ("plan", "kế hoạch"),
    ("dossier", "hồ sơ, minh chứng"),
    ("figures", "số liệu, biểu mẫu, biểu thống kê, thống kê, dữ liệu, phụ lục, biểu tổng hợp"),
    ("registration", "bản đăng ký, phiếu đăng ký, đăng ký, phiếu"),
    ("minutes", "biên bản"),
    ("scheme", "đề án, phương án, dự thảo, tờ trình, nội dung đề xuất, đề xuất, quy chế"),
    ("work", "bài dự thi, bài thi, bài viết, sản phẩm, tác phẩm, video, hình ảnh, sáng kiến"),
    ("opinion", "ý kiến, văn bản góp ý, góp ý"),
    ("document", "văn bản"),
)
NAMES = any_of(",".join(words for _, words in KINDS))
NAME = re.compile(rf"(?<!\w)(?P<name>{NAMES})(?!\w)")
HANDS_IN = re.compile(r"(?<!\w)(?<!trân trọng )(?<!kính )(?P<verb>gửi|nộp|trình|báo cáo)(?!\w)")
SENTENCE_END = re.compile(r"[.](?=\s|$)|[\n;]")
# To whom: an office by name, or the short name that only its capital tells ("về Phòng", "về Sở").
TOWARDS = r"(?:về|cho|lên|đến|tới|với|qua)"
OFFICE = re.compile(
    rf" (?:{TOWARDS} )?(?P<to>(?:lãnh đạo |chủ tịch |giám đốc |trưởng phòng )?"
    rf"{OFFICES})(?: (?:tỉnh|huyện|thành phố|{COMMUNE}))?(?!\w)"
)
SHORT_OFFICE = re.compile(
    rf" {TOWARDS} (?P<to>(?:Sở|Phòng|Bộ|Ban(?: Tổ chức| Chỉ đạo)?|Trường|Lãnh đạo (?:Sở|Phòng)))(?!\w)"
)
FARTHEST = 120


def read_products(view: View, path: str, section: str | None, times: Sequence[Deadline]) -> list[Product]:
    """What a stretch asks to be handed in; ``times`` are those that it sets."""
    if section in (RESULTS, PURPOSE):
        return []
    found: list[Product] = []
    for a, b in _sentences(view.key):
        found += _in_sentence(view, path, a, b, times)
    return found


def _sentences(key: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in SENTENCE_END.finditer(key):
        yield start, end.start()
        start = end.end()
    yield start, len(key)


def _in_sentence(view: View, path: str, a: int, b: int, times: Sequence[Deadline]) -> Iterator[Product]:
    """At most one product for each verb that hands something in."""
    place = a
    for verb in HANDS_IN.finditer(view.key, a, b):
        if verb.start() < place:
            continue
        thing = _thing(view.key, verb, a, b)
        to = _recipient(view, verb.end(), b)
        if thing is None or (to is None and verb["verb"] not in ("gửi", "nộp")):
            continue
        start, end = min(thing[0], verb.start()), max(thing[1], verb.end(), to[1] if to else 0)
        due = _due(view, start, b, times)
        yield Product(
            path,
            view.raw(*thing),
            _kind(view.key[thing[0] : thing[1]]),
            view.span(start, end),
            recipient=view.raw(*to) if to else None,
            due=due.end if due else None,
            due_raw=due.raw if due else None,
            rule=f"handed_in:{verb['verb']}",
            confidence=0.85 if to else 0.65,
        )
        place = end


def _thing(key: str, verb: re.Match[str], a: int, b: int) -> tuple[int, int] | None:
    """The words for what is handed in: after the verb, or before it ("lập danh sách gửi về Phòng")."""
    after = NAME.match(key, verb.end() + 1, b)
    if after:
        return after.span("name")
    if verb["verb"] == "báo cáo":
        return verb.span()
    near = NAME.search(key, verb.end(), min(b, verb.end() + FARTHEST))
    before = max(NAME.finditer(key, a, verb.start()), key=lambda name: name.start(), default=None)
    named = before or near
    return named.span("name") if named else None


def _recipient(view: View, start: int, stop: int) -> tuple[int, int] | None:
    stop = min(stop, start + FARTHEST)
    office = OFFICE.search(view.key, start, stop)
    short = SHORT_OFFICE.search(view.text, start, stop)
    found = min((m for m in (office, short) if m), key=lambda m: m.start(), default=None)
    if found is None:
        return None
    return found.start("to"), found.end()


def _kind(words: str) -> str:
    return next(kind for kind, names in KINDS if words in (name.strip() for name in names.split(",")))


def _due(view: View, start: int, stop: int, times: Sequence[Deadline]) -> Deadline | None:
    """The first limit after the thing, in its sentence."""
    first, last = view.starts[start], view.ends[stop - 1]
    limits = (time for time in times if time.role in ("deadline", "recurrence"))
    within = [time for time in limits if first <= time.span[0] and time.span[1] <= last]
    return min(within, key=lambda time: time.span, default=None)
