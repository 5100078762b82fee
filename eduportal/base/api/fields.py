"""Numbers in JSON, never as people type them; and the version of a row."""

import math
import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

PLAIN = re.compile(r"-?\d{1,20}(\.\d{1,10})?", re.ASCII)
AS_TYPED = re.compile(r"-?[1-9]\d{0,2}\.\d{3}", re.ASCII)


def decimal_text(number: Decimal | None) -> str | None:
    """A number as it is given: a decimal string, so that no reader rounds it; without trailing zeros.

    >>> decimal_text(Decimal("98.5000"))
    '98.5'
    """
    return None if number is None else format(number.normalize(), "f")


@extend_schema_field(
    {
        "oneOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?\d{1,20}(\.\d{1,10})?$"}],
        "example": 8411,
    }
)
class PlainNumber(serializers.Field):
    """A JSON number, or a string of digits with a point before decimals.

    "8.411" as a string is refused: here it would be a little more than eight, to the people who type such
    figures it is eight thousand. As a number (8.411) it is what JSON says it is.
    """

    default_error_messages = {
        "not_a_number": _('Send a number (8411) or a plain decimal string ("8411", "98.5").'),
        "ambiguous": _(
            "“{text}” could mean two numbers. Send it as a JSON number, or as a string with another number "
            "of decimals."
        ),
    }

    def to_internal_value(self, data: Any) -> Decimal:
        if isinstance(data, bool) or not isinstance(data, int | float | str):
            self.fail("not_a_number")
        if isinstance(data, float) and not math.isfinite(data):
            self.fail("not_a_number")
        text = format(Decimal(repr(data)), "f") if isinstance(data, float) else str(data)
        if not PLAIN.fullmatch(text):
            self.fail("not_a_number")
        if isinstance(data, str) and AS_TYPED.fullmatch(text):
            self.fail("ambiguous", text=text)
        return Decimal(text)

    def to_representation(self, value: Decimal) -> str | None:
        return decimal_text(value)


@extend_schema_field({"type": "string", "nullable": True, "pattern": r"^-?\d+(\.\d+)?$", "example": "98.5"})
class DecimalText(serializers.Field):
    """A number that is only read: `decimal_text`."""

    def __init__(self, **kwargs: Any):
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: Decimal) -> str | None:
        return decimal_text(value)


class VersionInputSerializer(serializers.Serializer):
    """What needs nothing but the version that was read."""

    version = serializers.IntegerField(
        min_value=0, max_value=2**31 - 1, help_text=_("As read; or send If-Match")
    )
