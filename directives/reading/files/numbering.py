"""Automatic numbering of Word documents, printed as Word would show it.

Word stores no numbers: a paragraph names a list and a level, the list says how its numbers look, and all
paragraphs before it decide which one is next.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
LEVEL_SIGN = re.compile(r"%([1-9])")
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
# Bullets are drawn in fonts of signs; these are the commonest, as the signs they show.
SIGNS = {
    "\uf02d": "-", "\uf02b": "+", "\uf02a": "*", "\uf0b7": "•", "\uf0a7": "▪", "\uf06f": "○",
    "\uf0a8": "◦", "\uf0d8": "•", "\uf0fc": "•", "\uf076": "•", "–": "-", "—": "-", "−": "-",
    "‒": "-", "\u00ad": "-", "·": "•", "o": "○", "§": "▪", "ü": "•", "Ø": "•", "v": "•", "": "•",
}  # fmt: skip
HIGHEST = 10_000
DEEPEST = 8


@dataclass(frozen=True)
class Level:
    """How one level of a list looks. ``restart``: the level (from 1) that makes it begin anew, 0 for none."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    suffix: str = "tab"
    restart: int | None = None
    is_legal: bool = False
    style: str = ""


@dataclass(frozen=True)
class WordList:
    """A list that paragraphs name. Lists of one origin count on together; ``starts`` begins a level anew."""

    origin: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int] = field(default_factory=dict)


@dataclass
class Numbering:
    """The lists of a document, and where each stands; asked paragraph by paragraph, in order."""

    lists: Mapping[str, WordList]
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, list_id: str, level: int) -> str:
        """The number or sign of the next paragraph of a list, with the blank that parts it from the text."""
        found = self.lists.get(list_id)
        look = found.levels.get(level) if found else None
        if found is None or look is None:
            return ""
        counts = self.counters.setdefault(found.origin, {})
        self._step(list_id, found, level, counts)
        text = LEVEL_SIGN.sub(lambda sign: self._number(found, look, int(sign[1]) - 1, counts), look.text)
        if look.form == "bullet":
            text = SIGNS.get(text, "•" if len(text) == 1 and "\ue000" <= text <= "\uf8ff" else text)
        return text + ("" if look.suffix == "nothing" or not text else " ")

    def _step(self, list_id: str, found: WordList, level: int, counts: dict[int, int]) -> None:
        first_use = (list_id, level) not in self.begun
        self.begun.add((list_id, level))
        if first_use and level in found.starts:
            counts[level] = found.starts[level]
        elif level in counts:
            counts[level] = min(counts[level] + 1, HIGHEST)
        else:
            counts[level] = found.levels[level].start
        for above in range(level):
            counts.setdefault(above, found.levels[above].start if above in found.levels else 1)
        for beneath in [other for other in counts if other > level]:
            restart = found.levels[beneath].restart if beneath in found.levels else None
            if restart is None or 0 < level + 1 <= restart:
                del counts[beneath]

    def _number(self, found: WordList, look: Level, level: int, counts: Mapping[int, int]) -> str:
        of_level = found.levels.get(level, Level())
        form = "decimal" if look.is_legal else of_level.form
        return number_in(form, counts.get(level, of_level.start))


def number_in(form: str, value: int) -> str:
    """A number in one of Word's forms, or with the zeros of a pattern ("001").

    A form that no Vietnamese document uses is shown in digits.
    """
    return str(value).zfill(len(form)) if form.isdecimal() else FORMS.get(form, str)(value)


