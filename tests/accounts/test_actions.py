"""Accounts are opened, corrected, closed; first passwords are handed out once."""

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from accounts.actions import (
    choose_password,
    close_account,
    edit_account,
    issue_first_password,
    open_account,
    reopen_account,
)
from accounts.models import User
from accounts.passwords import first_password
from eduportal.base.errors import EditConflict, Refused
from trail.models import AuditEvent

pytestmark = pytest.mark.django_db


def account(username="hoa", **fields):
    fields = {"full_name": "Trần Thị Hoa", "by": None, "unit_id": None} | fields
    return open_account(username=username, **fields)


def edited(user, **fields):
    names = ("username", "full_name", "phone", "email")
    values = {name: getattr(user, name) for name in names} | fields
    edit_account(user=user, version=user.version, by=None, unit_id=None, **values)


def verbs(user):
    return list(AuditEvent.objects.about(user).values_list("verb", flat=True))[::-1]


def test_an_account_is_opened_without_a_password_and_with_its_keys():
    user = account(phone="+84 912 345 678", email="Hoa@vidu.example")
    user.refresh_from_db()
    assert user.has_usable_password() is False
    assert (user.phone_key, user.email_key) == ("0912345678", "hoa@vidu.example")
    assert user.search_key == "tran thi hoa hoa"
    assert verbs(user) == ["account.opened"]


@pytest.mark.parametrize(
    "names",
    [
        {"username": "HOA"},
        {"username": "0912345678"},
        {"username": "khac", "phone": "84912345678"},
        {"username": "khac", "email": "HOA@VIDU.EXAMPLE"},
        {"username": "hoa@vidu.example"},
    ],
)
def test_a_name_that_signs_somebody_else_in_is_refused(names):
    account(phone="0912 345 678", email="hoa@vidu.example")
    with pytest.raises(Refused):
        account(**names)
    assert User.objects.count() == 1


def test_two_at_once_cannot_take_one_number():
    """What the check before saving misses, the database does not."""
    account(phone="0912 345 678")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="khac", full_name="Khác", phone_key="0912345678")


def test_a_closed_account_gives_its_number_free_and_gets_it_back_only_if_it_still_is():
    first = account(phone="0912 345 678")
    close_account(user=first, by=None, unit_id=None)
    second = account("khac", phone="0912 345 678")
    with pytest.raises(Refused):
        reopen_account(user=first, by=None, unit_id=None)
    close_account(user=second, by=None, unit_id=None)
    reopen_account(user=first, by=None, unit_id=None)
    first.refresh_from_db()
    assert first.is_active
    assert verbs(first) == ["account.opened", "account.closed", "account.reopened"]


def test_what_is_corrected_goes_to_the_trail_with_its_former_value():
    user = account(phone="0912 345 678")
    edited(user, full_name="Trần Thị Hòa")
    event = AuditEvent.objects.about(user).get(verb="account.edited")
    assert event.data == {"full_name": ["Trần Thị Hoa", "Trần Thị Hòa"]}


def test_the_second_to_save_is_told():
    user = account()
    stale = User.objects.get(pk=user.pk)
    edited(user, full_name="Trần Thị Hòa")
    with pytest.raises(EditConflict):
        edited(stale, full_name="Trần Thị Hoài")
    assert User.objects.get(pk=user.pk).full_name == "Trần Thị Hòa"


def test_a_first_password_signs_in_and_must_be_changed():
    user = account()
    password = issue_first_password(user=user, by=None, unit_id=None)
    assert authenticate(username="hoa", password=password) == user
    assert User.objects.get(pk=user.pk).must_change_password
    choose_password(user=user, password="mưa-nguồn-chớp-bể-9")
    assert not User.objects.get(pk=user.pk).must_change_password
    assert authenticate(username="hoa", password=password) is None
    assert verbs(user) == ["account.opened", "account.password_issued", "account.password_chosen"]


def test_the_password_itself_is_nowhere_in_the_trail():
    user = account()
    password = issue_first_password(user=user, by=None, unit_id=None)
    assert password not in str(list(AuditEvent.objects.values()))
    assert password not in User.objects.get(pk=user.pk).password


def test_first_passwords_differ_and_hold_no_letters_that_look_alike():
    made = {first_password() for _ in range(200)}
    assert len(made) == 200
    assert not set("".join(made)) & set("01ilo")
    assert {tuple(map(len, one.split("-"))) for one in made} == {(4, 4, 4)}
