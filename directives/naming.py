"""Whom words of a document mean: "các trường THCS", "MN Hoa Ban, Suối Mây" to levels and units. Pure.

Names are compared without diacritics and with the field's abbreviations written alike. What is unknown, or
could be two units, is said so and never guessed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from eduportal.base.text import search_key

ALL_SCHOOLS, LEVEL, UNIT = "all_schools", "level", "unit"

# A slip of the pen ("Suối Mâyy") is taken for the one name that is this near, and shown to be looked at.
NEAR_ENOUGH = 90
CLEARLY_NEARER = 6

# Longer forms first: each is written as one word, so that "TH và THCS" is not split in two.
ABBREVIATIONS = (
    (r"giao duc (?:va|&) dao tao|gd ?& ?dt|gd va dt|gd-dt", "gddt"),
    (r"(?:tieu hoc|th) ?(?:va|&|-) ?(?:trung hoc co so|thcs)", "th&thcs"),
    (r"(?:trung hoc co so|thcs) ?(?:va|&|-) ?(?:trung hoc pho thong|thpt)", "thcs&thpt"),
    (r"(?:pho thong )?dan toc ban tru|(?:pt ?)?dt ?bt", "ptdtbt"),
    (r"(?:pho thong )?dan toc noi tru|(?:pt ?)?dt ?nt", "ptdtnt"),
    (r"trung hoc pho thong", "thpt"),
    (r"trung hoc co so", "thcs"),
    (r"tieu hoc", "th"),
    (r"mam non|mau giao|gdmn|mg", "mn"),
    (r"gdnn ?- ?gdtx|giao duc nghe nghiep ?- ?giao duc thuong xuyen|giao duc thuong xuyen", "gdtx"),
    (r"uy ban nhan dan", "ubnd"),
    (r"co so gd|csgd|co so giao duc", "truong"),
)
LEVELS = {
    "mn": ("preschool",),
    "th": ("primary",),
    "thcs": ("lower_secondary",),
    "thpt": ("upper_secondary",),
    "gdtx": ("continuing",),
    "th&thcs": ("primary", "lower_secondary"),
    "thcs&thpt": ("lower_secondary", "upper_secondary"),
    "pho thong": ("primary", "lower_secondary", "upper_secondary"),
}
TYPES = {*LEVELS, "ptdtbt", "ptdtnt", "chuyen"} - {"pho thong"}
PLACES = ("xa", "phuong", "thi tran", "dac khu")

# Within these "và" joins one name, not two.
_JOINT = re.compile(
    r"giao duc va dao tao|gd va dt|(?:tieu hoc|th) va (?:trung hoc co so|thcs)|"
    r"(?:trung hoc co so|thcs) va (?:trung hoc pho thong|thpt)"
)
_SEPARATOR = re.compile(r"\s*[,;]\s*|\s+va\s+")
_VERBS = re.compile(
    r"^(?:(?:chu tri|phoi hop|chat che|huong dan|chi dao|yeu cau|giao|cho|doi voi|de nghi|cung|va|voi|"
    r"kinh gui)\b[:, ]*)+"
)
_PEOPLE = r"(?:(?:dong chi )?(?:hieu truong|thu truong|can bo quan ly|lanh dao) ?)?"
_MANY = r"(?:tat ca |toan bo )?(?:100% )?(?:cac |nhung )?"
_BODY = r"(?:don vi truong hoc|truong hoc|nha truong|don vi|co so|truong)"
_EVERYWHERE = (
    r"(?: (?:truc thuoc.*|tren dia ban(?: (?P<place>.*))?|thuoc pham vi quan ly.*|toan nganh|"
    r"trong (?:toan )?(?:tinh|huyen|nganh|thanh pho|xa|phuong)))?"
)
# "trên địa bàn" these is everywhere; a commune by name is a part, unless it is the issuer's own.
_WHOLE_AREA = re.compile(r"(?:toan )?(?:tinh|thanh pho|huyen|xa|phuong|thi tran|dac khu)|tinh .*")
_ALL = re.compile(rf"toan nganh|{_PEOPLE}(?:{_MANY}{_BODY})?{_EVERYWHERE}")
_LEVEL_WORDS = "|".join(sorted(map(re.escape, LEVELS), key=len, reverse=True))
_GROUP = re.compile(rf"{_PEOPLE}{_MANY}(?:{_BODY} ?)?(?P<level>{_LEVEL_WORDS}){_EVERYWHERE}")
_PLACE = "|".join(PLACES)
_COMMUNES = re.compile(
    rf"(?:ubnd |phong (?:vh ?- ?xh|van hoa ?-? ?xa hoi) )?cac (?:ubnd )?(?:{_PLACE})|ubnd cap xa"
)
_COMMUNE_WORD = re.compile(_PLACE)
_COMMUNE_NAME = re.compile(rf"(?:ubnd )?(?:cac )?(?P<name>(?:{_PLACE}) \S.*)")
_TYPE_WORDS = "|".join(sorted(map(re.escape, TYPES), key=len, reverse=True))
# One or the other: in "MN Phương Đông" the second word is a name, not "phường".
_KINDS = re.compile(rf"(?:(?:{_TYPE_WORDS})(?!\S) ?)+|(?:{_PLACE})(?!\S)")
_HEAD_WORDS = re.compile(r"^(?:(?:hieu truong|giam doc) )?(?:cac )?(?:don vi )?(?:truong|trung tam) (?=\S)")
_SPECIAL = re.compile(r"^(?:ptdtbt|ptdtnt) (?=\S)")


@dataclass(frozen=True)
class NamedUnit:
    """A unit that may be named: what it is and was called, and whether it is a school or a commune."""

    pk: int
    name: str
    short_name: str
    kind: str
    former: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Its names as they are compared; "PTDTBT" is often left out."""
        return _keys(self.name, self.short_name)

    @property
    def former_keys(self) -> tuple[str, ...]:
        """The same of the names that it bore before."""
        return _keys(*self.former)


