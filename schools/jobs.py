"""Background work on units."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.models import Unit
from schools.reorganisation import carry_over
from trail.kinds import Progress, daily, job_kind

# Also what closed while the portal stood still, and what was opened anew at a unit that is gone.
LOOKS_BACK = dt.timedelta(days=30)


@job_kind(
    "schools.carry_over", label=_("Carry over what closed units left open"), every=daily(hour=0, minute=20)
)
def carry_over_closed(progress: Progress) -> dict[str, Any]:
    """After its last day, what a unit left open goes to its successor or ends. Every night."""
    today = timezone.localdate()
    closed = Unit.objects.filter(valid_to__range=(today - LOOKS_BACK, today)).select_related("successor")
    units = list(closed.order_by("valid_to", "pk"))
    for place, unit in enumerate(units):
        progress(100 * place // len(units))
        with transaction.atomic():
            carry_over(unit, by=None)
    return {"units": len(units)}
