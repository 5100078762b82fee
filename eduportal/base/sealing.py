"""What a browser keeps for one person while there is no network: whose it is, and what it is sealed with.

The key is made from the portal's own and the person's, so that it can be given anew to them, and to nobody
else, at any time: what lies sealed on a shared phone outlives signing out, and is not read by who comes next.
"""

import base64
from typing import Any

from django.utils.crypto import salted_hmac

OWNER, SEAL = "eduportal.kept.owner", "eduportal.kept.seal"


def owner_of(user: Any) -> str:
    """A name for a person by which a browser tells people apart, and which says nothing of them."""
    if user is None or user.pk is None:
        return ""
    return salted_hmac(OWNER, str(user.pk), algorithm="sha256").hexdigest()[:16]


def seal_of(user: Any) -> str:
    """The key of AES-256 with which a browser seals what this person typed, in base64."""
    digest = salted_hmac(SEAL, str(user.pk), algorithm="sha256").digest()
    return base64.b64encode(digest).decode()
