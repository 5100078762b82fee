"""Tokens are made once, kept as hashes, and end; requests asked twice are done once."""

import datetime as dt
import json

import pytest
from django.utils import timezone

from accounts.actions.tokens import (
    Answer,
    answer_once,
    digest_of,
    forget_old_answers,
    make_token,
    note_use,
    revoke_token,
)
from accounts.models import ApiToken, KeptAnswer, Scope
from eduportal.base.errors import Refused
from trail.models import AuditEvent

NOW = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def made(cast):
    return make_token(
        name=" Phần mềm  SMAS ",
        scopes=["write:reports", Scope.READ],
        expires_at=NOW + dt.timedelta(days=30),
        by=cast.clerk,
    )


class TestMaking:
    def test_only_the_hash_is_kept(self, made):
        token = ApiToken.objects.get()
        assert token.digest == digest_of(made.secret)
        assert made.secret.startswith(f"{token.prefix}_")
        kept = json.dumps([*ApiToken.objects.values()], default=str)
        assert made.secret.removeprefix(f"{token.prefix}_") not in kept

    def test_it_acts_through_the_posting_with_its_scopes_in_order(self, made, cast):
        token = ApiToken.objects.get()
        assert (token.user, token.posting, token.name) == (cast.clerk.user, cast.clerk, "Phần mềm  SMAS")
        assert token.scopes == ["read", "write:reports"]

    def test_no_two_secrets_are_alike(self, made, cast):
        other = make_token(name="khác", scopes=["read"], expires_at=NOW, by=cast.clerk)
        assert (made.secret == other.secret, made.token.prefix == other.token.prefix) == (False, False)

    def test_the_trail_tells_without_the_secret(self, made, cast):
        event = AuditEvent.objects.get(verb="token.made")
        assert (event.actor_name, event.unit_id) == (cast.clerk.actor_name, cast.clerk.unit_id)
        assert event.data["prefix"] == made.token.prefix
        assert made.secret not in json.dumps(event.data)
        assert digest_of(made.secret) not in json.dumps(event.data)

    def test_a_name_in_use_is_refused_and_free_again_after_revoking(self, made, cast):
        again = {"name": "Phần mềm  SMAS", "scopes": ["read"], "expires_at": NOW, "by": cast.clerk}
        with pytest.raises(Refused) as refusal:
            make_token(**again)
        assert (refusal.value.code, ApiToken.objects.count()) == ("name_taken", 1)
        revoke_token(token=made.token, unit_id=cast.clerk.unit_id, by=cast.clerk)
        make_token(**again)
        assert ApiToken.objects.count() == 2


class TestRevoking:
    def test_it_ends_once(self, made, cast):
        for by in (cast.admin, cast.clerk):
            revoke_token(token=made.token, unit_id=cast.clerk.unit_id, by=by)
        token = ApiToken.objects.get()
        assert (token.revoked_at, token.revoked_by) == (NOW, cast.admin.user)
        assert AuditEvent.objects.filter(verb="token.revoked").count() == 1
        assert list(ApiToken.objects.live()) == []


class TestNotingUse:
    @pytest.mark.parametrize(("seconds", "noted"), [(30, NOW), (61, NOW + dt.timedelta(seconds=61))])
    def test_to_the_minute(self, made, seconds, noted):
        note_use(made.token, NOW)
        token = ApiToken.objects.get()
        note_use(token, NOW + dt.timedelta(seconds=seconds))
        token.refresh_from_db()
        assert token.last_used_at == noted


class TestAskingTwice:
    def ask(self, done: list[str], key: str = "k", what: str = "a", caller: str = "token-1") -> Answer:
        def act() -> Answer:
            done.append(what)
            return Answer(200, {"n": len(done)})

        return answer_once(caller=caller, key=key, fingerprint=what, act=act, now=timezone.now())

    def test_the_same_under_the_same_key_is_done_once(self, db):
        done: list[str] = []
        first, second = self.ask(done), self.ask(done)
        assert (first, second, done) == (
            Answer(200, {"n": 1}),
            Answer(200, {"n": 1}, is_repeated=True),
            ["a"],
        )

    def test_another_key_or_caller_is_another_request(self, db):
        done: list[str] = []
        self.ask(done), self.ask(done, key="l"), self.ask(done, caller="token-2")
        assert done == ["a", "a", "a"]

    def test_a_key_is_not_for_another_request(self, db):
        self.ask([])
        with pytest.raises(Refused) as refusal:
            self.ask([], what="b")
        assert refusal.value.code == "idempotency_key_reused"

    def test_what_was_refused_may_be_tried_again(self, db):
        def refuse() -> Answer:
            raise Refused("not now")

        with pytest.raises(Refused):
            answer_once(caller="token-1", key="k", fingerprint="a", act=refuse, now=NOW)
        assert (self.ask([]).body, KeptAnswer.objects.count()) == ({"n": 1}, 1)

    def test_old_answers_are_forgotten(self, db):
        self.ask([])
        assert [forget_old_answers(NOW + dt.timedelta(days=days)) for days in (7, 8)] == [0, 1]
