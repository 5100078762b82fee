"""Signing in by user name, through django-allauth as this portal sets it up."""

import datetime as dt
import re
from http import HTTPStatus

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.actions import close_account, edit_account
from accounts.models import User

PASSWORD = "đò-ngang-sông-Lau-7"
pytestmark = pytest.mark.django_db


@pytest.fixture
def hoa(cast):
    user = cast.principal.user
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, name="hoa", password=PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": name, "password": password, **extra})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def message_of(response):
    assert response.status_code == HTTPStatus.OK
    [message] = response.context["form"].non_field_errors()
    return message


class TestSigningIn:
    def test_leads_home(self, client, hoa):
        assert sign_in(client).headers["Location"] == reverse("home")
        assert is_signed_in(client)

    def test_leads_on_to_where_the_person_wanted_to_go(self, client, hoa):
        wanted = reverse("account_change_password")
        assert client.get(wanted).headers["Location"] == f"/account/login/?next={wanted}"
        assert sign_in(client, next=wanted).headers["Location"] == wanted

    @pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
    def test_never_leads_to_another_site(self, client, hoa, elsewhere):
        assert sign_in(client, next=elsewhere).headers["Location"] == reverse("home")

    def test_needs_the_browsers_own_form(self, hoa):
        assert sign_in(Client(enforce_csrf_checks=True)).status_code == HTTPStatus.FORBIDDEN

    def test_a_closed_account_stays_out(self, client, hoa):
        User.objects.update(is_active=False)
        sign_in(client)
        assert not is_signed_in(client)

    def test_signing_out_takes_a_post(self, client, hoa):
        sign_in(client)
        client.get(reverse("account_logout"))
        assert is_signed_in(client)
        client.post(reverse("account_logout"))
        assert not is_signed_in(client)


class TestWrongPassword:
    def test_is_told_in_vietnamese(self, client, hoa):
        message = message_of(sign_in(client, password="sai"))
        assert message == "Tên đăng nhập hoặc mật khẩu không đúng."

    def test_does_not_tell_whether_the_name_exists(self, client, hoa):
        known, unknown = sign_in(client, password="sai"), sign_in(client, name="khong-co", password="sai")
        assert message_of(known) == message_of(unknown)

    def test_keeps_the_name_that_was_typed_and_not_the_password(self, client, hoa):
        page = sign_in(client, password="mat-khau-sai").content.decode()
        assert 'value="hoa"' in page
        assert "mat-khau-sai" not in page


class TestThrottling:
    LOCKED = "Đã nhập sai quá nhiều lần."

    def fail(self, client, times, name="hoa"):
        for _ in range(times):
            assert not message_of(sign_in(client, name=name, password="sai")).startswith(self.LOCKED)

    def test_after_five_wrong_tries_the_right_password_is_not_heard_either(self, client, hoa):
        self.fail(client, 5)
        assert message_of(sign_in(client)).startswith(self.LOCKED)
        assert not is_signed_in(client)

    def test_another_browser_is_locked_out_as_well(self, hoa):
        self.fail(Client(), 5)
        assert message_of(sign_in(Client())).startswith(self.LOCKED)

    def test_other_people_are_not(self, client, hoa, cast):
        cast.staff.user.set_password(PASSWORD)
        cast.staff.user.save()
        self.fail(client, 5)
        sign_in(client, name="minh")
        assert is_signed_in(client)

    def test_four_wrong_tries_are_forgiven(self, client, hoa):
        self.fail(client, 4)
        sign_in(client)
        assert is_signed_in(client)

    def test_a_name_that_does_not_exist_is_locked_alike(self, client, hoa):
        self.fail(client, 5, name="khong-co")
        assert message_of(sign_in(client, name="khong-co")).startswith(self.LOCKED)

    def test_after_five_minutes_the_person_may_try_again(self, client, hoa):
        with time_machine.travel(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC), tick=False) as clock:
            self.fail(client, 5)
            clock.shift(dt.timedelta(minutes=5, seconds=1))
            sign_in(client)
            assert is_signed_in(client)

    def test_one_address_cannot_go_through_many_names(self, client, hoa):
        for number in range(10):
            sign_in(client, name=f"ten{number}", password="sai")
        assert message_of(sign_in(client)).startswith(self.LOCKED)


