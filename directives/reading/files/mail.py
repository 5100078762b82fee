"""The text of a mail kept as a file (.eml): what its body says. Pure; what is attached to it is only told."""

from __future__ import annotations

import re
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser

from ..decode import UnreadableFile, text_of_bytes
from ..model import Warning
from .extracted import Extracted

# A mail begins with its fields; a document does not begin with one that only mails have.
FIELDS = re.compile(
    rb"\A(?:[!-9;-~]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*)*?"
    rb"(?:received|return-path|delivered-to|message-id|mime-version|dkim-signature):",
    re.IGNORECASE,
)
BEGINNING = 8_000


def is_mail(data: bytes) -> bool:
    """Whether bytes are the source of a mail, by the fields that they begin with."""
    return bool(FIELDS.match(data[:BEGINNING].replace(b"\r\n", b"\n")))


def body_of_mail(data: bytes) -> Extracted:
    """The body of a mail, HTML as it stands; that documents are attached is told.

    Raises UnreadableFile: empty, broken, and what ``decode`` raises.
    """
    try:
        mail = BytesParser(policy=policy.default).parsebytes(data)
        body = mail.get_body(preferencelist=("plain", "html"))
        attached = [part.get_filename() or "" for part in mail.iter_attachments()]
    except (MessageError, ValueError, TypeError, AttributeError, KeyError, IndexError) as problem:
        raise UnreadableFile("broken") from problem
    text = _text(body) if isinstance(body, EmailMessage) else ""
    if not text.strip():
        raise UnreadableFile("empty")
    names = ", ".join(filter(None, attached))
    warnings = (Warning("attachments_not_read", None, {"text": names}),) if attached else ()
    return Extracted(text, warnings)


def _text(part: EmailMessage) -> str:
    """The characters of a part; where its code is not known, as those of a file."""
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError):
        payload = part.get_payload(decode=True)
        return text_of_bytes(payload) if isinstance(payload, bytes) else ""
