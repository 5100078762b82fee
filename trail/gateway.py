"""Messages to telephones, through the gateway for SMS or Zalo that an office names by its address.

What is sent, how it is signed and what is answered: docs/running.md.
"""

import hashlib
import hmac
import json
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

PATIENCE = 10  # seconds
ALREADY_TAKEN = 409


class GatewayRefused(Exception):
    """The gateway did not take a message."""


def is_set_up() -> bool:
    """Whether there is a gateway at all."""
    return bool(settings.MESSAGE_WEBHOOK_URL)


def signature(secret: str, stamp: str, body: bytes) -> str:
    """What proves that a message comes from here and was not changed on its way."""
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def hand_on(*, key: str, to: str, text: str) -> None:
    """Give one message to the gateway. Raises OSError or GatewayRefused where it was not taken.

    `key` is the same for every attempt: a gateway that has it already answers 409, and nobody gets it twice.
    Redirects are not followed; the address is the administrator's.
    """
    if not is_set_up():
        raise GatewayRefused("no gateway is set up (MESSAGE_WEBHOOK_URL)")
    address = urlsplit(settings.MESSAGE_WEBHOOK_URL)
    body = json.dumps({"id": key, "to": to, "text": text}, ensure_ascii=False).encode()
    stamp = str(int(timezone.now().timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": key,
        "X-Eduportal-Timestamp": stamp,
        "X-Eduportal-Signature": f"sha256={signature(settings.MESSAGE_WEBHOOK_SECRET, stamp, body)}",
    }
    kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
    connection = kind(address.hostname or "", address.port, timeout=PATIENCE)
    path = f"{address.path or '/'}{'?' + address.query if address.query else ''}"
    try:
        connection.request("POST", path, body, headers)
        status = connection.getresponse().status
    finally:
        connection.close()
    if not 200 <= status < 300 and status != ALREADY_TAKEN:
        raise GatewayRefused(f"the gateway answered {status}")
