"""Who must act: the units and people that a text directs, and what they can be resolved to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .model import CLOSING, PREAMBLE, Assignee
from .normalise import LOWER, UPPER, View, any_of
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
SCHOOLS = any_of("""
    trường, nhà trường, trường học, trường phổ thông, trường mầm non, trường tiểu học, trường trung học cơ
    sở, trường trung học phổ thông, đơn vị, đơn vị trường, đơn vị trường học, cơ sở giáo dục, cơ sở gd, cơ
    sở gdmn, csgd, csgdmn, trung tâm gdtx, trung tâm gdnn-gdtx, trung tâm giáo dục thường xuyên, trung tâm
    giáo dục nghề nghiệp - giáo dục thường xuyên
""")
OFFICES = any_of("""
    ủy ban nhân dân, ubnd, phòng giáo dục và đào tạo, phòng gd&đt, phòng gdđt, pgd&đt, phòng văn hóa - xã
    hội, phòng nội vụ, phòng y tế, phòng tài chính, phòng tài chính - kế hoạch, phòng kinh tế, phòng tư
    pháp, phòng chuyên môn, phòng tổ chức cán bộ, phòng kế hoạch - tài chính, phòng kế hoạch tài chính,
    phòng giáo dục phổ thông, phòng giáo dục mầm non, phòng giáo dục tiểu học, phòng giáo dục trung học,
    phòng giáo dục thường xuyên, phòng quản lý chất lượng, phòng chính trị tư tưởng, sở giáo dục và đào tạo,
    sở gd&đt, sở gdđt, sở y tế, sở nội vụ, sở tài chính, sở tư pháp, văn phòng, văn phòng sở, thanh tra sở,
    trạm y tế, trung tâm y tế, trung tâm gdtx, trung tâm gdnn-gdtx, trung tâm học tập cộng đồng, trung tâm
    kiểm soát bệnh tật, công an, công đoàn, công đoàn ngành, đoàn thanh niên, hội đồng đội, hội khuyến học,
    cơ quan, ban giám hiệu, bộ phận chuyên môn, toàn ngành, thành ủy, huyện ủy, đảng ủy
""")
PEOPLE = any_of("""
    hiệu trưởng, thủ trưởng, người đứng đầu, giám đốc, trưởng phòng, tổ trưởng chuyên môn, giáo viên chủ
    nhiệm, cán bộ quản lý, cbql
""")
MANY = r"(?:(?:tất cả |100% )?các |toàn thể |những |mọi |100% )"
KINDS = any_of("""
    huyện, thành phố, tỉnh, thị xã, xã, phường, thị trấn, mầm non, tiểu học, thcs, thpt, th&thcs, thcs&thpt,
    mn, th, gdmn, trung học cơ sở, trung học phổ thông, phổ thông, trực thuộc, liên quan, chuyên môn, công
    lập, ngoài công lập, tư thục, giáo dục, trường, các cấp, dân tộc nội trú, dân tộc bán trú, gdtx,
    gdnn-gdtx, trên địa bàn, trên địa bàn thành phố, trên địa bàn tỉnh, trên địa bàn huyện, trên địa bàn xã,
    trong ngành, trong toàn ngành, trong tỉnh, trong toàn tỉnh, trong huyện, trong thành phố, trong xã, toàn
    tỉnh
""")
COMPLEMENT = rf"(?: (?:{KINDS}|trong lộ trình(?: [^\W\d_]+){{0,8}} (?:năm \d{{4}}|quốc gia)))"
JOINT = r"(?:, | và |; )"
HEAD = rf"(?:{MANY}?(?:{OFFICES}|{PEOPLE}|{SCHOOLS})|{MANY}(?:xã|phường|phòng|ban|ngành|sở)(?!\w))"
SHORT_HEAD = any_of("""
    phường, thị trấn, đặc khu, đơn vị, ban, ngành, đoàn thể, cơ quan, mầm non, mn, th, tiểu học, thcs, thpt,
    nhà trường
""")
OF_MANY = rf"(?: {MANY}(?:{SCHOOLS}|xã|phường|thị trấn)(?!\w))?"
WHO = re.compile(
    rf"(?<!\w){HEAD}(?!\w){OF_MANY}{COMPLEMENT}{{0,4}}(?!\w)"
    rf"(?:{JOINT}(?:{HEAD}|{SHORT_HEAD})(?!\w){OF_MANY}{COMPLEMENT}{{0,3}}(?!\w)){{0,6}}"
)
NAMED_KINDS = any_of("""
    trường, mn, th, thcs, thpt, mầm non, tiểu học, sở, ubnd, phường, xã, trung tâm, phòng, huyện, tỉnh, phố
