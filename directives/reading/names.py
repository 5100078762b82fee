"""Lists of those who act, group by group and name by name: where a name ends, and where the list does.

"Trường TH Suối Mây và THCS Suối Mây; MN Hoa Ban, Sao Mai" is one list. A place is told from a name by the
capitals, so that this looks at the text beside its key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .bodies import (
    CLUSTER,
    COMMUNE,
    COMPLEMENT,
    HEAD,
    JOINT,
    LABEL,
    LONG_KIND,
    MANY,
    OF_MANY,
    OFFICE_HEADS,
    OFFICES,
    PEOPLE,
    PERSONS,
    SCHOOL_KIND,
    SCHOOLS,
    SHORT_HEAD,
    SHORT_KIND,
    VERBS,
)
from .model import Span
from .normalise import LOWER, UPPER, View, any_of

# "Trường Sa", "trường hợp", "môi trường" are no schools.
GROUP = re.compile(
    r"(?<!\w)(?<!môi )(?<!thị )(?<!nông )(?<!lâm )(?<!công )(?<!hội )(?<!quảng )(?<!hiện )"
    r"(?!trường (?:sa|sơn|hợp|lớp|phái)(?!\w)|văn phòng phẩm(?!\w))"
    rf"{HEAD}(?!\w){OF_MANY}{COMPLEMENT}{{0,5}}(?!\w)"
)
# A school called by its kind, without "trường"; "giáo dục mầm non" and "cấp THCS" are no schools.
BARE = re.compile(
    r"(?<![\w&])(?<!giáo dục )(?<!cấp )(?<!cấp học )(?<!bậc )(?<!bậc học )(?<!ngành )(?<!ngành học )"
    rf"(?<!khối )(?P<kind>{SHORT_KIND}|(?P<long>{LONG_KIND}))"
    rf"(?:(?: và | ){SCHOOL_KIND}){{0,3}}(?= (?:[^\W\d_]|\d{{1,2}}/\d))"
)
# An office by its head and its name: "Phòng Công tác học sinh sinh viên", "Bộ phận Thi đua".
OFFICE = re.compile(rf"(?<![\w&]){MANY}?{OFFICE_HEADS}(?= [^\W\d_])")
OFFICE_WORD = re.compile(r"(?P<joint> - | và | )(?P<word>[^\W\d_][\w&'’]*(?:-[^\W\d_][\w&]*)*)")
ONLY_NAMES = re.compile(rf"[{UPPER}][\w'’]*(?: [{UPPER}][\w'’]*){{1,3}}")
# "Phòng Giáo dục thường xuyên": here no word for how often.
CONTINUING = re.compile(r"(?<=giáo dục )thường xuyên(?!\w)")
MOST_LOWER, MOST_WORDS = 5, 14
# Words that no name of an office goes on with.
NOT_IN_OFFICE = re.compile(
    any_of("""
        đã, của, có, được, là, với, tại, trong, trên, thuộc, theo, bị, chưa, vẫn, đang, cho, ở, để, nào,
        về, từ, đến, khi, nếu, như, cùng, do, vào, trước, sau, sẽ, cần, phải, này, nêu, liên, yêu,
        thực, làm, không, các, những, và, chậm nhất, muộn nhất, sớm, ngay, ngày, hết, hằng,
        hàng tháng, hàng tuần, hàng quý, hàng năm, định kỳ, kịp thời, khẩn trương, nghiêm túc, tích cực,
        chủ động, tiếp tục, căn cứ, bảo đảm, đảm bảo
    """)
    + r"(?!\w)|giao(?! thông)(?!\w)"
)
# "Các phòng Giáo dục Mầm non, Giáo dục Tiểu học": those that follow have no head.
ROOMS_OF_MANY = re.compile(rf"{MANY}{OFFICE_HEADS} ")
# Somebody by name: "đồng chí Nguyễn Văn An".
SOMEBODY = re.compile(r"(?<!\w)(?:các )?(?:đồng chí|đ/c|ông|bà)(?= [^\W\d_])")
# A partner without any head: "phối hợp với VNPT Ngọc Sơn".
PARTNER = re.compile(r"\bphối hợp (?:chặt chẽ )?(?:với|cùng)(?: các)?(?= [^\W\d_])")
NEXT = re.compile(
    rf"(?P<joint>{JOINT})(?!{LABEL}|{CLUSTER} ?:)(?:{PERSONS}|{HEAD}|{SHORT_HEAD}|(?P<commune>{COMMUNE}))"
    rf"(?!\w){OF_MANY}{COMPLEMENT}{{0,4}}(?!\w)"
)
JOINED = re.compile(JOINT)

WORD = re.compile(rf"[ (](?P<word>[{UPPER}][\w'’]*)")
NUMBERED = re.compile(r" số \d{1,2}(?!\w|[/.,]\d)| \d{1,2}/\d{1,2}(?![\w/])")
SAID_ON = rf" ?(?:[,;:.()\n]|$)| (?:và\b|{VERBS}\b)"
NUMBER_AFTER = re.compile(rf" \d(?!\w|[/.,%]\d)(?={SAID_ON})")
NAME_IS_OVER = re.compile(SAID_ON)
LONGEST_NAME = 6
# What begins with a capital and is no name: the next of a list.
NO_NAME = re.compile(
    rf"(?:{OFFICES}|{PEOPLE}|{SHORT_KIND}|{LONG_KIND}|(?:nhà )?trường {SCHOOL_KIND}|đơn vị|các)(?!\w)"
)
PLAIN_SCHOOL = re.compile(r"(?<!\w)trường$")
NAMEABLE = re.compile(rf"(?<!\w)(?:trường|{SCHOOL_KIND}|{COMMUNE}|huyện|tỉnh|phố)$")
SCHOOL = re.compile(rf"(?<!\w)(?:{SCHOOLS}|{SCHOOL_KIND})(?!\w)")
# Where a school lies: "TH Suối Mây (xã Khe Mây)", "TH Suối Mây, xã Khe Mây".
PLACE = re.compile(rf"(?P<open>,? | \()(?:thuộc )?(?:{COMMUNE}|huyện|thành phố|tỉnh)")
MEMBERS = re.compile(r"(?: trọng điểm)?(?: (?:sau|sau đây|gồm|bao gồm|có tên|có tên sau))?(?: ?:| \()")
MOST_MEMBERS = 60

# What shows that names are left over, were excepted, or only say where something is.
AND = re.compile(r",? và ")
EXCEPT = re.compile(r"\b(?:trừ|không kể|không bao gồm)(?: các)? $")
PLACED = re.compile(r"\b(?:tại|ở)(?: các| khuôn viên| sân)? $")
MEMBERS_LOST = re.compile(r"(?: trọng điểm)? (?:sau|sau đây|có tên|có tên sau) ?:")
OTHERS = re.compile(r" (?:còn lại|khác)\b")
# "Trường A kiểm tra Trường B; Trường C kiểm tra Trường D": the last of the list acts itself.
OBJECTS = ("subject", "support")
DEED_NEXT = re.compile(rf" {VERBS}\b")
CLUSTER_SAID = re.compile(rf"(?<!\w){CLUSTER}(?!\w)")
# "Trường TH, THCS Suối Mây": one school or two.
TWO_OR_ONE = re.compile(rf"(?:hiệu trưởng )?trường {SCHOOL_KIND}, {SCHOOL_KIND} (?!và )")
ONE_SCHOOL = re.compile(rf"^(?:hiệu trưởng )?trường(?: {SCHOOL_KIND})*$")
STRANGE_KIND = re.compile(rf"(?: (?!và\b)[{LOWER}]+){{1,2}}(?= [{UPPER}])")
DEED = re.compile(rf"\b{VERBS}\b")
DEED_HERE = re.compile(rf"{VERBS}(?!\w)")
LOOKED_BACK = 72


@dataclass(frozen=True)
class UnreadName:
    """A name in an item of which it could not be told whether its bearer must act."""

    path: str
    must_ask: bool


@dataclass(frozen=True)
class Listed:
    """Those who stand in one list: the stretches that name them, and where the whole of it ends."""

    stretches: tuple[Span, ...]
    end: int
    is_named: bool

    @property
    def start(self) -> int:
        return self.stretches[0][0]


def lists(view: View) -> Iterator[Listed]:
    """Every list of groups and names in a stretch, in the order of the text."""
    heads = sorted(
        [
            *(match.span() for match in GROUP.finditer(view.key)),
            *(match.span() for match in BARE.finditer(view.key) if _is_called(view, match)),
            *_offices(view),
            *_partners(view),
            *_people(view),
        ],
        key=lambda head: (head[0], -head[1]),
    )
    end = 0
    for a, b in heads:
        if a < end:
            continue
        listed = _list(view, a, b)
        end = listed.end
        yield listed


def _offices(view: View) -> Iterator[Span]:
    """Offices told by their head and a name with a capital."""
    for match in OFFICE.finditer(view.key):
        end = office_end(view, match.end())
        if end is not None and not view.text[match.start() : match.end()].isupper():
            yield match.start(), end


def _partners(view: View) -> Iterator[Span]:
    """Partners that no head tells: a name with a capital."""
    for match in PARTNER.finditer(view.key):
        place = match.end()
        told = GROUP.match(view.key, place + 1) or BARE.match(view.key, place + 1)
        end = None if told else office_end(view, place)
        if end is not None:
            yield place + 1, end


def _people(view: View) -> Iterator[Span]:
    """People called by two names or more; a title after "đồng chí" is a head of its own."""
    for match in SOMEBODY.finditer(view.key):
        end = name_end(view, match.end())
        if end is not None and " " in view.key[match.end() + 1 : end]:
            yield match.start(), end


def office_end(view: View, place: int) -> int | None:
    """Where the name of an office ends that begins with a capital after the blank at ``place``, else None."""
    end, lower = place, 0
    for count in range(MOST_WORDS):
        match = OFFICE_WORD.match(view.text, end)
        if match is None:
            break
        start = match.start("word")
        capital = match["word"][0].isupper()
        if not capital and (count == 0 or match["joint"] != " " or lower == MOST_LOWER):
            break
        deed = DEED_HERE.match(view.key, start) and not CONTINUING.match(view.key, start)
        if count and (deed or NOT_IN_OFFICE.match(view.key, start)):
            break
        if match["joint"] == " và " and (OFFICE.match(view.key, start) or GROUP.match(view.key, start)):
            break
        end, lower = match.end(), 0 if capital else lower + 1
    return end if end > place else None


def _is_called(view: View, match: re.Match[str]) -> bool:
    """Whether a kind of school is written as part of a name: "MN Hoa Ban", not "MẦM NON NĂM HỌC"."""
    kind = view.text[match.start() : match.end("kind")]
    fits = kind[0].isupper() and not kind.isupper() if match["long"] else kind.isupper()
    return fits and name_end(view, match.end()) is not None


def _list(view: View, a: int, b: int) -> Listed:
    """The list that the head at ``[a, b)`` begins."""
    walk = Walk(view, b)
    walk.head(a, b)
    stretches: list[Span] = []
    start: int | None = a
    for _ in range(MOST_MEMBERS):
        aside = walk.place() if walk.is_named else None
        if aside is not None or walk.is_closed:
            if start is not None:
                stretches.append((start, walk.end))
            start, walk.end, walk.is_closed = None, aside or walk.end, False
        member = walk.member()
        if member is None:
            break
        start = member if start is None else start
    if start is not None:
        stretches.append((start, walk.end))
    return Listed(tuple(stretches), walk.end, walk.is_named)


class Walk:
    """Goes along a list member by member; ``end`` is where it has come to."""

    def __init__(self, view: View, end: int, outer: Walk | None = None) -> None:
        self.view = view
        self.end = end
        self.outer = outer
        self.is_named = False
        self.is_closed = False
        self.of_schools = False
        self.of_offices = False

    def head(self, a: int, b: int) -> None:
        """Takes in the names that follow a head: "trường MN Hoa Ban", "các trường: MN Hoa Ban, …"."""
        said = self.view.key[a:b]
        self.of_schools = bool(SCHOOL.search(said))
        self.of_offices = bool(ROOMS_OF_MANY.match(said))
        self.end = b
        if not NAMEABLE.search(said):
            return
        alone = bool(PLAIN_SCHOOL.search(said))
        end = name_end(self.view, b)
        if end is not None and (not alone or _is_sure(self.view, b, end)):
            self.end, self.is_named = end, True
        elif end is None and self.of_schools and self.outer is None:
            self._members(b)

    def _members(self, b: int) -> None:
        """The names told after a colon or in brackets; in brackets nothing else may stand.

        What follows them is a stretch of its own: whoever reads the words takes them for the whole.
        """
        opened = MEMBERS.match(self.view.key, b)
        if not opened:
            return
        inner = Walk(self.view, opened.end(), outer=self)
        if not inner._first_member():
            return
        for _ in range(MOST_MEMBERS):
            if inner.member() is None:
                break
        bracket = opened[0].endswith("(")
        if inner.is_named and (not bracket or self.view.key.startswith(")", inner.end)):
            self.end, self.is_named, self.is_closed = inner.end + bracket, True, True

    def _first_member(self) -> bool:
        """Whether a name opens the members: a kind with a name, or a name alone."""
        start = self.end + self.view.key.startswith(" ", self.end)
        match = BARE.match(self.view.key, start) or GROUP.match(self.view.key, start)
        if match:
            self.head(match.start(), match.end())
            return self.is_named
        end = name_end(self.view, start - 1)
        if end is None or not _is_sure(self.view, start - 1, end):
            return False
        self.end, self.is_named = end, True
        return True

    def place(self) -> int | None:
        """Where the place ends in which the school just named lies."""
        match = PLACE.match(self.view.key, self.end) if self.of_schools else None
        end = name_end(self.view, match.end()) if match else None
        if match is None or end is None:
            return None
        if not match["open"].endswith("("):
            return end
        return end + 1 if self.view.key.startswith(")", end) else None

    def member(self) -> int | None:
        """Goes on to the next of the list and gives where it begins, None if the list is over."""
        key, place = self.view.key, self.end
        office = self._office(place)
        if office is not None:
            return office
        following = NEXT.match(key, place)
        if following:
            start = following.end("joint")
            end = name_end(self.view, following.end()) if following["commune"] else place
            if end is not None and not (following["commune"] and self.of_schools):
                self.head(start, following.end())
                return start
        joint = JOINED.match(key, place) if self.is_named else None
        end = name_end(self.view, joint.end() - 1) if joint else None
        if joint is None or end is None or not _is_sure(self.view, joint.end() - 1, end):
            return None
        self.end = end
        return joint.end()

    def _office(self, place: int) -> int | None:
        """Goes on to an office of the list that its head and its name tell."""
        joint = JOINED.match(self.view.key, place)
        head = OFFICE.match(self.view.key, joint.end()) if joint else None
        if joint and self.of_offices and not head:
            end = office_end(self.view, joint.end() - 1)
            end = end if end and " " in self.view.key[joint.end() : end] else None
        else:
            end = office_end(self.view, head.end()) if head else None
        if joint is None or end is None:
            return None
        if self.is_named and self.of_schools and ONLY_NAMES.fullmatch(self.view.text, joint.end(), end):
            return None  # "Trường MN Hoa Ban, Trạm Lộ": a name, too
        self.end, self.is_named, self.of_schools = end, False, False
        return joint.end()


def unread(view: View, listed: Listed, role: str | None) -> str | None:
    """How much of a list that looks like names could not be read: "part", "whole", or None.

    A part is lost whatever else the text says; a whole that has no role matters where nobody else has one.
    """
    a, b = listed.start, listed.end
    said, before = view.key[a:b], view.key[max(0, a - LOOKED_BACK) : a]
    of_schools = bool(SCHOOL.search(said) or CLUSTER_SAID.search(said))
    if listed.is_named:
        rest = AND.match(view.key, b) if role else None
        goes_on = rest and WORD.match(view.text, rest.end() - 1)
        acts_itself = role in OBJECTS and ";" in said and DEED_NEXT.match(view.key, b)
        if goes_on or acts_itself or EXCEPT.search(before) or TWO_OR_ONE.match(said):
            return "part"
    elif of_schools and (MEMBERS_LOST.match(view.key, b) or (role and OTHERS.match(view.key, b))):
        return "part"
    is_strange = not listed.is_named and _has_strange_kind(view, said, b)
    if role and is_strange:
        return "part"
    if role or PLACED.search(before):
        return None
    named = listed.is_named and (of_schools or not before.strip())
    return "whole" if named or is_strange or CLUSTER_SAID.search(said) else None


def _has_strange_kind(view: View, said: str, b: int) -> bool:
    """Whether "Trường", words that say no deed, and a name follow each other: "Trường vùng cao Khe Mây"."""
    words = STRANGE_KIND.match(view.text, b) if ONE_SCHOOL.search(said) else None
    if words is None or DEED.search(view.key, b, words.end()):
        return False
    end = name_end(view, words.end())
    return end is not None and _is_sure(view, words.end(), end)


def name_end(view: View, place: int) -> int | None:
    """Where the proper name ends that begins after the blank or bracket at ``place``, None if none does.

    "Hoa Ban 2", "Số 1 Đồi Chè", "số 2", "19/8", "Cư M'gar".
    """
    numbered = NUMBERED.match(view.key, place)
    end = numbered.end() if numbered else place
    for _ in range(LONGEST_NAME):
        word = WORD.match(view.text, end)
        if not word or NO_NAME.match(view.key, end + 1):
            break
        end = word.end()
    if end == place:
        return None
    number = NUMBER_AFTER.match(view.key, end)
    return number.end() if number else end


def _is_sure(view: View, place: int, end: int) -> bool:
    """Whether a name that no kind of school introduces is one: a capital may just open a sentence."""
    return " " in view.text[place + 1 : end] or bool(NAME_IS_OVER.match(view.key, end))