def letters(value: int) -> str:
    """a … z, then aa, bb: as Word counts on, in the Latin alphabet whatever the language."""
    if value < 1:
        return ""
    return "abcdefghijklmnopqrstuvwxyz"[(value - 1) % 26] * ((value - 1) // 26 + 1)


def roman(value: int) -> str:
    """
    >>> roman(14)
    'xiv'
    """
    parts = []
    for worth, sign in ROMAN:
        parts.append(sign * (value // worth))
        value %= worth
    return "".join(parts)


def counted(value: int) -> str:
    """Vietnamese words up to 99: một, mười lăm, hai mươi mốt."""
    if not 0 <= value < 100:
        return str(value)
    tens, unit = divmod(value, 10)
    if tens == 0:
        return UNITS[unit]
    head = "mười" if tens == 1 else f"{UNITS[tens]} mươi"
    if unit == 0:
        return head
    last = {5: "lăm"} | ({1: "mốt"} if tens > 1 else {})
    return f"{head} {last.get(unit, UNITS[unit])}"


FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02d}",
    "lowerLetter": letters,
    "upperLetter": lambda value: letters(value).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda value: roman(value).upper(),
    "vietnameseCounting": counted,
    "numberInDash": lambda value: f"- {value} -",
    "none": lambda value: "",
    "bullet": lambda value: "",
}


# --- from the file ------------------------------------------------------------------------------------------


def numbering_of(part: Any) -> Numbering:
    """The lists of word/numbering.xml; None where the document has none."""
    if part is None:
        return Numbering({})
    origins = {one.get(f"{W}abstractNumId"): one for one in part.iter(f"{W}abstractNum")}
    named = {
        link.get(f"{W}val"): key
        for key, one in origins.items()
        if (link := one.find(f"{W}styleLink")) is not None
    }
    levels = {key: levels_of(one) for key, one in origins.items()}
    lists: dict[str, WordList] = {}
    for one in part.iter(f"{W}num"):
        origin = value_of(one, "abstractNumId") or ""
        if origin not in origins:
            continue
        link = value_of(origins[origin], "numStyleLink")
        origin = named.get(link, origin) if link else origin
        lists[one.get(f"{W}numId", "")] = with_overrides(one, WordList(origin, levels[origin]))
    return Numbering(lists)


def levels_of(origin: Any) -> dict[int, Level]:
    return {depth_of(level): level_of(level) for level in origin.findall(f"{W}lvl")}


def level_of(element: Any) -> Level:
    restart = value_of(element, "lvlRestart")
    return Level(
        form=form_of_level(element),
        text=value_of(element, "lvlText") or "",
        start=whole(value_of(element, "start"), 1),
        suffix=value_of(element, "suff") or "tab",
        restart=whole(restart, 0) if restart else None,
        is_legal=element.find(f"{W}isLgl") is not None,
        style=value_of(element, "pStyle") or "",
    )


def form_of_level(element: Any) -> str:
    """The form of its numbers. A form of later versions comes with one that older ones can show."""
    fallback = element.find(f"{MC}AlternateContent/{MC}Fallback")
    later = element.find(f"{MC}AlternateContent/{MC}Choice/{W}numFmt")
    if later is not None and set(later.get(f"{W}format", "")) >= {"0", "1"}:
        return later.get(f"{W}format").partition(",")[0]
    return value_of(element, "numFmt") or value_of(fallback, "numFmt") or "decimal"


def with_overrides(num: Any, of_origin: WordList) -> WordList:
    levels, starts = dict(of_origin.levels), {}
    for override in num.findall(f"{W}lvlOverride"):
        depth = depth_of(override)
        if (own := override.find(f"{W}lvl")) is not None:
            levels[depth] = level_of(own)
        if (start := value_of(override, "startOverride")) is not None:
            starts[depth] = whole(start, 1)
            levels[depth] = replace(levels.get(depth, Level()), start=starts[depth])
    return WordList(of_origin.origin, levels, starts)


def value_of(element: Any, name: str) -> str | None:
    """The value of a child such as <w:start w:val="1"/>."""
    child = element.find(f"{W}{name}") if element is not None else None
    return child.get(f"{W}val") if child is not None else None


def depth_of(element: Any) -> int:
    return min(whole(element.get(f"{W}ilvl"), 0), DEEPEST)


def whole(text: str | None, default: int) -> int:
    return min(int(text[:9]), HIGHEST) if text and text.isdecimal() else default
