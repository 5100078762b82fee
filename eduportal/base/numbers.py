"""Numbers as Vietnamese people type and read them: "8.411" is eight thousand, "98,5" a decimal. Pure.

The one place where typed numbers are parsed. What can be meant two ways is asked about, never guessed.
"""

import re
from decimal import Decimal


class NumberProblem(ValueError):
    """Typed text that is no clear number.

    `code` is "not_a_number", "ambiguous", or "not_whole" where whole numbers are in place. `readings` are
    what may be meant, likeliest first, or nothing; each, written by `format_number`, is accepted when it is
    typed again.
    """

    def __init__(self, code: str, readings: tuple[Decimal, ...] = ()):
        super().__init__(code)
        self.code = code
        self.readings = readings


_PLAIN = re.compile(r"\d+")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_DECIMAL = re.compile(r"(\d+|[1-9]\d{0,2}(?:\.\d{3})+),(\d+)")
_FOREIGN_DECIMAL = re.compile(r"(\d+)\.(\d+)")
_FOREIGN_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_SPACE_OF_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?:\D|$))")


# As many digits as a primary key has at most, and far fewer than Python refuses to read (4,300).
MOST_DIGITS = 18


def whole_number(text: str | None) -> int | None:
    """The number that somebody else's programme or page wrote in digits; None for anything else.

    What is longer than any key, count or version is no number either: it names nothing that there is.

    >>> whole_number("12"), whole_number(""), whole_number("-1"), whole_number("9" * 5000)
    (12, None, None, None)
    """
    return int(text) if text and text.isdecimal() and len(text) <= MOST_DIGITS else None


def parse_number(text: str, *, decimals: bool = False) -> Decimal:
    """The number typed. With `decimals`, fractions are in place (a rate); without, whole numbers are.

    Raises NumberProblem: "98.5" could be 98,5 or a slip of 985; "12,000" in a field of whole numbers could be
    12 or 12.000; "1,234,567" is surely 1.234.567, but that is for the person to say.

    >>> parse_number("8.411")
    Decimal('8411')
    >>> parse_number("98,5", decimals=True)
    Decimal('98.5')
    """
    typed = _SPACE_OF_THOUSANDS.sub(".", text.strip()).replace("\u2212", "-")
    sign = -1 if typed.startswith("-") else 1
    typed = typed.removeprefix("-").removesuffix("%").strip()
    if _PLAIN.fullmatch(typed) or _THOUSANDS.fullmatch(typed):
        return sign * Decimal(typed.replace(".", ""))
    if match := _DECIMAL.fullmatch(typed):
        whole, fraction = match.group(1).replace(".", ""), match.group(2)
        value = Decimal(f"{whole}.{fraction}")
        is_surely_whole = not fraction.strip("0") and len(fraction) != 3
        if decimals or is_surely_whole:
            return sign * value
        as_thousands = [sign * Decimal(whole + fraction)] if len(fraction) == 3 else []
        raise in_doubt(sign * value, *as_thousands, decimals=decimals)
    if match := _FOREIGN_DECIMAL.fullmatch(typed):
        joined = Decimal(match.group(1) + match.group(2))
        raise in_doubt(sign * Decimal(typed), sign * joined, decimals=decimals)
    if _FOREIGN_THOUSANDS.fullmatch(typed):
        raise in_doubt(sign * Decimal(typed.replace(",", "")), decimals=decimals)
    raise NumberProblem("not_a_number")


def in_doubt(*readings: Decimal, decimals: bool) -> NumberProblem:
    """The problem of text with these readings, of which a field of whole numbers offers the whole ones."""
    possible = tuple(reading for reading in readings if decimals or reading == reading.to_integral_value())
    return NumberProblem("ambiguous" if len(possible) == len(readings) else "not_whole", possible)


def format_number(value: Decimal | int | float, *, language: str = "vi") -> str:
    """The number with thousands and decimals marked as the language does, without trailing zeros.

    >>> format_number(Decimal("8411.50"))
    '8.411,5'
    """
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    text = f"{exact:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,")) if language == "vi" else text
