"""The check code of an issued document: with it whoever holds the paper verifies number and date. Pure."""

import re
import secrets

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without I, L, O, 0 and 1, which people read for one another."""

LENGTH = 12
GROUP = 4
_BETWEEN = re.compile(r"[\s\-–.]+")


def new_code() -> str:
    """A code that nobody guesses: one of 31 to the power of 12."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """As it stands on paper: ABCD-EFGH-JKMN."""
    return "-".join(code[place : place + GROUP] for place in range(0, len(code), GROUP))


def typed_code(text: str) -> str:
    """A code as somebody typed it, however it is spaced and in whichever case; "" for what is none.

    >>> typed_code(" abcd efgh-jkmn ")
    'ABCDEFGHJKMN'
    """
    code = _BETWEEN.sub("", text).upper()
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""
