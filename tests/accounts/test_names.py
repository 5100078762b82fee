"""Signing in by any name; first passwords; the end of sessions."""

from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actions import close_account, edit_account, issue_first_password
from accounts.models import RoleCode
from schools.backends import account_of_school
from tests.accounts.test_signing_in import PASSWORD, is_signed_in, message_of, sign_in
from tests.conftest import posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def nga(cast):
    """The only person of the Hoa Ban preschool."""
    user = cast.neighbour.user
    edit_account(
        user=user,
        version=user.version,
        username="nga",
        full_name="Hoàng Thị Nga",
        phone="0912 345 678",
        email="Nga@hoaban.example",
        by=None,
        unit_id=None,
    )
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.mark.parametrize(
    "name",
    [
        "nga",
        "NGA",
        " nga ",
        "0912345678",
        "+84 912.345.678",
        "nga@hoaban.example",
        "NGA@Hoaban.example",
        "NS010001",
        "ns010001",
    ],
)
def test_every_name_of_the_person_signs_in(client, nga, name):
    sign_in(client, name=name)
    assert client.session.get("_auth_user_id") == str(nga.pk)


def test_the_code_of_a_school_with_two_people_signs_in_neither(cast, client):
    for posting in (cast.principal, cast.clerk):
        posting.user.set_password(PASSWORD)
        posting.user.save()
    sign_in(client, name="NS010002")
    assert not is_signed_in(client)


def test_a_person_posted_twice_to_a_school_is_one_person(cast, province):
    posted_again = posted("khong-dung", "Không Dùng", province.tea_combined, RoleCode.CLERK)
    posted_again.user = cast.neighbour.user
    posted_again.unit = province.orchid_preschool
    posted_again.save()
    assert account_of_school("NS010001") == cast.neighbour.user


@pytest.mark.parametrize("name", ["", "NS-01", "NS999999"])
def test_codes_of_offices_and_of_nothing_are_no_names(cast, name):
    assert account_of_school(name) is None


@pytest.mark.parametrize(
    "name", ["0912345678", "nga@hoaban.example", "NS010001", "khong-co", "0999999999", "x@y.example"]
)
def test_a_wrong_password_is_answered_alike_by_whichever_name(client, nga, name):
    assert message_of(sign_in(client, name=name, password="sai")) == "Tên đăng nhập hoặc mật khẩu không đúng."


def test_wrong_tries_by_different_names_count_together(client, nga):
    for name in ["nga", "NGA", "0912345678", "nga@hoaban.example", "NS010001"]:
        sign_in(client, name=name, password="sai")
    assert message_of(sign_in(client, name="+84912345678")).startswith("Đã nhập sai quá nhiều lần.")


def test_a_closed_account_signs_in_by_no_name(client, nga):
    close_account(user=nga, by=None, unit_id=None)
    for name in ["nga", "0912345678", "nga@hoaban.example", "NS010001"]:
        sign_in(client, name=name)
        assert not is_signed_in(client)


class TestFirstPassword:
    @pytest.fixture
    def signed_in(self, client, nga):
        password = issue_first_password(user=nga, by=None, unit_id=None)
        sign_in(client, name="NS010001", password=password)
        return password

    def test_leads_to_choosing_ones_own_before_anything_else(self, client, signed_in):
        change = reverse("account_change_password")
        for name in ["home", "directives:list", "reports:months"]:
            assert client.get(reverse(name)).headers["Location"] == change
        assert client.get("/nowhere/").headers["Location"] == change
        assert client.get(change).status_code == HTTPStatus.OK

    def test_out_and_the_language_stay_open(self, client, signed_in):
        assert client.get(reverse("account_logout")).status_code == HTTPStatus.OK
        assert client.post(reverse("set_language"), {"language": "en"}).headers["Location"] == "/"

    def test_once_changed_the_portal_is_open(self, client, signed_in):
        new = "mưa-nguồn-chớp-bể-9"
        typed = {"oldpassword": signed_in, "password1": new, "password2": new}
        client.post(reverse("account_change_password"), typed)
        assert client.get(reverse("home")).status_code == HTTPStatus.OK


class TestSessions:
    def test_end_with_a_new_first_password(self, client, nga):
        sign_in(client)
        client.force_login(nga)
        issue_first_password(user=nga, by=None, unit_id=None)
        assert client.get(reverse("home")).headers["Location"].startswith("/account/login/")

    def test_end_with_the_account(self, nga):
        client = Client()
        client.force_login(nga)
        close_account(user=nga, by=None, unit_id=None)
        assert client.get(reverse("home")).headers["Location"].startswith("/account/login/")
