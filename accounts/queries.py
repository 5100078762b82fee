"""Reads over accounts."""

from django.db.models import Q

from accounts.contacts import email_key, phone_key
from accounts.models import User


def account_named(name: str) -> User | None:
    """Whose account this is: by user name, telephone number or mail address, whichever way it is written.

    The user name as it stands comes first, then one that differs in capitals only, if there is one such.
    Closed accounts keep their user name, not their number and address. One to four queries.
    """
    name = name.strip()
    if not name:
        return None
    if exact := User.objects.filter(username=name).first():
        return exact
    return (
        only(Q(username__iexact=name))
        or (only(Q(phone_key=phone_key(name), is_active=True)) if phone_key(name) else None)
        or account_reached_at(name)
    )


def account_reached_at(email: str) -> User | None:
    """Whose mail address this is now; a closed account has none. One query."""
    key = email_key(email)
    return only(Q(email_key=key, is_active=True)) if key else None


def only(condition: Q) -> User | None:
    """The one account that fits; none where several do: no guessing between people."""
    found = User.objects.filter(condition)[:2]
    return found[0] if len(found) == 1 else None


def names_in_use(username: str, phone: str, email: str, *, but: User | None = None) -> dict[str, User]:
    """By field, the other account with which these names could be confused at signing in. Three queries."""
    others = User.objects.exclude(pk=but.pk) if but else User.objects.all()
    name = username.strip()
    conditions = {"username": Q(username__iexact=name)}
    for field, key in (("phone_key", phone_key(name)), ("email_key", email_key(name))):
        if key:
            conditions["username"] |= Q(**{field: key, "is_active": True})
    for field, key in (("phone", phone_key(phone)), ("email", email_key(email))):
        if key:
            conditions[field] = Q(**{f"{field}_key": key, "is_active": True}) | Q(username__iexact=key)
    found = {field: others.filter(condition).first() for field, condition in conditions.items()}
    return {field: user for field, user in found.items() if user}
