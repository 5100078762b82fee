"""Telephone numbers and mail addresses in the one form in which they are compared. Pure."""

import re

_SEPARATORS = re.compile(r"[\s.()\-–/\u00a0]+")
_DIGITS = re.compile(r"\d+")


def phone_key(text: str) -> str:
    """A Vietnamese telephone number as ten or eleven digits; nothing where the text is no such number.

    A number that a spreadsheet has taken for a number, and robbed of its first 0, gets it back.

    >>> phone_key("+84 912.345.678")
    '0912345678'
    """
    digits = _SEPARATORS.sub("", text)
    if digits.startswith("+84"):
        digits = "0" + digits[3:].removeprefix("0")
    elif digits.startswith("0084"):
        digits = "0" + digits[4:].removeprefix("0")
    elif digits.startswith("84") and len(digits) in (11, 12):
        digits = "0" + digits[2:]
    elif len(digits) == 9 and not digits.startswith("0"):
        digits = "0" + digits
    is_number = _DIGITS.fullmatch(digits) and digits.startswith("0") and len(digits) in (10, 11)
    return digits if is_number else ""


def email_key(text: str) -> str:
    """A mail address in lower case; nothing where the text is none."""
    address = text.strip().lower()
    return address if "@" in address else ""
