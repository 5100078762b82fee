"""Who is let in by a token, as whom, and how often."""

import datetime as dt
import logging

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.authentication import CallerThrottle, FailureThrottle
from accounts.models import ApiToken
from schools.actions import end_posting

ME = "/api/v1/me/"
NOW = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(NOW, tick=False)


def ask(secret: str, scheme: str = "Bearer", **headers: str):
    return Client(headers={"authorization": f"{scheme} {secret}", "accept-language": "en"} | headers).get(ME)


def test_it_acts_as_its_posting(token_of, cast):
    answer = ask(token_of(cast.clerk, "read"))
    assert answer.json() == {
        "username": "tam",
        "full_name": "Bùi Văn Tâm",
        "role": "clerk",
        "unit": {
            "id": cast.clerk.unit_id,
            "kind": "school",
            "code": "NS010002",
            "name": "Trường Tiểu học Suối Mây",
            "short_name": "TH Suối Mây",
        },
        "scopes": ["read"],
        "token_expires_at": "2026-12-22T10:00:00+07:00",
    }
    assert answer.headers["Cache-Control"] == "no-store"


def test_who_has_signed_in_is_let_in_too(client_of, cast):
    assert client_of(cast.clerk).get(ME).json()["username"] == "tam"


def test_a_token_goes_before_a_session(client_of, token_of, cast):
    headers = {"authorization": f"Bearer {token_of(cast.clerk)}"}
    assert client_of(cast.staff).get(ME, headers=headers).json()["username"] == "tam"


@pytest.mark.parametrize(
    "given",
    ["", "x", "edu_", "edu_12345678_", "edu_12345678_" + "a" * 43, "\x00", "edu_1234567é_" + "a" * 43],
)
def test_what_is_no_token_is_refused(db, given):
    answer = ask(given)
    assert (answer.status_code, answer.json()["code"]) == (401, "authentication_failed")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="eduportal"'


def test_a_secret_that_differs_in_its_last_letter_is_refused(token_of, cast):
    secret = token_of(cast.clerk)
    other = secret[:-1] + ("b" if secret.endswith("a") else "a")
    assert (ask(secret).status_code, ask(other).status_code) == (200, 401)


def test_another_scheme_is_no_token(token_of, cast):
    assert ask(token_of(cast.clerk), scheme="Basic").json()["code"] == "not_authenticated"


def spend(cast, how: str) -> None:
    if how == "revoked":
        ApiToken.objects.update(revoked_at=NOW, revoked_by=cast.clerk.user)
    elif how == "expired":
        ApiToken.objects.update(expires_at=NOW)
    elif how == "posting_ended":
        end_posting(posting=cast.clerk, last_day=dt.date(2026, 11, 21), by=None)
    else:
        cast.clerk.user.is_active = False
        cast.clerk.user.save()


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("revoked", "token_revoked"),
        ("expired", "token_expired"),
        ("posting_ended", "token_posting_ended"),
        ("account_closed", "token_posting_ended"),
    ],
)
def test_a_spent_token_says_why(token_of, cast, how, code):
    secret = token_of(cast.clerk)
    spend(cast, how)
    answer = ask(secret)
    assert (answer.status_code, answer.json()["code"]) == (401, code)


def test_use_is_noted(token_of, cast):
    ask(token_of(cast.clerk))
    assert ApiToken.objects.get().last_used_at == NOW


def test_it_takes_one_query_once_its_use_is_noted(token_of, cast):
    secret = token_of(cast.clerk)
    ask(secret)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        ask(secret)
    assert len(queries) == 1


def test_too_many_requests(token_of, cast, monkeypatch):
    monkeypatch.setattr(CallerThrottle, "rate", "2/min", raising=False)
    secret, other = token_of(cast.clerk), token_of(cast.clerk, "read")
    assert [ask(secret).status_code for _ in range(3)] == [200, 200, 429]
    assert ask(other).status_code == 200
    assert ask(secret).headers["Retry-After"] == "60"


def test_too_many_wrong_tokens_from_one_address(token_of, cast, monkeypatch):
    monkeypatch.setattr(FailureThrottle, "rate", "2/min", raising=False)
    assert [ask("wrong").status_code for _ in range(3)] == [401, 401, 429]
    assert ask(token_of(cast.clerk)).status_code == 200


def test_no_secret_reaches_the_log(token_of, cast, caplog):
    caplog.set_level(logging.DEBUG)
    secret = token_of(cast.clerk)
    (
        ask(secret),
        ask(secret[:-1] + "-"),
        Client(headers={"authorization": f"Bearer {secret}"}).get("/api/v1/x/"),
    )
    assert secret[13:] not in caplog.text
