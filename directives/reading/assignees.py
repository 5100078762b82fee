"""Who must act: the units and people that a text directs, and what they can be resolved to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .model import Assignee
from .normalise import LOWER, UPPER, View
from .sections import PURPOSE, RESULTS

LEVELS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (level, re.compile(rf"(?<!\w)(?:{words})(?!\w)"))
    for level, words in (
        ("preschool", "mầm non|mẫu giáo|nhà trẻ|mn|gdmn|mg"),
        ("primary", "tiểu học|th|th&thcs"),
        ("lower_secondary", "trung học cơ sở|thcs|th&thcs|thcs&thpt"),
        ("upper_secondary", "trung học phổ thông|thpt|thcs&thpt"),
        ("continuing", "giáo dục thường xuyên|gdtx|gdnn-gdtx|gdnn"),
    )
)

# The words that name those who act, from the head noun on; what may follow is in COMPLEMENT.
SCHOOLS = (
    r"(?:đơn vị trường học|đơn vị trường|trường học|trường trung học cơ sở|trường trung học phổ thông|trường mầm non|"
    r"trường tiểu học|trường phổ thông|trường|nhà trường|đơn vị|cơ sở giáo dục|cơ sở gd|cơ sở gdmn|csgd|csgdmn)"
)
OFFICES = (
    r"(?:ủy ban nhân dân|ubnd|phòng giáo dục và đào tạo|phòng gd&đt|phòng gdđt|pgd&đt|phòng văn hóa - xã hội|"
    r"phòng (?:nội vụ|y tế|tài chính|kinh tế|tư pháp)(?: - [^\W\d_]+ [^\W\d_]+)?|phòng chuyên môn|"
    r"sở (?:gd&đt|gdđt|giáo dục và đào tạo|y tế|nội vụ|tài chính|tư pháp)|trạm y tế|văn phòng sở|văn phòng|thanh tra sở|"
    r"công an|công đoàn(?: ngành)?|đoàn thanh niên|hội đồng đội|hội khuyến học|trung tâm [^\W\d_]+(?: [^\W\d_]+)?|"
    r"cơ quan|ban giám hiệu|bộ phận chuyên môn|toàn ngành|thành ủy|huyện ủy|đảng ủy)"
)
PEOPLE = (
    r"(?:hiệu trưởng|thủ trưởng|người đứng đầu|giám đốc|trưởng phòng|tổ trưởng chuyên môn|giáo viên chủ nhiệm|"
    r"cán bộ quản lý|cbql)"
)
MANY = r"(?:các |tất cả các |toàn thể |những |mọi |100% (?:các )?)"
# A proper name is told by its capitals, so the text is matched as well as the key.
COMPLEMENT = (
    r"(?: (?:huyện|thành phố|tỉnh|thị xã|xã|phường|thị trấn|mầm non|tiểu học|thcs|thpt|th&thcs|mn|th|gdmn|trung học cơ sở|trung học phổ thông|"
    r"phổ thông|trực thuộc|liên quan|trên địa bàn(?: (?:thành phố|tỉnh|huyện|xã|toàn tỉnh))?|chuyên môn|trong (?:toàn )?(?:ngành|tỉnh|huyện|thành phố|xã)|"
    r"công lập|ngoài công lập|tư thục|giáo dục|trường|các cấp|trong lộ trình(?: [^\W\d_]+){0,8} (?:năm \d{4}|quốc gia)|"
    r"dân tộc nội trú|dân tộc bán trú|gdtx|gdnn-gdtx))"
)
JOINT = r"(?:, | và |; )"
HEAD = rf"(?:{MANY}?(?:{OFFICES}|{PEOPLE}|{SCHOOLS})|{MANY}(?:xã|phường|phòng|ban|ngành|sở)(?!\w))"
SHORT_HEAD = r"(?:phường|thị trấn|đặc khu|đơn vị|ban|ngành|đoàn thể|cơ quan|mầm non|mn|th|tiểu học|thcs|thpt|nhà trường)"
WHO = re.compile(
    rf"(?<!\w){HEAD}(?!\w)(?: {MANY}{SCHOOLS}(?!\w)| {MANY}(?:xã|phường|thị trấn)(?!\w))?{COMPLEMENT}{{0,4}}(?!\w)"
    rf"(?:{JOINT}(?:{HEAD}|{SHORT_HEAD})(?!\w){COMPLEMENT}{{0,3}}(?!\w)){{0,6}}"
)
NAME = rf"[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+){{0,3}}"
NAME_AFTER = re.compile(rf"(?:,? (?:(?:MN|TH|THCS|THPT|TH&THCS) )?{NAME}){{1,8}}")

# What stands before those who act: (role, pattern). The first that fits counts.
BEFORE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(rf"(?:{pattern}) (?:với |cùng |cho )?$"))
    for role, pattern in (
        ("lead", r"\b(?:giao|chủ trì|chủ trì,? phối hợp(?: với)?)"),
        ("support", r"\b(?:phối hợp|phối kết hợp)(?: chặt chẽ)?(?: với| cùng)?"),
        ("do", r"\b(?:đối với|yêu cầu|đề nghị|chỉ đạo|đôn đốc|phân công)"),
        ("subject", r"\b(?:hướng dẫn|tham mưu|trình|báo cáo|gửi|hỗ trợ|kiểm tra|khuyến khích)(?: với| cho)?"),
    )
)
LEAD_TITLE = re.compile(r"^\W*$")
CLAUSE_START = re.compile(r"(?:^|[.;:\n,]\s*|\b(?:cụ thể(?: như)?|như|trong đó|đồng thời|và) ?:? ?)$")
VERBS = re.compile(
    r"^:? ?(?:(?:cần|phải|sẽ|có trách nhiệm|tiếp tục|chủ động|tích cực|tập trung|nghiêm túc|thường xuyên|kịp thời|khẩn trương|tăng cường|"
    r"đẩy mạnh|căn cứ|rà soát|thực hiện|triển khai|tổ chức|hoàn thành|xây dựng|báo cáo|gửi|lập|tham mưu|phối hợp|chỉ đạo|"
    r"khảo sát|hướng dẫn|kiểm tra|theo dõi|đôn đốc|chịu trách nhiệm|bố trí|cử|tuyên truyền|quán triệt|phân công|điều chỉnh|"
    r"cập nhật|nộp|đăng ký|tổng hợp|chuẩn bị|bảo đảm|đảm bảo|nâng cao|quản lý|sử dụng|phát động|ban hành|duy trì|bám sát|"
    r"giúp|quan tâm|chủ trì|lựa chọn|tiến hành|nghiên cứu|thành lập)\b)"
)
LOOKED_BACK = 48


def read_assignees(view: View, path: str, section: str | None, title_end: int) -> list[Assignee]:
    """Those whom a stretch directs; ``title_end`` closes the words of a heading (0: it has none)."""
    if section in (RESULTS, PURPOSE):
        return []
    found: list[Assignee] = []
    for match in WHO.finditer(view.key):
        a, b = match.span()
        b = _with_name(view, a, b)
        role = _role(view.key, a, b, title_end)
        if role:
            found += _resolved(view, path, role, a, b)
    return found


def _with_name(view: View, a: int, b: int) -> int:
    """Takes in the proper names that follow ("trường MN Hoa Mai, Hoa Sen")."""
    if not re.search(r"(?:trường|mn|th|thcs|thpt|mầm non|tiểu học|sở|ubnd|phường|xã|trung tâm|phòng|huyện|tỉnh|phố)$", view.key[a:b]):
        return b
    match = NAME_AFTER.match(view.text, b)
    return match.end() if match else b


def _role(key: str, a: int, b: int, title_end: int) -> str | None:
    """The role that the words before give, or their standing at the head of a clause with a verb."""
    before = key[max(0, a - LOOKED_BACK) : a]
    found = next((role for role, pattern in BEFORE if pattern.search(before)), None)
    if found:
        return found
    if a == 0 and b >= title_end > 0:
        return "lead"
    if CLAUSE_START.search(before) and VERBS.match(key[b : b + 40]):
        return "do"
    return None


def _resolved(view: View, path: str, role: str, a: int, b: int) -> Iterator[Assignee]:
    """One assignee for each level that is named, else one."""
    words = view.key[a:b]
    kind, levels = resolve(words, view.text[a:b])
    for level in levels or (None,):
        yield Assignee(path, view.raw(a, b), role, view.span(a, b), kind, level)


def resolve(words: str, text: str) -> tuple[str | None, tuple[str, ...]]:
    """What a phrase can be resolved to: (kind, levels). ``words`` is the key of ``text``.

    A name in capitals after "trường" is a named school; levels narrow "các trường"; an office is one.
    """
    levels = tuple(level for level, pattern in LEVELS if pattern.search(words))
    schools = re.search(rf"(?<!\w)(?:{SCHOOLS}|hiệu trưởng|toàn ngành)(?!\w)", words)
    if re.match(rf"{MANY}?{OFFICES}(?!\w)", words) and not words.startswith("toàn ngành"):
        return "office", ()
    if not schools:
        return None, ()
    if re.search(rf"\b[Tt]rường(?: (?:MN|TH|THCS|THPT|TH&THCS|mầm non|tiểu học|Mầm non|Tiểu học))? (?!(?:MN|TH|THCS|THPT)\b)[{UPPER}][{LOWER}]", text):
        return "named", levels
    return ("level", levels) if levels else ("all_schools", ())
