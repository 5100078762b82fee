"""Switching between one's own postings."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from accounts.models import RoleCode
from schools import actions
from schools.middleware import SESSION_KEY
from tests.factories import OPENED

pytestmark = pytest.mark.django_db
URL = "/units/act-as/"


@pytest.fixture
def second(cast, province):
    return actions.post(
        user=cast.principal.user,
        unit=province.orchid_preschool,
        role=RoleCode.PRINCIPAL,
        valid_from=OPENED,
        by=None,
    )


@pytest.fixture
def hoa(cast, client_of):
    return client_of(cast.principal)


def test_from_now_on_the_person_acts_through_the_chosen_posting(hoa, second):
    answer = hoa.post(reverse("schools:act_as"), {"posting": second.pk})
    assert (answer.status_code, answer.headers["Location"]) == (HTTPStatus.FOUND, reverse("home"))
    assert hoa.session[SESSION_KEY] == second.pk
    assert hoa.get(reverse("account_change_password")).wsgi_request.posting == second


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/reports/?period=2026-11", "/reports/?period=2026-11"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_leads_on_within_the_portal_only(hoa, second, wanted, led_to):
    assert hoa.post(URL, {"posting": second.pk, "next": wanted}).headers["Location"] == led_to


@pytest.mark.parametrize("wanted", ["somebody_else", "ended", "0", "x", ""])
def test_what_is_not_ones_own_and_current_is_not_found(hoa, cast, second, wanted):
    actions.end_posting(posting=second, last_day=OPENED, by=None)
    posting = {"somebody_else": cast.leader.pk, "ended": second.pk}.get(wanted, wanted)
    assert hoa.post(URL, {"posting": posting}).status_code == HTTPStatus.NOT_FOUND
    assert hoa.get(reverse("account_change_password")).wsgi_request.posting == cast.principal


def test_a_get_leads_home(hoa):
    assert hoa.get(URL).headers["Location"] == "/"
