"""The pages of tokens: made once, shown once, ended by their person or an administrator."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions.tokens import digest_of
from accounts.models import ApiToken, RoleCode
from schools.actions import post
from tests.conftest import posted
from tests.factories import OPENED, UserFactory

NOW = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
LIST, NEW = "/account/tokens/", "/account/tokens/new/"


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(NOW, tick=False)


def typed(posting, /, **values):
    return {"name": "SMAS", "posting": posting.pk, "scopes": ["read"], "days": "90", **values}


def test_the_secret_is_shown_once(cast, client_of):
    client = client_of(cast.clerk)
    made = client.post(NEW, typed(cast.clerk))
    secret = made.context["made"].secret
    assert (made.status_code, secret in made.content.decode()) == (200, True)
    assert "no-store" in made.headers["Cache-Control"]
    token = ApiToken.objects.get()
    assert (token.digest, token.expires_at) == (digest_of(secret), NOW + dt.timedelta(days=90))
    page = client.get(LIST).content.decode()
    assert (token.prefix in page, secret in page) == (True, False)
    assert Client(headers={"authorization": f"Bearer {secret}"}).get("/api/v1/me/").status_code == 200


def test_a_page_sent_twice_makes_one_token(cast, client_of):
    client = client_of(cast.clerk)
    answers = [client.post(NEW, typed(cast.clerk)) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 422]
    assert (ApiToken.objects.count(), list(answers[1].context["form"].errors)) == (1, ["name"])
    assert answers[1].context["form"]["name"].value() == "SMAS"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["write:reviews"]}, "scopes"),  # of no use to a clerk
        ({"days": "3650"}, "days"),
        ({"posting": "0"}, "posting"),
    ],
)
def test_what_cannot_be_is_shown_again(cast, client_of, values, field):
    answer = client_of(cast.clerk).post(NEW, typed(cast.clerk, **values))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert ApiToken.objects.count() == 0


def test_nobody_acts_through_the_posting_of_another(cast, client_of):
    answer = client_of(cast.clerk).post(NEW, typed(cast.principal))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["posting"])


def test_who_has_two_postings_chooses(cast, province, client_of):
    second = post(
        user=cast.principal.user,
        unit=province.orchid_preschool,
        role=RoleCode.PRINCIPAL,
        valid_from=OPENED,
        by=None,
    )
    client = client_of(cast.principal)
    assert len(client.get(NEW).context["form"]["posting"].field.choices) == 2
    client.post(NEW, typed(second))
    assert ApiToken.objects.get().posting == second


@pytest.mark.parametrize(
    ("who", "scopes"),
    [
        ("registrar", ["read"]),
        ("clerk", ["read", "write:reports"]),
        ("principal", ["read", "write:reports", "write:progress"]),
        ("staff", ["read", "write:reports", "write:progress", "write:reviews"]),
    ],
)
def test_scopes_of_use_are_offered(cast, client_of, who, scopes):
    form = client_of(getattr(cast, who)).get(NEW).context["form"]
    assert [value for value, _label in form["scopes"].field.choices] == scopes


def test_who_is_posted_nowhere_makes_none(db):
    client = Client()
    client.force_login(UserFactory())
    assert (client.get(LIST).status_code, client.get(NEW).status_code) == (200, 403)


class TestSeeing:
    @pytest.fixture
    def tokens(self, cast, token_of):
        for who in (cast.clerk, cast.staff, cast.outsider):
            token_of(who, "read")
        return {token.user.username: token for token in ApiToken.objects.all()}

    @pytest.mark.parametrize(
        ("who", "own", "others"),
        [("clerk", ["tam"], []), ("principal", [], []), ("leader", [], []), ("admin", [], ["minh", "tam"])],
    )
    def test_administrators_see_those_of_their_units(self, cast, client_of, tokens, who, own, others):
        context = client_of(getattr(cast, who)).get(LIST).context
        shown = [sorted(token.user.username for token in context[part]) for part in ("own", "others")]
        assert shown == [own, others]

    @pytest.mark.parametrize(
        ("who", "statuses"),
        [("clerk", [302, 404, 404]), ("admin", [302, 302, 404]), ("leader", [404, 404, 404])],
    )
    def test_who_revokes_what(self, cast, client_of, tokens, who, statuses):
        client = client_of(getattr(cast, who))
        urls = [reverse("token_revoke", args=[tokens[name].pk]) for name in ("tam", "minh", "ngoai")]
        assert [client.post(url).status_code for url in urls] == statuses
        live = ApiToken.objects.live().values_list("user__username", flat=True)
        by_name = dict(zip(("tam", "minh", "ngoai"), statuses, strict=True))
        assert set(live) == {name for name, status in by_name.items() if status == 404}

    def test_an_administrator_of_a_commune_sees_its_own(self, cast, province, client_of, tokens):
        admin = posted("qt.xa", "Quản Trị Xã", province.tea_commune, RoleCode.ADMIN)
        assert list(client_of(admin).get(LIST).context["others"]) == []

    def test_a_second_posting_elsewhere_gives_no_say_there(self, province, cast, client_of, token_of):
        """An administrator of one commune who is also staff of another revokes in the first alone."""
        token_of(cast.tea_principal, "read")
        admin = posted("hai.vai", "Hai Vai", province.cloud_commune, RoleCode.ADMIN)
        post(user=admin.user, unit=province.tea_commune, role=RoleCode.STAFF, valid_from=OPENED, by=None)
        client, token = client_of(admin), ApiToken.objects.get()
        client.post(reverse("schools:act_as"), {"posting": admin.pk})
        assert list(client.get(LIST).context["others"]) == []
        assert client.post(reverse("token_revoke", args=[token.pk])).status_code == 404
        assert ApiToken.objects.live().filter(pk=token.pk).exists()

    def test_the_number_of_queries_does_not_grow(self, cast, client_of, token_of):
        client = client_of(cast.admin)

        def queries(more: int) -> int:
            for _ in range(more):
                token_of(cast.clerk, "read")
            with CaptureQueriesContext(connection) as captured:
                client.get(LIST)
            return len(captured)

        client.get(LIST)
        assert queries(1) == queries(2)