def _keys(*names: str) -> tuple[str, ...]:
    full = [normal(words) for words in names if words]
    return tuple(dict.fromkeys([*full, *(_SPECIAL.sub("", key) for key in full)]))


@dataclass(frozen=True)
class Who:
    """One addressee: all schools, a level, or a unit by its key."""

    kind: str
    level: str = ""
    unit: int | None = None


@dataclass
class Resolution:
    """Whom the words mean; `unknown`: borne by nobody or by several.

    `near`: found in spite of a slip, or by a former name.
    """

    found: list[Who] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    near: list[str] = field(default_factory=list)

    def add(self, *who: Who) -> None:
        self.found += [one for one in who if one not in self.found]


def normal(words: str) -> str:
    """Words as they are compared: plain letters, abbreviations written alike, "Trường" left out.

    >>> normal("Trường Tiểu học và THCS Đồi Chè")
    'th&thcs doi che'
    """
    return _HEAD_WORDS.sub("", _abbreviated(search_key(words)))


def _abbreviated(key: str) -> str:
    key = key.strip(" .;:,-–\"'()")
    for form, short in ABBREVIATIONS:
        key = re.sub(rf"(?<!\w)(?:{form})(?!\w)", short, key)
    return key


def resolve(words: str, units: Sequence[NamedUnit], issuer: int | None = None) -> Resolution:
    """Whom `words` mean among `units`; `issuer` speaks, and is often named without its place."""
    resolution = Resolution()
    register = Register(units, issuer)
    in_group, in_communes, kind_before = False, False, ""
    for said in _parts(words):
        key = _abbreviated(search_key(said))
        if not key:
            continue
        levels = _levels(key, in_group, register)
        if (everybody := _ALL.fullmatch(key)) and register.is_whole_area(everybody["place"]):
            resolution.add(Who(ALL_SCHOOLS))
        elif levels:
            resolution.add(*(Who(LEVEL, level=level) for level in levels))
        elif register.communes and (
            _COMMUNES.fullmatch(key) or (in_communes and _COMMUNE_WORD.fullmatch(key))
        ):
            resolution.add(*(Who(UNIT, unit=pk) for pk in register.communes))
            in_communes = True
        else:
            name = _commune_name(_HEAD_WORDS.sub("", key))
            kind_before = _kind_of(name) or kind_before
            register.find(name, kind_before, resolution, said=said)
        in_group = in_group or bool(levels)
    return resolution


