"""Accounts for schools that have none yet, and first passwords for whoever waits for one."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import issue_first_password, open_account
from accounts.models import RoleCode
from accounts.queries import names_in_use
from schools.actions import post
from schools.actions.postings import post_from_to
from schools.models import Posting, School, Unit


@dataclass(frozen=True)
class Letter:
    """What a person is handed on paper. The password is nowhere else to be read."""

    full_name: str
    username: str
    password: str
    unit_name: str


@transaction.atomic
def open_school_accounts(*, schools: Iterable[School], by: Posting, today: dt.date) -> list[Letter]:
    """One account for each of these schools, named by its code and posted as its principal.

    Schools to which somebody was posted meanwhile are left out: a second click opens no second account.
    """
    asked = {school.pk: school for school in schools}
    held = list(Unit.objects.select_for_update(no_key=True).filter(pk__in=asked).order_by("pk"))
    working = Posting.objects.filter(unit__in=held).exclude(valid_to__lte=today)
    posted = set(working.values_list("unit", flat=True))
    return [open_school_account(one, by, today) for pk, one in asked.items() if pk not in posted]


def open_school_account(school: School, by: Posting, today: dt.date) -> Letter:
    name = _("Principal of %(school)s") % {"school": school.short_name}
    user = open_account(username=free_name(school.code), full_name=name, by=by, unit_id=school.pk)
    begins = max(today, school.valid_from)
    post(user=user, unit=school, role=RoleCode.PRINCIPAL, valid_from=begins, by=by)
    password = issue_first_password(user=user, by=by, unit_id=school.pk)
    return Letter(user.full_name, user.username, password, school.name)


@transaction.atomic
def open_account_with_posting(
    *,
    username: str,
    full_name: str,
    phone: str,
    email: str,
    unit: Unit,
    role: RoleCode,
    first_day: dt.date,
    last_day: dt.date | None,
    by: Posting,
) -> Letter:
    """An account, its first posting and its first password, or nothing of them."""
    user = open_account(
        username=username, full_name=full_name, phone=phone, email=email, by=by, unit_id=unit.pk
    )
    post_from_to(user=user, unit=unit, role=role, first_day=first_day, last_day=last_day, by=by)
    return issue_letter(user=user, by=by)


def free_name(code: str) -> str:
    """The school's code; with a number where a former account still holds it."""
    names = (code if number == 1 else f"{code}-{number}" for number in count(1))
    return next(name for name in names if not names_in_use(name, "", ""))


@transaction.atomic
def issue_letters(*, users: Iterable[Any], by: Posting) -> list[Letter]:
    """A first password for each of these people, with the unit they work in."""
    return [issue_letter(user=user, by=by) for user in users]


@transaction.atomic
def issue_letter(*, user: Any, by: Posting) -> Letter:
    """A new first password for one person. Whoever is signed in with the former one is out."""
    posting = Posting.objects.filter(user=user).select_related("unit").order_by("-valid_from", "-pk").first()
    unit = posting.unit if posting else by.unit
    password = issue_first_password(user=user, by=by, unit_id=unit.pk)
    return Letter(user.full_name, user.username, password, unit.name)