class TestAccountsAreOpenedByAdministrators:
    def test_nobody_signs_up(self, client, db):
        typed = {"username": "moi", "password1": PASSWORD, "password2": PASSWORD}
        page = client.post(reverse("account_signup"), typed)
        assert "account/signup_closed.html" in [template.name for template in page.templates]
        assert not User.objects.exists()


class TestChangingThePassword:
    NEW = "mưa-nguồn-chớp-bể-9"

    def change(self, client, old=PASSWORD, new=NEW, again=None):
        typed = {"oldpassword": old, "password1": new, "password2": again or new}
        return client.post(reverse("account_change_password"), typed)

    def test_the_new_one_signs_in_and_the_old_one_no_longer_does(self, client, hoa):
        client.force_login(hoa)
        self.change(client)
        assert is_signed_in(client)
        old, new = Client(), Client()
        sign_in(old)
        sign_in(new, password=self.NEW)
        assert (is_signed_in(old), is_signed_in(new)) == (False, True)

    @pytest.mark.parametrize(
        ("typed", "field", "message"),
        [
            ({"old": "sai"}, "oldpassword", "Mật khẩu hiện tại không đúng."),
            ({"again": "khác-hẳn-8"}, "password2", "Hai lần nhập mật khẩu không giống nhau."),
            ({"new": "ngan"}, "password1", "Mật khẩu quá ngắn: cần ít nhất 10 ký tự."),
        ],
    )
    def test_what_is_wrong_is_said_in_vietnamese(self, client, hoa, typed, field, message):
        client.force_login(hoa)
        response = self.change(client, **typed)
        assert response.context["form"].errors == {field: [message]}
        hoa.refresh_from_db()
        assert hoa.check_password(PASSWORD)


class TestForgottenPassword:
    NEW = "mưa-nguồn-chớp-bể-9"

    @pytest.fixture
    def hoa(self, hoa):
        """With a mail address, by which a letter finds her."""
        names = {"username": hoa.username, "full_name": hoa.full_name, "phone": hoa.phone}
        edit_account(
            user=hoa, version=hoa.version, **names, email="hoa@ngocson.example", by=None, unit_id=None
        )
        return hoa

    def ask(self, email):
        mail.outbox.clear()
        Client().post(reverse("account_reset_password"), {"email": email})
        return [(letter.to, "/account/password/reset/key/" in letter.body) for letter in mail.outbox]

    def test_the_letter_goes_to_the_address_of_the_account_however_it_is_written(self, hoa):
        assert self.ask("Hoa@NgocSon.example") == [(["hoa@ngocson.example"], True)]
        link = re.search(r"https?://testserver(\S+)", mail.outbox[0].body)[1]
        client = Client()
        form = client.get(link, follow=True).redirect_chain[-1][0]
        client.post(form, {"password1": self.NEW, "password2": self.NEW})
        hoa.refresh_from_db()
        assert hoa.check_password(self.NEW)

    def test_a_former_address_opens_nothing(self, hoa):
        """Neither one that the account had, nor one that a library wrote down beside it."""
        former = hoa.email
        EmailAddress.objects.create(user=hoa, email="rieng@cu.example", verified=True, primary=True)
        names = {"username": hoa.username, "full_name": hoa.full_name, "phone": hoa.phone}
        edit_account(
            user=hoa, version=hoa.version, **names, email="moi@ngocson.example", by=None, unit_id=None
        )
        assert self.ask(former) == [([former], False)]
        assert self.ask("rieng@cu.example") == [(["rieng@cu.example"], False)]

    def test_a_closed_account_gets_no_letter_with_a_link(self, hoa):
        close_account(user=hoa, by=None, unit_id=None)
        assert self.ask(hoa.email) == [([hoa.email], False)]

    def test_nobody_adds_an_address_past_the_administrator(self, client, hoa):
        client.force_login(hoa)
        added = client.post("/account/email/", {"action_add": "", "email": "rieng@cu.example"})
        assert (added.status_code, EmailAddress.objects.count()) == (HTTPStatus.NOT_FOUND, 0)
