"""Numbers as Vietnamese people type and read them: "8.411" is eight thousand, "98,5" a decimal. Pure.

The one place where typed numbers are parsed. What can be meant two ways is asked about, never guessed.
"""

import re
from decimal import Decimal


class NumberProblem(ValueError):
    """Typed text that is no clear number. `code` is "not_a_number" or "ambiguous"."""

    def __init__(self, code: str, readings: tuple[Decimal, ...] = ()):
        super().__init__(code)
        self.code = code
        self.readings = readings


_PLAIN = re.compile(r"\d+")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_DECIMAL = re.compile(r"(\d+|[1-9]\d{0,2}(?:\.\d{3})+),(\d+)")
_FOREIGN_DECIMAL = re.compile(r"(\d+)\.(\d+)")
_FOREIGN_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")


def parse_number(text: str, *, decimals: bool = False) -> Decimal:
    """The number typed. With `decimals`, fractions are in place (a rate); without, whole numbers are.

    Raises NumberProblem: "ambiguous" carries both readings ("98.5" could be 98,5 or a slip of 985;
    "12,843" in a field of whole numbers could be 12.843 or a fraction).

    >>> parse_number("8.411")
    Decimal('8411')
    >>> parse_number("98,5", decimals=True)
    Decimal('98.5')
    """
    typed = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?:\D|$))", ".", text.strip()).replace("\u2212", "-")
    sign = -1 if typed.startswith("-") else 1
    typed = typed.removeprefix("-").removesuffix("%").strip()
    if _PLAIN.fullmatch(typed) or _THOUSANDS.fullmatch(typed):
        return sign * Decimal(typed.replace(".", ""))
    if match := _DECIMAL.fullmatch(typed):
        whole, fraction = match.group(1).replace(".", ""), match.group(2)
        value = Decimal(f"{whole}.{fraction}")
        if decimals or not fraction.strip("0"):
            if not decimals and len(fraction) == 3:
                raise NumberProblem("ambiguous", (sign * value, sign * Decimal(whole + fraction)))
            return sign * value
        raise NumberProblem("ambiguous", (sign * value, sign * Decimal(whole + fraction)))
    if match := _FOREIGN_DECIMAL.fullmatch(typed):
        value, joined = Decimal(typed), Decimal(match.group(1) + match.group(2))
        raise NumberProblem("ambiguous", (sign * value, sign * joined))
    if _FOREIGN_THOUSANDS.fullmatch(typed):
        raise NumberProblem("ambiguous", (sign * Decimal(typed.replace(",", "")),))
    raise NumberProblem("not_a_number")


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
