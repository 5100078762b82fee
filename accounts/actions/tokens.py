"""Every write to the tokens of other programmes, and to what they were answered."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import ApiToken, KeptAnswer, Scope
from eduportal.base.errors import Refused
from eduportal.base.text import nfc
from trail.actions import record
from trail.actor import Actor

MARK = "edu"
"""What every token begins with, so that one left in a file is known for what it is."""

USE_NOTED_EVERY = dt.timedelta(minutes=1)
ANSWERS_KEPT_FOR = dt.timedelta(days=7)


@dataclass(frozen=True)
class MadeToken:
    """A token with its secret, which is known only now."""

    token: ApiToken
    secret: str


def digest_of(secret: str) -> str:
    """The hash under which a token is kept. One round is enough: 256 random bits cannot be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_token(*, name: str, scopes: Iterable[Scope | str], expires_at: dt.datetime, by: Any) -> MadeToken:
    """Let another programme in as this person through this posting, until a day.

    Raises Refused when one of the same name is in use: so a page sent twice makes one token.
    """
    prefix = f"{MARK}_{secrets.token_hex(4)}"
    secret = f"{prefix}_{secrets.token_urlsafe(32)}"
    token = ApiToken(
        user_id=by.user_id,
        posting_id=by.pk,
        name=nfc(name).strip(),
        prefix=prefix,
        digest=digest_of(secret),
        scopes=[scope for scope in Scope.values if scope in set(scopes)],
        expires_at=expires_at,
    )
    try:
        with transaction.atomic():
            token.save()
    except IntegrityError as taken:
        message = _(
            "You have a token of this name already. Its secret is shown only once: if it is lost, revoke "
            "that token and make another."
        )
        raise Refused(message, code="name_taken") from taken
    data = {"name": token.name, "prefix": prefix, "scopes": token.scopes, "until": expires_at}
    record("token.made", about=token, by=by, unit_id=by.unit_id, data=data)
    return MadeToken(token, secret)


@transaction.atomic
def revoke_token(*, token: ApiToken, unit_id: int, by: Actor) -> None:
    """End a token at once. One that was revoked stays as it is. `unit_id`: the unit it acted for."""
    live = ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True)
    if live.update(revoked_at=timezone.now(), revoked_by=by.user_id):
        record("token.revoked", about=token, by=by, unit_id=unit_id, data={"prefix": token.prefix})


def note_use(token: ApiToken, now: dt.datetime) -> None:
    """Remember when a token was last used, to the minute. No event: it would be one a request."""
    before = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - USE_NOTED_EVERY)
    if token.last_used_at is None or token.last_used_at < now - USE_NOTED_EVERY:
        ApiToken.objects.filter(before, pk=token.pk).update(last_used_at=now)


# --- asked twice --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """What a request was answered; `is_repeated` when it had been done before."""

    status: int
    body: Any
    is_repeated: bool = False


@transaction.atomic
def answer_once(
    *, caller: str, key: str, fingerprint: str, act: Callable[[], Answer], now: dt.datetime
) -> Answer:
    """Do what is asked under a key once; asked again, give the answer that it was given then.

    Deed and answer are kept together or not at all. Whoever asks at the same time waits for the first. What
    `act` refuses leaves nothing behind and may be tried again. Raises Refused when the key belongs to another
    request.
    """
    row = KeptAnswer(caller=caller, key=key, fingerprint=fingerprint, kept_at=now)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        former = KeptAnswer.objects.get(caller=caller, key=key)
        if former.fingerprint != fingerprint:
            message = _("This Idempotency-Key was used for another request. Nothing was done; use a new key.")
            raise Refused(message, code="idempotency_key_reused") from None
        return Answer(former.status or 200, former.body, is_repeated=True)
    answer = act()
    row.status, row.body = answer.status, answer.body
    row.save(update_fields=["status", "body"])
    return answer


def forget_old_answers(now: dt.datetime) -> int:
    """A tool that lost an answer asks again within days, not weeks. Gives how many were forgotten."""
    forgotten, _by_model = KeptAnswer.objects.filter(kept_at__lt=now - ANSWERS_KEPT_FOR).delete()
    return forgotten
