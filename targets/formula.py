"""The formula of an indicator as an administrator types it: sums of measures, one over another. Pure.

    primary.pupils + lower_secondary.pupils
    primary.attending / primary.pupils
    (primary.attending + lower_secondary.attending) / (primary.pupils + lower_secondary.pupils)
    share(primary.two_sessions)

No more can be said: a rate is a sum over a sum, never a mean of percentages, and `share` is the part of the
units that say yes (1) of all that answer. What is typed is read by this grammar alone; nothing of it is run.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

_TOKEN = re.compile(r"\s*(?:(?:[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+|share|[+/()]))")
MOST = 2000
PERSONS = frozenset({"pupils", "children"})
YES = "yes"


class Fault(StrEnum):
    """What is wrong with a formula; worded for people by the form."""

    EMPTY = "empty"
    NOT_READ = "not_read"
    NOT_ENDED = "not_ended"
    UNKNOWN = "unknown"
    TWICE = "twice"
    UNLIKE = "unlike"
    NO_RATE = "no_rate"
    NO_SHARE = "no_share"
    TILTED = "tilted"
    NEVER = "never"


class FormulaError(ValueError):
    """`what` in the text, or of the measures, is at fault; `place` counts characters from 1, 0: the whole."""

    def __init__(self, fault: Fault, what: str = "", place: int = 0) -> None:
        super().__init__(f"{fault}: {what} at {place}")
        self.fault, self.what, self.place = fault, what, place


@dataclass(frozen=True)
class Formula:
    """Codes of measures added up above the line and below it; `is_share`: those that say yes, of all."""

    above: tuple[str, ...]
    below: tuple[str, ...] = ()
    is_share: bool = False

    def __str__(self) -> str:
        """As it is typed: `parsed(str(formula)) == formula`."""
        if self.is_share:
            return f"share({' + '.join(self.above)})"
        return " / ".join(bracketed(side, alone=not self.below) for side in (self.above, self.below) if side)

    @property
    def codes(self) -> tuple[str, ...]:
        return self.above + self.below


def bracketed(side: tuple[str, ...], *, alone: bool) -> str:
    words = " + ".join(side)
    return words if alone or len(side) == 1 else f"({words})"


@dataclass(frozen=True)
class Token:
    text: str
    place: int


def parsed(text: str) -> Formula:
    """The formula that a text says.

    Raises FormulaError.

    >>> parsed("primary.attending / primary.pupils")
    Formula(above=('primary.attending',), below=('primary.pupils',), is_share=False)
    """
    tokens = list(tokens_of(text))
    if not tokens:
        raise FormulaError(Fault.EMPTY)
    reader = Reader(tokens)
    if reader.takes("share"):
        formula = Formula(reader.sum(in_brackets=True), is_share=True)
    else:
        above = reader.side()
        formula = Formula(above, reader.side() if reader.takes("/") else ())
    if token := reader.next:
        raise FormulaError(Fault.NOT_READ, token.text, token.place)
    for side in (formula.above, formula.below):
        if twice := next((code for code in side if side.count(code) > 1), ""):
            raise FormulaError(Fault.TWICE, twice)
    return formula


def tokens_of(text: str) -> Iterator[Token]:
    text = text[:MOST].rstrip()
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            rest = text[place:].split()[0]
            raise FormulaError(Fault.NOT_READ, rest[:30], text.index(rest, place) + 1)
        word = match[0].strip()
        yield Token(word, match.end() - len(word) + 1)
        place = match.end()


class Reader:
    """Goes through the tokens once, from left to right."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens, self._at = tokens, 0

    @property
    def next(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def takes(self, text: str) -> bool:
        """Whether the next token is this one; then it is read."""
        if self.next is None or self.next.text != text:
            return False
        self._at += 1
        return True

    def needs(self, text: str) -> None:
        if not self.takes(text):
            raise self.fault()

    def fault(self) -> FormulaError:
        if self.next is None:
            return FormulaError(Fault.NOT_ENDED)
        return FormulaError(Fault.NOT_READ, self.next.text, self.next.place)

    def side(self) -> tuple[str, ...]:
        """One measure, or several added up; beside a line these stand in brackets."""
        is_bracketed = self.next is not None and self.next.text == "("
        return self.sum(in_brackets=is_bracketed)

    def sum(self, *, in_brackets: bool) -> tuple[str, ...]:
        if in_brackets:
            self.needs("(")
        codes = [self.code()]
        while self.takes("+"):
            codes.append(self.code())
        if in_brackets:
            self.needs(")")
        elif len(codes) > 1 and self.next is not None and self.next.text == "/":
            # "a + b / c" could be meant either way.
            raise self.fault()
        return tuple(codes)

    def code(self) -> str:
        if self.next is None or "." not in self.next.text:
            raise self.fault()
        code = self.next.text
        self._at += 1
        return code


def level_in_common(levels: Iterable[str]) -> str:
    """The level of what is added up; empty where there are several. What communes count has none."""
    named = {level for level in levels if level}
    return named.pop() if len(named) == 1 else ""


@dataclass(frozen=True)
class Counts:
    """A measure as far as a formula asks: what it is a number of, who reports it, and which reports of a year
    ask for it, by kind and number."""

    kind: str
    stem: str = ""
    level: str = ""
    reporter: str = ""
    asked: frozenset[tuple[str, int]] = frozenset(("month", number) for number in range(1, 13))


def check(formula: Formula, measures: Mapping[str, Counts]) -> None:
    """Whether what is added up and divided goes together. `measures`: those in use, by code.

    Raises FormulaError.
    """
    if unknown := next((code for code in formula.codes if code not in measures), ""):
        raise FormulaError(Fault.UNKNOWN, unknown)
    if both := next((code for code in formula.above if code in formula.below), ""):
        raise FormulaError(Fault.TWICE, both)
    sides = [[measures[code] for code in side] for side in (formula.above, formula.below) if side]
    for side, codes in zip(sides, (formula.above, formula.below), strict=False):
        check_side(side, ", ".join(codes), is_rate=bool(formula.below))
    is_answered = kind_of(sides[0][0].kind) == YES
    if formula.is_share != is_answered and (formula.is_share or formula.below):
        raise FormulaError(Fault.NO_SHARE)
    if formula.below and kind_of(sides[0][0].kind) != kind_of(sides[1][0].kind):
        raise FormulaError(Fault.NO_RATE)
    if not frozenset.intersection(*(one.asked for side in sides for one in side)):
        raise FormulaError(Fault.NEVER, ", ".join(formula.codes))


def check_side(side: Sequence[Counts], codes: str, *, is_rate: bool) -> None:
    """Like things only; of yes and no one question to one kind of unit.

    Of a rate one measure of a level: a figure counts beside one other, and with one of two missing the rate
    would be tilted.
    """
    if len({kind_of(one.kind) for one in side}) > 1:
        raise FormulaError(Fault.UNLIKE, codes)
    if side[0].kind == YES and len({(one.stem, one.reporter) for one in side}) > 1:
        raise FormulaError(Fault.UNLIKE, codes)
    of_schools = [one.level for one in side if one.level]
    if is_rate and len(set(of_schools)) < len(of_schools):
        raise FormulaError(Fault.TILTED, codes)


def kind_of(counted: str) -> str:
    """Pupils, and children who live somewhere, are both persons: one is divided by the other."""
    return "persons" if counted in PERSONS else counted
