"""First passwords: made by the portal, read from paper once, changed at the first sign-in."""

import secrets

from django.contrib.auth.hashers import PBKDF2PasswordHasher

# Without letters and digits that look alike on paper (0 o, 1 l i).
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 3, 4
ROUNDS = 20_000


def first_password() -> str:
    """Twelve signs in three groups, as in "kmtp-7h3x-r9qa": 59 bits of chance."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(GROUP)) for _ in range(GROUPS))


def hashed(password: str) -> str:
    """A first password for the database, in few rounds: a whole province gets its letters in one go.

    Many rounds protect words that people think of; against 59 bits of chance nobody gets by guessing. The
    first sign-in makes it the usual number, and a wrong try is made to take as long as any other.
    """
    hasher = PBKDF2PasswordHasher()
    return hasher.encode(password, hasher.salt(), ROUNDS)