""")
BEFORE_NAME = re.compile(rf"(?<!\w){NAMED_KINDS}$")
NAME = rf"[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+){{0,3}}"
NAME_AFTER = re.compile(rf"(?:,? (?:(?:MN|TH|THCS|THPT|TH&THCS) )?{NAME}){{1,8}}")

NAMED_SCHOOL = re.compile(
    r"\b[Tt]rường(?: (?:MN|TH|THCS|THPT|TH&THCS|[Mm]ầm non|[Tt]iểu học))? "
    rf"(?!(?:MN|TH|THCS|THPT)\b)[{UPPER}][{LOWER}]"
)

# What stands before those who act: (role, pattern). The first that fits counts.
BEFORE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(rf"\b{any_of(phrases)} (?:với |cùng |cho )?$"))
    for role, phrases in (
        ("lead", "giao, giao cho, chủ trì"),
        ("support", "phối hợp, phối hợp chặt chẽ, phối kết hợp, phối hợp cùng với"),
        ("do", "đối với, yêu cầu, đề nghị, chỉ đạo, đôn đốc, phân công"),
        ("subject", "hướng dẫn, tham mưu, trình, báo cáo, gửi, hỗ trợ, kiểm tra, khuyến khích"),
    )
)
# At the start of a sentence whoever is named acts, unless the words go on to describe.
SENTENCE_START = re.compile(r"(?:^|[.;:\n] ?)$")
DESCRIBED = re.compile(
    r" ?(?:$|[^\w ]|"
    + any_of("""
        đã, của, có, được, là, và, với, tại, trong, trên, thuộc, theo, bị, chưa, vẫn, đang, cho, ở, để, nào,
        yêu cầu, đề nghị, thông báo, giao
    """)
    + r"\b)"
)
CLAUSE_START = re.compile(r"(?:^|[.;:\n,]\s*|\b(?:cụ thể(?: như)?|như|trong đó|đồng thời|và) ?:? ?)$")
VERBS = re.compile(
    ":? ?"
    + any_of("""
        cần, phải, sẽ, có trách nhiệm, tiếp tục, chủ động, tích cực, tập trung, nghiêm túc, thường xuyên,
        kịp thời, khẩn trương, tăng cường, đẩy mạnh, căn cứ, rà soát, thực hiện, triển khai, tổ chức, hoàn
        thành, xây dựng, báo cáo, gửi, lập, tham mưu, phối hợp, chỉ đạo, khảo sát, hướng dẫn, kiểm tra, theo
        dõi, đôn đốc, chịu trách nhiệm, bố trí, cử, tuyên truyền, quán triệt, phân công, điều chỉnh, cập
        nhật, nộp, đăng ký, tổng hợp, chuẩn bị, bảo đảm, đảm bảo, nâng cao, quản lý, sử dụng, phát động, ban
        hành, duy trì, bám sát, giúp, quan tâm, chủ trì, lựa chọn, tiến hành, nghiên cứu, thành lập
    """)
    + r"\b"
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
        role = _given(view.key, a)
        if role is None and path not in (PREAMBLE, CLOSING):
            role = _taken(view.key, a, b, title_end)
        if role:
            found += _resolved(view, path, role, a, b)
    return found


def _with_name(view: View, a: int, b: int) -> int:
    """Takes in the proper names that follow ("trường MN Hoa Mai, Hoa Sen")."""
    if not BEFORE_NAME.search(view.key[a:b]):
        return b
    match = NAME_AFTER.match(view.text, b)
    return match.end() if match else b


def _given(key: str, a: int) -> str | None:
    """The role that the words before give."""
    before = key[max(0, a - LOOKED_BACK) : a]
    return next((role for role, pattern in BEFORE if pattern.search(before)), None)


def _taken(key: str, a: int, b: int, title_end: int) -> str | None:
    """The role of whoever heads an item or opens a clause. In the frame of a letter that is its author."""
    before = key[max(0, a - LOOKED_BACK) : a]
    if a == 0 and b >= title_end > 0:
        return "lead"
    if SENTENCE_START.search(before) and not DESCRIBED.match(key, b):
        return "do"
    if CLAUSE_START.search(before) and VERBS.match(key, b):
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
    if NAMED_SCHOOL.search(text):
        return "named", levels
    return ("level", levels) if levels else ("all_schools", ())
