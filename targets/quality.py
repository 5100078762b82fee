"""What is doubtful in the figures of one level of a unit in a month, by rules that are data. Pure.

Zero, missing and "not applicable" are three things: what is missing is never held against anything, and what
does not apply contradicts only where something of the same kind is reported.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from targets.arithmetic import NOT_APPLICABLE, Figure, change, number_of


class Check(StrEnum):
    """How a rule looks at figures."""

    NOT_ZERO = "not_zero"  # something is there while what it needs is zero: pupils without classes
    RATIO = "ratio"  # one for each of another, within bounds: pupils in a class
    PARTS = "parts"  # parts that make the whole: nursery and kindergarten
    TAUGHT = "taught"  # the register says that the level is taught, and there is nobody
    JUMP = "jump"  # far from last month's


@dataclass(frozen=True)
class Rule:
    """`stem` is looked at beside `others`, stems of measures ("pupils"). `level` is empty for every level.

    An empty `stem` means each figure of which no rule of its own looks at the same.
    `least` and `most` bound a ratio; `most` is the largest change of a jump, as a share of last month's.
    """

    code: str
    check: Check
    stem: str
    others: tuple[str, ...] = ()
    level: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    is_serious: bool = False


@dataclass(frozen=True)
class Doubt:
    """A rule that figures do not keep. `found` is what it came to: a ratio, a sum, last month's figure."""

    rule: Rule
    level: str
    found: Decimal | None = None


Figures = Mapping[str, Figure]
"""By stem of the measure."""


def doubts_of(level: str, figures: Figures, before: Figures, rules: Iterable[Rule]) -> Iterator[Doubt]:
    """What is doubtful of one level, in the order of the rules. `before`: last month's figures."""
    for rule in spelled_out([rule for rule in rules if rule.level in ("", level)], figures):
        found = DOUBTS[rule.check](rule, figures, before)
        if found is not None:
            yield Doubt(rule, level, found)


def spelled_out(rules: Sequence[Rule], figures: Figures) -> Iterator[Rule]:
    """A rule for every figure becomes one for each that has none of its own."""
    own = {(rule.check, rule.stem) for rule in rules}
    for rule in rules:
        if rule.stem:
            yield rule
        else:
            yield from (replace(rule, stem=stem) for stem in figures if (rule.check, stem) not in own)


def not_zero(rule: Rule, figures: Figures, before: Figures) -> Decimal | None:
    """What is there of the others, where there is none of what it needs."""
    figure = figures.get(rule.stem)
    if figure is not NOT_APPLICABLE and figure != 0:
        return None
    there = sum((number_of(figures.get(stem)) or Decimal(0) for stem in rule.others), Decimal(0))
    return there if there > 0 else None


def ratio(rule: Rule, figures: Figures, before: Figures) -> Decimal | None:
    """How many there are for each of the other, where that is out of bounds."""
    above, below = number_of(figures.get(rule.stem)), number_of(figures.get(rule.others[0]))
    if above is None or not below:
        return None
    found = above / below
    too_few = rule.least is not None and found < rule.least
    too_many = rule.most is not None and found > rule.most
    return found if too_few or too_many else None


def parts(rule: Rule, figures: Figures, before: Figures) -> Decimal | None:
    """What the parts come to, where all are known and the whole is another number."""
    whole = number_of(figures.get(rule.stem))
    known = [number_of(figures.get(stem)) for stem in rule.others]
    numbers = [number for number in known if number is not None]
    if whole is None or len(numbers) < len(known):
        return None
    total = sum(numbers, Decimal(0))
    return None if total == whole else total


def taught(rule: Rule, figures: Figures, before: Figures) -> Decimal | None:
    """Zero, where nobody is reported at a level that is taught."""
    figure = figures.get(rule.stem)
    return Decimal(0) if figure is NOT_APPLICABLE or figure == 0 else None


def jump(rule: Rule, figures: Figures, before: Figures) -> Decimal | None:
    """Last month's figure, where this month's is far from it."""
    found = change(figures.get(rule.stem), before.get(rule.stem))
    if found is None or rule.most is None or not found.is_beyond(rule.most):
        return None
    return found.previous


DOUBTS = {
    Check.NOT_ZERO: not_zero,
    Check.RATIO: ratio,
    Check.PARTS: parts,
    Check.TAUGHT: taught,
    Check.JUMP: jump,
}
