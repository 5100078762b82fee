"""The words a person reads, looked up in the same catalogue as the portal's: tests name the message id."""

from django.utils import translation


def t(msgid: str, /, **words: object) -> str:
    """The Vietnamese of a message."""
    with translation.override("vi"):
        text = translation.gettext(msgid)
    return text % words if words else text


def pt(context: str, msgid: str, /, **words: object) -> str:
    """The Vietnamese of a message that means different things in different places."""
    with translation.override("vi"):
        text = translation.pgettext(context, msgid)
    return text % words if words else text


def tn(singular: str, plural: str, number: int, /, **words: object) -> str:
    """The Vietnamese of a message with a number."""
    with translation.override("vi"):
        text = translation.ngettext(singular, plural, number)
    return text % words if words else text


def capital(words: str) -> str:
    """As a label begins."""
    return words[0].upper() + words[1:]
