"""Numbers as Word counts them, so that a point put in between renumbers those after it.

Word's letters are a b c d e f g; points of an official document are lettered a b c d đ e g h i k. So letters
count by stretches in which both alphabets run alike (a-d, e, g-i, k-v, x-y), each a list that begins at its
letter; đ, which no form of Word's numbers knows, is written into its list as it stands. The same holds for
whatever else Word cannot count ("01", "B2").
"""

from dataclasses import dataclass

from directives.writing import words
from directives.writing.arranging import Line
from directives.writing.docx.elements import Element, element

# What numbering.xml brings along: three lists, of which the first gives the levels of all others.
_ORIGIN = 1
_FIRST = 4
_SIGNS = {"-": (1, 3), "+": (1, 4)}
_DEEPEST = 4
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ARTICLE = f"{words.ARTICLE} "


@dataclass(frozen=True)
class Form:
    """How a number is counted and what stands around it; `form` "none" counts nothing."""

    form: str
    before: str
    after: str


@dataclass
class _Open:
    """A list that goes on, and the value that it comes to next."""

    key: int
    form: Form
    following: int


class Lists:
    """The lists of a document, made as its items come, in order."""

    def __init__(self) -> None:
        self.made: list[Element] = []
        self._next = _FIRST
        self._open: dict[int, _Open] = {}

    def begin(self) -> None:
        """An annex numbers its items anew."""
        self._open.clear()

    def place_of(self, line: Line) -> tuple[int, int]:
        """List and level of the next numbered line."""
        if line.number in _SIGNS:
            self._close_beneath(_SIGNS[line.number][1])
            return _SIGNS[line.number]
        level = min(max(line.level, 1) - 1, _DEEPEST)
        self._close_beneath(level)
        form, value = form_of(line.number)
        found = self._open.get(level)
        if found is None or found.form != form or found.following != value:
            found = self._open[level] = _Open(self._make(level, form, value), form, value)
        found.following += 1
        return found.key, level

    def _close_beneath(self, level: int) -> None:
        for beneath in [one for one in self._open if one > level]:
            del self._open[beneath]

    def _make(self, level: int, form: Form, value: int) -> int:
        key, self._next = self._next, self._next + 1
        counted = "" if form.form == "none" else f"%{level + 1}"
        look = element(
            "lvl",
            element("start", val=value),
            element("numFmt", val=form.form),
            element("suff", val="space"),
            element("lvlText", val=f"{form.before}{counted}{form.after}"),
            element("lvlJc", val="left"),
            element("pPr", element("ind", firstLine=720)),
            element("rPr", element("b"), element("bCs")) if not level else None,
            ilvl=level,
        )
        override = element("lvlOverride", element("startOverride", val=value), look, ilvl=level)
        self.made.append(element("num", element("abstractNumId", val=_ORIGIN), override, numId=key))
        return key


def form_of(number: str) -> tuple[Form, int]:
    """How Word counts a number, and the value at which it stands there."""
    if words.is_roman(number):
        return Form("upperRoman", "", "."), words.ordinal_of(number) or 1
    if number in words.LETTERS:
        if number not in _LATIN:
            return Form("none", f"{number})", ""), 1
        return Form("lowerLetter", "", ")"), _LATIN.index(number) + 1
    before, last = "", number
    if number.startswith(_ARTICLE):
        before, last = _ARTICLE, number.removeprefix(_ARTICLE)
    elif "." in number:
        parent, _, last = number.rpartition(".")
        before = f"{parent}."
    # Word takes a per cent sign for one of its own.
    if last.isascii() and last.isdigit() and len(last) < 5 and str(int(last)) == last and "%" not in before:
        return Form("decimal", before, "."), int(last)
    return Form("none", words.marked(number), ""), 1
