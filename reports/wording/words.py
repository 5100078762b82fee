"""Numbers, days and names as the sentences of official papers write them, and numbers that know what they
count. Pure."""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from eduportal.base.numbers import format_number

LONGEST_QUOTE = 200

# A number that knows its figure stands between marks which no typed text holds: a sentence is put together
# from strings, and where its numbers end up is known only when it is whole.
BEGIN, BETWEEN, END = "\ue000", "\ue001", "\ue002"
_LINKED = re.compile(f"{BEGIN}([^{BETWEEN}]*){BETWEEN}([^{END}]*){END}")
_MARKS = re.compile(f"[{BEGIN}{BETWEEN}{END}]")


@dataclass(frozen=True)
class Link:
    """Which part of a text is a number, and of which figure: "figure:primary.pupils", "tasks:overdue"."""

    start: int
    end: int
    code: str


def linked(code: str, text: str) -> str:
    """A number that leads to what it counts."""
    return f"{BEGIN}{code}{BETWEEN}{text}{END}"


def parted(text: str) -> tuple[str, tuple[Link, ...]]:
    """A text as people read it, and its numbers that know their figures.

    >>> parted("Có " + linked("figure:primary.pupils", "8.411") + " học sinh.")
    ('Có 8.411 học sinh.', (Link(start=3, end=8, code='figure:primary.pupils'),))
    """
    plain, links, read = "", [], 0
    for found in _LINKED.finditer(text):
        plain += text[read : found.start()]
        links.append(Link(len(plain), len(plain) + len(found[2]), found[1]))
        plain += found[2]
        read = found.end()
    return plain + text[read:], tuple(links)


def unmarked(text: str) -> str:
    """A text as people read it."""
    return parted(text)[0]


def written(value: Decimal | int) -> str:
    """A count as the field writes it: 01 to 09 with a leading zero, 8.411 with a dot.

    >>> written(1), written(0), written(8411)
    ('01', '0', '8.411')
    """
    if value == int(value) and 0 < value < 10:
        return f"0{int(value)}"
    return format_number(value)


def percentage(fraction: Decimal) -> str:
    """0.982 as "98,2%"."""
    return f"{points(fraction)}%"


def points(fraction: Decimal) -> str:
    """0.003 as "0,3"."""
    return format_number(tenths(fraction))


def tenths(fraction: Decimal) -> Decimal:
    """A fraction in percent, to a tenth."""
    return (fraction * 100).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def day(value: dt.date) -> str:
    return f"{value:%d/%m/%Y}"


def one_line(text: str) -> str:
    """Text that schools typed, made fit to stand inside a sentence: one line, no closing stop."""
    return " ".join(_MARKS.sub("", text).split()).rstrip(" .;")


def excerpt(text: str) -> str:
    """The beginning of a long text, cut between words."""
    line = one_line(text)
    if len(line) <= LONGEST_QUOTE:
        return line
    return line[:LONGEST_QUOTE].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def capital(text: str) -> str:
    """With a capital at its beginning."""
    return text[:1].upper() + text[1:]


def document(number: str, issued_on: dt.date | None) -> str:
    """A document by its number and day."""
    return f"văn bản số {number} ngày {day(issued_on)}" if issued_on else f"văn bản số {number}"
