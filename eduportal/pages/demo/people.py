"""Everybody who works in the demo province. The people and their telephones are invented."""

from django.contrib.auth.hashers import make_password

from accounts.models import User
from eduportal.pages.demo.province import OPENED_ON, Province
from eduportal.pages.demo.tables import Size
from schools.actions import post
from schools.models import Posting

PASSWORD = "ngocson-2026"  # noqa: S105 (the demo's own, printed for whoever tries it out)


def open_accounts(size: Size, province: Province) -> dict[str, Posting]:
    """Open all accounts and post everybody. The postings by username."""
    # Hashing is slow on purpose, and everybody has the same password.
    password = make_password(PASSWORD)
    postings = {}
    for number, account in enumerate(size.accounts, start=1):
        user = User.objects.create(
            username=account.username,
            full_name=account.full_name,
            phone=f"0100 000 {number:03d}",
            password=password,
        )
        unit = province.unit(account.unit)
        posting = post(user=user, unit=unit, role=account.role, valid_from=OPENED_ON, by=None)
        postings[account.username] = posting
    return postings
