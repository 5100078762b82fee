"""What the parts of a document are for, and which of its items are tasks."""

from __future__ import annotations

import re

from .normalise import matching_key
from .outline import BULLETS, Node

RESULTS = "results"
PURPOSE = "purpose"
TARGETS = "targets"
TASKS = "tasks"
BESIDE = "beside"

# "2. Yêu cầu các đơn vị:" directs them; "2. Yêu cầu" says what a plan is for.
NOT_OF_SOMEBODY = (
    r"(?! (?:(?:đối )?với (?:các )?)?(?:các (?:trường|đơn vị|cơ sở|phòng|sở|cơ quan|xã)|hiệu trưởng|"
    r"thủ trưởng|phòng|trường|ubnd|ủy ban|giám đốc|toàn ngành)\b)"
)

# How the heading of a part begins, and what stands under it. The first rule that fits counts.
HEADINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (section, re.compile(rf"^(?:\W*(?:phần|về|các|những|một số|công tác|nội dung|tổng hợp)\s+)*(?:{cues})"))
    for section, cues in (
        (
            RESULTS,
            "đánh giá|kết quả|tình hình|kiểm điểm|ưu điểm|hạn chế|tồn tại|khó khăn|thực trạng|thuận lợi|"
            "nguyên nhân|thành tích|kết quả đạt được|đặc điểm",
        ),
        (BESIDE, f"kiến nghị|đề xuất|đề nghị{NOT_OF_SOMEBODY}|thành phần"),
        (
            PURPOSE,
            f"mục đích|yêu cầu{NOT_OF_SOMEBODY}|quan điểm|căn cứ|phạm vi|đối tượng|sự cần thiết|khái quát",
        ),
        (
            TARGETS,
            "mục tiêu|chỉ tiêu|chỉ số|"
            "đăng ký(?:$| (?:các )?(?:danh hiệu|chỉ tiêu|thi đua|mục tiêu|nội dung))",
        ),
        (
            TASKS,
            "nhiệm vụ|giải pháp|phương hướng|tổ chức thực hiện|kế hoạch|kết luận|trọng tâm|triển khai|"
            "chương trình công tác",
        ),
    )
)
# Kinds of document whose items direct nothing unless a heading says so.
WITHOUT_TASKS = {"bao_cao", "to_trinh", "giay_moi"}
# "1. Về kết quả công tác tháng 12: cơ bản hoàn thành": a label instead of a heading.
RESULTS_LABEL = re.compile(r"^về (?:đánh giá|kết quả|tình hình|công tác tháng)[^:.;]{0,60}[:,]")
# "3. Thành phần: mỗi trường 01 đại biểu" of an invitation.
BESIDE_LABEL = re.compile(r"^(?:thành phần|địa điểm|đại biểu)[^:.;]{0,40}:")
# "…, Trường THPT Suối Mây đăng ký các chỉ tiêu thi đua như sau:"
REGISTERING = re.compile(
    r"[^,;.\n]*\bđăng ký (?!công nhận|dự |kinh phí|nhu cầu|số lượng)"
    r"[^;.\n]{0,160}(?:như sau|sau đây)\s*:?\s*$"
)
ASKING = re.compile(r"\b(?:yêu cầu|đề nghị|hướng dẫn|thông báo|triển khai|tổ chức|chỉ đạo)\b")
LONGEST_TITLE = 60
SHORT_TITLE = 6
SENTENCE = re.compile(r"[.;!?](?:\s|$)")


def is_title_only(first_paragraph: str) -> bool:
    """Whether an item's first paragraph names a subject rather than saying something."""
    words = first_paragraph.rstrip(" :").split()
    return len(words) <= LONGEST_TITLE and not SENTENCE.search(first_paragraph.rstrip(" :"))


def section_of_heading(title: str) -> str | None:
    """The section that a heading opens, None if its words do not tell."""
    key = matching_key(title)
    return next((section for section, pattern in HEADINGS if pattern.match(key)), None)


def is_registering(opening: str) -> bool:
    """Whether a letter registers what its sender aims at, by the key of its opening words."""
    said = REGISTERING.search(opening)
    return said is not None and not ASKING.search(said[0])


def sections(
    nodes: tuple[Node, ...], titles: dict[str, str], default: str | None = None
) -> dict[str, str | None]:
    """The section of every item by path: that of the nearest heading above it that tells.

    ``titles`` are the first paragraphs by path. Only headings (what has items under it, or is in
    capitals) open a section: "Đánh giá, xếp loại học sinh" as a task opens none. What no heading tells is
    in the ``default``.
    """
    found: dict[str, str | None] = {}
    for node in nodes:
        title = titles[node.path]
        opens = is_title_only(title) and (
            title.isupper() or bool(node.children) or node.marker.style == "roman"
        )
        above = found.get(node.parent.path) if node.parent else None
        # A heading inside results stays within them: "1. Nhiệm vụ năm học" under "KẾT QUẢ THỰC HIỆN".
        own = section_of_heading(title) if opens and above in (None, TASKS) else None
        if own is None and above is None and is_title_only(title) and len(title.split()) <= SHORT_TITLE:
            own = section_of_heading(title)
        if own is None and above is None:
            own = _label(matching_key(title))
        found[node.path] = own or above
    return {path: section or default for path, section in found.items()}


def _label(key: str) -> str | None:
    """The section that a label in front of an item's words tells."""
    if RESULTS_LABEL.match(key):
        return RESULTS
    return BESIDE if BESIDE_LABEL.match(key) else None


def is_heading(node: Node, title: str, rest: str) -> bool:
    """Whether an item only names what stands under it, or leads over to it ("… các nội dung sau:")."""
    leads_over = rest.endswith(":") and is_title_only(rest)
    if not node.children or not is_title_only(title) or (rest and not leads_over):
        return False
    return not all(child.marker.style == "plus" for child in node.children) or title.isupper()


def is_task(node: Node, section: str | None, doc_type: str, headings: dict[str, bool]) -> bool:
    """Whether an item is to be tracked: the deepest that says something, in a part that directs.

    Bullets under an item that says something itself are its details.
    """
    if section in (RESULTS, PURPOSE, TARGETS, BESIDE) or (section is None and doc_type in WITHOUT_TASKS):
        return False
    if headings[node.path]:
        return False
    if node.marker.style not in BULLETS:
        return node.marker.style not in ("part", "chapter")
    return node.parent is None or headings[node.parent.path]