def _parts(words: str) -> list[str]:
    """The members of a list, as printed; told after a colon or in brackets, they stand for the group."""
    said = " ".join(words.split())
    lead, colon, members = said.partition(":")
    if not colon:
        lead, colon, members = said.partition("(")
    if colon and members.strip(" )") and not _VERBS.fullmatch(search_key(lead) + " "):
        said = members.strip(" )")
    key = search_key(said)
    if len(key) != len(said):
        return [said]
    start = ((verbs := _VERBS.match(key)) and verbs.end()) or 0
    joints = [match.span() for match in _JOINT.finditer(key)]
    parts = []
    for cut in _SEPARATOR.finditer(key, start):
        if not any(a < cut.start() < b for a, b in joints):
            parts.append(said[start : cut.start()].strip())
            start = cut.end()
    return [*parts, said[start:].strip()]


def _levels(key: str, in_group: bool, register: "Register") -> tuple[str, ...]:
    """The levels of a group: "cac truong thcs"; after such a group "thpt" alone goes on with it."""
    match = _GROUP.fullmatch(key)
    if not match or (match["level"] == key and not in_group) or not register.is_whole_area(match["place"]):
        return ()
    return LEVELS[match["level"]]


def _commune_name(name: str) -> str:
    """ "ubnd cac xa suoi may" as "xa suoi may"; any other name as it is."""
    match = _COMMUNE_NAME.fullmatch(name)
    return match["name"] if match else name


def _kind_of(name: str) -> str:
    """The words before the name proper: "ptdtbt th&thcs" of a school, "xa" of a commune."""
    match = _KINDS.match(name)
    return match[0].strip() if match else ""


class Register:
    """The names that may be meant."""

    def __init__(self, units: Iterable[NamedUnit], issuer: int | None) -> None:
        self.names: dict[str, set[int]] = {}
        self.former: dict[str, set[int]] = {}
        self.communes: list[int] = []
        self.issuer_keys: tuple[str, ...] = ()
        self.issuer = issuer
        for unit in units:
            for key in unit.keys:
                self.names.setdefault(key, set()).add(unit.pk)
            for key in unit.former_keys:
                self.former.setdefault(key, set()).add(unit.pk)
            if unit.kind == "commune":
                self.communes.append(unit.pk)
            if unit.pk == issuer:
                self.issuer_keys = unit.keys

    def find(self, name: str, kind_before: str, resolution: Resolution, *, said: str) -> None:
        """The one unit of that name. In "TH Hoàng Văn Thụ, Nguyễn Du" both are primary schools."""
        if self.issuer is not None and self._is_issuer(name):
            resolution.add(Who(UNIT, unit=self.issuer))
            return
        forms = [name] if _kind_of(name) or not kind_before else [f"{kind_before} {name}", name]
        for form in forms:
            bearers = self.names.get(form, set())
            if len(bearers) == 1:
                resolution.add(Who(UNIT, unit=next(iter(bearers))))
                return
            if bearers:
                break
        else:
            if (pk := self._formerly(forms) or self._nearest(forms[0])) is not None:
                resolution.add(Who(UNIT, unit=pk))
                resolution.near.append(said)
                return
        resolution.unknown.append(said)

    def is_whole_area(self, place: str | None) -> bool:
        """Whether "trên địa bàn" this place is everywhere: no place, a province, or the issuer's own."""
        if place is None or _WHOLE_AREA.fullmatch(place):
            return True
        return any(key.endswith(f" {place}") for key in self.issuer_keys)

    def _is_issuer(self, name: str) -> bool:
        return len(name.split()) > 1 and any(
            key == name or key.startswith(f"{name} ") for key in self.issuer_keys
        )

    def _formerly(self, forms: Iterable[str]) -> int | None:
        """The one unit that bore the name before; a name that a unit bears now is not asked for."""
        bearers = next((self.former[form] for form in forms if form in self.former), set())
        return next(iter(bearers)) if len(bearers) == 1 else None

    def _nearest(self, name: str) -> int | None:
        """The unit whose name is clearly nearest; its kind of school must be the same."""
        kind = _kind_of(name)
        best: dict[int, float] = {}
        for key, bearers in self.names.items():
            if _kind_of(key) != kind:
                continue
            score = fuzz.ratio(name, key)
            for pk in bearers:
                best[pk] = max(score, best.get(pk, 0))
        ranked = sorted(best.items(), key=lambda pair: -pair[1])
        if not ranked or ranked[0][1] < NEAR_ENOUGH:
            return None
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < CLEARLY_NEARER:
            return None
        return ranked[0][0]
