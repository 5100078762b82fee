"""Every write to accounts. What a person may see and do is given by postings (schools.actions.post)."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.contacts import email_key, phone_key
from accounts.models import User
from accounts.passwords import first_password, hashed
from accounts.queries import names_in_use
from eduportal.base.errors import Refused
from eduportal.base.text import nfc, search_key
from trail.actions import record
from trail.actor import Actor


def named(username: str, full_name: str, phone: str, email: str) -> dict[str, str]:
    """The fields that name a person, with the keys by which they are found."""
    full_name, email = nfc(full_name).strip(), email.strip()
    return {
        "username": nfc(username).strip(),
        "full_name": full_name,
        "phone": phone.strip(),
        "email": email,
        "phone_key": phone_key(phone),
        "email_key": email_key(email),
        "search_key": search_key(f"{full_name} {username}")[:320],
    }


@transaction.atomic
def open_account(
    *,
    username: str,
    full_name: str,
    by: Actor | None,
    unit_id: int | None,
    phone: str = "",
    email: str = "",
) -> User:
    """Open an account without a password: it signs nobody in until `issue_first_password`."""
    refuse_confusion(username, phone, email)
    user = User(**named(username, full_name, phone, email))
    user.set_unusable_password()
    keep(user)
    record("account.opened", about=user, by=by, unit_id=unit_id, data={"username": user.username})
    return user


@transaction.atomic
def edit_account(
    *,
    user: User,
    version: int,
    username: str,
    full_name: str,
    phone: str,
    email: str,
    by: Actor | None,
    unit_id: int | None,
) -> None:
    """Correct how a person is called and reached. What changed goes to the trail with its former value."""
    refuse_confusion(username, phone, email, but=user)
    user.claim(version)
    fields = named(username, full_name, phone, email)
    shown = ("username", "full_name", "phone", "email")
    changes = {
        name: [getattr(user, name), fields[name]] for name in shown if getattr(user, name) != fields[name]
    }
    for name, value in fields.items():
        setattr(user, name, value)
    keep(user, list(fields))
    record("account.edited", about=user, by=by, unit_id=unit_id, data=changes)


def refuse_confusion(username: str, phone: str, email: str, *, but: User | None = None) -> None:
    if names_in_use(username, phone, email, but=but):
        raise Refused(already_used())


def already_used() -> str:
    return _("Another account already signs in with this user name, phone number or mail address.")


def keep(user: User, fields: list[str] | None = None) -> None:
    """Save. Where somebody took the same name a moment before, the database says so."""
    try:
        with transaction.atomic():
            user.save(update_fields=fields)
    except IntegrityError as problem:
        raise Refused(already_used()) from problem


@transaction.atomic
def issue_first_password(*, user: User, by: Actor | None, unit_id: int | None) -> str:
    """Give an account a new first password and return it: nobody can read it a second time.

    Whoever is signed in with the former one is signed out, and the new one must be changed at first use.
    """
    password = first_password()
    user.password = hashed(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    record("account.password_issued", about=user, by=by, unit_id=unit_id)
    return password


@transaction.atomic
def choose_password(*, user: Any, password: str) -> None:
    """A person's own choice, when signed in or by a letter to their mail address."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record("account.password_chosen", about=user, by=None, unit_id=None)


@transaction.atomic
def choose_reminders(*, user: User, by_mail: bool, by_message: bool, by: Actor | None) -> None:
    """A person's own choice of the ways by which the portal reminds them. What is so already is no change."""
    if (user.remind_by_mail, user.remind_by_message) == (by_mail, by_message):
        return
    user.remind_by_mail, user.remind_by_message = by_mail, by_message
    user.save(update_fields=["remind_by_mail", "remind_by_message"])
    unit_id, data = by.unit_id if by else None, {"mail": by_mail, "message": by_message}
    record("account.reminders_chosen", about=user, by=by, unit_id=unit_id, data=data)


@transaction.atomic
def close_account(*, user: User, by: Actor | None, unit_id: int | None) -> None:
    """Nobody signs in with it any more, and whoever is signed in is out at the next click. It can reopen."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    record("account.closed", about=user, by=by, unit_id=unit_id)


@transaction.atomic
def reopen_account(*, user: User, by: Actor | None, unit_id: int | None) -> None:
    """Let a closed account sign in again, unless its number or address is another's meanwhile."""
    refuse_confusion(user.username, user.phone, user.email, but=user)
    user.is_active = True
    keep(user, ["is_active"])
    record("account.reopened", about=user, by=by, unit_id=unit_id)
